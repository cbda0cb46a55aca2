"""Two columns that changed places over some rows of a table: the sums down both are off by as much, one too large and
one too small, and the rows between which they did so are those whose figures differ by that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, combinations

from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.missed_sums import MissedSums
from workbench.repairs.slips.relocation import Move, units_of
from workbench.repairs.system import System

CROSSED_COLUMNS = 5.2
_FEWEST_MENDED = 3
_FEWEST_ROWS = 2
_MOST_RUNS = 2
"""Of the runs that two columns may have crossed over so many are told."""


@dataclass(frozen=True, slots=True)
class _Swept:
    """By how much the residual of an equation moves where two columns change places on the rows before each one: what
    it moves by on a run is the difference of two of these."""

    equation: Equation
    sums: Sequence[int]

    def moved(self, first: int, behind: int) -> int:
        """By how much it moves where they do on the rows from `first` up to the one `behind`."""
        return self.sums[behind] - self.sums[first]

    def mended(self, first: int, behind: int) -> bool:
        """Whether the equation holds then, and did not before."""
        moved = self.moved(first, behind)
        return bool(moved) and not self.equation.broken_by(self.equation.residual + moved)


@dataclass(slots=True)
class CrossedColumns:
    """Finds the runs of rows of a document over which two columns changed places."""

    system: System
    missed: MissedSums
    _failing: dict[str, list[Equation]] | None = None

    def of_table(self, layout: TableLayout) -> Iterator[Move]:
        """The runs of one table, of any two columns of one half of it."""
        failing = self._failing_in(layout.table.id)
        if len(failing) < _FEWEST_MENDED:
            return
        seen: set[tuple[int, int]] = set()
        for one, other in combinations(self._sums_down(failing), 2):
            (rows, left), (others, right) = one[0], other[0]
            if rows == others and left != right and abs(one[1].residual) == abs(other[1].residual):
                pair = min(left, right), max(left, right)
                if pair not in seen and right in layout.segment_of(left):
                    seen.add(pair)
                    yield from self._crossed(layout, *pair, one[1], failing)

    def _crossed(
        self, layout: TableLayout, left: int, right: int, asking: Equation, failing: Sequence[Equation]
    ) -> Iterator[Move]:
        """The runs of rows that mend a sum down one of two columns, and most others with it."""
        steps = _steps(layout, left, right)
        swept = [self._swept(equation, layout.table.id, left, right, steps) for equation in failing]
        telling = [found for found in swept if any(found.sums)]
        asked = next((found for found in telling if found.equation is asking), None)
        if asked is None:
            return
        behind: dict[int, list[int]] = {}
        for row, step in enumerate(steps, start=1):
            if step:
                behind.setdefault(asked.sums[row], []).append(row)
        runs = [
            (-sum(found.mended(first, end) for found in telling), end - first, first, end)
            for first, step in enumerate(steps)
            if step
            for end in behind.get(asked.sums[first] - asking.residual, ())
            if end - first >= _FEWEST_ROWS
        ]
        for mended, _, first, end in sorted(runs)[:_MOST_RUNS]:
            if -mended >= _FEWEST_MENDED:
                texts = {}
                for row in range(first, end):
                    if steps[row]:
                        texts[row, left], texts[row, right] = layout.texts[row][right], layout.texts[row][left]
                yield Move("columns_swapped", CROSSED_COLUMNS, layout, texts)

    def _swept(self, equation: Equation, table: str, left: int, right: int, steps: Sequence[int]) -> _Swept:
        """What becomes of an equation row by row."""
        own = self.system.numbers_of(equation).get(table, {})
        moved = [0] * len(steps)
        for (row, column), number in own.items():
            if column in (left, right):
                moved[row] += equation.coefficients[number] * (steps[row] if column == left else -steps[row])
        return _Swept(equation, list(accumulate(moved, initial=0)))

    def _failing_in(self, table: str) -> list[Equation]:
        """The failing linear equations with a cell in a table."""
        if self._failing is None:
            self._failing = {}
            for result in self.system.reconciliation.failures:
                equation = self.system.equation_of(result)
                if equation is not None and equation.linear and not equation.bound:
                    for identifier in self.system.numbers_of(equation):
                        self._failing.setdefault(identifier, []).append(equation)
        return self._failing.get(table, [])

    def _sums_down(self, failing: Sequence[Equation]) -> list[tuple[tuple[frozenset[int], int], Equation]]:
        """The sums down a column among some equations, each with its rows and its column."""
        totals = ((self.missed.total(equation), equation) for equation in failing)
        return [
            ((frozenset(self.system.variables[cell].ref.row for cell in equation.cells), total.column), equation)
            for total, equation in totals
            if total is not None
        ]


def _steps(layout: TableLayout, left: int, right: int) -> list[int]:
    """By how much the figure of the left column grows in each row where the two change places; 0 where one of them is
    no figure."""
    return [
        layout.values(row)[right] - layout.values(row)[left]
        if units_of(texts[left]) is not None and units_of(texts[right]) is not None
        else 0
        for row, texts in enumerate(layout.texts)
    ]
