"""Figures that stand so close that the lines of a table do not show its columns: no line prints two in one column, so
that the fullest lines show how many there are, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from math import comb
from statistics import median

from workbench.tables.text.aligned.parting import Extent, strips_of
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word

_MOST_WAYS = 5_000
_SURE = 2.0
"""In characters: a figure goes to a column whose figures end that much nearer to where it ends than those of any
other."""


def figures_in_place(lines: Sequence[PlacedLine], em: float) -> list[PlacedLine]:
    """The lines, figures moved to their columns where several columns would be taken for one. A line of which the
    figures may be of other columns as well stays as it is."""
    if not lines or lines[0].line.page.boxes:
        return list(lines)
    found = list(lines)
    for strips in _beside_each_other(strips_of(lines, em), lines):
        held = [_inside(line, (strips[0][0], strips[-1][1])) for line in found]
        most = max(map(len, held))
        if most > len(strips) or any(len(_inside(line, strip)) > 1 for line in found for strip in strips):
            columns = _columns([cells for cells in held if len(cells) == most])
            found = [_moved(line, _places(cells, columns)) for line, cells in zip(found, held, strict=True)]
    return found


def _beside_each_other(strips: Sequence[Extent], lines: Sequence[PlacedLine]) -> list[list[Extent]]:
    """The strips that hold figures only, those beside each other together."""
    found: list[list[Extent]] = [[]]
    for strip in strips:
        if all(is_figure_word(cell.text) for line in lines for cell in _inside(line, strip)):
            found[-1].append(strip)
        else:
            found.append([])
    return [group for group in found if group]


def _inside(line: PlacedLine, extent: Extent) -> list[Placed]:
    """The cells of a line of which more than half stands there."""
    return [cell for cell in line.cells if min(cell.x1, extent[1]) - max(cell.x0, extent[0]) > (cell.x1 - cell.x0) / 2]


def _columns(full: Sequence[Sequence[Placed]]) -> list[Extent]:
    """Where the figures of lines that fill all columns mostly stand in each."""
    ends = [float(median(cell.x1 for cell in cells)) for cells in zip(*full, strict=True)]
    starts = [max(cell.x0 - cell.x1 for cell in cells) for cells in zip(*full, strict=True)]
    before = [ends[0] + starts[0] - 1, *ends]
    return [(max(end + start, left), end) for start, end, left in zip(starts, ends, before, strict=False)]


def _places(cells: Sequence[Placed], columns: Sequence[Extent]) -> dict[int, Extent]:
    """For each of the figures of a line the column that it goes to, by its start; none where others are as near."""
    if not cells or comb(len(columns), len(cells)) > _MOST_WAYS:
        return {}
    ways = sorted(
        (sum(abs(cell.x1 - column[1]) for cell, column in zip(cells, way, strict=True)), way)
        for way in combinations(columns, len(cells))
    )
    if len(ways) > 1 and ways[1][0] - ways[0][0] < _SURE:
        return {}
    return {cell.pieces[0].start: column for cell, column in zip(cells, ways[0][1], strict=True)}


def _moved(line: PlacedLine, places: Mapping[int, Extent]) -> PlacedLine:
    """The line, its figures that have a place set to the right there."""
    return replace(line, cells=tuple(_at(cell, places.get(cell.pieces[0].start)) for cell in line.cells))


def _at(cell: Placed, place: Extent | None) -> Placed:
    return cell if place is None else replace(cell, x0=max(place[0], place[1] - (cell.x1 - cell.x0)), x1=place[1])
