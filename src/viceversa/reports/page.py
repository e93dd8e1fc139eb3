"""A filled notebook as one page that holds all it needs."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nbconvert import HTMLExporter
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from nbformat import NotebookNode
from traitlets import default

from viceversa.content.words import Words

TEMPLATE = Path(__file__).parent / "template"
# What a cell prints comes in pieces.
COALESCE = CoalesceStreamsPreprocessor()


class ReportExporter(HTMLExporter):
    """nbconvert's exporter with our template: what cells show, and nothing of how."""

    exclude_anchor_links = True
    embed_images = True

    @default("default_preprocessors")
    def _none_by_name(self) -> list[str]:
        # They concern code, or do nothing without settings, but for `COALESCE`.
        return []

    @default("template_file")
    def _our_file(self) -> str:
        return "index.html.j2"

    @default("template_paths")
    def _our_folder(self) -> list[str]:
        return [str(TEMPLATE)]

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render the template, and leave it at that.

        nbconvert would copy the notebook three times and check it twice. HTMLExporter would then
        read the page again for marks that only its own template has, and give a picture without
        a description one that says so; `checking` refuses it instead.
        """
        nb, known = COALESCE.preprocess(nb, resources or {})
        return self.template.render(nb=nb, resources=known), known


def make_page(notebook: NotebookNode, *, title: str, footer: str, words: Words) -> str:
    """Return a filled notebook as HTML: no script, and nothing from any other place."""
    resources: dict[str, Any] = {"report": frame(title=title, footer=footer, words=words)}
    return exporter().from_notebook_node(notebook, resources)[0]


def frame(*, title: str, footer: str, words: Words, more: str = "") -> dict[str, str]:
    """Give what `frame.html.j2` is filled with; `more` is CSS to go after that of reports."""
    return {
        "title": title,
        "footer": footer,
        "language": words["report-language"],
        "style": (TEMPLATE / "report.css").read_text("utf-8") + more,
        "page_of_pages": _counters(words["report-page"]),
    }


@cache
def exporter() -> ReportExporter:
    """The exporter of this process: making one takes longer than a page."""
    return ReportExporter()


def _counters(words: str) -> str:
    """Turn “Page {page} of {pages}” into what CSS puts at the foot of a printed page."""
    quoted = words.replace("\\", "").replace('"', "").replace("<", "")
    for name in ("page", "pages"):
        quoted = quoted.replace(f"{{{name}}}", f'" counter({name}) "')
    return f'"{quoted}"'
