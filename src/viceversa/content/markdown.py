"""Markdown as HTML that is safe to put on a page."""

from functools import cache
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "h3", "h4", "h5", "h6", "s"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
# No pictures: a page asks no other host for anything.
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}


def to_html(text: str | None) -> str:
    """Turn markdown into HTML with nothing in it that runs, loads or styles.

    Headings start at `h3`, below the page's and the section's own.
    """
    if not text:
        return ""
    html = _markdown().render(text)
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}
    ).strip()


@cache
def _markdown() -> "MarkdownIt":
    # Here, because many who need the content need none of its markdown.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.core.ruler.push("lower-headings", _lower_headings)
    return markdown


def _lower_headings(state) -> None:
    for token in state.tokens:
        if token.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
