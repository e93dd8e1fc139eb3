"""What a forked child does to become a Jupyter kernel.

Written against ipykernel 7.4 and ipywidgets 8.1; tests/forking notices when they change.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

LAUNCHERS = ("ipykernel_launcher", "ipykernel")


def arguments(command: list[str]) -> list[str] | None:
    """Return a Python kernel's own arguments from its command line, or None for another kernel."""
    for place, word in enumerate(command[:-1]):
        if word == "-m" and command[place + 1] in LAUNCHERS:
            return command[place + 2 :]
    return None


def run(request: dict[str, Any]) -> None:
    """Be a kernel until told to stop."""
    app = start(request["argv"][1:])
    app.start()


def start(arguments: list[str]) -> Any:
    """Set up a kernel, as ipykernel_launcher does in a process that was started for it."""
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    # 1 means: somebody else sees to it that this kernel ends in time. (The lifeline does; the
    # default was read from the environment of another process when the module was imported.)
    app.parent_handle = 1
    app.initialize(arguments)
    widgets = sys.modules.get("ipywidgets")
    if widgets:
        # Done when ipywidgets is imported into a kernel; here it was imported before there was one.
        widgets.register_comm_target()
    return app


def rehearse(request: dict[str, Any]) -> None:
    """Start a kernel only to tell which modules it still had to import."""
    before = set(sys.modules)
    app = start(request["argv"][1:])
    missing = sorted(
        name
        for name, module in sys.modules.items()
        if name not in before and getattr(module, "__spec__", None) and not name.startswith("__")
    )
    app.close()
    Path(request["env"]["REHEARSAL"]).write_text(json.dumps(missing), "utf-8")
    os._exit(0)
