"""What may be taken without a look, and what must not though all sums then hold: names that say otherwise."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.conftest import CASES
from tests.drawn_tables import read_document
from tests.injector.documents import Equation, Planned, checks_of, sample
from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, SOURCE, inject
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Family, Suggestion
from workbench.model.edit import InsertRows, SetCell, SetUnit, apply_edits
from workbench.model.table import Cell, CellRef, Document
from workbench.repairs import Constraints, find_root_causes
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.fixed_point import to_units
from workbench.repairs.proposals.coherence import is_nameless, leaves_a_row_unwhole, speaks_for_its_table
from workbench.repairs.proposals.other_explanations import rather_otherwise
from workbench.repairs.proposals.proof import Proof
from workbench.repairs.proposals.safety import MOVES, _borne_out, unit_borne_out
from workbench.repairs.proposals.unit_trials import UnitRepair
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

UNSAFE = tomllib.loads((CASES / "repairs" / "unsafe.toml").read_text(encoding="utf-8"))


def suggestions_of(text: str) -> list[Suggestion]:
    findings = find_root_causes(Reconciliation.of(read_document(text)))
    return [suggestion for finding in findings for suggestion in finding.suggestions[:1]]


def after(text: str, suggestion: Suggestion, table: int = 0) -> list[str]:
    document = apply_edits(read_document(text), suggestion.edits)
    return [" | ".join(cell.text for cell in row) for row in document.tables[table].rows]


@pytest.mark.parametrize("case", UNSAFE["case"], ids=lambda case: case["name"])
def test_what_all_checks_would_hold_with_may_still_need_a_look(case: dict[str, Any]) -> None:
    suggestion = suggestions_of(case["tables"])[0]
    assert (suggestion.method, suggestion.applicability) == (case["method"], Applicability.UNSAFE)
    assert not suggestion.breaks


UNITS = """
## expenditure_summary 部门支出总表 万元
科目编码 | 单位编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 017001 | 合计 | 161.20 | 96.15 | 65.05
213 | 017001 | 农林水支出 | 161.20 | 96.15 | 65.05
21301 | 017001 | 农业农村 | 161.20 | 96.15 | 65.05
2130101 | 017001 | 行政运行 | 90.20 | 74.00 | 16.20
2130102 | 017001 | 一般行政管理事务 | 41.00 |  | 41.00
2130104 | 017001 | 事业运行 | 30.00 | 22.15 | 7.85
"""
TWO_ROWS = """2130101 | 017001 | 行政运行 | 90.20 | 74.00 | 16.20
2130102 | 017001 | 一般行政管理事务 | 41.00 |  | 41.00
"""
INCOME = """
## income_summary 部门收入总表 万元
科目编码 | 科目名称 | 合计 | 一般公共预算
---
 | 合计 | 161.20 | 161.20
213 | 农林水支出 | 161.20 | 161.20
21301 | 农业农村 | 161.20 | 161.20
2130101 | 行政运行 | 90.20 | 90.20
2130102 | 一般行政管理事务 | 41.00 | 41.00
2130104 | 事业运行 | 30.00 | 30.00
"""


@pytest.mark.parametrize(
    ("label", "safe"),
    [("行政运行一般行政管理事务", Applicability.SAFE), ("农田水利设施维护补助", Applicability.UNSAFE)],
)
def test_a_row_cut_in_two_is_safe_only_where_its_label_is_cut_too(label: str, safe: Applicability) -> None:
    merged = f"21301012130102 | 017001017001 | {label} | 90.2041.00 | 74.00 | 16.2041.00\n"
    text = UNITS.replace(TWO_ROWS, merged)
    suggestion = suggestions_of(text)[0]
    assert (suggestion.method, suggestion.applicability) == ("rows_merged", safe)
    if safe is Applicability.SAFE:
        assert after(text, suggestion)[3:5] == TWO_ROWS.splitlines()


def test_a_row_put_in_says_what_its_table_says_in_every_row() -> None:
    text = UNITS.replace(TWO_ROWS.splitlines()[1] + "\n", "") + INCOME
    suggestion = suggestions_of(text)[0]
    assert (suggestion.method, suggestion.applicability) == ("row_lost", Applicability.SAFE)
    assert after(text, suggestion)[4] == "2130102 | 017001 | 一般行政管理事务 | 41.00 |  | 41.00"


def test_a_row_put_in_is_not_safe_where_the_others_say_more() -> None:
    text = UNITS.replace(TWO_ROWS.splitlines()[1] + "\n", "") + INCOME
    for office in "甲乙丙丁戊":
        text = text.replace("| 017001 |", f"| {office}处室 |", 1)
    suggestion = suggestions_of(text)[0]
    assert (suggestion.method, suggestion.applicability) == ("row_lost", Applicability.UNSAFE)


def test_a_row_whose_code_stands_behind_its_name_is_not_put_in_again() -> None:
    """The figures of two rows stand a row too low, those of the lower one on a row without a name."""
    head = "功能分类科目 | 合计 | 基本支出 | 项目支出\n---\n"
    rows = [
        "合计 | 161.20 | 96.15 | 65.05",
        "农林水支出（213） | 161.20 | 96.15 | 65.05",
        "农业农村（21301） | 131.20 | 74.00 | 57.20",
        "行政运行（2130101） | 90.20 | 74.00 | 16.20",
        "一般行政管理事务（2130102） | 41.00 |  | 41.00",
        "林业和草原（21302） | 30.00 | 22.15 | 7.85",
        "事业机构（2130204） | 30.00 | 22.15 | 7.85",
    ]
    right = "## expenditure_summary 部门支出总表 万元\n" + head + "\n".join(rows)
    slipped = [*rows[:4], "一般行政管理事务（2130102） |  |  | ", "林业和草原（21302） | 41.00 |  | 41.00"]
    slipped += [" | 30.00 | 22.15 | 7.85", rows[6]]
    text = right.replace("\n".join(rows), "\n".join(slipped)) + "\n" + right.replace("expenditure", "income")
    assert find_root_causes(Reconciliation.of(read_document(right))) == ()
    for suggestion in suggestions_of(text):
        put_in = [edit for edit in suggestion.edits if isinstance(edit, InsertRows)]
        assert not any("一般行政管理事务" in cell for edit in put_in for cell in edit.texts[0])
        if suggestion.applicability is Applicability.SAFE:
            assert not any(row.startswith(" | 3") for row in after(text, suggestion))


ACCOUNTS = """
## {0} 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 131.20 | 96.15 | 35.05
213 | 农林水支出 | 131.20 | 96.15 | 35.05
21301 | 农业农村 | 131.20 | 96.15 | 35.05
{1}
{2}
{3}
"""


def test_which_of_two_tables_has_its_rows_swapped_they_alone_cannot_say() -> None:
    """Nothing but the other table says that the rows have changed places."""
    own = "2130101 | 行政运行 | 71.20 | 66.15 | 5.05", "2130102 | 一般行政管理事务 | 30.00 | | 30.00"
    text = ACCOUNTS.format("expenditure_summary 部门支出总表", *own, "2130103 | 机关服务 | 30.00 | 30.00 | ")
    apart = "2130102 | 一般行政管理事务 | 71.20 | 66.15 | 5.05", "2130103 | 机关服务 | 30.00 | 30.00 |"
    last = "2130101 | 行政运行 | 30.00 | | 30.00"
    text += ACCOUNTS.format("general_budget_expenditure 一般公共预算支出表", *apart, last)
    assert [suggestion.method for suggestion in suggestions_of(text)] == ["rows_swapped"]
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in suggestions_of(text))


@pytest.mark.parametrize(("own", "below"), [("40.00%", "10.00%"), ("10.00%", "40.00%")])
def test_rows_are_swapped_back_with_their_rates_or_without(own: str, below: str) -> None:
    text = f"""
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 2023年执行数 | 2024年预算数 | 增减额 | 增减%
---
 | 合计 | 60.00 | 66.00 | 6.00 | 10.00%
208 | 社会保障和就业支出 | 60.00 | 66.00 | 6.00 | 10.00%
20805 | 行政事业单位养老支出 | 20.00 | 28.00 | 8.00 | {own}
2080501 | 行政单位离退休 | 60.00 | 66.00 | 6.00 | {below}
2080505 | 基本养老保险缴费支出 | 40.00 | 38.00 | -2.00 | -5.00%
"""
    suggestion = suggestions_of(text)[0]
    assert suggestion.method == "rows_swapped"
    assert [row.split(" | ")[-1] for row in after(text, suggestion)[2:4]] == ["10.00%", "40.00%"]


def test_two_figures_that_nothing_explains_are_not_safe_though_all_sums_ask_for_them() -> None:
    """The figure of one project stands in the column beside its own; the totals that it then does not fit are wrong."""
    document = read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算 | 政府性基金
---
合计 | 419.00 | 41 | 419.00
森林防火经费 | 120.00 | | 120.00
古茶树保护经费 | 35.00 | 35.00 |
生态护林员补助 | 264.00 | 264.00 |
""")
    across = [(CellRef("t01", 0, column), -1 if column > 1 else 1) for column in (1, 2, 3)]
    down = [
        Equation(Family.COLUMN_SUM, tuple((CellRef("t01", row, column), -1 if row else 1) for row in range(4)))
        for column in (2, 3)
    ]
    equations = [Equation(Family.ROW_SUM, tuple(across)), *down]
    first = find_root_causes(Planned.on(document, checks_of(equations)))[0].suggestions[0]
    assert {edit.after for edit in first.edits if isinstance(edit, SetCell)} == {"299.00", "120.00"}
    assert (len(first.clears), first.applicability) == (3, Applicability.UNSAFE)


def test_figures_that_may_have_closed_up_over_blanks_are_no_safe_repetition() -> None:
    """One figure twice in a row may stand there again by mistake, or where two blanks before it were lost."""
    findings = find_root_causes(
        Reconciliation.of(
            read_document("""
## three_public 一般公共预算“三公”经费、会议费支出预算表 万元
“三公”经费 | “三公”经费 | “三公”经费 | “三公”经费 | “三公”经费 | “三公”经费 | 会议费 | 培训费
合计 | 因公出国（境）费 | 公务用车购置及运行费 | 公务用车购置及运行费 | 公务用车购置及运行费 | 公务接待费 | 会议费 | 培训费
合计 | 因公出国（境）费 | 小计 | 公务用车购置费 | 公务用车运行费 | 公务接待费 | 会议费 | 培训费
---
193.07 | 142.70 | 142.70 | 50.37 | | | 3.20 | 5.60
""")
        )
    )
    assert {s.method for s in findings[0].suggestions} == {"figure_repeated", "blanks_lost"}
    assert {s.applicability for s in findings[0].suggestions} == {Applicability.UNSAFE}


def test_a_row_that_numbers_the_columns_goes_though_its_table_has_errors_that_only_then_show() -> None:
    suggestion = suggestions_of("""
## basic_expenditure 基本支出表 万元
科目编码 | 科目名称 | 合计 | 人员经费 | 公用经费
---
编号 | | 1 | 2 | 3
 | 合计 | 97.60 | 80.50 | 17.10
301 | 工资福利支出 | 97.60 | 97.60 |
30101 | 基本工资 | 60.40 | 60.40 |
30110 | 职工基本医疗保险缴费 | 20.10 | 20.10 |
302 | 商品和服务支出 | 17.10 | | 17.10
30201 | 办公费 | 17.10 | | 17.10
""")[0]
    assert suggestion.method == "columns_numbered"
    assert suggestion.breaks and suggestion.applicability is Applicability.UNSAFE


def test_columns_are_swapped_back_beside_a_figure_in_them_that_lost_its_end() -> None:
    text = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 176.15 | 241.20 | 65.05
201 | 一般公共服务支出 | 80.00 | 80.00 |
20101 | 人大事务 | 80.00 | 80.00 |
2010101 | 行政运行 | 50.00 | 50.00 |
2010104 | 人大会议 | 30.00 | 30.00 |
205 | 教育支出 | 30.00 | 30.00 |
20501 | 教育管理事务 | 30.00 | 3 |
2050101 | 行政运行 | 30.00 | 30.00 |
213 | 农林水支出 | 66.15 | 131.20 | 65.05
21301 | 农业农村 | 66.15 | 131.20 | 65.05
2130101 | 行政运行 | 66.15 | 101.20 | 35.05
2130102 | 一般行政管理事务 | | 30.00 | 30.00
"""
    document = read_document(text)
    for finding in find_root_causes(Reconciliation.of(document)):
        document = apply_edits(document, finding.suggestions[0].edits)
    rows = [" | ".join(cell.text for cell in row) for row in document.tables[0].rows]
    assert rows[6].startswith("20501 | 教育管理事务 | 30.00 | 30.00")
    assert rows[8:10] == ["213 | 农林水支出 | 131.20 | 66.15 | 65.05", "21301 | 农业农村 | 131.20 | 66.15 | 65.05"]
    assert rows[11] == "2130102 | 一般行政管理事务 | 30.00 |  | 30.00"


@pytest.mark.parametrize(("figure", "safe"), [("1,482.999", Applicability.UNSAFE), ("1,482.99", Applicability.SAFE)])
def test_columns_are_not_safely_swapped_back_where_a_figure_in_them_is_wrong_still(
    figure: str, safe: Applicability
) -> None:
    rows = ["7,286.01 | 7,355.04 | 69.03", "2,089.38 | 2,089.38 |", "677.79 | 677.79 |", "1,989.36 | 2,058.39 | 69.03"]
    rows += ["2,529.48 | 2,529.48 |", "3,441.19 | 3,510.22 | 69.03", f"1,482.99 | {figure} |", "119.15 | 119.15 |"]
    document = read_document(
        "## expenditure_summary 部门支出总表 万元\n科目名称 | 合计 | 基本支出 | 项目支出\n---\n"
        + "\n".join(f"第{number}项 | {row}" for number, row in enumerate(rows))
    )
    table = document.tables[0].id
    across = (((1, 1), (2, -1), (3, -1)) for _ in rows)
    sums = [
        Equation(Family.ROW_SUM, tuple((CellRef(table, row, column), sign) for column, sign in terms))
        for row, terms in enumerate(across)
    ]
    findings = find_root_causes(Planned.on(document, checks_of(sums)))
    first = next(s for finding in findings for s in finding.suggestions if s.method == "columns_swapped")
    assert first.applicability is safe


@pytest.mark.parametrize(("code", "unwhole"), [("", True), ("601001", False)])
def test_a_row_is_whole_that_says_what_all_rows_but_the_total_do(code: str, unwhole: bool) -> None:
    document = read_document("""
## income_summary 部门收入总表 万元
单位编码 | 单位名称 | 合计 | 上年结转 | 本年预算
---
 | 合计 | 322.47 | 16.90 | 305.57
601002 | 青禾县军队离退休干部休养所 | 96.74 | 4.56 | 92.18
""")
    prices = Plausibility(System(Reconciliation.of(document)), FigureIndex(), Constraints())
    row = InsertRows("t01", 1, ((code, "青禾县退役军人事务局", "225.73", "12.34", "213.39"),))
    assert leaves_a_row_unwhole(prices, Operation("row_lost", 3.2, (), edits=(row,), table="t01")) is unwhole


@pytest.mark.parametrize(("puzzles", "safe"), [(3, Applicability.UNSAFE), (1, Applicability.SAFE)])
def test_where_nothing_explains_many_checks_of_a_table_one_check_makes_nothing_safe(
    puzzles: int, safe: Applicability
) -> None:
    rows = "".join(f"项目{name} | 5{name}.00 | 20.00 | 10.00\n" for name in range(puzzles))
    document = read_document(f"## other 一表 万元\n项目 | 合计 | 甲 | 乙\n---\n合计 | 131.20 | 101.20 | 3O.00\n{rows}")
    equations = [
        Equation(Family.ROW_SUM, tuple((CellRef("t01", row, column), -1 if column > 1 else 1) for column in (1, 2, 3)))
        for row in range(puzzles + 1)
    ]
    fixed = frozenset(CellRef("t01", row, column) for row in range(1, puzzles + 1) for column in (1, 2, 3))
    findings = find_root_causes(Planned.on(document, checks_of(equations)), Constraints(immovable=fixed))
    changed = [s for finding in findings for s in finding.suggestions if s.edits]
    assert [s.applicability for s in changed] == [safe]


def test_what_holds_only_with_another_repair_is_not_safe_alone() -> None:
    clean = Reconciliation.of(sample(70191).document)
    rng = random.Random("sound191")
    document, _ = inject(clean, rng, rng.choice((1, 2, 4)), (*EXTRACTION, *SOURCE, *SHAPES))
    broken = clean.of(document)
    failing = {result.check.id for result in broken.failures}
    suggestions = [suggestion for finding in find_root_causes(broken) for suggestion in finding.suggestions]
    assert any(suggestion.method == "columns_swapped" for suggestion in suggestions)
    for suggestion in suggestions:
        if suggestion.applicability is Applicability.SAFE:
            after = broken.after(apply_edits(document, suggestion.edits), suggestion.edits)
            assert {result.check.id for result in after.failures} <= failing


def test_figures_are_not_safely_moved_off_rows_whose_check_is_then_asked_no_more() -> None:
    document = read_document("""
## three_public “三公”经费支出表 万元
项目 | 年初预算数 | 决算数
---
合计 | 64.91 | 63.73
1、因公出国（境）费用 | |
2、公务接待费 | 6.43 | 5.79
其中：（1）公务用车运行维护费 | 58.48 | 57.94
（2）公务用车购置 | |
""")
    findings = find_root_causes(Reconciliation.of(document))
    moves = [s for finding in findings for s in finding.suggestions if s.method in MOVES and s.edits]
    assert moves
    assert not any(suggestion.applicability is Applicability.SAFE for suggestion in moves)


def test_a_figure_is_not_safely_another_one_of_its_row_where_that_row_prints_it_twice() -> None:
    document = read_document("""
## three_public “三公”经费支出表 万元
年度 | 预算合计 | 决算合计 | 预算出国 | 决算出国 | 预算车辆 | 决算车辆 | 预算购置 | 决算购置 | 预算运行 | 决算运行
---
2025年 | 31.47 | 19.86 | 30.67 | 19.56 | 30.67 | 19.56 | 0.80 | 0.30 | |
## other 基本情况表 万元
项目 | 预算数 | 决算数
---
培训费 | 0.80 | 0.30
会议费 | 2.15 | 3.05
""")
    table = document.tables[0].id
    sums = [
        Equation(Family.ROW_SUM, tuple((CellRef(table, 0, column + year), sign) for column, sign in terms))
        for year in (0, 1)
        for terms in (((1, -1), (3, 1), (5, 1)), ((5, -1), (7, 1), (9, 1)))
    ]
    findings = find_root_causes(Planned.on(document, checks_of(sums)))
    assert {s.method for finding in findings for s in finding.suggestions[:1]} == {"other_figure"}
    assert not any(s.applicability is Applicability.SAFE for finding in findings for s in finding.suggestions)


def test_a_check_of_other_cells_that_shows_only_then_is_not_broken() -> None:
    """Two of eight rows do not add up across, by heads that say little, so that no row is asked; with one of them put
    right, the rows are, and the other one fails."""
    first = suggestions_of("""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 支出 | 支出
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
208 | 社会保障和就业支出 | 120.00 | 120.00 | 0.00
20805 | 行政事业单位养老支出 | 120.00 | 120.00 | 0.00
2080505 | 机关事业单位基本养老保险缴费支出 | 120.00 | 120.00 | 0.00
210 | 卫生健康支出 | 880.50 | 640.50 | 240.00
21015 | 医疗保障管理事务 | 808.50 | 640.50 | 240.00
2101501 | 行政运行 | 640.50 | 640.50 | 0.00
2101505 | 医疗保障政策管理 | 240.00 | 0.00 | 42.00
 | 合计 | 1000.50 | 760.50 | 240.00
""")
    assert [(s.applicability, s.breaks) for s in first if s.method == "digits_swapped"] == [(Applicability.SAFE, ())]


@pytest.mark.parametrize(
    ("method", "share", "taken"), [("moved_row", 0.96, True), ("moved_row", 0.92, False), ("digit_lost", 0.92, True)]
)
def test_what_moves_figures_about_has_to_be_likelier_than_what_changes_one(
    method: str, share: float, taken: bool
) -> None:
    assert _borne_out(Operation(method, 1.0, ()), asked=3, share=share) is taken


STAFF = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 基本支出 | 基本支出 | 项目支出
科目编码 | 科目名称 | 合计 | 小计 | {} | 公用经费 | 项目支出
---
 | 合计 | 161.20 | 96.15 | 83.40 | 12.75 | 65.05
213 | 农林水支出 | 161.20 | 96.15 | 83.40 | 12.75 | 65.05
21301 | 农业农村 | 161.20 | 96.15 | 83.40 | 12.75 | 65.05
2130101 | 行政运行 | 90.20 | 64.00 | 55.40 | 8.60 | 26.20
2130104 | 事业运行 | 30.00 | 22.15 | 18.00 | 4.15 | 7.85
"""


@pytest.mark.parametrize(("head", "safe"), [("人员经费", Applicability.SAFE), ("单价", Applicability.UNSAFE)])
def test_a_row_put_in_leaves_no_column_short_that_no_check_asks_for(head: str, safe: Applicability) -> None:
    """A column of prices is not added up, though it lacks 10.00 all the same."""
    suggestion = suggestions_of(STAFF.format(head) + INCOME)[0]
    assert (suggestion.method, suggestion.applicability) == ("row_lost", safe)
    if safe is Applicability.SAFE:
        put_in = "2130102 | 一般行政管理事务 | 41.00 | 10.00 | 10.00 |  | 31.00"
        assert after(STAFF.format(head) + INCOME, suggestion)[4] == put_in


WHOLE = """
## {} 收支总表 万元
收入项目 | 预算数 | 支出项目 | 预算数
---
一、一般公共预算拨款收入 | 161.20 | 一、农林水支出 | 161.20
本年收入合计 | 161.20 | 本年支出合计 | 161.20
"""
BY_OFFICE = """
## income_summary 部门收入总表 万元
单位名称 | 合计 | 一般公共预算拨款收入
---
合计 | 1612000.00 | 1612000.00
本级 | {0} | {0}
"""
TWO_WHOLES = WHOLE.format("income_expenditure_summary") + WHOLE.format("fiscal_grant_summary")


def test_one_row_in_another_unit_is_not_its_whole_table() -> None:
    """The other tables ask for the total alone: what stands below it tells whether it speaks for all."""
    whole = suggestions_of(TWO_WHOLES + BY_OFFICE.format("1612000.00"))[0]
    assert whole.edits == (SetUnit("t03", "万元", "元"),)
    assert whole.applicability is Applicability.SAFE
    row = suggestions_of(TWO_WHOLES + BY_OFFICE.format("161.20"))[0]
    assert row.method == "row_unit"
    assert {(edit.ref.row, edit.after) for edit in row.edits if isinstance(edit, SetCell)} == {(0, "161.20")}


@pytest.mark.parametrize(
    ("total", "cells", "speaks"),
    [
        ("90.00", {(0, 1)}, True),
        ("90.00", {(0, 2), (0, 3)}, True),
        ("90.00", {(0, 1), (1, 1)}, True),
        ("90.00", {(2, 1)}, False),
        ("90.00", {(1, 3), (2, 3)}, False),
        ("900000.00", {(0, 1)}, False),
        ("900000.00", {(0, 1), (1, 1)}, True),
        ("0.01", {(0, 1), (0, 3)}, True),
        ("0.01", {(0, 1)}, False),
    ],
)
def test_a_row_or_a_column_speaks_for_its_table_where_the_others_come_up_to_it(
    total: str, cells: set[tuple[int, int]], speaks: bool
) -> None:
    document = read_document(f"""
## income_summary 部门收入总表 万元
单位名称 | 合计 | 财政拨款 | 其他收入
---
合计 | {total} | 80.00 | 10.00
本级 | 60.00 | 55.00 | 5.00
二所 | 30.00 | 25.00 | 5.00
""")
    layout = TableLayout(document.tables[0], System(Reconciliation.of(document)))
    assert speaks_for_its_table(layout, {CellRef("t01", *cell) for cell in cells}) is speaks


def test_a_column_of_a_table_that_is_in_another_unit_as_well_is_not_safe() -> None:
    """It may be the one column that is right."""
    reconciliation = Reconciliation.of(read_document(TWO_WHOLES + BY_OFFICE.format("161.20")))
    column, whole = (
        UnitRepair(method, "t03", (), 1.0, Proof(("row_sum:1",), ()), certain=True)
        for method in ("column_unit", "table_unit")
    )
    assert unit_borne_out(reconciliation, column, (), [column])
    assert not unit_borne_out(reconciliation, column, (), [column, whole])
    assert not unit_borne_out(reconciliation, whole, (), [column, whole])


@pytest.mark.parametrize(("total", "safe"), [("1612000.00", True), ("1612034.56", False)])
def test_a_column_that_was_rounded_to_its_unit_is_not_safe(total: str, safe: bool) -> None:
    """Its figures agree with nothing still: what they were before is lost."""
    document = read_document(
        TWO_WHOLES
        + f"""
## income_summary 部门收入总表 万元
单位名称 | 合计 | 一般公共预算拨款收入 | 事业收入
---
合计 | {total} | 1600000.00 | 12000.00
本级 | {total} | 1600000.00 | 12000.00
"""
    )
    table = document.tables[2]
    edits = tuple(SetCell(CellRef("t03", row, 1), "161.20", table.cell(row, 1).text) for row in (0, 1))
    repaired = apply_edits(document, (SetUnit("t03", "万元", "元"),))
    column = UnitRepair("column_unit", "t03", edits, 1.0, Proof(("row_sum:1",), ()), certain=True)
    assert unit_borne_out(Reconciliation.of(repaired), column, (), [column]) is safe


IN_HUNDREDS = """
## expenditure_summary 部门支出总表 元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 9541300.00 | 6031200.00 | 3510100.00
205 | 教育支出 | 4620900.00 | 3110800.00 | 1510100.00
20501 | 教育管理事务 | 4620900.00 | 3110800.00 | 1510100.00
2050101 | 行政运行 | 4620900.00 | 3110800.00 | 1510100.00
210 | 卫生健康支出 | 4920{}00.00 | 2920400.00 | 2000{}00.00
"""


def test_what_was_rounded_and_brought_into_a_finer_unit_is_not_safely_one_off_in_its_last_place() -> None:
    """Amounts of 万元 printed in 元 add up to the last two digits before their zeros, or nearly so."""
    suggestion = suggestions_of(IN_HUNDREDS.format("4", "1"))[0]
    assert suggestion.applicability is not Applicability.SAFE


@pytest.mark.parametrize(("label", "nameless"), [("（三）（名称缺失）", True), ("行政运行", False)])
def test_a_row_that_nothing_names_is_known_by_that(label: str, *, nameless: bool) -> None:
    """It is put in for the reviewer to name, and never without a look."""
    edit = InsertRows("t01", 3, (("2130101", label, "41.00"),))
    assert is_nameless(Operation("row_lost", 1.8, (), edits=(edit,), table="t01")) is nameless


@pytest.mark.parametrize(("asked", "taken"), [(2, False), (3, True)])
def test_two_sums_alone_do_not_tell_which_two_figures_changed_places(asked: int, *, taken: bool) -> None:
    assert _borne_out(Operation("cells_swapped", 1.0, ()), asked=asked, share=0.97) is taken


def test_a_total_over_two_lists_of_the_same_names_is_not_changed_without_a_look() -> None:
    """The row above the second list was lost: the total of the first would then take in both."""
    found = suggestions_of("""
## fiscal_grant_summary 财政拨款收支预算总表 万元
收入项目 | 金额 | 支出项目 | 合计 | 一般公共预算
---
一、本年财政拨款 | 298.04 | 社会保障和就业支出 | 37.40 | 37.40
一般公共预算拨款 | 298.04 | 卫生健康支出 | 10.70 | 10.70
政府性基金预算拨款 | — | 国土海洋气象等支出 | 252.40 | 252.40
一般公共预算拨款 | 2.46 | | |
政府性基金预算拨款 | — | | |
收入总计 | 300.50 | 支出总计 | 300.50 | 300.50
""")
    assert found
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in found)


def test_figures_that_were_pushed_off_the_page_are_not_moved_back_without_a_look() -> None:
    """What the last row printed is lost: a blank stands nowhere else in its column."""
    pushed = """
## project_expenditure 项目支出决算表 万元
项目名称 | 合计 | 一般公共预算 | 政府性基金
---
合计 | 133.00 | 116.00 | 17.00
河道治理 | 26.00 | 19.00 |
水库维护 | 22.00 | 15.00 | 7.00
饮水安全 | 36.00 | 36.00 | 7.00
农田灌溉 | 28.00 | 25.00 | 0.00
抗旱应急 | 21.00 | 21.00 | 3.00
"""
    moved = [suggestion for suggestion in suggestions_of(pushed) if suggestion.method == "moved_block"]
    assert moved
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in moved)


def test_a_total_does_not_lose_its_decimals_to_a_column_that_lost_its_points() -> None:
    found = suggestions_of("""
## three_public “三公”经费支出决算表 万元
项目 | 2020年 | 2021年 | 2022年
---
一、因公出国（境）费 | 1240 | 10.20 | 9.15
二、公务用车购置及运行维护费 | 3620 | 30.10 | 28.40
三、公务接待费 | 2870 | 20.35 | 18.05
合计 | 77.30 | 60.65 | 55.60
""")
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in found)


def test_a_row_is_not_filled_without_a_look_with_what_the_head_of_its_list_alone_prints() -> None:
    """The other heads of the table print nothing: these figures are those of the row below it, a row too high."""
    table = read_document("""
## expenditure_summary 支出决算表 万元
科目编码 | 科目名称 | 合计 | 基本支出
---
合计 | 合计 | 60.00 | 60.00
208 | 社会保障和就业支出 | |
210 | 卫生健康支出 | |
213 | 农林水支出 | 40.00 | 40.00
2130101 | 行政运行 | |
2130102 | 一般行政管理事务 | 10.00 | 10.00
""").tables[0]
    document = replace(read_document(UNITS), tables=(table,))
    sums = [
        Equation(Family.COLUMN_SUM, tuple((CellRef(table.id, row, column), sign) for row, sign in rows))
        for column in (2, 3)
        for rows in (((0, -1), (1, 1), (2, 1), (3, 1)), ((3, -1), (4, 1), (5, 1)))
    ]

    def speaks_against(document: Document) -> bool:
        system = System(Planned.on(document, checks_of(sums)))
        row = tuple((system.variable(CellRef(table.id, 4, column)).number, to_units(Decimal(30))) for column in (2, 3))
        prices = Plausibility(system, FigureIndex(), Constraints())
        return rather_otherwise(prices, (Operation("row_emptied", 3.4, row),))

    assert speaks_against(document)
    filled = table.with_cell(1, 2, Cell("20.00")).with_cell(1, 3, Cell("20.00"))
    assert not speaks_against(replace(document, tables=(filled,)))
