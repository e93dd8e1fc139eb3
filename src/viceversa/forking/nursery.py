"""Asks the parent for children; starts it when it is needed, and again when it has died."""

from __future__ import annotations

import atexit
import json
import logging
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from viceversa.forking.environment import plain
from viceversa.forking.process import ForkedProcess

KERNEL = ("ipykernel.kernelapp", "ipywidgets")
REHEARSAL = "viceversa.forking.kernel:rehearse"
PATIENCE = 60.0
# debugpy, which ipykernel imports, warns of something that nobody who starts a kernel can change.
QUIET = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
MOST = 1 << 20

log = logging.getLogger(__name__)


def available() -> bool:
    """Tell whether kernels can be forked here: Linux with pidfd, Python 3.9 or newer."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open")


def preload(*names: str, **environment: str) -> None:
    """Name modules ("a.b") or functions ("a.b:up") for the parent to import and call beforehand.

    `environment` is added to the parent's. It has to be said before the first child is asked for.
    """
    Nursery.preloaded = tuple(dict.fromkeys((*Nursery.preloaded, *names)))
    Nursery.environment = {**Nursery.environment, **environment}


class Nursery:
    """One parent, which has imported `names`, and the children asked of it.

    `Nursery.here()` is this process's own for kernels. With `rehearse` the parent imports what a
    kernel would still import, too. `environment` is added to the parent's.
    """

    preloaded: ClassVar[tuple[str, ...]] = ()
    environment: ClassVar[dict[str, str]] = {}
    _here: ClassVar[Nursery | None] = None

    def __init__(
        self,
        names: Iterable[str] = (),
        *,
        rehearse: bool = False,
        environment: Mapping[str, str] | None = None,
    ):
        self.names = tuple(names)
        self._own = dict(environment or {})
        self._rehearse = rehearse
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        # Closes when this process ends, however it ends; every child listens to it.
        self._lifeline, self._end = os.pipe()
        self._owner = os.getpid()

    @classmethod
    def here(cls) -> Nursery:
        """Return this process's nursery; a fork of this process gets one of its own."""
        if cls._here is None or cls._here._owner != os.getpid():
            cls._here = cls(dict.fromkeys((*KERNEL, *cls.preloaded)), rehearse=True)
            atexit.register(cls._here.close)
        return cls._here

    def fork(
        self,
        work: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: str | None = None,
        stdin: int = subprocess.DEVNULL,
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> ForkedProcess:
        """Fork a child that does `work` ("module:function") and return it.

        The streams are file descriptors, `subprocess.DEVNULL`, or None for this process's own.
        Raises OSError when no child can be had.
        """
        request = {"work": work, "argv": list(argv), "env": dict(env), "cwd": cwd}
        streams = [_descriptor(stdin, 0), _descriptor(stdout, 1), _descriptor(stderr, 2)]
        try:
            reply, descriptors = self._ask(request, streams)
        finally:
            for descriptor in streams:
                os.close(descriptor)
        return ForkedProcess(reply["pid"], descriptors[0], self._status)

    def start(self) -> None:
        """Start the parent now rather than with the first child; returns when it is ready."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the parent and every child of this process."""
        if self._owner != os.getpid():
            return
        with self._lock:
            self._forget()
            for descriptor in (self._end, self._lifeline):
                os.close(descriptor)
            self._owner = -1

    @property
    def parent(self) -> int | None:
        """The parent's process id, None while there is none."""
        return self._process.pid if self._process else None

    def _ask(
        self, request: dict[str, Any], streams: Sequence[int] = ()
    ) -> tuple[dict[str, Any], list[int]]:
        with self._lock:
            for attempt in (1, 2):
                line = self._started()
                try:
                    socket.send_fds(line, [json.dumps(request).encode()], streams)
                    data, descriptors, _, _ = socket.recv_fds(line, MOST, 1)
                    if data:
                        return json.loads(data), descriptors
                except OSError as error:
                    log.debug("The parent of forked kernels does not answer: %s", error)
                self._forget()
                log.warning("The parent of forked kernels ended; starting it again (%d).", attempt)
        raise OSError("The parent of forked kernels ends as soon as it is started.")

    def _status(self, pid: int) -> int | None:
        """Return how a child ended; a new parent does not know the children of the old one."""
        try:
            return self._ask({"status": pid})[0]["status"] if self._line else None
        except OSError:
            return None

    def _started(self) -> socket.socket:
        if self._owner == -1:
            raise OSError("The parent of forked kernels was ended, and is not started again.")
        if self._line is None:
            missing = _missing(self.names) if self._rehearse else ()
            self._line = self._start([*self.names, *(f"?{name}" for name in missing)])
        return self._line

    def _start(self, names: Sequence[str]) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "viceversa.forking.parent"]
            self._process = subprocess.Popen(
                [*command, str(theirs.fileno()), str(self._lifeline)],
                pass_fds=(theirs.fileno(), self._lifeline),
                stdin=subprocess.DEVNULL,
                # What is in the environment of this process is nobody else's to know, and every
                # child could read it from the memory that it shares with the parent.
                env=plain(os.environ) | QUIET | self.environment | self._own,
                start_new_session=True,
            )
        ours.settimeout(PATIENCE)
        try:
            ours.send(json.dumps(list(names)).encode())
            if ours.recv(MOST):
                ours.settimeout(None)
                return ours
        except OSError as error:
            log.debug("The parent of forked kernels says nothing: %s", error)
        ours.close()
        self._forget()
        raise OSError("The parent of forked kernels could not start.")

    def _forget(self) -> None:
        if self._line:
            self._line.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None


@cache
def _missing(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return what a kernel still imports when `names` are there: found out by starting one."""
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        told = Path(folder, "told.json")
        nursery = Nursery(names)
        env = {**plain(os.environ), "REHEARSAL": str(told), "IPYTHONDIR": folder}
        argv = ["kernel", "-f", str(Path(folder, "kernel.json")), "--transport=ipc"]
        nothing = subprocess.DEVNULL
        try:
            nursery.fork(REHEARSAL, argv, env=env, stdout=nothing, stderr=nothing).wait(PATIENCE)
            return tuple(json.loads(told.read_text("utf-8")))
        except (OSError, subprocess.TimeoutExpired) as error:
            log.warning("Kernels start slower than they could: the rehearsal failed (%s).", error)
            return ()
        finally:
            nursery.close()


def _descriptor(wanted: int | None, own: int) -> int:
    if wanted is None:
        return os.dup(own)
    return os.open(os.devnull, os.O_RDWR) if wanted == subprocess.DEVNULL else os.dup(wanted)
