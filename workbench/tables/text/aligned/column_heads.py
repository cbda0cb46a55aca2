"""Columns that only alignment shows, and the header labels that hang over them.

The columns are the strips that the words of the body leave free between them; header labels are laid over the strips by
where they stand, and spanners hung over the columns whose middle they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from workbench.tables.text.aligned.parting import strips_of
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import TOTALS, is_spanner, may_stand_under

_NUMBERED = 3
"""A row of so many numbers numbers the columns: what stands over none of them spans some."""
_WIDEST = 40
"""Over how many columns a spanner stands at most: the classes of expenditure by economic nature are about 30."""
_FARTHEST = 6.0
"""How far a label may stand beside the column that it names, in characters."""
_SAME = 1e-9
"""Costs nearer than this are the same."""
_Chain: TypeAlias = "tuple[_Chain, tuple[int, int]] | None"


@dataclass(slots=True)
class Column:
    """A column: its extent, and the label right above it."""

    x0: float
    x1: float
    leaf: HeaderLabel | None = None
    cells: list[Placed] = field(default_factory=list)

    @property
    def lines(self) -> set[int]:
        """The numbers of the lines that print something in it."""
        return {cell.line for cell in self.cells}

    def take(self, other: Column) -> None:
        """Become one column with another."""
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.leaf = self.leaf or other.leaf
        self.cells.extend(other.cells)

    def widen(self, label: HeaderLabel) -> None:
        """Take the label as the column's own."""
        self.leaf = label
        self.x0, self.x1 = min(self.x0, label.x0), max(self.x1, label.x1)


def columns_of(
    labels: Sequence[HeaderLabel], numbering: Sequence[PlacedLine], body: Sequence[PlacedLine], em: float
) -> list[Column]:
    """The strips of the body and of the numbering row, and a column for each lowest label that stands over none."""
    above = [(label.x0, label.x1) for label in labels if not _is_over_others(label, labels)]
    columns = [Column(x0, x1) for x0, x1 in strips_of((*numbering, *body), em, above)]
    for cell in (cell for line in (*numbering, *body) for cell in line.cells):
        max(columns, key=lambda column: min(column.x1, cell.x1) - max(column.x0, cell.x0)).cells.append(cell)
    numbers = {line.number for line in numbering if sum(cell.text.isdigit() for cell in line.cells) >= _NUMBERED}
    for label in sorted(labels, key=lambda label: (-label.bottom, label.x0)):
        over = [column for column in columns if min(column.x1, label.x1) - max(column.x0, label.x0) > 0]
        free = [column for column in over if column.leaf is None]
        if numbers and _is_above(label, labels) and not any(column.lines & numbers for column in free):
            continue
        if len(over) == 1 and free:
            over[0].widen(label)
        elif not over and not _spans(label, labels, em) and not _is_above(label, labels):
            beside = _beside(label, labels, columns)
            if beside is None:
                columns.append(Column(label.x0, label.x1, label))
            else:
                beside.leaf = label
        elif len(over) == 2 and free and not _spans(label, labels, em):
            max(free, key=lambda column: min(column.x1, label.x1) - max(column.x0, label.x0)).leaf = label
    return _moved_up(_merged(sorted(columns, key=lambda column: column.x0)))


def _beside(label: HeaderLabel, labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> Column | None:
    """The nearest column beside a label that stands over none, of those over which only labels stand that stand above
    others as well: figures are set to a side, and reach below the spanner."""
    near = [column for column in columns if column.leaf is None and _gap(label, column) <= _FARTHEST]
    below = [(column, [other for other in labels if _gap(other, column) < 0]) for column in near]
    free = [column for column, over in below if over and all(_is_above(other, labels) for other in over)]
    return min(free, key=lambda column: _gap(label, column), default=None)


def _gap(label: HeaderLabel, column: Column) -> float:
    return max(label.x0 - column.x1, column.x0 - label.x1)


def _moved_up(columns: list[Column]) -> list[Column]:
    """The columns, labels moved one to the right where figures set to the right reach below the next label: a label
    without figures, labels with some, figures without a label."""
    for start, column in enumerate(columns):
        if column.leaf is None or column.cells:
            continue
        end = start + 1
        while end < len(columns) and columns[end].leaf is not None and columns[end].cells:
            end += 1
        moves = end < len(columns) and columns[end].leaf is None and _holds_figures(columns[end])
        if moves and all(_holds_figures(between) for between in columns[start + 1 : end]):
            for index in range(end, start, -1):
                columns[index].leaf = columns[index - 1].leaf
            return _moved_up([*columns[:start], *columns[start + 1 :]])
    return columns


def _holds_figures(column: Column) -> bool:
    return all(is_figure_word(cell.text) for cell in column.cells)


def _merged(columns: list[Column]) -> list[Column]:
    """The columns, a strip without a label made one with the label beside it that has nothing on the same lines:
    figures stand right of the middle of their label, texts left of it."""
    index = 0
    while index < len(columns):
        column = columns[index]
        if column.leaf is None and column.cells:
            figures = sum(is_figure_word(cell.text) and len(cell.text) > 2 for cell in column.cells)
            beside = (index - 1, index + 1) if figures * 2 > len(column.cells) else (index + 1, index - 1)
            other = next((i for i in beside if 0 <= i < len(columns) and _may_take(columns[i], column)), None)
            if other is not None:
                columns[other].take(column)
                columns.pop(index)
                index = max(index - 2, 0)
                continue
        index += 1
    return columns


def _may_take(labelled: Column, column: Column) -> bool:
    return labelled.leaf is not None and not labelled.lines & column.lines


def _spans(label: HeaderLabel, labels: Sequence[HeaderLabel], em: float) -> bool:
    """Whether lower labels on both sides of the middle of a label may hang under it."""
    lower = [
        other.middle - label.middle
        for other in labels
        if other.top > label.bottom and may_stand_under(other.text, label.text)
    ]
    return any(-12 * em < shift <= 0 for shift in lower) and any(0 <= shift < 12 * em for shift in lower)


def _is_over_others(label: HeaderLabel, labels: Sequence[HeaderLabel]) -> bool:
    """Whether a lower label stands below any part of a label."""
    return any(other.top > label.bottom and min(other.x1, label.x1) > max(other.x0, label.x0) for other in labels)


def _is_above(label: HeaderLabel, labels: Sequence[HeaderLabel]) -> bool:
    """Whether the next labels on both sides of a label stand lower."""
    left = max((other for other in labels if other.middle < label.middle), key=lambda other: other.middle, default=None)
    right = min(
        (other for other in labels if other.middle > label.middle), key=lambda other: other.middle, default=None
    )
    return all(other is not None and other.top > label.bottom for other in (left, right))


def hung(labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[list[tuple[Piece, ...]]]:
    """The header rows: spanners over the columns that hang under them, the columns' own labels below."""
    leaves = {id(column.leaf) for column in columns}
    spanners = sorted((label for label in labels if id(label) not in leaves), key=lambda label: (label.top, label.x0))
    levels = [list(level) for _, level in groupby(spanners, key=lambda label: label.top)]
    rows: list[list[tuple[Piece, ...]]] = []
    for level in levels:
        row: list[tuple[Piece, ...]] = [()] * len(columns)
        for label, (start, end) in zip(level, _runs(level, columns), strict=True):
            for column in range(start, end):
                row[column] = label.pieces
        rows.append(row)
    leaf_row: list[tuple[Piece, ...]] = [column.leaf.pieces if column.leaf else () for column in columns]
    rows.append(leaf_row)
    tops = [level[0].top for level in levels]
    for index, own in enumerate(columns):
        target = _row_of(own.leaf, tops, [bool(row[index]) for row in rows[:-1]])
        if target < len(rows) - 1:
            rows[target][index], rows[-1][index] = rows[-1][index], ()
    return rows


def _row_of(leaf: HeaderLabel | None, tops: Sequence[int], above: Sequence[bool]) -> int:
    """The header row in which a column's own label stands, since one that runs down over rows stands in the first of
    them: the uppermost where no spanner stands above it, else the one on whose line it is printed, below all spanners.
    `tops` are the lines of the rows of spanners, `above` says in which of them one stands above the column."""
    if not any(above):
        return 0
    lowest = len(above) - list(above)[::-1].index(True)
    own = next((row for row, top in enumerate(tops) if leaf is not None and top >= leaf.top), len(above))
    return max(lowest, own)


def _runs(level: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """For spanners side by side the run of columns each stands over: those whose middle it is and whose labels may
    hang under it, found for all spanners of the level together.

    For each spanner and each column a run may begin at, only the cheapest way to deal the columns left of it counts,
    and what stands under the spanner is counted once: the work grows with spanners times columns.
    """
    nowhere = [(0, 0)] * len(level)
    if len(level) > len(columns):
        return nowhere
    best: dict[int, _Way] = {0: _Way(0.0)}
    for label in level:
        under = _Under.of(label, columns)
        following: dict[int, _Way] = {}
        left: _Way | None = None
        for start in range(len(columns)):
            ending = best.get(start)
            if ending is not None and (left is None or ending.cost < left.cost + under.left_out(0, start) - _SAME):
                left = _Way(ending.cost - under.left_out(0, start), ending.runs)
            if left is None:
                continue
            base = left.cost + under.left_out(0, start)
            for end in range(start + 1, min(start + _WIDEST, len(columns)) + 1):
                leaf = columns[end - 1].leaf
                if leaf is not None and leaf.top <= label.top:
                    break
                total = base + under.cost(start, end)
                if end not in following or total < following[end].cost - _SAME:
                    following[end] = _Way(total, (left.runs, (start, end)))
        if not following:
            return nowhere
        best = following
    runs: list[tuple[int, int]] = []
    chain = min((best[end] for end in sorted(best)), key=lambda way: way.cost).runs
    while chain is not None:
        chain, run = chain
        runs.append(run)
    return runs[::-1]


def _end(columns: Sequence[Column], index: int) -> float:
    """Where a column ends with its own label, which may stand in the room before the next column."""
    column, leaf = columns[index], columns[index].leaf
    free = leaf is not None and (index + 1 == len(columns) or leaf.x1 <= columns[index + 1].x0)
    return max(column.x1, leaf.x1) if leaf is not None and free else column.x1


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to lay the first spanners over columns: its cost, and its runs as a chain from the last to the first."""

    cost: float
    runs: _Chain = None


@dataclass(frozen=True, slots=True)
class _Under:
    """What the columns' labels say of standing under one spanner, as counts over the first 0, 1, 2 … columns."""

    middle: float
    columns: Sequence[Column]
    strange: list[int]
    """Labels that are not known to stand under it, where any are."""
    totals: dict[str, list[int]]
    """For each word of a total how many labels say it."""
    known: list[int]
    """Lower labels that are known to stand under it."""

    @classmethod
    def of(cls, label: HeaderLabel, columns: Sequence[Column]) -> _Under:
        """The counts for one spanner."""
        strange, known, listed = [0], [0], is_spanner(label.text)
        totals = {word: [0] for word in TOTALS}
        for column in columns:
            leaf = column.leaf
            fits = leaf is not None and may_stand_under(leaf.text, label.text)
            strange.append(strange[-1] + (leaf is not None and listed and not fits))
            for word, counts in totals.items():
                counts.append(counts[-1] + (leaf is not None and leaf.text == word))
            known.append(known[-1] + (leaf is not None and fits and leaf.top > label.bottom))
        return cls(label.middle, columns, strange, totals, known)

    def left_out(self, start: int, end: int) -> float:
        """What it costs to leave columns beside the spanner out of it whose labels are known to stand below it."""
        return 0.6 * (self.known[end] - self.known[start])

    def cost(self, start: int, end: int) -> float:
        """What it costs that the spanner stands over these columns and not over the next."""
        x0, x1 = self.columns[start].x0, _end(self.columns, end - 1)
        off = 4 * abs((x0 + x1) / 2 - self.middle) / max(x1 - x0, 1.0)
        lonely = 0.6 if end - start == 1 else 0.0
        totals = 2.0 * max(0, *(counts[end] - counts[start] - 1 for counts in self.totals.values()))
        beside = self.left_out(end, min(end + 1, len(self.columns)))
        return off + 0.5 * (self.strange[end] - self.strange[start]) + lonely + totals + beside
