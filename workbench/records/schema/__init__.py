"""JSON Schemas of the files that other programs may read or write: the record and the tables file."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal


def load_schema(subject: Literal["record", "tables"]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record (as the data that its TOML says) or of a tables file."""
    text = files(__name__).joinpath(f"{subject}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
