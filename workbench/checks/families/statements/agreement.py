"""Whether two amounts of statements are the same, however they are printed: rounded, in another unit,
or as their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.sums import chosen_groups
from workbench.checks.figures import ONE, ZERO
from workbench.checks.structure.groups import GroupKind
from workbench.model.table import CellRef

Cells = tuple[CellRef, ...]
"""Cells whose sum is one amount."""


def amount(context: Context, cells: Sequence[CellRef]) -> Decimal | None:
    """The sum of cells, None where none of them prints a figure. Their edits build the checks anew."""
    values = [value for value in (context.amount(cell) for cell in cells) if value is not None]
    return sum(values, ZERO) if values else None


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
    printed = _same(context, tuple(first), tuple(second))
    if printed:
        return True
    readings = ((left, right) for left in _readings(context, first) for right in _readings(context, second))
    return True if any(_same(context, left, right) for left, right in readings) else printed


def _same(context: Context, first: Cells, second: Cells) -> bool | None:
    left, right = amount(context, first), amount(context, second)
    if left is None or right is None:
        return None
    factor = ratio(context, first, second)
    reach = sum((context.figures.read(cell).half_unit for cell in first), ZERO)
    reach += sum((context.figures.read(cell).half_unit for cell in second), ZERO) * factor
    return abs(left - right * factor) <= reach


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
