"""A trainer's line: commands come in, views go out. Two consoles of one room see the same."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import segno

from viceversa.content.markdown import to_html
from viceversa.content.refused import Refused
from viceversa.content.sessions import RunningOrder
from viceversa.errors import Trouble
from viceversa.live import commands, views
from viceversa.live.hub import Hub
from viceversa.live.open_room import Line
from viceversa.live.telling import Live
from viceversa.store import rooms
from viceversa.store.database import NotSaved
from viceversa.store.rooms import Room

log = logging.getLogger(__name__)


@dataclass(eq=False)
class Console:
    """One open console of a trainer; `link` makes the address that a code is at."""

    hub: Hub
    person_id: str
    line: Line
    link: Callable[[str], str]
    live: Live | None = None

    async def hear(self, message: Any) -> None:
        """Do what the console asks for, and say whether it was done."""
        kind = message.get("type") if isinstance(message, Mapping) else None
        if kind == "alive":
            self._tell({"type": "alive"})
        elif kind == "hello":
            try:
                self._greet()
            except Trouble as trouble:
                self._tell({"type": "refused", "id": None, "why": str(trouble)})
        else:
            await self._obey(str(kind), message if isinstance(message, Mapping) else {})

    def leave(self) -> None:
        """Look at no room any more."""
        if self.live:
            self.live.consoles.pop(self.line, None)
        self.live = None

    def enter(self, live: Live) -> None:
        """Look at a room: first what stays the same, then where it is."""
        self.leave()
        self.live = live
        live.consoles[self.line] = self._greet
        self._tell({**views.order(live.programme), "room": self._room(live.record)})
        live.show_trainer(self.line)

    async def _obey(self, kind: str, message: Mapping[str, Any]) -> None:
        words, told = self.hub.library().words, {}
        try:
            told = await commands.obey(self, kind, message)
        except Refused as why:
            told = {"why": why.say(words)}
        except NotSaved as trouble:
            log.error("%s", trouble)
            told = {"why": words[f"unsaved-{trouble.kind}"]}
        except Trouble as trouble:
            told = {"why": str(trouble)}
        done = "refused" if "why" in told or "stale" in told else "done"
        self._tell({"type": done, "id": message.get("id"), **told})

    def _greet(self) -> None:
        """Show the room that is open, else what can be begun."""
        found = self.hub.open_room_of(self.person_id)
        if found:
            self.enter(self.hub.room(found.id))
            return
        self.leave()
        library = self.hub.library()
        listed = rooms.led_by(self.hub.store, self.person_id, rooms.RECORD_DAYS)
        self._tell(
            {
                "type": "lobby",
                "orders": [_offered(order) for order in library.sessions],
                "rooms": [self._room(one) for one in listed],
            }
        )

    def _room(self, record: Room) -> dict[str, Any]:
        link = self.link(record.code) if record.code else ""
        return {**views.record(record), "link": link, "qr": _qr(link) if link else ""}

    def _tell(self, message: Mapping[str, Any]) -> None:
        self.line.tell(views.dumps(message))

    @property
    def here(self) -> Live:
        """The room that is led from here; raises `Refused` where there is none."""
        if self.live is None:
            raise Refused("live-refused-no-room")
        return self.live


def _offered(order: RunningOrder) -> dict[str, Any]:
    texts = {"about_html": to_html(order.about), "before_html": to_html(order.before)}
    return {"slug": order.slug, "title": order.title, "minutes": order.minutes, **texts}


def _qr(link: str) -> str:
    """A link as a picture that a phone reads; the link beside it says the same."""
    # A light ground and dark squares in any theme, or a camera would not see them.
    drawn = segno.make(link, micro=False).svg_inline(
        border=4, dark="#000", light="#fff", omitsize=True
    )
    return drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
