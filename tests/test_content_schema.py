"""The schema for editors says the same as the models."""

import json

import jsonschema
import pytest
from click.testing import CliRunner

from viceversa.cli import main
from viceversa.content.documents import DOCUMENTS, WORKSHEETS
from viceversa.content.files import read_yaml
from viceversa.content.schema import document_schema, schemas
from viceversa.content.shipped import shipped
from viceversa.starter import make_scheme

FILES = [
    (document, file)
    for document in DOCUMENTS
    for file in sorted(shipped("content").glob(f"*/{document.folder}/*.yaml"))
]


@pytest.mark.parametrize("name", schemas())
def test_the_schemas_in_the_checkout_are_current(name):
    kept = (shipped("content") / "schema" / name).read_text(encoding="utf-8")
    assert kept == schemas()[name], "run: viceversa schema"


@pytest.mark.parametrize(("document", "file"), FILES, ids=lambda one: getattr(one, "stem", ""))
def test_every_shipped_file_keeps_to_its_schema(document, file):
    jsonschema.validate(read_yaml(file), json.loads(document_schema(document)))


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
        jsonschema.validate(sheet, json.loads(document_schema(WORKSHEETS)))


def test_a_scheme_gets_schemas_for_its_own_content(tmp_path):
    folder = make_scheme(tmp_path / "s")
    done = CliRunner().invoke(main, ["schema", "--scheme", str(folder)])
    assert done.exit_code == 0
    kept = {file.name: file.read_text("utf-8") for file in (folder / "content/schema").iterdir()}
    assert kept == schemas()
