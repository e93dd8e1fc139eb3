"""Find a Chromium for the tests, or install one, or say in one sentence what to do."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Return the path of a Chromium on this system, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install() -> bool:
    """Install one with the system's packages as root, else with Playwright's own download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"stdout": subprocess.DEVNULL}
        updated = subprocess.run(["apt-get", "update", "-qq"], **quiet)
        if updated.returncode == 0:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
            if subprocess.run(command, env=environment, **quiet).returncode == 0:
                return True
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command).returncode == 0


if __name__ == "__main__" and not find():
    print("Looking for a Chromium to test with", flush=True)
    if not install():
        sys.exit(
            "The tests play people in a real browser, and none could be installed. Install "
            "Chromium (Debian: apt-get install chromium) and run make test again."
        )
