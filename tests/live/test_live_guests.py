"""What guests answer: kept before it is acknowledged, never believed unchecked."""

import pytest

from viceversa.live import guests

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
        assert stage.rows("room_answers") == []

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
        assert stage.rows("room_answers") == []

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


def guest_revision(guest):
    return guest.activity("today")["answers"]["today"]["revision"]


def _live(stage):
    return next(iter(stage.hub.rooms.values()))


def _part(stage, key: str):
    return _live(stage).programme.parts[key]
