"""What money comes from: what is carried over in 收支总表 and 收入总表, and the funds that pay for projects.

Where the total of 收入总表 comprises what was carried over, its columns of it are the rows of 收支总表. In a budget
every item, and every unit, is given what it spends: where 收入总表 and 支出总表 list the same items or units, their
totals are the same row by row; and so are those of a statement that takes the items apart by economic class. The
projects that a fund pays for are the 项目支出 of its statement. Source: the statement templates of 部门预算.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from workbench.checks.context import Context
from workbench.checks.families.links.linking import Pair, equal, nearly_same, same_but_for_slips, same_in
from workbench.checks.families.statements.agreement import Cells, agree
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement
from workbench.checks.families.sums import chosen_groups
from workbench.checks.structure.outline import is_carried
from workbench.checks.structure.rows import RowLabel, is_body
from workbench.fiscal.forms import FUND_STATEMENTS
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, ReportKind

CARRY_FORMS = (Form.INCOME_EXPENDITURE_SUMMARY, Form.INCOME_SUMMARY)
"""The forms that `carried_links` follow from."""
ITEM_FORMS = (
    Form.INCOME_SUMMARY,
    Form.EXPENDITURE_SUMMARY,
    Form.GENERAL_BUDGET_EXPENDITURE,
    Form.ECONOMIC_CLASSIFICATION,
)
"""The forms that `item_links` follow from."""
PROJECT_FORMS = (Form.PROJECT_EXPENDITURE, *FUND_STATEMENTS.values())
"""The forms that `project_fund_links` follow from."""
_KINDS_OF_CARRIED = ("opening", "surplus_used")


def carried_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """What was carried over, and own money of earlier years that is used, as 收支总表 and 收入总表 print it."""
    summary, income = statements.first(Form.INCOME_EXPENDITURE_SUMMARY), statements.first(Form.INCOME_SUMMARY)
    if summary is None or income is None or summary.income_panel is None:
        return
    if not agree(context, summary.grand_total(summary.income_panel), income.total):
        return
    panel = summary.income_panel
    rows = [label for label in _carried_rows(summary) if label.panel == panel.number]
    for name in _KINDS_OF_CARRIED:
        words = vocabulary().columns[name]
        named = [label for label in rows if words.fit(label.key)]
        columns = _carried_cells(income, name)
        if len(named) == 1 and columns:
            left = (summary.side_cell(panel, named[0]),)
            yield from same_in(context, (left, columns), income.table.title)


def _carried_rows(summary: Statement) -> list[RowLabel]:
    """The rows of a summary that are about other years and stand under no other such row."""
    under = {
        part
        for group, parts in chosen_groups(summary.context, summary.table)
        if is_carried(group.whole)
        for part in parts
    }
    return [
        label
        for label in chain(*summary.structure.rows)
        if is_carried(label) and not label.total and not label.of_which and label not in under
    ]


def _carried_cells(income: Statement, name: str) -> Cells:
    """The cells of the total row in the one column that names a kind of carried money, or in those under its head."""
    row = income.total_row
    if row is None:
        return ()
    words = vocabulary().columns[name]
    columns = [column for column in income.structure.panels[row.panel].amounts if any(map(words.fit, column.path[:1]))]
    if len({column.path[0] for column in columns}) != 1:
        return ()
    totals = [column for column in columns if vocabulary().columns["total"].fit(column.leaf)]
    return tuple(CellRef(income.table.id, row.row, column.index) for column in (totals[:1] or columns))


def item_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """Item by item and unit by unit: what a budget gives and what is spent, and what is spent by economic class."""
    income, spending = statements.first(Form.INCOME_SUMMARY), statements.first(Form.EXPENDITURE_SUMMARY)
    if income is not None and spending is not None and context.own(income.table).report is ReportKind.BUDGET:
        yield from _same_rows(context, income, spending)
    wholes = [statements.first(form) for form in (Form.GENERAL_BUDGET_EXPENDITURE, Form.EXPENDITURE_SUMMARY)]
    for classified in statements.all(Form.ECONOMIC_CLASSIFICATION):
        for whole in wholes:
            if whole is not None:
                yield from _same_rows(context, classified, whole)


def _same_rows(context: Context, first: Statement, second: Statement) -> Iterator[Check]:
    """The rows of the same items and units, where the statements have the same total."""
    if len(first.total) != 1 or not second.total or not agree(context, first.total, second.total):
        return
    pairs: list[Pair] = []
    for ours, theirs in ((first.by_code, second.by_code), (_units(first), _units(second))):
        pairs += [((_cell(first, ours[name]),), (_cell(second, theirs[name]),)) for name in ours if name in theirs]
    yield from same_but_for_slips(context, pairs, second.table.title)


def _units(statement: Statement) -> dict[str, RowLabel]:
    """The rows of units by their name, each that is printed once."""
    found: dict[str, list[RowLabel]] = {}
    for label in chain(*statement.structure.rows):
        if not label.total and not label.code and (label.unit_code or is_body(label)):
            found.setdefault(label.key, []).append(label)
    return {name: labels[0] for name, labels in found.items() if name and len(labels) == 1}


def _cell(statement: Statement, label: RowLabel) -> CellRef:
    return statement.side_cell(statement.structure.panels[label.panel], label)


def project_fund_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """Fund by fund, the total of the projects that it pays for and the 项目支出 of its statement."""
    for listed in statements.all(Form.PROJECT_EXPENDITURE):
        if listed.table.part_of or listed.total_row is None:
            continue
        for name, form in FUND_STATEMENTS.items():
            statement = statements.first(form)
            paid = listed.total_in(vocabulary().funds[name].fit)
            if statement is None or len(paid) != 1:
                continue
            spent = statement.total_in(vocabulary().columns["project"].fit)
            if len(spent) == 1 and nearly_same(context, (spent, paid)):
                label, title = context.label(spent[0]), listed.table.title
                message = Message(
                    f"{label} is what this fund pays for in 《{title}》.", f"{label}与《{title}》的同项资金一致。"
                )
                yield from equal(context, spent, paid, message, weak=True)
