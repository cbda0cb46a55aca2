"""What is really wrong in real disclosures is found, and next to nothing else (gold beside the checkout)."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from workbench.checks import Reconciliation
from workbench.checks.context import Context
from workbench.model.amount import match_key
from workbench.model.check import CheckResult, Family, Outcome
from workbench.model.table import CellRef, Document, Table
from workbench.tables.interchange.from_json import document_from_json

GOLD = ("000", "001", "003", "real_7709dd", "real_d8d612")
KINDS = {"children_sum", "row_sum", "column_sum", "balance", "cross_table", "placement"}
FAMILIES = {Family(kind) for kind in KINDS}
JUDGEMENT = {
    "000": {"d05"},
    "003": {"d12"},
    "real_7709dd": {"d17"},
}
"""Defects of these kinds that no arithmetic shows: targets that contradict each other in words, two rows whose words
are exchanged, a statement that is missing (another family's)."""
_WHERE = re.compile(r"^(t\d+) row (\S+)(?: \S+)?(?: columns? (.+?))?(?: \(.*)?$")


def load(shared: Path, name: str) -> tuple[dict[str, Any], Document]:
    data = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return data, document_from_json(data, f"{name}.json")


def named_cells(document: Document, defect: dict[str, Any]) -> list[CellRef]:
    """The cells that a defect names by labels of row and column; without a column all amounts of the row."""
    named = [(cell["table"], cell["row"], cell["column"]) for cell in defect.get("cells", [])]
    match = _WHERE.match(defect["where"])
    if not named and match:
        named = [(match[1], match[2], column) for column in re.split(r" and ", match[3] or "")]
    context = Context(document)
    return [
        CellRef(identifier, row, column)
        for identifier, row_name, column_name in named
        for row in rows_named(document.table(identifier), row_name)
        for column in columns_named(context, document.table(identifier), column_name)
    ]


def rows_named(table: Table, name: str) -> list[int]:
    wanted = match_key(name)
    exact = [n for n, row in enumerate(table.rows) if any(match_key(cell.text) == wanted for cell in row)]
    codes = [
        n for n, row in enumerate(table.rows) if "".join(cell.text for cell in row[:3] if cell.text.isdigit()) == wanted
    ]
    return (codes or exact)[:1]


def columns_named(context: Context, table: Table, name: str) -> list[int]:
    name = re.sub(r"\((?:支出|收入)\)$", "", match_key(name))
    columns = context.structure(table).columns
    fitting = [
        column.index for column in columns if column.leaf == name or (column.path and "/".join(column.path) == name)
    ]
    digits = name.removeprefix("值")
    numbered = [int(digits)] if digits.isdigit() and int(digits) < table.width else []
    return fitting[-1:] or numbered or [column.index for column in columns if not name]


def found_by(reconciliation: Reconciliation, cells: list[CellRef]) -> list[CheckResult]:
    wanted = {Outcome.FAIL, Outcome.WITHIN_ROUNDING}
    return [
        result
        for result in reconciliation.results
        if result.outcome in wanted and any(term.ref in cells for term in result.check.terms)
    ]


@pytest.mark.parametrize("name", GOLD)
def test_every_arithmetic_defect_is_a_result_that_names_its_cell(shared: Path, name: str) -> None:
    data, document = load(shared, name)
    reconciliation = Reconciliation.of(document)
    missed = []
    for defect in data["defects"]:
        judged = defect["id"] in JUDGEMENT.get(name, set())
        if defect["kind"] not in KINDS or judged or not defect.get("tables") or defect["where"].startswith("narr"):
            continue
        cells = named_cells(document, defect)
        if not cells:
            # A row that is not there: the other statement's row says so.
            cells = [
                term.ref for result in found_by_text(reconciliation, document, defect) for term in result.check.terms
            ]
        results = found_by(reconciliation, cells)
        outcome = Outcome.WITHIN_ROUNDING if defect.get("severity") == "rounding" else None
        if not any(outcome is None or result.outcome is outcome for result in results):
            missed.append((defect["id"], defect["where"]))
    assert missed == [], missed


def found_by_text(reconciliation: Reconciliation, document: Document, defect: dict[str, Any]) -> list[CheckResult]:
    """Failures at cells that print one of the figures that a defect expects elsewhere."""
    expected = {figure.strip() for figure in str(defect["expected"]).split(";")}
    return [
        result
        for result in reconciliation.failures
        if any(document.cell(term.ref).text in expected for term in result.check.terms)
    ]


@pytest.mark.parametrize("name", GOLD)
def test_nothing_else_fails(shared: Path, name: str) -> None:
    """Each failing sum or link has a cell that some defect of the document names."""
    data, document = load(shared, name)
    reconciliation = Reconciliation.of(document)
    named = {cell for defect in data["defects"] for cell in named_cells(document, defect)}
    others = [
        result
        for result in reconciliation.failures
        if result.check.family in FAMILIES and not any(term.ref in named for term in result.check.terms)
    ]
    absent = [result for result in others if "has no row" in result.check.title.en]
    assert [result.check.title.en for result in others if result not in absent] == []
    assert len(absent) <= 2


def test_what_rounding_explains_fails_nowhere(shared: Path) -> None:
    for name in ("003", "real_7709dd", "real_d8d612"):
        reconciliation = Reconciliation.of(load(shared, name)[1])
        assert [r.check.title.en for r in reconciliation.failures if r.check.family in FAMILIES] == []
        assert reconciliation.outcomes[Outcome.WITHIN_ROUNDING] >= 2
