"""The text documents that have a gold, scored by the scorer that stands beside them;
skipped where they are not there."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from workbench.model.source import Page
from workbench.sources import read_source
from workbench.tables.raw import RawTable
from workbench.tables.text.locate import locate_text_tables


@pytest.fixture
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_tables", shared / "tools" / "score_tables.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.NFKC = True
    return module


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_text_documents_reach_the_bars(shared: Path, scorer: ModuleType, number: str) -> None:
    gold = json.loads((shared / "gold" / f"{number}.json").read_text(encoding="utf-8"))
    source = next((shared / "seeds").glob(f"{number}_*.txt"))
    tables = locate_text_tables([Page(1, source.read_text(encoding="utf-8"))])
    score = scorer.score(gold, {"tables": as_printed(tables)})
    assert score["statements_f1"] >= 0.99
    assert score["statements_num"] >= 0.995
    assert score["forms_f1"] >= 0.95
    assert score["forms_num_row"] >= 0.995
    assert score["alien"] == 0


@pytest.mark.parametrize("number", ["7709dd", "d8d612"])
def test_figures_of_ruled_pages_are_found_without_their_rules(shared: Path, scorer: ModuleType, number: str) -> None:
    gold = json.loads((shared / "gold" / f"real_{number}.json").read_text(encoding="utf-8"))
    source = read_source(next((shared / "real").glob(f"{number}*.pdf")))
    tables = locate_text_tables([replace(page, lines=(), grids=()) for page in source.pages])
    score = scorer.score(gold, {"tables": as_printed(tables)})
    assert score["num_row"] >= 0.995
    assert score["statements_num"] >= 0.99
    assert score["alien"] == 0


def as_printed(tables: Sequence[RawTable]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for table in tables:
        grid = [[cell.printed for cell in row] for row in table.rows]
        header = table.header_rows or 0
        found.append({"header": grid[:header], "rows": grid[header:]})
    return found
