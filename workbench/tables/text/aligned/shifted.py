"""A page of text that is laid out by itself: its columns stand elsewhere than those of the page before, and those that
it leaves blank are not there at all. Which of the columns of the table before its own are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise
from math import comb

from workbench.model.amount import read_figure
from workbench.tables.text.aligned.parting import strips_of
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.row_sums import count_broken, row_sums
from workbench.tables.text.figures import is_figure_word

_FEWEST, _FEWEST_OF_MORE, _MOST = 4, 3, 40
"""Fewer columns than these show nothing: where all are there, and where some are blank."""
_MOST_WAYS, _MOST_WAYS_ADDED_UP = 20_000, 300
_SURE = 6
"""So many columns, all of one kind after the other as there, are those."""
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
    lines: frozenset[int] = frozenset()
    """The numbers of the lines that print something in it."""

    @property
    def side(self) -> float:
        """The side that its words are set to."""
        return self.extent[1] if self.figures else self.extent[0]


def lines_in_columns_of(
    body: Sequence[PlacedLine], lines: Sequence[PlacedLine], *, all_of_them: bool = False
) -> list[PlacedLine]:
    """Lines that are more rows of a table with this `body`, moved to its columns, or only where they are sure to be
    those: where they fill `all_of_them`, or the rows add up in no others. None where they are no rows of it."""
    em = max(line.em for line in lines)
    there, here = shown_columns(body, em), shown_columns(lines, em)
    if len(there) != len(here):
        here = [column for column in here if not column.total]
    here = _as_many(here, len(there))
    way = _adding_up(there, here, body, lines)
    if way is None:
        off, way = min(_ways(there, here), default=(0.0, ()))
        sure = len(way) == len(there) and (off <= _CLOSE or len(there) >= _SURE)
        if all_of_them and not sure:
            return []
    if not way:
        return []
    extents = [strip.extent for strip in here]
    return [replace(line, cells=tuple(_moved(cell, extents, there, way) for cell in line.cells)) for line in lines]


def _as_many(columns: Sequence[ShownColumn], count: int) -> list[ShownColumn]:
    """The columns, those beside each other that hold texts, and that no line fills both of, made one where there are
    more than so many."""
    found = list(columns)
    while len(found) > count:
        pairs = [
            index
            for index, (left, right) in enumerate(pairwise(found))
            if not (left.figures or right.figures or left.lines & right.lines)
        ]
        if not pairs:
            return list(columns)
        left, right = found[pairs[0]], found.pop(pairs[0] + 1)
        found[pairs[0]] = ShownColumn(
            (left.extent[0], right.extent[1]), False, left.total and right.total, left.lines | right.lines
        )
    return found


def _adding_up(
    there: Sequence[ShownColumn], here: Sequence[ShownColumn], body: Sequence[PlacedLine], lines: Sequence[PlacedLine]
) -> tuple[int, ...] | None:
    """The way to take the columns `here` for columns `there` in which the rows add up as they do in the body, of
    several the one that lies best; None where they add up in none, or in all."""
    if not _FEWEST_OF_MORE <= len(here) < len(there) <= _MOST or comb(len(there), len(here)) > _MOST_WAYS_ADDED_UP:
        return None
    sums = row_sums([row for line in body if (row := _amounts(line, there))])
    rows = [row for line in lines if (row := _amounts(line, here))]
    if not sums or not rows:
        return None
    held = {column for row in rows for column in row}
    ways = [
        way
        for way in combinations(range(len(there)), len(here))
        if all(there[place].figures == strip.figures for place, strip in zip(way, here, strict=True))
        and all(way[column] > _first_names(there) for column in held)
    ]
    sides = [strip.side for strip in here]
    found = []
    for way in ways:
        broken = count_broken(sums, [{way[column]: amount for column, amount in row.items()} for row in rows])
        off = _off(sides, [there[place].side for place in way])
        found.append((broken, _OFF if off is None else off, way))
    broken, _, best = min(found, default=(0, 0.0, ()))
    told = broken * 2 < len(rows) and any(other > broken for other, _, _ in found)
    return best if told else None


def _amounts(line: PlacedLine, columns: Sequence[ShownColumn]) -> dict[int, Decimal]:
    """The amounts of a line by the numbers of their columns; before the names of rows stand their codes."""
    first = _first_names(columns)
    found = {}
    for cell in line.cells:
        index = max(range(len(columns)), key=lambda strip: _shared(cell, columns[strip].extent))
        value = read_figure(cell.text).value
        if value is not None and index > first and _shared(cell, columns[index].extent) > 0:
            found[index] = value
    return found


def _first_names(columns: Sequence[ShownColumn]) -> int:
    """The number of the first column of names, -1 where there is none: before it stand codes."""
    return next((index for index, column in enumerate(columns) if not column.figures), -1)


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
        found.append(ShownColumn(extent, figures, total, frozenset(cell.line for cell in held)))
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
