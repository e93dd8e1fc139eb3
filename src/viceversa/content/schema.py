"""The JSON Schema of worksheets, for editors that complete and check while one writes."""

import json
from typing import Any

from viceversa.content.worksheets import Sheet


def worksheet_schema() -> str:
    """Give the schema of a worksheet's file, as JSON."""
    schema = Sheet.model_json_schema()
    parts = schema["$defs"]
    for part in parts.values():
        if "kind" in part["properties"]:
            part["required"] = ["kind", *part["required"]]
    _columns_are_seen_as_a_whole(parts)
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _columns_are_seen_as_a_whole(parts: dict[str, Any]) -> None:
    parts["Rows"]["properties"]["columns"]["items"]["not"] = {
        "anyOf": [{"required": ["seen-by"]}, {"required": ["may-share-with"]}]
    }
