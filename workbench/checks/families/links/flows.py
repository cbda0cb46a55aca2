"""What a fund brings over, gets and leaves: 财政拨款收支总表 by fund, against the statement of the fund.

A statement that tells 年初结转和结余, 本年收入, 本年支出 and 年末结转和结余 apart prints in its total row what
财政拨款收支总表 prints of this fund: brought over and received on the side of income, left on that of expenditure.
The balance that fiscal grants were brought over with is part of that of all money. Source: 表间关系 of 部门决算
(财决01-1表 against 财决07表, 财决09表, 财决11表).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.balance import flow_columns
from workbench.checks.families.links.linking import Pair, at_most, nearly_same, same, same_in
from workbench.checks.families.statements.agreement import Cells
from workbench.checks.families.statements.sets import StatementSet
from workbench.checks.families.statements.statement import Statement, fund_of
from workbench.checks.families.sums import chosen_groups
from workbench.checks.structure.outline import is_carried
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.forms import FUND_STATEMENTS
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import CellRef, Form

FLOW_FORMS = (Form.FISCAL_GRANT_SUMMARY, Form.INCOME_EXPENDITURE_SUMMARY, *FUND_STATEMENTS.values())
"""The forms that `flow_links` follow from."""


def flow_links(context: Context, statements: StatementSet) -> Iterator[Check]:
    """What each fund brought over, got and left, and the balances of fiscal grants within those of all money."""
    grant = statements.first(Form.FISCAL_GRANT_SUMMARY)
    if grant is None:
        return
    for name, form in FUND_STATEMENTS.items():
        statement = statements.first(form)
        if statement is not None:
            yield from _fund(context, grant, statement, name)
    summary = statements.first(Form.INCOME_EXPENDITURE_SUMMARY)
    if summary is not None:
        yield from _balances(context, summary, grant)


def _fund(context: Context, grant: Statement, statement: Statement, name: str) -> Iterator[Check]:
    """Made where the statement is one of this body: where at least one of its flows is the same in both, or
    would be but for a slip."""
    row = statement.total_row
    columns = flow_columns(statement.structure, statement.structure.panels[row.panel]) if row is not None else None
    if row is None or columns is None:
        return
    opening, income, spent, closing = ((CellRef(statement.table.id, row.row, column.index),) for column in columns)
    pairs: list[Pair] = [
        (left, right)
        for left, right in (
            (_brought_over(grant).get(name, ()), opening),
            (grant.funds().get(name, ()), income),
            (_in_column(grant, name, partial(_carried_row, grant)), closing),
        )
        if len(left) == 1
    ]
    told = [*pairs, (_in_column(grant, name, grant.year_row), spent)]
    if not any(same(context, pair) for pair in told) and not any(nearly_same(context, pair) for pair in pairs):
        return
    for pair in pairs:
        yield from same_in(context, pair, statement.table.title)


def _brought_over(grant: Statement) -> dict[str, Cells]:
    """The cells of the rows that take apart what fiscal grants brought over, by fund."""
    panel = grant.income_panel
    if panel is None:
        return {}
    found: dict[str, Cells] = {}
    for group, parts in chosen_groups(grant.context, grant.table):
        if group.whole.panel == panel.number and is_carried(group.whole):
            for part in parts:
                name = fund_of(part.key)
                if name:
                    found[name] = (*found.get(name, ()), grant.structure.cell(part, 0))
    return found


def _in_column(grant: Statement, name: str, row_of: Callable[[Panel | None], RowLabel | None]) -> Cells:
    """The cell of a row on the side of expenditure in the column of a fund."""
    panel = grant.expenditure_panel
    row = row_of(panel)
    if panel is None or row is None or len(panel.amounts) < 2:
        return ()
    columns = grant.columns(vocabulary().funds[name].fit, panel.number)
    return (CellRef(grant.table.id, row.row, columns[0].index),) if len(columns) == 1 else ()


def _carried_row(statement: Statement, panel: Panel | None) -> RowLabel | None:
    """The one row of a side that is about money from or to another year and stands under no other; None where there
    are several."""
    if panel is None:
        return None
    under = {
        part.row
        for group, parts in chosen_groups(statement.context, statement.table)
        if group.whole.panel == panel.number and is_carried(group.whole)
        for part in parts
    }
    words = vocabulary().columns
    rows = [
        label
        for label in statement.structure.rows[panel.number]
        if (words["opening"].fit(label.key) or words["closing"].fit(label.key))
        and label.row not in under
        and not label.of_which
        and not label.total
    ]
    return rows[0] if len(rows) == 1 else None


def _balances(context: Context, summary: Statement, grant: Statement) -> Iterator[Check]:
    """年初 and 年末 of fiscal grants are at most those of all money."""
    for ours, theirs in (
        (grant.income_panel, summary.income_panel),
        (grant.expenditure_panel, summary.expenditure_panel),
    ):
        part, whole = _carried_row(grant, ours), _carried_row(summary, theirs)
        if ours is None or theirs is None or part is None or whole is None:
            continue
        left, right = grant.side_cell(ours, part), summary.side_cell(theirs, whole)
        label, title = context.label(left), summary.table.title
        yield from at_most(
            context,
            (left,),
            (right,),
            Message(f"{label} is at most that of 《{title}》.", f"{label}应不大于《{title}》的对应项。"),
        )
