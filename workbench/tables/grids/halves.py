"""Pages that print two pages of a document beside each other, as booklets and sparing printers do."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.source import Grid, Page

_FROM, _TO = 0.44, 0.56
"""The share of the width of a page in which the gutter between two pages lies."""
_NARROWEST = 8.0
"""In points: no gutter is narrower."""
_FEWEST_WORDS = 12
"""So many characters at least stand on each side."""


def gutter_of(page: Page, grids: Sequence[Grid]) -> float | None:
    """The middle of the white space between two pages that are printed on one; None where the page is one.

    Nothing that is printed goes across it, neither a rule nor a word, and both sides print something.
    """
    if page.width <= page.height or not grids or len(page.boxes) < 4 * len(page.text):
        return None
    left, right = _FROM * page.width, _TO * page.width
    boxes = [grid.box for grid in grids if grid.box]
    if len(boxes) < len(grids) or any(box.x0 < left and right < box.x1 for box in boxes):
        return None
    taken = [(line.x0, line.x1) for line in page.lines]
    words = [
        (page.boxes[4 * index], page.boxes[4 * index + 2]) for index, text in enumerate(page.text) if not text.isspace()
    ]
    begin, end = _widest_gap(left, right, [*taken, *words])
    if end - begin < _NARROWEST:
        return None
    middle = (begin + end) / 2
    before = sum(x1 <= middle for _, x1 in words)
    after = sum(x0 >= middle for x0, _ in words)
    return middle if min(before, after) >= _FEWEST_WORDS else None


def _widest_gap(left: float, right: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The widest part of `left` to `right` in which nothing of `taken` is."""
    widest = (left, left)
    begin = left
    for x0, x1 in sorted((x0, x1) for x0, x1 in taken if x1 > left and x0 < right):
        if x0 - begin > widest[1] - widest[0]:
            widest = (begin, x0)
        begin = max(begin, x1)
    return (begin, right) if right - begin > widest[1] - widest[0] else widest
