"""What the figures were taken on: no name and no path of it."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

PACKAGES = (
    "viceversa",
    "voila",
    "jupyter_server",
    "jupyter_client",
    "ipykernel",
    "papermill",
    "nbconvert",
    "anywidget",
    "tornado",
    "weasyprint",
)


def describe() -> dict[str, Any]:
    """Return the machine: cores, memory, and what runs on it."""
    return {
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "cpu": _cpu(),
        "system": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """Return the versions of what is measured, and of its peers that are installed here."""
    return {name: version(name) for name in PACKAGES}


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
