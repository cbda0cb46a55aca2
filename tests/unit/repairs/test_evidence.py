"""What speaks for one repair and against its rivals: other tables, the looks of a column, the source text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.drawn_tables import read_document
from tests.injector.documents import Equation, Planned, checks_of
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Family, Finding, Suggestion
from workbench.model.edit import SetCell, apply_edits
from workbench.model.source import Anchor, Page, SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, Table
from workbench.repairs import Budget, Memory, find_root_causes
from workbench.repairs.constraints import Constraints
from workbench.repairs.evidence.column_style import ColumnStyle
from workbench.repairs.evidence.corroboration import FigureIndex, Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_numbers import countings, cut_numbers
from workbench.repairs.fixed_point import to_units
from workbench.repairs.proposals.cleared_checks import ClearedChecks
from workbench.repairs.proposals.edits import edits_of
from workbench.repairs.proposals.safety import borne_out
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.stories import CHEAPEST, LEAST, softened
from workbench.repairs.system import System

OUTGO = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 161.20 | 96.15 | 65.05
213 | 农林水支出 | 161.20 | 96.15 | 65.05
21301 | 农业农村 | 161.20 | 96.15 | 65.05
2130101 | 行政运行 | {0}
2130102 | 一般行政管理事务 | {1}
2130104 | 事业运行 | 30.00 | 22.15 | 7.85
"""
GENERAL = OUTGO.replace("expenditure_summary 部门支出总表", "general_budget_expenditure 一般公共预算支出表")
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
FIRST, SECOND = "90.20 | 74.00 | 16.20", "41.00 | | 41.00"


def findings_of(text: str, budget: Budget = Budget()) -> tuple[Finding, ...]:  # noqa: B008 - frozen
    return find_root_causes(Reconciliation.of(read_document(text)), budget=budget)


def with_edits(findings: tuple[Finding, ...]) -> list[Suggestion]:
    return [suggestion for finding in findings for suggestion in finding.suggestions if suggestion.edits]


def tables_changed(suggestion: Suggestion) -> set[str]:
    return {edit.ref.table for edit in suggestion.edits if isinstance(edit, SetCell)}


def test_two_tables_that_contradict_each_other_are_equals_and_none_is_safe() -> None:
    swapped = OUTGO.format(SECOND, FIRST) + GENERAL.format(FIRST, SECOND)
    swaps = [s for s in with_edits(findings_of(swapped)) if s.method == "rows_swapped"]
    assert [tables_changed(swap) for swap in swaps[:2]] in ([{"t01"}, {"t02"}], [{"t02"}, {"t01"}])
    assert abs(swaps[0].share - swaps[1].share) < 0.01
    assert all(swap.applicability is not Applicability.SAFE for swap in swaps)


def test_a_third_table_tells_which_of_the_two_it_is() -> None:
    for tables, wrong in (
        (OUTGO.format(SECOND, FIRST) + GENERAL.format(FIRST, SECOND) + INCOME, "t01"),
        (OUTGO.format(FIRST, SECOND) + GENERAL.format(SECOND, FIRST) + INCOME, "t02"),
    ):
        swaps = [s for s in with_edits(findings_of(tables)) if s.method == "rows_swapped"]
        assert tables_changed(swaps[0]) == {wrong}
        assert swaps[0].share > 2 * max((swap.share for swap in swaps[1:]), default=0.0)


def test_a_row_that_prints_the_figure_already_is_no_second_witness() -> None:
    """The row of the same name elsewhere agrees with the total of this row, not with the blank beside it."""
    tables = (
        INCOME
        + """
## government_fund 政府性基金预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 其他支出
---
2130101 | 行政运行 | 90.20 | 90.20 | | 90.20
"""
    )
    document = read_document(tables)
    index = FigureIndex()
    index.update(document)
    support = index.support(CellRef("t02", 0, 4), to_units(Decimal("90.20")))
    assert support is not None
    assert support.same_name
    assert not support.independent


def one_column(figures: dict[str, str], total: str) -> Reconciliation:
    """A list of figures with a total on top: nothing but their sum tells."""
    lines = "\n".join(f"{name} | {figure}" for name, figure in figures.items())
    return summed(read_document(f"## assets 资产情况表 万元\n项目 | 价值\n---\n合计 | {total}\n{lines}\n"))


def summed(document: Document) -> Reconciliation:
    """The first row is the sum of the others, and nothing else is known."""
    parts = tuple((CellRef("t01", row, 1), -1) for row in range(1, len(document.tables[0].rows)))
    return Planned.on(document, checks_of([Equation(Family.COLUMN_SUM, ((CellRef("t01", 0, 1), 1), *parts))]))


def test_the_only_negative_of_a_column_slipped_rather_than_a_blank() -> None:
    figures = {"房屋": "30.50", "车辆": "-41.25", "设备": "", "家具": "", "其他": "12.30"}
    suggestions = with_edits(find_root_causes(one_column(figures, "84.05")))
    assert suggestions[0].method == "sign"
    assert [edit.after for edit in suggestions[0].edits if isinstance(edit, SetCell)] == ["41.25"]


def test_a_total_of_zero_with_one_part_is_never_safe() -> None:
    """As likely the part stands where none belongs."""
    figures = {"房屋": "0.00", "车辆": "80.00", "设备": "0.00"}
    suggestions = with_edits(find_root_causes(one_column(figures, "0.00")))
    assert {edit.ref.row for s in suggestions for edit in s.edits if isinstance(edit, SetCell)} == {0, 2}
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in suggestions)


def test_a_figure_of_the_source_that_no_cell_has_goes_to_the_row_it_stands_on() -> None:
    """Two blanks could hold what the sum misses; the text has the figure on the line of one of them."""
    text = "合计 90.00\n房屋 30.00\n车辆\n设备 60.00\n"
    page = Page(1, text)
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "none/1", (page,))

    def cell(part: str) -> Cell:
        at = text.index(part)
        return Cell(part, (Anchor(1, at, at + len(part)),))

    rows = (
        (cell("合计"), cell("90.00")),
        (cell("房屋"), cell("30.00")),
        (cell("车辆"), Cell("")),
        (cell("设备"), Cell("")),
    )
    table = Table("t01", "资产情况表", Form.ASSETS, "万元", ((Cell("项目"), Cell("价值")),), rows, (1,))
    document = Document(source, "青禾县财政局", 2024, ReportKind.BUDGET, "万元", (table,))
    suggestions = with_edits(find_root_causes(summed(document)))
    refs = [edit.ref for suggestion in suggestions for edit in suggestion.edits if isinstance(edit, SetCell)]
    assert refs[0] == CellRef("t01", 3, 1)
    assert suggestions[0].share > 2 * suggestions[1].share


def test_operations_on_one_row_make_edits_that_fit() -> None:
    """A run moves over a cell that another operation changes: the edits can be carried out one after another."""
    document = read_document(OUTGO.format("41.00 | 41.00 | ", SECOND))
    workshop = Workshop.of(Reconciliation.of(document), Constraints(), Budget(), Memory())
    refs = [CellRef("t01", 3, column) for column in (2, 3, 4)]
    numbers = [workshop.system.variable(ref).number for ref in refs]
    shifted = Operation(
        "shifted_column",
        3.4,
        ((numbers[0], 0), (numbers[2], to_units(Decimal(41)))),
        ((refs[0], ""), (refs[2], "41.00")),
    )
    changed = Operation("digit_lost", 3.0, ((numbers[1], to_units(Decimal(410))),))
    after = apply_edits(document, edits_of((changed, shifted), workshop.system, workshop.plausibility))
    assert [after.cell(ref).text for ref in refs] == ["", "410.00", "41.00"]


SPLIT = """
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 一般公共预算 | 政府性基金
---
合计 | 800.00 | 560.00 | 240.00
"""


def split_rows(count: int) -> str:
    """Rows of one table whose figures stand on a line of their own."""
    lines = [f"专项工作经费{n} | 100.00 |  | \n | | 70.00 | 30.00" for n in range(count)]
    lines += [f"业务经费{n} | 100.00 | 70.00 | 30.00" for n in range(8 - count)]
    return SPLIT + "\n".join(lines) + "\n"


def test_what_the_budget_does_not_reach_is_said_to_be_incomplete_and_never_safe(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    met = []
    after = Reconciliation.after

    def counted(self: Reconciliation, *arguments: object) -> Reconciliation:
        met.append(arguments)
        return after(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Reconciliation, "after", counted)
    full = findings_of(split_rows(3))
    assert all(finding.suggestions[0].method == "row_split" for finding in full)
    assert not any(finding.incomplete for finding in full)
    many = len(met)
    met.clear()
    poor = findings_of(split_rows(3), Budget(cells=1))
    assert 0 < len(met) < many
    assert [finding.incomplete for finding in poor].count(True) >= len(poor) - 1
    assert [finding.suggestions[0].method for finding in poor] == ["row_split"] * len(poor)
    safe = [f for f in poor for s in f.suggestions if s.applicability is Applicability.SAFE]
    assert all(not finding.incomplete for finding in safe)


def test_a_row_adds_up_across_as_the_others_do_though_no_check_says_so() -> None:
    """The blank beside the figure, or the figure moved into it: only then is the row the sum of its columns still."""
    rows = "\n".join(f"专项工作经费{n} | {n + 3}0.50 | {n}0.00 | 30.50" for n in range(1, 7))
    document = read_document(
        f"## project_expenditure 项目支出表 万元\n项目名称 | 合计 | 基本支出 | 项目支出\n---\n{rows}\n业务经费 | 45.75 | 45.75 | \n"
    )
    other = read_document("## assets 资产情况表 万元\n项目 | 价值\n---\n其他 | 45.75\n").tables[0]
    document = replace(document, tables=(*document.tables, replace(other, id="t02")))
    asked = Equation(Family.CROSS_TABLE, ((CellRef("t01", 6, 3), 1), (CellRef("t02", 0, 1), -1)))
    first = find_root_causes(Planned.on(document, checks_of([asked])))[0].suggestions[0]
    after = apply_edits(document, first.edits)
    assert [after.cell(CellRef("t01", 6, column)).text for column in (1, 2, 3)] == ["45.75", "", "45.75"]


def test_pieces_that_fit_are_likelier_than_a_lost_end_beside_a_stray_figure() -> None:
    """However well the whole figure is corroborated, a change of one cell alone leaves the other piece standing."""
    split = OUTGO.format("90.20 | 74.00 | 16.20", "41 | .00 | 41.00")
    cut = split.replace("41 | .00 | 41.00", "4 | 1.00 | 41.00")
    suggestion = with_edits(findings_of(cut + GENERAL.format(FIRST, SECOND) + INCOME))[0]
    assert suggestion.method == "figure_split"
    assert [edit.after for edit in suggestion.edits if isinstance(edit, SetCell)] == ["41.00", ""]


def test_a_figure_is_rather_missing_on_a_row_that_prints_others() -> None:
    findings = findings_of("""
## assets 国有资产占用情况表 万元
项目 | 数量 | 价值
---
资产总额 | | 104.06
1.房屋 | |
2.车辆 | 2 |
3.设备 | |
4.其他 | 196 | 72.34
""")
    first, second = with_edits(findings)[:2]
    assert first.method == "figure_dropped"
    assert [edit.ref.row for edit in first.edits if isinstance(edit, SetCell)] == [2]
    assert first.share > second.share


def test_a_part_that_prints_the_total_again_is_no_part_that_the_total_leaves_out() -> None:
    findings = findings_of("""
## assets 国有资产占用情况表 万元
项目 | 数量 | 价值
---
资产总额 | | 104.06
1.房屋 | | 104.06
2.车辆 | 2 | 31.72
4.其他 | 196 | 72.34
""")
    assert "part_left_out" not in {suggestion.method for suggestion in with_edits(findings)}
    assert with_edits(findings)[0].edits[0].ref.row == 1  # type: ignore[union-attr]


def column_of(printed: list[str], *sums: tuple[int, ...], beside: tuple[tuple[str, str], ...] = ()) -> Planned:
    """One column of figures under labels of their own, with sums of rows (the total first), and another table that
    prints labels and figures."""
    rows = "".join(f"项目{'甲乙丙丁戊己庚辛壬癸子丑'[place]} | {text}\n" for place, text in enumerate(printed))
    other = "## other 另一表 万元\n项目 | 金额\n---\n" + "".join(f"{label} | {text}\n" for label, text in beside)
    document = read_document("## other 一表 万元\n项目 | 金额\n---\n" + rows + (other if beside else ""))
    equations = [
        Equation(
            Family.COLUMN_SUM, tuple((CellRef("t01", row, 1), -1 if place else 1) for place, row in enumerate(terms))
        )
        for terms in sums
    ]
    return Planned.on(document, checks_of(equations))


def first_edit(planned: Planned) -> tuple[int, str]:
    edit = with_edits(find_root_causes(planned))[0].edits[0]
    assert isinstance(edit, SetCell)
    return edit.ref.row, edit.after


def test_of_many_blanks_none_is_likelier_than_a_figure_that_lost_a_digit() -> None:
    planned = column_of(["312.90", "46.20", "26.70", *[""] * 8], tuple(range(11)))
    first, second = with_edits(find_root_causes(planned))[:2]
    assert first_edit(planned) == (2, "266.70")
    assert (first.method, second.method) == ("digit_lost", "figure_dropped")
    assert first.share > 5 * second.share


def test_a_total_with_one_part_left_is_not_borne_out_by_that_part() -> None:
    printed = ["100.00", "55.40", "44.60", "100.00", "61.30", ""]
    assert first_edit(column_of(printed, (0, 1, 2), (3, 4, 5))) == (5, "38.70")


def test_what_another_table_prints_by_the_same_name_need_not_fit_to_the_last_place() -> None:
    planned = column_of(["400.00", "50.00", "23.28", ""], (0, 1, 2, 3), beside=(("项目丁", "326.71"),))
    assert first_edit(planned) == (3, "326.71")


def test_an_unreadable_cell_is_never_safely_read_as_one_of_the_two_figures_that_it_holds() -> None:
    planned = column_of(["131.20", "101.20", "30.0012.00"], (0, 1, 2))
    assert first_edit(planned) == (2, "30.00")
    assert {s.applicability for s in with_edits(find_root_causes(planned))} == {Applicability.UNSAFE}
    assert with_edits(find_root_causes(column_of(["131.20", "101.20", "3O.00"], (0, 1, 2))))[0].applicability is (
        Applicability.SAFE
    )


def said_alike(
    text: str, tables: tuple[str, ...], cells: tuple[tuple[int, int], ...], *own: Equation
) -> list[Suggestion]:
    """What is suggested for a document whose other tables print in their first row what the first table should."""
    equations = [
        *own,
        *(
            Equation(Family.CROSS_TABLE, ((CellRef(table, 0, column), 1), (CellRef("t01", row, column), -1)))
            for table in tables
            for row, column in cells
        ),
    ]
    return with_edits(find_root_causes(Planned.on(read_document(text), checks_of(equations))))


def test_figures_handed_on_from_cell_to_cell_are_never_safe() -> None:
    """The figures of the first table stand a column beside their places, and one of them would be lost."""
    head = "项目 | 小计 | 购置费 | 运行费\n---\n"
    text = f"## other 一表 万元\n{head}合计 | 75.00 | 38.76 | 507.25\n"
    text += "".join(f"## other {name}表 万元\n{head}合计 | 113.76 | 75.00 | 38.76\n" for name in "二三")
    across = Equation(
        Family.ROW_SUM, tuple((CellRef("t01", 0, column), -1 if column > 1 else 1) for column in (1, 2, 3))
    )
    suggestions = said_alike(text, ("t02", "t03"), ((0, 1), (0, 2), (0, 3)), across)
    assert suggestions
    assert all(suggestion.applicability is not Applicability.SAFE for suggestion in suggestions)


def test_a_figure_put_into_a_column_without_any_is_never_safe() -> None:
    rows = "".join(f"项目{name} | 0.00\n" for name in "甲乙丙丁")
    other = "项目 | 上年\n---\n合计 | 45.00\n"
    text = f"## other 一表 万元\n项目 | 上年\n---\n{rows}合计 | 0.00\n## other 二表 万元\n{other}## other 三表 万元\n{other}"
    suggestions = said_alike(text, ("t02", "t03"), ((4, 1),))
    assert [edit.after for edit in suggestions[0].edits if isinstance(edit, SetCell)] == ["45.00"]
    assert suggestions[0].applicability is Applicability.UNSAFE
    filled = said_alike(text.replace("项目甲 | 0.00", "项目甲 | 12.30"), ("t02", "t03"), ((4, 1),))
    assert filled[0].applicability is Applicability.SAFE


def test_a_row_put_in_is_never_safe_where_a_figure_of_its_table_cannot_be_read() -> None:
    """The row may stand in the one that cannot be read."""

    def safe(text: str) -> bool:
        reconciliation = Reconciliation.of(read_document(text))
        workshop = Workshop.of(reconciliation, Constraints(), Budget(), Memory())
        results = [result for result in reconciliation.failures if workshop.system.equation_of(result) is not None]
        shifts = tuple((number, 1) for number in range(len(results)))
        row = Operation(
            "row_lost", 3.2, (), support=Support(CellRef("t02", 4, 2), same_name=True), shifts=shifts, table="t01"
        )
        checks = {result.check.id: frozenset({"t01"}) for result in results}
        return borne_out(workshop.plausibility, (row,), ClearedChecks(checks, frozenset(checks)), 1.0)

    lost = OUTGO.format(FIRST, SECOND).replace("2130102 | 一般行政管理事务 | 41.00 | | 41.00\n", "")
    assert safe(lost)
    assert not safe(lost.replace("90.20 | 74.00", "90.20 | 74.0.0"))


def test_a_figure_is_odd_beside_many_of_other_decimals_and_not_beside_one() -> None:
    def column(*texts: str) -> ColumnStyle:
        rows = "\n".join(f"项目{n} | {text}" for n, text in enumerate(texts))
        document = read_document(f"## other 其他表 万元\n名称 | 金额\n---\n{rows}")
        system = System(Reconciliation.of(document))
        return TableLayout(document.tables[0], system).style(1)

    mixed = column("1719.6", "12.75", "4.02", "86.31", "7.5")
    assert 0 < mixed.oddness("1719.6") < column("1719.6", *["12.75"] * 3).oddness("1719.6") < 1
    assert column("1719.6", *["12.75"] * 8).oddness("1719.6") == 1
    assert column("1719.6", "12.75").oddness("1719.6") == 0
    assert mixed.oddness("12.75") == 0


def test_evidence_below_the_least_cost_still_orders_changes() -> None:
    assert softened(2.0, LEAST) == 2.0
    assert CHEAPEST <= softened(-9.0, LEAST) < softened(-1.0, LEAST) < softened(0.5, LEAST) < LEAST


def test_what_the_source_prints_under_a_cell_is_looked_at_whatever_its_sums_ask_for() -> None:
    """Two slips in one sum: neither is what the sum asks for as long as the other one stands."""
    lines = ["合计 | 161.20", "教育支出 | 30.00", "农林水支出 | 131.20"]
    page = Page(1, "\n".join(lines))

    def cell(text: str, printed: str = "") -> Cell:
        start = page.text.index(text)
        return Cell(printed or text, (Anchor(1, start, start + len(text)),))

    rows = (
        (cell("合计"), cell("161.20")),
        (cell("教育支出"), cell("30.00", "98.75")),
        (cell("农林水支出"), cell("131.20", "44.06")),
    )
    header = ((Cell("支出功能分类"), Cell("预算数")),)
    table = Table("t01", "部门支出总表", Form.EXPENDITURE_SUMMARY, "万元", header, rows, (1,))
    source = SourceDocument("青禾县.txt", "0" * 64, "text/plain", "text/1", (page,))
    document = Document(source, "", 2024, ReportKind.BUDGET, "万元", (table,))
    first = find_root_causes(Reconciliation.of(document))[0].suggestions[0]
    after = apply_edits(document, first.edits)
    assert [row[1].text for row in after.tables[0].rows] == ["161.20", "30.00", "131.20"]


def test_a_digit_too_many_is_taken_out_where_other_tables_print_the_sum_a_last_place_off() -> None:
    """The figure without it is no more than rounding away from theirs, which its own decimals hid."""
    rows = "".join(f"项目{name} | 1{number}.35\n" for number, name in enumerate("甲乙丙丁戊己"))
    text = f"## other 一表 万元\n项目 | 金额\n---\n合计 | 326.722\n{rows}"
    others = (("二", "326.71"), ("三", "326.71"), ("四", "326.72"), ("五", "326.72"))
    text += "".join(f"## other {name}表 万元\n项目 | 金额\n---\n合计 | {printed}\n" for name, printed in others)
    first = said_alike(text, ("t02", "t03"), ((0, 1),))[0]
    assert [edit.after for edit in first.edits if isinstance(edit, SetCell)] == ["326.72"]
    assert len(first.clears) == 2


def test_words_and_numbers_in_circles_among_the_numbers_of_rows_are_no_numbers() -> None:
    rows = "\n".join(f"{number} | 项目{number} | 1.00" for number in ("1", "2", "3", "4", "合 计", "①"))
    document = read_document(f"## other 其他表 万元\n序号 | 名称 | 金额\n---\n{rows}")
    layout = TableLayout(document.tables[0], System(Reconciliation.of(document)))
    assert countings(layout) == (0,)
    assert not any(cut_numbers(layout, row) for row in range(6))


def test_the_number_of_a_row_is_no_witness_of_a_figure() -> None:
    text = """
## income_expenditure_summary 收入支出决算总表 万元
项目 | 行次 | 金额
---
一、财政拨款收入 | 16 | 139.30
二、事业收入 | 17 | 5.00
本年收入合计 | 18 | 144.30
"""
    index = FigureIndex()
    index.update(read_document(text))
    assert index.support(CellRef("t01", 0, 2), to_units(Decimal(17))) is None
    assert index.support(CellRef("t01", 0, 2), to_units(Decimal(5))) == Support(CellRef("t01", 1, 2), same_name=False)
