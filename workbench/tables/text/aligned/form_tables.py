"""Forms that only alignment shows (绩效目标表 and the like): read by where their texts stand, as on a page of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median_low

from workbench.fiscal.headers import inner_header_words
from workbench.model.amount import match_key
from workbench.tables.finish import raw_tables
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.surroundings import Captions
from workbench.tables.raw import Origin, RawTable
from workbench.tables.text.aligned.indicator_lines import indicator_table
from workbench.tables.text.aligned.parting import Extent
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.texts_apart import labels_apart
from workbench.tables.text.captions import Captions as TextCaptions
from workbench.tables.unruled.form_grids import form_grid
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece as PrintedPiece
from workbench.tables.unruled.printed import PrintedLine

_FEWEST_NAMES = 3
_FEWEST_IN_ORDER, _LEAST_WIDTH = 4, 2
"""So many texts on a line, two labels with their values, each so wide at the least, go by their order."""
_OF_THE_TEXTS = 0.4
"""The share of the most texts in a line that makes a line a row: side by side texts wrap seldom."""
_WIDTH, _HEIGHT, _LINE, _ROOM = 5.0, 9.0, 12.0, 4.0
"""In points: how wide a character of such text and how high its print is, how far apart its lines are, and how much
room is left between texts that touch: those that are one have been joined."""


def form_tables(lines: Sequence[PlacedLine], captions: TextCaptions) -> list[RawTable]:
    """The label/value block and the grid of indicators of a form; none where these lines are no form, or stand on
    several pages."""
    named = next((number for number, line in enumerate(lines) if _names_indicators(line)), None)
    page = lines[0].line.page if lines else None
    if not named or page is None or any(line.line.page is not page for line in lines):
        return []
    anchors = tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces)
    whole = Captions(captions.title, anchors, captions.unit)
    indicators = indicator_table(lines[named:], captions)
    of_form = _in_order(labels_apart(lines[:named])) if indicators is not None else lines
    form = form_grid([*map(_printed, of_form)], LevelRules(), _OF_THE_TEXTS)
    found = raw_tables([Piece(SpanGrid.of(page, form), whole, (page.number,), Origin.WHITESPACE)])
    if indicators is None:
        return found
    return [replace(part, part_of=captions.title) for part in (*found, indicators)]


def _in_order(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, the texts of the fullest ones each where those of its number mostly begin: a value that is set to the
    right on one line reaches over where the next label begins on another."""
    most = max(len(line.cells) for line in lines)
    full = [line.cells for line in lines if len(line.cells) == most]
    if most < _FEWEST_IN_ORDER or len(full) < 2:
        return list(lines)
    starts = [median_low([cell.x0 for cell in cells]) for cells in zip(*full, strict=True)]
    if any(after - before < _LEAST_WIDTH for before, after in pairwise(starts)):
        return list(lines)
    columns = list(zip(starts, [*(start - 1 for start in starts[1:]), float("inf")], strict=True))
    return [
        replace(line, cells=tuple(map(_moved, line.cells, columns)))
        if len(line.cells) == most
        else replace(line, cells=tuple(_cut_short(cell, columns) for cell in line.cells))
        for line in lines
    ]


def _moved(cell: Placed, column: Extent) -> Placed:
    start, end = column
    return replace(cell, x0=start, x1=min(start + cell.x1 - cell.x0, end))


def _cut_short(cell: Placed, columns: Sequence[Extent]) -> Placed:
    """A text that lies over several columns no wider than the one it begins in."""
    return replace(cell, x1=min(cell.x1, *(end for _, end in columns if end > cell.x0)))


def _names_indicators(line: PlacedLine) -> bool:
    return inner_header_words([match_key(cell.text) for cell in line.cells]) >= _FEWEST_NAMES


def _printed(line: PlacedLine) -> PrintedLine:
    middle = line.y * _LINE
    touch = {before.x1 for before, after in pairwise(line.cells) if after.x0 <= before.x1}
    pieces = [
        PrintedPiece(
            cell.pieces[0].start,
            cell.pieces[-1].end,
            cell.x0 * _WIDTH,
            cell.x1 * _WIDTH - _ROOM * (cell.x1 in touch),
            cell.text,
            middle,
        )
        for cell in line.cells
    ]
    return PrintedLine(middle, _HEIGHT, line.line.text.strip(), pieces)
