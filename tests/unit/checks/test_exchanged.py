"""Columns that a reader of the page took for each other, put right by a reviewer: sentences are held against what the
columns now show, and the findings that the slip brought are gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.rule_cases import document as document_of
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document

CASE: dict[str, Any] = {
    "text": "2031年一般公共预算支出90.00万元，其中：教育支出70.00万元、社会保障和就业支出12.00万元、卫生健康支出8.00万元。",
    "tables": [
        {
            "id": "t01",
            "title": "一般公共预算支出表",
            "form": "general_budget_expenditure",
            "unit": "万元",
            "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
            "rows": [
                ["205", "教育支出", "70.00", "50.00", "20.00"],
                ["208", "社会保障和就业支出", "12.00", "9.00", "3.00"],
                ["210", "卫生健康支出", "8.00", "8.00", ""],
                ["", "合计", "90.00", "67.00", "23.00"],
            ],
        }
    ],
}
FIRST, SECOND = 2, 3


def exchanged(document: Document) -> Document:
    """The document as a reader gives it that took two columns for each other."""
    table = document.tables[0]
    rows = tuple((*row[:FIRST], row[SECOND], row[FIRST], *row[SECOND + 1 :]) for row in table.rows)
    return replace(document, tables=(replace(table, rows=rows),))


def put_right(document: Document) -> tuple[SetCell, ...]:
    """The corrections of both columns, cell by cell."""
    found = []
    for number, row in enumerate(document.tables[0].rows):
        for column, other in ((FIRST, SECOND), (SECOND, FIRST)):
            if row[column].text != row[other].text:
                found.append(SetCell(CellRef("t01", number, column), row[column].text, row[other].text))
    return tuple(found)


@pytest.fixture
def document() -> Document:
    return document_of(CASE)


def failing(reconciliation: Reconciliation) -> list[str]:
    return [result.check.id for result in reconciliation.failures]


def quoted(reconciliation: Reconciliation) -> list[str]:
    return [name for name in failing(reconciliation) if name.startswith("narrative")]


def test_put_right_cell_by_cell_nothing_is_left(document: Document) -> None:
    assert failing(Reconciliation.of(document)) == []
    wrong = exchanged(document)
    kept = Reconciliation.of(wrong)
    assert quoted(kept)
    for edit in put_right(wrong):
        edited = apply_edits(kept.document, (edit,))
        kept = kept.after(edited, (edit,))
        assert kept.results == Reconciliation.of(edited).results
    assert failing(kept) == []


def test_undone_it_is_as_it_was(document: Document) -> None:
    wrong = exchanged(document)
    edits = put_right(wrong)
    right = apply_edits(wrong, edits)
    back = tuple(SetCell(edit.ref, edit.after, edit.before) for edit in edits)
    kept = Reconciliation.of(right).after(apply_edits(right, back), back)
    assert failing(kept) == failing(Reconciliation.of(wrong))


def test_a_figure_alone_moves_no_check(document: Document) -> None:
    kept = Reconciliation.of(document)
    names = [check.id for check in kept.checks]
    for edit in (SetCell(CellRef("t01", 0, 2), "70.00", "50.00"), SetCell(CellRef("t01", 3, 2), "90.00", "91.00")):
        edited = apply_edits(document, (edit,))
        assert [check.id for check in Reconciliation.of(edited).checks] == names
        assert [check.id for check in kept.after(edited, (edit,)).checks] == names


def test_columns_of_which_every_figure_was_put_right() -> None:
    """No row shows the same in both, as 210 does above."""
    table = CASE["tables"][0]
    parts = {"210": ["8.00", "6.00", "2.00"], "": ["90.00", "65.00", "25.00"]}
    rows = [[*row[:2], *parts.get(row[0], row[2:])] for row in table["rows"]]
    document = document_of(CASE | {"tables": [table | {"rows": rows}]})
    wrong = exchanged(document)
    edits = put_right(wrong)
    assert len(edits) == 2 * len(rows) and quoted(Reconciliation.of(wrong))
    assert failing(Reconciliation.of(apply_edits(wrong, edits))) == []
