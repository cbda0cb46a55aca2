"""Whether two amounts of statements are the same, however they are printed: rounded, in another unit,
or as their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.decisions import SameAmount, amount_of
from workbench.checks.families.sums import chosen_groups
from workbench.checks.reading import ONE
from workbench.checks.structure.groups import GroupKind
from workbench.model.table import CellRef

Cells = tuple[CellRef, ...]
"""Cells whose sum is one amount."""


def amount(context: Context, cells: Sequence[CellRef]) -> Decimal | None:
    """The sum of cells, None where none of them prints a figure. Their edits build the checks anew."""
    context.guards.update(cells)
    return amount_of(context.figures, cells)


def ratio(context: Context, cells: Sequence[CellRef], other: Sequence[CellRef]) -> Decimal:
    """By what `other` is multiplied to be in the unit of `cells`; 1 where a unit is unknown."""
    if not cells or not other:
        return ONE
    unit = context.unit_of(context.tables[cells[0].table])
    return context.in_unit_of(context.tables[other[0].table], unit) or ONE


def agree(context: Context, first: Sequence[CellRef], second: Sequence[CellRef]) -> bool | None:
    """Whether two amounts are the same but for rounding; None where one of them is not printed.

    A slip in one of them does not hide that they are meant to be the same: where an amount is printed as a total,
    what makes it up may agree in its place.
    """
    factor = ratio(context, first, second)
    printed = SameAmount((tuple(first),), (tuple(second),), factor)
    if printed.answer(context.figures):
        return context.decide(printed, known=True)
    return context.decide(SameAmount(tuple(_readings(context, first)), tuple(_readings(context, second)), factor))


def _readings(context: Context, cells: Sequence[CellRef]) -> Iterator[Cells]:
    """The cells of an amount; and for a single total the cells of the rows that make it up."""
    yield tuple(cells)
    if len(cells) != 1:
        return
    cell = cells[0]
    table = context.tables[cell.table]
    structure = context.structure(table)
    for group, parts in chosen_groups(context, table):
        whole = group.whole
        amounts = [column.index for column in structure.panels[whole.panel].amounts]
        if group.kind is GroupKind.TOTAL and whole.row == cell.row and cell.column in amounts:
            place = amounts.index(cell.column)
            if all(place < len(structure.panels[part.panel].amounts) for part in parts):
                yield tuple(structure.cell(part, place) for part in parts)
