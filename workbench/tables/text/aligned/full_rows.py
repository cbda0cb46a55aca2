"""Figures that stand so close that the lines of a table do not show its columns: no line prints two in one column, so
that the fullest lines show how many there are, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, takewhile
from math import comb
from statistics import median

from workbench.tables.text.aligned.parting import Extent, strips_of
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word

_MOST_WAYS = 5_000
_FEWEST_FIGURES, _FEWEST_ROWS = 3, 3
"""So many figures behind the name, in so many rows, show that none is left out."""
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


def figures_in_order(
    numbering: Sequence[PlacedLine], body: Sequence[PlacedLine], count_lowest: int, em: float
) -> tuple[list[PlacedLine], list[PlacedLine]]:
    """The lines that number columns and those of the body, figures set one column each by their order alone where every
    row prints as many behind its name as columns are numbered, or as there are lowest labels but for codes and names:
    none is left out, wherever they stand. As they are where their places show the columns."""
    unchanged = list(numbering), list(body)
    if not body or body[0].line.page.boxes:
        return unchanged
    runs = [figures_behind_name(line) for line in body]
    full = [run for run in runs if run]
    counts = {len(run) for run in full}
    if len(full) < _FEWEST_ROWS or len(counts) > 1 or max(counts) < _FEWEST_FIGURES:
        return unchanged
    count = max(counts)
    numbers = [figures_behind_name(line) for line in numbering]
    before = max(len(line.cells) - count for line, run in zip(body, runs, strict=True) if run)
    if count not in [len(run) for run in numbers] and count_lowest != before + count:
        return unchanged
    strips = strips_of([*numbering, *body], em)
    if all(len({_strip(cell, strips) for cell in cells}) == 1 for cells in zip(*full, strict=True)) and all(
        len({_strip(cell, strips) for cell in run}) == count for run in full
    ):
        return unchanged
    counted = [run if len(run) == count else [] for run in numbers]
    columns = columns_of_full_rows([*full, *(run for run in counted if run)])
    places = [_by_start(run, columns) for run in (*counted, *runs)]
    moved = [_moved(line, found) for line, found in zip((*numbering, *body), places, strict=True)]
    return moved[: len(numbering)], moved[len(numbering) :]


def figures_behind_name(line: PlacedLine) -> list[Placed]:
    """The figures at the end of a line, none where nothing else stands before them."""
    run = list(takewhile(lambda cell: is_figure_word(cell.text), reversed(line.cells)))[::-1]
    return run if len(run) < len(line.cells) else []


def _strip(cell: Placed, strips: Sequence[Extent]) -> int:
    """The number of the strip of which a cell holds most."""
    return max(range(len(strips)), key=lambda at: min(cell.x1, strips[at][1]) - max(cell.x0, strips[at][0]))


def columns_of_full_rows(full: Sequence[Sequence[Placed]]) -> list[Extent]:
    """A column for the figures of each place in a row: they end where they mostly do, and begin behind those before."""
    columns: list[Extent] = []
    for cells in zip(*full, strict=True):
        before = columns[-1][1] + 1 if columns else min(cell.x0 for cell in cells)
        end = max(float(median(cell.x1 for cell in cells)), before + 1)
        columns.append((max(before, end - max(cell.x1 - cell.x0 for cell in cells)), end))
    return columns


def _by_start(cells: Sequence[Placed], columns: Sequence[Extent]) -> dict[int, Extent]:
    """For each figure of a full row its column, by its start."""
    return {cell.pieces[0].start: column for cell, column in zip(cells, columns, strict=False)}


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
