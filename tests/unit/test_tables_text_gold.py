"""The text documents that have a gold, scored by the scorer that stands beside them; skipped where they are not there."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from workbench.model.source import Page
from workbench.tables.text_tables import locate_text_tables

SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def scorer() -> ModuleType:
    path = SHARED / "tools" / "score_tables.py"
    spec = importlib.util.spec_from_file_location("score_tables", path)
    if spec is None or spec.loader is None or not path.exists():
        pytest.skip("../shared is not here")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.NFKC = True
    return module


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_text_documents_reach_the_bars(number: str) -> None:
    score_tables = scorer()
    gold = json.loads((SHARED / "gold" / f"{number}.json").read_text(encoding="utf-8"))
    source = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    tables = []
    for table in locate_text_tables([Page(1, source.read_text(encoding="utf-8"))]):
        grid = [[cell.printed for cell in row] for row in table.rows]
        header = table.header_rows or 0
        tables.append({"header": grid[:header], "rows": grid[header:]})
    score = score_tables.score(gold, {"tables": tables})
    assert score["statements_f1"] >= 0.99
    assert score["statements_num"] >= 0.995
    assert score["forms_f1"] >= 0.95
    assert score["forms_num_row"] >= 0.995
    assert score["alien"] == 0
