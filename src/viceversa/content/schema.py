"""The JSON Schemas of content files, for editors that complete and check while one writes."""

import json
from typing import Any

from viceversa.content.documents import DOCUMENTS, Document


def schemas() -> dict[str, str]:
    """Give the schema of every sort of content file, as JSON, by the name of its own file."""
    return {f"{document.name}.json": document_schema(document) for document in DOCUMENTS}


def document_schema(document: Document) -> str:
    """Give the schema of one sort of content file, as JSON."""
    schema = document.written.model_json_schema()
    parts = schema["$defs"]
    for part in parts.values():
        if "kind" in part["properties"]:
            part["required"] = ["kind", *part.get("required", [])]
    _columns_are_seen_as_a_whole(parts)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _columns_are_seen_as_a_whole(parts: dict[str, Any]) -> None:
    if "Rows" not in parts:
        return
    parts["Rows"]["properties"]["columns"]["items"]["not"] = {
        "anyOf": [{"required": ["seen-by"]}, {"required": ["may-share-with"]}]
    }
