"""The widgets of a live session in a notebook: plain values in, plain values out."""

import pytest

from viceversa.workbook import preview
from viceversa_widgets import Agenda, Poll, Questions, WordCloud
from viceversa_widgets.console.widget import Console

OPTIONS = {"keen": "I would like to", "doubt": "I have doubts"}


def say(widget, content):
    widget._handle_custom_msg(content, [])


def test_a_poll_counts_one_answer_of_each_visitor():
    poll = Poll("How do you feel?", options=OPTIONS, counts={"doubt": 2})
    say(poll, {"choose": "keen"})
    say(poll, {"choose": "keen"})
    assert (poll.value, poll.counts) == ("keen", {"keen": 1, "doubt": 2})
    say(poll, {"choose": "doubt"})
    assert (poll.value, poll.counts) == ("doubt", {"keen": 0, "doubt": 3})


@pytest.mark.parametrize("content", [None, "keen", {}, {"choose": "other"}, {"choose": None}])
def test_a_poll_takes_nothing_but_its_own_options(content):
    poll = Poll("How do you feel?", options=OPTIONS)
    say(poll, content)
    assert (poll.value, poll.counts) == (None, {})


def test_a_closed_poll_takes_no_answer():
    poll = Poll("How do you feel?", options=OPTIONS, is_open=False)
    say(poll, {"choose": "keen"})
    assert poll.value is None


def test_a_cloud_counts_words_whatever_their_capitals():
    cloud = WordCloud("What would help?", texts=[{"text": "time", "n": 2}])
    say(cloud, {"add": "  Time "})
    say(cloud, {"add": "a clear   aim"})
    say(cloud, {"add": " "})
    say(cloud, {"add": 7})
    assert cloud.texts == [{"text": "time", "n": 3}, {"text": "a clear aim", "n": 1}]


def test_a_question_waits_until_who_leads_shows_it():
    group = Questions("What would you like to know?")
    say(group, {"ask": "Who leads?"})
    (asked,) = group.questions
    assert (asked["text"], asked["state"], asked["votes"]) == ("Who leads?", "waiting", 0)
    say(group, {"question": asked["id"], "to": "shown"})
    assert group.questions[0]["state"] == "waiting"
    leads = Questions("They asked", questions=group.questions, lead=True)
    say(leads, {"question": asked["id"], "to": "shown"})
    assert leads.questions[0]["state"] == "shown"


def test_a_vote_counts_once_and_can_be_taken_back():
    asked = {"id": "q1", "text": "Who?", "votes": 4, "voted": False, "mine": False}
    group = Questions("What?", questions=[asked | {"state": "shown"}])
    for on, votes in ((True, 5), (True, 5), (False, 4), (False, 4)):
        say(group, {"vote": "q1", "on": on})
        assert group.questions[0]["votes"] == votes
    say(group, {"vote": "unknown", "on": True})
    assert group.questions[0]["votes"] == 4


def test_an_agenda_tells_which_step_was_chosen():
    chosen = []
    agenda = Agenda([{"key": "a", "title": "A", "minutes": 1}, {"key": "b"}])
    agenda.on_go(chosen.append)
    for content in ({"go": "b"}, {"go": "c"}, {"go": None}, None):
        say(agenda, content)
    assert (agenda.at, chosen) == ("b", ["b"])


@pytest.mark.parametrize("make", [lambda: Poll("?", options=OPTIONS), Console])
def test_a_browser_cannot_set_a_trait_of_these(make):
    widget = make()
    before = widget.get_state()
    widget.set_state({"words": {}, "counts": {"keen": 99}, "base": "elsewhere"})
    assert widget.get_state() == before


def test_a_desk_without_a_preview_holds_nothing_of_any_room():
    assert Console(base="/").made_up is None


def test_a_preview_of_the_desk_has_a_made_up_room_with_something_in_every_activity():
    room = preview().console().made_up
    assert room
    kinds = {one["key"]: one["kind"] for step in room["steps"] for one in step["activities"]}
    assert set(room["activities"]) == set(kinds)
    for key, kind in kinds.items():
        known = room["activities"][key]["result"] is not None
        assert known == (kind in ("poll", "word-cloud", "check", "scenario", "commitment"))
    assert room["here"] < room["joined"] == len(room["guests"])
    assert all(group["members"] for group in room["groups"]["practice"])
