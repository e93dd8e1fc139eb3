"""Print a page in a process of its own: `python -m viceversa.reports.printing` does it.

Laying out a page takes seconds and much memory: neither should be the server's.
"""

from __future__ import annotations

import asyncio
import sys

from viceversa.reports import pdf

PATIENCE = 120.0
MISSING = 3


class NotPrinted(Exception):  # noqa: N818
    """No PDF could be made of a page; `missing` where what makes them is not installed."""

    def __init__(self, missing: bool) -> None:
        super().__init__("No PDF could be made.")
        self.missing = missing


async def print_apart(html: str) -> bytes:
    """Return a page as a tagged PDF; raises `NotPrinted`."""
    pipe = asyncio.subprocess.PIPE
    command = (sys.executable, "-m", __name__)
    printer = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    try:
        async with asyncio.timeout(PATIENCE):
            made, _ = await printer.communicate(html.encode())
    except TimeoutError:
        raise NotPrinted(missing=False) from None
    finally:
        if printer.returncode is None:
            printer.kill()
    if printer.returncode:
        raise NotPrinted(missing=printer.returncode == MISSING)
    return made


def main() -> None:
    """Read a page, write a PDF."""
    if pdf.what_is_missing():
        sys.exit(MISSING)
    sys.stdout.buffer.write(pdf.make_pdf(sys.stdin.buffer.read().decode()))


if __name__ == "__main__":
    main()
