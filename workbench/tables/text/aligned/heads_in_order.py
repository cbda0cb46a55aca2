"""Columns and the labels of a header that go together in their order: labels are centred, figures set to a side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.stacked_labels import HeaderLabel

FARTHEST = 6.0
"""How far a label may stand beside the column that it names, in characters."""
_FEWEST_IN_ORDER, _FARTHEST_IN_ORDER = 3, 6.0
"""So many labels go with columns in their order, each no further from its own than so many heights of print."""
_TOO_SHORT = 6.0
"""What it costs, in characters, that figures end left of where their label does."""


def in_order(labels: Sequence[HeaderLabel], columns: Sequence[Column], em: float) -> list[Column]:
    """The columns with the labels in their order, where these are as many and each is near its own; none else. Figures
    that no line prints beside each other may be one column, those of a line that is set further on."""
    columns = _as_many(columns, len(labels))
    if not _FEWEST_IN_ORDER <= len(labels) == len(columns):
        return []
    pairs = list(zip(labels, columns, strict=True))
    apart = all(before.x1 <= after.x0 for before, after in pairwise(labels))
    if not apart or any(column.gap_to(label) > _FARTHEST_IN_ORDER * em for label, column in pairs):
        return []
    return [Column(column.x0, column.x1, label, list(column.cells)) for label, column in pairs]


def some_in_order(labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[Column]:
    """The columns with the labels in their order where there are more labels, the others blank: each label near its
    column, and figures, which are set to the right, reaching as far as their label. None where that cannot be."""
    if not _FEWEST_IN_ORDER <= len(columns) < len(labels):
        return []
    # for each number of columns named the cheapest way by the labels so far: its cost, and the labels it takes
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number, label in enumerate(labels):
        for count in sorted(best, reverse=True):
            if count == len(columns):
                continue
            column, (base, taken) = columns[count], best[count]
            gap = max(column.gap_to(label), 0.0)
            way = base + gap + _TOO_SHORT * _is_short(label, column), (*taken, number)
            if gap <= FARTHEST and (count + 1 not in best or way < best[count + 1]):
                best[count + 1] = way
    if len(columns) not in best:
        return []
    named = dict(zip(best[len(columns)][1], columns, strict=True))
    return [
        Column(named[number].x0, named[number].x1, label, list(named[number].cells))
        if number in named
        else Column(label.x0, label.x1, label)
        for number, label in enumerate(labels)
    ]


def _is_short(label: HeaderLabel, column: Column) -> bool:
    """Whether figures that are set to the right end left of where a label does: it is not theirs."""
    ends = Counter(cell.x1 for cell in column.cells)
    if not column.holds_figures or max(ends.values(), default=0) * 2 <= ends.total():
        return False
    return max(ends, key=lambda end: ends[end]) < label.x1


def are_set_left(columns: Sequence[Column]) -> bool:
    """Whether the figures of more columns begin below each other than end so: no figure need reach as far as its label.
    Where all are as long as each other they do both."""
    sides = Counter[bool]()
    for column in columns:
        if column.cells and column.holds_figures:
            begins, ends = (
                max(Counter(places).values())
                for places in zip(*((cell.x0, cell.x1) for cell in column.cells), strict=True)
            )
            if begins != ends:
                sides[begins > ends] += 1
    return sides[True] > sides[False]


def count_short(columns: Sequence[Column]) -> int:
    """In how many columns figures end left of where their label does, or stand below none."""
    return sum(_is_short(column.leaf, column) if column.leaf is not None else 1 for column in columns)


def _as_many(columns: Sequence[Column], count: int) -> Sequence[Column]:
    """The columns, strips of figures beside each other made one where no line fills both and there are more than so
    many; those first of which one holds least."""
    found = [Column(column.x0, column.x1, None, list(column.cells)) for column in columns]
    while len(found) > count:
        apart = [
            (min(len(left.cells), len(right.cells)), index)
            for index, (left, right) in enumerate(pairwise(found))
            if left.holds_figures and right.holds_figures and not left.lines & right.lines
        ]
        if not apart:
            return columns
        index = min(apart)[1]
        found[index].take(found.pop(index + 1))
    return found
