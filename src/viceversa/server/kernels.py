"""Kernels that know whose they are.

Written against voila 0.5.13 and jupyter_server 2.21. What upstream lacks, and the test in
tests/server/test_kernels.py that notices when it changes: an owner for each kernel, an
environment without the server's secrets, and an end for kernels that nobody is connected to.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
from datetime import timedelta
from typing import Any

import zmq
from jupyter_client.session import utcnow
from jupyter_server import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Bool, Dict, Integer, Set, Unicode, default

from viceversa.forking.environment import plain
from viceversa.forking.process import ForkedProcess

MOST_SOCKETS = 16_000
# Nothing that is run is remembered; and an error shows as one, also inside of a template, where
# IPython's longer way of telling it fails.
ARGUMENTS = ("--HistoryManager.enabled=False", "--InteractiveShell.xmode=Minimal")


class OwnedKernels(AsyncMappingKernelManager):
    """One kernel a person a page; only the person who opened the page may reach it."""

    scheme_folder = Unicode(config=True, help="The scheme folder that every kernel works on.")
    most_for_one = Integer(8, config=True, help="How many pages one person may have open.")
    lonely_seconds = Integer(90, config=True, help="How long a kernel waits for its page.")
    show_kernel_output = Bool(False, config=True, help="Let kernels write to the terminal.")
    _looking: set[asyncio.Task[None]] = Set()  # type: ignore[assignment]
    owners: dict[str, str] = Dict()  # type: ignore[assignment]  # kernel id -> person id

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> Any:
        return "viceversa.server.upstream.OneKernel"

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel for the visitor of the page that is being served."""
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        person = handler.current_user.username
        await self._make_room_for(person)
        kwargs["env"] = self._environment(handler, kwargs.get("env") or {})
        kwargs.setdefault("extra_arguments", list(ARGUMENTS))
        if not self.show_kernel_output:
            # A traceback on the terminal could hold what somebody wrote.
            kwargs.update(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        kernel_id = await super().start_kernel(**kwargs)
        self.owners[kernel_id] = person
        self._watch(kernel_id)
        return kernel_id

    def _watch(self, kernel_id: str) -> None:
        """Notice the end of a forked kernel at once, and without asking it every second."""
        kernel = self.get_kernel(kernel_id)
        process = getattr(kernel.provisioner, "process", None)
        if isinstance(process, ForkedProcess):
            loop, pidfd = asyncio.get_running_loop(), os.dup(process.fileno())
            loop.add_reader(pidfd, self._noticed, kernel_id, pidfd)

    def _noticed(self, kernel_id: str, pidfd: int) -> None:
        asyncio.get_running_loop().remove_reader(pidfd)
        os.close(pidfd)
        kernel: Any = self._kernels.get(kernel_id)
        if kernel and kernel._restarter and not kernel.shutting_down:
            looking = asyncio.ensure_future(kernel._restarter.poll())
            # The loop itself holds a task only weakly.
            self._looking.add(looking)
            looking.add_done_callback(self._looking.discard)

    @default("context")
    def _with_room(self) -> Any:
        """A page takes six sockets, and some more while it opens; upstream's limit is 1,023."""
        context = super()._context_default()
        context.set(zmq.MAX_SOCKETS, MOST_SOCKETS)
        return context

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel and whose it was, and close what upstream leaves open when one dies."""
        self.owners.pop(kernel_id, None)
        if kernel_id in self:
            self.stop_watching_activity(kernel_id)
            self.stop_buffering(kernel_id)
        kernel: Any = super().remove_kernel(kernel_id)
        if kernel is not None:
            kernel._close_control_socket()
        return kernel

    def belongs_to(self, kernel_id: str, person: str) -> bool:
        """Tell whether this kernel was started for this person."""
        return self.owners.get(kernel_id) == person

    async def end_all_of(self, person: str) -> None:
        """End every kernel of one person: they signed out, or their data is gone."""
        for kernel_id in [k for k, owner in self.owners.items() if owner == person]:
            await self.end(kernel_id)

    def end_soon(self, kernel_id: str, seconds: float = 2.0) -> None:
        """End a kernel whose page is gone, once it has saved what the page sent last."""
        asyncio.get_running_loop().call_later(
            seconds, lambda: asyncio.ensure_future(self.end(kernel_id))
        )

    async def end(self, kernel_id: str) -> None:
        """End a kernel; one that has ended already is no fault."""
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that rests too long, or that no page has been connected to for a while."""
        if self._is_lonely(kernel_id):
            self.log.info("Ending a kernel that no page is connected to.")
            await self.end(kernel_id)
        else:
            await super().cull_kernel_if_idle(kernel_id)

    def _is_lonely(self, kernel_id: str) -> bool:
        kernel = self._kernels.get(kernel_id)
        if kernel is None or self._kernel_connections.get(kernel_id, 0) > 0:
            return False
        return utcnow() - kernel.last_activity > timedelta(seconds=self.lonely_seconds)  # type: ignore[attr-defined]

    async def _make_room_for(self, person: str) -> None:
        """End the oldest page of somebody who has very many open; it wakes up when used."""
        theirs = [kernel_id for kernel_id, owner in self.owners.items() if owner == person]
        for kernel_id in theirs[: max(0, len(theirs) - self.most_for_one + 1)]:
            await self.end(kernel_id)

    def _environment(self, handler: Any, given: dict[str, str]) -> dict[str, str]:
        return plain(given) | {
            "VICEVERSA_SCHEME": self.scheme_folder,
            "VICEVERSA_PERSON": handler.current_user.username,
            "VICEVERSA_PAIR": handler.get_argument("with", ""),
            "VICEVERSA_BASE": handler.base_url,
            "JUPYTER_WIDGETS_ECHO": "0",
            # Nobody's own IPython profile may run in a participant's kernel.
            "IPYTHONDIR": os.path.join(self.connection_dir, "ipython"),  # noqa: PTH118
        }
