"""Structural repairs: which edit undoes which slip, and what a structural repair must never do."""

from __future__ import annotations

import random

import pytest

from tests.injector.documents import Equation, Planned, checks_of, sample
from tests.injector.ground import Ground
from tests.injector.slips import EXTRACTION, inject
from workbench.model.amount import FigureKind
from workbench.model.check import Family, Finding
from workbench.model.edit import SetCell, ShiftCells, apply_edits
from workbench.model.source import SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, Table
from workbench.repairs import find_root_causes

STRUCTURAL = {
    "shifted_column": "shifted_column",
    "moved_row": "moved_row",
    "figures_merged": "figures_merged",
    "rows_swapped": "rows_swapped",
    "columns_swapped": "columns_swapped",
    "figure_split": "figure_split",
    "moved_block": "moved_block",
}


@pytest.mark.parametrize("kind", sorted(STRUCTURAL))
def test_one_suggestion_undoes_the_whole_slip(kind: str) -> None:
    """With all equations known, the first suggestion of the one finding brings every cell back."""
    undone = named = 0
    for seed in range(6):
        clean = sample(seed).reconciliation()
        document, slips = inject(clean, random.Random(seed), 1, [kind])
        findings = find_root_causes(clean.after(document, ()))
        if not slips or not findings:
            continue
        first = findings[0].suggestions[0]
        named += first.method == STRUCTURAL[kind]
        after = apply_edits(document, first.edits)
        undone += all(
            (after.cell(ref).figure.value or 0) == (clean.document.cell(ref).figure.value or 0)
            for slip in slips
            for ref in slip.refs
        )
    assert undone >= 4
    assert named >= 3


def two_sided(left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Document:
    """A table of two lists side by side: label, amount, label, amount."""
    rows = tuple((Cell(a), Cell(x), Cell(b), Cell(y)) for (a, x), (b, y) in zip(left, right, strict=True))
    header = (tuple(Cell(text) for text in ("收入", "预算数", "支出", "预算数")),)
    table = Table("t01", "收支总表", Form.INCOME_EXPENDITURE_SUMMARY, "万元", header, rows, (1,))
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "none/1", ())
    return Document(source, "青禾县", 2024, ReportKind.BUDGET, "万元", (table,))


def findings_of(document: Document) -> tuple[Finding, ...]:
    def at(row: int, column: int) -> CellRef:
        return CellRef("t01", row, column)

    equations = (
        Equation(Family.COLUMN_SUM, ((at(3, 1), 1), (at(0, 1), -1), (at(1, 1), -1), (at(2, 1), -1))),
        Equation(Family.COLUMN_SUM, ((at(3, 3), 1), (at(0, 3), -1), (at(1, 3), -1), (at(2, 3), -1))),
        Equation(Family.BALANCE, ((at(3, 1), 1), (at(3, 3), -1))),
    )
    return find_root_causes(Planned.on(document, checks_of(equations)))


def test_no_figure_slips_across_a_column_of_labels() -> None:
    document = two_sided(
        [("拨款收入", "310.50"), ("事业收入", "45.20"), ("其他收入", ""), ("合计", "367.70")],
        [("教育支出", "300.00"), ("其他支出", "55.70"), ("结转", "12.00"), ("合计", "367.70")],
    )
    findings = findings_of(document)
    assert findings
    for finding in findings:
        for suggestion in finding.suggestions:
            for edit in suggestion.edits:
                assert isinstance(edit, SetCell)
                assert edit.ref.column in (1, 3)
            columns = {edit.ref.column for edit in suggestion.edits if isinstance(edit, SetCell)}
            assert len(columns) <= 1


def test_a_dropped_figure_is_printed_as_its_column_prints() -> None:
    document = two_sided(
        [("拨款收入", "3,310.50"), ("事业收入", "1,045.20"), ("其他收入", ""), ("合计", "4,367.70")],
        [("教育支出", "4,300.00"), ("其他支出", "55.70"), ("结转", "12.00"), ("合计", "4,367.70")],
    )
    first = findings_of(document)[0].suggestions[0]
    assert first.edits == (SetCell(CellRef("t01", 2, 1), "", "12.00"),)
    assert first.method == "figure_dropped"


def test_a_run_that_moved_over_a_blank_is_one_shift() -> None:
    shifts = 0
    for seed in range(8):
        clean = sample(seed).reconciliation()
        document, _ = inject(clean, random.Random(seed), 1, ["shifted_column"])
        for finding in find_root_causes(clean.after(document, ()))[:1]:
            for edit in finding.suggestions[0].edits:
                if isinstance(edit, ShiftCells):
                    shifts += 1
                    row = document.table(edit.ref.table).rows[edit.ref.row]
                    assert tuple(cell.text for cell in row[edit.ref.column : edit.last + 1]) == edit.before
    assert shifts >= 3


@pytest.mark.parametrize("kind", sorted(EXTRACTION))
def test_the_injector_changes_figures_and_remembers_the_truth(kind: str) -> None:
    for seed in range(4):
        clean = sample(seed).reconciliation()
        document, slips = inject(clean, random.Random(seed), 1, [kind])
        ground = Ground.of(clean)
        for slip in slips:
            for ref, text in slip.truth:
                assert ground.text(ref) == text
                assert document.cell(ref).text != text
                assert document.cell(ref).figure.kind is not FigureKind.TEXT
