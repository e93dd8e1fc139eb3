"""A rehearsal plays a running order before people come, and says each thing that is amiss."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from viceversa.cli import main
from viceversa.content.documents import SESSIONS
from viceversa.content.files import read_yaml
from viceversa.content.library import Library, shipped_library
from viceversa.content.shipped import shipped
from viceversa.live import commands, room
from viceversa.rehearsal import rehearse

SHIPPED = shipped("content") / "en" / "sessions"


def order() -> dict[str, Any]:
    return copy.deepcopy(read_yaml(SHIPPED / "awareness-60.yaml"))


def library_with(folder: Path, data: dict[str, Any], name: str = "own") -> Library:
    file = folder / "content" / "en" / "sessions" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as out:
        YAML().dump(data, out)
    same = {"contact": "the scheme team", "scheme": "A scheme"}
    return Library([folder / "content", shipped("content")], same=same)


def found(folder: Path, data: dict[str, Any], **more: Any) -> list[str]:
    """What has to be mended in a running order, played with few people to be quick."""
    more = {"people": 3, **more}
    return [str(one) for one in rehearse(library_with(folder, data), "own", **more) if one.grave]


def step(data: dict[str, Any], key: str) -> dict[str, Any]:
    return next(one for one in data["steps"] if one["key"] == key)


@pytest.mark.parametrize("slug", shipped_library().named(SESSIONS))
def test_every_session_that_ships_rehearses_without_a_fault(slug):
    assert rehearse(shipped_library(), slug) == []


def test_a_small_rehearsal_is_fit_to_be_held_and_says_what_stays_hidden():
    (few,) = rehearse(shipped_library(), "awareness-60", people=3)
    assert not few.grave
    assert "texts are held back" in few.said


def test_every_activity_is_played_with_the_clock_beside_its_step():
    said: list[str] = []
    rehearse(shipped_library(), "awareness-60", say=said.append)
    steps = [line for line in said if line[:1].isdigit() and ":" in line[:3]]
    assert [line.split("  ")[0] for line in steps] == [
        *("0:00", "0:06", "0:11", "0:19", "0:25", "0:36", "0:50", "0:55")
    ]
    played = [one.key for _, one in shipped_library().session("awareness-60").activities()]
    assert len([line for line in said if line.startswith("“")]) == len(played)
    assert said[-1].startswith("The end. The record counts 13 people")


# What is missing


def test_a_step_that_cannot_be_read_or_said_in_time_is_told(tmp_path):
    data = order()
    step(data, "close")["show"] += " word" * 1001
    step(data, "agreement")["notes"] += " word" * 651
    told = " ".join(found(tmp_path, data))
    assert re.search(r"Its text takes 5\.\d minutes to read, and the step has 5 minutes\.", told)
    assert re.search(r"The agreement, and ways out: Its notes take 6\.\d minutes to say", told)


@pytest.mark.parametrize(
    ("key", "part", "value", "said"),
    [
        ("welcome", "show", "Hello.", "does not say who sees what"),
        ("close", "show", "Goodbye.", "does not say where to turn for support"),
        ("close", "notes", "Later.", "There is hardly a speaker note."),
        ("close", "when-late", "-", "does not say what to do when late"),
        ("close", "when-the-line-fails", "?", "does not say what to do when the line fails"),
        ("habits", "show", "Ask {somebody}.", "This is not filled in: {somebody}."),
    ],
)
def test_each_gap_of_a_step_is_told_in_a_sentence(tmp_path, key, part, value, said):
    data = order()
    data["sources"] = []
    for one in data["steps"]:
        for name in ("show", "notes"):
            one[name] = one[name].translate(str.maketrans("[]", "()"))
    step(data, key)[part] = value
    (told,) = found(tmp_path, data)
    assert said in told
    assert told.startswith(step(data, key)["title"])


def test_a_session_without_a_place_for_questions_is_told(tmp_path):
    data = order()
    step(data, "story-and-questions")["activities"] = []
    (told,) = found(tmp_path, data)
    assert told.startswith("There is no place for questions.")


@pytest.mark.parametrize(
    ("activity", "said"),
    [
        ({"kind": "check", "module": "role-revesal", "check": "who-leads"}, "role-reversal"),
        ({"kind": "check", "module": "role-reversal", "check": "nothing"}, "nothing"),
        ({"kind": "scenario", "scenario": "no-such-scenario"}, "no-such-scenario"),
        ({"kind": "story", "module": "no-such-module"}, "no-such-module"),
        ({"kind": "reflection", "worksheet": "mindset", "fields": ["no-such-field"]}, "no-such"),
    ],
)
def test_what_an_activity_names_and_is_not_there_is_told_and_nothing_is_played(
    tmp_path, activity, said
):
    data, lines = order(), []
    step(data, "welcome")["activities"] = [{"key": "lost", **activity}]
    (told,) = found(tmp_path, data, say=lines.append)
    assert "The activity “lost” cannot be made: " in told
    assert said in told
    assert lines == ["It was not played, because some of what it names is not there."]


def test_notes_that_go_on_after_their_step_are_only_a_warning(tmp_path):
    data = order()
    step(data, "close")["notes"] += "\n\n**0:09** Say goodbye.\n"
    library = library_with(tmp_path, data)
    (told,) = rehearse(library, "own")
    assert not told.grave
    assert "Its notes go on at 0:09, and the step has 5 minutes." in told.said


# What fails


def test_an_activity_that_cannot_be_opened_is_told(monkeypatch):
    monkeypatch.setitem(commands.COMMANDS, "open", commands.COMMANDS["close"])
    told = {str(one) for one in rehearse(shipped_library(), "awareness-45")}
    assert any("A guest does not see" in one for one in told)
    assert any("did not take an answer" in one or "cannot be answered" in one for one in told)


def test_a_result_that_does_not_show_is_told(monkeypatch):
    monkeypatch.setattr(room, "show", lambda state, part: state)
    monkeypatch.setitem(commands.COMMANDS, "show", commands._on_part(room.show))
    told = [str(one) for one in rehearse(shipped_library(), "awareness-45")]
    assert any("was answered by enough people, and shows no result" in one for one in told)


# The command


def test_the_command_plays_one_that_ships_and_ends_well():
    done = CliRunner().invoke(main, ["rehearse", "awareness-45"])
    assert done.exit_code == 0, done.output
    assert "0:00  Welcome" in done.output
    assert "The steps take 45 of 45 minutes." in done.output
    assert done.output.endswith("Nothing failed and nothing is missing.\n")


def test_the_command_ends_with_1_when_something_is_missing(demo):
    data = order()
    step(data, "close")["show"] = "Goodbye."
    library_with(demo.folder, data)
    done = CliRunner().invoke(main, ["rehearse", "own", "--scheme", str(demo.folder)])
    assert done.exit_code == 1
    assert "To mend: One thing to do, and where to turn: The last step does not say" in done.output


def test_a_file_with_faults_is_told_line_by_line_and_is_not_played(demo):
    data = order()
    del step(data, "close")["when-late"]
    data["minutes"] = 61
    library_with(demo.folder, data)
    done = CliRunner().invoke(main, ["rehearse", "own", "--scheme", str(demo.folder)])
    assert done.exit_code == 1
    assert "“when-late” is missing." in done.output
    assert "The steps add up to 60 minutes, not 61." in done.output
    assert "It was not played." in done.output


def test_a_session_that_is_not_there_is_told_with_those_that_are():
    done = CliRunner().invoke(main, ["rehearse", "awareness-61"])
    assert done.exit_code == 1
    assert "Did you mean “awareness-60”?" in done.output
