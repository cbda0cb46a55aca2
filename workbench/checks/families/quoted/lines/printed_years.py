"""Changes and rates of running text against a statement that prints the year before beside this one.

The text tells what an item is and by how much it grew (教育支出9万元，增长3%), the statement has both years on its row.
Which base a text compares with it may leave open: the statement's year before is taken for it where most changes of
the text, as printed, are those of the statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.change_columns import years_side_by_side
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.inside.change_subjects import amount_of, change_beside, direction
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import prints_the_same
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.structure.label_words import numbering
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind, Table

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """A change or a rate of the text, the amount that changed, and the cell that prints the year before."""

    change: Quote
    current: Quote
    table: Table
    former: CellRef


def tables_of_two_years(context: Context) -> tuple[Table, ...]:
    """The tables that print an earlier year beside this one."""
    return tuple(table for table in context.document.tables if years_side_by_side(context, table))


def printed_years(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each rate, and each change, whose item a statement of two years prints."""
    told = [one for quote in quotes.all for one in _told(context, quotes, quote)]
    holds = sum(_fits(context, one) for one in told)
    if holds < _FEWEST or holds < 3 * (len(told) - holds):
        return
    for one in told:
        yield _check(context, quotes, one)


def _told(context: Context, quotes: Quotes, change: Quote) -> Iterator[_Told]:
    if change.kind not in (StatedKind.CHANGE, StatedKind.GROWTH) or change.figure.unit == "个百分点":
        return
    if change.kind is StatedKind.GROWTH and change_beside(quotes, change) is not None:
        return
    current = amount_of(quotes, change)
    if current is None or not quotes.of_this_year(current) or quotes.measure(current) == "plan":
        return
    name = current.named.key.rpartition("/")[2]
    for table in tables_of_two_years(context):
        for former, latter in years_side_by_side(context, table):
            for row in range(len(table.rows)):
                if _names(table, row, name) and prints_the_same(
                    context, current, table, CellRef(table.id, row, latter)
                ):
                    if printed_figure(table, row, former).value and context.in_unit_of(table, current.figure.unit):
                        yield _Told(change, current, table, CellRef(table.id, row, former))
                        return


def _names(table: Table, row: int, name: str) -> bool:
    keys: Sequence[str] = [numbering(label_key(cell.text))[2] for cell in table.rows[row][:4] if cell.text]
    return name in keys


def _fits(context: Context, told: _Told) -> bool:
    """Whether a change, as printed, is that from the year before that the statement prints."""
    said, present = (read_figure(one.figure.cell.printed) for one in (told.change, told.current))
    before = printed_figure(told.table, told.former.row, told.former.column)
    ratio = context.in_unit_of(told.table, told.current.figure.unit)
    if said.value is None or present.value is None or not before.value or ratio is None:
        return False
    made = present.value - before.value * ratio
    slack = present.half_unit + before.half_unit * ratio + said.half_unit
    if told.change.kind is StatedKind.GROWTH:
        made, slack = 100 * made / (before.value * ratio), 3 * said.half_unit
    return abs(abs(made) - abs(said.value)) <= slack


def _check(context: Context, quotes: Quotes, told: _Told) -> Check:
    change, current = told.change, told.current
    ratio = context.in_unit_of(told.table, current.figure.unit) or Decimal(1)
    way = direction(change) or 1
    where = f"《{told.table.title}》{context.label(told.former)}"
    title = Message(
        f"“{change.title}” follows from “{current.title}” and the year before ({where}).",
        f"“{change.title}”应由“{current.title}”与上年数（{where}）算得。",
    )
    if change.kind is StatedKind.GROWTH:
        terms = [
            Term(change.ref, Decimal(way), "growth"),
            Term(current.ref, Decimal(1), "current"),
            Term(told.former, ratio, "previous"),
        ]
        return context.check(
            Family.YOY, Relation.GROWTH, terms, title, severity=Severity.WARNING, tolerance=2 * change.half_unit
        )
    step = quotes.term(change, "part", -way, current.figure.unit) or Term(change.ref, Decimal(-way), "part")
    terms = [Term(current.ref, Decimal(1), "total"), step, Term(told.former, -ratio, "part")]
    return context.check(Family.YOY, Relation.EQUAL, terms, title, severity=Severity.WARNING)
