"""Repairs that move figures: a run shifted by a column, a figure or a block moved by a row, cells run together or cut.

Each operation undoes one slip and has one price, however many cells it touches (Scholtus 2016 generalises Fellegi and
Holt to edit operations in this way).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from workbench.model.amount import FigureKind, read_figure
from workbench.model.table import CellRef
from workbench.repairs.corroboration import Support
from workbench.repairs.layout import TableLayout
from workbench.repairs.stories import LEAST, Plausibility
from workbench.repairs.system import Equation, System, to_units

SHIFTED = 3.4
MOVED_ROW = 3.6
MOVED_BLOCK = 3.8
SWAPPED_ROWS = 4.2
SWAPPED_CELLS = 4.6
SWAPPED_COLUMNS = 5.0
SPLIT = 3.0
MERGED = 1.5
_OVER_ZERO = 0.1
"""More for a move into a cell that prints a zero and is not blank."""

ODD_FORM = 1.5
"""For each cell whose figure is printed unlike the others of its column, before and after."""
ALONE = 1.0
"""For a figure in a column that otherwise has none."""
UNNAMED = 2.0
"""For a figure on a row without a label."""
_MOST_EVIDENCE = 4.0
CORROBORATED = 1.0
"""Less where a figure lands on a row whose name it stands by elsewhere."""

_LONGEST_BLOCK = 40
_MOST_ROWS_SWAPPED = 200

_MERGED_FIGURE = re.compile(r"[-\d.,\s]+")


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a repair: variables and the values they get. `texts` are the new texts of all cells that a
    structural operation touches; an operation on one figure has none (its text follows from its value)."""

    method: str
    cost: float
    changes: tuple[tuple[int, int], ...]
    texts: tuple[tuple[CellRef, str], ...] = ()
    support: Support | None = None

    @property
    def structural(self) -> bool:
        """Whether it moves figures rather than changing one."""
        return bool(self.texts)


Moves = dict[tuple[int, int], str]
"""Row and column → the text that the cell gets."""


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A structural operation before it is priced and bound to variables: what the cells of one table would print, and
    what that comes to."""

    method: str
    cost: float
    layout: TableLayout
    cells: tuple[tuple[tuple[int, int], str, int], ...]


@dataclass(slots=True)
class Structures:
    """The structural operations of one document, made row by row as a search asks for them."""

    system: System
    plausibility: Plausibility
    _rows: dict[tuple[str, int], tuple[Move, ...]] = field(default_factory=dict)
    _blocks: dict[CellRef, tuple[Move, ...]] = field(default_factory=dict)
    _columns: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    _touching: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    _bound: dict[Move, Operation | None] = field(default_factory=dict)

    def touching(self, equation: Equation) -> tuple[Move, ...]:
        """Every structural operation that changes a cell of this equation, each once, in a fixed order."""
        known = self._touching.get(equation.number)
        if known is None:
            found: dict[object, Move] = {}
            places = self.system.numbers_of(equation)
            for move in self._gather(equation.cells):
                own = places.get(move.layout.table.id, {})
                if not any(place in own for place, _, _ in move.cells):
                    continue
                key = (move.layout.table.id, move.cells)
                other = found.get(key)
                if other is None or move.cost < other.cost:
                    found[key] = move
            known = self._touching[equation.number] = tuple(found.values())
        return known

    def bound(self, move: Move) -> Operation | None:
        """The move as an operation at its full price, with what the looks of its cells say for or against it. None
        where it would change a label, a code or a cell that must stay, or put a negative into a column without any."""
        if move not in self._bound:
            self._bound[move] = self._bind(move)
        return self._bound[move]

    def _bind(self, move: Move) -> Operation | None:
        changes: list[tuple[int, int]] = []
        texts: list[tuple[CellRef, str]] = []
        for (row, column), text, value in move.cells:
            variable = self.system.variable(CellRef(move.layout.table.id, row, column))
            negative = value < 0 and not move.layout.style(column).negatives
            if negative or not self.plausibility.movable(variable.number):
                return None
            texts.append((variable.ref, text))
            if value != variable.value or variable.kind is FigureKind.GARBLED:
                changes.append((variable.number, value))
        if not changes:
            return None
        cost = move.cost + self._evidence(move.layout, texts)
        return Operation(move.method, max(cost, LEAST), tuple(changes), tuple(texts))

    def _gather(self, variables: tuple[int, ...]) -> Iterator[Move]:
        refs = [self.system.variables[variable].ref for variable in variables]
        rows = dict.fromkeys((ref.table, ref.row) for ref in refs)
        for table, row in rows:
            yield from self._of_row(table, row)
        for ref in refs:
            yield from self._blocks_through(ref)
        for table in dict.fromkeys(table for table, _ in rows):
            yield from self.of_table(table)

    def _of_row(self, table: str, row: int) -> tuple[Move, ...]:
        known = self._rows.get((table, row))
        if known is None:
            layout = self.plausibility.layout(table)
            known = () if layout is None else tuple(_moves(layout, _of_row(layout, row)))
            self._rows[table, row] = known
        return known

    def _blocks_through(self, ref: CellRef) -> Iterator[Move]:
        """The blocks of a column that hold this cell or end in it."""
        layout = self.plausibility.layout(ref.table)
        if layout is None or not layout.segment_of(ref.column):
            return
        count = len(layout.table.rows)
        for step in (1, -1):
            row = ref.row
            for _ in range(_LONGEST_BLOCK):
                place = CellRef(ref.table, row, ref.column)
                if place not in self._blocks:
                    self._blocks[place] = tuple(_moves(layout, _moved_blocks(layout, row, ref.column)))
                yield from self._blocks[place]
                row -= step
                if not 0 <= row < count or not _holds(layout.texts[row][ref.column]):
                    break

    def of_table(self, table: str) -> tuple[Move, ...]:
        """The operations that swap two neighbouring columns of a table."""
        known = self._columns.get(table)
        if known is None:
            layout = self.plausibility.layout(table)
            known = ()
            if layout is not None and len(layout.table.rows) <= _MOST_ROWS_SWAPPED:
                known = tuple(_moves(layout, _swapped_columns(layout)))
            self._columns[table] = known
        return known

    def _evidence(self, layout: TableLayout, texts: list[tuple[CellRef, str]]) -> float:
        """What the looks of the cells say for (negative) or against an operation: figures that are not printed as
        their columns print theirs, figures alone in a column, a landing figure that its row's name prints elsewhere."""
        evidence = 0.0
        corroborated = False
        alone = unnamed = 0
        for ref, text in texts:
            style = layout.style(ref.column)
            before = layout.texts[ref.row][ref.column]
            evidence += ODD_FORM * (style.odd(text) - style.odd(before))
            if not layout.label_keys(ref.row, ref.column):
                unnamed += _holds(text) - _holds(before)
            if style.filled <= 1:
                alone += _holds(text) - _holds(before)
            if not corroborated and _holds(text):
                value = read_figure(text).value
                support = None if value is None else self.plausibility.index.support(ref, value)
                corroborated = support is not None and support.same_name
        evidence += ALONE * max(-1, min(alone, 1)) + UNNAMED * max(-1, min(unnamed, 1))
        return max(evidence, -_MOST_EVIDENCE) - (CORROBORATED if corroborated else 0.0)


Found = Iterator[tuple[str, float, Moves]]


def _moves(layout: TableLayout, found: Found) -> Iterator[Move]:
    """What was found, without the cells that stay as they are; nothing that would leave no figure in a cell."""
    for method, cost, moves in found:
        cells = []
        for (row, column), text in sorted(moves.items()):
            if layout.texts[row][column] != text:
                units = _units(text)
                if units is None:
                    break
                cells.append(((row, column), text, units))
        else:
            if cells:
                yield Move(method, cost, layout, tuple(cells))


@lru_cache(maxsize=65536)
def _units(text: str) -> int | None:
    """The value of a text in the system, None for one that is no figure and no blank."""
    figure = read_figure(text)
    if figure.kind in (FigureKind.TEXT, FigureKind.GARBLED):
        return None
    return to_units(figure.value) if figure.value is not None else 0


def _of_row(layout: TableLayout, row: int) -> Found:
    for segment in layout.segments:
        for find in (_shifted, _split, _merged, _swapped_cells, _moved_rows, _swapped_rows):
            yield from find(layout, row, segment)


@lru_cache(maxsize=65536)
def _receptive(text: str) -> float | None:
    """What it costs to move a figure into a cell that prints `text`; None where it holds a figure of its own."""
    figure = read_figure(text)
    if figure.kind is FigureKind.BLANK:
        return 0.0
    if figure.kind is FigureKind.DASH or (figure.value is not None and not figure.value):
        return _OVER_ZERO
    return None


def _holds(text: str) -> bool:
    """Whether a cell prints a figure other than zero."""
    return _receptive(text) is None


def _texts(layout: TableLayout, row: int, segment: tuple[int, ...]) -> list[str]:
    return [layout.texts[row][column] for column in segment]


def _shifted(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """A run of figures stands one column beside its place: back over the blank at its end."""
    texts = _texts(layout, row, segment)
    count = len(texts)
    for step in (1, -1):
        for start in range(count):
            if not _holds(texts[start]):
                continue
            stop = start + step
            while 0 <= stop < count:
                price = _receptive(texts[stop])
                if price is not None:
                    run = range(start, stop, step)
                    moves = {(row, segment[place + step]): texts[place] for place in run}
                    moves[row, segment[start]] = texts[stop]
                    yield "shifted_column", SHIFTED + price, moves
                    # The blank may itself be one of the row's own: the run goes on behind it to the next one.
                    if stop + step not in range(count) or not _holds(texts[stop + step]):
                        break
                stop += step


def _split(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """One figure was cut in two, over neighbouring cells or over two rows."""
    texts = _texts(layout, row, segment)
    for place in range(len(texts) - 1):
        joined = _join(texts[place], texts[place + 1], layout.style(segment[place]).decimals)
        if joined is None:
            continue
        left, right = (row, segment[place]), (row, segment[place + 1])
        yield "figure_split", SPLIT, {left: joined, right: ""}
        yield "figure_split", SPLIT + 0.3, {left: "", right: joined}
        stop = place + 2
        while stop < len(texts) and _holds(texts[stop]):
            stop += 1
        if stop > place + 2:
            moves = {left: joined, (row, segment[stop - 1]): ""}
            for index in range(place + 2, stop):
                moves[row, segment[index - 1]] = texts[index]
            yield "figure_split", SPLIT + 0.2, moves
    for upper in (row - 1, row):
        if not 0 <= upper < len(layout.table.rows) - 1:
            continue
        for column in segment:
            above, below = layout.texts[upper][column], layout.texts[upper + 1][column]
            joined = _join(above, below, layout.style(column).decimals)
            if joined is not None:
                yield "figure_split", SPLIT, {(upper, column): joined, (upper + 1, column): ""}
                yield "figure_split", SPLIT + 0.3, {(upper, column): "", (upper + 1, column): joined}


def _join(first: str, second: str, decimals: int) -> str | None:
    """Two pieces as the one figure they make, or None where they make none that this column would print."""
    if not first or not second or not re.fullmatch(r"[\d.,]+", first + second):
        return None
    figure = read_figure(first + second)
    if figure.kind is not FigureKind.NUMBER or figure.decimals != decimals:
        return None
    if first[0] == "0" and first[1:2] != ".":
        return None
    whole = (read_figure(first), read_figure(second))
    if decimals and all(piece.kind is FigureKind.NUMBER and piece.decimals == decimals for piece in whole):
        return None
    return first + second


def _merged(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """Two neighbouring figures ran together in one cell."""
    texts = _texts(layout, row, segment)
    for place, text in enumerate(texts):
        for first, second in _cuts(text, layout.style(segment[place]).decimals):
            here = (row, segment[place])
            if place + 1 < len(texts) and not _holds(texts[place + 1]):
                yield "figures_merged", MERGED, {here: first, (row, segment[place + 1]): second}
            if place > 0 and not _holds(texts[place - 1]):
                yield "figures_merged", MERGED, {(row, segment[place - 1]): first, here: second}
            stop = place + 1
            while stop < len(texts) and _holds(texts[stop]):
                stop += 1
            if place + 1 < stop < len(texts):
                moves = {here: first, (row, segment[place + 1]): second}
                for index in range(place + 1, stop):
                    moves[row, segment[index + 1]] = texts[index]
                yield "figures_merged", MERGED + 0.2, moves


def _cuts(text: str, decimals: int) -> Iterator[tuple[str, str]]:
    """The ways `text` falls into two figures of `decimals` decimals."""
    if len(text) < 2 or not _MERGED_FIGURE.fullmatch(text):
        return
    if decimals == 0:
        first, blank, second = text.partition(" ")
        if blank and read_figure(first).value is not None and read_figure(second.strip()).value is not None:
            yield first, second.strip()
        return
    for offset in range(1, len(text)):
        first, second = text[:offset].strip(), text[offset:].strip()
        if not first or not second:
            continue
        figures = (read_figure(first), read_figure(second))
        if all(figure.kind is FigureKind.NUMBER and figure.decimals == decimals for figure in figures):
            yield first, second


def _swapped_cells(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    texts = _texts(layout, row, segment)
    for place in range(len(texts) - 1):
        if _holds(texts[place]) and _holds(texts[place + 1]):
            left, right = (row, segment[place]), (row, segment[place + 1])
            yield "cells_swapped", SWAPPED_CELLS, {left: texts[place + 1], right: texts[place]}


def _moved_rows(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """One figure, or all figures of the row, stand a row above or below their own."""
    texts = _texts(layout, row, segment)
    for other in (row - 1, row + 1):
        if not 0 <= other < len(layout.table.rows):
            continue
        beside = _texts(layout, other, segment)
        for place, column in enumerate(segment):
            for here, there in ((texts[place], beside[place]), (beside[place], texts[place])):
                price = _receptive(there)
                if _holds(here) and price is not None:
                    swap = {(row, column): beside[place], (other, column): texts[place]}
                    yield "moved_row", MOVED_ROW + price, swap
        held = [place for place, text in enumerate(texts) if _holds(text)]
        other_held = [place for place, text in enumerate(beside) if _holds(text)]
        if bool(held) != bool(other_held) and len(held) + len(other_held) > 1:
            moves: Moves = {}
            for place, column in enumerate(segment):
                moves[row, column], moves[other, column] = beside[place], texts[place]
            yield "moved_block", MOVED_BLOCK, moves


def _moved_blocks(layout: TableLayout, row: int, column: int) -> Found:
    """Figures of one column from `row` on stand one row too low or too high, up to a blank."""
    if not _holds(layout.texts[row][column]):
        return
    count = len(layout.table.rows)
    for step in (1, -1):
        stop = row + step
        while 0 <= stop < count and abs(stop - row) <= _LONGEST_BLOCK and _holds(layout.texts[stop][column]):
            stop += step
        if not 0 <= stop < count or not 2 <= abs(stop - row) <= _LONGEST_BLOCK:
            continue
        price = _receptive(layout.texts[stop][column])
        moves: Moves = {(row, column): layout.texts[stop][column]}
        for place in range(row, stop, step):
            moves[place + step, column] = layout.texts[place][column]
        yield "moved_block", MOVED_BLOCK + (price or 0.0), moves


def _swapped_rows(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    for other in (row - 1, row + 1):
        if not 0 <= other < len(layout.table.rows):
            continue
        texts, beside = _texts(layout, row, segment), _texts(layout, other, segment)
        if any(map(_holds, texts)) and any(map(_holds, beside)):
            moves: Moves = {}
            for place, column in enumerate(segment):
                moves[row, column], moves[other, column] = beside[place], texts[place]
            yield "rows_swapped", SWAPPED_ROWS, moves


def _swapped_columns(layout: TableLayout) -> Found:
    for segment in layout.segments:
        for left, right in pairwise(segment):
            moves: Moves = {}
            for row in range(len(layout.table.rows)):
                moves[row, left] = layout.texts[row][right]
                moves[row, right] = layout.texts[row][left]
            yield "columns_swapped", SWAPPED_COLUMNS, moves
