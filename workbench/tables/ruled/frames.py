"""Ruled lines → frames: the levels of lines that touch, and where between them a line runs.

The lines are snapped to common levels and merged, whichever way a writer drew them (long strokes, strokes cut at every
cell, thin filled boxes); lines that touch, directly or through others, make one frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workbench.model.source import RuledLine

_SNAP = 2.5
"""Lines closer than this are one line drawn twice (double rules, the two sides of a thin box), in points."""
_THICKEST = 4.5
"""Lines further apart than this are two, whatever lies between them: no row is so low."""
_REACH = 3.5
"""A line ending this close to another one touches it."""
_OPEN_SIDE = 8.0
"""Lines that stick out further than this over the last crossing line bound cells on a side that is not ruled."""
_FEWEST_HANGING = 3
"""So many upright lines at a single level line part two cells or more."""

_MOST_CROSSINGS = 1_000_000
"""A page with more crossings than this of horizontal and vertical lines is a drawing or a hatching; a large table has
some thousands."""

Segment = tuple[float, float, float]
"""A straight line: its level (y of a horizontal, x of a vertical one), where it begins and where it ends."""


class Word(NamedTuple):
    """A run of characters of the page text in one cell."""

    centre: float
    """Its vertical centre."""
    height: float
    left: float
    start: int
    end: int


@dataclass(slots=True)
class OpenCell:
    """A cell while it is being filled."""

    row: int
    column: int
    row_span: int
    column_span: int
    left: float
    right: float
    words: list[Word]


@dataclass(slots=True)
class Frame:
    """The levels of one set of touching lines, and which elementary boxes have a line at their left or top side."""

    xs: list[float]
    ys: list[float]
    walls: list[int]
    """For each row of boxes the levels in `xs` that have a line beside it, as bits."""
    ceilings: list[int]
    """For each level in `ys` the columns of boxes that have a line along it, as bits."""

    @property
    def ruled_share(self) -> float:
        """The share of the sides of its elementary boxes along which a line runs; the outer sides count as ruled."""
        width, height = len(self.xs) - 1, len(self.ys) - 1
        inner = (1 << width) - 2
        ruled = sum((bits & (1 << width) - 1).bit_count() for bits in self.ceilings[1:-1])
        ruled += sum((bits & inner).bit_count() for bits in self.walls)
        sides = (height - 1) * width + height * (width - 1)
        return ruled / sides if sides else 1.0


def find_frames(lines: Iterable[RuledLine]) -> list[Frame]:
    """The frames that lines draw; lone lines and lines of one direction make none."""
    horizontal: list[Segment] = []
    vertical: list[Segment] = []
    for line in lines:
        x0, top, x1, bottom = line.x0, line.top, line.x1, line.bottom
        if x1 - x0 >= bottom - top:
            horizontal.append(((top + bottom) / 2, x0, x1))
        else:
            vertical.append(((x0 + x1) / 2, top, bottom))
    if not horizontal or not vertical:
        return []
    horizontal, vertical = _merge(horizontal), _merge(vertical)
    if len(horizontal) * len(vertical) > _MOST_CROSSINGS:
        return []
    return [_frame(*component) for component in _components(horizontal, vertical)]


def _merge(segments: list[Segment]) -> list[Segment]:
    """The segments snapped to common levels, pieces of one line joined; sorted by level."""
    segments.sort()
    merged: list[Segment] = []
    group: list[Segment] = []
    for segment in segments:
        if group and (segment[0] - group[-1][0] > _SNAP or segment[0] - group[0][0] > _THICKEST):
            merged += _join_pieces(group)
            group = []
        group.append(segment)
    return merged + _join_pieces(group)


def _join_pieces(group: list[Segment]) -> list[Segment]:
    if len(group) == 1:
        return group
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
        whole: int | None = None
        for other in range(bisect_left(levels, begin - _REACH), bisect_right(levels, end + _REACH)):
            _, top, bottom = vertical[other]
            if parent[offset + other] != whole and top - _REACH <= y <= bottom + _REACH:
                touched = root(offset + other)
                if whole is None:
                    whole = parent[index] = touched
                else:
                    parent[touched] = whole
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, segment in enumerate(horizontal):
        groups.setdefault(root(index), ([], []))[0].append(segment)
    for index, segment in enumerate(vertical):
        groups.setdefault(root(offset + index), ([], []))[1].append(segment)
    return [group for group in groups.values() if all(group) and (len(group[0]) > 1 or _is_cut_off(*group))]


def _is_cut_off(horizontal: list[Segment], vertical: list[Segment]) -> bool:
    """Whether upright lines that hang on a single level line, or stand on it, all end level with each other: the rest
    of the frame is on the page after or before."""
    level = horizontal[0][0]
    above, below = (sorted({round(segment[side] - level) for segment in vertical}) for side in (1, 2))
    one_row = [ends for ends, others in ((above, below), (below, above)) if max(map(abs, others)) <= _REACH]
    return len(vertical) >= _FEWEST_HANGING and any(ends[-1] - ends[0] <= _REACH for ends in one_row)


def _frame(horizontal: list[Segment], vertical: list[Segment]) -> Frame:
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
    return Frame(xs, ys, walls, ceilings)


def _levels(segments: list[Segment], begin: float, end: float) -> list[float]:
    """The levels of parallel segments, and the ends of the lines across them where these stick out."""
    levels = sorted({segment[0] for segment in segments})
    if begin < levels[0] - _OPEN_SIDE:
        levels.insert(0, begin)
    if end > levels[-1] + _OPEN_SIDE:
        levels.append(end)
    return levels


def open_cells(frame: Frame) -> tuple[list[OpenCell], list[list[int]]]:
    """The cells of a frame, and for each elementary box the index of its cell."""
    xs = frame.xs
    cells: list[OpenCell] = []
    owners: list[list[int]] = []
    above: list[int] = []
    stretches: dict[int, list[tuple[int, int, int]]] = {}
    for row, (walls, ceiling) in enumerate(zip(frame.walls, frame.ceilings, strict=False)):
        if walls not in stretches:
            stretches[walls] = _stretches(walls, len(xs) - 1)
        owner: list[int] = []
        for column, end, bits in stretches[walls]:
            if row and not ceiling & bits:
                # no line between them: the cell above goes on if it has the same width
                index = above[column]
                cell = cells[index]
                if cell.column == column and cell.column_span == end - column:
                    cell.row_span += 1
                    owner += [index] * (end - column)
                    continue
            owner += [len(cells)] * (end - column)
            cells.append(OpenCell(row, column, 1, end - column, xs[column], xs[end], []))
        owners.append(owner)
        above = owner
    return cells, owners


def _stretches(walls: int, width: int) -> list[tuple[int, int, int]]:
    """The stretches of boxes without a wall between them: where each begins and ends, and its columns as bits."""
    ends = [end for end in range(1, width) if walls >> end & 1]
    return [(begin, end, (1 << end) - (1 << begin)) for begin, end in zip([0, *ends], [*ends, width], strict=True)]
