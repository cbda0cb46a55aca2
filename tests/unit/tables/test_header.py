"""Where headers end."""

from __future__ import annotations

import pytest

from tests.native_pages import UP, Rows, native_page
from workbench.tables.grids.header import grid_of_rows, header_height
from workbench.tables.grids.mixed_rows import split_mixed_row
from workbench.tables.grids.spans import SpanGrid


def _grid(rows: Rows) -> SpanGrid:
    page = native_page(rows)
    return SpanGrid.of(page, page.grids[0]).without_empty()


@pytest.mark.parametrize(
    ("rows", "height"),
    [
        ([["项目", "预算数"], ["一、收入", "12.00"]], 1),
        ([["收入", None, "支出", None], ["项目", "金额", "项目", "金额"], ["一、收入", "", "一、支出", ""]], 2),
        ([["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", ""]], 1),
        ([["科目编码", "科目名称", "合计"], ["栏次", None, "1"], ["合计", None, ""]], 2),
        ([["项目", None, "合计"], ["编码", "名称", UP], ["合计", "", ""]], 2),
        ([["单位名称", "单位性质"], ["青禾县档案局", "行政"], ["青禾县档案馆", "事业"]], 1),
        ([["品类", "预算金额", "其中：本级"], ["苗木", "12.00", "7.00"]], 1),
        ([["资金", "12.00", "其中：本级"], ["绩效目标", "修缮", ""]], 0),
        ([["“三公”经费", None, None], ["合计", "公务接待费", "因公出国（境）费"], ["", "", ""]], 2),
        ([["项目", "2024年", "2025年"], ["合计", "1.00", "2.00"]], 1),
        (
            [
                ["科目", None, "合计", "经济分类", None],
                ["编码", "名称", UP, "301", "302"],
                [UP, UP, UP, "工资福利支出", "商品和服务支出"],
                ["205", "教育支出", "3.00", "2.00", "1.00"],
            ],
            3,
        ),
        (
            [
                ["科目", "", "合计", "经济分类", ""],
                ["编码", "名称", "", "301", "302"],
                ["", "", "", "工资福利支出", "商品和服务支出"],
                ["205", "教育支出", "3.00", "2.00", "1.00"],
            ],
            3,
        ),
        (
            [
                ["编码", "名称", "合计", "工资福利支出", "商品和服务支出"],
                ["类", "", "", "301", "302"],
                ["205", "教育支出", "3.00", "2.00", "1.00"],
            ],
            2,
        ),
        (
            [
                ["编码", "名称", "合计", "人员", "办公"],
                ["", "", "", "901", "902"],
                ["**", "**", "1", "2", "3"],
                ["205", "教育支出", "3.00", "2.00", "1.00"],
            ],
            3,
        ),
        ([["编码", "名称", "合计"], ["205", "", "3.00"], ["**", "1", "2"]], 1),
        ([["科目", None, "经济分类", None], ["编码", "名称", "301", "302"], ["205", "教育支出", "工资", ""]], 1),
        (
            [
                ["项目", "采购预算", None, "采购决算", None],
                [UP, "合计", "其中：财政性资金", "合计", "其中：财政性资金"],
                ["货物", "2.00", "1.00", "2.00", "1.00"],
            ],
            2,
        ),
        ([["项目", "2024", "2025"], ["合计", "1.00", "2.00"]], 1),
        ([["一、收入", "12.00"], ["二、其他", "3.00"]], 0),
        ([["201", "一般公共服务支出", "12.00"]], 0),
        ([["序号", "单位名称", "备注"], ["1", "青禾县档案局", ""]], 1),
        ([["科目编码", "科目名称"], ["无", ""]], 1),
        ([["绩效指标", "一级指标", "指标值"], [UP, "产出指标", "优"], [UP, "效益指标", "良"]], 1),
        (
            [
                ["一级指标", "二级指标", "指标值", None, None],
                [UP, UP, "符号", "值", "单位"],
                ["产出指标", "数量指标", "≥", "3", "个"],
            ],
            2,
        ),
    ],
)
def test_the_height_of_a_header(rows: Rows, height: int) -> None:
    assert header_height(_grid(rows)) == height


def test_levels_in_the_row_of_the_total_become_a_header_row() -> None:
    rows = [
        ["科目编码", None, None, "科目名称", "合计"],
        ["类", "款", "项", "合计", "3.00"],
        ["201", "26", "04", "档案馆", "3.00"],
    ]

    grid = split_mixed_row(_grid(rows))
    height = header_height(grid)
    texts = [[cell.printed for cell in row] for row in grid.to_rows(height)]

    assert height == 2
    assert texts[1] == ["类", "款", "项", "科目名称", "合计"]
    assert texts[2] == ["", "", "", "合计", "3.00"]


def test_a_total_beside_the_last_names_of_columns_is_a_row_of_its_own() -> None:
    rows = [
        ["项目", None, "年初结转", "本年支出", None],
        ["科目编码", "科目名称", UP, UP, UP],
        ["合计", None, "", "小计", "基本支出"],
    ]
    page = native_page(rows)

    grid = split_mixed_row(SpanGrid.of(page, page.grids[0]).without_empty())
    height = header_height(grid)
    texts = [[cell.printed for cell in row] for row in grid.to_rows(height)]

    assert texts[height - 1] == ["科目编码", "科目名称", "年初结转", "小计", "基本支出"]
    assert texts[height:] == [["合计", "", "", "", ""]]


def test_rows_without_spans_are_split_as_well() -> None:
    page = native_page([["收入", None], ["项目", "金额"], ["一、财政拨款", "3.00"]])
    grid = SpanGrid.of(page, page.grids[0])
    rows = grid.to_rows(2)

    assert header_height(grid_of_rows(rows)) == 2
    assert [cell.column_span for cell in grid_of_rows(rows).cells if cell.row == 0] == [2]


def test_rows_of_header_words_below_a_whole_header_are_body() -> None:
    rows = [["项目", "本年支出", None], [UP, "合计", "财政拨款"], ["基本支出", "", ""], ["项目支出", "", ""]]

    assert header_height(_grid(rows)) == 2
    assert header_height(_grid([["收入", "金额", "支出", "金额"], ["本年收入", "", "本年支出", ""]])) == 1
