"""Kernels and pages opened and ended many times: nothing may be left behind."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen
from uuid import uuid4

import psutil

from benchmarks import servers
from benchmarks.figures import Figure
from benchmarks.plan import Plan
from benchmarks.schemes import filled
from benchmarks.servers import Server, plain_environment
from benchmarks.visitors import open_all
from benchmarks.visits import PAGE

PATIENCE = 1800
WARM_UP = 3
AT_ONCE = 10
COUNTED = ("processes", "open files", "files and sockets in its folders", "threads")
COUNTED_OF_PAGES = ("kernels", "open files of the server", "open files of the parent", "threads")


def measure(plan: Plan) -> Iterator[Figure]:
    yield from kernels(plan)
    yield from pages(plan)


def pages(plan: Plan) -> Iterator[Figure]:
    """Let people open pages of a server again and again, and count before and after."""
    with filled(AT_ONCE) as scheme, servers.ours(scheme.folder) as server:
        early = after_visits(server, scheme.cookies(), WARM_UP)
        late = after_visits(server, scheme.cookies(), plan.cycles // AT_ONCE)
    for name, before, after in zip(COUNTED_OF_PAGES, early, late, strict=True):
        what = f"{name} after {plan.cycles} pages, and before"
        yield Figure("soak", what, "", after, before, "", "more", must=0)


def after_visits(server: Server, cookies: list[str], times: int) -> list[int]:
    """Open a page for everybody so many times, end all kernels, and count what is left."""

    async def visit() -> None:
        for _ in range(times):
            for visitor in await open_all(server.address, PAGE, cookies):
                visitor.line.close()

    asyncio.run(visit())
    parent = servers.parent_of(server)
    for kernel in servers.kernels_of(server):
        kernel.kill()
    deadline = time.monotonic() + PATIENCE
    while servers.kernels_of(server) or known_kernels(server):
        if time.monotonic() > deadline:
            raise RuntimeError("The server does not notice that its kernels have ended.")
        time.sleep(0.1)
    time.sleep(1)  # until the lines that asked are closed as well
    threads = server.main.num_threads() + parent.num_threads()
    files = server.main.num_fds(), parent.num_fds()
    return [known_kernels(server), *files, threads]


def known_kernels(server: Server) -> int:
    with urlopen(f"{server.address}/healthz") as answer:
        return json.load(answer)["kernels"]


def kernels(plan: Plan) -> Iterator[Figure]:
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
