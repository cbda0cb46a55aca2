"""A table beside that of another year's document of the same body."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import ROWS, PageText, analysis, analysis_of, document, table_on
from workbench.model.table import CellRef, Document, Form, ReportKind
from workbench.tui.models.comparison import Pair, compared_over_years, counterpart

HEADER = (("科目编码", "科目名称", "上年预算数", "2024年预算数", "增减额"),)


def of_year(year: int, path: str, basic: str = "640.50") -> Document:
    """A document about a year with a table of two years: of the year before, and of its own."""
    rows = (
        ("210", "卫生健康支出", "600.00", basic, "1.00"),
        ("208", "社会保障和就业支出", "110.00", "120.00", "10.00"),
    )
    if year == 2025:
        rows = (
            ("210", "卫生健康支出", "640.50", "700.00", "1.00"),
            ("208", "社会保障和就业支出", "125.00", "130.00", "5.00"),
        )
    header = (tuple(text.replace("2024", str(year)) for text in HEADER[0]),)
    made, page = document(path), PageText(3)
    table = table_on(page, "t03", "一般公共预算支出表", Form.GENERAL_BUDGET_EXPENDITURE, header, rows)
    return replace(made, fiscal_year=year, tables=(*made.tables, table), title=f"{year}年部门预算")


def years(pair: Pair) -> tuple[int | None, int | None]:
    return pair.periods[0][0], pair.periods[1][0]


def test_last_year_is_held_against_what_was_published_then_and_this_year_against_the_year_before() -> None:
    now, before = of_year(2025, "now.txt"), of_year(2024, "before.txt")
    here = now.table("t03")
    there = counterpart(here, before)
    assert there is not None and there.form is here.form
    pairs = compared_over_years(now, here, before, there)
    told = [(pair.row.split()[-1], years(pair), pair.difference, pair.differs and pair.of_one_period) for pair in pairs]
    assert told[0] == ("社会保障和就业支出", (2024, 2024), Decimal("5.00"), True), (
        "what ought to be the same comes first"
    )
    assert ("卫生健康支出", (2024, 2024), Decimal("0.00"), False) in told
    growth = [(pair.here_text, pair.there_text, pair.change) for pair in pairs if years(pair) == (2025, 2024)]
    assert ("130.00", "120.00", Decimal(10) / 120 * 100) in growth
    assert ("5.00", "10.00", Decimal(-50)) in growth, "changes of two years are no figures of one"


def test_a_plan_and_an_account_of_one_year_may_differ() -> None:
    plan = of_year(2025, "plan.txt")
    account = replace(of_year(2025, "account.txt"), report=ReportKind.FINAL_ACCOUNT)
    header = (tuple(replace(cell, printed=cell.printed.replace("预算", "")) for cell in plan.table("t03").header[0]),)
    here, there = (replace(document.table("t03"), header=header) for document in (plan, account))
    pairs = compared_over_years(plan, here, account, there)
    assert pairs and not any(pair.of_one_period for pair in pairs if "增减" not in pair.column)


def test_a_document_without_such_a_table_has_no_counterpart() -> None:
    now = of_year(2025, "now.txt")
    assert counterpart(now.table("t03"), replace(now, tables=())) is None


async def test_the_other_documents_of_the_body_are_offered_and_enter_goes_to_the_cell_here(tmp_path: Path) -> None:
    made = [analysis_of(of_year(2025, "now.txt")), analysis_of(of_year(2024, "before.txt"))]
    async with running([*made, analysis("other.txt", "白杉市水利局", ROWS)], tmp_path) as it:
        row = next(at for at, line in enumerate(it.queue.lines.lines) if line.key == "now.txt")
        await it.press(*["g", "g"], *["j"] * row, "enter", "2")
        while it.review.look.grid != "t03":
            await it.press("]", "t")
        await it.press("z", "=")
        assert "2024年部门预算" in it.text and "another document of this body" in it.text
        assert "白杉市" not in it.text
        await it.type("2024年部门预算")
        await it.press("enter")
        first = next(line for line in it.lines if "社会保障和就业支出" in line and "125.00" in line)
        assert "✗" in first and "120.00" in first and "+5.00" in first and "+4.2" in first
        await it.press("enter")
        assert it.review.ref() == CellRef("t03", 1, 2) and it.review.entry.key == "now.txt"
