"""Two tables that stand beside each other, their titles on one line: each is read on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.fiscal.captions import title_of_line
from workbench.model.amount import match_key
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.captions import is_caption

_TABLE = re.compile(r"表(?:[（(].*[）)])?$")
_FEWEST_BOTH = 2
"""So many lines below the titles print words on both sides."""


def sides_apart(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a page, those of two tables beside each other as the lines of one below those of the other."""
    found: list[PlacedLine] = []
    index = 0
    while index < len(lines):
        end, cut = _beside(lines, index) if len(lines[index].cells) == 2 and _is_title(lines[index]) else (index, 0.0)
        if end > index:
            found += [side for line in lines[index:end] for side in _side(line, cut, left=True)]
            found += [side for line in lines[index:end] for side in _side(line, cut, left=False)]
        else:
            found.append(lines[index])
            end = index + 1
        index = end
    return found


def _beside(lines: Sequence[PlacedLine], first: int) -> tuple[int, float]:
    """Before which line two tables end whose titles stand on the `first` one, and where they part: between titles and
    captions, where nothing stands across for the most lines and each title is most nearly centred over its table. That
    first line where no place parts them."""
    left, right = lines[first].cells
    last = next((at for at in range(first + 1, len(lines)) if _is_title(lines[at])), len(lines))
    pairs = [lines[first].cells, *(line.cells for line in lines[first + 1 : last] if _prints_captions(line))]
    places = range(int(max(pair[0].x1 for pair in pairs)), int(min(pair[1].x0 for pair in pairs)) + 1)
    ends = {place: next((at for at in range(first, last) if _crosses(lines[at], place)), last) for place in places}
    end = max(ends.values(), default=first)
    ways = [(_off(lines[first + 1 : end], place, (left, right)), place) for place in ends if ends[place] == end]
    _, cut = min(ways, default=(0.0, 0))
    both = sum(len({cell.middle < cut for cell in line.cells}) > 1 for line in lines[first + 1 : end])
    return (end, float(cut)) if both >= _FEWEST_BOTH else (first, 0.0)


def _off(lines: Sequence[PlacedLine], cut: float, titles: tuple[Placed, Placed]) -> float:
    """How far the middles of titles stand from those of what is printed on their sides of a place."""
    cells = [cell for line in lines for cell in line.cells]
    sides = [[cell for cell in cells if (cell.middle < cut) == left] for left in (True, False)]
    return sum(
        abs(title.middle - (min(cell.x0 for cell in side) + max(cell.x1 for cell in side)) / 2)
        for title, side in zip(titles, sides, strict=True)
        if side
    )


def _is_title(line: PlacedLine) -> bool:
    """Whether a line prints the title of one table, or those of two, which say that they are."""
    return all(_TABLE.search(match_key(title_of_line(cell.text))) for cell in line.cells)


def _prints_captions(line: PlacedLine) -> bool:
    """Whether a line prints two captions, those of a table each."""
    return len(line.cells) == 2 and all(is_caption(cell.text) for cell in line.cells)


def _crosses(line: PlacedLine, place: int) -> bool:
    return any(cell.x0 < place < cell.x1 for cell in line.cells)


def _side(line: PlacedLine, cut: float, *, left: bool) -> Iterator[PlacedLine]:
    """What a line prints on one side, as a line of its own; nothing where it prints nothing there."""
    cells: tuple[Placed, ...] = tuple(cell for cell in line.cells if (cell.middle < cut) == left)
    if cells:
        page, start, end = line.line.page, cells[0].pieces[0].start, cells[-1].pieces[-1].end
        yield replace(line, line=line.line._replace(start=start, end=end, text=page.text[start:end]), cells=cells)
