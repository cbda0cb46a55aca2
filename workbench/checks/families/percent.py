"""Shares: 占比 and 完成预算的百分比 in running text, and columns of shares in tables, recomputed.

A share of d printed decimals stands for ±½·10⁻ᵈ per cent; part and whole count with the intervals they are printed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.change_columns import is_change_column
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.checks.families.quoted.inside.compositions import compositions
from workbench.checks.families.quoted.inside.named_rates import named_rates
from workbench.checks.families.quoted.inside.shares import stated_shares
from workbench.checks.families.quoted.lines.rates import printed_rates
from workbench.checks.families.quoted.reading.amounts import from_text
from workbench.checks.families.quoted.reading.cells import quotable
from workbench.checks.families.ratio_columns import ratio_columns
from workbench.checks.structure.columns import ColumnKind
from workbench.fiscal.forms import WITH_TOTALS
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_SHARE_HEAD = re.compile(r"占比.*|占.*(?:比重|比例|百分比)|比重.*|所占比例.*|构成比.*")
_DONE_HEAD = re.compile(r"(?:预算)?(?:执行率|完成率|执行进度|完成比例|完成预算.*|执行率.*)")
_PLAN_HEAD = re.compile(r"预算数?$|全年预算")
_SPENT_HEAD = re.compile(r"决算数?$|执行数?$|支出数$")
_NO_AMOUNT = re.compile(r"[率幅%％]|增减|增长|升降|占比|比重|比例|差额")
_TOTAL = re.compile(r"合计|总计|小计")


def build(context: Context) -> Iterator[Check]:
    """Shares in the text and in tables."""
    yield from from_text(context, "shares of the text", stated_shares, *quotable(context, *WITH_TOTALS))
    yield from from_text(context, "named rates", named_rates, *quotable(context, *WITH_TOTALS))
    yield from from_text(context, "compositions", compositions)
    yield from from_text(context, "printed rates", printed_rates, *context.document.tables)
    yield from context.by_table("shares", context.document.tables, _share_columns)


def _share_columns(context: Context, table: Table) -> Iterator[Check]:
    """A column 占比 beside the amounts whose share it is, down to the total row; 执行率 beside 预算数 and 决算数;
    of the other percentages what the rows bear out."""
    columns = context.structure(table).columns
    heads = [column.leaf for column in columns]
    for column, head in enumerate(heads):
        if _SHARE_HEAD.fullmatch(head):
            amounts = _amount_column(table, column, heads)
            if amounts is not None and _is_of_totals(table, column, amounts):
                yield from _shares_of_total(context, table, column, amounts)
            else:
                # 占比 beside 实际采购金额 and its 其中：授予中小企业 is one in the other, row by row.
                yield from ratio_columns(context, table, columns[column])
        elif _DONE_HEAD.fullmatch(head):
            yield from _done_column(context, table, column, heads)
        elif columns[column].kind is ColumnKind.PERCENT and not is_change_column(context, table, column):
            yield from ratio_columns(context, table, columns[column])


def _done_column(context: Context, table: Table, column: int, heads: list[str]) -> Iterator[Check]:
    """执行率 against 预算数; of several budgets the one that most rows are held against as printed."""
    done = next((at for at in range(column - 1, -1, -1) if _SPENT_HEAD.search(heads[at])), None)
    plans = [at for at in range(column) if _PLAN_HEAD.search(heads[at]) and at != done]
    if done is None or not plans:
        return
    rows = range(len(table.rows))
    agreeing = {plan: sum(_agrees(table, (row, column), (row, done), (row, plan)) for row in rows) for plan in plans}
    plan = max(plans, key=lambda at: agreeing[at])
    for row in rows:
        yield from _share_cell(context, table, (row, column), (row, done), (row, plan))


def _agrees(table: Table, share: tuple[int, int], part: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether a share is right as printed."""
    figure = printed_figure(table, *share)
    upper, lower = printed_figure(table, *part).value, printed_figure(table, *whole).value
    if figure.value is None or upper is None or not lower:
        return False
    return abs(100 * upper / lower - figure.value) <= 4 * figure.half_unit


def _amount_column(table: Table, column: int, heads: list[str]) -> int | None:
    """The column of amounts left of a column of shares; of several the one that the shares, as printed, are of in most
    rows, else the nearest."""
    candidates = []
    for at in range(column - 1, -1, -1):
        kinds = [printed_figure(table, row, at).kind for row in range(len(table.rows))]
        if kinds.count(FigureKind.NUMBER) * 2 > len(kinds) and not _NO_AMOUNT.search(heads[at]):
            candidates.append(at)
    totals = _total_rows(table)

    def agreeing(at: int) -> int:
        rows = range(len(table.rows))
        return sum(any(_agrees(table, (row, column), (row, at), (total, at)) for total in totals) for row in rows)

    return max(candidates, key=agreeing, default=None)


def _is_of_totals(table: Table, column: int, amounts: int) -> bool:
    """Whether half of the shares, as printed, are those of a column of amounts in its totals."""
    totals = _total_rows(table)
    shares = [row for row in range(len(table.rows)) if printed_figure(table, row, column).value and row not in totals]
    held = sum(
        any(_agrees(table, (row, column), (row, amounts), (total, amounts)) for total in totals) for row in shares
    )
    return 2 * held >= len(shares) > 0


def _total_rows(table: Table) -> list[int]:
    return [
        row for row, cells in enumerate(table.rows) if any(_TOTAL.fullmatch(label_key(cell.text)) for cell in cells)
    ]


def _shares_of_total(context: Context, table: Table, column: int, amounts: int) -> Iterator[Check]:
    """Each row's share of a total row: the one that the share as printed is of, else the next below (the last one
    where none follows)."""
    totals = _total_rows(table)
    for row in range(len(table.rows)):
        below = next((at for at in totals if at >= row), totals[-1] if totals else None)
        if below is None:
            return
        nearest_first = sorted(totals, key=lambda at: (at != below, at))
        agreeing = (at for at in nearest_first if _agrees(table, (row, column), (row, amounts), (at, amounts)))
        total = next(agreeing, below if below != row else totals[-1])
        if total != row:
            yield from _share_cell(context, table, (row, column), (row, amounts), (total, amounts))


def _share_cell(
    context: Context, table: Table, share: tuple[int, int], part: tuple[int, int], whole: tuple[int, int]
) -> Iterator[Check]:
    refs = [CellRef(table.id, *place) for place in (share, part, whole)]
    if not all_printed(table, refs):
        return
    figure = printed_figure(table, *share)
    # A share printed as a fraction (0.26) is no percentage; neither is a 0 that stands for "none".
    if not figure.percent and figure.value is not None and abs(figure.value) <= 1:
        return
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [
            Term(refs[0], Decimal(1), "share"),
            Term(refs[1], Decimal(1), "part"),
            Term(refs[2], Decimal(1), "whole"),
        ],
        Message(
            f"“{context.label(refs[0])}” is “{context.label(refs[1])}” as a percentage of “{context.label(refs[2])}”.",
            f"“{context.label(refs[0])}”等于“{context.label(refs[1])}”÷“{context.label(refs[2])}”。",
        ),
        severity=Severity.WARNING,
        tolerance=2 * figure.half_unit,
    )
