"""A report's page as a PDF that a screen reader can follow (PDF/UA-1).

Written against WeasyPrint 70, which takes a drawing's words from its `<title>` and its colours
from a `<style>` inside of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from viceversa.reports.page import TEMPLATE

SVG = "{http://www.w3.org/2000/svg}"
NO_PANGO = (
    "There are no PDFs, as this machine has no Pango; the reports are web pages only. To get "
    "PDFs, install it (Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0; "
    "macOS: brew install pango) and run this again."
)


@cache
def what_is_missing() -> str | None:
    """Say what to install before a PDF can be made; None when nothing is missing."""
    try:
        import weasyprint  # noqa: F401
    except OSError:
        return NO_PANGO
    return None


def make_pdf(html: str) -> bytes:
    """Return a page as a tagged PDF; nothing is fetched from anywhere."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=["data"]))
    for drawing in page.etree_element.iter(f"{SVG}svg"):
        _describe(drawing)
    made = page.write_pdf(pdf_variant="pdf/ua-1")
    assert made is not None  # it is only when written to a file
    return made


def _describe(drawing: Element) -> None:
    title = Element(f"{SVG}title")
    title.text = drawing.get("aria-label")
    style = Element(f"{SVG}style")
    style.text = _colours(TEMPLATE / "drawing.css")
    drawing.insert(0, style)
    drawing.insert(0, title)


@cache
def _colours(file: Path) -> str:
    return file.read_text("utf-8")
