"""What failing sums down the columns of a table miss: the figures of a row that would mend them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.model.check import Family, Relation
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

_VERTICAL = frozenset({Family.CHILDREN_SUM, Family.COLUMN_SUM, Family.BALANCE})


@dataclass(frozen=True, slots=True)
class Missing:
    """What the sums of the same rows miss: what a row would print in each column,
    and how their residuals move by it."""

    equation: Equation
    layout: TableLayout
    total: CellRef
    values: Mapping[int, int]
    shifts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class MissedSums:
    """The sums of a document down its columns, and what they miss, each told once."""

    system: System
    plausibility: Plausibility
    _missing: dict[int, Missing | None] = field(default_factory=dict)
    _totals: dict[int, CellRef | None] = field(default_factory=dict)

    def missing(self, equation: Equation) -> Missing | None:
        """What a failing sum misses, with the sums of the same rows in other columns; None where no row that a table
        could print would mend it."""
        if equation.number not in self._missing:
            self._missing[equation.number] = self._missing_of(equation)
        return self._missing[equation.number]

    def _missing_of(self, equation: Equation) -> Missing | None:
        total = self.total(equation)
        if total is None or not equation.broken_by(equation.residual):
            return None
        layout = self.plausibility.layout(total.table)
        if layout is None or not layout.segment_of(total.column):
            return None
        values, shifts = self._figures(equation, layout, total)
        negative = any(value < 0 and not layout.style(column).negatives for column, value in values.items())
        if negative or not shifts or not self._adds_up(equation, values):
            return None
        return Missing(equation, layout, total, values, shifts)

    def beside(self, equation: Equation) -> list[Equation]:
        """The failing sums down the other half of a table."""
        total = self.total(equation)
        layout = self.plausibility.layout(total.table) if total is not None else None
        if total is None or layout is None or len(layout.segments) < 2:
            return []
        found: dict[tuple[int, ...], Equation] = {}
        for result in self.system.reconciliation.failures:
            if result.check.terms and result.check.terms[0].ref.table == total.table:
                other = self.system.equation_of(result)
                their = self.total(other) if other is not None else None
                if other is not None and their is not None:
                    segment = layout.segment_of(their.column)
                    if segment and segment != layout.segment_of(total.column):
                        found.setdefault(segment, other)
        return list(found.values())

    def total(self, equation: Equation) -> CellRef | None:
        """The total of a sum of several rows of one column, None for any other equation."""
        if equation.number not in self._totals:
            self._totals[equation.number] = self._total_of(equation)
        return self._totals[equation.number]

    def _total_of(self, equation: Equation) -> CellRef | None:
        check = equation.check
        if check.relation is not Relation.EQUAL or check.family not in _VERTICAL or len(equation.totals) != 1:
            return None
        refs = [self.system.variables[cell].ref for cell in equation.cells]
        total = self.system.variables[next(iter(equation.totals))].ref
        alike = all(ref.table == total.table and ref.column == total.column for ref in refs)
        parts = {equation.coefficients[cell] for cell in equation.cells if cell not in equation.totals}
        return total if alike and len(parts) == 1 and len(refs) == len({ref.row for ref in refs}) else None

    def parts(self, equation: Equation) -> list[CellRef]:
        """The cells of a sum but for its total."""
        return [self.system.variables[cell].ref for cell in equation.cells if cell not in equation.totals]

    def _figures(
        self, equation: Equation, layout: TableLayout, total: CellRef
    ) -> tuple[dict[int, int], tuple[tuple[int, int], ...]]:
        """What the row would print in each column: what the sums of the same rows miss there."""
        rows = {ref.row for ref in self.parts(equation)}
        values: dict[int, int] = {}
        shifts: list[tuple[int, int]] = []
        for column in layout.segment_of(total.column):
            variable = self.system.at(total.table, total.row, column)
            if variable.value and not any(layout.values(row)[column] for row in rows):
                # No part prints anything: there is no sum yet that could miss it.
                values[column] = variable.value
            for number in self.system.equations_of(variable.number):
                beside = self.system.equations[number]
                if variable.number not in beside.totals or not beside.broken_by(beside.residual):
                    continue
                if self.total(beside) is not None and {ref.row for ref in self.parts(beside)} == rows:
                    coefficient = beside.coefficients[_part(beside)]
                    values[column] = -beside.residual // coefficient
                    shifts.append((number, coefficient * values[column]))
        return values, tuple(shifts)

    def _adds_up(self, equation: Equation, values: Mapping[int, int]) -> bool:
        """Whether the row would hold what holds across a row beside it, and whether it has a figure at all."""
        for ref in self.parts(equation)[:1]:
            variable = self.system.variable(ref)
            for number in self.system.equations_of(variable.number):
                across = self.system.equations[number]
                refs = {self.system.variables[cell].ref.row for cell in across.cells}
                if across.check.family is not Family.ROW_SUM or not across.linear or len(refs) != 1:
                    continue
                residual = sum(
                    across.coefficients[cell] * values.get(self.system.variables[cell].ref.column, 0)
                    for cell in across.cells
                )
                if across.broken_by(residual):
                    return False
        return any(values.values())


def _part(equation: Equation) -> int:
    return next(cell for cell in equation.cells if cell not in equation.totals)
