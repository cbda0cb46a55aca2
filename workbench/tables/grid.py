"""Ruled lines and characters of a page → the grids that they draw.

The lines are snapped to common levels and merged; lines that touch make one frame. Inside a frame the levels of the
vertical and horizontal lines cut out elementary boxes, and boxes with no line between them are one cell: spans come
out exactly, whichever way a writer drew the rules (long strokes, strokes cut at every cell, thin filled boxes).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from workbench.model.source import Box, Grid, GridCell, Page, RuledLine

_SNAP = 2.5
"""Lines closer than this are one line drawn twice (double rules, the two sides of a thin box), in points."""
_REACH = 3.5
"""A line ending this close to another one touches it."""
_OPEN_SIDE = 8.0
"""Lines that stick out further than this over the last crossing line bound cells on a side that is not ruled."""
_SAME_LINE = 0.45
"""Characters whose vertical centres differ by less than this share of their height stand on one line; some writers
set figures and ideographs of one line on baselines three to four points apart."""

_WORD = re.compile(r"\S+")

Segment = tuple[float, float, float]
"""A straight line: its level (y of a horizontal, x of a vertical one), where it begins and where it ends."""


@dataclass(slots=True)
class _Frame:
    """The levels of one set of touching lines, and which elementary boxes have a line at their left or top side."""

    xs: list[float]
    ys: list[float]
    walls: list[int]
    """For each row of boxes the levels in `xs` that have a line beside it, as bits."""
    ceilings: list[int]
    """For each level in `ys` the columns of boxes that have a line along it, as bits."""


@dataclass(slots=True)
class _OpenCell:
    """A cell while it is being filled."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: list[tuple[float, float, float, int, int]]
    """Vertical centre, height, left side, start and end in the page text."""


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The grids that the ruled lines of `page` draw, from the top down, with the text that stands in their cells.

    Frames of a single cell (a box around prose or around the page) are none. A character belongs to the cell that its
    centre is in; the pieces of a cell are in reading order.
    """
    frames = [frame for frame in _frames(page.lines) if (len(frame.xs) - 1) * (len(frame.ys) - 1) > 1]
    if not frames:
        return ()
    frames.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    opened = [_open_cells(frame) for frame in frames]
    _fill(page, frames, opened)
    grids = [_close(page.text, frame, cells) for frame, (cells, _) in zip(frames, opened, strict=True)]
    return tuple(grid for grid in grids if len(grid.cells) > 1)


def _frames(lines: Iterable[RuledLine]) -> list[_Frame]:
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    for line in lines:
        x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
        if x1 - x0 >= bottom - top:
            horizontal.append(((top + bottom) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, top, bottom))
    if len(horizontal) < 2 or not vertical:
        return []
    return [_frame(*component) for component in _components(_merge(horizontal), _merge(vertical))]


def _merge(segments: list[Segment]) -> list[Segment]:
    """The segments snapped to common levels, pieces of one line joined; sorted by level."""
    segments.sort()
    merged: list[Segment] = []
    group: list[Segment] = []
    for segment in segments:
        if group and segment[0] - group[0][0] > _SNAP:
            merged += _join_pieces(group)
            group = []
        group.append(segment)
    return merged + _join_pieces(group)


def _join_pieces(group: list[Segment]) -> list[Segment]:
    level = sum(segment[0] for segment in group) / len(group)
    spans = sorted((begin, end) for _, begin, end in group)
    joined: list[Segment] = []
    begin, end = spans[0]
    for next_begin, next_end in spans[1:]:
        if next_begin > end + _REACH:
            joined.append((level, begin, end))
            begin, end = next_begin, next_end
        elif next_end > end:
            end = next_end
    joined.append((level, begin, end))
    return joined


def _components(horizontal: list[Segment], vertical: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Horizontal and vertical segments that touch, directly or through others; lone lines are left out."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    levels = [segment[0] for segment in vertical]
    offset = len(horizontal)
    for index, (y, begin, end) in enumerate(horizontal):
        for other in range(bisect_left(levels, begin - _REACH), bisect_right(levels, end + _REACH)):
            _, top, bottom = vertical[other]
            if top - _REACH <= y <= bottom + _REACH:
                parent[root(offset + other)] = root(index)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, segment in enumerate(horizontal):
        groups.setdefault(root(index), ([], []))[0].append(segment)
    for index, segment in enumerate(vertical):
        groups.setdefault(root(offset + index), ([], []))[1].append(segment)
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _frame(horizontal: list[Segment], vertical: list[Segment]) -> _Frame:
    xs = _levels(vertical, min(segment[1] for segment in horizontal), max(segment[2] for segment in horizontal))
    ys = _levels(horizontal, min(segment[1] for segment in vertical), max(segment[2] for segment in vertical))
    ceilings = [0] * len(ys)
    for y, begin, end in horizontal:
        first, last = bisect_left(xs, begin - _REACH), bisect_right(xs, end + _REACH) - 1
        if last > first:
            ceilings[bisect_left(ys, y)] |= (1 << last) - (1 << first)
    walls = [0] * (len(ys) - 1)
    for x, begin, end in vertical:
        bit = 1 << bisect_left(xs, x)
        for row in range(bisect_left(ys, begin - _REACH), bisect_right(ys, end + _REACH) - 1):
            walls[row] |= bit
    return _Frame(xs, ys, walls, ceilings)


def _levels(segments: list[Segment], begin: float, end: float) -> list[float]:
    """The levels of parallel segments, and the ends of the lines across them where these stick out."""
    levels = sorted({segment[0] for segment in segments})
    if begin < levels[0] - _OPEN_SIDE:
        levels.insert(0, begin)
    if end > levels[-1] + _OPEN_SIDE:
        levels.append(end)
    return levels


def _open_cells(frame: _Frame) -> tuple[list[_OpenCell], list[list[int]]]:
    """The cells of a frame, and for each elementary box the index of its cell."""
    width = len(frame.xs) - 1
    cells: list[_OpenCell] = []
    owners: list[list[int]] = []
    for row, walls in enumerate(frame.walls):
        owner = [0] * width
        column = 0
        while column < width:
            end = column + 1
            while end < width and not walls >> end & 1:
                end += 1
            index = _continued(frame, cells, owners, row, column, end)
            if index is None:
                index = len(cells)
                cells.append(_OpenCell(row, column, 1, end - column, []))
            else:
                cells[index].row_span += 1
            owner[column:end] = [index] * (end - column)
            column = end
        owners.append(owner)
    return cells, owners


def _continued(
    frame: _Frame, cells: list[_OpenCell], owners: list[list[int]], row: int, column: int, end: int
) -> int | None:
    """The cell above that goes on in the boxes `column:end` of `row`: no line between them, and the same width."""
    if row == 0 or frame.ceilings[row] & ((1 << end) - (1 << column)):
        return None
    index = owners[row - 1][column]
    above = cells[index]
    return index if above.column == column and above.column_span == end - column else None


def _fill(page: Page, frames: Sequence[_Frame], opened: Sequence[tuple[list[_OpenCell], list[list[int]]]]) -> None:
    """Puts the words of the page into the cells; a word that runs over the side of a cell is cut there."""
    boxes = page.boxes
    if len(boxes) < 4 * len(page.text):
        return
    places = [
        (frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1], frame.xs, frame.ys, owners, cells)
        for frame, (cells, owners) in zip(frames, opened, strict=True)
    ]
    places.sort(key=lambda place: (place[2] - place[0]) * (place[3] - place[1]))

    def cell_at(index: int) -> _OpenCell | None:
        at = 4 * index
        x, y = (boxes[at] + boxes[at + 2]) / 2, (boxes[at + 1] + boxes[at + 3]) / 2
        for left, top, right, bottom, xs, ys, owners, cells in places:
            if left <= x < right and top <= y < bottom:
                return cells[owners[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]]
        return None

    for match in _WORD.finditer(page.text):
        start, end = match.span()
        first = cell_at(start)
        if end - start == 1 or cell_at(end - 1) is first:
            runs = [(first, start, end)]
        else:
            runs = _runs(cell_at, start, end)
        for cell, begin, stop in runs:
            at = 4 * begin
            if cell is not None and not isnan(boxes[at]):
                top, bottom = boxes[at + 1], boxes[at + 3]
                cell.words.append(((top + bottom) / 2, bottom - top, boxes[at], begin, stop))


def _runs(cell_at, start: int, end: int) -> list[tuple[_OpenCell | None, int, int]]:  # type: ignore[no-untyped-def]
    """A word in pieces, cut where its characters pass from one cell to the next."""
    runs: list[tuple[_OpenCell | None, int, int]] = []
    for index in range(start, end):
        cell = cell_at(index)
        if runs and runs[-1][0] is cell:
            runs[-1] = (cell, runs[-1][1], index + 1)
        else:
            runs.append((cell, index, index + 1))
    return runs


def _close(text: str, frame: _Frame, cells: Sequence[_OpenCell]) -> Grid:
    closed = tuple(
        GridCell(cell.row, cell.column, cell.row_span, cell.column_span, _pieces(text, cell.words)) for cell in cells
    )
    starts = [piece[0] for cell in closed for piece in cell.pieces]
    ends = [piece[1] for cell in closed for piece in cell.pieces]
    return Grid(
        len(frame.ys) - 1,
        len(frame.xs) - 1,
        closed,
        min(starts, default=0),
        max(ends, default=0),
        Box(frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1]),
        tuple(frame.xs),
    )


def _pieces(text: str, words: list[tuple[float, float, float, int, int]]) -> tuple[tuple[int, int], ...]:
    """The words of a cell in reading order; words of one line with only spaces between them in the text are one."""
    if len(words) == 1:
        return ((words[0][3], words[0][4]),)
    pieces: list[tuple[int, int]] = []
    for line in _text_lines(words):
        line.sort(key=lambda word: word[2])
        begin, end = line[0][3:]
        for *_, next_begin, next_end in line[1:]:
            if next_begin >= end and (next_begin == end or text[end:next_begin].isspace()):
                end = next_end
            else:
                pieces.append((begin, end))
                begin, end = next_begin, next_end
        pieces.append((begin, end))
    return tuple(pieces)


def _text_lines(
    words: list[tuple[float, float, float, int, int]],
) -> list[list[tuple[float, float, float, int, int]]]:
    """The words of a cell line by line, from the top down."""
    lines: list[list[tuple[float, float, float, int, int]]] = []
    for word in sorted(words):
        if lines and word[0] - lines[-1][0][0] <= _SAME_LINE * max(word[1], lines[-1][0][1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
