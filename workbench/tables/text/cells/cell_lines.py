"""Tables of which every cell is a line of its own, the empty ones too, as web pages and viewers leave them.

Nothing but the length of the rows, which all are as long, tells where one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.fiscal.captions import is_note, is_table_number, title_of_line
from workbench.model.amount import match_key
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, captions_before, is_caption, is_heading
from workbench.tables.text.cells.cell_rows import LONGEST_LABEL, YEAR, Cell, Layout, is_figure_cell, layouts_of
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.loose_rows import loose_layout
from workbench.tables.text.cells.printed_rows import Segment
from workbench.tables.text.cells.row_ends import ended_rows
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line
from workbench.tables.text.vocabulary import is_known

_FEWEST_CELLS = 5
_DOUBTFUL, _SURELY = 0.8, 0.5
"""From this misfit on rows that are not all as long are looked at, which must suit so much better."""
_DEAREST = 4.0
"""Rows that print every cell and suit worse are none."""
_TABLE = re.compile(r"表(?:[（(].*[）)])?$")
_SENTENCE = re.compile(r"[。；！？]|，.{6,}，")


@dataclass(frozen=True, slots=True)
class CellTable:
    """A table, and the first and the last line that hold its cells."""

    table: RawTable
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Loose:
    """A table of rows that are not all as long, its last line, and how badly header and body suit."""

    segment: Segment
    last: int
    misfit: float


def cell_line_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables of which every cell is a line, in order."""
    if not _are_cells(lines):
        return
    stretches = list(_stretches(lines))
    likeliest = [_likeliest(lines[start:end]) for start, end in stretches]
    kept = any(layout is not None and _keeps_blanks(layout) for layout in likeliest)
    for (start, end), first in zip(stretches, likeliest, strict=True):
        layout = _likeliest(lines[start:end], kept=True) if first is None and kept else first
        loose = _loose_segment(lines, start, end) if layout is None or layout.misfit > _DOUBTFUL else None
        if loose is not None and (layout is None or loose.misfit + _SURELY < layout.misfit):
            segment, last = loose.segment, loose.last
        elif layout is not None:
            segment, last = Segment(layout.header, layout.body, in_place=True), end - 1
        else:
            continue
        captions = captions_before(lines[:start])
        yield from (CellTable(table, start, last) for table in tables_of([segment], captions, Captions()))


def _are_cells(lines: Sequence[Line]) -> bool:
    """Whether figures mostly stand alone on their lines."""
    alone, beside = 0, 0
    for line in lines:
        words = line.text.split()
        figures = sum(map(is_figure_word, words))
        alone += figures == len(words) == 1
        beside += figures > 1
    return alone >= 2 and beside * 50 <= alone


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where lines between captions, titles and sentences begin and end, blank ones at their ends left out."""
    edges = [-1, *(index for index, line in enumerate(lines) if _is_edge(line)), len(lines)]
    for edge, following in pairwise(edges):
        printed = [index for index in range(edge + 1, following) if not lines[index].blank]
        if len(printed) > _FEWEST_CELLS - 1 and any(is_figure_word(lines[index].text.strip()) for index in printed):
            yield printed[0], following


def _is_edge(line: Line) -> bool:
    text = line.text.strip()
    if not text:
        return False
    if is_note(text) or is_heading(text) or _SENTENCE.search(text) or len(text) > 4 * LONGEST_LABEL:
        return True
    if is_caption(text):
        return is_table_number(text) or (not YEAR.match(match_key(text)) and len(text) > 2)
    return bool(title_of_line(text)) and bool(_TABLE.search(match_key(text))) and not is_known(text)


def _likeliest(lines: Sequence[Line], *, kept: bool = False) -> Layout | None:
    """The likeliest way to read lines as a table. With no empty cell in sight they may have been left out, and rows be
    of any length, unless other tables show that empty ones are `kept`."""
    ways: list[Layout] = []
    for cells, blanks in _readings(lines):
        if not all(cells):
            ways += ended_rows(cells, blanks)
            ways += [*layouts_of(cells, blanks)] or layouts_of(cells, blanks, certain=True)
        elif kept:
            ways += (layout for layout in layouts_of(cells, certain=True) if layout.misfit <= _DEAREST)
        else:
            ways += filter(_takes_turns, layouts_of(cells))
    return min(ways, key=lambda layout: layout.misfit, default=None)


def _keeps_blanks(layout: Layout) -> bool:
    """Whether a way to read lines leaves no doubt that empty cells are lines as well."""
    return layout.misfit <= _DOUBTFUL and not all(map(all, layout.body))


def _takes_turns(layout: Layout) -> bool:
    """Whether labels and figures take turns below two labels: then no empty cell is left out."""
    if len(layout.header) != 1 or any(len(row) != 2 for row in (*layout.header, *layout.body)):
        return False
    return all(not is_figure_cell(label) and is_figure_cell(figure) for label, figure in layout.body)


def _loose_segment(lines: Sequence[Line], start: int, end: int) -> _Loose | None:
    """The likeliest way to read lines as a table of rows that are not all as long."""
    readings = [cells for cells, _ in _readings(lines[start:end]) if not all(cells)]
    found = [loose for cells in readings if (loose := loose_layout(cells)) is not None]
    if not found:
        return None
    best = min(found, key=lambda loose: loose.layout.misfit)
    following = best.following[0].start if best.following else lines[end - 1].end + 1
    page = best.following[0].page if best.following else lines[end - 1].page
    last = next(
        index for index in range(end - 1, start, -1) if lines[index].page is page and lines[index].start < following
    )
    return _Loose(Segment(best.layout.header, best.layout.body), last, best.layout.misfit)


def _readings(lines: Sequence[Line]) -> Iterator[tuple[list[Cell], int]]:
    """The cells that lines are, and how many blank lines follow the last: every line a cell; or an empty line behind
    each, where another one, or another two, are an empty cell."""
    printed = [index for index, line in enumerate(lines) if not line.blank]
    gaps = [below - above - 1 for above, below in pairwise([*printed, len(lines)])]
    inner = gaps[:-1]
    if min(inner, default=0) == 0:
        yield _spaced(lines, printed, gaps, 0, 1)
        return
    yield _spaced(lines, printed, gaps, 1, 1)
    if max(inner) > 1 and all(gap % 2 for gap in inner):
        yield _spaced(lines, printed, gaps, 1, 2)


def _spaced(
    lines: Sequence[Line], printed: Sequence[int], gaps: Sequence[int], between: int, lines_of_cell: int
) -> tuple[list[Cell], int]:
    blanks = [max(gap - between, 0) // lines_of_cell for gap in gaps]
    cells = [
        cell for index, count in zip(printed, blanks, strict=True) for cell in (lines[index].pieces(), *[()] * count)
    ]
    return cells[: len(cells) - blanks[-1]], blanks[-1]
