"""The record of a session: what it holds, and what it must never hold."""

import asyncio
import csv
import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from live_stage import Clock, Play
from report_people import structure
from viceversa.content.library import Library
from viceversa.content.shipped import shipped
from viceversa.live import programme, room
from viceversa.live.record import Record, gather, table
from viceversa.live.results import Limits
from viceversa.live.scripted import play_out
from viceversa.reports import pdf
from viceversa.reports.checking import check_page
from viceversa.reports.record import make_record
from viceversa.store import Store, memory_store, room_answers, rooms
from viceversa.store.room_answers import Kept

LIBRARY = Library([shipped("content")])
NAMES = ["Ada", "Ben", "=Cem", "Dot", "Eva", "Fay", "Gus", ""]
PRIVATE = "a-private-reflection"
PAD = "the-trainers-own-notes"
NEVER = [PRIVATE, "a-waiting-question", "a-hidden-question", "an-unreleased-text"]
NEVER += ["a-commitment-of-few", "Removed Person"]
needs_pango = pytest.mark.skipif(bool(pdf.what_is_missing()), reason="There is no Pango here.")


@dataclass
class Held:
    """A session that is over, and what of it must be nowhere."""

    record: Record
    room: rooms.Room
    secret: list[str] = field(default_factory=list)

    def html(self, pad: str = "") -> str:
        return make_record(self.record, LIBRARY.words, scheme="A scheme", pad=pad)

    def csv(self) -> str:
        return table(self.record, LIBRARY.words)

    def rows(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self.csv())))

    def count(self, item: str, value: str) -> str | None:
        return next((row[3] for row in self.rows() if row[1:3] == [item, value]), None)


@pytest.fixture(scope="module")
def stored() -> Iterator[tuple[Store, rooms.Room, list[str]]]:
    """A store with a session that was held, its room, and what nobody else may read of it."""
    store = memory_store()
    stage = Play(store, LIBRARY, Clock())
    secret = play_out(hold(stage))
    (kept,) = rooms.led_by(store, stage.leader.id)
    yield store, kept, [*secret, *NEVER]
    store.close()


@pytest.fixture(scope="module")
def held(stored) -> Held:
    store, kept, secret = stored
    return Held(gather(store, kept, LIBRARY, Limits(), "Bea Trainer"), kept, secret)


async def hold(stage: Play) -> list[str]:
    """Hold a session in which everything is tried; give what nobody else may read of it."""
    await stage.begin()
    guests = [(await stage.group(1, name=name))[0] for name in NAMES]
    (removed,) = await stage.group(1, name="Removed Person")
    await stage.trainer.do("remove", guest=removed.guest.id)
    await go_on(stage.clock)
    await polls(stage, guests)
    guests += await stage.group(2)
    await go_on(stage.clock)
    await words(stage, guests)
    await questions(stage, guests)
    await stage.open("threes", "practice")
    await close(stage, guests)
    await stage.trainer.do("pad", text=PAD)
    await stage.trainer.do("end")
    await stage.hub.stop()
    ids = [guest.guest.id for guest in guests]
    return [*ids, *(str(guest.token) for guest in guests), removed.guest.id]


async def go_on(clock: Clock) -> None:
    """Let the time by which guests come in pass that of the stage."""
    clock.now = time.time() + 0.002
    while time.time() <= clock.now + 0.001:
        await asyncio.sleep(0)


async def polls(stage: Play, guests: list[Any]) -> None:
    await stage.open("where-we-stand", "today", "easier")
    for guest, chosen in zip(guests, ["keen"] * 5 + ["doubtful"] * 3, strict=True):
        assert "saved" in await guest.answer("today", chosen)
    await stage.trainer.do("show", activity="today")
    await stage.open("what-and-why", "check-agenda")
    for guest in guests[:4]:
        assert "saved" in await guest.answer("check-agenda", first(guest, "check-agenda"))


async def words(stage: Play, guests: list[Any]) -> None:
    await stage.open("where-we-stand", "easier")
    for guest in guests[:8]:
        assert "saved" in await guest.answer("easier", ["time", "an-unreleased-text"])
    assert "saved" in await guests[8].answer("easier", ["=2+2"])
    await stage.settle()
    seen = stage.trainer.seen["activities"]["easier"]["result"]["texts"]
    for one in seen:
        if one["text"] != "an-unreleased-text":
            await stage.trainer.do("release", activity="easier", item=one["item"])
    await stage.trainer.do("show", activity="easier")
    await stage.trainer.do("hide", activity="easier")
    await stage.open("habits", "four-moments")
    shown = guests[0].activity("four-moments")["fields"][0]
    assert shown["seen-by"] == "only-me"
    await guests[0].answer("four-moments", 3, field=shown["key"])
    note = Kept(PRIVATE, 1)
    room_answers.keep_note(stage.store, guests[1].guest.id, "four-moments", shown["key"], note)


async def questions(stage: Play, guests: list[Any]) -> None:
    await stage.open("story-and-questions", "questions")
    texts = ["a-waiting-question", "a-hidden-question", "Is it <b>worth</b> it?", "+Who pays?"]
    ids = [(await guests[0].ask("questions", text))["question"] for text in texts]
    for id_, to in zip(ids[1:], ["hidden", "shown", "answered"], strict=True):
        await stage.trainer.do("question", question=id_, to=to)
    await guests[1].say(type="vote", id="1", question=ids[2], on=True)
    await stage.trainer.do("question", question=ids[2], to="answered")
    await stage.trainer.do("question", question=ids[3], to="shown")


async def close(stage: Play, guests: list[Any]) -> None:
    await stage.open("close", "one-thing", "pulse")
    for guest in guests[:3]:
        assert "saved" in await guest.answer("one-thing", "a-commitment-of-few")
        assert "saved" in await guest.answer("pulse", "unclear")
    let = await guests[3].answer("one-thing", "I will ask one question", seen_by="trainer")
    assert "saved" in let
    await stage.settle()
    read = stage.trainer.seen["activities"]["one-thing"]["result"]["texts"]
    items = [one["item"] for one in read]
    await stage.trainer.do("release-all", activity="one-thing", items=items)
    await stage.trainer.do("show", activity="one-thing")


def first(guest: Any, activity: str) -> str:
    return guest.activity(activity)["fields"][0]["options"][0]["key"]


def title(key: str, order: str = "awareness-60") -> str:
    return programme.read(LIBRARY, order).parts[key].title


def text_of_pdf(made: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(BytesIO(made)).pages]
    return " ".join(" ".join(pages).split())


# What it holds


def test_it_says_how_many_came_and_names_those_who_gave_a_name(held):
    came = held.record.attendance
    assert (came.joined, came.unnamed) == (10, 3)
    assert [name for name, _ in came.named] == sorted(filter(None, NAMES))
    late = LIBRARY.session("awareness-60").steps[2].title
    assert came.came == (("Before the start", 8), (late, 2))


def test_it_has_the_group_results_of_five_and_more(held):
    assert held.count(title("today"), "I would like to try it") == "5"
    assert held.count(title("today"), "I have my doubts") == "3"


def test_fewer_than_five_choices_are_held_back(held):
    pulse = [row for row in held.rows() if row[1] == title("pulse")]
    assert [row[2:] for row in pulse] == [["Held back: fewer than 5 answers.", ""]]
    check = [row for row in held.rows() if row[1] == title("check-agenda")]
    assert [row[2:] for row in check] == [["Held back: fewer than 5 answers.", ""]]


def test_of_few_texts_it_has_those_whose_writers_let_them_show(held):
    said = "Fewer than 8 answers: only what its writers let show."
    assert held.count(title("one-thing"), said) == ""
    assert held.count(title("one-thing"), "I will ask one question") == "1"


def test_texts_that_were_let_through_but_never_shown_are_not_in_it(stored):
    store, kept, _ = stored
    assert "easier" not in kept.state["shown"]
    never = dict(kept.state) | {"shown": [], "ever_shown": []}
    made = gather(store, replace(kept, state=never), LIBRARY, Limits(), "Bea Trainer")
    assert not [one for one in made.results if one.texts]
    of_words = next(one for one in made.results if one.title == title("easier"))
    assert of_words.not_shown == 3
    assert "I will ask one question" not in table(made, LIBRARY.words)


def test_texts_are_there_once_the_trainer_has_let_the_group_see_them(held):
    assert held.count(title("easier"), "time") == "8"


def test_questions_have_their_votes_and_whether_they_were_answered(held):
    assert held.record.questions == (("Is it <b>worth</b> it?", 1, True), ("+Who pays?", 0, False))


def test_small_groups_are_numbers_only(held):
    assert held.record.breakouts == ((title("practice"), 3, 10),)


def test_minutes_used_are_counted_for_each_step_that_was_gone_to(shipped_library):
    order = programme.read(shipped_library, "awareness-60")
    state = room.begin(order, 0)
    for step, minute in (("welcome", 10), ("habits", 17), ("welcome", 20), ("close", 21)):
        state = room.go(state, order, step, minute * room.MINUTE)
    kept = room.from_json(room.to_json(state))
    used = room.minutes_used(kept, 30 * room.MINUTE)
    assert used == {"welcome": 8, "habits": 3, "close": 9}
    assert room.minutes_used(room.begin(order, 0), 5) == {}


def test_in_a_scheme_that_wants_larger_groups_more_is_held_back(stored):
    store, kept, _ = stored
    strict = Held(gather(store, kept, LIBRARY, Limits.at_least(9), "Bea"), kept)
    assert strict.count(title("today"), "Held back: fewer than 9 answers.") == ""
    assert strict.count(title("today"), "I would like to try it") is None


# What it must never hold


def test_no_page_and_no_table_holds_what_was_private_waiting_hidden_or_unreleased(held):
    for made in (held.html(), held.html(pad=PAD), held.csv()):
        assert [secret for secret in held.secret if secret in made] == []


@needs_pango
def test_a_pdf_holds_none_of_it_either_and_can_be_listened_to(held):
    made = pdf.make_pdf(held.html())
    said = text_of_pdf(made)
    assert "I will ask one question" in said
    assert [one for one in held.secret if one in said or one.encode() in made] == []
    reader = PdfReader(BytesIO(made))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert {"/H1", "/H2", "/Table", "/TH"} <= {str(node["/S"]) for node in structure(reader)}


def test_no_name_stands_beside_anything_that_was_said(held):
    names = {name for name in NAMES if name}
    rows = Rows.of(held.html())
    named = [row for row in rows if names & set(row)]
    assert len(named) == 7
    assert all(len(row) == 2 and row[1].replace(":", "").isdigit() for row in named)
    beside = [row for row in held.rows() if {cell.lstrip("'") for cell in row} & names]
    assert len(beside) == 7
    assert {row[0] for row in beside} == {"Attendance"}


def test_the_trainers_notes_are_only_where_they_are_asked_for_and_in_no_table(held):
    assert PAD in held.html(pad=held.room.pad)
    assert PAD not in held.html()
    assert PAD not in held.csv()


def test_no_cell_of_the_table_is_run_as_a_formula(held):
    cells = [cell for row in held.rows() for cell in row]
    assert "'=2+2" in cells
    assert "'+Who pays?" in cells
    assert "'=Cem" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))] == []


def test_markup_that_somebody_types_stays_text(held):
    assert "Is it &lt;b&gt;worth&lt;/b&gt; it?" in held.html()


# How it is made


def test_the_page_is_fit_to_be_given_to_somebody(held):
    assert check_page(held.html(pad=PAD)) == ()


def test_the_table_is_tidy(held):
    heading, *rows = held.rows()
    assert heading == ["Part", "Item", "Value", "Count"]
    assert {len(row) for row in rows} == {4}
    assert all(row[3] == "" or row[3].isdigit() for row in rows)


def test_a_session_to_which_nobody_came_has_a_record_too(play):
    async def scene(stage):
        await stage.begin()
        await stage.trainer.do("end")
        (kept,) = rooms.led_by(stage.store, stage.leader.id)
        empty = Held(gather(stage.store, kept, LIBRARY, Limits(), "Bea"), kept)
        assert "Nobody joined." in empty.html()
        assert check_page(empty.html()) == ()
        assert empty.count("Joined", "") == "0"

    play(scene)


class Rows(HTMLParser):
    """The rows of all tables of a page, as lists of texts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False

    @classmethod
    def of(cls, html: str) -> list[list[str]]:
        made = cls()
        made.feed(html)
        return made.rows

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self.inside = tag in ("td", "th")
        if self.inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.rows[-1][-1] += data
