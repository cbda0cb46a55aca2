"""Columns of percentages whose head names two columns in words of its own (预算数为上年执行数的%, 增减%): what nearly
all rows, as printed, bear out as one amount in per cent of another, or as its growth, holds in every row.

Source: the tables of government budgets and accounts (预算数为上年执行数的％, 决算数为预算数的％), and the tables of
assets of departments (期初数, 期末数, 增减％).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.reading import ONE
from workbench.checks.structure.columns import Column, ColumnKind
from workbench.model.amount import Figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_FEW_ROWS = 3
_FIRST_ROWS = 16
_MOST_AMOUNTS = 9
_FEW_DIGITS = 2
"""Rates of fewer digits (100%, 0%, 50%) fit many a pair of amounts."""
_SAVING = re.compile("节[约省]")


def ratio_columns(context: Context, table: Table, column: Column) -> Iterator[Check]:
    """The checks of a column of percentages, none where no one pair of amounts makes it."""
    amounts = [one.index for one in context.structure(table).columns if one.kind is ColumnKind.AMOUNT]
    if not 2 <= len(amounts) <= _MOST_AMOUNTS:
        return
    rows = [row for row in range(len(table.rows)) if printed_figure(table, row, column.index).value is not None]
    # A saving (节约率) is what less was paid, in per cent.
    signs = (1, 0, -1) if _SAVING.search(column.leaf) else (1, 0)
    readings = [(part, whole, sign) for part, whole in permutations(amounts, 2) for sign in signs]
    likely = [one for one in readings if _support(table, rows[:_FIRST_ROWS], column.index, one) > 0]
    best = max(likely, key=lambda one: _support(table, rows, column.index, one), default=None)
    if best is not None and _support(table, rows, column.index, best) > 0:
        for row in rows:
            yield from _row(context, table, row, column.index, *best)


def _support(table: Table, rows: list[int], column: int, reading: tuple[int, int, int]) -> int:
    """By how many rows more a reading (part, whole, the sign of their difference or 0 for a share) holds than it fails;
    0 where the rows, as printed, do not bear it out."""
    part, whole, growth = reading
    holds = fails = telling = 0
    for row in rows:
        share, upper, lower = (printed_figure(table, row, at) for at in (column, part, whole))
        if share.value is None or upper.value is None or not lower.value:
            continue
        agrees = _makes(share, upper, lower, growth=growth)
        holds, fails = holds + agrees, fails + (not agrees)
        telling += agrees and len(str(abs(share.value)).replace(".", "").strip("0")) > _FEW_DIGITS
    return holds - fails if telling >= _FEW_ROWS and holds >= 3 * fails else 0


def _makes(share: Figure, upper: Figure, lower: Figure, *, growth: int) -> bool:
    if share.value is None or upper.value is None or not lower.value:
        return False
    made = 100 * (growth * (upper.value - lower.value) if growth else upper.value) / lower.value
    return abs(made - share.value) <= 4 * share.half_unit


def _row(context: Context, table: Table, row: int, column: int, part: int, whole: int, growth: int) -> Iterator[Check]:
    refs = [CellRef(table.id, row, at) for at in (column, part, whole)]
    figures = [printed_figure(table, row, at) for at in (column, part, whole)]
    if any(figure.value is None for figure in figures) or not figures[2].value:
        return
    share, upper, lower = (context.label(ref) for ref in refs)
    if growth:
        more, (later, earlier) = ("more", (upper, lower)) if growth > 0 else ("less", (lower, upper))
        yield context.check(
            Family.YOY,
            Relation.GROWTH,
            [Term(refs[0], ONE * growth, "growth"), Term(refs[1], ONE, "current"), Term(refs[2], ONE, "previous")],
            Message(
                f"“{share}” is what “{upper}” is {more} than “{lower}”, as a percentage of “{lower}”.",
                f"“{share}”等于（“{later}”－“{earlier}”）÷“{lower}”。",
            ),
            severity=Severity.WARNING,
        )
        return
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(refs[0], ONE, "share"), Term(refs[1], ONE, "part"), Term(refs[2], ONE, "whole")],
        Message(f"“{share}” is “{upper}” as a percentage of “{lower}”.", f"“{share}”等于“{upper}”÷“{lower}”。"),
        severity=Severity.WARNING,
        tolerance=2 * figures[0].half_unit,
    )
