"""The schema for editors says the same as the models."""

import json

import jsonschema
import pytest
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.content.files import read_yaml
from viceversa.content.schema import worksheet_schema
from viceversa.content.shipped import shipped
from viceversa.starter import make_scheme

SHEETS = sorted(shipped("content").glob("*/worksheets/*.yaml"))


def test_the_schema_in_the_checkout_is_current():
    kept = (shipped("content") / "schema" / "worksheet.json").read_text(encoding="utf-8")
    assert kept == worksheet_schema(), "run: viceversa schema"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_shipped_worksheet_keeps_to_the_schema(sheet):
    jsonschema.validate(read_yaml(sheet), json.loads(worksheet_schema()))


@pytest.mark.parametrize(
    "field",
    [
        {"key": "k", "kind": "no-such-kind", "ask": "K?"},
        {"key": "k", "ask": "K?"},
        {"key": "Not A Key", "kind": "date", "ask": "K?"},
        {"key": "k", "kind": "date", "ask": "K?", "sen-by": "group"},
        {
            "key": "k",
            "kind": "rows",
            "ask": "K?",
            "columns": [{"key": "c", "kind": "date", "ask": "C?", "seen-by": "group"}],
        },
    ],
)
def test_the_schema_sees_what_is_wrong(field):
    sheet = {"title": "T", "sections": [{"title": "S", "fields": [field]}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(sheet, json.loads(worksheet_schema()))


def test_a_scheme_gets_a_schema_for_its_own_worksheets(tmp_path):
    folder = make_scheme(tmp_path / "s")
    done = CliRunner().invoke(main, ["schema", "--scheme", str(folder)])
    assert done.exit_code == 0
    kept = folder / "content" / "schema" / "worksheet.json"
    assert kept.read_text(encoding="utf-8") == worksheet_schema()
