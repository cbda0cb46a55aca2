"""A page of text that is laid out by itself: its columns stand elsewhere than those of the page before, and those that
it leaves blank are not there at all. Which of the columns of the table before its own are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

from workbench.tables.text.aligned.parting import strips_of
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word

_FEWEST, _FEWEST_OF_MORE, _MOST = 4, 3, 40
"""Fewer columns than these show nothing: where all are there, and where some are blank."""
_MOST_WAYS = 20_000
_LEAST_SCALE, _MOST_SCALE = 0.4, 2.5
"""How much narrower or wider one page is laid out than the other."""
_CLOSE, _OFF = 1.5, 3.0
"""In characters: how far the columns of a page lie on average from where they should, for them to be sure and at the
most."""

Extent = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column: its extent, whether it holds figures, and whether nothing but the name of a total, which may be centred
    over several columns."""

    extent: Extent
    figures: bool
    total: bool = False

    @property
    def side(self) -> float:
        """The side that its words are set to."""
        return self.extent[1] if self.figures else self.extent[0]


def lines_in_columns_of(
    body: Sequence[PlacedLine], lines: Sequence[PlacedLine], *, all_of_them: bool = False
) -> list[PlacedLine]:
    """Lines that are more rows of a table with this `body`, moved to its columns, or only where they fill
    `all_of_them` and lie as they do; none where they are no rows of it."""
    em = max(line.em for line in lines)
    there, here = shown_columns(body, em), shown_columns(lines, em)
    if len(there) != len(here):
        here = [column for column in here if not column.total]
    off, found = min(_ways(there, here), default=(0.0, ()))
    if not found or (all_of_them and (len(found) < len(there) or off > _CLOSE)):
        return []
    return [
        replace(line, cells=tuple(_moved(cell, [strip.extent for strip in here], there, found) for cell in line.cells))
        for line in lines
    ]


def _ways(there: Sequence[ShownColumn], here: Sequence[ShownColumn]) -> list[tuple[float, tuple[int, ...]]]:
    """The ways to take the columns `here` for columns `there`, in their order, and what each costs."""
    if not _FEWEST_OF_MORE <= len(here) <= len(there) <= _MOST or len(there) < _FEWEST:
        return []
    if comb(len(there), len(here)) > _MOST_WAYS:
        return []
    ways = []
    for way in combinations(range(len(there)), len(here)):
        if any(there[place].figures != strip.figures for place, strip in zip(way, here, strict=True)):
            continue
        off = _off([strip.side for strip in here], [there[place].side for place in way])
        if len(here) == len(there) or (off is not None and off <= _OFF):
            ways.append((off or 0.0, way))
    return ways


def shown_columns(lines: Sequence[PlacedLine], em: float) -> list[ShownColumn]:
    """The columns of these lines."""
    extents = strips_of(lines, em)
    cells: list[list[Placed]] = [[] for _ in extents]
    for line in lines:
        for cell in line.cells:
            index = max(range(len(extents)), key=lambda strip: _shared(cell, extents[strip]), default=None)
            if index is not None and _shared(cell, extents[index]) > 0:
                cells[index].append(cell)
    found = []
    for extent, held in zip(extents, cells, strict=True):
        total = all(cell.names_total for cell in held)
        figures = sum(1 if is_figure_word(cell.text) else -1 for cell in held) > 0
        found.append(ShownColumn(extent, figures, total))
    return found


def _shared(cell: Placed, extent: Extent) -> float:
    return min(cell.x1, extent[1]) - max(cell.x0, extent[0])


def _off(here: Sequence[float], there: Sequence[float]) -> float | None:
    """How far places lie from others on average, stretched and shifted so that they fit best; None where that would
    stretch them too much."""
    count = len(here)
    mean_here, mean_there = sum(here) / count, sum(there) / count
    spread = sum((x - mean_here) ** 2 for x in here)
    if not spread:
        return None
    scale = sum((x - mean_here) * (y - mean_there) for x, y in zip(here, there, strict=True)) / spread
    if not _LEAST_SCALE <= scale <= _MOST_SCALE:
        return None
    return sum(abs(mean_there + scale * (x - mean_here) - y) for x, y in zip(here, there, strict=True)) / count


def _moved(cell: Placed, here: Sequence[Extent], there: Sequence[ShownColumn], way: Sequence[int]) -> Placed:
    """A word of a column here, put into its column there; one that stands in none (the name of a total, centred over
    several) stays where it is."""
    index = max(range(len(here)), key=lambda strip: _shared(cell, here[strip]))
    if _shared(cell, here[index]) <= 0:
        return cell
    left, right = there[way[index]].extent
    shift = (right - here[index][1]) if there[way[index]].figures else (left - here[index][0])
    x0 = min(max(cell.x0 + shift, left), right)
    return replace(cell, x0=x0, x1=max(min(cell.x1 + shift, right), x0))
