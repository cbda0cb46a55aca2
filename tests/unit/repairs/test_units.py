"""Tables in another unit than they say: which table it is, and how sure that is."""

from __future__ import annotations

import pytest

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Finding
from workbench.model.edit import SetCell, SetUnit
from workbench.repairs import find_root_causes
from workbench.repairs.proposals.units import unit_repairs

BOTH = """
## income_expenditure_summary 部门收支总表 万元
收入项目 | 预算数 | 支出项目 | 预算数
---
一、财政拨款收入 | 131.20 | 一、教育支出 | 90.20
二、其他收入 | | 二、卫生健康支出 | 41.00
本年收入合计 | 131.20 | 本年支出合计 | 131.20
"""
INCOME = """
## income_summary 部门收入总表 万元
科目编码 | 科目名称 | 合计 | 财政拨款 | 其他收入
---
 | 合计 | 131.20 | 131.20 |
205 | 教育支出 | 90.20 | 90.20 |
210 | 卫生健康支出 | 41.00 | 41.00 |
"""
EXPENDITURE = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | {} | {} | {}
205 | 教育支出 | {} | {} |
210 | 卫生健康支出 | {} | | {}
"""
IN_YUAN = EXPENDITURE.format("1312000", "902000", "410000", "902000", "902000", "410000", "410000")


def found(tables: str) -> tuple[Finding, ...]:
    return find_root_causes(Reconciliation.of(read_document(tables)))


def test_a_table_of_which_only_the_total_is_linked_is_in_another_unit_where_more_holds_then() -> None:
    """Tables that do not agree in their totals are not asked for their rows."""
    (finding,) = found(BOTH + IN_YUAN + INCOME)
    suggestion = finding.suggestions[0]
    assert suggestion.edits == (SetUnit("t02", "万元", "元"),)
    assert not suggestion.breaks


def test_where_two_tables_alone_disagree_it_is_not_safe_to_say_which() -> None:
    (finding,) = found(BOTH + IN_YUAN)
    suggestion = finding.suggestions[0]
    assert suggestion.edits == (SetUnit("t02", "万元", "元"),)
    assert suggestion.applicability is Applicability.UNSAFE


def test_one_figure_in_another_unit_leaves_its_table_in_its_own() -> None:
    one_off = EXPENDITURE.format("1312000", "90.20", "41.00", "90.20", "90.20", "41.00", "41.00")
    (finding,) = found(BOTH + one_off)
    assert finding.suggestions[0].method == "unit_mixed"


def test_a_column_in_another_unit_is_read_in_that_of_its_table() -> None:
    """Rows that add up nowhere are not asked for their sums: the total alone shows it."""
    whole_column = EXPENDITURE.format("1312000", "90.20", "41.00", "902000", "90.20", "410000", "41.00")
    (finding,) = found(BOTH + whole_column)
    suggestion = finding.suggestions[0]
    assert suggestion.method == "column_unit"
    assert suggestion.applicability is Applicability.SAFE
    assert {(edit.ref.row, edit.after) for edit in suggestion.edits if isinstance(edit, SetCell)} == {
        (0, "131.20"),
        (1, "90.20"),
        (2, "41.00"),
    }
    assert {edit.ref.column for edit in suggestion.edits if isinstance(edit, SetCell)} == {2}


def test_the_rules_are_not_met_anew_for_a_column_of_which_one_row_alone_would_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is the figure beside that is in another unit: the total would do in that too, the other rows would break."""
    one_off = EXPENDITURE.format("131.20", "90.20", "41.00", "90.20", "90.20", "41.00", "410000")
    broken = Reconciliation.of(read_document(BOTH + one_off))
    assert broken.failures
    monkeypatch.delattr(Reconciliation, "after")
    assert unit_repairs(broken) == ([], broken)


def test_a_unit_that_departments_do_not_print_their_tables_in_is_never_safe() -> None:
    """Every other table is in 元 and says 万元: that this one is in 亿元 holds as well, and is not likely."""
    income = INCOME.replace("131.20", "1312000").replace("90.20", "902000").replace("41.00", "410000")
    for finding in found(BOTH + IN_YUAN + income):
        for suggestion in finding.suggestions:
            if any(isinstance(edit, SetUnit) and edit.after == "亿元" for edit in suggestion.edits):
                assert suggestion.applicability is Applicability.UNSAFE


def test_a_column_that_only_its_own_table_speaks_against_is_not_safe() -> None:
    """It may be all the others that are in another unit."""
    (finding,) = found("""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 1612000 | 1201000 | 41.10
205 | 教育支出 | 902000 | 902000 |
20501 | 教育管理事务 | 902000 | 902000 |
2050101 | 行政运行 | 902000 | 902000 |
208 | 社会保障和就业支出 | 299000 | 299000 |
20805 | 行政事业单位养老支出 | 299000 | 299000 |
2080505 | 机关事业单位基本养老保险缴费支出 | 299000 | 299000 |
210 | 卫生健康支出 | 411000 | | 41.10
21004 | 公共卫生 | 411000 | | 41.10
2100408 | 基本公共卫生服务 | 411000 | | 41.10
""")
    suggestion = finding.suggestions[0]
    assert suggestion.method == "column_unit"
    assert suggestion.applicability is Applicability.UNSAFE


def set_to(finding: Finding) -> dict[tuple[int, int], str]:
    edits = finding.suggestions[0].edits
    return {(edit.ref.row, edit.ref.column): edit.after for edit in edits if isinstance(edit, SetCell)}


def test_a_row_in_another_unit_is_read_in_that_of_its_table() -> None:
    """Each of its figures breaks a sum down its column; one alone would break the row."""
    one_row = EXPENDITURE.format("131.20", "90.20", "41.00", "902000", "902000", "41.00", "41.00")
    (finding,) = found(BOTH + one_row)
    assert finding.suggestions[0].method == "row_unit"
    assert set_to(finding) == {(1, 2): "90.20", (1, 3): "90.20"}


def test_its_thousands_are_parted_as_those_of_the_few_figures_that_have_any() -> None:
    plain = EXPENDITURE.format("2151.20", "2090.20", "41.00", "20902000", "20902000", "41.00", "41.00")
    parted = plain.replace("2151.20", "2,151.20").replace("2090.20", "2,090.20")
    row = "208 | 社会保障和就业支出 | 20.00 | | 20.00\n210 |"
    plain, parted = (text.replace("210 |", row).replace(" 41.00\n2", " 61.00\n2") for text in (plain, parted))
    (finding,) = found(plain)
    assert set_to(finding) == {(1, 2): "2090.20", (1, 3): "2090.20"}
    (finding,) = found(parted)
    assert set_to(finding) == {(1, 2): "2,090.20", (1, 3): "2,090.20"}


def test_a_row_of_nothing_but_a_figure_too_many_is_not_in_another_unit() -> None:
    """What the sums ask is that there be nothing."""
    repeated = EXPENDITURE.format("131.20", "90.20", "41.00", "90.20", "90.20", "41.00", "41.00")
    row = "20501 | 教育管理事务 | 31.40 | 31.40 |\n210 |"
    for finding in found(BOTH + repeated.replace("210 |", row)):
        assert all(suggestion.method != "row_unit" for suggestion in finding.suggestions)


YUAN = """
## expenditure_summary 部门支出总表 元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | {} | 2011345.18 | 411098.20
205 | 教育支出 | {} | 1602111.07 |
20501 | 教育管理事务 | {} | 1602111.07 |
210 | 卫生健康支出 | {} | 409234.11 | 411098.20
21004 | 公共卫生 | {} | 409234.11 | 411098.20
"""


def test_the_digits_that_a_column_lost_in_the_coarser_unit_are_those_that_its_rows_print_and_ask() -> None:
    """One is printed beside it, the others are what their rows add up to."""
    (finding,) = found(YUAN.format("242.24", "160.21", "160.21", "82.03", "82.03"))
    suggestion = finding.suggestions[0]
    assert suggestion.method == "column_unit"
    assert not suggestion.breaks
    assert set_to(finding) == {
        (0, 2): "2422443.38",
        (1, 2): "1602111.07",
        (2, 2): "1602111.07",
        (3, 2): "820332.31",
        (4, 2): "820332.31",
    }


def test_digits_that_nothing_tells_are_said_to_be_lost() -> None:
    """The links of a list hold to the coarser unit; what it printed beyond that is gone."""
    listed = """
## income_expenditure_summary 部门收支总表 元
收入项目 | 预算数 | 支出项目 | 预算数
---
一、财政拨款收入 | 1312045.00 | 一、教育支出 | 90.20
二、其他收入 | | 二、卫生健康支出 | 21.00
 | | 三、住房保障支出 | 20.00
本年收入合计 | 1312045.00 | 本年支出合计 | 131.20
## income_summary 部门收入总表 元
科目编码 | 科目名称 | 合计 | 财政拨款 | 其他收入
---
 | 合计 | 1312045.00 | 1312045.00 |
205 | 教育支出 | 1312045.00 | 1312045.00 |
"""
    (finding,) = found(listed)
    suggestion = finding.suggestions[0]
    assert suggestion.method == "column_unit"
    assert suggestion.applicability is Applicability.UNSAFE
    assert set_to(finding)[3, 3] == "1312045.00"
    assert "the last digits were lost in it" in suggestion.reason.en


def test_of_two_columns_the_one_is_in_another_unit_whose_figures_are_unlike_those_beside_them() -> None:
    """The sums of both hold, and both sides are as much once either is scaled: the year before tells."""
    (finding,) = found("""
## income_expenditure_summary 部门收支总表 千元
收入 | 收入 | 收入 | 支出 | 支出 | 支出
项目 | 2030年 | 2031年 | 项目 | 2030年 | 2031年
---
一、财政拨款收入 | 90.2 | 88.0 | 一、教育支出 | 90200 | 80.0
二、其他收入 | 41.0 | 32.0 | 二、卫生健康支出 | 41000 | 40.0
收入合计 | 131.2 | 120.0 | 支出合计 | 131200 | 120.0
""")
    assert finding.suggestions[0].method == "column_unit"
    assert set_to(finding) == {(0, 4): "90.2", (1, 4): "41.0", (2, 4): "131.2"}


def test_a_column_unlike_those_beside_it_is_not_its_whole_table() -> None:
    """Only its total is linked: in the other unit of the whole table the link would hold as well."""
    (finding,) = found(
        """
## income_expenditure_summary 部门收支总表 元
收入项目 | 预算数 | 支出项目 | 预算数
---
一、财政拨款收入 | 2422443.38 | 一、教育支出 | 1602111.07
 | | 二、卫生健康支出 | 820332.31
本年收入合计 | 2422443.38 | 本年支出合计 | 2422443.38
"""
        + YUAN.format("242.24", "160.21", "160.21", "82.03", "82.03")
    )
    assert finding.suggestions[0].method == "column_unit"
    assert len(set_to(finding)) == 5
