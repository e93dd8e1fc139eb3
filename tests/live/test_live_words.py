"""What guests write and ask: read by the trainer first, and private where it says so."""

import json
from typing import Any

from viceversa.live import guests
from viceversa.live.scripted import something


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
        assert len(stage.rows("room_questions")) == 1

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


def _vote(guest, question: str, *, on: bool = True) -> Any:
    return guest.say(type="vote", id="v", question=question, on=on)


def _result(stage) -> dict[str, Any]:
    return stage.trainer.seen["activities"]["easier"]["result"]
