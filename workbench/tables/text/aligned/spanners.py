"""Spanners that only alignment shows: labels of a header hung over the columns whose middle they are."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from workbench.tables.text.aligned.column_heads import Column
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import TOTALS, is_spanner, may_stand_under

_WIDEST = 40
"""Over how many columns a spanner stands at most: the classes of expenditure by economic nature are about 30."""
_CUT = 0.5
"""For a spanner that begins or ends inside what one of a lower level stands over."""
_SAME = 1e-9
"""Costs nearer than this are the same."""
_Chain: TypeAlias = "tuple[_Chain, tuple[int, int]] | None"


def hung(labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[list[tuple[Piece, ...]]]:
    """The header rows: spanners over the columns that hang under them, the columns' own labels below."""
    leaves = {id(column.leaf) for column in columns}
    spanners = sorted((label for label in labels if id(label) not in leaves), key=lambda label: (label.top, label.x0))
    levels = [list(level) for _, level in groupby(spanners, key=lambda label: label.top)]
    rows: list[list[tuple[Piece, ...]]] = []
    inside: set[int] = set()
    for level in reversed(levels):
        row: list[tuple[Piece, ...]] = [()] * len(columns)
        runs = _runs(level, columns, inside)
        for label, (start, end) in zip(level, runs, strict=True):
            for column in range(start, end):
                row[column] = label.pieces
            inside.update(range(start + 1, end))
        rows.insert(0, row)
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


def _runs(level: Sequence[HeaderLabel], columns: Sequence[Column], inside: Set[int]) -> list[tuple[int, int]]:
    """For spanners side by side the run of columns each stands over: those whose middle it is and whose labels may
    hang under it, found for all spanners of the level together; `inside` are the places inside what one of a lower
    level stands over, where none should begin or end.

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
                total = base + under.cost(start, end) + _CUT * ((start in inside) + (end in inside))
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
