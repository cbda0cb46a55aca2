"""Labels of more lines than their row is high: set to its middle, they run over into the rows above and below.

The lines of a label are centred on its row, as the labels of one line and the figures beside them are. Lines of a cell
that are not, but would be without the first or the last of them, which stands too near to the others, hold a line of
the cell above or below, if that makes the lines there centred, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf
from statistics import median

from workbench.tables.ruled.frames import OpenCell, Word

_SAME_LINE, _LEVEL = 0.3, 0.12
"""In heights of print: how far words of one line, and the middle of a label and its row, may lie apart."""

_CROWDED = 0.85
"""A line that runs over stands nearer to the line of the cell that it is in, by so much, than to that of its own."""

_DIGITS = re.compile(r"[\d.,-]+")

_Lines = list[list[Word]]


def return_overflow(cells: Sequence[OpenCell], text: str) -> None:
    """Gives the lines of labels back to the cells that they run over from; `text` is that of the page. A figure that
    its narrow cell wraps is no label: its digits stay together."""
    lines = {id(cell): _lines(cell.words) for cell in cells if cell.row_span == 1 and cell.words}
    for cell in cells:
        if len(lines.get(id(cell), ())) > 1 and all(_DIGITS.fullmatch(text, *word[3:]) for word in cell.words):
            del lines[id(cell)]
    if all(len(found) == 1 for found in lines.values()):
        return
    singles: dict[int, list[tuple[int, float]]] = {}
    columns: dict[tuple[int, int], list[OpenCell]] = {}
    for cell in cells:
        if cell.row_span == 1:
            columns.setdefault((cell.column, cell.column_span), []).append(cell)
            if len(lines.get(id(cell), ())) == 1:
                singles.setdefault(cell.row, []).append((cell.column, cell.words[0].centre))
    for (place, _), column in columns.items():
        if any(len(lines.get(id(cell), ())) > 1 for cell in column):
            beside = {row: [y for other, y in found if other != place] for row, found in singles.items()}
            _level(column, lines, {row: median(heights) for row, heights in beside.items() if heights})
    for cell in cells:
        if id(cell) in lines:
            cell.words = [word for line in lines[id(cell)] for word in line]


def _level(column: Sequence[OpenCell], lines: dict[int, _Lines], rows: dict[int, float]) -> None:
    """Moves lines between the cells of one column where that centres those of both on their rows, which stand at
    these heights."""
    offs = [
        lines[id(cell)][0][0].centre - rows[cell.row]
        for cell in column
        if cell.row in rows and len(lines.get(id(cell), ())) == 1
    ]
    if not offs:
        return
    usual = median(offs)

    def is_level(cell: OpenCell, found: _Lines) -> bool:
        middle = (found[0][0].centre + found[-1][0].centre) / 2
        return abs(middle - rows[cell.row] - usual) <= _LEVEL * found[0][0].height

    for upper, lower in _neighbours(column, lines, rows):
        above, below = lines[id(upper)], lines[id(lower)]
        between = below[0][0].centre - above[-1][0].centre
        crowded = [_least_apart(below[:2]) < _CROWDED * between, _least_apart(above[-2:]) < _CROWDED * between]
        ways = (above + below[:1], below[1:]), (above[:-1], above[-1:] + below)
        for over, (kept, moved) in zip(crowded, ways, strict=True):
            if over and is_level(upper, kept) and is_level(lower, moved):
                lines[id(upper)], lines[id(lower)] = kept, moved
                break


def _least_apart(lines: _Lines) -> float:
    """How far two lines stand apart; infinity where there is one."""
    return lines[1][0].centre - lines[0][0].centre if len(lines) > 1 else inf


def _neighbours(
    column: Sequence[OpenCell], lines: dict[int, _Lines], rows: dict[int, float]
) -> Iterator[tuple[OpenCell, OpenCell]]:
    """The cells one below the other whose lines may be parted otherwise: of one of them there are several."""
    for upper, lower in pairwise(column):
        if lower.row == upper.row + 1 and upper.row in rows and lower.row in rows:
            counts = [len(lines.get(id(cell), ())) for cell in (upper, lower)]
            if min(counts) > 0 and max(counts) > 1:
                yield upper, lower


def _lines(words: Sequence[Word]) -> _Lines:
    """Words line by line, from the top down."""
    found: _Lines = []
    for word in sorted(words):
        if found and word.centre - found[-1][0].centre <= _SAME_LINE * word.height:
            found[-1].append(word)
        else:
            found.append([word])
    return found
