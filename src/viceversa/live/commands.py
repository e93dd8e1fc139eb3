"""What a trainer can do from a console, by the name of the command."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from random import SystemRandom
from typing import TYPE_CHECKING, Any

from viceversa.content.refused import Refused
from viceversa.content.sessions import Breakouts
from viceversa.content.text import clean_lines
from viceversa.live import groups, room
from viceversa.live.programme import Part
from viceversa.live.room import State
from viceversa.store import room_answers, rooms
from viceversa.store.tables import now

if TYPE_CHECKING:
    from viceversa.live.console import Console

STATES = ("waiting", "shown", "hidden", "answered")
LONGEST_PAD = 20_000

Message = Mapping[str, Any]
Command = Callable[["Console", Message], Awaitable[Mapping[str, Any] | None]]


async def obey(console: Console, kind: str, message: Message) -> Mapping[str, Any]:
    """Do what a command says, and give what there is to say of it.

    Raises `Refused` or another `Trouble`, told in a sentence.
    """
    if kind not in COMMANDS:
        raise Refused("live-refused-message")
    return await COMMANDS[kind](console, message) or {}


async def _begin(console: Console, message: Message) -> None:
    slug = message.get("order")
    if not isinstance(slug, str):
        raise Refused("live-refused-message")
    console.enter(await console.hub.begin(console.person_id, slug))


async def _enter(console: Console, message: Message) -> None:
    console.enter(console.hub.room(_own(console, message)))


async def _forget(console: Console, message: Message) -> None:
    """Delete a session that has ended, with all that was written in it."""
    await console.hub.forget(_own(console, message))


def _own(console: Console, message: Message) -> str:
    """The id of a room that this trainer led."""
    led = {one.id for one in rooms.led_by(console.hub.store, console.person_id)}
    wanted = str(message.get("room"))
    if wanted not in led:
        raise Refused("live-refused-room")
    return wanted


async def _go(console: Console, message: Message) -> None:
    live, at = console.here, console.hub.now()
    await _change(console, lambda state: room.go(state, live.programme, message.get("step"), at))


async def _extend(console: Console, message: Message) -> None:
    await _change(console, lambda state: room.extend(state, message.get("minutes")))


def _on_part(make: Callable[[State, Part], State]) -> Command:
    async def command(console: Console, message: Message) -> None:
        await _change(console, lambda state: make(state, _part(console, state, message)))

    return command


async def _open(console: Console, message: Message) -> None:
    def make(state: State) -> State:
        part = _part(console, state, message)
        opened = room.open_(state, part)
        # Groups are dealt when they are first wanted.
        needs = part.cards and not state.groups.get(part.key)
        return _dealt(console, opened, part) if needs else opened

    await _change(console, make)


async def _deal(console: Console, message: Message) -> None:
    await _change(console, lambda state: _dealt(console, state, _part(console, state, message)))


def _dealt(console: Console, state: State, part: Part) -> State:
    if not isinstance(part.activity, Breakouts):
        raise Refused("live-refused-activity")
    present = console.here.present(console.hub.clock())
    return room.regroup(state, part, groups.deal(present, part.activity.of, SystemRandom()))


async def _release(console: Console, message: Message) -> None:
    await _change(console, lambda state: _let(console, state, message, [message.get("item")]))


async def _release_all(console: Console, message: Message) -> None:
    items = message.get("items")
    if not isinstance(items, list):
        raise Refused("live-refused-message")
    await _change(console, lambda state: _let(console, state, message, items))


def _let(console: Console, state: State, message: Message, items: list[Any]) -> State:
    """Release those of these texts that are still there; one nobody has read is not among them."""
    part = _part(console, state, message)
    seen = [one["item"] for one in (console.here.result(part) or {}).get("texts", ())]
    wanted = [one for one in seen if one in items]
    if not wanted:
        raise Refused("live-refused-item")
    return room.release(state, part, wanted)


async def _withhold(console: Console, message: Message) -> None:
    item = message.get("item")
    await _change(console, lambda state: room.withhold(state, _part(console, state, message), item))


async def _question(console: Console, message: Message) -> None:
    live, to = console.here, message.get("to")
    question = live.questions.get(str(message.get("question")))
    if question is None or to not in STATES or live.ended:
        raise Refused("live-refused-question")
    await console.hub.write(room_answers.mark, question.id, to)
    live.mark_question(question.id, str(to))
    live.tell_all()


async def _pad(console: Console, message: Message) -> Mapping[str, Any]:
    """Keep the trainer's notes; where another console wrote in between, both texts stay."""
    live, text = console.here, message.get("text")
    if not isinstance(text, str) or len(text) > LONGEST_PAD:
        raise Refused("live-refused-pad", most=LONGEST_PAD)
    kept = clean_lines(text)
    async with live.turn:
        if live is not console.here:
            raise Refused("live-refused-no-room")
        revision = live.record.pad_revision
        if kept != live.record.pad:
            if message.get("base") not in (None, revision):
                return {"stale": {**_at(revision), "theirs": live.record.pad}}
            revision += 1
            await console.hub.write(rooms.keep_pad, live.record.id, kept, revision)
            live.change_record(pad=kept, pad_revision=revision)
    live.tell_trainers()
    return _at(revision)


def _at(revision: int) -> dict[str, Any]:
    return {"revision": revision, "at": now().isoformat()}


async def _remove(console: Console, message: Message) -> None:
    guest = str(message.get("guest"))
    if guest not in console.here.guests:
        raise Refused("live-refused-guest")
    await console.hub.change_guest(console.here, guest, removed=True)


async def _end(console: Console, message: Message) -> None:
    await console.hub.end(console.here)


def _part(console: Console, state: State, message: Message) -> Part:
    return room.part_of_step(state, console.here.programme, message.get("activity"))


async def _change(console: Console, make: Callable[[State], State]) -> None:
    await console.hub.change(console.here, make)


COMMANDS: Mapping[str, Command] = {
    "begin": _begin,
    "enter": _enter,
    "forget": _forget,
    "go": _go,
    "extend": _extend,
    "open": _open,
    "close": _on_part(room.close),
    "show": _on_part(room.show),
    "hide": _on_part(room.hide),
    "release": _release,
    "release-all": _release_all,
    "withhold": _withhold,
    "question": _question,
    "deal": _deal,
    "pad": _pad,
    "remove": _remove,
    "end": _end,
}
