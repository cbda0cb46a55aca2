"""Tables whose columns a ruler of dashes shows (`---- ---- ----`), as conversions to plain text leave them: cells are
cut where the dashes of a column begin, rows by empty lines where there are any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.model.display_width import display_width
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import captions_before
from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.tsv import tables_in_place
from workbench.tables.text.lines import Line

_RULER = re.compile(r"^(?=(?: *-){10}) *-{2,}(?: +-{2,})+ *$")
_EDGE = re.compile(r"^ *-{10,} *$")
_GROUP = re.compile(r"-+")
_MOST_HEADER_LINES = 30
_MOST_LINES = 20_000
"""A table has no more lines than these."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The line above the header of a table, its ruler, and the line below its last row."""

    top: int
    ruler: int
    end: int


def stands_between_dashes(lines: Sequence[Line]) -> list[bool]:
    """Whether each line stands in a table with a ruler of dashes."""
    marks = [False] * len(lines)
    for found in _found(lines):
        marks[found.top : found.end] = [True] * (found.end - found.top)
    return marks


def dashed_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines with a ruler of dashes, in order."""
    tables: list[RawTable] = []
    last = 0
    for found in _found(lines):
        starts = [match.start() for match in _GROUP.finditer(lines[found.ruler].text)]
        rows = [
            *_rows(lines[found.top : found.ruler], starts),
            *_rows(lines[found.ruler + 1 : found.end], starts),
        ]
        tables.extend(tables_in_place([row for row in rows if any(row)], captions_before(lines[last : found.top])))
        last = found.end
    return tables


def _found(lines: Sequence[Line]) -> Iterator[_Found]:
    floor = 0
    for index, line in enumerate(lines):
        if index < floor or not _RULER.match(line.text):
            continue
        top = _top(lines, index, floor)
        floor = _end(lines, index, closed=_is_edge(lines, top - 1))
        yield _Found(top, index, floor)


def _is_edge(lines: Sequence[Line], index: int) -> bool:
    return index >= 0 and bool(_EDGE.match(lines[index].text))


def _top(lines: Sequence[Line], ruler: int, floor: int) -> int:
    """The first line of the header above a ruler: below a line of dashes, or the only one; the ruler where none is."""
    for index in range(ruler - 1, max(floor, ruler - _MOST_HEADER_LINES) - 1, -1):
        if _EDGE.match(lines[index].text):
            return index + 1
    above = ruler - 1
    return above if above >= floor and not lines[above].blank else ruler


def _end(lines: Sequence[Line], ruler: int, *, closed: bool) -> int:
    """The line behind a table: that of dashes which closes it, else the first empty one."""
    first = None
    for index in range(ruler + 1, min(len(lines), ruler + _MOST_LINES)):
        text = lines[index].text
        if _EDGE.match(text) or (_RULER.match(text) and text.strip() == lines[ruler].text.strip()):
            return index + 1
        if first is None and lines[index].blank:
            first = index
        if not closed and first is not None:
            break
    return first if first is not None else min(len(lines), ruler + _MOST_LINES)


def _rows(lines: Sequence[Line], starts: Sequence[int]) -> list[PieceRow]:
    """The rows of lines: an empty line ends one where there are any, else every line does."""
    lines = [line for line in lines if not _EDGE.match(line.text) and not _RULER.match(line.text)]
    parted = any(line.blank for line in lines)
    rows: list[PieceRow] = []
    goes_on = False
    for line in lines:
        if line.blank:
            goes_on = False
            continue
        row = _cells(line, starts)
        if goes_on and parted:
            rows[-1] = [above + below for above, below in zip(rows[-1], row, strict=True)]
        else:
            rows.append(row)
        goes_on = True
    return rows


def _cells(line: Line, starts: Sequence[int]) -> PieceRow:
    """The cells of a line, cut before the characters that stand where columns begin."""
    cuts: list[int] = []
    width = 0
    for index, character in enumerate(line.text):
        if len(cuts) < len(starts) and width >= starts[len(cuts)]:
            cuts.append(index)
        width += display_width(character)
    cuts += [len(line.text)] * (len(starts) - len(cuts))
    return [line.pieces(start, end) for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True)]
