"""Grids that stand beside each other on a page: which text belongs to which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isnan

from workbench.model.source import Box, Grid, Page
from workbench.tables.furniture import TextLine, lines_of

WHOLE = (-1e9, 1e9)
"""From the left to the right of any page."""
_WORDS = re.compile(r"\S+(?: \S+)*")


def stand_beside(grids: Sequence[Grid]) -> bool:
    """Whether two of the grids stand beside each other."""
    boxes = [grid.box for grid in grids if grid.box]
    return any(
        _level(one, other) and (one.x1 <= other.x0 or other.x1 <= one.x0) for one, other in combinations(boxes, 2)
    )


def _level(one: Box, other: Box) -> bool:
    return one.top < other.bottom and other.top < one.bottom


def lines_beside(page: Page, grids: Sequence[Grid]) -> list[TextLine]:
    """The lines of a page outside its grids; of a line that goes through some of them the pieces between them."""
    boxes = [grid.box for grid in grids if grid.box]
    return [part for line in lines_of(page) for part in _outside(page, line, boxes)]


def _outside(page: Page, line: TextLine, boxes: Sequence[Box]) -> Iterator[TextLine]:
    middle = (line.top + line.bottom) / 2
    level = [box for box in boxes if box.top <= middle <= box.bottom]
    if isnan(middle) or not level:
        yield line
        return
    for start, end, centre in _pieces(page, line):
        if not any(box.x0 <= centre <= box.x1 for box in level):
            yield _part(page, line, start, end)


def _pieces(page: Page, line: TextLine) -> Iterator[tuple[int, int, float]]:
    """The pieces of a line that wide gaps part: where each stands in the page text, and its centre."""
    for match in _WORDS.finditer(line.text):
        start, end = line.start + match.start(), line.start + match.end()
        yield start, end, (page.boxes[4 * start] + page.boxes[4 * end - 2]) / 2


def _part(page: Page, line: TextLine, start: int, end: int) -> TextLine:
    sides = (line.top, line.bottom, page.boxes[4 * start], page.boxes[4 * end - 2])
    return TextLine(line.page, start, end, page.text[start:end], *sides)


def band_of(grids: Sequence[Grid], grid: Grid) -> tuple[float, float]:
    """The part of the width of a page, between the middles of the gaps to the grids that stand beside a grid, in which
    its title and captions stand."""
    left, right = WHOLE
    box = grid.box
    for other in grids:
        if box is None or other.box is None or not _level(box, other.box):
            continue
        if other.box.x1 <= box.x0:
            left = max(left, (other.box.x1 + box.x0) / 2)
        elif box.x1 <= other.box.x0:
            right = min(right, (box.x1 + other.box.x0) / 2)
    return left, right


def within(page: Page, line: TextLine, left: float, right: float) -> TextLine | None:
    """What of a line stands between `left` and `right`; None where nothing does."""
    if isnan(line.top):
        return line
    kept = [(start, end) for start, end, centre in _pieces(page, line) if left <= centre <= right]
    return _part(page, line, kept[0][0], kept[-1][1]) if kept else None
