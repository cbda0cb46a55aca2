"""Sums that hold in every row of a table: what tells its columns where their places do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

Amounts = Mapping[int, Decimal]
"""The amounts of a row by the numbers of their columns; blank ones are not there."""

_MOST_COLUMNS, _MOST_PARTS = 12, 4
"""Of so many columns of amounts sums of so many parts are looked for."""
_FEWEST_ROWS = 2
"""In so many rows two parts or more of a sum are not zero, so that it is no accident."""
_ROUNDING = Decimal("0.011")
"""How much a sum may be off for each part."""
_NOTHING = Decimal(0)


class RowSum(NamedTuple):
    """A column whose amount is in every row the sum of others."""

    total: int
    parts: tuple[int, ...]

    def holds(self, row: Amounts) -> bool:
        """Whether it holds in a row, blank cells being nothing."""
        off = row.get(self.total, _NOTHING) - sum(row.get(part, _NOTHING) for part in self.parts)
        return abs(off) <= _ROUNDING * len(self.parts)


def row_sums(rows: Sequence[Amounts]) -> list[RowSum]:
    """The sums that hold in all of these rows."""
    columns = sorted({column for row in rows for column in row})
    if len(columns) > _MOST_COLUMNS:
        return []
    found = []
    for total in columns:
        others = [column for column in columns if column != total]
        for count in range(2, min(_MOST_PARTS, len(others)) + 1):
            for parts in combinations(others, count):
                one = RowSum(total, parts)
                if all(map(one.holds, rows)) and _is_shown(one, rows):
                    found.append(one)
    return found


def sums_behind(total: int, parts: Sequence[int], rows: Sequence[Amounts]) -> Iterator[RowSum]:
    """The sums of a column that hold in all of these rows, of all of the columns `parts` behind it up to one of them,
    those that print nothing left out: more than are looked for anywhere."""
    printed = [part for part in parts if any(row.get(part) for row in rows)]
    for count in range(_MOST_PARTS + 1, len(printed) + 1):
        one = RowSum(total, tuple(printed[:count]))
        if all(map(one.holds, rows)) and _is_shown(one, rows):
            yield one


def _is_shown(one: RowSum, rows: Sequence[Amounts]) -> bool:
    """Whether each of its parts is there, two of them or more in several rows."""
    several = [row for row in rows if sum(bool(row.get(part)) for part in one.parts) > 1]
    return len(several) >= _FEWEST_ROWS and all(any(row.get(part) for row in rows) for part in one.parts)


def count_broken(sums: Iterable[RowSum], rows: Sequence[Amounts]) -> int:
    """How often sums do not hold in rows."""
    return sum(not one.holds(row) for one in sums for row in rows)
