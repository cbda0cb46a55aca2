"""Figures that went astray over many rows together: down one column, whole rows, two columns of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from workbench.repairs.evidence.column_style import ENOUGH
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import without_rates
from workbench.repairs.slips.moves import MOVED_BLOCK, TOGETHER
from workbench.repairs.slips.places import LONGEST_BLOCK, Found, Moves, holds, receptive
from workbench.repairs.slips.relocation import SwappedColumns

SWAPPED_COLUMNS = 5.0
MOVED_ROWS = 4.0
MOVED_OVER_ZEROS = 3.0
"""Where a column prints its zeros, a blank says by itself that something went astray."""
_MOST_BLANK = 2
"""Where more rows with a name print nothing in a column, that is what rows of it do."""


def blocks_from(layout: TableLayout, row: int, column: int) -> Found:
    """Figures of one column from `row` on stand one row too low or too high, up to a blank."""
    texts = layout.texts
    first, last = layout.runs((column,))[row]
    for step, stop in ((1, last + 1), (-1, first - 1)):
        if not 0 <= stop < len(texts) or not 2 <= abs(stop - row) <= LONGEST_BLOCK:
            continue
        price = receptive(texts[stop][column])
        moves: Moves = {(row, column): texts[stop][column]}
        for place in range(row, stop, step):
            moves[place + step, column] = texts[place][column]
        beyond = row - step
        left = 0 <= beyond < len(texts) and texts[beyond][column] == texts[row][column]
        yield "moved_block", MOVED_BLOCK + (price or 0.0) + TOGETHER * left, moves


def blocks_over_zeros(layout: TableLayout) -> Found:
    """The figures of a column, zeros among them, stand one row too low or too high: a row is blank where nearly every
    one that has a name prints something, and the run beside it ends on a row that has none, or where it ends."""
    for segment in layout.segments:
        columns = [column for column in segment if layout.style(column).zero and layout.style(column).blanks]
        named = [layout.named_within(row, segment) for row in range(len(layout.texts))] if columns else []
        for column in columns if sum(named) >= ENOUGH else ():
            printed = [bool(texts[column].strip()) for texts in layout.texts]
            blank = [row for row, name in enumerate(named) if name and not printed[row]]
            if 0 < len(blank) <= _MOST_BLANK:
                for row, step in product(blank, (1, -1)):
                    yield from _back_over(layout, column, row, step, printed, named)


def _back_over(
    layout: TableLayout, column: int, blank: int, step: int, printed: Sequence[bool], named: Sequence[bool]
) -> Found:
    """The figures behind a blank, each a row towards it."""
    moves: Moves = {}
    row = blank + step
    while 0 <= row < len(printed) and printed[row] and len(moves) <= LONGEST_BLOCK:
        moves[row - step, column] = layout.texts[row][column]
        last = not 0 <= row + step < len(printed) or not printed[row + step]
        figures = [holds(text) for text in moves.values()]
        if (last or not named[row]) and any(figures) and not all(figures):
            yield "moved_block", MOVED_OVER_ZEROS, {**moves, (row, column): layout.texts[blank][column]}
        row += step


def row_blocks(layout: TableLayout, row: int) -> Found:
    """The figures of this row and of the rows beside it stand one row too low or too high, all columns of them, of one
    half of the table or of both: back towards the row without figures at one end."""
    halves = layout.segments
    whole = tuple(column for half in halves for column in half)
    runs = (*halves, whole) if len(halves) > 1 else halves
    for segment in (*runs, *without_rates(layout, runs)):
        for step in (1, -1):
            empty = _empty_row(layout, row, segment, -step)
            if empty is None:
                continue
            stop = row + step
            while abs(stop - empty) <= LONGEST_BLOCK + 1:
                yield from _towards(layout, segment, empty, stop, step)
                if not (0 <= stop < len(layout.texts) and _is_filled(layout, stop, segment)):
                    break
                stop += step


def _towards(layout: TableLayout, segment: tuple[int, ...], empty: int, stop: int, step: int) -> Found:
    """The rows behind the empty one, up to the one before `stop`, each a row towards it."""
    if abs(stop - empty) <= 2:
        return
    last = stop - step
    moves: Moves = {}
    for column in segment:
        for place in range(empty, last, step):
            moves[place, column] = layout.texts[place + step][column]
        moves[last, column] = layout.texts[empty][column]
    yield "moved_block", MOVED_ROWS, moves


def _empty_row(layout: TableLayout, row: int, segment: tuple[int, ...], step: int) -> int | None:
    """The nearest row without figures in this direction, none but rows of figures between."""
    first, last = layout.runs(segment)[row]
    empty = row if last < first else last + 1 if step > 0 else first - 1
    return empty if 0 <= empty < len(layout.texts) and abs(empty - row) <= LONGEST_BLOCK else None


def _is_filled(layout: TableLayout, row: int, segment: tuple[int, ...]) -> bool:
    first, last = layout.runs(segment)[row]
    return first <= last


def swapped_columns(layout: TableLayout) -> Iterator[tuple[str, float, SwappedColumns]]:
    """Two neighbouring columns of a whole table changed places."""
    for segment in layout.segments:
        for left, _ in pairwise(segment):
            yield "columns_swapped", SWAPPED_COLUMNS, SwappedColumns(layout.texts, left)
