"""Tables whose rows or columns were misread: one suggestion reads them rightly, and says what it does."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import Any

import pytest

from tests.conftest import CASES
from tests.disclosures.documents import random_document
from tests.drawn_tables import LINE_BREAK, read_document
from tests.injector.documents import Equation, Planned, checks_of
from tests.injector.slips import with_texts
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Family, Suggestion
from workbench.model.edit import SetCell, ShiftCells, apply_edits
from workbench.model.table import CellRef, Document, Table
from workbench.repairs import find_root_causes

SLIPS = tomllib.loads((CASES / "repairs" / "shapes.toml").read_text(encoding="utf-8"))


def lines(table: Table) -> Counter[str]:
    return Counter(" | ".join(cell.text.replace("\n", LINE_BREAK) for cell in row) for row in table.rows)


def first_of(document: Document) -> Suggestion:
    findings = find_root_causes(Reconciliation.of(document))
    return next(suggestion for finding in findings for suggestion in finding.suggestions if suggestion.edits)


@pytest.mark.parametrize("case", SLIPS["case"], ids=lambda case: case["name"])
def test_one_suggestion_puts_the_table_right(case: dict[str, Any]) -> None:
    document = read_document(case["tables"])
    suggestion = first_of(document)
    assert suggestion.method == case["method"]
    assert suggestion.share >= case.get("share", 0)
    before = document.tables[case["table"] - 1]
    after = apply_edits(document, suggestion.edits).table(before.id)
    assert lines(after) - lines(before) == Counter(case["rows"])
    assert lines(before) - lines(after) == Counter(case["gone"])
    assert not suggestion.breaks


@pytest.mark.parametrize("case", SLIPS["case"], ids=lambda case: case["name"])
def test_nothing_fails_once_it_is_taken(case: dict[str, Any]) -> None:
    document = read_document(case["tables"])
    before = Reconciliation.of(document)
    suggestion = first_of(document)
    after = before.after(apply_edits(document, suggestion.edits), suggestion.edits)
    assert before.failures
    assert not after.failures
    assert set(suggestion.clears) == {result.check.id for result in before.failures}


def case_named(method: str) -> Document:
    return read_document(next(case["tables"] for case in SLIPS["case"] if case["method"] == method))


def test_the_reason_says_which_rows() -> None:
    assert "部门支出总表 rows 4 and 5 become one" in first_of(case_named("row_split")).reason.en
    assert "部门支出总表 第 4、5 行合为一行" in first_of(case_named("row_split")).reason.zh
    assert " row 6 is taken out" in first_of(case_named("row_repeated")).reason.en
    assert " gets row 5" in first_of(case_named("row_lost")).reason.en


def test_an_amount_behind_a_name_that_no_sum_asks_for_is_proposed_and_not_safe() -> None:
    suggestion = first_of(
        read_document("""
## other 房屋租金明细表 万元
房屋 | 年租金
---
东街办公楼 12.50 |
西街库房 | 8.30
南门窗口 | 6.20
""")
    )
    assert [edit.after for edit in suggestion.edits if isinstance(edit, SetCell)] == ["12.50", "东街办公楼"]
    assert suggestion.applicability is Applicability.UNSAFE


def test_a_row_whose_code_is_only_reckoned_is_never_safe() -> None:
    """No other table prints the row: the code comes from the gap in the numbering."""
    suggestion = first_of(
        read_document("""
## basic_expenditure 一般公共预算基本支出表 万元
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
---
 | 合计 | 63.20 | 50.40 | 12.80
301 | 工资福利支出 | 50.40 | 50.40 |
30101 | 基本工资 | 21.15 | 21.15 |
30103 | 奖金 | 14.05 | 14.05 |
302 | 商品和服务支出 | 12.80 | | 12.80
30201 | 办公费 | 12.80 | | 12.80
""")
    )
    assert suggestion.method == "row_lost"
    assert suggestion.applicability is Applicability.UNSAFE
    assert "30102 津贴补贴 15.20 15.20" in suggestion.reason.en


def test_rows_that_are_alike_by_right_are_left_alone() -> None:
    document = read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算 | 其他资金
---
合计 | 30.00 | 20.00 | 10.00
专项工作经费 | 15.00 | 10.00 | 5.00
专项工作经费 | 15.00 | 10.00 | 5.00
""")
    assert find_root_causes(Reconciliation.of(document)) == ()


def test_a_row_that_nothing_names_is_put_in_for_the_reviewer_to_name() -> None:
    suggestion = first_of(
        read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算 | 政府性基金 | 其他资金
---
合计 | 84.30 | 63.30 | 6.00 | 15.00
河道治理 | 26.10 | 19.10 | 2.00 | 5.00
水库维护 | 22.20 | 15.20 | 2.00 | 5.00
饮水安全 | 19.00 | 12.00 | 2.00 | 5.00
""")
    )
    assert suggestion.method == "row_lost"
    assert suggestion.applicability is Applicability.UNSAFE
    assert "（名称缺失） 17.00 17.00" in suggestion.reason.zh


def test_a_table_whose_rows_all_slipped_alike_has_nothing_that_is_safe() -> None:
    """Three rows lost their figure in the same column: each alone would be sure, but the table was misread."""
    lost = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 120.20 | 75.10 | 45.10
213 | 农林水支出 | 120.20 | 75.10 | 45.10
21301 | 农业农村 | 60.10 | 45.10 | 15.00
2130101 | 行政运行 | 30.10 | 30.10 |
2130102 | 一般行政管理事务 | 30.00 | 15.00 | 15.00
21302 | 林业和草原 | 35.10 | 20.00 | 15.10
2130201 | 行政运行 | 35.10 | 20.00 | 15.10
21303 | 水利 | 25.00 | 10.00 | 15.00
2130301 | 行政运行 | 25.00 | 10.00 | 15.00
"""
    one = find_root_causes(
        Reconciliation.of(
            read_document(lost.replace("2130301 | 行政运行 | 25.00 | 10.00", "2130301 | 行政运行 | 25.00 | "))
        )
    )
    assert [s.applicability for finding in one for s in finding.suggestions[:1]] == [Applicability.SAFE]
    rows = (
        "2130101 | 行政运行 | 30.10 | 30.10",
        "2130201 | 行政运行 | 35.10 | 20.00",
        "2130301 | 行政运行 | 25.00 | 10.00",
    )
    for row in rows:
        lost = lost.replace(row, row.rsplit(" ", 1)[0] + " ")
    findings = find_root_causes(Reconciliation.of(read_document(lost)))
    assert len(findings) == 3
    assert {s.method for finding in findings for s in finding.suggestions[:1]} == {"figure_dropped"}
    assert all(s.applicability is not Applicability.SAFE for finding in findings for s in finding.suggestions)


@pytest.mark.parametrize(
    ("first", "second", "edit"),
    [
        (" | 131.20 | 96.15 | 35.05", "30.00 | | 30.00 | ", ShiftCells(CellRef("t01", 3, 3), -1, ("131.20", "96.15", "35.05"), 5)),
        ("131.20 | 96.15 | 35.05 | ", "30.00 | 30.00 | | ", ShiftCells(CellRef("t01", 4, 3), 1, ("30.00",), 3)),
        ("131.20 | 96.15 | 35.05 | ", "30.00 | | | 30.00", ShiftCells(CellRef("t01", 4, 5), -1, ("30.00",), 5)),
    ],
)  # fmt: skip
def test_a_run_beside_its_place_is_one_shift_of_cells(first: str, second: str, edit: ShiftCells) -> None:
    document = read_document(f"""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 其他支出
---
 | 合计 | 161.20 | 96.15 | 65.05 |
213 | 农林水支出 | 161.20 | 96.15 | 65.05 |
21301 | 农业农村 | 161.20 | 96.15 | 65.05 |
2130101 | 行政运行 | {first}
2130102 | 一般行政管理事务 | {second}
""")
    assert first_of(document).edits == (edit,)


def test_a_row_is_taken_out_though_another_slip_shows_only_without_it() -> None:
    """Where a code stands twice, what hangs on it is not checked: that total of 205 is too large is known only then."""
    findings = find_root_causes(
        Reconciliation.of(
            read_document("""
## fiscal_grant_summary 财政拨款收支总表 万元
支出功能分类 | 合计 | 一般公共预算
---
教育支出 | 60.00 | 60.00
农林水支出 | 131.20 | 131.20
支出合计 | 191.20 | 191.20
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 191.20 | 96.15 | 95.05
205 | 教育支出 | 67.00 | | 60.00
20501 | 教育管理事务 | 60.00 | | 60.00
2050102 | 一般行政管理事务 | 30.00 | | 30.00
2050199 | 其他教育管理事务支出 | 30.00 | | 30.00
213 | 农林水支出 | 131.20 | 96.15 | 35.05
213 | 农林水支出 | 131.20 | 96.15 | 35.05
21301 | 农业农村 | 131.20 | 96.15 | 35.05
2130101 | 行政运行 | 101.20 | 96.15 | 5.05
2130102 | 一般行政管理事务 | 30.00 | | 30.00
""")
        )
    )
    assert "row_repeated" in [finding.suggestions[0].method for finding in findings if finding.suggestions]


def test_a_row_of_one_half_is_never_safe_where_the_rows_beside_it_fill_both() -> None:
    """What the other half of the line printed is not known."""
    case = next(case for case in SLIPS["case"] if "rows that count on" in case["name"])
    suggestion = first_of(read_document(case["tables"]))
    assert suggestion.edits[0].row == 0
    assert suggestion.applicability is Applicability.UNSAFE


def test_a_check_that_another_shape_only_renames_is_neither_cleared_nor_broken() -> None:
    """Of two tables of one title the sums are told apart by number, which the row that is taken out changes."""
    findings = find_root_causes(
        Reconciliation.of(
            read_document("""
## income_summary 收入决算表 万元
科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入
---
编号 | | 1 | 2 | 3
 | 合计 | 191.20 | 156.15 | 35.05
205 | 教育支出 | 60.00 | 60.00 |
213 | 农林水支出 | 131.20 | 96.15 | 35.05
## income_summary 收入决算表 万元
科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入
---
 | 合计 | 87.30 | | 87.30
205 | 教育支出 | 47.30 | 47.30 |
213 | 农林水支出 | 40.00 | 25.00 | 15.00
""")
        )
    )
    numbered = next(finding.suggestions[0] for finding in findings if finding.results[0].check.name == "row_sum")
    assert numbered.method == "columns_numbered"
    assert (len(numbered.clears), numbered.breaks) == (1, ())


def test_a_row_that_rightly_says_what_the_one_above_says_is_left() -> None:
    """Without it a table of which two columns changed places is no longer understood, and little of it fails."""
    document = random_document(50070).with_text()
    rows = document.table("t02").rows
    swapped = {CellRef("t02", row, 2): cells[3].text for row, cells in enumerate(rows)}
    swapped |= {CellRef("t02", row, 3): cells[2].text for row, cells in enumerate(rows)}
    findings = find_root_causes(Reconciliation.of(with_texts(document, swapped)))
    methods = [suggestion.method for finding in findings for suggestion in finding.suggestions]
    assert "columns_swapped" in methods
    assert "row_repeated" not in methods


def test_a_row_below_others_with_their_own_level_of_the_code_only_stands_in_its_section() -> None:
    case = next(case for case in SLIPS["case"] if "below the rows of its section" in case["name"])
    assert [edit.row for edit in first_of(read_document(case["tables"])).edits] == [7]


def test_a_row_that_another_table_prints_a_part_of_is_not_likelier_than_a_move() -> None:
    """80.00 is what 城乡社区支出 gets there; as a row of 240.00 it is hardly the one that is missing here."""
    suggestion = first_of(
        read_document("""
## fiscal_grant_summary 财政拨款收支总表 万元
收入 | 预算数 | 支出 | 合计 | 一般公共预算 | 政府性基金预算
---
一、本年收入 | 240.00 | 一、本年支出 | | |
（一）一般公共预算拨款 | 160.00 | （一）一般公共服务支出 | 240.00 | 160.00 | 80.00
（二）政府性基金预算拨款 | 80.00 | （二）教育支出 | 60.00 | 60.00 |
二、上年结转 | | （三）农林水支出 | 100.00 | 100.00 |
 | | （四）城乡社区支出 | 80.00 | | 80.00
收入总计 | 240.00 | 支出总计 | 240.00 | 160.00 | 80.00
## government_fund 政府性基金预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 80.00 | | 80.00
212 | 十一、城乡社区支出 | 80.00 | | 80.00
21208 | 国有土地使用权出让收入安排的支出 | 80.00 | | 80.00
""")
    )
    assert suggestion.method == "moved_block"


def test_a_row_without_figures_is_filled_rather_than_one_put_in_of_a_name_that_another_table_has() -> None:
    document = read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算
---
合计 | 94.30 | 84.30
河道治理 | 26.10 | 19.10
水库维护 | |
饮水安全 | 36.00 | 35.00
农田灌溉 | 11.84 | 9.84
## performance_target 项目支出绩效目标表 万元
项目 | 金额
---
年度资金总额 | 20.36
""")
    table = document.tables[0].id
    sums = [
        Equation(Family.COLUMN_SUM, tuple((CellRef(table, row, column), 1 if row else -1) for row in range(5)))
        for column in (1, 2)
    ]
    (finding,) = find_root_causes(Planned.on(document, checks_of(sums)))
    assert finding.suggestions[0].method == "row_emptied"
    assert finding.suggestions[0].share > 0.7
