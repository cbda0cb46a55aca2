"""Where in the source a slipped cell stands:
characters that are read into another cell keep their place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.model.source import Anchor
from workbench.model.table import Cell, Row, Table

_AROUND = 4
"""Rows above and below from which a figure may have come."""


def slipped(table: Table, row: int, column: int, text: str) -> Cell:
    """A cell that prints `text` after a slip: with the characters of whichever cell printed it before, of a part of
    one, or of two that ran together; with its own where it was misread; with none where it lost them."""
    if not text:
        return Cell("")
    own = table.rows[row][column] if row < len(table.rows) else Cell("")
    near = _nearest(table, row, column)
    for cell in near:
        if cell.text == text:
            return Cell(text, cell.anchors)
    for cell in near:
        part = _part(cell, text)
        if part is not None and (cell is own or not own.text):
            return Cell(text, part)
    for one in near:
        for other in near if one.text and text.startswith(one.text) else ():
            if other is not one and text.replace(" ", "") == (one.text + other.text).replace(" ", ""):
                return Cell(text, (*one.anchors, *other.anchors))
    return Cell(text, own.anchors)


def reshaped(table: Table, rows: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """The rows of a table after a slip of its shape, each cell with the characters that it holds."""
    if not any(cell.anchors for row in table.rows for cell in row):
        return tuple(tuple(Cell(text) for text in row) for row in rows)
    return tuple(
        tuple(slipped(table, min(number, len(table.rows) - 1), column, text) for column, text in enumerate(row))
        for number, row in enumerate(rows)
    )


def _nearest(table: Table, row: int, column: int) -> list[Cell]:
    """The cells around one, itself first, those of its column and of its row before others."""
    places = [
        (abs(other - row) + abs(beside - column), abs(other - row), other, beside)
        for other in range(max(row - _AROUND, 0), min(row + _AROUND + 1, len(table.rows)))
        for beside in range(table.width)
        if other == row or beside == column
    ]
    return [table.rows[other][beside] for *_, other, beside in sorted(places)]


def _part(cell: Cell, text: str) -> tuple[Anchor, ...] | None:
    """The characters of a cell that make up a part of what it prints."""
    at = cell.text.find(text)
    if at < 0 or len(cell.anchors) != 1 or cell.anchors[0].end - cell.anchors[0].start != len(cell.text):
        return None
    anchor = cell.anchors[0]
    return (replace(anchor, start=anchor.start + at, end=anchor.start + at + len(text)),)
