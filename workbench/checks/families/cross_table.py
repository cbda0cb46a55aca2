"""Figures that two statements must share.

Only where the equality follows. 收入总表 and 支出总表 total what 收支总表 totals, of the year or with what is carried,
as their columns say. 财政拨款收支总表 comprises 一般公共预算, 政府性基金 and 国有资本经营预算 and nothing else.
基本支出表 breaks down the 基本支出 of the general budget. The general budget is part of all expenditure: where the
totals are the same, every class and code is; else each is at most its counterpart. Everything less sure (economic
items inside 三公经费, project forms against 项目支出) is weak:
made only where the figures bear it out but for one slip.

Tolerance: half a unit of the last printed place a term, the coarser unit's where units differ. Source: the statement
templates of 部门预算 and 部门决算 and the relations between tables that they state (表间关系).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.families.links.accounts import ACCOUNT_FORMS, account_links
from workbench.checks.families.links.codes import CLASS_FORMS, class_links, code_links
from workbench.checks.families.links.economic import (
    AGAIN_FORMS,
    CLASSIFIED_FORMS,
    classified_links,
    public_again,
    public_links,
)
from workbench.checks.families.links.flows import FLOW_FORMS, flow_links
from workbench.checks.families.links.indicators import indicator_links
from workbench.checks.families.links.linking import equal, nearly_same
from workbench.checks.families.links.natures import NATURE_FORMS, nature_links
from workbench.checks.families.links.projects import project_links
from workbench.checks.families.links.sources import (
    CARRY_FORMS,
    ITEM_FORMS,
    PROJECT_FORMS,
    carried_links,
    item_links,
    project_fund_links,
)
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.statements.agreement import Cells, agree
from workbench.checks.families.statements.sets import StatementSet, statement_sets
from workbench.checks.families.statements.statement import Statement
from workbench.checks.families.support import one_slip_apart
from workbench.fiscal.forms import FUND_STATEMENTS
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import Form, ReportKind


def build(context: Context) -> Iterator[Check]:
    """The links between the statements of each set."""
    for statements in statement_sets(context):
        for name, forms, links in _LINKS:
            yield from statements.checks(name, forms, links, asking=True)
        yield from project_links(context, statements)
    yield from indicator_links(context)


def _carried(key: str) -> bool:
    return vocabulary().rows["carry"].fit(key)


def _next_year(key: str) -> bool:
    return vocabulary().columns["closing"].fit(key)


# 收支总表 against 收入总表 and 支出总表


def _income(context: Context, statements: StatementSet) -> Iterator[Check]:
    summary, income = statements.first(Form.INCOME_EXPENDITURE_SUMMARY), statements.first(Form.INCOME_SUMMARY)
    if summary is None or income is None:
        return
    panel = summary.income_panel
    readings = [summary.year_total(panel), summary.grand_total(panel)]
    if income.has_column(_carried):
        readings.reverse()
    yield from _total(context, "收入", readings, income)
    yield from _fund_columns(context, summary, income)


def _expenditure(context: Context, statements: StatementSet) -> Iterator[Check]:
    summary, spending = statements.first(Form.INCOME_EXPENDITURE_SUMMARY), statements.first(Form.EXPENDITURE_SUMMARY)
    if summary is None or spending is None:
        return
    panel = summary.expenditure_panel
    readings = [summary.year_total(panel), summary.grand_total(panel)]
    if spending.has_column(_next_year):
        readings.reverse()
    # Some print what the year's own income pays for, without what was carried over.
    readings.append(summary.year_total(summary.income_panel))
    yield from _total(context, "支出", readings, spending)


def _both_sides(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The totals of income and expenditure of a budget that prints no 收支总表. What is carried may be in one of them
    only, so they are held against each other where they are the same, or would be but for one slip, as printed."""
    income, spending = statements.first(Form.INCOME_SUMMARY), statements.first(Form.EXPENDITURE_SUMMARY)
    if statements.first(Form.INCOME_EXPENDITURE_SUMMARY) is not None or income is None or spending is None:
        return
    if context.own(income.table).report is not ReportKind.BUDGET or len(income.total) != 1 or len(spending.total) != 1:
        return
    factor = context.in_unit_of(spending.table, context.unit_of(income.table))
    figures = [printed_figure(each.table, each.total[0].row, each.total[0].column) for each in (income, spending)]
    ours, theirs = (figure.value for figure in figures)
    if factor is None or ours is None or theirs is None:
        return
    if abs(ours - theirs * factor) <= figures[0].half_unit or one_slip_apart(ours, theirs * factor):
        title = Message("The total of income is the total of expenditure.", "收入表的合计等于支出表的合计。")
        yield from equal(context, income.total, spending.total, title, weak=True)


def _total(context: Context, side: str, readings: Sequence[Cells], statement: Statement) -> Iterator[Check]:
    """The total of a statement against that of the summary: the likelier of its two totals, or the one that agrees."""
    english = {"收入": "income", "支出": "expenditure"}[side]
    readings = [reading for reading in dict.fromkeys(readings) if reading]
    if not readings or not statement.total:
        return
    chosen = next((reading for reading in readings if agree(context, reading, statement.total)), readings[0])
    title = Message(
        f"The total {english} of the summary is that of the {english} statement.",
        f"收支总表的{side}总数等于{side}表的合计。",
    )
    yield from equal(context, chosen, statement.total, title)


def _fund_columns(context: Context, summary: Statement, income: Statement) -> Iterator[Check]:
    """Each source of income, row of the summary against column of the income statement.

    Where the statement totals what is carried over too and has no column of it, its columns comprise what is carried of
    each source: only those that are the same, or would be but for one slip, are the income of the year.
    """
    rows = summary.funds()
    row = income.total_row
    if row is None:
        return
    panel = summary.income_panel
    year, grand = (
        agree(context, total, income.total) for total in (summary.year_total(panel), summary.grand_total(panel))
    )
    with_carried = grand is True and year is False and not income.has_column(_carried)
    grants = tuple(cell for name in FUND_STATEMENTS for cell in rows.get(name, ())) if "general" in rows else ()
    for name, words in vocabulary().funds.items():
        if name == "carry":
            continue
        cells = income.total_in(words.fit)
        left = rows.get(name, ())
        if name == "grant" and not left:
            left = grants
        if len(cells) != 1 or not left or (len(left) > 1 and left is not grants):
            continue
        if not with_carried or nearly_same(context, (left, cells)):
            label = "、".join(dict.fromkeys(context.label(cell) for cell in left))
            title = Message(f"{label} is the same in the income statement.", f"{label}与收入表一致。")
            yield from equal(context, left, cells, title)


# 财政拨款收支总表 against the statements of its funds


def _grants(context: Context, statements: StatementSet) -> Iterator[Check]:
    grant = statements.first(Form.FISCAL_GRANT_SUMMARY)
    if grant is None:
        return
    summary = statements.first(Form.INCOME_EXPENDITURE_SUMMARY)
    if summary is not None:
        yield from _grant_income(context, summary, grant)
    panel = grant.expenditure_panel
    row = grant.year_row(panel)
    if panel is None or row is None:
        return
    divided = False
    for name, form in FUND_STATEMENTS.items():
        columns = grant.columns(vocabulary().funds[name].fit, panel.number)
        for statement in list(statements.all(form))[:1]:
            spent = _spent(statement)
            if len(columns) == 1 and len(panel.amounts) > 1:
                divided = True
                cell = (grant.structure.cell(row, panel.amounts.index(columns[0])),)
                # Some print what the year's own income pays for, without what was carried over.
                income = grant.funds().get(name, ())
                if len(income) == 1 and agree(context, income, spent) and not nearly_same(context, (cell, spent)):
                    cell = income
                title = Message(
                    f"{context.label(cell[0])} is the total of {statement.table.title}.",
                    f"{context.label(cell[0])}等于{statement.table.title}的合计。",
                )
                yield from equal(context, cell, spent, title)
    if divided or len(panel.amounts) > 1:
        return
    parts = tuple(
        cell
        for form in FUND_STATEMENTS.values()
        for statement in list(statements.all(form))[:1]
        for cell in _spent(statement)
    )
    general = statements.first(Form.GENERAL_BUDGET_EXPENDITURE)
    if general is not None and general.total and parts:
        title = Message(
            "The expenditure from fiscal grants is that of the general budget, the funds and the state capital budget.",
            "财政拨款支出等于一般公共预算、政府性基金和国有资本经营预算支出之和。",
        )
        yield from equal(context, grant.year_total(panel), parts, title, blank_as_zero=True)


def _spent(statement: Statement) -> Cells:
    """What a fund's statement says was spent: its 本年支出, else its total."""
    spent = statement.total_in(vocabulary().columns["spent"].fit)
    return spent if len(spent) == 1 else statement.total


def _grant_income(context: Context, summary: Statement, grant: Statement) -> Iterator[Check]:
    ours, theirs = summary.funds(), grant.funds()
    for name in FUND_STATEMENTS:
        left, right = ours.get(name, ()), theirs.get(name, ())
        if len(left) == 1 and len(right) == 1:
            label = context.label(left[0])
            title = Message(
                f"{label} is the same in the statement of fiscal grants.", f"{label}与财政拨款收支总表一致。"
            )
            yield from equal(context, left, right, title)
    left = ours.get("grant", ())
    right = grant.year_total(grant.income_panel)
    if len(left) == 1 and right and "grant" not in theirs:
        title = Message(
            "The fiscal grants of the summary are the income of the statement of fiscal grants.",
            "收支总表的财政拨款收入等于财政拨款收支总表的本年收入。",
        )
        if agree(context, left, right) is not False:
            yield from equal(context, left, right, title)


# 基本支出表


def _basic(context: Context, statements: StatementSet) -> Iterator[Check]:
    tables = list(statements.all(Form.BASIC_EXPENDITURE))
    for basic in tables:
        readings = list(_basic_readings(statements, basic)) if basic.total else []
        agreeing = [reading for reading in readings if agree(context, reading[1], basic.total)]
        if not readings or not (agreeing or _shows_all(readings[0], tables)):
            continue
        statement, cells = (agreeing or readings)[0]
        title = Message(
            f"The basic expenditure of {statement.table.title} is the total of {basic.table.title}.",
            f"{statement.table.title}的基本支出等于{basic.table.title}的合计。",
        )
        yield from equal(context, cells, basic.total, title)


def _basic_readings(statements: StatementSet, basic: Statement) -> Iterator[tuple[Statement, Cells]]:
    """What may be the total of a 基本支出表: the 基本支出 of the general budget and of all expenditure,
    likelier first."""
    forms = [Form.GENERAL_BUDGET_EXPENDITURE, Form.EXPENDITURE_SUMMARY]
    title = basic.table.title
    if not ("一般公共" in title or "财政拨款" in title or basic.has_column(_of_general_budget)):
        forms.reverse()
    for form in forms:
        statement = statements.first(form)
        cells = statement.total_in(vocabulary().columns["basic"].fit) if statement is not None else ()
        if statement is not None and cells:
            yield statement, cells


def _shows_all(reading: tuple[Statement, Cells], tables: Sequence[Statement]) -> bool:
    """Whether a 基本支出表 that agrees with nothing must: the only one of its set, beside the general budget's own
    statement. Of several each may show a part (工资福利支出, 商品和服务支出)."""
    statement, cells = reading
    general = statement.table.form is Form.GENERAL_BUDGET_EXPENDITURE
    return general and len(cells) == 1 and len(tables) == 1


def _of_general_budget(key: str) -> bool:
    return "一般公共预算" in key


_FUND_FORMS = tuple(FUND_STATEMENTS.values())
_LINKS = (
    ("income", (Form.INCOME_EXPENDITURE_SUMMARY, Form.INCOME_SUMMARY), _income),
    ("expenditure", (Form.INCOME_EXPENDITURE_SUMMARY, Form.EXPENDITURE_SUMMARY), _expenditure),
    ("both sides", (Form.INCOME_EXPENDITURE_SUMMARY, Form.INCOME_SUMMARY, Form.EXPENDITURE_SUMMARY), _both_sides),
    ("grants", (Form.FISCAL_GRANT_SUMMARY, Form.INCOME_EXPENDITURE_SUMMARY, *_FUND_FORMS), _grants),
    ("flows", FLOW_FORMS, flow_links),
    ("carried", CARRY_FORMS, carried_links),
    ("items", ITEM_FORMS, item_links),
    ("projects by fund", PROJECT_FORMS, project_fund_links),
    ("projects by account", ACCOUNT_FORMS, account_links),
    ("natures", NATURE_FORMS, nature_links),
    ("basic", (Form.BASIC_EXPENDITURE, Form.GENERAL_BUDGET_EXPENDITURE, Form.EXPENDITURE_SUMMARY), _basic),
    ("classes", CLASS_FORMS, class_links),
    ("codes", (Form.EXPENDITURE_SUMMARY, *_FUND_FORMS), code_links),
    ("public items", (Form.THREE_PUBLIC, Form.BASIC_EXPENDITURE), public_links),
    ("public items again", AGAIN_FORMS, public_again),
    ("economic totals", CLASSIFIED_FORMS, classified_links),
)
"""The links by name, each with the forms that it follows from."""
