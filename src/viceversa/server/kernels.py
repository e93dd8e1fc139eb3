"""Kernels that know whose they are.

Written against voila 0.5.13 and jupyter_server 2.21. What upstream lacks, and the test in
tests/server/test_kernels.py that notices when it changes: an owner for each kernel, an
environment without the server's secrets, and an end for kernels that nobody is connected to.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import uuid
from datetime import timedelta
from typing import Any

import zmq
from jupyter_client.session import utcnow
from jupyter_server import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Any as AnyTrait
from traitlets import Bool, Dict, Integer, Unicode, default

from viceversa.forking import Nursery
from viceversa.forking.environment import plain
from viceversa.server.open_pages import OpenPage

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
    nursery: Nursery | None = AnyTrait()  # type: ignore[assignment]  # None: kernels are ordinary
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
        return kernel_id

    async def open_page(self, handler: Any, path: str) -> OpenPage:
        """Fork a kernel for the visitor of this page; raises OSError when none can be had."""
        if self.nursery is None:
            raise OSError("No kernel can be forked here.")
        person = handler.current_user.username
        await self._make_room_for(person)
        page = OpenPage(str(uuid.uuid4()), self.nursery, self.remove_kernel)
        output = None if self.show_kernel_output else subprocess.DEVNULL
        env = self._environment(handler, dict(os.environ))
        end = page.fork(env=env, cwd=self.cwd_for_path(path), output=output)
        self._kernels[page.name] = page  # type: ignore[assignment]
        self.owners[page.name] = person
        await page.listen(end)
        if not self._initialized_culler:
            self.initialize_culler()
        return page

    @default("context")
    def _with_room(self) -> Any:
        """A page takes six sockets, and some more while it opens; upstream's limit is 1,023."""
        context = super()._context_default()
        context.set(zmq.MAX_SOCKETS, MOST_SOCKETS)
        return context

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel and whose it was, and close what upstream leaves open when one dies."""
        self.owners.pop(kernel_id, None)
        if isinstance(self._kernels.get(kernel_id), OpenPage):
            return super().remove_kernel(kernel_id)
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

    async def _async_shutdown_kernel(self, kernel_id: str, *how: Any, **more: Any) -> None:
        """End a kernel, of whichever sort."""
        kernel: Any = self._kernels.get(kernel_id)
        if isinstance(kernel, OpenPage):
            self.remove_kernel(kernel_id)
            await kernel.end()
        else:
            await super()._async_shutdown_kernel(kernel_id, *how, **more)

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that rests too long, or that no page has been connected to for a while."""
        kernel: Any = self._kernels.get(kernel_id)
        if isinstance(kernel, OpenPage):
            rests = kernel.idle_for() > self.cull_idle_timeout
            if rests or kernel.lonely_for() > self.lonely_seconds:
                self.log.info("Ending a kernel that rests, or that no page is connected to.")
                await self.end(kernel_id)
        elif self._is_lonely(kernel_id):
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
