"""Columns of differences and of growth in tables, each against the two columns that it compares.

The heads say which two: those of neighbouring years, or of budget and final amount, that are about the same. Where they
do not say it of two columns only, the figures decide, as they are printed; a difference of budget and final amount is
taken only where they bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.structure.columns import Column, ColumnKind
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_MAY_BE_CHANGE = re.compile(r"[增减升降变差±]|[比较].*[%％]")
_CHANGE_HEAD = re.compile(
    r"增减(?:变化)?(?:额|数|金额|情况)?|(?:[比较]?上年|同比|[比较](?:年初)?预算)?增(?:加|长)?[(（]?[+＋]?[)）]?、?减(?:少)?.{0,4}(?:额|数|金额)?"
    r"|增减额.*|差额"
)
_GROWTH_HEAD = re.compile(
    r".*(?:增减|增长|变动|升降|下降)(?:变化)?(?:率|幅度?|比例|百分比|[(（]?[%％][)）]?).*|增减[%％]|增幅.*"
    r"|.*[比较](?:上年|去年|20\d\d年).*[(（±]?[%％][)）]?"
)
_LAST_YEAR = re.compile(r"上一?年|去年|期初|年初(?:数|余额|账面|价值|原值|净值)")
_THIS_YEAR = re.compile(r"本年|当年|今年|期末|年末(?:数|余额|账面|价值|原值|净值)")
_AT_ITS_ENDS = re.compile(r"[期年][初末](?:数|余额|账面数|价值|原值|净值)?")
_YEAR = re.compile(r"20\d\d")
_FINAL = re.compile(r"决算|执行|完成")
_PLAN = re.compile(r"预算|计划")
_FEW_ROWS = 3
_FIRST_ROWS = 12


@dataclass(frozen=True, slots=True)
class _Head:
    """What a column of amounts is of: a year (−1 for 上年, 0 for 本年, None where none is said), "plan" or "final", and
    what else its head names, totals left out."""

    index: int
    year: int | None
    measure: str
    about: tuple[str, ...]


def change_columns(context: Context, table: Table) -> Iterator[Check]:
    """The difference or the growth in each row, for each such column of a table."""
    for column, pair in _pairs(context, table):
        for row in range(len(table.rows)):
            yield from _row(context, table, row, column, pair)


def is_change_column(context: Context, table: Table, index: int) -> bool:
    """Whether a column holds the difference or the growth of two columns that are known."""
    return any(column.index == index for column, _ in _pairs(context, table))


def years_side_by_side(context: Context, table: Table) -> tuple[tuple[int, int], ...]:
    """The columns of amounts that are of one thing in a year and in the next one, the earlier first."""
    return context.once(("years side by side", table.id), (table,), lambda: tuple(_years(context, table)))


def _years(context: Context, table: Table) -> Iterator[tuple[int, int]]:
    heads = [_head(one) for one in context.structure(table).columns if one.kind is ColumnKind.AMOUNT]
    heads = [head for head in heads if head.year is not None]
    for one, other in permutations(heads, 2):
        if one.year != other.year and _follow(one, other) and one.about == other.about:
            yield one.index, other.index


def _pairs(context: Context, table: Table) -> Iterator[tuple[Column, tuple[int, int]]]:
    """The columns of changes, each with the columns of the former and the latter amount."""
    columns = context.structure(table).columns
    if not any(_MAY_BE_CHANGE.search(key) for column in columns for key in column.path):
        return
    changes = {column.index: column for column in columns if _is_growth(column) or _is_change(column)}
    heads = [_head(column) for column in columns if column.index not in changes and column.kind is ColumnKind.AMOUNT]
    for column in changes.values():
        pair = _compared(table, column, heads)
        if pair is not None:
            yield column, pair


def _is_growth(column: Column) -> bool:
    return any(_GROWTH_HEAD.fullmatch(key) for key in column.path)


def _is_change(column: Column) -> bool:
    return any(_CHANGE_HEAD.fullmatch(key) for key in column.path) and not _is_growth(column)


def _head(column: Column) -> _Head:
    words = "".join(column.path)
    printed = _YEAR.search(words)
    year = (
        int(printed.group()) if printed else -1 if _LAST_YEAR.search(words) else 0 if _THIS_YEAR.search(words) else None
    )
    measure = "final" if _FINAL.search(words) else "plan" if _PLAN.search(words) else ""
    return _Head(column.index, year, measure, _about(column.path))


def _about(path: Sequence[str]) -> tuple[str, ...]:
    words = vocabulary().columns
    generic = (words["measure"], words["total"], words["change"], words["other_year"])
    compared = (_CHANGE_HEAD.fullmatch, _GROWTH_HEAD.fullmatch, _FINAL.search, _AT_ITS_ENDS.fullmatch)
    return tuple(
        key for key in path if not any(kind.fit(key) for kind in generic) and not any(fits(key) for fits in compared)
    )


def _compared(table: Table, column: Column, heads: Sequence[_Head]) -> tuple[int, int] | None:
    """The columns of the former and the latter amount that a column compares."""
    about = _about(column.path)
    said = [
        (one.index, other.index)
        for one, other in permutations(heads, 2)
        if _follow(one, other) and one.about == other.about == about
    ]
    counts = {pair: _support(table, column, pair, _FIRST_ROWS) for pair in said}
    years = {head.index: head.year for head in heads}
    if (
        len(said) == 1
        and years[said[0][0]] is not None
        and counts[said[0]][1] <= max(counts[said[0]][0], _FEW_ROWS - 1)
    ):
        return said[0]
    borne_out = [pair for pair in said if _is_borne_out(_support(table, column, pair, len(table.rows)))]
    return borne_out[0] if len(borne_out) == 1 else None


def _follow(one: _Head, other: _Head) -> bool:
    """Whether two columns are those of a year and the next one, or of the budget and the final amount of one year."""
    if one.year == other.year:
        return one.measure == "plan" and other.measure == "final"
    if one.year is None or other.year is None:
        return one.year == -1
    return other.year - one.year == 1 or (one.year == -1 and other.year > 0)


def _is_borne_out(support: tuple[int, int]) -> bool:
    holds, fails = support
    return holds >= _FEW_ROWS and holds >= 4 * fails


def _support(table: Table, column: Column, pair: tuple[int, int], most: int) -> tuple[int, int]:
    """In how many rows the change is that of the two amounts as printed, and in how many it is not; rows without any
    change left out."""
    holds = fails = 0
    for row in range(len(table.rows)):
        change, former, latter = (printed_figure(table, row, at) for at in (column.index, *pair))
        if not change.value or former.value is None or latter.value is None:
            continue
        made = latter.value - former.value
        if _is_growth(column):
            made = 100 * made / former.value if former.value else change.value
        agrees = abs(made - change.value) <= 4 * change.half_unit
        holds, fails = holds + agrees, fails + (not agrees)
        if holds + fails >= most:
            break
    return holds, fails


def _row(context: Context, table: Table, row: int, column: Column, pair: tuple[int, int]) -> Iterator[Check]:
    change, former, latter = (CellRef(table.id, row, at) for at in (column.index, *pair))
    values = [printed_figure(table, ref.row, ref.column).value for ref in (change, former, latter)]
    if values[0] is None or values[1] is None or values[2] is None:
        return
    one, other = (context.structure(table).column_label(at) for at in pair)
    if _is_growth(column):
        yield context.check(
            Family.YOY,
            Relation.GROWTH,
            [
                Term(change, Decimal(1), "growth"),
                Term(latter, Decimal(1), "current"),
                Term(former, Decimal(1), "previous"),
            ],
            Message(
                f"“{context.label(change)}” is what “{other}” is more than “{one}”, as a percentage of “{one}”.",
                f"“{context.label(change)}”等于（“{other}”－“{one}”）÷“{one}”。",
            ),
            severity=Severity.WARNING,
        )
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(change, Decimal(1), "total"), Term(latter, Decimal(-1), "part"), Term(former, Decimal(1), "part")],
        Message(
            f"“{context.label(change)}” is “{other}” less “{one}”.",
            f"“{context.label(change)}”等于“{other}”减“{one}”。",
        ),
        severity=Severity.WARNING,
    )
