"""The rows of a table that no rule parts: which lines of print are one row.

A line with figures is a row. The lines of a wrapped label stand level with its figures as the cells are set: their
first line, their middle or their last one. Which of the three a column has is what parts its lines into labels best.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from workbench.fiscal.codes import is_account_name
from workbench.fiscal.concepts import named
from workbench.fiscal.headers import is_enumerated, is_total_label
from workbench.tables.ruled.level_rules import LevelRules
from workbench.tables.ruled.print_columns import cells_of
from workbench.tables.ruled.printed import Piece, PrintedLine
from workbench.tables.ruled.spanning_labels import RowCell, span_rows

_LEVEL = 0.33
"""In heights of print: as near as this a label stands level with its figures."""
_LEAST_LEADING, _LEADING = 1.05, 2.1
"""In heights of print: the lines of one label stand no nearer and no further apart."""
_LEVEL_AT = (0.5, 0.0, 1.0)
"""What of a label is level with its figures: its middle, its first line or its last one."""
_MOST_LINES = 8
_ONE_CHARACTER = 1.15
"""In heights of print: a line with less room left is full."""
_OWN, _NOT_FULL, _NEW, _WIDE = 1.0, 1.5, 4.0, 2.0
"""What it costs that a label stands level with no figures, is broken in a line that is not full, begins anew inside, or
has lines further apart than others."""
_AS_APART = 0.8
"""What it costs that lines of a label are as far apart as labels that begin anew."""
_UNLABELLED = 0.5
"""What a row costs that no label of the column is level with."""
_FULL_BEFORE = 0.4
"""What it costs that a label begins below a full line."""
_SHORTEST_WHOLE = 4
"""Shorter words may as well end a longer label."""
_ROOM = 0.75
"""Of the least distance of rows: a row of its own needs as much on both sides."""


@dataclass(slots=True)
class _Chunk:
    """What one line prints in one column."""

    y: float
    height: float
    pieces: list[Piece]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.pieces[-1].x1

    @property
    def text(self) -> str:
        """What it prints."""
        return "".join(piece.text for piece in self.pieces)


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
    """Whether most lines with so many `texts` stand between the same two rules as another: the rules part no rows then."""
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
        level = min(abs(beside - y) for y in (high, low, (high + low) / 2)) <= _LEVEL * body[0].height
        cell.y = beside if level and cell.row in figures else (high + low) / 2
    levels = [level.y for level in rules.levels]
    above = levels[first - 1] if first else min(body[0].middle - body[0].height, levels[0])
    below = levels[last] if last < len(levels) else body[-1].middle + body[-1].height
    span_rows([*found.values()], [above, *levels[first:last], below])
    return sorted(found.values(), key=lambda cell: (cell.row, cell.column)), last - first + 1


def _printed_rows(body: Sequence[PrintedLine], edges: Sequence[float], rules: LevelRules, texts: int) -> list[_Row]:
    """The rows as their print shows them."""
    chunks: dict[int, list[_Chunk]] = {}
    for line in body:
        for column, pieces in cells_of(line, edges).items():
            chunks.setdefault(column, []).append(_Chunk(line.middle, line.height, pieces))
    of_figures = {
        column: sum(all(piece.is_figure for piece in chunk.pieces) for chunk in found) > len(found) / 2
        for column, found in chunks.items()
    }
    heights = {chunk.y for column, found in chunks.items() if of_figures[column] for chunk in found}
    heights |= {line.middle for line in body if texts and len(line.pieces) >= texts}
    rows = [_Row(y) for y in _anchors(heights, body[0].height)]
    spare: list[tuple[float, int, list[Piece]]] = []
    gaps = [low.y - high.y for found in chunks.values() for high, low in pairwise(found)]
    leading = min((gap for gap in gaps if gap >= _LEAST_LEADING * body[0].height), default=0.0)
    for column, found in sorted(chunks.items()):
        for y, row, pieces in _labels(found, rows, edges[column + 1] - edges[column], leading, rules):
            if row is None:
                spare.append((y, column, pieces))
            else:
                rows[row].cells.setdefault(column, _Label(rows[row].y, [])).pieces += pieces
    _place_spare(spare, rows, body[0].height)
    return [row for row in sorted(rows, key=lambda row: row.y) if row.cells]


def _anchors(heights: Iterable[float], print_height: float) -> list[float]:
    """The heights of the lines that make rows."""
    anchors: list[float] = []
    for y in sorted(heights):
        if not anchors or y - anchors[-1] > _LEVEL * print_height:
            anchors.append(y)
    return anchors


def _labels(
    chunks: Sequence[_Chunk], rows: Sequence[_Row], width: float, leading: float, rules: LevelRules
) -> list[tuple[float, int | None, list[Piece]]]:
    """The labels of a column: how high each stands, its row where it is level with one, and its words."""
    reach = max(chunk.x1 - chunk.x0 for chunk in chunks)
    best: tuple[float, list[tuple[float, int | None, list[Piece]]]] | None = None
    for share in _LEVEL_AT:
        cost, found = _parted(chunks, rows, share, min(reach, width), leading, rules)
        cost += _UNLABELLED * (len(rows) - len({row for _, row, _ in found if row is not None}))
        if best is None or cost < best[0] - 1e-6:
            best = cost, found
    return best[1] if best else []


def _parted(
    chunks: Sequence[_Chunk],
    rows: Sequence[_Row],
    share: float,
    reach: float,
    leading: float,
    rules: LevelRules,
) -> tuple[float, list[tuple[float, int | None, list[Piece]]]]:
    """The lines of a column parted into labels at the least cost, where labels stand level with their row at `share` of their height."""
    costs = [0.0] + [float("inf")] * len(chunks)
    steps: list[tuple[int, float, int | None]] = [(0, 0.0, None)] * (len(chunks) + 1)
    end_of_column = max(chunk.x1 for chunk in chunks)
    full = [
        max(chunk.x1 - chunk.x0 - reach, chunk.x1 - end_of_column) > -_ONE_CHARACTER * chunk.height for chunk in chunks
    ]
    new = [is_enumerated(chunk.text) or is_total_label(chunk.text) for chunk in chunks]
    figure = [all(piece.is_figure for piece in chunk.pieces) for chunk in chunks]
    level = [_row_at(rows, chunk.y, chunk.height)[0] for chunk in chunks]
    bare = [row is None for row, begins in zip(level, new, strict=True) if begins]
    own_cost = _OWN * (1 - sum(bare) / len(bare)) if bare else _OWN
    beginnings = [
        low.y - high.y for (high, low), begins in zip(pairwise(chunks), pairwise(new), strict=True) if all(begins)
    ]
    usual = min(beginnings, default=float("inf"))
    for begin in range(len(chunks)):
        inside = 0.0
        for end in range(begin + 1, min(begin + _MOST_LINES, len(chunks)) + 1):
            if end - begin > 1:
                high, low = chunks[end - 2], chunks[end - 1]
                apart = low.y - high.y
                if not _LEAST_LEADING * low.height <= apart <= _LEADING * low.height or rules.between(high.y, low.y):
                    break
                inside += (not full[end - 2]) * _NOT_FULL + new[end - 1] * _NEW
                inside += (apart > 1.12 * leading + 0.5) * _WIDE + (apart > usual - 0.5) * _AS_APART
                inside += (figure[end - 1] or figure[end - 2]) * _NEW
                inside += (_is_whole(high.text) and _is_whole(low.text)) * _NEW
            y = (1 - share) * chunks[begin].y + share * chunks[end - 1].y
            row, off = _row_at(rows, y, chunks[begin].height)
            if any(own is not None and own != row for own in level[begin:end]):
                continue
            cost = costs[begin] + inside + (own_cost if row is None else off)
            if begin and full[begin - 1] and not new[begin] and not figure[begin]:
                cost += _FULL_BEFORE * (chunks[begin].y - chunks[begin - 1].y < _LEADING * chunks[begin].height)
            if row is not None and begin and steps[begin][2] == row:
                cost += _NEW
            if cost < costs[end]:
                costs[end], steps[end] = cost, (begin, y, row)
    found: list[tuple[float, int | None, list[Piece]]] = []
    end = len(chunks)
    while end:
        begin, y, row = steps[end]
        found.insert(0, (y, row, [piece for chunk in chunks[begin:end] for piece in chunk.pieces]))
        end = begin
    return costs[-1], found


def _is_whole(label: str) -> bool:
    """Whether a label is known as it is: the name of an account, or what statements have rows of."""
    return len(label) >= _SHORTEST_WHOLE and (is_account_name(label) or bool(named(label).concept))


def _row_at(rows: Sequence[_Row], y: float, height: float) -> tuple[int | None, float]:
    """The row level with a height and how far off it is in heights of print; None where there is none."""
    nearest = min(range(len(rows)), key=lambda index: abs(rows[index].y - y), default=None)
    if nearest is None or abs(rows[nearest].y - y) > _LEVEL * height:
        return None, 0.0
    return nearest, abs(rows[nearest].y - y) / height


def _place_spare(spare: list[tuple[float, int, list[Piece]]], rows: list[_Row], height: float) -> None:
    """Puts labels that stand level with no figures: in rows of their own where there is room, or else in the rows that
    they are centred beside, or with the nearest label of their column."""
    heights: dict[int, list[float]] = {}
    for y, column, _ in spare:
        heights.setdefault(column, []).append(y)
    gaps = [low - high for found in heights.values() for high, low in pairwise(sorted(found))]
    gaps += [low.y - high.y for high, low in pairwise(rows)]
    pitch = min((gap for gap in gaps if gap >= _LEAST_LEADING * height), default=1.5 * height)
    kept: list[_Row] = []
    left: list[tuple[float, int, list[Piece]]] = []
    for y, column, pieces in sorted(spare, key=lambda entry: entry[0]):
        own = next((row for row in kept if abs(row.y - y) <= _LEVEL * height), None)
        if own is not None and column not in own.cells:
            own.cells[column] = _Label(y, pieces)
        elif all(abs(row.y - y) >= _ROOM * pitch for row in [*rows, *kept]):
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
