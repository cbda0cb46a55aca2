"""Changes against another year: growth recomputed from change and current figure, change from both years' figures,
directions that contradict each other; in running text (`quoted/changes.py`) and in the columns of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import all_printed
from workbench.checks.families.quoted.amounts import from_text
from workbench.checks.families.quoted.cells import quotable
from workbench.checks.families.quoted.changes import stated_changes
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_MAY_BE_CHANGE = re.compile(r"[增减升降变差]")
_CHANGE_HEAD = re.compile(
    r"增减(?:变化)?(?:额|数|金额|情况)?|(?:比上年|较上年|同比)?增(?:加|长)?[(（]?[+＋]?[)）]?、?减(?:少)?.{0,4}(?:额|数|金额)?|增减额.*|差额"
)
_GROWTH_HEAD = re.compile(
    r".*(?:增减|增长|变动|升降|下降)(?:变化)?(?:率|幅度?|比例|百分比|[(（]?[%％][)）]?).*|增减[%％]|增幅.*"
)


def build(context: Context) -> Iterator[Check]:
    """Changes and growth in the text, and change columns of tables."""
    yield from from_text(context, "changes against another year", stated_changes, *quotable(context, Form.THREE_PUBLIC))
    yield from context.by_table("changes against another year", context.document.tables, _change_columns)


def _change_columns(context: Context, table: Table) -> Iterator[Check]:
    """Columns 上年, 本年, 增减额 and 增减%: the difference and the growth of each row."""
    heads = [column.leaf for column in context.structure(table).columns]
    if not _MAY_BE_CHANGE.search("".join(heads)):
        return
    growth = next((at for at, head in enumerate(heads) if _GROWTH_HEAD.fullmatch(head)), None)
    change = next((at for at, head in enumerate(heads) if _CHANGE_HEAD.fullmatch(head) and at != growth), None)
    years = _two_years(context, table, min(at for at in (growth, change, table.width) if at is not None))
    if years is None or (growth is None and change is None):
        return
    previous, current = years
    for row in range(len(table.rows)):
        if change is not None:
            yield from _difference(context, table, row, current, previous, change)
        if growth is not None:
            yield from _row_growth(context, table, row, current, previous, growth)


def _two_years(context: Context, table: Table, limit: int) -> tuple[int, int] | None:
    """The columns of the previous and of this year before the change columns, if there are just these two."""
    years: list[tuple[int, int]] = []
    for column in range(limit):
        words = "".join(context.structure(table).columns[column].path)
        printed = re.search(r"20\d\d", words)
        if printed:
            years.append((int(printed.group()), column))
        elif re.search(r"上年|去年", words):
            years.append((0, column))
        elif re.search(r"本年|当年|今年", words):
            years.append((1, column))
    if len(years) != 2 or years[0][0] == years[1][0] or abs(years[0][0] - years[1][0]) != 1:
        return None
    years.sort()
    return years[0][1], years[1][1]


def _difference(context: Context, table: Table, row: int, current: int, previous: int, change: int) -> Iterator[Check]:
    refs = [CellRef(table.id, row, column) for column in (change, current, previous)]
    if not all_printed(table, refs):
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(refs[0], Decimal(1), "total"), Term(refs[1], Decimal(-1), "part"), Term(refs[2], Decimal(1), "part")],
        Message(
            f"“{context.label(refs[0])}” is this year’s figure less the previous one.",
            f"“{context.label(refs[0])}”等于本年数减上年数。",
        ),
        severity=Severity.WARNING,
    )


def _row_growth(context: Context, table: Table, row: int, current: int, previous: int, growth: int) -> Iterator[Check]:
    refs = [CellRef(table.id, row, column) for column in (growth, current, previous)]
    if not all_printed(table, refs):
        return
    yield context.check(
        Family.YOY,
        Relation.GROWTH,
        [
            Term(refs[0], Decimal(1), "growth"),
            Term(refs[1], Decimal(1), "current"),
            Term(refs[2], Decimal(1), "previous"),
        ],
        Message(
            f"“{context.label(refs[0])}” follows from the figures of both years.",
            f"“{context.label(refs[0])}”应由两年数字算得。",
        ),
        severity=Severity.WARNING,
    )
