"""Every module has all that a module is for, and can be read by everybody."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from ruamel.yaml import YAML

from viceversa.cli import main
from viceversa.content.check import faults_in_document
from viceversa.content.citing import CITED
from viceversa.content.documents import DOCUMENTS, MODULES, SCENARIOS, SESSIONS
from viceversa.content.files import read_yaml
from viceversa.content.library import Library
from viceversa.content.reading_age import reading_age, syllables, text_of
from viceversa.content.shipped import shipped

CONTENT = shipped("content") / "en"
LISTED = {
    "what-it-is",
    "role-reversal",
    "leading-a-session",
    "listening-to-challenge",
    "experience",
    "confidentiality",
    "first-meeting",
    "meeting-online",
    "theme-to-action",
    "ending-well",
    "craft-of-a-scheme",
}
# Each part of a module, and what somebody misses without it.
PARTS = (
    "why",
    "text",
    "for-mentors",
    "for-mentees",
    "story",
    "scenario",
    "check",
    "prompt",
    "commitment",
    "sources",
)
FILES = [file for one in DOCUMENTS for file in sorted(CONTENT.glob(f"{one.folder}/*.yaml"))]
# For a text of which nothing is left out; the wish is about twelve.
OLDEST = 13


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([shipped("content")])


def written(tmp_path: Path, data: Any, name: str = "power") -> Path:
    file = tmp_path / f"{name}.yaml"
    with file.open("w", encoding="utf-8") as out:
        YAML().dump(data, out)
    return file


def said(tmp_path: Path, document: Any, data: Any) -> str:
    return "\n".join(map(str, faults_in_document(document, written(tmp_path, data))))


def module() -> dict[str, Any]:
    return copy.deepcopy(read_yaml(CONTENT / "modules" / "role-reversal.yaml"))


def order() -> dict[str, Any]:
    return copy.deepcopy(read_yaml(CONTENT / "sessions" / "awareness-60.yaml"))


def test_all_modules_and_all_twelve_scenarios_ship(library: Library):
    assert set(library.modules) == LISTED
    assert len(library.named(SCENARIOS)) == 12
    assert [one.minutes for one in library.sessions] == [45, 60, 90]


def test_every_scenario_is_played_in_a_module_or_in_a_session(library: Library):
    played = {library.module(slug).scenario for slug in library.modules}
    for one in library.sessions:
        played |= {getattr(activity, "scenario", None) for _, activity in one.activities()}
    assert set(library.named(SCENARIOS)) <= played


@pytest.mark.parametrize("part", PARTS)
def test_a_module_without_one_of_its_parts_is_refused(tmp_path: Path, part: str):
    data = module()
    del data[part]
    assert f"“{part}” is missing" in said(tmp_path, MODULES, data)


@pytest.mark.parametrize("slug", sorted(LISTED))
def test_every_module_is_a_worksheet_to_work_through_alone(library: Library, slug: str):
    sheet = library.worksheet(slug)
    kinds = [field.kind for field in sheet.fields.values()]
    assert kinds[0] == "scenario"
    assert kinds[-2:] == ["long-text", "commitment"]
    assert 3 <= kinds.count("check") <= 5
    assert all(field.seen_by == "only-me" for field in sheet.fields.values())
    assert any(section.story for section in sheet.sections)


def test_every_choice_of_a_check_question_is_explained(library: Library):
    for slug in library.modules:
        for question in library.module(slug).check:
            assert all(option.feedback for option in question.options)
            assert any(option.right for option in question.options)
            assert any(not option.right for option in question.options)


def test_a_check_question_without_a_better_answer_is_refused(tmp_path: Path):
    data = module()
    for option in data["check"][0]["options"]:
        option.pop("right", None)
    assert "None of these answers is marked" in said(tmp_path, MODULES, data)


def test_a_source_that_nothing_refers_to_is_refused(tmp_path: Path):
    data = module()
    data["sources"].append({"title": "A book", "for": "Nothing."})
    assert "Nothing in the text refers to this source" in said(tmp_path, MODULES, data)


def test_a_number_without_a_source_is_refused(tmp_path: Path):
    data = module()
    data["why"] += " Some say so [9]."
    assert "There is no source [9]." in said(tmp_path, MODULES, data)


def cited(data: Any) -> set[int]:
    return {int(number) for number in CITED.findall(json.dumps(data))}


@pytest.mark.parametrize("slug", sorted(LISTED | {"scenarios"}))
def test_a_page_lists_the_sources_of_its_scenario_too_and_every_number_leads_to_one(
    library: Library, slug: str
):
    sheet = library.worksheet(slug)
    plain = sheet.model_dump(mode="json", exclude={"sources"})
    assert cited(plain) == set(range(1, len(sheet.sources) + 1))


def test_the_number_of_a_source_is_the_same_source_on_the_page_of_a_module(library: Library):
    module = library.module("role-reversal")
    scenario = library.scenario(module.scenario)
    sheet = library.worksheet("role-reversal")
    number = min(cited({"text": scenario.debrief.both}))
    place = min(cited({"text": sheet.fields["scenario"].debrief.both}))  # type: ignore[attr-defined]
    assert sheet.sources[place - 1].title == scenario.sources[number - 1].title


def test_the_minutes_of_a_session_add_up(tmp_path: Path):
    data = order()
    data["minutes"] += 5
    assert "The steps add up to 60 minutes, not 65." in said(tmp_path, SESSIONS, data)


def test_a_session_can_only_name_what_exists(tmp_path: Path):
    from viceversa.content.named_check import faults_in_named

    data = order()
    for step in data["steps"]:
        for activity in step.get("activities", []):
            if activity["kind"] == "story":
                activity["module"] = "role-reversl"
    folder = tmp_path / "content" / "en" / "sessions"
    folder.mkdir(parents=True)
    file = written(folder, data)
    faults = faults_in_named(SESSIONS, file, [tmp_path / "content", shipped("content")])
    assert [fault.instead for fault in faults] == ["Write “role-reversal”."]


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_text_can_be_read_at_about_twelve(file: Path):
    age = reading_age(text_of(read_yaml(file)))
    print(f"{age:.1f} years: {file.parent.name}/{file.name}")
    assert age < OLDEST


def test_a_hard_text_asks_for_an_older_reader():
    plain = "The cat sat on the mat. It was warm. Then it slept."
    hard = (
        "Institutional accountability presupposes organisational transparency, notwithstanding "
        "considerable administrative heterogeneity."
    )
    assert reading_age(plain) < 8 < 20 < reading_age(hard)


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("made", 1), ("named", 1), ("mentor", 2), ("invited", 3), ("organisation", 5)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int):
    assert syllables(word) == count


def test_the_check_prints_the_reading_ages():
    done = CliRunner().invoke(main, ["check", "--reading-age", str(shipped("content"))])
    assert done.exit_code == 0
    assert "years  modules/role-reversal.yaml" in done.output
