"""Spanners that only alignment shows: labels of a header hung over the columns whose middle they are."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.spanner_costs import SpannerCosts, are_set_to_the_left, sides_of
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.aligned.totals_told import Totals, totals_of
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import TOTALS

_CUT = 0.5
"""For a spanner that begins or ends inside what one of a lower level stands over."""
_LATER_TOTAL = 1.0
"""For a spanner over a run that ends with a total, one of the same name standing right before it under no other."""
_SAME = 1e-9
"""Costs nearer than this are the same."""
_Chain: TypeAlias = "tuple[_Chain, tuple[int, int]] | None"


def hung(
    labels: Sequence[HeaderLabel], columns: Sequence[Column], numbering: Set[int] = frozenset()
) -> list[list[tuple[Piece, ...]]]:
    """The header rows: spanners over the columns that hang under them, the columns' own labels below. The lines of a
    number in `numbering` print the numbers of the columns."""
    leaves = {id(column.leaf) for column in columns}
    spanners = sorted((label for label in labels if id(label) not in leaves), key=lambda label: (label.top, label.x0))
    levels = [list(level) for _, level in groupby(spanners, key=lambda label: label.top)]
    rows: list[list[tuple[Piece, ...]]] = []
    totals = totals_of(columns, numbering) if spanners else {}
    inside: set[int] = set()
    covered: set[int] = set()
    for level in reversed(levels):
        row: list[tuple[Piece, ...]] = [()] * len(columns)
        runs = _runs(level, columns, inside, covered, totals, uppermost=level is levels[0])
        for label, (start, end) in zip(level, runs, strict=True):
            for column in range(start, end):
                row[column] = label.pieces
            inside.update(range(start + 1, end))
            covered.update(range(start, end))
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


def _runs(
    level: Sequence[HeaderLabel],
    columns: Sequence[Column],
    inside: Set[int],
    covered: Set[int],
    totals: Totals,
    *,
    uppermost: bool,
) -> list[tuple[int, int]]:
    """For spanners side by side the run of columns each stands over: those whose middle it is and whose labels may
    hang under it, found for all spanners of the level together; `inside` are the places inside what one of a lower
    level stands over, where none should begin or end, `covered` the columns that it stands over, `totals` what
    columns add up.

    For each spanner and each column a run may begin at, only the cheapest way to deal the columns left of it counts,
    and what stands under the spanner is counted once: the work grows with spanners times columns.
    """
    nowhere = [(0, 0)] * len(level)
    if len(level) > len(columns):
        return nowhere
    blocks = _blocks(level, columns)
    if blocks:
        return blocks
    best: dict[int, _Way] = {0: _Way(0.0)}
    to_the_left = are_set_to_the_left(columns)
    sides = [sides_of(columns, index) for index in range(len(columns))]
    for label in level:
        under = SpannerCosts.of(
            label,
            columns,
            sides,
            covered,
            totals,
            to_the_left=to_the_left,
            is_last=label is level[-1],
            is_uppermost=uppermost,
        )
        following: dict[int, _Way] = {}
        left: _Way | None = None
        for start in range(len(columns)):
            ending = best.get(start)
            if ending is not None and (left is None or ending.cost < left.cost + under.left_out(0, start) - _SAME):
                left = _Way(ending.cost - under.left_out(0, start), ending.runs)
            if left is None:
                continue
            base = left.cost + under.left_out(0, start)
            for end, cost in under.runs_from(start):
                leaf = columns[end - 1].leaf
                if leaf is not None and leaf.top <= label.top:
                    break
                total = base + cost + _CUT * ((start in inside) + (end in inside))
                free = left.runs is None or left.runs[1][1] < start
                total += _LATER_TOTAL * (free and _takes_later_total(columns, start, end))
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


def _takes_later_total(columns: Sequence[Column], start: int, end: int) -> bool:
    """Whether a run of columns ends with the total that stands before it as well: the blocks begin with theirs."""
    if not start:
        return False
    before, last = columns[start - 1].leaf, columns[end - 1].leaf
    return before is not None and last is not None and before.text == last.text and last.text in TOTALS


def _blocks(level: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """The blocks of columns that spanners, each another one, stand over, where there are as many and the columns are
    those of the first block again and again; none where it is not so."""
    count = len(columns) // len(level)
    names = [column.leaf.text if column.leaf is not None else "" for column in columns]
    again = names == names[:count] * len(level) and all(names)
    if len(level) < 2 or count < 2 or not again or len({label.text for label in level}) < len(level):
        return []
    runs = [(start, start + count) for start in range(0, len(columns), count)]
    over = all(
        columns[start].x0 <= label.middle <= columns[end - 1].x1
        and all(leaf.top > label.top for column in columns[start:end] if (leaf := column.leaf) is not None)
        for label, (start, end) in zip(level, runs, strict=True)
    )
    return runs if over else []


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to lay the first spanners over columns: its cost, and its runs as a chain from the last to the first."""

    cost: float
    runs: _Chain = None
