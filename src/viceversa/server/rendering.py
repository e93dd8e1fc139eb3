"""A notebook's page, written as its cells come back from the kernel.

What is the same for every visit is done once: the exporter with its compiled template, the notebook
as it was read, and the HTML of its words. Voila does them anew for each.

Written against voila 0.5.13 and nbconvert 7.17.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any

from nbformat import NotebookNode

from viceversa.server.open_pages import OpenPage, log
from viceversa.server.upstream import Exporter

SECONDS = 60  # that a single cell may take
SKIPPED, MAY_FAIL = "skip-execution", "raises-exception"  # nbclient's words


class Late(Exception):  # noqa: N818 - it is no error of ours
    """A kernel takes too long, or has ended before its page was there."""


class Renderer:
    """Fills the template with notebooks; there is one for the whole server."""

    def __init__(self, **exporter: Any):
        self._exporter = Exporter(**exporter)

    async def render(
        self,
        notebook: NotebookNode,
        page: OpenPage,
        described: dict[str, Any],
        pause: Callable[[], Awaitable[None]],
    ) -> AsyncIterator[str]:
        """Yield the page bit by bit; `pause` is awaited whenever the kernel has to be waited for.

        Raises `Late` when the kernel does not answer in time.
        """
        page.run([(cell.source, may_fail(cell)) for cell in notebook.cells if runs(cell)])
        async for html in self._exporter.template.generate_async(
            nb=notebook,
            resources={},
            page_config={"page": described},
            kernel_start=lambda _: page.name,
            cell_generator=partial(shown, page=page, pause=pause),
        ):
            yield html


async def shown(
    notebook: NotebookNode, _kernel: str, *, page: OpenPage, pause: Callable[[], Awaitable[None]]
) -> AsyncIterator[dict[str, Any]]:
    """Yield each cell with its outputs; one that fails is the last."""
    for cell in notebook.cells:
        if not runs(cell):
            yield cell | {"outputs": []}
            continue
        if page.cells.empty():
            await pause()
        done = await next_cell(page)
        yield {"cell_type": "code", "source": cell.source, "outputs": done["outputs"]}
        if done["failed"]:
            tell(cell, done)
            return


async def next_cell(page: OpenPage) -> dict[str, Any]:
    try:
        async with asyncio.timeout(SECONDS):
            done = await page.cells.get()
    except TimeoutError:
        done = None
    if done is None:
        raise Late
    return done


def runs(cell: NotebookNode) -> bool:
    """Tell whether there is anything to run in a cell."""
    return (
        cell.cell_type == "code"
        and bool(cell.source.strip())
        and SKIPPED not in cell.metadata.get("tags", ())
    )


def may_fail(cell: NotebookNode) -> bool:
    return MAY_FAIL in cell.metadata.get("tags", ())


def tell(cell: NotebookNode, done: dict[str, Any]) -> None:
    """Log which cell failed, and how; the error's own words could be somebody's answer."""
    error = next(one for one in done["outputs"] if one["output_type"] == "error")
    log.error("A page's cell failed with %s: %r", error["ename"], cell.source)
    log.debug("%s", "\n".join(error["traceback"]))


def is_python(notebook: NotebookNode) -> bool:
    """Tell whether a notebook is one of Python's, whose kernels can be forked."""
    kernelspec = notebook.metadata.get("kernelspec", {})
    info = notebook.metadata.get("language_info", {})
    return (kernelspec.get("language") or info.get("name") or "python").lower() == "python"
