"""What Jupyter calls: a provisioner whose Python kernels are forked.

Written against jupyter_client 8.10, whose LocalProvisioner it extends.
"""

from __future__ import annotations

import logging
import os
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from viceversa.forking.kernel import arguments
from viceversa.forking.nursery import Nursery, available

log = logging.getLogger(__name__)


class ForkedProvisioner(LocalProvisioner):
    """Starts Python kernels by forking; restart, interrupt, shutdown and death are as usual."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start an ordinary one where that cannot be."""
        own = arguments(cmd)
        if own is None or not available():
            log.warning("An ordinary kernel is started: this one cannot be forked here.")
            return await super().launch_kernel(cmd, **kwargs)
        try:
            self._fork(own, kwargs)
        except OSError as error:
            log.warning("An ordinary kernel is started, as none could be forked: %s", error)
            return await super().launch_kernel(cmd, **kwargs)
        return self.connection_info

    def _fork(self, own: list[str], kwargs: dict[str, Any]) -> None:
        cwd = kwargs.get("cwd")
        process = Nursery.here().fork(
            "viceversa.forking.kernel:run",
            ["ipykernel_launcher", *own],
            env=kwargs.get("env") or dict(os.environ),
            cwd=None if cwd is None else os.fspath(cwd),
            stdout=kwargs.get("stdout"),
            stderr=kwargs.get("stderr"),
        )
        self.process = process  # type: ignore[assignment]
        # A child leads its own session, and so its own process group, as soon as it runs.
        self.pid = self.pgid = process.pid
        self.cwd = cwd
