"""What a cell has shown, in the form that a notebook keeps it in."""

from __future__ import annotations

from typing import Any

SHOWN = {
    "stream",
    "display_data",
    "execute_result",
    "error",
    "clear_output",
    "update_display_data",
}


class Outputs:
    """Gathers one cell's outputs from the messages that a kernel would send of them."""

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.failed = False
        self._named: dict[str, list[dict[str, Any]]] = {}
        self._clear_next = False

    def fail(self, fault: BaseException | None) -> None:
        """Note that the cell failed; not every way of failing shows itself."""
        self.failed = True
        if not any(one["output_type"] == "error" for one in self.shown):
            error = {"ename": type(fault).__name__, "evalue": str(fault), "traceback": []}
            self.shown.append({"output_type": "error", **error})

    def take(self, kind: str, content: dict[str, Any]) -> None:
        """Add what a message shows, or change what was shown before."""
        if kind == "clear_output":
            self._clear_next = bool(content.get("wait"))
            if not self._clear_next:
                self._clear()
        elif kind == "update_display_data":
            for one in self._named.get(_name(content), ()):
                one.update(data=content["data"], metadata=content["metadata"])
        else:
            if self._clear_next:
                self._clear()
            self._add(kind, content)

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        last = self.shown[-1] if self.shown else {}
        if kind == "stream" and last.get("name") == content["name"]:
            last["text"] += content["text"]
            return
        shown = {"output_type": kind, **content}
        if name := _name(shown):
            self._named.setdefault(name, []).append(shown)
        shown.pop("transient", None)
        self.shown.append(shown)

    def _clear(self) -> None:
        self.shown.clear()
        self._clear_next = False


def _name(content: dict[str, Any]) -> str:
    return (content.get("transient") or {}).get("display_id") or ""
