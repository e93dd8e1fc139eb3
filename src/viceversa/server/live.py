"""The addresses of a live session: coming in, a guest's page, and the two kinds of line."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.websocket import WebSocketMixin
from tornado.web import HTTPError, authenticated
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from viceversa import access
from viceversa.content.library import Library
from viceversa.content.refused import Refused
from viceversa.live import codes, guests, keeping
from viceversa.live.console import Console
from viceversa.live.hub import Hub
from viceversa.live.open_room import Seat
from viceversa.live.results import Limits
from viceversa.live.telling import Live
from viceversa.scheme import Scheme
from viceversa.server import frame
from viceversa.server.doors import Framed
from viceversa.server.limits import Pace, counted_as
from viceversa.store import Store, rooms
from viceversa.store.links import digest
from viceversa.store.rooms import Guest
from viceversa_widgets.words import live_words

COOKIE = "viceversa-guest"
LARGEST = 32 * 1024
GONE = 4001  # a websocket that is closed with this has nothing to come back for
MOST_LINES = 8

Found = tuple[Guest, Live, str]


class Desk:
    """What the handlers of live sessions share: the hub, and how fast things may come."""

    def __init__(self, scheme: Scheme, store: Store) -> None:
        self.scheme = scheme
        self.hub = Hub(store, self.library, limits=Limits.at_least(scheme.group_at_least))
        self.pace = Pace()

    def library(self) -> Library:
        """The content in the scheme's first language, which guests read."""
        return frame.shelf(self.scheme, None)


class LivePage(Framed):
    """A page of a live session, for whoever has its code or its cookie."""

    @property
    def desk(self) -> Desk:
        return self.settings["live"]

    @property
    def hub(self) -> Hub:
        return self.desk.hub

    @property
    def visitor_address(self) -> str:
        """Where a visitor comes from, as it is counted; a proxy on this machine says it last."""
        direct = self.request.remote_ip or ""
        passed = self.request.headers.get("X-Forwarded-For", "").split(",")[-1].strip()
        return counted_as(passed if passed and direct in ("127.0.0.1", "::1") else direct)

    def guest(self, code: str) -> Found | None:
        """The guest whose cookie this is, their room and their token, at the address of a code.

        A code is gone once its room has ended; the room is still found for its own guests. No
        other room is ever looked up: who has a cookie must not find out which codes are in use.
        """
        token = self.get_cookie(COOKIE)
        guest = rooms.guest_with(self.store, token) if token else None
        if guest is None or token is None:
            return None
        live = self.hub.room(guest.room_id)
        asked = code.upper()
        theirs = live.state.was == digest(asked) if live.ended else live.record.code == asked
        return (guest, live, token) if theirs else None

    def staying(self, code: str) -> Found | None:
        """The same, unless they left or were taken out."""
        found = self.guest(code)
        return None if found and found[0].gone else found

    def join_address(self, code: str = "") -> str:
        return f"{self.base_url}join/{code}".rstrip("/")


class Join(LivePage):
    """``/join`` and ``/join/CODE``: a form for the code and, if one likes, a name."""

    @allow_unauthenticated
    def get(self, code: str = "") -> None:
        self.show("join.html.j2", what="join", code=code.upper())

    @allow_unauthenticated
    async def post(self, code: str = "") -> None:
        typed = self.get_body_argument("code", code)[:300]
        right = codes.normalise(typed)
        if right is None:
            self._again(400, "live-join-not-a-code", typed)
        elif why := self._too_fast(right):
            self.set_header("Retry-After", "60")
            self._again(429, why, typed)
        else:
            await self._try(right)

    def _too_fast(self, code: str) -> str | None:
        known = self.guest(code)
        if known and not (known[0].removed or known[1].ended):
            return None
        pace, address, now = self.desk.pace, self.visitor_address, self.hub.clock()
        if pace.guesses(address, now):
            return "live-join-wait"
        return None if pace.lets_join(address, code, now) else "live-refused-too-fast"

    async def _try(self, code: str) -> None:
        name = guests.clean_name(self.get_body_argument("name", ""))
        try:
            joined = await self.hub.join(code, name, self.get_cookie(COOKIE))
        except Refused as why:
            self._again(503, why.say(self.desk.library().words), code)
            return
        if joined is None:
            self.desk.pace.note_wrong(self.visitor_address, self.hub.clock())
            self._again(404, "live-join-unknown", code)
            return
        self._remember(joined[1])
        self.redirect(f"{self.base_url}live/{code}")

    def _again(self, status: int, why: str, code: str) -> None:
        words = self.desk.library().words
        name = guests.clean_name(self.get_body_argument("name", ""))
        said = words.get(why, why)
        self.show("join.html.j2", status, what="join", code=code, name=name, why=said)

    def _remember(self, token: str) -> None:
        self.set_cookie(
            COOKIE,
            token,
            path=self.base_url,
            httponly=True,
            samesite="Lax",
            secure=self.links.is_secure(self),
            expires_days=rooms.NOTES_DAYS,
        )


class GuestPage(LivePage):
    """``/live/CODE``: the page that follows the trainer; it has no kernel."""

    @allow_unauthenticated
    def get(self, code: str) -> None:
        found = self.guest(code)
        if found is None:
            self.redirect(self.join_address(code))
            return
        guest, live, _ = found
        if guest.gone:
            what = "live-removed" if guest.removed else "live-left"
            self.show("join.html.j2", 403, what="told", about=what, code=live.record.code or "")
            return
        words = live.words
        told = {
            "base": self.base_url,
            "code": code.upper(),
            "line": f"{self.base_url}live/{code.upper()}/line",
            "room": digest(live.record.id)[:12],
            "words": {key: words[key] for key in live_words()},
        }
        self.show("live.html.j2", title=live.record.title, code=code.upper(), told=told)


class Leave(LivePage):
    """A guest leaves; the same code brings them back."""

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        if found := self.staying(code):
            guest, live, _ = found
            await self.hub.leave(live, guest.id)
        self.show("join.html.j2", what="told", about="live-left", code=code.upper())


class Keep(LivePage):
    """Keep my reflections: a guest becomes somebody in the scheme, with a link shown once."""

    @allow_unauthenticated
    async def post(self, code: str) -> None:
        found = self.guest(code)
        if found is None or found[0].removed:
            raise HTTPError(403)
        guest, live, token = found
        try:
            link = await self._keep(guest, live, token)
        except Refused as why:
            typed = {name: self.get_body_argument(name, "") for name in ("name", "email", "role")}
            said = why.say(live.words)
            self.show("join.html.j2", 400, what="keep", code=code.upper(), why=said, typed=typed)
        else:
            address = f"{self.site}p/{link}"
            days = self.scheme.link_days
            self.show("join.html.j2", what="kept", link=address, days=days, code=code.upper())

    def _slow_down(self, guest: Guest) -> None:
        # Else somebody with a code could try who is in the scheme.
        whose = guest.id, self.visitor_address, guest.room_id
        if not self.desk.pace.lets_wish(*whose, self.hub.clock()):
            raise Refused("live-keep-wait")

    async def _keep(self, guest: Guest, live: Live, token: str) -> str:
        names = ("name", "email", "role", "also_commitment")
        typed = {name: self.get_body_argument(name, "") for name in names}
        wish = keeping.wished(typed, keeping.commitment_of(live, token))
        self._slow_down(guest)
        settings: Any = {"days": self.scheme.link_days, "language": self.scheme.languages[0]}
        return await self.hub.write(keeping.keep, live.programme, guest, wish, **settings)

    @property
    def site(self) -> str:
        return site_of(self)


class Socket(WebSocketMixin, WebSocketHandler, LivePage):  # type: ignore[misc]
    """A line: only from our own pages, in small messages, and never with a backlog of views."""

    _sending = False
    _owed: str | None = None

    def set_default_headers(self) -> None:
        """None of a page's headers belong here."""

    def get_compression_options(self) -> None:
        """None: a view is small, and hundreds of compressors are not."""

    @property
    def max_message_size(self) -> int:
        return LARGEST

    def view(self, text: str) -> None:
        if self._sending:
            self._owed = text
            return
        try:
            sent = self.write_message(text)
        except WebSocketClosedError:
            return
        self._sending = True
        sent.add_done_callback(self._sent)

    def _sent(self, sent: Any) -> None:
        self._sending = False
        owed, self._owed = self._owed, None
        if not sent.cancelled() and sent.exception() is None and owed is not None:
            self.view(owed)

    def tell(self, message: str) -> None:
        try:
            self.write_message(message).add_done_callback(lambda sent: sent.exception())
        except WebSocketClosedError:
            return

    def end(self, why: str) -> None:
        self.tell(json.dumps({"type": "gone", "why": why}))
        self.close(GONE)

    @staticmethod
    def read(message: str | bytes) -> Any:
        """What a message says; None for one that says nothing."""
        try:
            return json.loads(message) if isinstance(message, str) else None
        except (ValueError, RecursionError):
            return None


class GuestLine(Socket):
    """A guest's line: views go out, answers come in."""

    seat: Seat | None = None
    live: Live

    @allow_unauthenticated
    async def get(self, code: str) -> None:  # type: ignore[override]
        found = self.staying(code)
        if found is None:
            raise HTTPError(403)
        self.known, self.live, self.secret = found
        seat = self.live.seats.get(self.known.id)
        if seat and len(seat.lines) >= MOST_LINES:
            raise HTTPError(429)
        await super().get(code)

    def open(self, *_: Any) -> None:
        super().open()
        self.seat = self.hub.sit(self.live, self.known, self.secret, self)

    async def on_message(self, message: str | bytes) -> None:
        if self.seat is None or self.seat.guest.gone:
            return
        said = self.read(message)
        if self.desk.pace.lets_say(self.seat.guest.id, self.hub.clock()):
            reply = await guests.hear(self.hub, self.live, self.seat, said)
        else:
            reply = guests.too_fast(self.live, said)
        # Nothing more is read before this has gone out: a page that does not listen is not heard.
        with suppress(WebSocketClosedError):
            await self.write_message(json.dumps(reply))

    def on_close(self) -> None:
        super().on_close()
        if self.seat:
            self.hub.leave_line(self.live, self.seat, self)


class ConsoleLine(Socket):
    """A trainer's line; whether they are still signed in is looked up again and again."""

    console: Console | None = None

    @authenticated
    async def get(self) -> None:  # type: ignore[override]
        if not access.may_lead(self.current_user.role):
            raise HTTPError(403)
        await super().get()

    def open(self, *_: Any) -> None:
        super().open()
        address = site_of(self)
        self.console = Console(
            self.hub, self.current_user.username, self, lambda code: f"{address}join/{code}"
        )

    async def on_message(self, message: str | bytes) -> None:
        if self.console and self.still_leads():
            await self.console.hear(self.read(message))

    def send_ping(self) -> None:
        self.still_leads()
        super().send_ping()

    def still_leads(self) -> bool:
        """Whether the session is as good as when the line was opened; else the line ends."""
        user = self.links.get_user(self)
        same = user is not None and user.username == self.current_user.username
        if same and user and access.may_lead(user.role):
            return True
        if self.console:
            self.console.leave()
        self.end(self.desk.library().words["live-gone-signed-out"])
        return False

    def on_close(self) -> None:
        super().on_close()
        if self.console:
            self.console.leave()


def site_of(handler: LivePage) -> str:
    """Where our pages are, as the visitor's browser has it; behind a proxy, too."""
    asked = handler.request
    https = asked.protocol == "https" or bool(handler.links.secure_cookie)
    return f"{'https' if https else 'http'}://{asked.host}{handler.base_url}"


CODE = r"([A-Za-z0-9]{6})"

ADDRESSES: list[Any] = [
    (r"join", Join),
    (rf"join/{CODE}/?", Join),
    (r"live/console", ConsoleLine),
    (rf"live/{CODE}", GuestPage),
    (rf"live/{CODE}/line", GuestLine),
    (rf"live/{CODE}/keep", Keep),
    (rf"live/{CODE}/leave", Leave),
]
