"""A session as it is led: steps, opening and closing, the clock, and what everybody sees of it."""

import asyncio

import pytest

from viceversa.content.refused import Refused
from viceversa.live import groups, programme
from viceversa.live.scripted import ScriptedGuest, ScriptedTrainer
from viceversa.store import room_answers, rooms


def test_guests_follow_the_trainer_through_every_step(play):
    async def scene(stage):
        await stage.begin()
        (guest,) = await stage.group(1)
        for step in stage.trainer.seen["steps"]:
            assert (await stage.trainer.do("go", step=step["key"]))["type"] == "done"
            await stage.settle()
            assert guest.seen["step"]["key"] == step["key"]
            assert guest.seen["step"]["html"] == step["html"]
            assert stage.trainer.seen["at"] == step["key"]

    play(scene)


def test_a_late_joiner_lands_at_the_current_step_with_what_is_open(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "today")
        (late,) = await stage.group(1)
        assert late.seen["step"]["key"] == "where-we-stand"
        assert [one["key"] for one in late.seen["activities"]] == ["today"]
        assert "saved" in await late.answer("today", "keen")

    play(scene)


def test_going_on_closes_what_is_open_and_a_result_stays_in_its_step(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "today")
        (guest,) = await stage.group(1)
        await stage.trainer.do("show", activity="today")
        await stage.trainer.do("go", step="what-and-why")
        await stage.settle()
        assert guest.seen["activities"] == []
        assert "refused" in await guest.answer("today", "keen")
        await stage.trainer.do("go", step="where-we-stand")
        await stage.settle()
        (poll,) = guest.seen["activities"]
        assert (poll["open"], poll["shown"]) == (False, True)

    play(scene)


def test_only_what_is_in_the_current_step_can_be_opened(play):
    async def scene(stage):
        await stage.begin()
        for command in ("open", "show", "release-all", "deal"):
            answer = await stage.trainer.do(command, activity="pulse", items=["any"])
            assert "Go to its step" in answer["why"]

    play(scene)


def test_what_explains_an_answer_comes_only_when_it_is_shown(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("what-and-why", "check-agenda")
        (guest,) = await stage.group(1)
        before = guest.activity("check-agenda")
        assert "revealed" not in before
        assert all(set(option) == {"key", "words"} for option in before["fields"][0]["options"])
        await stage.trainer.do("show", activity="check-agenda")
        await stage.settle()
        told = guest.activity("check-agenda")["revealed"]["options"]
        assert all(option["feedback"] for option in told)
        assert any(option["right"] for option in told)

    play(scene)


def test_what_a_guest_sees_holds_nothing_that_is_only_for_the_trainer(play):
    async def scene(stage):
        await stage.begin()
        (guest,) = await stage.group(1)
        order = programme.read(stage.library, "awareness-60")
        private = ("notes_html", "when_late_html", "when_the_line_fails_html")
        for step in order.steps:
            await stage.trainer.do("go", step=step["key"])
            await stage.settle()
            assert not set(private) & set(guest.seen["step"])
            assert all(step[name] not in str(guest.seen) for name in private)
        assert "pad" not in guest.seen
        assert "guests" not in guest.seen

    play(scene)


def test_the_clock_of_the_whole_starts_when_the_trainer_says_so(play):
    async def scene(stage):
        await stage.begin()
        stage.clock.turn(30 * 60)
        await stage.trainer.do("go", step="welcome")
        await stage.settle()
        began = int(stage.clock() * 1000)
        assert stage.trainer.seen["started"]
        assert stage.trainer.seen["behind_minutes"] == 0
        assert stage.trainer.seen["step_ends_at"] == began + 6 * 60_000
        stage.clock.turn(10 * 60)
        await stage.trainer.do("go", step="where-we-stand")
        await stage.settle()
        assert stage.trainer.seen["behind_minutes"] == 4
        await stage.trainer.do("extend", minutes=2)
        await stage.settle()
        assert stage.trainer.seen["step_ends_at"] == began + (10 + 5 + 2) * 60_000

    play(scene)


@pytest.mark.parametrize("minutes", [0, "5", 2.5, None, True, 10_000])
def test_a_time_that_is_none_is_refused(play, minutes):
    async def scene(stage):
        await stage.begin()
        assert (await stage.trainer.do("extend", minutes=minutes))["type"] == "refused"

    play(scene)


def test_two_consoles_of_one_trainer_see_the_same(play):
    async def scene(stage):
        await stage.begin()
        second = ScriptedTrainer(stage.hub, stage.leader.id)
        await second.console.hear({"type": "hello"})
        assert second.seen["room"]["code"] == stage.code
        await second.do("go", step="where-we-stand")
        await stage.trainer.do("open", activity="today")
        await stage.settle()
        assert second.seen["activities"]["today"]["open"]
        names = ("at", "activities", "groups", "questions", "guests", "pad")
        assert {n: second.seen[n] for n in names} == {n: stage.trainer.seen[n] for n in names}

    play(scene)


def test_notes_written_on_two_devices_are_both_kept(play):
    async def scene(stage):
        await stage.begin()
        first = await stage.trainer.do("pad", text="from here", base=0)
        assert first["revision"] == 1
        stale = await stage.trainer.do("pad", text="from there", base=0)
        assert stale["stale"]["theirs"] == "from here"
        assert (await stage.trainer.do("pad", text="from here", base=0))["revision"] == 1
        done = await stage.trainer.do("pad", text="from here\n\nfrom there", base=1)
        assert done["revision"] == 2

    play(scene)


def test_the_trainer_has_one_open_session_at_a_time(play):
    async def scene(stage):
        await stage.begin()
        assert "open" in (await stage.trainer.do("begin", order="awareness-45"))["why"]
        await stage.trainer.do("end")
        assert (await stage.trainer.do("begin", order="awareness-45"))["type"] == "done"

    play(scene)


def test_two_consoles_that_begin_at_once_begin_one_session(play, monkeypatch):
    async def scene(stage):
        write = stage.hub.write

        async def slow(*asked, **named):
            await asyncio.sleep(0)
            return await write(*asked, **named)

        monkeypatch.setattr(stage.hub, "write", slow)
        other = ScriptedTrainer(stage.hub, stage.leader.id)
        begun = (one.do("begin", order="awareness-45") for one in (stage.trainer, other))
        done = await asyncio.gather(*begun)
        assert sorted(one["type"] for one in done) == ["done", "refused"]
        assert len(rooms.led_by(stage.store, stage.leader.id)) == 1

    play(scene)


def test_a_running_order_that_is_not_there_is_named_in_the_refusal(play):
    async def scene(stage):
        answer = await stage.trainer.do("begin", order="awareness-06")
        assert "awareness-60" in answer["why"]
        assert (await stage.trainer.do("begin", order=7))["type"] == "refused"

    play(scene)


def test_after_the_end_nobody_comes_in_and_nothing_more_is_taken(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "today")
        (guest,) = await stage.group(1)
        assert (await stage.trainer.do("end"))["type"] == "done"
        await stage.settle()
        assert guest.seen["room"]["ended"]
        assert guest.seen["activities"] == []
        assert stage.trainer.seen["room"]["code"] == ""
        assert "over" in (await guest.answer("today", "keen"))["refused"]["why"]
        assert "over" in (await stage.trainer.do("go", step="close"))["why"]
        with pytest.raises(RuntimeError, match="No open room"):
            await ScriptedGuest(stage.hub, stage.code).join()

    play(scene)


def test_an_answer_on_its_way_when_the_session_ends_is_refused_and_not_kept(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "today")
        (guest,) = await stage.group(1)
        # It has ended in the store, and this room has not heard of it yet.
        rooms.end(stage.store, guest.guest.room_id, stage.trainer.console.here.record.state)
        assert "over" in (await guest.answer("today", "keen"))["refused"]["why"]
        assert room_answers.answers_in(stage.store, guest.guest.room_id) == {}

    play(scene)


def test_a_session_that_nobody_ends_is_over_after_twelve_hours(play):
    async def scene(stage):
        await stage.begin()
        (guest,) = await stage.group(1)
        stage.clock.now = stage.hub.rooms[guest.guest.room_id].record.expires_at.timestamp() + 1
        with pytest.raises(RuntimeError, match="No open room"):
            await ScriptedGuest(stage.hub, stage.code).join()
        await stage.hub.tick()
        await stage.settle()
        assert guest.seen["room"]["ended"]

    play(scene)


def test_whoever_is_taken_out_is_told_and_gone(play):
    async def scene(stage):
        await stage.begin()
        one, other = await stage.group(2, name="Ada")
        done = await stage.trainer.do("remove", guest=one.guest.id)
        assert done["type"] == "done"
        assert one.line.ended
        assert other.line.ended is None
        await stage.settle()
        assert [guest["id"] for guest in stage.trainer.seen["guests"]] == [other.guest.id]
        assert (await stage.trainer.do("remove", guest="nobody"))["type"] == "refused"

    play(scene)


def test_rooms_are_looked_after_although_something_was_refused(play, monkeypatch):
    async def scene(stage):
        await stage.begin()
        (guest,) = await stage.group(1)
        live = stage.trainer.console.here

        def refuse():
            raise Refused("live-refused-ended")

        monkeypatch.setattr(live, "mended", refuse)
        stage.clock.now = live.record.expires_at.timestamp() - 60
        await stage.hub.tick()
        stage.clock.turn(61)
        await stage.hub.tick()
        await stage.settle()
        assert guest.seen["room"]["ended"]

    play(scene)


def test_a_second_console_of_a_deleted_session_is_sent_back_to_the_lobby(play):
    async def scene(stage):
        await stage.begin()
        other = ScriptedTrainer(stage.hub, stage.leader.id)
        await other.console.hear({"type": "hello"})
        room = other.console.here.record.id
        await stage.trainer.do("end")
        await stage.trainer.console.hear({"type": "hello"})
        assert (await stage.trainer.do("forget", room=room))["type"] == "done"
        assert other.line.told[-1]["type"] == "lobby"
        assert "no session" in (await other.do("pad", text="lost"))["why"]

    play(scene)


def test_a_session_that_was_let_go_of_meanwhile_is_deleted_all_the_same(play, monkeypatch):
    async def scene(stage):
        await stage.begin()
        live = stage.trainer.console.here
        await stage.trainer.do("end")
        write = stage.hub.write

        async def slow(*asked):
            stage.hub.rooms.clear()
            return await write(*asked)

        monkeypatch.setattr(stage.hub, "write", slow)
        done = await stage.trainer.do("forget", room=live.record.id)
        assert done["type"] == "done"
        assert rooms.led_by(stage.store, stage.leader.id) == []

    play(scene)


def test_mending_groups_does_not_undo_a_new_deal(play):
    async def scene(stage):
        await stage.begin()
        group = await stage.group(5)
        await stage.open("threes", "practice")
        live = stage.trainer.console.here
        group[0].hang_up()
        stage.clock.turn(61)
        mend = live.mended()
        assert (await stage.trainer.do("deal", activity="practice"))["type"] == "done"
        dealt = live.state.groups["practice"]
        await stage.hub.change(live, mend)
        assert live.state.groups["practice"] == groups.mend(dealt, live.present(stage.clock()))
        assert live.state.groups["practice"] == dealt

    play(scene)


def test_a_deleted_session_leaves_nothing(play):
    async def scene(stage):
        await stage.begin()
        await stage.open("where-we-stand", "today")
        (guest,) = await stage.group(1)
        await guest.answer("today", "keen")
        room = guest.guest.room_id
        assert "End this session" in (await stage.trainer.do("forget", room=room))["why"]
        await stage.trainer.do("end")
        assert (await stage.trainer.do("forget", room=room))["type"] == "done"
        assert guest.line.ended
        with stage.store.reading() as connection:
            tables = ("rooms", "guests", "room_answers", "room_notes", "room_questions")
            for table in tables:
                count = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
                assert count == 0, table

    play(scene)
