"""Servers to measure: each a process of its own on a free port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psutil

from viceversa.content.shipped import shipped

PATIENCE = 60
AFTER = 2  # seconds that what a server has started may run on
# Said in the environment of whoever measures, these would change what is measured.
LEFT_OUT = ("JUPYTER_", "VICEVERSA_", "OTREE_", "DATABASE_URL", "PORT")
NOTEBOOK = "reflection/mindset.ipynb"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def plain_environment(**added: str) -> dict[str, str]:
    """Return this process's environment without what would change a server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    return kept | added


@dataclass
class Server:
    """A server that runs while its context is open; everything it started ends with it."""

    command: Sequence[str]
    folder: Path
    port: int = field(default_factory=free_port)
    asked: str = "/"
    environment: dict[str, str] = field(default_factory=plain_environment)
    process: psutil.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / f"server-{self.port}.log").read_text("utf-8", "replace")

    @property
    def main(self) -> psutil.Process:
        assert self.process
        return psutil.Process(self.process.pid)

    def __enter__(self) -> Server:
        with (self.folder / f"server-{self.port}.log").open("wb") as log:
            self.process = psutil.Popen(
                [word.format(port=self.port) for word in self.command],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
                env=self.environment,
            )
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process
        started = self.main.children(recursive=True)
        self.process.terminate()
        psutil.wait_procs([self.main], PATIENCE)
        # Not every server ends what it has started.
        for process in psutil.wait_procs(started, AFTER)[1]:
            process.kill()
        if self.process.poll() is None:
            self.process.kill()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            assert self.process
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"A server did not start. It said: {self.log[-1000:]}")
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            with urlopen(self.address + self.asked, timeout=5):
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            return False


def ours(scheme: Path) -> Server:
    """Return our server for a scheme."""
    command = [sys.executable, "-m", "viceversa", "serve", "--scheme", str(scheme)]
    return Server([*command, "--port", "{port}"], scheme, asked="/healthz")


def stock(folder: Path) -> Server:
    """Return Voila as it comes, on the mindset page, with ordinary kernels."""
    command = [sys.executable, "-m", "voila", str(shipped("notebooks") / NOTEBOOK)]
    # Asking for the page would start a kernel that nobody needs.
    asked = "/voila/static/nothing"
    return Server([*command, "--no-browser", "--port", "{port}"], folder, asked=asked)


def kernels_of(server: Server) -> list[psutil.Process]:
    """Return the kernels of our server: what its forking parent has forked."""
    return parent_of(server).children()


def parent_of(server: Server) -> psutil.Process:
    """Return the process that our server's kernels are forked from."""
    return next(one for one in server.main.children() if _is(one, "viceversa.forking.parent"))


def stock_kernels_of(server: Server) -> list[psutil.Process]:
    """Return the kernels of stock Voila."""
    return [one for one in server.main.children() if _is(one, "ipykernel_launcher")]


def _is(process: psutil.Process, module: str) -> bool:
    return module in process.cmdline()


def cpu(process: psutil.Process) -> float:
    """Return the CPU seconds that a process has used by itself."""
    times = process.cpu_times()
    return times.user + times.system


def private(process: psutil.Process) -> float:
    """Return the memory of a process that is nobody else's, in MiB."""
    return process.memory_full_info().uss / 2**20
