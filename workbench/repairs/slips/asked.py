"""Where a move could mend anything, told by the figures before any move is.

Moves hand figures on from cell to cell: what a cell could come to print stands on its own row or on one beside it. So
rows and runs of which no figure comes near what a failing equation asks for are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.places import LONGEST_BLOCK
from workbench.repairs.system import System

_Wish = tuple[Equation, float, int]
"""An equation that fails, and the least and the most that its residual has to move by to hold."""


_Rows = Mapping[int, Sequence[tuple[int, int]]]
"""Rows to columns and coefficients."""


@dataclass(slots=True)
class Asked:
    """What failing equations ask of moves."""

    system: System
    wishes: list[_Wish]
    _of_table: dict[str, tuple[list[_Wish], list[_Rows]]] = field(default_factory=dict)
    """The wishes that concern a table, each with its cells there: row to columns and coefficients."""

    @classmethod
    def of(cls, system: System, failing: Iterable[int], residuals: Mapping[int, int]) -> Asked:
        """What these equations ask, off by what `residuals` says where it says anything."""
        wishes = []
        for number in failing:
            equation = system.equations[number]
            residual = residuals.get(number, equation.residual)
            low = float("-inf") if equation.bound else -equation.tolerance - residual
            wishes.append((equation, low, equation.tolerance - residual))
        return cls(system, wishes)

    def in_row(self, layout: TableLayout, row: int) -> bool:
        """Whether figures that go astray within a row, or between it and one beside it, could mend anything."""
        for (equation, low, high), rows in zip(*self._on(layout.table.id), strict=True):
            column, weights = -1, [0, 0, 0]
            for place in range(3):
                for at, coefficient in rows.get(row - 1 + place, ()):
                    if column not in (-1, at):
                        # Several columns move together: what comes of that is not told by one figure.
                        return True
                    column, weights[place] = at, coefficient
            if column < 0:
                continue
            if not equation.linear:
                return True
            own = layout.values(row)
            figure, weight = own[column], weights[1]
            if weight and any(low <= weight * (other - figure) <= high for other in (0, *own)):
                return True
            for beside, theirs in ((row - 1, weights[0]), (row + 1, weights[2])):
                if weight != theirs and 0 <= beside < len(layout.texts):
                    if low <= (weight - theirs) * (layout.values(beside)[column] - figure) <= high:
                        return True
        return False

    def in_run(self, layout: TableLayout, column: int, run: tuple[int, int]) -> Iterator[int]:
        """The rows of a run of figures down a column from which on to an end of it they could all stand a row beside
        their own."""
        first, last = run
        starts: set[int] = set()
        for wish, rows in zip(*self._on(layout.table.id), strict=True):
            weights = {
                row: weight
                for row, cells in rows.items()
                for at, weight in cells
                if at == column and first <= row + 1 and row <= last + 1
            }
            if not weights:
                continue
            if not wish[0].linear:
                starts.update(range(first, last + 1))
                continue
            starts.update(_starts(layout, column, (last, first - 1, last + 1, -1), weights, wish))
            starts.update(_starts(layout, column, (first, last + 1, first - 1, 1), weights, wish))
        return iter(sorted(starts))

    def of_table(self, table: str) -> list[_Wish]:
        """The wishes of equations that have cells in a table: no others are met by what moves there."""
        return self._on(table)[0]

    def _on(self, table: str) -> tuple[list[_Wish], list[_Rows]]:
        known = self._of_table.get(table)
        if known is None:
            wishes = [wish for wish in self.wishes if table in self.system.rows_of(wish[0])]
            known = self._of_table[table] = (wishes, [self.system.rows_of(wish[0])[table] for wish in wishes])
        return known


def _starts(
    layout: TableLayout,
    column: int,
    span: tuple[int, int, int, int],
    weights: Mapping[int, int],
    wish: _Wish,
) -> Iterator[int]:
    """The rows from which on, up to the blank at an end of their run, figures that move by a row towards it would make
    an equation hold. The span: the row before that blank, the one behind the other end, the blank, the step to go."""
    near, far, blank, step = span
    if not 0 <= blank < len(layout.texts):
        return
    below = layout.values(blank)[column]
    ahead, moved = below, 0
    for row in range(near, far, step):
        own = layout.values(row)[column]
        if row - step in weights:
            moved += weights[row - step] * (own - ahead)
        if wish[1] <= moved + (weights[row] * (below - own) if row in weights else 0) <= wish[2]:
            if 2 <= abs(blank - row) <= LONGEST_BLOCK:
                yield row
        ahead = own
