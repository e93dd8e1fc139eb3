"""Forked kernels started and ended many times: nothing may be left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psutil

from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.servers import plain_environment

PATIENCE = 1800
WARM_UP = 3
COUNTED = ("processes", "open files", "files and sockets in its folders", "threads")


def measure(plan: Plan) -> Iterator[Figure]:
    """Count before and after, in a process that does nothing else."""
    with TemporaryDirectory(prefix="viceversa-bench-") as place:
        environment = plain_environment(
            JUPYTER_DEFAULT_PROVISIONER_NAME="forked-provisioner",
            JUPYTER_RUNTIME_DIR=place,
            IPYTHONDIR=f"{place}/ipython",
            TMPDIR=place,
        )
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.soak", str(plan.cycles), place],
            capture_output=True,
            text=True,
            env=environment,
            timeout=PATIENCE,
        )
    if done.returncode:
        raise RuntimeError(f"The cycles ended early: {done.stderr[-500:]}")
    before, after = json.loads(done.stdout.splitlines()[-1])
    for name, early, late in zip(COUNTED, before, after, strict=True):
        what = f"{name} after {plan.cycles} kernels, and before"
        yield Figure("soak", what, "", late, early, "", "more", must=0)


def cycle(folder: str) -> None:
    """Start a kernel, have it work, and end it."""
    from jupyter_client.manager import KernelManager

    # The socket files lie beside the connection file, so its name has to be known beforehand.
    file = f"{folder}/kernel-{uuid4()}.json"
    manager = KernelManager(transport="ipc", connection_file=file)
    manager.start_kernel(cwd=folder)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    reply = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda _: None)
    assert reply["content"]["status"] == "ok", reply
    client.stop_channels()
    manager.shutdown_kernel()
    manager.cleanup_resources()
    Path(file).unlink(missing_ok=True)


def count(folder: str) -> list[int]:
    """Count what could be left behind."""
    own = psutil.Process()
    left = sum(1 for one in Path(folder).rglob("*") if not one.is_dir())
    return [
        len(own.children(recursive=True)),
        len(os.listdir("/proc/self/fd")),  # noqa: PTH208
        left,
        own.num_threads(),
    ]


def main(cycles: int, folder: str) -> None:
    for _ in range(WARM_UP):
        cycle(folder)
    before = count(folder)
    for _ in range(cycles):
        cycle(folder)
    print(json.dumps([before, count(folder)]))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
