"""Spending plans of project forms (资金支出计划): cumulative, never falling,
at the end 100 per cent or the whole budget.

Source: the 绩效目标表 of provincial project libraries,
whose plan is cumulative by quarter ("3月底 6月底 10月底 12月底").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Outcome, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_PLAN = re.compile(r".*(?:支出|用款|资金|执行|进度)计划.*")
_MONTH = re.compile(r"(?:20\d\d年)?(?P<month>\d{1,2})月(?:底|末|份)?(?:前)?.*")
_LAST_MONTH = 12
_BUDGET = re.compile(r"(?:项目|年度|本年|当年)*预算(?:数|金额|总额|资金|规模)?|(?:项目)?资金总额|年度资金总额|预算安排")
_WHOLE = Decimal(100)


def build(context: Context) -> Iterator[Check]:
    """The plans of all forms."""
    yield from context.by_table("plans", context.document.tables, _of_table)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    for row in range(len(table.rows)):
        columns = _month_columns(table, row)
        if columns:
            yield from _plan(context, table, row, columns)


def _month_columns(table: Table, row: int) -> dict[int, int]:
    """Column → month of a row that heads a plan; empty for any other row."""
    cells = table.rows[row]
    if not any("计划" in cell.text and _PLAN.fullmatch(label_key(cell.text)) for cell in cells[:3]):
        return {}
    found: dict[int, int] = {}
    for column, cell in enumerate(cells):
        month = _MONTH.fullmatch(label_key(cell.text))
        if month:
            found[column] = int(month["month"])
    months = list(found.values())
    return found if len(found) >= 2 and months == sorted(set(months)) else {}


def _plan(context: Context, table: Table, row: int, columns: dict[int, int]) -> Iterator[Check]:
    if row + 1 >= len(table.rows):
        return
    refs = [CellRef(table.id, row + 1, column) for column in columns]
    if not all_printed(table, refs):
        return
    if _by_quarter(table, row, refs):
        yield from _adds_up(context, table, row, refs)
        return
    for earlier, later in pairwise(refs):
        yield context.check(
            Family.PLAN,
            Relation.AT_MOST,
            [Term(earlier, Decimal(1), "part"), Term(later, Decimal(-1), "total")],
            Message(f"{table.title}: a cumulative plan does not fall.", f"{table.title}：累计支出计划不应逐期下降。"),
            key=(str(columns[earlier.column]), str(columns[later.column])),
        )
    if list(columns.values())[-1] == _LAST_MONTH:
        yield from _end(context, table, row, refs)


def _by_quarter(table: Table, row: int, refs: list[CellRef]) -> bool:
    """Whether the plan, as printed, gives each quarter's own share: the shares add up and the last is not all."""
    figures = [printed_figure(table, ref.row, ref.column) for ref in refs]
    made = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    slack = sum((figure.half_unit for figure in figures), Decimal(0))
    budget = budget_of(table, row)
    whole = printed_figure(table, budget.row, budget.column).value if budget is not None else None
    last = figures[-1].value
    return any(
        wanted is not None and wanted > 0 and abs(made - wanted) <= slack and last != wanted
        for wanted in (_WHOLE, whole)
    )


def _adds_up(context: Context, table: Table, row: int, refs: list[CellRef]) -> Iterator[Check]:
    """A plan by quarter adds up to the budget, or to 100 per cent."""
    budget = budget_of(table, row)
    values = [context.amount(ref) for ref in refs]
    made = sum((value for value in values if value is not None), Decimal(0))
    percent = printed_figure(table, refs[0].row, refs[0].column).percent or made == _WHOLE
    if budget is not None and not percent:
        yield context.check(
            Family.PLAN,
            Relation.EQUAL,
            [Term(budget, Decimal(1), "total"), *(Term(ref, Decimal(-1), "part") for ref in refs)],
            Message(
                f"{table.title}: the quarters of the plan add up to the budget.",
                f"{table.title}：分季度支出计划之和等于预算数。",
            ),
        )
    else:
        yield _fact(
            context,
            refs[-1],
            Outcome.PASS if made == _WHOLE else Outcome.FAIL,
            Message(
                f"{table.title}: the quarters of the plan add up to {made:f} %, not 100 %.",
                f"{table.title}：分季度支出计划之和为{made:f}%，应为100%。",
            ),
        )


def _end(context: Context, table: Table, row: int, refs: list[CellRef]) -> Iterator[Check]:
    """What the plan reaches at the end of the year."""
    last = refs[-1]
    reached = context.amount(last)
    budget = budget_of(table, row)
    in_percent = "%" in "".join(label_key(cell.text) for cell in table.rows[row][:3])
    amount = context.amount(budget) if budget is not None else None
    if reached == _WHOLE and (in_percent or amount is None or table.cell(last.row, last.column).figure.percent):
        yield _fact(context, last, Outcome.PASS, Message("The plan ends at 100 %.", "支出计划年末达到100%。"))
    elif budget is None or amount is None or table.cell(last.row, last.column).figure.percent or not reached:
        wanted = "100" if amount is None else f"100 or {amount:f}"
        yield _fact(
            context,
            last,
            Outcome.FAIL,
            Message(
                f"{table.title}: the plan ends at {reached:f}; at the end of the year it should reach {wanted}.",
                f"{table.title}：支出计划年末为{reached:f}，应达到{wanted.replace(' or ', '或')}。",
            ),
        )
    else:
        yield context.check(
            Family.PLAN,
            Relation.EQUAL,
            [Term(last, Decimal(1), "total"), Term(budget, Decimal(-1), "part")],
            Message(
                f"{table.title}: the plan ends at the budget of the project (or at 100 %).",
                f"{table.title}：支出计划年末应等于预算数（或达到100%）。",
            ),
        )
        if in_percent and reached == amount:
            yield _under_percent(context, table, refs)


def budget_of(table: Table, before: int | None = None) -> CellRef | None:
    """The budget that a form states (above row `before`, where one is given): the figure right of its label."""
    for above in range((len(table.rows) if before is None else before) - 1, -1, -1):
        cells = table.rows[above]
        for column, cell in enumerate(cells[:-1]):
            if _BUDGET.fullmatch(label_key(cell.text)):
                for right in range(column + 1, len(cells)):
                    if printed_figure(table, above, right).kind is FigureKind.NUMBER:
                        return CellRef(table.id, above, right)
                    if cells[right].text:
                        break
    return None


def _fact(context: Context, last: CellRef, outcome: Outcome, title: Message) -> Check:
    return context.fact(
        Family.PLAN,
        [last],
        title,
        outcome=outcome,
        role="total",
        severity=Severity.ERROR,
        key=("end",),
    )


def _under_percent(context: Context, table: Table, refs: list[CellRef]) -> Check:
    return context.fact(
        Family.UNIT,
        reversed(refs),
        Message(
            f"{table.title}: the plan is headed % but holds amounts of money.",
            f"{table.title}：支出计划表头单位为%，所填却为金额。",
        ),
        key=("percent",),
    )
