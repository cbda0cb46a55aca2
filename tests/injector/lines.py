"""Slips of whole lines, rarer than those of figures: a row that lost its figures, a column or a row in another unit, a
column that slid over a blank, two columns that crossed, two figures one below the other that changed places, a figure
taken for the end of its name."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal

from tests.injector.ground import Ground, Make, Texts
from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.table import CellRef

_FACTOR = Decimal(10_000)
_CENT = Decimal("0.01")
_LONGEST_RUN = 5
_FEWEST = 2


def _row(ground: Ground, ref: CellRef) -> list[CellRef]:
    """The filled cells of a row."""
    cells = (CellRef(ref.table, ref.row, column) for column in ground.columns[ref.table])
    return [cell for cell in cells if ground.filled(cell)]


def _column(ground: Ground, ref: CellRef) -> list[CellRef]:
    """The filled cells of a column."""
    cells = (CellRef(ref.table, row, ref.column) for row in range(len(ground.tables[ref.table].rows)))
    return [cell for cell in cells if ground.filled(cell)]


def _emptied(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    held = _row(ground, ref)
    return dict.fromkeys(held, "") if len(held) >= _FEWEST else None


def _in_other_unit(ground: Ground, cells: list[CellRef]) -> Texts | None:
    """Amounts of 元 in 万元, rounded to two decimals, and those of 万元 in 元."""
    if len(cells) < _FEWEST:
        return None
    coarser = ground.tables[cells[0].table].unit == "元"
    texts: Texts = {}
    for cell in cells:
        figure = read_figure(ground.text(cell))
        if figure.kind is not FigureKind.NUMBER or figure.value is None or figure.percent:
            return None
        value = (figure.value / _FACTOR if coarser else figure.value * _FACTOR).quantize(_CENT, ROUND_HALF_UP)
        if not value:
            return None
        texts[cell] = print_like(value, "1,000.00" if "," in ground.text(cell) else "0.00")
    return texts


def _column_in_other_unit(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    return _in_other_unit(ground, _column(ground, ref))


def _row_in_other_unit(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    return _in_other_unit(ground, _row(ground, ref))


def _slid_over_blank(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """What a column prints from one row on, zeros too, stands a row lower, up to the next blank."""
    row, rows = ref.row, len(ground.tables[ref.table].rows)
    while row < rows and ground.text(CellRef(ref.table, row, ref.column)).strip():
        row += 1
    if row == rows or row - ref.row < _FEWEST:
        return None
    texts = {
        CellRef(ref.table, place, ref.column): ground.text(CellRef(ref.table, place - 1, ref.column))
        for place in range(ref.row + 1, row + 1)
    }
    return {ref: "", **texts}


def _exchanged_below(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    below = ground.below(ref)
    return {ref: ground.text(below), below: ground.text(ref)} if ground.filled(below) else None


def _columns_crossed(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """Two neighbouring columns change places over some rows."""
    if ref.column + 1 not in ground.columns[ref.table]:
        return None
    behind = min(ref.row + rng.randint(_FEWEST, _LONGEST_RUN), len(ground.tables[ref.table].rows))
    texts: Texts = {}
    for row in range(ref.row, behind):
        one, other = CellRef(ref.table, row, ref.column), CellRef(ref.table, row, ref.column + 1)
        texts[one], texts[other] = ground.text(other), ground.text(one)
    return texts


def _in_name(ground: Ground, ref: CellRef, rng: random.Random) -> Texts | None:
    """The first figure of a row behind its name, with a blank between or without one."""
    named = CellRef(ref.table, ref.row, ref.column - 1)
    if not ref.column or named.column in ground.columns[ref.table]:
        return None
    name, figure = ground.text(named), ground.text(ref)
    if read_figure(name).kind is not FigureKind.TEXT or read_figure(figure).kind is not FigureKind.NUMBER:
        return None
    return {ref: "", named: f"{name}{rng.choice(('', ' '))}{figure}"}


LINES: dict[str, Make] = {
    "figure_in_name": _in_name,
    "row_emptied": _emptied,
    "column_in_other_unit": _column_in_other_unit,
    "row_in_other_unit": _row_in_other_unit,
    "slid_over_blank": _slid_over_blank,
    "exchanged_below": _exchanged_below,
    "columns_crossed": _columns_crossed,
}
