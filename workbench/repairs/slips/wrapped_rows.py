"""Rows that became two, or stand there twice: figures pushed onto a line of their own,
a row repeated at a page break."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.model.edit import DeleteRows, Edit, MergeRows
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.places import Moves, holds, numbers_columns

ROW_SPLIT = 1.2
ROW_SPLIT_UPWARDS = 1.5
"""A row of figures without a name says by itself that it belongs to another one."""

_MOST_REPEATED = 6
"""Of so many rows together a page prints again what the one before it printed."""
_FIRST_ROWS = 5
"""A row that numbers the columns stands on top."""

Reshaped = Iterator[tuple[str, float, Moves, tuple[Edit, ...]]]
"""The slip, its price, what the cells would print in the places that they have now, and the edits that do it."""


def of_row(layout: TableLayout, row: int) -> Reshaped:
    """What may have made two rows of this one and a neighbour, as edits that make them one again."""
    for upper in (row - 1, row):
        if 0 <= upper < len(layout.table.rows) - 1:
            yield from _split(layout, upper)


def _split(layout: TableLayout, upper: int) -> Reshaped:
    """One of two rows has figures only and the other one the labels; no column has something in both."""
    above, below = layout.texts[upper], layout.texts[upper + 1]
    columns = [column for segment in layout.segments for column in segment]
    labels = set(range(layout.table.width)) - set(columns)
    named = [any(texts[column] for column in labels) for texts in (above, below)]
    if named[0] == named[1] or any(one and other for one, other in zip(above, below, strict=True)):
        return
    moves: Moves = {}
    if named[0]:
        moving = [column for column in columns if below[column]]
        for column in moving:
            moves[upper, column], moves[upper + 1, column] = below[column], ""
    else:
        moving = [column for column in columns if above[column]]
        for column in moving:
            moves[upper + 1, column], moves[upper, column] = above[column], ""
    if any(holds(text) for text in moves.values()):
        price = ROW_SPLIT if named[0] else ROW_SPLIT_UPWARDS
        yield "row_split", price, moves, (MergeRows(layout.table.id, upper, (above, below)),)


def numbering(layout: TableLayout) -> Iterator[DeleteRows]:
    """The rows that number the columns (1 2 3 …, from the first amount on or counted over all columns) and print
    nothing else but a label, which no other row of figures is called by."""
    for row, texts in enumerate(layout.texts[:_FIRST_ROWS]):
        if numbers_columns(layout, row):
            yield DeleteRows(layout.table.id, row, (texts,))


def repeated(layout: TableLayout) -> Iterator[DeleteRows]:
    """The rows with a name and figures, one or a few together, that print the same, cell by cell, as those right above
    them."""
    columns = [column for segment in layout.segments for column in segment]
    labels = [column for column in range(layout.table.width) if column not in columns]
    texts = layout.texts
    for row in range(1, len(texts)):
        for length in range(1, min(row, _MOST_REPEATED) + 1):
            behind = row + length
            if texts[row] == texts[row - length] and texts[row:behind] == texts[row - length : row]:
                if all(
                    any(own[c] for c in labels) and any(holds(own[c]) for c in columns) for own in texts[row:behind]
                ):
                    yield DeleteRows(layout.table.id, row, tuple(texts[row:behind]))
                break
