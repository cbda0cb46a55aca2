"""Figures of rows that lost their blanks are placed where sums hold."""

from __future__ import annotations

from decimal import Decimal

from workbench.tables.text.running.placing import Columns, place_rows
from workbench.tables.text.running.promised_sums import Equation, RowToPlace, equations_of


def row(*figures: str, code: str = "", label: str = "") -> RowToPlace:
    return RowToPlace(figures, code, label)


TOTAL_AND_PARTS = (Equation(0, (1, 2, 3)),)


def test_a_full_row_stands_as_printed() -> None:
    assert place_rows([row("6.00", "1.00", "5.00")], Columns(3)) == [(0, 1, 2)]


def test_a_row_that_fits_everywhere_fills_the_left_columns() -> None:
    assert place_rows([row("6.00", "6.00")], Columns(4, TOTAL_AND_PARTS)) == [(0, 1)]


def test_children_stand_in_the_columns_of_their_parent() -> None:
    rows = [
        row("10.00", "4.00", "6.00", label="合计"),
        row("10.00", "4.00", "6.00", code="210", label="卫生健康支出"),
        row("6.00", "6.00", code="21011", label="行政事业单位医疗"),
        row("6.00", "6.00", code="2101101", label="行政单位医疗"),
        row("4.00", "4.00", code="21015", label="医疗保障管理事务"),
    ]
    ways = place_rows(rows, Columns(3, (Equation(0, (1, 2)),)))
    assert ways[2] == ways[3] == (0, 2)
    assert ways[4] == (0, 1)


def test_a_total_may_not_be_blank_above_its_parts() -> None:
    # 6.80 three times under total, six sources and a share set apart: the third cannot be another source.
    equations = (Equation(0, (1, 2, 3)),)
    assert place_rows([row("6.80", "6.80", "6.80")], Columns(5, equations)) == [(0, 1, 4)]


def test_figures_with_decimals_are_no_numbers_of_things() -> None:
    assert place_rows([row("74.37")], Columns(2, counts=(0,))) == [(1,)]
    assert place_rows([row("351", "74.37")], Columns(2, counts=(0,))) == [(0, 1)]


def test_columns_that_are_mostly_blank_stay_blank() -> None:
    # 小计 | 购置 | 运行
    columns = Columns(3, (Equation(0, (1, 2)),), blank=frozenset({1}))
    assert place_rows([row("6.00", "6.00")], columns) == [(0, 2)]


def test_an_amount_that_another_table_prints_for_a_column_decides() -> None:
    stated = (frozenset[Decimal](), frozenset({Decimal("900.00")}), frozenset[Decimal](), frozenset({Decimal("50.00")}))
    columns = Columns(4, TOTAL_AND_PARTS, stated=stated)
    assert place_rows([row("950.00", "900.00", "50.00", label="合计")], columns) == [(0, 1, 3)]


def test_a_figure_that_breaks_its_sum_is_placed_all_the_same() -> None:
    assert len(place_rows([row("10.00", "4.00", "5.00", label="合计")], Columns(4, TOTAL_AND_PARTS))[0]) == 3


SOURCES = Columns(6, (Equation(0, (1, 2, 3, 4, 5)),))
"""本年支出合计 | 基本支出 | 项目支出 | 上缴上级支出 | 经营支出 | 对附属单位补助支出"""


def test_columns_that_the_total_leaves_blank_are_blank_below_it() -> None:
    classes = [
        row(f"{10 + number}.00", f"{10 + number}.00", code=f"2{number:02}", label=f"第{number}类")
        for number in range(12)
    ]
    both = row("32.00", "30.00", "2.00", code="230")
    total = row("218.00", "180.00", "38.00", label="合计")
    ways = place_rows([total, *classes, both], SOURCES)
    assert ways[0] == ways[-1] == (0, 1, 2)
    assert {column for way in ways for column in way} == {0, 1, 2}
    basic = sum(10 + number for number, way in enumerate(ways[1:-1]) if way == (0, 1))
    assert basic + 30 == 180


def test_a_wrong_figure_in_one_column_leaves_the_sums_of_the_others() -> None:
    rows = [
        row("100.00", "70.00", "30.00", label="合计"),
        row("20.00", "20.00", code="201"),
        row("10.00", "10.00", code="204"),
        # its second figure should be 61.00
        row("61.00", "6.10", code="212"),
        row("9.00", "9.00", code="221"),
    ]
    ways = place_rows(rows, SOURCES)
    assert [way for way in ways if way == (0, 2)] == [ways[1], ways[2]]


def test_sums_may_be_off_by_what_rounding_explains() -> None:
    rows = [
        row("30.01", "20.00", "10.01", code="20701"),
        row("4.00", "4.00", code="2070101"),
        row("10.00", "10.00", code="2070105"),
        row("16.00", "16.00", code="2070109"),
    ]
    assert place_rows(rows, SOURCES)[1:] == [(0, 1), (0, 2), (0, 1)]


def test_rows_of_as_many_figures_as_their_total_stand_in_its_columns() -> None:
    rows = [
        row("30.00", "10.00", "20.00", label="合计"),
        row("10.00", "10.00", "0.00", code="208"),
        row("20.00", "0.00", "20.00", code="212"),
    ]
    assert place_rows(rows, SOURCES) == [(0, 1, 2)] * 3


def test_many_columns_end_in_time() -> None:
    rows = [row(*["1.00"] * 9, code=f"2{number:02}") for number in range(40)]
    assert len(place_rows(rows, Columns(18))) == 40


def test_the_header_tells_the_sums() -> None:
    header = [
        ["序号", "合计", "本年收入", "本年收入", "本年收入", "上年结转"],
        ["", "", "小计", "财政拨款收入", "事业收入", ""],
    ]
    equations = equations_of(header, [1, 2, 3, 4, 5])
    assert Equation(2, (3, 4)) in equations
    assert Equation(1, (2, 5)) in equations


def test_budget_and_outcome_below_each_column_add_up_each_for_itself() -> None:
    header = [
        ["合计", "合计", "因公出国费", "因公出国费", "公务用车", "公务用车", "公务用车", "公务用车", "接待", "接待"],
        ["", "", "", "", "小计", "小计", "运行费", "运行费", "", ""],
        ["预算数", "决算数"] * 5,
    ]
    equations = equations_of(header, list(range(10)))
    assert set(equations) == {
        Equation(0, (2, 4, 8)),
        Equation(4, (6,)),
        Equation(1, (3, 5, 9)),
        Equation(5, (7,)),
    }
    ways = place_rows([row("9.00", "8.00", "6.00", "6.00", "6.00", "6.00", "3.00", "2.00")], Columns(10, equations))
    assert ways == [(0, 1, 4, 5, 6, 7, 8, 9)]


def test_a_purchase_table_sums_only_below_its_spanner() -> None:
    header = [
        ["数量", "单价", "采购金额", "采购金额", "采购金额", "备留"],
        ["", "", "合计", "一般公共预算", "单位资金", ""],
    ]
    assert equations_of(header, [0, 1, 2, 3, 4, 5]) == (Equation(2, (3, 4)),)


def test_totals_of_purchases_leave_quantity_and_price_blank() -> None:
    # 数量 | 单价 | 合计 | 一般公共预算 | 单位资金 | 预留份额
    columns = Columns(6, (Equation(2, (3, 4)),), counts=(0,), apart=frozenset({0, 1}))
    rows = [
        row("6.80", "6.80", "6.80", label="合计"),
        row("10", "0.50", "5.00", "5.00", "5.00", label="青禾县档案馆"),
        row("2", "0.90", "1.80", "1.80", "1.80", label="青禾县档案馆"),
    ]
    assert place_rows(rows, columns) == [(2, 3, 5), (0, 1, 2, 3, 5), (0, 1, 2, 3, 5)]
