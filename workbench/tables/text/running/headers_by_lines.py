"""Headers that the sums in rows without blanks bear out, where text was taken line by line and each label stands in the
middle of its cell.

Of two labels on one line the left one stands left with all that is below it, and what stands below a label is printed
lower. So labels are taken from the left, the foremost that is left on some line, and put below one of those that are
open there; what is closed must come to its total in every row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from workbench.tables.text.header.costs import deep
from workbench.tables.text.header.hanging import leaf_cost
from workbench.tables.text.header.rows import Header, HeaderText, Label, line_of
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.column_sums import ColumnSums
from workbench.tables.text.running.headers_by_sums import MOST_COLUMNS, MOST_LABELS, TOTALS_OF_GROUPS, cost_below

_MOST_STEPS = 8_000
_MOST_LINES = 8
_LIMITS = (2.0, 4.0, 6.0, 9.0)
"""What headers may cost: the cheapest are looked for first."""
_DEEPEST = 5
_UNEVEN, _SAME_HEIGHT = 1.5, 0.25
"""What it costs that labels which others stand below are printed at other heights than those beside them."""
_GRAND = frozenset({"合计", "总计"})
_SINGLE, _NO_GROUP = 1.5, 2.0
"""What it costs that one label alone stands below another, and that a subtotal stands below none."""


class _Open(NamedTuple):
    """A label that others stand below, the first of its columns, what stands right below it so far (the number of each
    label and its first column), and what that costs at the least."""

    label: int
    first: int
    below: tuple[tuple[int, int], ...] = ()
    cost: float = 0.0
    height: float | None = None
    """At what height the first of these is printed that others stand below."""


def headers_by_lines(labels: Sequence[Label], rows: Sequence[Sequence[Decimal]], limit: float) -> list[Header]:
    """The headers of labels of figures that their lines allow and whose totals all rows bear out, each of which has a
    figure in every column; none that costs more than `limit`, the cheapest first."""
    width = len(rows[0]) if rows else 0
    lines = {line_of(piece) for label in labels for piece in label}
    if not 3 <= width <= min(MOST_COLUMNS, len(labels)) or len(labels) > MOST_LABELS:
        return []
    if not 2 <= len(lines) <= _MOST_LINES or not TOTALS_OF_GROUPS & set(map(key_of, labels)):
        return []
    search = _Search(labels, width, ColumnSums(rows))
    for most in _LIMITS:
        found = list(search.headers(min(most, limit)))
        if found or most >= limit:
            return sorted(found, key=lambda header: header.cost)
    return []


class _Search:
    """Puts labels below each other from the left."""

    def __init__(self, labels: Sequence[Label], width: int, sums: ColumnSums) -> None:
        self._labels = labels
        self._texts = tuple(map(key_of, labels))
        self._all = (1 << len(labels)) - 1
        self._width = width
        self._sums = sums
        lines = sorted({line_of(piece) for label in labels for piece in label})
        numbers = {line: number for number, line in enumerate(lines)}
        self._heights = [sum(numbers[line_of(piece)] for piece in label) / len(label) for label in labels]
        self._left = [
            sum(
                1 << other
                for other, beside in enumerate(labels)
                if other != index and any(line_of(a) == line_of(b) and b.start < a.start for a in label for b in beside)
            )
            for index, label in enumerate(labels)
        ]
        self._limit = 0.0
        self._steps = _MOST_STEPS
        self._paths: list[tuple[int, ...]] = []

    def headers(self, limit: float) -> Iterator[Header]:
        """Those that cost no more than `limit`, as far as they are looked for."""
        self._limit = limit
        for cost in self._next([_Open(-1, 0)], 0, 0, 0.0):
            yield self._header(cost)

    def _next(self, path: list[_Open], used: int, column: int, cost: float) -> Iterator[float]:
        """The ways to go on with open labels, the labels `used` so far, and so many columns done."""
        self._steps -= 1
        if self._steps < 0 or cost > self._limit:
            return
        if column == self._width:
            closing = self._closed(path, 0, column) if used == self._all else None
            if closing is not None and cost + closing <= self._limit:
                yield cost + closing
            return
        for keep in range(len(path), 0, -1):
            closing = self._closed(path, keep, column)
            if closing is None:
                # what is open further left stays open as well
                return
            for index in self._free(used, path[keep - 1]):
                if self._texts[index] in _GRAND and self._has_subtotal(path[:keep]):
                    continue
                upper = self._with(path[keep - 1], index, column)
                if upper is not None:
                    more = upper.cost - path[keep - 1].cost
                    kept = [*path[: keep - 1], upper]
                    yield from self._put(kept, index, used | 1 << index, column, cost + closing + more)

    def _free(self, used: int, upper: _Open) -> list[int]:
        """The labels that may be next: the foremost left on its lines, and printed lower than the one it is below."""
        return [
            index
            for index, left in enumerate(self._left)
            if not used >> index & 1
            and not left & ~used
            and (upper.label < 0 or self._heights[index] > self._heights[upper.label])
        ]

    def _with(self, upper: _Open, index: int, column: int) -> _Open | None:
        """A label with another one more below it; None where its total says that there is none."""
        total = self._texts[index] in TOTALS_OF_GROUPS
        begun = bool(upper.below) and self._texts[upper.below[0][0]] in TOTALS_OF_GROUPS
        ended = len(upper.below) > 1 and self._texts[upper.below[-1][0]] in TOTALS_OF_GROUPS
        if ended or (total and begun):
            return None
        if total and not self._may_bear(column, upper):
            return None
        below = (*upper.below, (index, column))
        if upper.label < 0:
            return upper._replace(below=below, cost=upper.cost + _NO_GROUP * (self._texts[index] == "小计"))
        cost = cost_below(self._texts[upper.label], tuple(self._texts[child] for child, _ in below))
        return upper._replace(below=below, cost=cost - _SINGLE * (len(below) == 1))

    def _may_bear(self, column: int, upper: _Open) -> bool:
        """Whether a column may be the total of the columns below a label: of those before it, or of some behind it."""
        if upper.below:
            return self._sums.bears(column, upper.first, column + 1)
        return any(self._sums.bears(column, column, end) for end in range(column + 2, self._width + 1))

    def _has_subtotal(self, path: Sequence[_Open]) -> bool:
        """Whether a subtotal stands below one of these labels: no grand total is a part of it."""
        return any(self._texts[child] == "小计" for each in path for child, _ in each.below)

    def _put(self, path: list[_Open], index: int, used: int, column: int, cost: float) -> Iterator[float]:
        """The ways to go on where a label is that of one column, or where others stand below it."""
        left = len(self._texts) - used.bit_count()
        if left < self._width - column - 1 or cost > self._limit:
            return
        text = self._texts[index]
        self._paths.append((*(each.label for each in path[1:]), index))
        yield from self._next(path, used, column + 1, cost + leaf_cost(text))
        self._paths.pop()
        self._steps -= 1
        if text in TOTALS_OF_GROUPS or len(path) == _DEEPEST or left < self._width - column or self._steps < 0:
            return
        height = self._heights[index]
        if path[-1].height is None:
            path = [*path[:-1], path[-1]._replace(height=height)]
        elif abs(height - (path[-1].height or 0.0)) > _SAME_HEIGHT:
            cost += _UNEVEN
        empty = _Open(index, column)
        for child in self._free(used, empty):
            own = self._with(empty, child, column)
            if self._texts[child] in _GRAND and self._has_subtotal(path):
                continue
            if own is not None:
                yield from self._put([*path, own], child, used | 1 << child, column, cost + own.cost)

    def _closed(self, path: Sequence[_Open], keep: int, end: int) -> float | None:
        """What it costs more to close all open labels but so many; None where a total is not that of its group."""
        cost = 0.0
        for group in path[keep:]:
            for index, column in group.below:
                if self._texts[index] in TOTALS_OF_GROUPS and not self._sums.bears(column, group.first, end):
                    return None
            cost += _SINGLE if len(group.below) == 1 and group.label >= 0 else 0.0
        return cost

    def _header(self, cost: float) -> Header:
        """The header of the labels above each column."""
        depth = max(map(len, self._paths))
        blank: Label = ()
        columns = [[*(self._labels[index] for index in path), *[blank] * (depth - len(path))] for path in self._paths]
        rows = tuple(zip(*columns, strict=True))
        text = HeaderText(tuple(tuple(map(key_of, row)) for row in rows))
        return Header(rows, text, cost + deep(depth))
