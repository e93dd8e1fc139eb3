"""Worksheets as they come from their files."""

from pathlib import Path

import pytest

from viceversa.content import BadFile
from viceversa.content.documents import read_worksheet

SMALL = """\
title: Small
version: 3
sections:
  - title: One
    fields:
      - {key: b, kind: short-text, ask: B?}
      - {key: a, kind: choice, ask: A?, options: [{key: yes, words: Yes}, {key: no, words: No}]}
  - title: Two
    fields:
      - {key: c, kind: scale, ask: C?, left: L, right: R}
"""


def put(folder: Path, text: str, name: str = "small.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_worksheet_is_called_what_its_file_is_called(tmp_path: Path):
    sheet = read_worksheet(put(tmp_path, SMALL))
    assert (sheet.slug, sheet.title, sheet.version) == ("small", "Small", 3)


def test_what_an_author_leaves_out_has_a_cautious_default(tmp_path: Path):
    sheet = read_worksheet(put(tmp_path, SMALL))
    assert sheet.belongs_to == "person"
    assert sheet.for_ == ("mentor", "mentee")
    assert {field.seen_by for field in sheet.fields.values()} == {"only-me"}


def test_fields_are_in_the_order_of_the_page(tmp_path: Path):
    sheet = read_worksheet(put(tmp_path, SMALL))
    assert list(sheet.fields) == ["b", "a", "c"]
    assert [scale.key for scale in sheet.scales] == ["c"]


def test_an_option_called_yes_stays_a_word(tmp_path: Path):
    assert read_worksheet(put(tmp_path, SMALL)).fields["a"].check("yes") == "yes"


def test_what_a_pair_writes_together_is_seen_by_the_pair(tmp_path: Path):
    sheet = read_worksheet(put(tmp_path, SMALL + "belongs-to: pair\n"))
    assert {field.seen_by for field in sheet.fields.values()} == {"my-pair"}


def test_the_stamp_tells_the_version_and_the_exact_text(tmp_path: Path):
    first = read_worksheet(put(tmp_path, SMALL)).stamp
    again = read_worksheet(put(tmp_path, SMALL)).stamp
    changed = read_worksheet(put(tmp_path, SMALL.replace("B?", "Why B?"))).stamp
    assert first.startswith("3-")
    assert len(first) == len("3-") + 8
    assert first == again != changed


def test_a_worksheet_cannot_be_changed(tmp_path: Path):
    sheet = read_worksheet(put(tmp_path, SMALL))
    with pytest.raises(ValueError, match="frozen"):
        sheet.title = "Other"


def test_a_worksheet_with_faults_names_each_with_its_line(tmp_path: Path):
    broken = SMALL.replace("title: Small", "titel: Small").replace("kind: scale", "kind: scle")
    with pytest.raises(BadFile) as bad:
        read_worksheet(put(tmp_path, broken))
    said = str(bad.value).splitlines()
    assert len(said) == 2
    assert said[0].endswith("small.yaml:1: titel: There is no key “titel” here. Write “title”.")
    assert ":10: kind: “scle” cannot stand here. Did you mean “scale”?" in said[1]


def test_a_worksheet_whose_parts_do_not_fit_is_not_used(tmp_path: Path):
    twice = SMALL.replace("key: c", "key: b")
    with pytest.raises(BadFile, match="another field with the key “b”"):
        read_worksheet(put(tmp_path, twice))


def test_an_underscore_is_no_way_to_write_a_key(tmp_path: Path):
    with pytest.raises(BadFile, match="There is no key “belongs_to” here"):
        read_worksheet(put(tmp_path, SMALL + "belongs_to: pair\n"))


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n", "title: [\n", "3\n"])
def test_a_file_that_is_no_worksheet_is_told_in_a_sentence(tmp_path: Path, text: str):
    with pytest.raises(BadFile, match=r"small\.yaml:\d+: "):
        read_worksheet(put(tmp_path, text))
