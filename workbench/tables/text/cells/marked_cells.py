"""Tables of which every cell ends with a bar, on its own line or on a line below it, as crawlers leave those of web
pages: rows have lost their line ends, but no cell is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from workbench.fiscal.captions import is_note, title_of_line
from workbench.model.amount import match_key
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, captions_before, is_caption, is_heading
from workbench.tables.text.cells.body import Body
from workbench.tables.text.cells.cell_rows import YEAR, Cell, is_figure_cell, layouts_of, numbering_of
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.printed_header import header_in_place
from workbench.tables.text.cells.printed_rows import PieceRow, Segment
from workbench.tables.text.header.tree import arrange
from workbench.tables.text.lines import Line, Piece, text_of
from workbench.tables.text.vocabulary import is_known

_FEWEST_BARS, _FEWEST_TEXTS = 6, 3
_MOST_LINES = 4
"""A cell has no more lines than these."""
_LONGEST_CELL = 60
_MOST_LABELS = 40
"""A header below which nothing stands has no more labels than these."""


def stands_in_marked_cells(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it belongs to cells that end with bars: a bar at its end and none within, bars alone, or
    text above such a line."""
    found = [False] * len(lines)
    if sum(line.text.count("|") for line in lines if line.text.rstrip().endswith("|")) < _FEWEST_BARS:
        return found
    waiting: list[int] = []
    inside = False
    for index, line in enumerate(lines):
        text = line.text.strip()
        if not text:
            continue
        if "\t" in text or (text.strip("| ") and text.count("|") > 1) or _is_outside(line):
            waiting, inside = [], False
        elif text.endswith("|"):
            cell = waiting[-_MOST_LINES:] if inside else waiting[-1:] if not text.strip("| ") else []
            for other in [*cell, index]:
                found[other] = True
            waiting, inside = [], True
        else:
            waiting.append(index)
    return _enough(lines, found)


def _is_outside(line: Line) -> bool:
    """Whether a line stands around tables: a caption, a heading, a note, a title, a paragraph."""
    text = line.text.strip().rstrip("| ")
    caption = is_caption(text) and not YEAR.match(match_key(text))
    if len(text) > _LONGEST_CELL or caption or is_note(text) or is_heading(text):
        return True
    return text.endswith("表") and bool(title_of_line(text))


def _enough(lines: Sequence[Line], found: Sequence[bool]) -> list[bool]:
    """The marks of stretches that hold texts enough."""
    kept: list[bool] = []
    for inside, group in groupby(zip(found, lines, strict=True), key=lambda pair: pair[0] or pair[1].blank):
        stretch = [line for _, line in group]
        texts = sum(bool(line.text.strip("| ")) for line in stretch)
        kept += [inside and texts >= _FEWEST_TEXTS] * len(stretch)
    return kept


def marked_cell_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of cells that end with bars in these lines, in order. Text between them is left out."""
    tables: list[RawTable] = []
    above: list[Line] = []
    for inside, group in groupby(zip(stands_in_marked_cells(lines), lines, strict=True), key=itemgetter(0)):
        stretch = [line for _, line in group]
        if inside:
            captions = captions_before([_without_bars(line) for line in above if line.text.strip("| ")])
            tables.extend(_tables(_cells(stretch), captions))
        above = [] if inside and any(not line.blank for line in stretch) else [*above, *stretch]
    return tables


def _without_bars(line: Line) -> Line:
    """A line without the bars at its end."""
    text = line.text.rstrip("| ")
    return line._replace(end=line.start + len(text), text=text)


def _cells(lines: Sequence[Line]) -> list[Cell]:
    cells: list[Cell] = []
    pieces: tuple[Piece, ...] = ()
    for line in lines:
        start = 0
        for text in line.text.split("|")[:-1]:
            cells.append(pieces + line.pieces(start, start + len(text)))
            pieces = ()
            start += len(text) + 1
        pieces += line.pieces(start)
    return cells


def _tables(cells: Sequence[Cell], captions: Captions) -> Iterator[RawTable]:
    first = next((index for index, cell in enumerate(cells) if cell), len(cells))
    layout = min(layouts_of(cells[first:], len(cells), certain=True), key=lambda layout: layout.misfit, default=None)
    if layout is not None:
        segment = Segment(layout.header, layout.body, in_place=True)
    else:
        segment = Segment(_header_alone(cells), in_place=True)
    if segment.header:
        yield from tables_of([segment], captions, Captions())


def _header_alone(cells: Sequence[Cell]) -> list[PieceRow]:
    """The header that cells make below which nothing stands; none where most of its labels are unknown."""
    labels = [cell for cell in cells if cell]
    if not 3 <= len(labels) <= _MOST_LABELS or sum(is_known(text_of(label)) for label in labels) * 2 < len(labels):
        return []
    figure = next((index for index, cell in enumerate(cells) if is_figure_cell(cell)), len(cells))
    numbering = numbering_of(cells, figure)
    top = numbering[0] if numbering is not None else len(cells)
    widths = [len(cells) - top] if numbering is not None else range(2, top + 1)
    ways = [way for width in widths if (way := header_in_place(cells[:top], width, Body(("",) * width))) is not None]
    if not ways:
        return [list(row) for row in arrange(labels).rows]
    return [*min(ways, key=itemgetter(1))[0], *([list(cells[top:])] if numbering is not None else [])]
