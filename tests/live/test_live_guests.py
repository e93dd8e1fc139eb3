"""What guests answer, ask and write: kept before it is acknowledged, never believed unchecked."""

import json
from typing import Any

import pytest

from viceversa.live import guests
from viceversa.live.scripted import something

POLL = ("where-we-stand", "today")


def test_what_is_answered_comes_back_after_a_reload(play):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        assert (await guest.answer("today", "keen"))["saved"]["revision"] == 1
        assert (await guest.answer("today", "doubtful", base=1))["saved"]["revision"] == 2
        guest.hang_up()
        guest.come_back()
        mine = guest.activity("today")["answers"]["today"]
        assert mine == {"value": "doubtful", "revision": 2, "seen_by": "group", "at": ""}
        assert stage.hub.rooms[guest.guest.room_id].answered(_part(stage, "today")) == 1

    play(scene)


def test_the_same_answer_sent_again_is_kept_once(play):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        for _ in range(3):
            assert (await guest.answer("today", "keen", base=0))["saved"]["revision"] == 1

    play(scene)


def test_one_guest_has_one_vote_in_a_poll_however_often_they_come_in(play):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        await guest.answer("today", "keen")
        for _ in range(3):
            guest.hang_up()
            await guest.join()
            await guest.answer("today", "curious", base=guest_revision(guest))
        await stage.settle()
        assert stage.trainer.seen["activities"]["today"]["answered"] == 1
        assert stage.trainer.seen["joined"] == 1

    play(scene)


def guest_revision(guest):
    return guest.activity("today")["answers"]["today"]["revision"]


def test_two_windows_of_one_guest_overwrite_nothing_unseen(play):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        await guest.answer("today", "keen", base=0)
        stale = (await guest.answer("today", "doubtful", base=0))["stale"]
        assert (stale["theirs"], stale["revision"]) == ("keen", 1)
        assert "another window" in stale["by"]

    play(scene)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "no-such-option"},
        {"value": ["keen"]},
        {"value": {"keen": 1}},
        {"value": 10**400},
        {"field": "easier"},
        {"field": "nowhere"},
        {"seen_by": "trainer"},
        {"seen_by": "only-me"},
        {"base": -1},
        {"base": "0"},
        {"base": True},
        {"id": ""},
        {"id": "x" * 1000},
    ],
    ids=str,
)
def test_what_is_no_answer_is_refused_in_a_sentence_and_changes_nothing(play, wrong):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        reply = await guest.answer("today", **{"value": "keen", **wrong})
        why = reply["refused"]["why"] if "refused" in reply else reply["why"]
        assert why.endswith((".", "!"))
        assert _rows(stage, "room_answers") == []

    play(scene)


@pytest.mark.parametrize(
    "message",
    [
        None,
        [],
        7,
        "hello",
        {},
        {"type": "go", "step": "close"},
        {"type": ["save"]},
        {"type": "save"},
        {"type": "save", "activity": ["today"], "message": {}},
        {"type": "save", "activity": "today", "message": {"save": []}},
        {"type": "ask", "id": "1", "activity": "questions", "text": ["a"]},
        {"type": "ask", "activity": "questions", "text": "a"},
        {"type": "vote", "question": {}, "on": True},
        {"type": "vote", "question": "x" * 16, "on": "yes"},
    ],
    ids=str,
)
def test_whatever_a_page_sends_it_gets_a_sentence_and_nothing_breaks(play, message):
    async def scene(stage):
        await stage.begin()
        await stage.open("story-and-questions", "questions")
        (guest,) = await stage.group(1)
        reply = await guests.hear(stage.hub, _live(stage), guest.seat, message)
        assert reply["type"] == "refused"
        assert reply["why"].endswith(".")
        assert (await guest.ask("questions", "Still here?"))["type"] == "done"

    play(scene)


def test_a_closed_or_unopened_activity_takes_nothing(play):
    async def scene(stage):
        await stage.begin()
        await stage.open(*POLL)
        (guest,) = await stage.group(1)
        await stage.trainer.do("close", activity="today")
        for activity, value in (("today", "keen"), ("easier", ["time"]), ("pulse", "unclear")):
            assert "closed" in (await guest.answer(activity, value))["refused"]["why"]
        assert _rows(stage, "room_answers") == []

    play(scene)


def test_words_wait_for_eight_people_and_then_for_the_trainer(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "easier")
        group = await stage.group(8)
        await stage.trainer.do("show", activity="easier")
        for number, guest in enumerate(group[:7]):
            await guest.answer("easier", [f"word {number}"])
        await stage.settle()
        assert _result(stage)["kind"] == "held-back"
        await group[7].answer("easier", ["word 0"])
        await stage.settle()
        texts = _result(stage)["texts"]
        assert (texts[0]["text"], texts[0]["n"], texts[0]["released"]) == ("word 0", 2, False)
        assert group[0].activity("easier")["result"]["texts"] == []
        await stage.trainer.do("release", activity="easier", item=texts[0]["item"])
        await stage.settle()
        assert group[0].activity("easier")["result"]["texts"] == [{"text": "word 0", "n": 2}]
        every = [one["item"] for one in texts]
        await stage.trainer.do("release-all", activity="easier", items=every)
        await stage.trainer.do("withhold", activity="easier", item=texts[0]["item"])
        await stage.settle()
        shown = group[0].activity("easier")["result"]["texts"]
        assert sorted(one["text"] for one in shown) == [f"word {n}" for n in range(1, 7)]

    play(scene)


def test_a_text_that_came_while_all_were_ticked_waits_until_it_is_read(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "easier")
        group = await stage.group(9)
        await stage.trainer.do("show", activity="easier")
        for guest in group[:8]:
            await guest.answer("easier", ["what was read"])
        await stage.settle()
        read = [one["item"] for one in _result(stage)["texts"]]
        await group[8].answer("easier", ["what nobody has read"])
        done = await stage.trainer.do("release-all", activity="easier", items=[*read, "gone", 7])
        assert done["type"] == "done"
        await stage.settle()
        (shown,) = group[0].activity("easier")["result"]["texts"]
        assert shown["text"] == "what was read"
        for items in ({}, {"items": None}, {"items": []}, {"items": ["gone"]}):
            refused = await stage.trainer.do("release-all", activity="easier", **items)
            assert refused["type"] == "refused"

    play(scene)


def test_somebody_may_let_their_words_show_at_once(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "easier")
        one, other = await stage.group(2)
        await one.answer("easier", ["time"], seen_by="trainer")
        await other.answer("easier", ["hidden"])
        await stage.settle()
        assert [text["text"] for text in _result(stage)["texts"]] == ["time"]
        assert "hidden" not in json.dumps(stage.trainer.seen)

    play(scene)


def test_a_question_is_read_by_the_trainer_before_anybody_else_sees_it(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("story-and-questions", "questions")
        asker, other = await stage.group(2)
        done = await asker.ask("questions", "Who pays for my time?")
        await stage.settle()
        assert [one["state"] for one in asker.activity("questions")["questions"]] == ["waiting"]
        assert other.activity("questions")["questions"] == []
        assert (await _vote(other, done["question"]))["type"] == "refused"
        assert stage.trainer.seen["questions"][0]["text"] == "Who pays for my time?"

        await stage.trainer.do("question", question=done["question"], to="shown")
        await stage.settle()
        (shown,) = other.activity("questions")["questions"]
        assert (shown["mine"], shown["votes"]) == (False, 0)
        for _ in range(3):
            assert (await _vote(other, done["question"]))["type"] == "done"
        await stage.settle()
        assert stage.trainer.seen["questions"][0]["votes"] == 1
        await _vote(other, done["question"], on=False)
        await stage.settle()
        assert stage.trainer.seen["questions"][0]["votes"] == 0

        await stage.trainer.do("question", question=done["question"], to="hidden")
        await stage.settle()
        assert other.activity("questions")["questions"] == []
        assert asker.activity("questions")["questions"] == []

    play(scene)


def test_a_question_that_is_sent_again_is_the_same_question(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("story-and-questions", "questions")
        (guest,) = await stage.group(1)
        for _ in range(3):
            await guest.say(type="ask", id="same", activity="questions", text="Once?")
        assert len(_rows(stage, "room_questions")) == 1

    play(scene)


def test_one_guest_cannot_bury_the_trainer_in_questions(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("story-and-questions", "questions")
        (guest,) = await stage.group(1)
        replies = [await guest.ask("questions", f"And {n}?") for n in range(25)]
        assert [one["type"] for one in replies].count("done") == guests.MOST_QUESTIONS
        assert (await guest.ask("questions", "x" * 301))["type"] == "refused"

    play(scene)


def test_a_private_reflection_reaches_nobody_else_not_even_as_a_number(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("habits", "four-moments")
        writer, other = await stage.group(2)
        for turn, field in enumerate(writer.activity("four-moments")["fields"]):
            assert field["seen-by"] == "only-me"
            value = something(field, turn)
            reply = await writer.answer("four-moments", value, field=field["key"])
            assert "saved" in reply, reply
        await stage.settle()
        assert (await stage.trainer.do("show", activity="four-moments"))["type"] == "refused"
        assert stage.trainer.seen["activities"]["four-moments"]["answered"] is None
        assert other.activity("four-moments")["answers"] == {}
        writer.hang_up()
        writer.come_back()
        assert len(writer.activity("four-moments")["answers"]) == 4

    play(scene)


def test_after_a_restart_everybody_is_at_the_same_place_with_the_same_answers(play):
    async def scene(stage):
        await stage.begin()
        group = await stage.group(6)
        await stage.open("where-we-stand", "today")
        for turn, guest in enumerate(group):
            await guest.answer("today", ["keen", "curious"][turn % 2])
        await stage.open("threes", "practice")
        await stage.trainer.do("pad", text="Ask Ada", base=0)
        await stage.settle()
        same = ("at", "step_ends_at", "activities", "groups", "questions", "pad", "room", "here")
        before = {name: stage.trainer.seen[name] for name in same}
        mine = [guest.activity("practice")["group"] for guest in group]

        await stage.restart()
        assert {name: stage.trainer.seen[name] for name in same} == before
        for guest in group:
            guest.hub = stage.hub
            guest.come_back()
        assert [guest.activity("practice")["group"] for guest in group] == mine
        await stage.hub.tick()
        await stage.settle()
        assert [guest.activity("practice")["group"] for guest in group] == mine

    play(scene)


def test_groups_are_made_up_for_who_goes_and_who_comes_late(play):
    async def scene(stage):
        await stage.begin()
        group = await stage.group(6, name="Ada")
        await stage.open("threes", "practice")
        roles = {one: one.activity("practice")["group"]["role"] for one in group}
        assert sorted(roles.values()) == ["mentee"] * 2 + ["mentor"] * 2 + ["observer"] * 2
        leaver = next(one for one, role in roles.items() if role == "mentor")
        number = leaver.activity("practice")["group"]["number"]
        leaver.hang_up()

        stage.clock.turn(30)
        await stage.hub.tick()
        await stage.settle()
        observer = next(
            one
            for one, role in roles.items()
            if role == "observer" and one.activity("practice")["group"]["number"] == number
        )
        assert observer.activity("practice")["group"]["role"] == "observer"
        stage.clock.turn(31)
        await stage.hub.tick()
        await stage.settle()
        assert observer.activity("practice")["group"]["role"] == "mentor"
        assert "You are" in observer.activity("practice")["group"]["card_html"]

        (late,) = await stage.group(1)
        assert late.activity("practice")["group"] is None
        await stage.hub.tick()
        await stage.settle()
        mine = late.activity("practice")["group"]
        assert (mine["number"], mine["role"]) == (number, "observer")
        assert mine["with"] == ["Ada", "Ada"]

    play(scene)


def test_whoever_is_away_for_a_moment_still_counts_as_here(play):
    async def scene(stage):
        await stage.begin()
        one, _ = await stage.group(2)
        await stage.hub.tick()
        await stage.settle()
        one.hang_up()
        for seconds, here in ((10, 2), (6, 1)):
            stage.clock.turn(seconds)
            await stage.hub.tick()
            await stage.settle()
            assert stage.trainer.seen["here"] == here
        assert stage.trainer.seen["joined"] == 2
        seen = stage.trainer.seen["guests"]
        assert [guest["here"] for guest in seen] == [False, True]

    play(scene)


def _vote(guest, question: str, *, on: bool = True) -> Any:
    return guest.say(type="vote", id="v", question=question, on=on)


def _live(stage):
    return next(iter(stage.hub.rooms.values()))


def _part(stage, key: str):
    return _live(stage).programme.parts[key]


def _result(stage) -> dict[str, Any]:
    return stage.trainer.seen["activities"]["easier"]["result"]


def _rows(stage, table: str) -> list[Any]:
    with stage.store.reading() as connection:
        return list(connection.exec_driver_sql(f"SELECT * FROM {table}"))


def test_when_too_many_questions_wait_no_more_are_taken_until_the_trainer_has_read_one(
    play, monkeypatch
):
    monkeypatch.setattr("viceversa.live.guests.MOST_WAITING", 2)

    async def scene(stage):
        await stage.begin()
        one, other = await stage.group(2)
        await stage.open("story-and-questions", "questions")
        first = await one.ask("questions", "Who pays?")
        assert (await one.ask("questions", "And who not?"))["type"] == "done"
        refused = await other.ask("questions", "May I?")
        assert (refused["type"], "wait for the trainer" in refused["why"]) == ("refused", True)
        await stage.trainer.do("question", question=first["question"], to="shown")
        assert (await other.ask("questions", "May I?"))["type"] == "done"

    play(scene)
