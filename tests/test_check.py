"""`viceversa check`: every fault at once, in plain sentences."""

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from viceversa.cli import main, options
from viceversa.content.check import check, faults_in_worksheet
from viceversa.content.notebooks_check import check_notebooks
from viceversa.content.shipped import shipped
from viceversa.errors import Trouble
from viceversa.starter import make_scheme

FIELD = "      - {key: one, kind: short-text, ask: One?}\n"
GOOD = f"title: Good\nsections:\n  - title: S\n    fields:\n{FIELD}"


def write(folder: Path, name: str, text: str | bytes) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def said(tmp_path: Path, text: str | bytes, name: str = "good.yaml") -> list[str]:
    file = write(tmp_path, f"en/worksheets/{name}", text)
    return [
        f"{fault.line}: {fault.key}: {fault.wrong} {fault.instead}".strip()
        for fault in faults_in_worksheet(file)
    ]


def run(*arguments: str | Path):
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def test_a_good_worksheet_has_no_fault(tmp_path: Path):
    assert said(tmp_path, GOOD) == []


def test_shipped_content_has_no_fault():
    assert [str(fault) for fault in check([shipped("content")])] == []


def test_shipped_notebooks_have_no_fault():
    assert [str(fault) for fault in check_notebooks([shipped("notebooks")])] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("title: Good", "titel: Good"), "1: titel: There is no key “titel” here. Write “title”."),
        (("title: Good\n", ""), "1: title: “title” is missing. Add a line “title: …”."),
        (("title: Good", "title: 2024"), "1: title: This should be words. Put it in quotes"),
        (("title: Good", "title:"), "1: title: There is nothing after “title:”."),
        (("title: Good", "title: 'a'\ntitle: b"), "2: title: “title” is already there, in line 1."),
        (("short-text", "shrt-text"), "5: kind: “shrt-text” cannot stand here. Did you mean"),
        (("kind: short-text, ", ""), "5: fields: “kind” is missing."),
        (("key: one", "key: Key One"), "in small letters, digits and hyphens. Write “key-one”."),
        (("ask: One?", "ask: One?, help: [a]"), "5: help: This should be words."),
        (("ask: One?", "ask: One?, at-most: '9'"), "5: at-most: This should be a whole number."),
        (("ask: One?", "ask: One?, at-most: 0"), "The number is too small. Use 1 or more."),
        (("ask: One?", "ask: One?, seen-by: everyone"), "only-me, my-pair, trainer, coordinator"),
        (("title: Good", "title: Good\nfor: mentor"), "2: for: This should be a list."),
        (
            ("title: Good", "title: Good\nfor: [boss]"),
            "These can: mentor, mentee, trainer and coordinator.",
        ),
        (("title: Good", "title: What: now"), "1: : This cannot be read (mapping values"),
        (("title: S", "title: @s"), "3: : This cannot be read"),
    ],
)
def test_a_fault_of_one_file_says_line_key_and_what_to_write(
    tmp_path: Path, change: tuple[str, str], fault: str
):
    faults = said(tmp_path, GOOD.replace(*change))
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        (FIELD, "6: key: There is another field with the key “one”."),
        (
            "      - {key: c, kind: choice, ask: C, options: "
            "[{key: a, words: A}, {key: a, words: B}]}\n",
            "6: key: There is another option with the key “a”.",
        ),
        (
            "      - {key: r, kind: rows, ask: R, columns: "
            "[{key: a, ask: A, kind: date}, {key: b, ask: A, kind: date}]}\n",
            "6: ask: There is another column with the ask “A”.",
        ),
        (
            "      - {key: r, kind: rows, ask: R, columns: "
            "[{key: a, ask: A, kind: date, seen-by: group}]}\n",
            "6: fields: The column “a” says who will see it, but a row is seen as a whole.",
        ),
        (
            "      - {key: d, kind: date, ask: D, earliest: 2025-02-01, latest: 2025-01-01}\n",
            "6: latest: The latest day (2025-01-01) is before the earliest (2025-02-01).",
        ),
        (
            "      - {key: m, kind: date, ask: D, seen-by: my-pair, may-share-with: [my-pair]}\n",
            "6: may-share-with: “my-pair” is no wider than who sees the answer anyway.",
        ),
        (
            "      - {key: m, kind: date, ask: D, may-share-with: [group, only-me]}\n",
            "6: may-share-with: “only-me” is no wider than who sees the answer anyway.",
        ),
        (
            "      - {key: m, kind: date, ask: D, seen-by: only-me}\nbelongs-to: pair\n",
            "6: seen-by: Both partners fill in this sheet",
        ),
        (
            "timeline: {title: T, fields: [one]}\n",
            "6: fields: “one” is not a how-long-ago field.",
        ),
        (
            "timeline: {title: T, fields: [oen]}\n",
            "6: fields: There is no field with the key “oen” in this worksheet.",
        ),
        (
            "partner-may-see-when: share\n",
            "6: partner-may-see-when: There is no field with the key “share”",
        ),
        (
            "partner-may-see-when: one\n",
            "6: partner-may-see-when: The field “one” is not a choice with an option whose key",
        ),
    ],
)
def test_parts_that_do_not_fit_each_other_are_told(tmp_path: Path, more: str, fault: str):
    faults = said(tmp_path, GOOD + more)
    assert len(faults) == 1
    assert faults[0].startswith(fault)


PROFILE = """\
profile:
  title: P
  low: {name: L}
  high: {name: H}
  facets:
    - {key: sharing, title: S, low: {name: L}, high: {name: H}}
"""
ITEM = "      - {{key: {0}, kind: scale, ask: A, left: L, right: R, facet: {1}, turned: {2}}}\n"


def items(*these: tuple[str, str, str]) -> str:
    return "".join(ITEM.format(*item) for item in these)


def test_a_profile_with_items_on_both_sides_has_no_fault(tmp_path: Path):
    good = items(("a", "sharing", "true"), ("b", "sharing", "false"))
    assert said(tmp_path, GOOD + good + PROFILE) == []


def test_items_that_are_all_on_one_side_are_a_fault(tmp_path: Path):
    bad = items(("a", "sharing", "false"), ("b", "sharing", "false"))
    faults = said(tmp_path, GOOD + bad + PROFILE)
    assert len(faults) == 1
    assert faults[0].startswith("13: key: All items of the facet “sharing” have their high end")


def test_a_facet_that_is_not_there_is_a_fault_with_the_nearest(tmp_path: Path):
    bad = items(("a", "sharing", "true"), ("b", "sharing", "false"), ("c", "shring", "true"))
    assert said(tmp_path, GOOD + bad + PROFILE) == [
        "8: facet: There is no facet “shring”. Write “sharing”."
    ]


def test_a_facet_without_items_is_a_fault(tmp_path: Path):
    faults = said(tmp_path, GOOD + PROFILE)
    assert faults == [
        "11: key: No scale item has the facet “sharing”. Write “facet: sharing” beside its items."
    ]


def test_an_overlap_the_wrong_way_round_is_a_fault(tmp_path: Path):
    good = items(("a", "sharing", "true"), ("b", "sharing", "false"))
    faults = said(tmp_path, GOOD + good + PROFILE + "  overlap: [5, 3]\n")
    assert faults == ["14: overlap: The overlap runs from 5 down to 3. Write “[3, 5]”."]


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path):
    text = GOOD.replace("title: Good", "titel: Good\nversion: 0") + FIELD + "foo: 1\n"
    faults = said(tmp_path, text)
    assert [fault.split(": ")[1] for fault in faults] == ["titel", "version", "key", "foo"]


def test_a_file_with_a_bad_name_is_told_a_better_one(tmp_path: Path):
    assert "Call it “my-sheet.yaml”." in said(tmp_path, GOOD, "My_Sheet.yaml")[0]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "1: : There is nothing in this file."),
        (b"title: a\n\xe9: b\n", "2: : There is a character here that is not UTF-8."),
        (b"title: a\n\tb: c\n", "2: : This cannot be read"),
        (b"- a\n- b\n", "1: : This should be a block of keys."),
        (b"1: a\n", "1: "),
    ],
)
def test_a_file_that_is_no_worksheet_is_told(tmp_path: Path, text: bytes, fault: str):
    assert any(each.startswith(fault) for each in said(tmp_path, text))


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path):
    assert said(tmp_path, b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == []


def test_a_word_in_two_files_is_a_fault(tmp_path: Path):
    write(tmp_path, "en/words/a.yaml", "hello: Hello\n")
    write(tmp_path, "en/words/b.yaml", "bye: Bye\nhello: Hi\n")
    (fault,) = check([tmp_path])
    assert (fault.file.name, fault.line) == ("b.yaml", 2)
    assert fault.wrong == "“hello” is also in a.yaml."


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("refused-too-early: Not before {earlist}.", "Nothing will fill in {earlist} here."),
        ("refused-scale: Choose {n}.", "Take it away: nothing is filled in here."),
        ("refused-scales: Choose.", "There is no word “refused-scales” to replace."),
        ("refused-scale: 7", "This should be words."),
        ("refused-scale: {a: b}", "This should be words."),
    ],
)
def test_words_that_replace_ours_fit_ours(tmp_path: Path, words: str, fault: str):
    write(tmp_path, "en/words/own.yaml", words + "\n")
    faults = check([tmp_path], against=[shipped("content")])
    assert any(fault in str(each) for each in faults)


def test_words_in_another_language_need_not_be_complete(tmp_path: Path):
    write(tmp_path, "cy/words/own.yaml", "refused-too-early: Dim cyn {earliest}.\nown: Ein gair\n")
    assert check([tmp_path], against=[shipped("content")]) == []


def test_a_journey_names_only_what_exists(tmp_path: Path):
    write(tmp_path, "notebooks/reflection/good.ipynb", "{}")
    write(tmp_path, "content/en/worksheets/good.yaml", GOOD)
    write(
        tmp_path,
        "content/en/journey.yaml",
        "- {page: reflection/good, title: G, worksheets: [good]}\n"
        "- {page: reflection/godo, title: G, worksheets: [godo]}\n",
    )
    faults = check([tmp_path / "content"], notebooks=[tmp_path / "notebooks"])
    assert [(fault.line, fault.wrong, fault.instead) for fault in faults] == [
        (2, "There is no notebook reflection/godo.ipynb.", "Write “reflection/good”."),
        (2, "There is no worksheet “godo”.", "Write “good”."),
    ]


def test_a_yml_file_is_told_that_nobody_reads_it(tmp_path: Path):
    write(tmp_path, "en/worksheets/good.yaml", GOOD)
    write(tmp_path, "en/worksheets/other.yml", GOOD)
    assert [fault.instead for fault in check([tmp_path])] == ["Call it other.yaml."]


CELL = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


@pytest.mark.parametrize(
    ("cell", "wrong"),
    [
        ({"source": "def f():\n  pass"}, "It defines a function or a class."),
        ({"source": ["x = 1\n", "class A: pass"]}, "It defines a function or a class."),
        ({"source": "open('/home/somebody/x')"}, "It names a path on one computer (/home/…)."),
        ({"source": "open(r'C:\\x')"}, "It names a path on one computer (C:\\…)."),
        ({"source": "1", "execution_count": 3}, "It holds what it gave when it ran."),
        ({"source": "1", "outputs": [{"data": {}}]}, "It holds what it gave when it ran."),
    ],
)
def test_a_notebook_holds_no_output_no_def_and_no_path(tmp_path: Path, cell: dict, wrong: str):
    good = {**CELL, "source": "book.worksheet('define')  # see https://example.org/home/x"}
    text = json.dumps({"cells": [good, {**CELL, **cell}], "metadata": {}})
    write(tmp_path, "pair/x.ipynb", text)
    assert [(fault.key, fault.wrong) for fault in check_notebooks([tmp_path])] == [
        ("cell 2", wrong)
    ]


def test_a_notebook_for_another_kernel_is_a_fault(tmp_path: Path):
    text = json.dumps({"cells": [], "metadata": {"kernelspec": {"name": "my-env"}}})
    write(tmp_path, "x.ipynb", text)
    assert "“my-env”" in check_notebooks([tmp_path])[0].wrong


def test_a_file_that_is_no_notebook_is_a_fault(tmp_path: Path):
    write(tmp_path, "x.ipynb", "not JSON")
    assert check_notebooks([tmp_path])[0].wrong == "This is not a notebook."


def test_the_command_lists_every_fault_of_a_scheme_and_ends_with_1(tmp_path: Path):
    folder = make_scheme(tmp_path / "s")
    write(folder, "content/en/worksheets/bad.yaml", GOOD.replace("title: Good", "titel: Good"))
    write(
        folder,
        "notebooks/pair/bad.ipynb",
        json.dumps({"cells": [{**CELL, "source": "def f(): 1"}]}),
    )
    with (folder / "scheme.yaml").open("a", encoding="utf-8") as file:
        file.write("nme: x\n")
    done = run(folder)
    assert done.exit_code == 1
    for part in ("scheme.yaml:", "bad.yaml:1: titel:", "bad.ipynb:1: cell 1:", "nme"):
        assert part in done.stdout
    assert "3 faults in 3 files." in done.stderr


def test_the_command_says_how_many_files_have_no_fault(tmp_path: Path):
    folder = make_scheme(tmp_path / "s")
    write(folder, "content/en/worksheets/good.yaml", GOOD)
    done = run(folder)
    assert (done.exit_code, done.output) == (0, "No fault in 2 files.\n")
    assert run("--scheme", folder).output == done.output


def test_the_command_checks_the_scheme_one_stands_in(tmp_path: Path, monkeypatch):
    folder = make_scheme(tmp_path / "s")
    write(folder, "content/en/worksheets/bad.yaml", "")
    monkeypatch.chdir(folder / "content" / "en")
    done = run()
    assert done.exit_code == 1
    assert "worksheets/bad.yaml:1: There is nothing in this file." in done.stdout


def test_the_command_checks_a_content_folder(tmp_path: Path):
    write(tmp_path, "en/worksheets/good.yaml", GOOD)
    assert run(tmp_path).output == "No fault in 1 file.\n"


@pytest.mark.parametrize("name", ["", "not-there"])
def test_a_folder_with_nothing_to_check_is_told(tmp_path: Path, name: str):
    done = run(tmp_path / name)
    assert done.exit_code == 1
    assert "content folder" in done.stderr


def test_trouble_in_a_command_is_a_sentence_and_no_traceback():
    @click.command("trip")
    def trip() -> None:
        raise Trouble("The line broke. Nothing was lost.")

    class One(type(main)):
        def get_command(self, ctx, cmd_name):
            return trip

    done = CliRunner().invoke(One("one"), ["trip"])
    assert (done.exit_code, done.stderr) == (1, "The line broke. Nothing was lost.\n")
    assert isinstance(done.exception, SystemExit)


def test_a_command_gets_the_scheme_that_is_named_or_stood_in(tmp_path: Path, monkeypatch):
    @click.command()
    @options.with_scheme
    def show(scheme) -> None:
        click.echo(scheme.name)

    folder = make_scheme(tmp_path / "s", name="Both Ways")
    named = CliRunner().invoke(show, ["--scheme", str(folder)])
    monkeypatch.chdir(folder / "content")
    stood_in = CliRunner().invoke(show, [])
    assert named.output == stood_in.output == "Both Ways\n"


def test_outside_of_a_scheme_a_command_says_so(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Trouble, match="is not a scheme folder"):
        options.open_scheme(None)


def test_every_command_says_what_it_does():
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
        assert command.help
