"""Functional classes and codes that statements share: 收支总表, 财政拨款收支总表,
支出总表 and the statements of the funds.

The expenditure of a fund is part of all expenditure. Where the totals of two statements agree, every class and every
code must; where they do not, each item of the part is at most its counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.families.links.linking import at_most, equal, no_amount
from workbench.checks.families.statements.agreement import Cells, agree, ratio
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement, fund_of
from workbench.checks.structure.columns import Column
from workbench.fiscal.forms import EXPENDITURE_BY_FUNCTION, FUND_STATEMENTS
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.table import Form

CLASS_FORMS = (Form.INCOME_EXPENDITURE_SUMMARY, Form.FISCAL_GRANT_SUMMARY, *EXPENDITURE_BY_FUNCTION)
"""The forms that `class_references` and `class_links` follow from."""


@dataclass(frozen=True)
class ClassReference:
    """A summary, the column of its classes, and the coded statement that must print the same classes."""

    summary: Statement
    column: Column
    coded: Statement

    def cells(self, code: str) -> Cells:
        """The cells of a class in the summary; none where it has no row of that class."""
        panel = self.summary.expenditure_panel
        labels = self.summary.class_rows.get(code, ())
        return self.summary.cells_of(labels, panel.amounts.index(self.column)) if panel is not None else ()


def class_references(context: Context, statements: StatementSet) -> Iterator[ClassReference]:
    """The summaries whose totals agree with those of a coded statement, so that each class must."""
    spending = statements.first(Form.EXPENDITURE_SUMMARY)
    general = statements.first(Form.GENERAL_BUDGET_EXPENDITURE)
    for summary in statements.all(Form.INCOME_EXPENDITURE_SUMMARY, Form.FISCAL_GRANT_SUMMARY):
        panel = summary.expenditure_panel
        row = summary.year_row(panel)
        if panel is None or row is None or len(summary.class_rows) < 2:
            continue
        whole = summary.year_total(panel)
        column = next(column for column in panel.amounts if column.index == whole[0].column)
        if summary.table.form is Form.FISCAL_GRANT_SUMMARY:
            divided = list(_fund_references(context, statements, summary))
            yield from divided
            references = () if divided else (general,)
        else:
            references = (spending,) if spending is not None and spending.coded else (general,)
        for coded in references:
            if coded is None or not coded.coded or not coded.total:
                continue
            if agree(context, whole, coded.total) or agree(context, summary.grand_total(panel), coded.total):
                yield ClassReference(summary, column, coded)


def _fund_references(context: Context, statements: StatementSet, summary: Statement) -> Iterator[ClassReference]:
    """A summary that tells the funds apart, column by column against the statements of the funds."""
    panel = summary.expenditure_panel
    row = summary.year_row(panel)
    if panel is None or row is None or len(panel.amounts) < 2:
        return
    for name, form in FUND_STATEMENTS.items():
        coded = statements.first(form)
        columns = summary.columns(vocabulary().funds[name].fit, panel.number)
        if coded is None or not coded.coded or len(columns) != 1 or len(coded.total) != 1:
            continue
        cell = (summary.structure.cell(row, panel.amounts.index(columns[0])),)
        if agree(context, cell, coded.total):
            yield ClassReference(summary, columns[0], coded)


def class_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """Each class line of the summaries against the coded statements and against each other."""
    for reference in class_references(context, statements):
        other = _total_column(reference.coded)
        for code in reference.summary.class_rows if other is not None else ():
            cells = reference.coded.class_cells(code, other) if other is not None else ()
            if cells:
                left = reference.cells(code)
                title = _same_class(context, left, reference.coded)
                yield from equal(context, left, cells, title, blank_as_zero=True)
    yield from _summaries(context, statements)


def _summaries(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The classes of 收支总表 and 财政拨款收支总表, where their totals agree."""
    summary, grant = statements.first(Form.INCOME_EXPENDITURE_SUMMARY), statements.first(Form.FISCAL_GRANT_SUMMARY)
    if summary is None or grant is None:
        return
    first, second = summary.year_total(summary.expenditure_panel), grant.year_total(grant.expenditure_panel)
    if not first or not second or not agree(context, first, second):
        return
    ours, theirs = summary.class_rows, grant.class_rows
    for code in ours if len(ours) > 1 and len(theirs) > 1 else ():
        if code in theirs:
            left = summary.cells_of(ours[code], _place_of(summary, first))
            right = grant.cells_of(theirs[code], _place_of(grant, second))
            yield from equal(context, left, right, _same_class(context, left, grant), blank_as_zero=True)


def _same_class(context: Context, left: Cells, other: Statement) -> Message:
    label = context.label(left[0])
    return Message(f"{label} is the same in 《{other.table.title}》.", f"{label}与《{other.table.title}》一致。")


def _place_of(statement: Statement, cells: Cells) -> int:
    panel = statement.expenditure_panel
    indices = [column.index for column in panel.amounts] if panel is not None else []
    return indices.index(cells[0].column)


def _total_column(statement: Statement) -> Column | None:
    if len(statement.total) != 1:
        return None
    return next(
        (c for panel in statement.structure.panels for c in panel.amounts if c.index == statement.total[0].column), None
    )


def code_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """The codes of 支出总表 against those of the funds: the general budget, or the first funds whose totals make it."""
    spending = statements.first(Form.EXPENDITURE_SUMMARY)
    found = [statements.first(form) for form in FUND_STATEMENTS.values()]
    funds = [fund for fund in found if fund is not None and fund.coded and fund.total]
    if spending is None or not spending.coded or not spending.total or not funds or funds[0] is not found[0]:
        return
    if spending.has_units or any(fund.has_units for fund in funds):
        return
    for count in range(1, len(funds) + 1):
        totals = tuple(cell for fund in funds[:count] for cell in fund.total)
        if agree(context, spending.total, totals):
            yield from _same_codes(context, spending, funds[:count])
            return
    yield from _bounded_codes(context, spending, funds[0])


def _same_codes(context: Context, spending: Statement, funds: Sequence[Statement]) -> Iterator[Check]:
    """Every code of all expenditure is what the funds spend on it together."""
    codes = {code for fund in funds for code in fund.by_code}
    missing = [code for code in spending.by_code if code not in codes]
    extra = [code for code in codes if code not in spending.by_code]
    weak = bool(missing or extra)
    columns = tuple(_common_columns(spending, funds))
    for code in spending.by_code:
        if code not in codes:
            continue
        for theirs, ours in columns:
            left = tuple(
                cell
                for fund, column in zip(funds, ours, strict=True)
                if code in fund.by_code
                for cell in fund.class_cells(code, column)
            )
            right = spending.class_cells(code, theirs)
            label = context.label(left[0])
            title = Message(
                f"{label} is the same in 《{spending.table.title}》.", f"{label}与《{spending.table.title}》一致。"
            )
            if len(left) > 1:
                left, right = right, left
                title = Message(f"{label} is what the funds spend on it together.", f"{label}等于各项资金支出之和。")
            yield from equal(context, left, right, title, blank_as_zero=True, weak=weak)
    yield from _alone(context, spending, funds, missing)
    for fund in funds:
        yield from _alone(context, fund, (spending,), [code for code in fund.by_code if code in extra])


def _bounded_codes(context: Context, spending: Statement, general: Statement) -> Iterator[Check]:
    """Every code of the general budget is at most that of all expenditure, if that holds for most of them."""
    columns = tuple(_common_columns(spending, (general,)))
    pairs = [
        (general.class_cells(code, ours[0]), spending.class_cells(code, theirs))
        for code in general.by_code
        if code in spending.by_code
        for theirs, ours in columns
    ]
    if sum(_exceeds(context, *pair) for pair in pairs) * _MOST_EXCEEDING > len(pairs):
        return
    for left, right in pairs:
        label = context.label(left[0])
        title = Message(
            f"{label} is at most that of 《{spending.table.title}》.",
            f"{label}应不大于《{spending.table.title}》的同名项。",
        )
        yield from at_most(context, left, right, title)


_MOST_EXCEEDING = 5
"""If more than one pair of so many contradicts, the statements do not relate as part and whole."""


def _exceeds(context: Context, part: Cells, whole: Cells) -> bool:
    values = [context.printed.read(cell).value for cell in (*part, *whole)]
    if len(values) != 2 or values[0] is None or values[1] is None:
        return False
    return values[0] > values[1] * ratio(context, part, whole)


def _common_columns(spending: Statement, funds: Sequence[Statement]) -> Iterator[tuple[Column, tuple[Column, ...]]]:
    """The columns that all these statements print, first of 支出总表 and then of each fund: total, basic, projects."""
    whole = _total_column(spending)
    totals = [column for fund in funds if (column := _total_column(fund)) is not None]
    if whole is not None and len(totals) == len(funds):
        yield whole, tuple(totals)
    for name in ("basic", "project"):
        words = vocabulary().columns[name]
        columns = [statement.columns(words.fit) for statement in (spending, *funds)]
        one_fund = any(fund_of(key) in FUND_STATEMENTS for column in columns[0] for key in column.path)
        if one_fund and name == "project":
            # 项目支出 under the head of one fund is not all of it; 基本支出 is paid from the general budget alone.
            continue
        if all(len(found) == 1 for found in columns):
            yield columns[0][0], tuple(found[0] for found in columns[1:])


def _prints_level(statement: Statement, code: str) -> bool:
    """Whether a statement goes down to the level of a code where the code would stand."""
    above = code[:-2] if len(code) > 3 else ""
    return any(len(other) == len(code) and other.startswith(above) for other in statement.by_code)


def _alone(
    context: Context, statement: Statement, others: Sequence[Statement], codes: Sequence[str]
) -> Iterator[Check]:
    """Codes that only one of two equal statements prints must have no amount; one check for the shortest of a line.

    A row of the other statement with the same name is the same item under another code, which is not about amounts.
    """
    names = {label.key for other in others for label in other.by_code.values()}
    column = _total_column(statement)
    for code in codes:
        label = statement.by_code[code]
        above = any(code != shorter and code.startswith(shorter) for shorter in codes)
        if column is None or above or label.key in names or not any(_prints_level(other, code) for other in others):
            continue
        cells = statement.class_cells(code, column)
        name, title = context.label(cells[0]), others[0].table.title
        message = Message(
            f"{name} has no row in 《{title}》, so no amount belongs here.",
            f"《{title}》没有{name}，因此他表也不应有金额。",
        )
        yield from no_amount(context, cells, message, Family.CROSS_TABLE, weak=True)
