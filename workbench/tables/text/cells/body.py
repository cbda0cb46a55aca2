"""What the rows of a body say of the header above them: what stands in their columns, and which sums hold in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from workbench.model.amount import read_figure
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.running.promised_sums import Equation, equations_of
from workbench.tables.text.vocabulary import TOTALS, column_kind

_BROKEN = 4.0
"""What it costs that the sums which a header promises hold in no row."""
_FEWEST_AMOUNTS, _MOST_WITNESSES = 3, 40
"""Rows with so many amounts tell whether sums hold, and so many of them are asked."""
_FEWEST_WITNESSES = 2
"""A row alone may be what is wrong, and counts for less."""
_UNEQUAL = 1.0
"""What it costs that two rows of a header print the same label."""
_HELD = 0.5
"""How much less a header costs for each of its sums that holds in every row."""


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in the columns of a body, and the amounts of its rows."""

    kinds: tuple[str, ...]
    rows: tuple[tuple[Decimal, ...], ...] = ()

    def misfit(self, header: HeaderText) -> float:
        """How badly a header suits them: how many columns have no label or hold something else than it tells, and in
        how many rows the sums that it promises do not hold."""
        leaves = header.leaves
        told = [column_kind(leaf) if leaf else "" for leaf in leaves]
        wrong = sum(bool(leaf and kind) and leaf != kind for leaf, kind in zip(told, self.kinds, strict=False))
        return float(wrong + sum(not leaf for leaf in leaves)) + _UNEQUAL * _unequal(header) + self.broken(header)

    def broken(self, header: HeaderText) -> float:
        """What it costs that the sums which a header promises do not hold in rows, less for each that holds in all."""
        if not self.rows or header.width != len(self.kinds):
            return 0.0
        sums = equations_of(header.rows, [column for column, kind in enumerate(self.kinds) if kind == "figure"])
        held = [[row[each.total] == sum(row[part] for part in each.parts) for each in sums] for row in self.rows]
        broken = sum(not all(row) for row in held) / max(len(held), _FEWEST_WITNESSES)
        proven = sum(
            all(column) and self._divides(each) for each, column in zip(sums, zip(*held, strict=True), strict=True)
        )
        return _BROKEN * broken - _HELD * proven

    def _divides(self, equation: Equation) -> bool:
        """Whether two rows or more show that a sum is one of several parts."""
        rows = [row for row in self.rows if sum(row[part] != 0 for part in equation.parts) > 1]
        return len(rows) >= _FEWEST_WITNESSES


def _unequal(header: HeaderText) -> int:
    """How many rows of a header print a label of another one that is no total: the same columns of other groups stand
    on one level."""
    rows = [set(row) - {"", *TOTALS} for row in header.rows]
    return sum(not above.isdisjoint(below) for above, below in combinations(rows, 2))


def amounts_of(rows: Sequence[Sequence[str]]) -> tuple[tuple[Decimal, ...], ...]:
    """The amounts of rows that hold several, a blank as zero."""
    telling = [row for row in rows if sum(kind_of(text) == "figure" for text in row) >= _FEWEST_AMOUNTS]
    return tuple(
        tuple(read_figure(text).value or Decimal(0) if kind_of(text) == "figure" else Decimal(0) for text in row)
        for row in telling[:_MOST_WITNESSES]
    )
