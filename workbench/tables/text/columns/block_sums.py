"""Whether columns of figures add up down their rows, as rows below or above a total do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from workbench.tables.text.running.promised_sums import RowToPlace, families_of

_ROUNDING = Decimal("0.05")
_MOST_STEPS, _MOST_TREES = 1500, 4
_RARELY = 3
"""For each sum that fails so many hold at least: columns of shares and rates do not add up."""

Sum = tuple[int, Sequence[int]]
"""A row, and those that it is the sum of."""


def total_of_columns(columns: Sequence[Sequence[Decimal]]) -> int | None:
    """Which row is the total of the others, by what most columns add up to: 0 the first, -1 the last; None where none
    is."""
    for end in (0, -1):
        for tree in islice(_trees(columns[0], end), _MOST_TREES):
            if _hold([(total, parts) for total, parts in tree if len(parts) > 1], columns):
                return end
    return None


def codes_add_up(rows: Sequence[tuple[str, str]], columns: Sequence[Sequence[Decimal]]) -> bool:
    """Whether most columns add up as the codes and names of rows promise."""
    found = families_of([RowToPlace((), code, name) for code, name in rows])
    return _hold([(total, parts) for total, parts in found if len(parts) > 1], columns)


def _hold(sums: Sequence[Sum], columns: Sequence[Sequence[Decimal]]) -> bool:
    held = broken = 0
    for total, parts in sums:
        for column in columns:
            whole, made = column[total], sum((column[part] for part in parts), Decimal(0))
            if whole or made:
                held += abs(whole - made) <= _ROUNDING
                broken += abs(whole - made) > _ROUNDING
    return held > max(1, _RARELY * broken)


def _trees(values: Sequence[Decimal], total: int) -> Iterator[list[Sum]]:
    """The ways in which rows are sums of those right below them, up to the total of all."""
    if not values[total]:
        return
    steps = _MOST_STEPS
    first, last = (1, len(values)) if total == 0 else (0, len(values) - 1)

    def absorb(row: int, below: tuple[int, ...], sums: tuple[Sum, ...]) -> Iterator[list[Sum]]:
        nonlocal steps
        steps -= 1
        if steps < 0:
            return
        if row < first:
            if abs(sum((values[part] for part in below), Decimal(0)) - values[total]) <= _ROUNDING:
                yield [(total, below), *sums]
            return
        made = Decimal(0)
        for count, part in enumerate(below, 1):
            made += values[part]
            if values[row] and abs(made - values[row]) <= _ROUNDING:
                yield from absorb(row - 1, (row, *below[count:]), (*sums, (row, below[:count])))
                break
        yield from absorb(row - 1, (row, *below), sums)

    yield from absorb(last - 1, (), ())
