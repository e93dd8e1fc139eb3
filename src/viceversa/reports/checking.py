"""Look at a finished page once more, before anybody gets it: a notebook can hold anything.

Written against the html.parser of Python 3.11 to 3.14, two of whose own methods it extends.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

RUNS = {"script", "iframe", "object", "embed", "form", "base", "link", "audio", "video"}
LOADS = ("src", "srcset", "poster", "background", "data", "xlink:href")
FROM_ELSEWHERE = re.compile(r"@import|url\(\s*[\"']?(?!data:|#)", re.IGNORECASE)
HEADING = re.compile(r"h[1-6]")


def check_page(html: str) -> tuple[str, ...]:
    """List what a report must not be: a page that runs or loads something, or that leaves out
    whoever listens to it. Headings in order and pictures with words, after WCAG 2.2.
    """
    look = _Look()
    look.feed(html)
    look.close()
    return tuple(dict.fromkeys([*look.faults, *look.at_the_end()]))


class _Look(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.levels: list[int] = []
        self.seen: set[str] = set()
        self.fine: dict[str, str] = {}

    def parse_starttag(self, i: int) -> int:
        """Pass over a tag that was looked at before, word for word: a page has few different ones.

        A heading counts each time, and after some tags the text is read in another way.
        """
        end = self.check_for_whole_start_tag(i)
        text, before = self.rawdata[i:end], (len(self.faults), len(self.levels))
        if text in self.fine:
            self.lasttag = self.fine[text]
            return end
        end = super().parse_starttag(i)
        if before == (len(self.faults), len(self.levels)) and self.cdata_elem is None:
            self.fine[text] = self.lasttag
        return end

    def updatepos(self, i: int, j: int) -> int:
        """Count no lines: nobody is told of one."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        found = {name: value or "" for name, value in attrs}
        if tag in RUNS:
            self.faults.append(f"It holds a <{tag}>.")
        for name, value in found.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.faults.append(f"It holds a script, in the {name} of a <{tag}>.")
            elif _loads(tag, name) and not value.strip().startswith(("data:", "#")):
                self.faults.append(f"It loads something from elsewhere, in a <{tag}>.")
            elif name == "style" and FROM_ELSEWHERE.search(value):
                self.faults.append("It loads something from elsewhere, in a style.")
        if tag == "html" and not found.get("lang"):
            self.faults.append("It does not say its language.")
        if HEADING.fullmatch(tag):
            self._note(int(tag[1]))
        if tag == "img" and not found.get("alt", "").strip():
            self.faults.append("It holds a picture without a description.")
        if tag == "svg" and not (found.get("role") == "img" and found.get("aria-label")):
            self.faults.append("It holds a drawing without a description.")

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and FROM_ELSEWHERE.search(data):
            self.faults.append("It loads something from elsewhere, in a style.")

    def at_the_end(self) -> list[str]:
        found = [f"It has no <{tag}>." for tag in ("html", "title", "main") if tag not in self.seen]
        tops = self.levels.count(1)
        return [*found, *([] if tops == 1 else [f"It has {tops} headings of level 1, not one."])]

    def _note(self, level: int) -> None:
        if level > (self.levels[-1] if self.levels else 0) + 1:
            self.faults.append(f"A heading of level {level} skips one.")
        self.levels.append(level)


def _loads(tag: str, name: str) -> bool:
    return name in LOADS or (name == "href" and tag not in ("a", "area"))
