"""Whose mistake it looks like, told by the source text under the cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from workbench.checks import Reconciliation
from workbench.model.check import Cause, Suggestion
from workbench.model.source import Anchor, Page, SourceDocument
from workbench.model.table import Cell, Document, Form, ReportKind, Table
from workbench.repairs import find_root_causes

HEADER = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = (
    ("", "合计", "812.40", "560.15", "252.25"),
    ("213", "农林水支出", "812.40", "560.15", "252.25"),
    ("21301", "农业农村", "812.40", "560.15", "252.25"),
    ("2130101", "行政运行", "560.15", "560.15", ""),
    ("2130102", "一般行政管理事务", "252.25", "", "252.25"),
)


def document(
    lines: Sequence[Sequence[str]], rows: Sequence[Sequence[str]] | None = None, *, page: Page | None = None
) -> Document:
    """A document of one table whose source prints `lines`, TABs between cells, and which was read as `rows`."""
    text = "\n".join("\t".join(line) for line in lines)
    page = page or Page(1, text)
    cells = []
    start = 0
    for line, row in zip(lines, rows or lines, strict=True):
        read = []
        position = start
        for printed, taken in zip(line, row, strict=True):
            offset = position + printed.find(taken) if taken else -1
            read.append(Cell(taken, (page.anchor(offset, offset + len(taken)),) if taken else ()))
            position += len(printed) + 1
        cells.append(tuple(read))
        start += len("\t".join(line)) + 1
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "text/1", (page,))
    header = (tuple(Cell(label) for label in HEADER),)
    table = Table("t01", "部门支出总表", Form.EXPENDITURE_SUMMARY, "万元", header, tuple(cells), (1,))
    return Document(source, "青禾县农业农村局", 2024, ReportKind.BUDGET, "万元", (table,))


def with_cell(rows: Sequence[Sequence[str]], row: int, column: int, text: str) -> list[list[str]]:
    changed = [list(line) for line in rows]
    changed[row][column] = text
    return changed


def first(made: Document) -> Suggestion:
    return find_root_causes(Reconciliation.of(made))[0].suggestions[0]


def test_what_the_source_prints_itself_is_the_sources_own_error() -> None:
    suggestion = first(document(with_cell(ROWS, 3, 2, "506.15")))
    assert suggestion.cause is Cause.SOURCE
    assert "原文" in suggestion.reason.zh


def test_digits_that_the_source_prints_are_its_own_error_though_the_reader_chose_their_column() -> None:
    """As in a text that lost its blank cells: which column it is may be wrong, not how the figure is written."""
    made = document(with_cell(ROWS, 3, 2, "506.15"))
    rows = tuple(tuple(replace(cell, inferred=bool(cell.text)) for cell in row) for row in made.tables[0].rows)
    made = replace(made, tables=(replace(made.tables[0], rows=rows),))
    assert first(made).method == "digits_swapped"
    assert first(made).cause is Cause.SOURCE


def test_a_figure_cut_from_a_longer_one_is_a_slip_of_extraction() -> None:
    assert first(document(ROWS, with_cell(ROWS, 3, 2, "60.15"))).cause is Cause.EXTRACTION


def test_a_blank_beside_the_right_figure_that_is_no_cells_is_a_slip_of_extraction() -> None:
    assert first(document(ROWS, with_cell(ROWS, 4, 4, ""))).cause is Cause.EXTRACTION


def test_a_figure_that_the_source_prints_otherwise_under_the_cell_is_no_error_of_the_source() -> None:
    """As cells of another extractor are, that was given the places of what it should have read."""
    made = document(ROWS)
    row = made.tables[0].rows[3]
    misread = (*row[:2], replace(row[2], printed="506.15"), *row[3:])
    tables = (replace(made.tables[0], rows=(*made.tables[0].rows[:3], misread, made.tables[0].rows[4])),)
    assert first(replace(made, tables=tables)).cause is Cause.EXTRACTION


def test_a_figure_that_stands_nowhere_in_the_source_may_be_anybodys() -> None:
    made = document(ROWS, with_cell(ROWS, 3, 2, ""))
    row = made.tables[0].rows[3]
    made_up = (*row[:2], Cell("506.15"), *row[3:])
    lines = made.source.pages[0].text.replace("行政运行\t560.15", "行政运行\t......")
    source = replace(made.source, pages=(Page(1, lines),))
    tables = (replace(made.tables[0], rows=(*made.tables[0].rows[:3], made_up, made.tables[0].rows[4])),)
    assert first(replace(made, source=source, tables=tables)).cause is Cause.UNCLEAR


def test_a_misread_digit_on_a_scanned_page_is_a_slip_of_extraction() -> None:
    lines = with_cell(ROWS, 3, 3, "580.15")
    text = "\n".join("\t".join(line) for line in lines)
    assert first(document(lines, page=Page(1, text, scanned=True))).cause is Cause.EXTRACTION


def test_a_figure_on_the_wrong_line_of_the_source_is_the_sources_own_error() -> None:
    lines = with_cell(with_cell(ROWS, 3, 3, ""), 4, 3, "560.15")
    suggestion = first(document(lines))
    assert suggestion.method == "moved_row"
    assert suggestion.cause is Cause.SOURCE


def test_cells_on_lines_of_their_own_behind_tabs_keep_their_rows() -> None:
    made = document(with_cell(with_cell(ROWS, 3, 3, ""), 4, 3, "560.15"))
    table = made.tables[0]
    text = ""
    rows = []
    for row in table.rows:
        cells = []
        for cell in row:
            start = len(text) + 1
            text += f"\t{cell.text}\n"
            cells.append(Cell(cell.text, (Anchor(1, start, start + len(cell.text)),) if cell.text else ()))
        rows.append(tuple(cells))
    source = replace(made.source, pages=(Page(1, text),))
    suggestion = first(replace(made, source=source, tables=(replace(table, rows=tuple(rows)),)))
    assert suggestion.method == "moved_row"
    assert suggestion.cause is Cause.SOURCE


@pytest.mark.parametrize(("row", "column", "text"), [(3, 2, "560.51"), (4, 4, "252.52")])
def test_without_source_text_a_typing_slip_stays_unclear_and_says_why(row: int, column: int, text: str) -> None:
    made = document(with_cell(ROWS, row, column, text))
    bare = replace(made, source=replace(made.source, pages=()))
    suggestion = first(bare)
    assert suggestion.cause is Cause.UNCLEAR
    assert "without the source text" in suggestion.reason.en


def test_a_reason_has_what_fails_what_changes_why_and_what_speaks_against_it() -> None:
    """Four short sentences; the edit stands beside them and is not told again."""
    suggestion = first(document(with_cell(ROWS, 3, 2, "506.15")))
    assert suggestion.reason.en == (
        "2 checks fail: 54.00 too little. Both then hold, none breaks. "
        "Two digits changed places; 部门支出总表 合计 基本支出 prints 560.15. The source prints it so. "
        "Nothing else comes near (over 99%)."
    )
    assert suggestion.reason.zh == (
        "2 项核对不符，少 54.00。改后相符，无新增不符。"
        "相邻数字颠倒；部门支出总表 合计 基本支出印有 560.15。原文如此。无其他相近解释（99% 以上）。"
    )
