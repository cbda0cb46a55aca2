"""Header words become labels, labels a header; cells of short rows find their columns."""

from __future__ import annotations

import pytest

from workbench.model.display_width import display_width
from workbench.model.source import Page
from workbench.tables.text.cells.spans import column_kinds, place_body_row, place_header_row, pull_back
from workbench.tables.text.header.costs import repeated
from workbench.tables.text.header.order import in_column_order
from workbench.tables.text.header.rows import Header
from workbench.tables.text.header.tree import arrange
from workbench.tables.text.header.words import Word, labels_of, unzipped
from workbench.tables.text.lines import Line, cell_of, lines_of, text_of
from workbench.tables.text.locate import locate_text_tables


def words_of(text: str) -> list[Word]:
    found: list[Word] = []
    gap = True
    number = 0
    for line in lines_of([Page(1, text)]):
        pieces = line.words()
        if not pieces:
            gap = True
            continue
        found.extend(Word(piece, number, gap, index == 0, piece.text) for index, piece in enumerate(pieces))
        gap, number = False, number + 1
    return found


def labels(text: str) -> list[str]:
    return [text_of(label) for label in labels_of(words_of(text))]


def header(text: str, *counts: int) -> list[list[str]]:
    return printed(arrange(labels_of(words_of(text)), counts))


def printed(found: Header) -> list[list[str]]:
    return [[text_of(label) for label in row] for row in found.rows]


def test_wrapped_and_justified_labels_are_put_together() -> None:
    assert labels("序号 项 目\n\n政府性基\n\n金预算财\n\n政 拨款\n科目\n\n编码") == [
        "序号",
        "项目",
        "政府性基金预算财政拨款",
        "科目编码",
    ]


def test_labels_that_nobody_knows_are_joined_as_they_wrap() -> None:
    assert labels("科目编码 科目名称\n库区后续\n\n扶持款项\n合计") == [
        "科目编码",
        "科目名称",
        "库区后续扶持款项",
        "合计",
    ]


def test_labels_wrapped_side_by_side_are_unzipped() -> None:
    words = unzipped(words_of("科目 科目名称 合计 基本 项目\n编码 支出 支出"))
    assert [word.text for word in words] == ["科目", "编码", "科目名称", "合计", "基本", "支出", "项目", "支出"]


def test_one_row() -> None:
    assert header("科目编码 科目名称 合计 基本支出 项目支出") == [
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    ]


def test_spanners_are_repeated_over_their_columns() -> None:
    assert header("序号 收入 支出\n项目 预算数 项目 预算数", 5) == [
        ["序号", "收入", "收入", "支出", "支出"],
        ["", "项目", "预算数", "项目", "预算数"],
    ]


def test_a_spanner_that_is_unknown_takes_the_columns_that_are_left() -> None:
    rows = header("序号 功能分类科目 合计 水库资金安排\n科目编码 科目名称 小计 基本支出 项目支出", 7)
    assert rows[0] == ["序号", "功能分类科目", "功能分类科目", "合计", *["水库资金安排"] * 3]


def test_three_rows() -> None:
    rows = header(
        "预算数 决算数\n合计 公务接待费 合计 公务用车购置及运行费 公务接待费\n小计 公务用车购置费 公务用车运行费", 7
    )
    assert rows == [
        ["预算数"] * 2 + ["决算数"] * 5,
        ["合计", "公务接待费", "合计", *["公务用车购置及运行费"] * 3, "公务接待费"],
        ["", "", "", "小计", "公务用车购置费", "公务用车运行费", ""],
    ]


def test_labels_that_run_down_over_all_rows_go_between_the_spanners() -> None:
    lines = [
        labels_of(words_of(text))
        for text in ("功能分类科目 本年收入", "序号 合计 上年结转", "科目编码 科目名称 小计 事业收入")
    ]
    ordered = [text_of(label) for label in in_column_order(lines)]
    assert ordered[:5] == ["序号", "功能分类科目", "合计", "本年收入", "上年结转"]


FULL = [["201", "教育", "3.00", "2.00", "1.00"]]


def test_a_spanner_hangs_over_the_run_of_labels_below_it() -> None:
    below = ["科目编码", "科目名称", "", "基本支出", "项目支出"]
    assert place_header_row(["功能分类科目", "", "预算数", "其中"], 5, below, column_kinds(FULL, 5)) == [0, 1, 2, 3]


def test_the_sides_of_a_statement_begin_with_a_stub() -> None:
    below = ["项目", "预算数", "项目", "合计", "一般公共预算"]
    assert place_header_row(["收入", "支出"], 5, below, ["text", "figure", "text", "figure", "figure"]) == [0, 2]


def test_a_row_whose_stub_is_merged_keeps_its_figures_in_place() -> None:
    assert place_body_row(["合计", "3.00", "2.00", "1.00"], column_kinds(FULL, 5)) == [0, 2, 3, 4]


def test_cells_that_blanks_pushed_are_pulled_back() -> None:
    kinds = ["text", "figure", "text", "figure"]
    assert pull_back(["收入合计", "5.00", "", "支出合计", "5.00"], kinds) == [0, 1, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[bookmark: _Toc7]72.35", "72.35"),
        ("\u3000 合  计 ", "合计"),
        ("DIP 实际付费", "DIP 实际付费"),
        ("[image: image1.png]", ""),
    ],
)
def test_what_conversions_leave_behind_is_not_printed(text: str, printed: str) -> None:
    page = Page(1, text)
    cell = cell_of(Line(page, 0, len(text), text).pieces())
    assert cell.printed == printed


def test_wide_characters_take_two_cells() -> None:
    assert display_width("合计 1.0") == 8


def test_an_indicator_header_that_ends_with_its_second_level_is_read() -> None:
    text = "绩效目标表\n单位：万元\n指标值 一级指标 二级指标\n产出指标 数量指标 养护里程 ≥400 公里\n"
    (table,) = locate_text_tables([Page(1, text)])
    assert [cell.printed for cell in table.rows[1]] == ["", "产出指标", "数量指标", "养护里程 ≥400 公里"]


def test_a_first_level_without_a_second_in_the_header_is_kept() -> None:
    text = "绩效目标表\n单位：万元\n一级指标 三级指标 指标值\n产出指标 数量指标 养护里程 ≥400公里\n"
    (table,) = locate_text_tables([Page(1, text)])
    assert table.rows[1][0].printed == "产出指标数量指标"


def test_a_numbering_row_may_hold_more_names_than_the_header_has_columns() -> None:
    text = "支出总表\n项目 金额 合计\n栏次 行次 ** 甲 乙 1 2\n一、教育 5.00 5.00\n"
    (table,) = locate_text_tables([Page(1, text)])
    assert [[cell.printed for cell in row] for row in table.rows[table.header_rows :]] == [["一、教育", "5.00", "5.00"]]


@pytest.mark.parametrize(
    ("labels", "twice"),
    [
        (["科目编码", "科目名称", "合计"], 0),
        (["项目", "预算数", "项目", "预算数"], 0),
        (["项目", "行次", "预算数", "项目", "行次"], 0),
        (["项目", "预算数", "决算数", "项目", "预算数"], 2),
        (["科目", "行次", "预算数", "科目", "行次"], 2),
        (["合计", "基本支出", "合计"], 1),
    ],
)
def test_only_whole_blocks_of_labels_are_printed_twice(labels: list[str], twice: int) -> None:
    assert repeated(labels) == twice
