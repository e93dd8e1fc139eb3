"""The process that forks: one thread, everything imported, nothing open.

Run as ``python -m viceversa.forking.parent SOCKET LIFELINE``: SOCKET is its end of a socket pair to
the process that asks, LIFELINE the reading end of a pipe that closes when that process ends. The
first message is a JSON list of what to import. A request is a JSON object with three file
descriptors (standard input, output and error); the answer is the child's process id with a pidfd
for it, which stays good after the parent is gone.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import random
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

MOST = 1 << 20  # bytes in a request: an environment and a command
KEPT_STATUSES = 1000
DEFAULT_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGPIPE, signal.SIGUSR1)

Work = Callable[[dict[str, Any]], None]


def main(argv: list[str]) -> None:
    """Import everything, say so, and fork on request until the lifeline closes."""
    line = socket.socket(fileno=int(argv[0]))
    lifeline = int(argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # While so much is being made, looking for garbage again and again takes a third of the time.
    gc.disable()
    imported = prepare(json.loads(line.recv(MOST)))
    # What is here now lives as long as the parent: the collector need not look at it, and so does
    # not write to its pages, which the children share.
    gc.collect()
    gc.freeze()
    line.send(json.dumps({"ready": True, "imported": imported}).encode())
    serve(line, lifeline)


def prepare(names: Iterable[str]) -> int:
    """Import modules ("a.b") and call functions ("a.b:up"); return how many modules there are.

    One that starts with a question mark is left out where it cannot be imported.
    """
    for name in names:
        try:
            fetch(name.removeprefix("?"))
        except Exception:
            if not name.startswith("?"):
                raise
    if threading.active_count() > 1:
        raise RuntimeError(f"Preloading left threads behind: {threading.enumerate()}")
    return len(sys.modules)


def fetch(name: str) -> None:
    module, _, function = name.partition(":")
    loaded = importlib.import_module(module)
    if function:
        getattr(loaded, function)()


def serve(line: socket.socket, lifeline: int) -> None:
    """Answer requests; reap children as they end."""
    statuses: dict[int, int] = {}
    wake, waker = os.pipe()
    os.set_blocking(waker, False)
    signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([line, lifeline, wake], [], [])
        if lifeline in ready:
            return
        if wake in ready:
            os.read(wake, 4096)
            reap(statuses)
        if line in ready and not answer(line, lifeline, (wake, waker), statuses):
            return


def reap(statuses: dict[int, int]) -> None:
    """Note how children ended, so that whoever started them can ask."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        statuses[pid] = os.waitstatus_to_exitcode(status)
        while len(statuses) > KEPT_STATUSES:
            statuses.pop(next(iter(statuses)))


def answer(
    line: socket.socket, lifeline: int, own: tuple[int, int], statuses: dict[int, int]
) -> bool:
    """Answer one request; False when the line is closed."""
    data, streams, _, _ = socket.recv_fds(line, MOST, 3)
    if not data:
        return False
    request = json.loads(data)
    if "status" in request:
        reap(statuses)
        line.send(json.dumps({"status": statuses.get(request["status"])}).encode())
        return True
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        # From here on this is the child; whatever happens, it must not come back.
        try:
            for descriptor in (line.detach(), *own):
                os.close(descriptor)
            become(request, streams, lifeline)
        finally:
            os._exit(1)
    for descriptor in streams:
        os.close(descriptor)
    pidfd = os.pidfd_open(child)
    reply = {"pid": child, "seconds": time.monotonic() - began}
    socket.send_fds(line, [json.dumps(reply).encode()], [pidfd])
    os.close(pidfd)
    return True


def become(request: dict[str, Any], streams: list[int], lifeline: int) -> None:
    """Turn a fork into a process of its own, do the work it is for, and end."""
    os.setsid()
    stand_alone(request, streams, lifeline)
    code = 0
    try:
        module, _, function = request["work"].partition(":")
        work: Work = getattr(importlib.import_module(module), function)
        work(request)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except BaseException as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
        code = 1
    finish(code)


def stand_alone(request: dict[str, Any], streams: list[int], lifeline: int) -> None:
    """Give the child everything of its own that another process would have."""
    signal.set_wakeup_fd(-1)
    for number in DEFAULT_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number, descriptor in enumerate(streams):
        os.dup2(descriptor, number)
        os.close(descriptor)
    change_environment(request["env"])
    if request.get("cwd"):
        os.chdir(request["cwd"])
    sys.argv = list(request["argv"])
    reseed()
    gc.enable()
    watcher = threading.Thread(target=end_with, args=(lifeline,), daemon=True, name="lifeline")
    watcher.start()


def change_environment(wanted: dict[str, str]) -> None:
    """Have this environment and no other; most of it is there already."""
    for name in os.environ.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
    time.tzset()


def reseed() -> None:
    """No two children draw the same random numbers; Python's own generator is reseeded by fork."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy:
        numpy.random.seed()


def end_with(lifeline: int) -> None:
    """End this process as soon as the one that asked for it has ended, however it ended."""
    while os.read(lifeline, 1):
        pass
    os._exit(1)


def finish(code: int) -> None:
    """End as a process does, but for what belongs to the parent's own end."""
    import atexit

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or 1
    atexit._run_exitfuncs()
    os._exit(code)


if __name__ == "__main__":
    # The name under which children and preloaded modules know this module.
    sys.modules["viceversa.forking.parent"] = sys.modules["__main__"]
    main(sys.argv[1:])
