"""Tables in frames drawn with characters (┌─┬─┐ or +--+--+), as terminals and some exports print them.

The frame says where every cell is: columns lie between the places of its upright strokes, counted in terminal cells,
rows between its rules. A rule that leaves a column out goes on inside a cell that spans rows. A frame may be open at
its sides: its rules then begin and end without a stroke (───┼───), and so do the lines of its cells.
Where rules part header and body alone, each line of the body is a row; in the header a cell goes on below itself,
between the same two strokes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

from workbench.tables.raw import RawTable
from workbench.tables.text.captions import captions_before
from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.tsv import tables_in_place
from workbench.tables.text.lines import Line, Piece

_UPRIGHT = "│┃║|├┤┼┌┐└┘┬┴╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋╞╡╪╟╢╫╒╕╘╛╓╖╙╜╤╧╥╨+"
_JUNCTION = re.escape(_UPRIGHT.replace("|", ""))
_DRAWN = frozenset(_UPRIGHT) - {"|", "+"}
"""What a line of a frame open at its sides has somewhere: a stroke, or where a rule below some cells meets one."""
_UPPER_CORNERS = frozenset("┌╔┏╒╓")
_LEVEL = "─━═-="
_RULE = re.compile(rf"^\s*[{_JUNCTION}](?:[{re.escape(_LEVEL)}]{{2,}}[{_JUNCTION}])+\s*$")
_OPEN_RULE = re.compile(rf"^\s*[─━═]+(?:[{_JUNCTION}][─━═]+)+\s*$")
_FEWEST_BANDS = 3
"""From this many bands between rules on each is a row; else the rules only part header and body."""


def _is_frame_rule(line: Line) -> bool:
    """Whether a line is a rule of a frame from edge to edge."""
    return bool(_RULE.match(line.text)) or _is_open_rule(line)


def _is_open_rule(line: Line) -> bool:
    """Whether a line is a rule of a frame that is open at its sides."""
    return bool(_OPEN_RULE.match(line.text))


def stands_in_frame(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it stands in a frame: from a rule on, every line begins with a stroke, or, where the frame
    is open at its sides, has one."""
    found: list[bool] = []
    is_open = False
    for line in lines:
        edge = line.text.strip()[:1]
        inside = bool(found) and found[-1]
        is_open = _is_open_rule(line) or (is_open and inside)
        stroke = not _DRAWN.isdisjoint(line.text) if is_open else bool(edge) and edge in _UPRIGHT
        found.append(_is_frame_rule(line) or (inside and stroke))
    return found


def framed_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables in frames of these lines, in order. Text between them is left out."""
    tables: list[RawTable] = []
    above: list[Line] = []
    for framed, group in groupby(zip(stands_in_frame(lines), lines, strict=True), key=itemgetter(0)):
        stretch = [line for _, line in group]
        if framed:
            for frame in _frames(stretch):
                tables.extend(tables_in_place(_rows(frame), captions_before(above)))
                above = []
        above = [] if framed else stretch
    return tables


def _frames(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The frames that stand right below each other: one begins with an upper corner, or with a rule below a rule."""
    begin = 0
    for index, (above, below) in enumerate(pairwise(lines), start=1):
        if below.text.strip()[:1] in _UPPER_CORNERS or (_is_frame_rule(above) and _is_frame_rule(below)):
            yield lines[begin:index]
            begin = index
    yield lines[begin:]


_LEFT, _RIGHT = -1, 10**6
"""The places of the strokes that a frame open at its sides leaves out."""


@dataclass(slots=True)
class _Stroked:
    """A line of a frame: the place of each upright stroke in terminal cells, and its offset in the line."""

    line: Line
    places: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)


def _stroked(line: Line, ambiguous: int, *, is_open: bool) -> _Stroked:
    found = _Stroked(line, [_LEFT], [-1]) if is_open else _Stroked(line)
    place = 0
    for offset, character in enumerate(line.text):
        if character in _UPRIGHT:
            found.places.append(place)
            found.offsets.append(offset)
        width = unicodedata.east_asian_width(character)
        place += 2 if width in "WF" else ambiguous if width == "A" else 1
    if is_open:
        found.places.append(_RIGHT)
        found.offsets.append(len(line.text))
    return found


def _rows(frame: Sequence[Line]) -> list[PieceRow]:
    """The rows of a frame; a cell that spans columns leaves those right of it blank, as one that spans rows does those
    below it. Strokes take one terminal cell or two: the way in which they stand below each other is right."""
    is_open = _is_open_rule(frame[0])
    readings = [[_stroked(line, ambiguous, is_open=is_open) for line in frame] for ambiguous in (1, 2)]
    lines = min(readings, key=lambda reading: len({place for line in reading for place in line.places}))
    counts = Counter(place for line in lines for place in line.places)
    places = sorted(place for place, count in counts.items() if count > 1 or len(frame) < _FEWEST_BANDS)
    columns = {place: column for column, place in enumerate(places)}
    rules = [index for index, line in enumerate(frame) if _is_frame_rule(line)]
    # A rule with lines on either side of it, where there are few, is the one below the header.
    body = rules[1] if 1 < len(rules) <= _FEWEST_BANDS and rules[1] < len(frame) - 1 else 0
    grid = _Grid(max(len(places) - 1, 1))
    for index, line in enumerate(lines):
        if _is_frame_rule(line.line):
            grid.close(range(grid.width))
            continue
        strokes = [
            (columns[place], offset)
            for place, offset in zip(line.places, line.offsets, strict=True)
            if place in columns
        ]
        for (column, offset), (end, stop) in pairwise(strokes):
            inside = line.line.text[offset + 1 : stop].strip()
            if inside and not inside.strip(_LEVEL):
                grid.close(range(column, end))
            else:
                grid.write(column, end, line.line.pieces(offset + 1, stop))
        if len(rules) <= _FEWEST_BANDS and index >= body:
            grid.close(range(grid.width))
    return grid.rows()


@dataclass(slots=True)
class _Grid:
    """Cells as they are written, line by line; a rule closes the cells above it."""

    width: int
    _cells: list[list[list[Piece]]] = field(default_factory=list)
    _open: dict[int, tuple[int, int]] = field(default_factory=dict)
    """The row in which the open cell of a column began, and the column behind its last."""
    _closed: bool = True
    """Whether the next cell that begins begins a row."""

    def write(self, column: int, end: int, pieces: Sequence[Piece]) -> None:
        """Put text into the open cell between two strokes; where there is none one begins in the last row."""
        if column in self._open and self._open[column][1] != end:
            self.close(range(column, end))
        if column not in self._open:
            if not self._cells or self._closed:
                self._cells.append([[] for _ in range(self.width)])
                self._closed = False
            self._open[column] = (len(self._cells) - 1, end)
        self._cells[self._open[column][0]][column].extend(pieces)

    def close(self, columns: range) -> None:
        """End the cells of these columns; the next text of one of them begins a row."""
        if any(column in self._open for column in columns):
            self._closed = True
        for column in columns:
            self._open.pop(column, None)

    def rows(self) -> list[PieceRow]:
        """The rows written, those without any text left out."""
        return [[tuple(cell) for cell in row] for row in self._cells if any(row)]
