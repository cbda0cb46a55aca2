"""What places are called: by the labels of their own side of the table."""

from __future__ import annotations

import pytest

from workbench.model.source import Page, SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, Table
from workbench.tui.drawing.display import width
from workbench.tui.models.grid import table_model
from workbench.tui.models.places import place_words, row_label, short_place, side_labels


def table(header: list[list[str]], rows: list[list[str]]) -> Table:
    head = tuple(tuple(Cell(text) for text in row) for row in header)
    body = tuple(tuple(Cell(text) for text in row) for row in rows)
    return Table("t01", "部门收支总表", Form.OTHER, "万元", head, body, (1,), True, ())


def words(made: Table, row: int, column: int) -> str:
    source = SourceDocument("a.txt", "0" * 64, "text/plain", "made_up/1", (Page(1, ""),))
    document = Document(source, "青禾县水利局", 2024, ReportKind.BUDGET, "万元", (made,))
    return place_words(document, CellRef("t01", row, column))


SIDES = table(
    [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]],
    [["一、财政拨款", "100", "一、一般公共服务支出", "40"], ["", "", "二、教育支出", "60"]],
)


def test_a_figure_of_the_right_side_is_named_by_the_right_side() -> None:
    assert words(SIDES, 0, 1) == "一、财政拨款 · 预算数"
    assert words(SIDES, 0, 3) == "一、一般公共服务支出 · 预算数"
    assert words(SIDES, 1, 3) == "二、教育支出 · 预算数"
    assert [text for _, text in side_labels(SIDES, 0)] == ["一、财政拨款", "一、一般公共服务支出"]


def test_both_sides_keep_their_names_in_sight() -> None:
    assert table_model(SIDES).stubs == ((0, 1), (2, 3))


def test_a_remark_inside_the_figures_is_no_side() -> None:
    made = table([["项目", "金额", "用途", "数量"]], [["修渠", "10.00", "材料", "3"], ["打井", "20.00", "设备", "1"]])
    assert table_model(made).stubs == ((0, 1),)


def test_codes_spread_over_columns_are_all_said() -> None:
    made = table([["类", "款", "项", "科目名称", "合计"]], [["208", "05", "05", "养老保险缴费", "1.00"]])
    assert words(made, 0, 4) == "208 05 05 养老保险缴费 · 合计"


def test_a_cell_of_a_code_is_named_by_the_name_behind_it() -> None:
    made = table([["科目编码", "科目名称", "合计"]], [["208", "社会保障", "1.00"]])
    assert row_label(made, 0, 0) == "208 社会保障"


def test_rows_without_names_are_counted_and_a_single_one_is_not_named() -> None:
    head = [["合计", "公务接待费"]]
    assert words(table(head, [["2.00", "0.50"]]), 0, 1) == "公务接待费"
    assert words(table(head, [["2.00", "0.50"], ["3.00", "1.00"]]), 1, 1) == "#2 · 公务接待费"


def test_a_value_of_a_form_is_named_by_the_text_before_it() -> None:
    made = table([], [["项目名称", "修渠", "起始年份", "2024"]])
    assert words(made, 0, 3) == "起始年份"
    assert words(made, 0, 1) == "项目名称"


@pytest.mark.parametrize(
    ("words", "cells", "short"),
    [
        ("一般公共服务支出/财政事务/行政运行", 36, "一般公共服务支出/财政事务/行政运行"),
        ("一般公共服务支出/财政事务/行政运行", 24, "‹/财政事务/行政运行"),
        ("一般公共服务支出/财政事务/行政运行", 12, "‹/行政运行"),
        ("一般公共服务支出/财政事务/行政运行", 8, "‹/行政 ›"),
        ("#12 一般公共服务支出/财政事务/行政运行 · 合计", 22, "#12 ‹/行政运行 · 合计"),
        ("2101505 医疗保障政策管理 · 合计", 25, "2101505 医疗保障 › · 合计"),
    ],
)
def test_a_place_is_cut_where_it_tells_least(words: str, cells: int, short: str) -> None:
    assert short_place(words, cells) == short and width(short) <= cells
