"""A process that is not one's child, held by its pidfd as `subprocess.Popen` holds a child."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Callable


class ForkedProcess:
    """What jupyter_client needs of a Popen: pid, poll, wait, signals.

    `status` is asked once for the exit code, when the process has ended; None where nobody knows
    it any more.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, status: Callable[[int], int | None]):
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd = pidfd
        self._status = status

    def fileno(self) -> int:
        """The pidfd: readable when the process has ended, so an event loop can watch for that."""
        return self._pidfd

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal, or None while it runs."""
        if self.returncode is None and self._ended(0):
            status = self._status(self.pid)
            self.returncode = 1 if status is None else status
            os.close(self._pidfd)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code; raises TimeoutExpired as Popen does."""
        if self.returncode is None and not self._ended(timeout):
            raise subprocess.TimeoutExpired("forked process", timeout or 0)
        code = self.poll()
        return 1 if code is None else code

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process; one that has ended gets none."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._pidfd, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended(self, seconds: float | None) -> bool:
        waiting = select.poll()
        waiting.register(self._pidfd, select.POLLIN)
        return bool(waiting.poll(None if seconds is None else seconds * 1000))

    def __del__(self) -> None:
        if self.returncode is None:
            os.close(self._pidfd)
