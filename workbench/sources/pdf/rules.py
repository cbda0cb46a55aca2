"""The ruled lines of a PDF page as shown: the rules that it draws, rows of dots, the sides of shaded boxes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from workbench.model.source import RuledLine, RuledLineDraft
from workbench.sources.pdf.drawing import Drawing
from workbench.sources.pdf.geometry import PageFrame, Rectangle
from workbench.sources.pdf.shades import sides_of_shades

_WIDEST_DOT, _FARTHEST_DOT, _FEWEST_DOTS = 1.6, 4.0, 5
"""Dots, each an object of its own: how large one is, how far from the next, and how many make a rule."""
_MANY_RULES = 200
_PAGE_SHARE = 0.85
_ENOUGH_RULES = 6


def ruled_lines(drawing: Drawing, frame: PageFrame) -> tuple[RuledLine, ...]:
    """The rules on the page as shown, each as the line through its middle, top to bottom; rules outside it are gone.

    The sides of shaded boxes count only where hardly any line is drawn: there the shading is the grid.
    """
    rules = drawing.rules
    if len(rules) < _ENOUGH_RULES:
        area = (frame.right - frame.left) * (frame.top - frame.bottom)
        shades = [box for box in drawing.shades if (box[2] - box[0]) * (box[3] - box[1]) < _PAGE_SHARE * area]
        rules = [*rules, *sides_of_shades(shades)]
    elif len(rules) > _MANY_RULES:
        rules = _with_dotted(rules)
    lines: set[tuple[float, float, float, float]] = set()
    width, height, shown = frame.width, frame.height, frame.rectangle
    for rule in rules:
        x0, top, x1, bottom = shown(*rule)
        if x0 < 0.0 or x1 > width or top < 0.0 or bottom > height:
            x0, x1, top, bottom = max(x0, 0.0), min(x1, width), max(top, 0.0), min(bottom, height)
        if x0 > x1 or top > bottom:
            continue
        if x1 - x0 >= bottom - top:
            top = bottom = (top + bottom) / 2
        else:
            x0 = x1 = (x0 + x1) / 2
        lines.add((_rounded(top), _rounded(x0), _rounded(bottom), _rounded(x1)))
    found = [RuledLineDraft(x0, top, x1, bottom) for top, x0, bottom, x1 in sorted(lines)]
    for line in found:
        line.__class__ = RuledLine
    return tuple(found)


@lru_cache(maxsize=4096)
def _rounded(value: float) -> float:
    """To hundredths of a point. The rules of a table share their levels, and the tables of a document their columns."""
    return round(value, 2) + 0.0  # no minus zero


def _with_dotted(rules: list[Rectangle]) -> list[Rectangle]:
    """`rules` with rows of dots as the rules that they make, level or upright."""
    dots = [rule for rule in rules if rule[2] - rule[0] <= _WIDEST_DOT and rule[3] - rule[1] <= _WIDEST_DOT]
    if len(dots) < _FEWEST_DOTS * _ENOUGH_RULES:
        return rules
    found = [rule for rule in rules if rule[2] - rule[0] > _WIDEST_DOT or rule[3] - rule[1] > _WIDEST_DOT]
    centres = [((x0 + x1) / 2, (y0 + y1) / 2) for x0, y0, x1, y1 in dots]
    for x, begin, end in _rows_of_dots(centres):
        found.append((x, begin, x, end))
    for y, begin, end in _rows_of_dots([(y, x) for x, y in centres]):
        found.append((begin, y, end, y))
    return found


def _rows_of_dots(places: list[tuple[float, float]]) -> Iterator[tuple[float, float, float]]:
    """The rows that dots make along the second of their coordinates: the first one, begin and end."""
    levels: dict[int, list[tuple[float, float]]] = {}
    for level, along in places:
        levels.setdefault(round(2 * level), []).append((along, level))
    for row in levels.values():
        row.sort()
        start = 0
        for index in range(1, len(row) + 1):
            if index == len(row) or row[index][0] - row[index - 1][0] > _FARTHEST_DOT:
                if index - start >= _FEWEST_DOTS:
                    yield row[start][1], row[start][0], row[index - 1][0]
                start = index
