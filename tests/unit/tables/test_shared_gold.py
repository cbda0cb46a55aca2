"""Real disclosures read from PDF, scored against tables made by hand; skipped where these are not at hand."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from workbench.sources import read_source
from workbench.tables import parse
from workbench.tables.interchange.to_json import document_to_json


def _scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_tables", shared / "tools" / "score_tables.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.NFKC = True  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize("name", ["7709dd", "d8d612"])
def test_a_real_disclosure_is_read_as_by_hand(shared: Path, name: str) -> None:
    gold: dict[str, Any] = json.loads((shared / "gold" / f"real_{name}.json").read_text(encoding="utf-8"))

    document = parse(read_source(shared / "real" / f"{name}.pdf"))

    score = _scorer(shared).score(gold, document_to_json(document))
    assert score["statements_f1"] >= 0.99
    assert score["statements_num"] >= 0.995
    assert score["alien"] == 0
    assert len(document.tables) == len(gold["tables"])
    assert [table.form.value for table in document.tables] == [table["kind"] for table in gold["tables"]]
    assert (document.entity, document.fiscal_year) == (gold["entity"], gold["fiscal_year"])
    units = [(table.unit, entry["unit"]) for table, entry in zip(document.tables, gold["tables"], strict=True)]
    assert all(ours == theirs for ours, theirs in units if theirs)


def test_every_cell_of_real_disclosures_has_its_place(shared: Path) -> None:
    for path in sorted((shared / "real").glob("*.pdf")):
        source = read_source(path)
        for table in parse(source).tables:
            for cell in (cell for row in (*table.header, *table.rows) for cell in row):
                pieces = "".join(source.text_of(anchor) for anchor in cell.anchors)
                assert "".join(pieces.split()) == "".join(cell.printed.split()), (path.name, table.id)
                assert all(anchor.box is not None for anchor in cell.anchors)
