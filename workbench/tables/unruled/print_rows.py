"""The rows of a table that no rule parts: which lines of print are one row.

A line with figures is a row. Labels are made of the lines of their column (`column_labels.py`); those that stand level
with no figures get rows of their own where there is room.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.tables.unruled.broken_figures import figures_made_whole
from workbench.tables.unruled.column_labels import (
    LEAST_LEADING,
    LEVEL,
    Chunk,
    column_labels,
    is_label_of_its_own,
)
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.print_columns import cells_of
from workbench.tables.unruled.printed import Piece, PrintedLine
from workbench.tables.unruled.spanning_labels import RowCell, span_rows

_ROOM = 0.75
"""Of the least distance of rows: a row of its own needs as much on both sides."""


@dataclass(slots=True)
class _Row:
    """A row: how high it stands, and its words by column."""

    y: float
    cells: dict[int, _Label] = field(default_factory=dict)


@dataclass(slots=True)
class _Label:
    """The words of a cell and how high their middle stands."""

    y: float
    pieces: list[Piece]


def rows_of(
    body: Sequence[PrintedLine], edges: Sequence[float], rules: LevelRules, texts: int = 0
) -> tuple[list[RowCell], int]:
    """The cells of the body, and how many rows it has. Where figures are not what makes rows, a line with so many
    `texts` does."""
    if rules_part_rows(body, rules) and not (texts and _stand_between_same_rules(body, rules, texts)):
        return _ruled_rows(body, edges, rules)
    rows = _printed_rows(body, edges, rules, texts)
    cells = [
        RowCell(number, column, label.pieces, label.y)
        for number, row in enumerate(rows)
        for column, label in row.cells.items()
    ]
    span_rows(cells, _bounds([row.y for row in rows], body[0].height))
    return sorted(cells, key=lambda cell: (cell.row, cell.column)), len(rows)


def _bounds(heights: Sequence[float], print_height: float) -> list[float]:
    """The sides of rows that stand at `heights`: half way between them."""
    inner = [(above + below) / 2 for above, below in pairwise(heights)]
    first = inner[0] - heights[0] if inner else print_height
    last = heights[-1] - inner[-1] if inner else print_height
    return [heights[0] - first, *inner, heights[-1] + last]


def rules_part_rows(body: Sequence[PrintedLine], rules: LevelRules) -> bool:
    """Whether a rule runs between every two lines of figures."""
    figures = [line.middle for line in body if line.amounts]
    figures = figures or [line.middle for line in body if line.begins_row]
    if not rules.between(body[0].middle, body[-1].middle) and len(figures) > 1:
        return False
    bands = [rules.band(y) for y in figures]
    return bool(rules.levels) and len(set(bands)) == len(bands)


def _stand_between_same_rules(body: Sequence[PrintedLine], rules: LevelRules, texts: int) -> bool:
    """Whether most lines with so many `texts` stand between the same two rules as another:
    the rules part no rows then."""
    bands = [rules.band(line.middle) for line in body if len(line.pieces) >= texts]
    return 2 * len(set(bands)) < len(bands)


def _ruled_rows(body: Sequence[PrintedLine], edges: Sequence[float], rules: LevelRules) -> tuple[list[RowCell], int]:
    """The rows between the rules; a cell goes on under a level that does not run along it."""
    first, last = rules.band(body[0].middle), rules.band(body[-1].middle)
    found: dict[tuple[int, int], RowCell] = {}
    heights: dict[tuple[int, int], list[float]] = {}
    whole = [
        [level.covers((left + right) / 2) for left, right in pairwise(edges)] for level in rules.levels[first:last]
    ]
    for line in body:
        band = rules.band(line.middle) - first
        for column, pieces in cells_of(line, edges).items():
            top, bottom = band, band
            while top and not whole[top - 1][column] and any(whole[top - 1]):
                top -= 1
            while bottom < last - first and not whole[bottom][column] and any(whole[bottom]):
                bottom += 1
            cell = found.setdefault((top, column), RowCell(top, column, [], line.middle, bottom - top + 1))
            cell.pieces += pieces
            heights.setdefault((top, column), []).append(line.middle)
    figures = {
        cell.row: heights[place][0]
        for place, cell in found.items()
        if cell.row_span == 1 and all(piece.is_figure for piece in cell.pieces)
    }
    for place, cell in found.items():
        high, low = heights[place][0], heights[place][-1]
        beside = figures.get(cell.row, high)
        level = min(abs(beside - y) for y in (high, low, (high + low) / 2)) <= LEVEL * body[0].height
        cell.y = beside if level and cell.row in figures else (high + low) / 2
    levels = [level.y for level in rules.levels]
    above = levels[first - 1] if first else min(body[0].middle - body[0].height, levels[0])
    below = levels[last] if last < len(levels) else body[-1].middle + body[-1].height
    span_rows([*found.values()], [above, *levels[first:last], below])
    return sorted(found.values(), key=lambda cell: (cell.row, cell.column)), last - first + 1


def _printed_rows(body: Sequence[PrintedLine], edges: Sequence[float], rules: LevelRules, texts: int) -> list[_Row]:
    """The rows as their print shows them."""
    chunks: dict[int, list[Chunk]] = {}
    for line in body:
        for column, pieces in cells_of(line, edges).items():
            chunks.setdefault(column, []).append(Chunk(line.middle, line.height, pieces))
    chunks = figures_made_whole(chunks)
    of_figures = {
        column: sum(all(piece.is_figure for piece in chunk.pieces) for chunk in found) > len(found) / 2
        for column, found in chunks.items()
    }
    heights = {chunk.y for column, found in chunks.items() if of_figures[column] for chunk in found}
    heights |= {line.middle for line in body if texts and len(line.pieces) >= texts}
    anchors = _without_codes_between(_anchors(heights, body[0].height), body)
    rows = [_Row(y) for y in anchors]
    spare: list[tuple[float, int, list[Piece]]] = []
    gaps = [low.y - high.y for found in chunks.values() for high, low in pairwise(found)]
    leading = min((gap for gap in gaps if gap >= LEAST_LEADING * body[0].height), default=0.0)
    for column, found in sorted(chunks.items()):
        for label in column_labels(found, anchors, edges[column + 1] - edges[column], leading, rules):
            if label.row is None:
                spare.append((label.y, column, label.pieces))
            else:
                row = rows[label.row]
                row.cells.setdefault(column, _Label(row.y, [])).pieces += label.pieces
    _place_spare(spare, rows, body[0].height)
    return [row for row in sorted(rows, key=lambda row: row.y) if row.cells]


def _anchors(heights: Iterable[float], print_height: float) -> list[float]:
    """The heights of the lines that make rows."""
    anchors: list[float] = []
    for y in sorted(heights):
        if not anchors or y - anchors[-1] > LEVEL * print_height:
            anchors.append(y)
    return anchors


def _without_codes_between(anchors: list[float], body: Sequence[PrintedLine]) -> list[float]:
    """The heights but for those of a code alone between two rows that stand no further apart than others: it stands
    once for several."""
    near = LEVEL * body[0].height
    alone = {
        y
        for y in anchors
        if [piece.text.isdigit() for line in body if abs(line.middle - y) <= near for piece in line.pieces] == [True]
    }
    whole = [y for y in anchors if y not in alone]
    pitch = min((low - high for high, low in pairwise(whole)), default=0.0)
    between = {
        y for y in alone for high, low in pairwise(whole) if high < y < low and low - high <= (2 - _ROOM) * pitch
    }
    return [y for y in anchors if y not in between]


def _place_spare(spare: list[tuple[float, int, list[Piece]]], rows: list[_Row], height: float) -> None:
    """Puts labels that stand level with no figures: in rows of their own where there is room, or else in the rows that
    they are centred beside, or with the nearest label of their column. Room for a line of print is enough for
    those that belong to no other label, and above all rows, where the page may begin with the rest of one."""
    heights: dict[int, list[float]] = {}
    for y, column, _ in spare:
        heights.setdefault(column, []).append(y)
    gaps = [low - high for found in heights.values() for high, low in pairwise(sorted(found))]
    gaps += [low.y - high.y for high, low in pairwise(rows)]
    pitch = min((gap for gap in gaps if gap >= LEAST_LEADING * height), default=1.5 * height)
    own_rows = [y for y, _, pieces in spare if is_label_of_its_own("".join(piece.text for piece in pieces))]
    first = min((row.y for row in rows), default=0.0)
    kept: list[_Row] = []
    left: list[tuple[float, int, list[Piece]]] = []
    for y, column, pieces in sorted(spare, key=lambda entry: entry[0]):
        own = next((row for row in kept if abs(row.y - y) <= LEVEL * height), None)
        alone = y < first or any(abs(other - y) <= LEVEL * height for other in own_rows)
        room = LEAST_LEADING * height if alone else _ROOM * pitch
        if own is not None and column not in own.cells:
            own.cells[column] = _Label(y, pieces)
        elif all(abs(row.y - y) >= room for row in [*rows, *kept]):
            kept.append(_Row(y, {column: _Label(y, pieces)}))
        else:
            left.append((y, column, pieces))
    rows += kept
    rows.sort(key=lambda row: row.y)
    for column in sorted({column for _, column, _ in left}):
        labels = [(y, pieces) for y, own, pieces in left if own == column]
        for y, pieces in labels:
            beside = sorted(rows, key=lambda row: abs(row.y - y))[:2]
            nearest = min(beside, key=lambda row: (column in row.cells, abs(row.y - y)))
            label = nearest.cells.setdefault(column, _Label(y, []))
            label.pieces = sorted([*label.pieces, *pieces], key=lambda piece: piece.start)
