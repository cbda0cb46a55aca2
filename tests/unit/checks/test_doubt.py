"""A table whose columns were reckoned and are refuted is told of once; one with wrong figures keeps its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.check import Family
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document

STATEMENT = """
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 100.00 | 41.00 | 59.00
205 | 教育支出 | 80.00 | 22.00 | 58.00
20502 | 普通教育 | 80.00 | 22.00 | 58.00
2050202 | 小学教育 | 45.00 | 15.00 | 30.00
2050203 | 初中教育 | 35.00 | 7.00 | 28.00
208 | 社会保障和就业支出 | 20.00 | 19.00 | 1.00
20805 | 行政事业单位养老支出 | 20.00 | 19.00 | 1.00
2080502 | 事业单位离退休 | 12.00 | 11.50 | 0.50
2080505 | 机关事业单位基本养老保险缴费支出 | 8.00 | 7.50 | 0.50
"""

Changes = Mapping[tuple[int, int], str]
MIXED: Changes = {
    (1, 2): "58.00",
    (1, 4): "80.00",
    (3, 2): "30.00",
    (3, 3): "45.00",
    (3, 4): "15.00",
    (7, 2): "0.50",
    (7, 4): "12.00",
}
"""Amounts of three rows in columns of each other."""
WRONG: Changes = {(3, 2): "46.00", (6, 3): "19.40"}


def printed(changes: Changes, *, inferred: bool) -> Document:
    """The statement with other figures printed in some cells, all columns of figures reckoned or all printed so."""
    document = read_document(STATEMENT)
    table = document.tables[0]
    rows = [
        tuple(
            replace(cell, printed=changes.get((row, column), cell.printed), inferred=inferred and column > 1)
            for column, cell in enumerate(cells)
        )
        for row, cells in enumerate(table.rows)
    ]
    return replace(document, tables=(replace(table, rows=tuple(rows)),))


def failing(document: Document) -> list[Family]:
    return [result.check.family for result in Reconciliation.of(document).failures]


def test_doubtful_columns_are_one_finding() -> None:
    document = printed(MIXED, inferred=True)
    assert failing(document) == [Family.EXTRACTION]
    (result,) = Reconciliation.of(document).failures
    assert "《支出总表》" in result.check.title.zh
    assert result.check.table == document.tables[0].id


def test_columns_that_are_printed_are_not_doubted() -> None:
    assert len(failing(printed(MIXED, inferred=False))) > 4


def test_wrong_figures_are_told_one_by_one() -> None:
    found = failing(printed(WRONG, inferred=True))
    assert len(found) > 2
    assert Family.EXTRACTION not in found


@pytest.mark.parametrize(
    "line", [{(1, 2): "22.00", (1, 3): "58.00", (1, 4): "80.00"}, {(1, 4): "1", (2, 4): "2", (6, 4): "3", (8, 4): "4"}]
)
def test_one_row_or_column_is_no_reading_in_doubt(line: Changes) -> None:
    found = failing(printed(line, inferred=True))
    assert len(found) > 3
    assert Family.EXTRACTION not in found


def test_a_column_below_a_reckoned_header_is_one_finding() -> None:
    document = printed({(row, 4): f"{row}.10" for row in range(9)}, inferred=False)
    table = document.tables[0]
    header = tuple(tuple(replace(cell, inferred=True) for cell in row) for row in table.header)
    assert len(failing(document)) > 4
    assert failing(replace(document, tables=(replace(table, header=header),))) == [Family.EXTRACTION]


def test_doubt_goes_with_what_a_reviewer_puts_right() -> None:
    document = printed(MIXED, inferred=True)
    right = printed({}, inferred=True)
    reconciliation = Reconciliation.of(document)
    for (row, column), wrong in MIXED.items():
        edits = [SetCell(CellRef(document.tables[0].id, row, column), wrong, right.tables[0].rows[row][column].printed)]
        document = apply_edits(document, edits)
        reconciliation = reconciliation.after(document, edits)
        assert {result.check.id: result.outcome for result in reconciliation.results} == {
            result.check.id: result.outcome for result in Reconciliation.of(document).results
        }
    assert not reconciliation.failures
    assert len(reconciliation.checks) > 10
