"""Forms that only alignment shows (绩效目标表 and the like): read by where their texts stand, as on a page of a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.fiscal.headers import inner_header_words
from workbench.model.amount import match_key
from workbench.tables.finish import raw_tables
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.surroundings import Captions
from workbench.tables.raw import Origin, RawTable
from workbench.tables.text.aligned.indicator_lines import indicator_table
from workbench.tables.text.aligned.places import PlacedLine
from workbench.tables.text.captions import Captions as TextCaptions
from workbench.tables.unruled.form_grids import form_grid
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece as PrintedPiece
from workbench.tables.unruled.printed import PrintedLine

_FEWEST_NAMES = 3
_OF_THE_TEXTS = 0.4
"""The share of the most texts in a line that makes a line a row: side by side texts wrap seldom."""
_WIDTH, _HEIGHT, _LINE = 5.0, 9.0, 12.0
"""In points: how wide a character of such text and how high its print is, and how far apart its lines are."""


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
    of_form = lines[:named] if indicators is not None else lines
    form = form_grid([_printed(line) for line in of_form], LevelRules(), _OF_THE_TEXTS)
    found = raw_tables([Piece(SpanGrid.of(page, form), whole, (page.number,), Origin.WHITESPACE)])
    if indicators is None:
        return found
    return [replace(part, part_of=captions.title) for part in (*found, indicators)]


def _names_indicators(line: PlacedLine) -> bool:
    return inner_header_words([match_key(cell.text) for cell in line.cells]) >= _FEWEST_NAMES


def _printed(line: PlacedLine) -> PrintedLine:
    middle = line.y * _LINE
    pieces = [
        PrintedPiece(cell.pieces[0].start, cell.pieces[-1].end, cell.x0 * _WIDTH, cell.x1 * _WIDTH, cell.text, middle)
        for cell in line.cells
    ]
    return PrintedLine(middle, _HEIGHT, line.line.text.strip(), pieces)
