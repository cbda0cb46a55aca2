"""Which columns of rows without blanks are the sums of others."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.tables.text.running.header_evidence import rarely

_MOST_SUMS = 24
"""So many sums of the same columns are kept in mind."""
_SMALLEST = 2
"""A group with a total has so many columns at least; three where it ends with that."""
_CENT = 100
_SLACK = 5
"""So many hundredths a sum may be off that rounding leaves."""

_Amounts = tuple[int, ...]


class ColumnSums:
    """What groups of columns come to."""

    def __init__(self, rows: Sequence[Sequence[Decimal]]) -> None:
        self._columns = [tuple(int(value * _CENT) for value in column) for column in zip(*rows, strict=True)]
        self._known: dict[tuple[int, int], tuple[_Amounts, ...]] = {}
        self._groups: dict[tuple[int, int], tuple[_Amounts, ...]] = {}

    def is_total(self, column: int, first: int, end: int) -> bool:
        """Whether one column is the sum of the columns from `first` on to the one before `end`, what their own totals
        add up counted once."""
        own = self._columns[column]
        return any(_are_alike(own, total) for total in self._of(first, end))

    def bears(self, column: int, first: int, end: int) -> bool:
        """Whether a column begins or ends a group of columns and is the total of the others of it."""
        if end - first < _SMALLEST:
            return False
        if column == first and self.is_total(column, first + 1, end):
            return True
        return column == end - 1 and end - first > _SMALLEST and self.is_total(column, first, end - 1)

    def _of(self, first: int, end: int) -> tuple[_Amounts, ...]:
        if first == end:
            return ((0,) * len(self._columns[0]),)
        if (first, end) not in self._known:
            found: dict[_Amounts, None] = {}
            for stop in range(end, first, -1):
                for own in self._group(first, stop):
                    for rest in self._of(stop, end) if len(found) < _MOST_SUMS else ():
                        found[tuple(a + b for a, b in zip(own, rest, strict=True))] = None
            self._known[first, end] = tuple(found)[:_MOST_SUMS]
        return self._known[first, end]

    def _group(self, first: int, end: int) -> tuple[_Amounts, ...]:
        """What one column, or columns of which the first or the last is the total of the others, stand for."""
        if end == first + 1:
            return (self._columns[first],)
        if (first, end) not in self._groups:
            found: dict[_Amounts, None] = {}
            if self.is_total(first, first + 1, end):
                found[self._columns[first]] = None
            if self.is_total(end - 1, first, end - 1):
                found[self._columns[end - 1]] = None
            self._groups[first, end] = tuple(found)
        return self._groups[first, end]


def _are_alike(own: _Amounts, other: _Amounts) -> bool:
    return sum(abs(a - b) > _SLACK for a, b in zip(own, other, strict=True)) <= rarely(len(own))
