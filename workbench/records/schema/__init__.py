"""JSON Schemas (2020-12) of the files that other programs may read or write: the record, the tables file, and what the
commands print as JSON.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

SUBJECTS = ("record", "tables", "findings", "explanation", "diff", "stats", "agreement", "merge")


def load_schema(subject: str) -> dict[str, Any]:
    """The JSON Schema of one of the `SUBJECTS`; of a record as the data that its TOML says."""
    text = files(__name__).joinpath(f"{subject}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema
