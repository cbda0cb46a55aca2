"""The checks of a document as a sparse system of integer equations over its cells.

Only what is asked for is compiled: a group of failing checks reads its own cells, and the other checks of a cell only
when a repair would change it. So the work does not grow with the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.model.check import Check, CheckResult, Family, Outcome, Relation
from workbench.model.table import Cell, CellRef, Document
from workbench.repairs.equation import Equation, Variable, as_equation, values_of
from workbench.repairs.fixed_point import read_units, to_units
from workbench.repairs.nonlinear import Values, asked_of, left_over

_LARGEST = Decimal(10) ** 16
"""No amount is larger."""
_NONE: Mapping[int, int] = {}


@dataclass(slots=True)
class Trace:
    """What a search looks at: variables that it changes, figures that it asks the whole document for. It is `volatile`
    where all rules were met again on the way: then everything was looked at."""

    variables: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    volatile: bool = False

    @classmethod
    def on(cls, system: System, group: Iterable[int]) -> Trace:
        """A new trace of a search for repairs of these equations."""
        return cls({cell for number in group for cell in system.equations[number].cells})

    def tables_of(self, system: System) -> frozenset[str]:
        """The tables of every check on the variables, and those that were named."""
        numbers = {number for variable in self.variables for number in system.equations_of(variable)}
        cells = self.variables.union(cell for number in numbers for cell in system.equations[number].cells)
        return frozenset(self.tables.union(system.variables[cell].ref.table for cell in cells))


@dataclass(slots=True)
class System:
    """The equations of one reconciliation, compiled as they are reached. `waived` families are left out."""

    reconciliation: Reconciliation
    waived: frozenset[Family] = frozenset()
    trace: Trace = field(default_factory=Trace)
    variables: list[Variable] = field(default_factory=list)
    rounding: dict[int, int] = field(default_factory=dict)
    """By how much the rounding of a new figure exceeds that of the printed one, for variables that a search changed."""
    equations: list[Equation] = field(default_factory=list)
    _numbers: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _equation_numbers: dict[int, int] = field(default_factory=dict)
    """By the places of their checks among all checks."""
    _touching: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _own: dict[int, dict[str, dict[tuple[int, int], int]]] = field(default_factory=dict)
    _rows: dict[int, dict[str, dict[int, list[tuple[int, int]]]]] = field(default_factory=dict)
    _grids: dict[str, tuple[tuple[Cell, ...], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.reconciliation.document
        self._grids = {table.id: table.rows for table in document.tables}
        self._grids.update({stated.id: ((stated.cell,),) for stated in document.stated})

    @property
    def document(self) -> Document:
        """The document that the equations are about."""
        return self.reconciliation.document

    def at(self, table: str, row: int, column: int) -> Variable:
        """The variable of the cell there. Raises KeyError or IndexError where there is none."""
        number = self._numbers.get((table, row, column))
        return self.variables[number] if number is not None else self._new(CellRef(table, row, column))

    def variable(self, ref: CellRef) -> Variable:
        """The variable of the cell at `ref`. Raises KeyError or IndexError where there is none."""
        number = self._numbers.get(ref)
        return self.variables[number] if number is not None else self._new(ref)

    def _new(self, ref: CellRef) -> Variable:
        cell = self._grids[ref.table][ref.row][ref.column]
        kind, value, decimals = read_units(cell.text)
        variable = Variable(len(self.variables), ref, cell, kind, value, decimals)
        self._numbers[ref] = variable.number
        self.variables.append(variable)
        return variable

    def numbers_of(self, equation: Equation) -> Mapping[str, Mapping[tuple[int, int], int]]:
        """The variables of an equation by table, row and column."""
        known = self._own.get(equation.number)
        if known is None:
            known = self._own[equation.number] = {}
            for number in equation.cells:
                ref = self.variables[number].ref
                known.setdefault(ref.table, {})[ref.row, ref.column] = number
        return known

    def rows_of(self, equation: Equation) -> Mapping[str, Mapping[int, Sequence[tuple[int, int]]]]:
        """The cells of an equation by table and row: columns with their coefficients, 0 where it is not linear."""
        known = self._rows.get(equation.number)
        if known is None:
            known = self._rows[equation.number] = {}
            for number in equation.cells:
                table, row, column = self.variables[number].ref
                cell = (column, equation.coefficients.get(number, 0))
                known.setdefault(table, {}).setdefault(row, []).append(cell)
        return known

    def equation_of(self, result: CheckResult) -> Equation | None:
        """The equation of a check, or None for a check that no change of a figure could mend (a FACT, one whose
        cells are gone, a waived rule)."""
        return self._equation_at(self.reconciliation.index.by_id[result.check.id])

    def _equation_at(self, position: int) -> Equation | None:
        """The equation of the check at this place among all checks."""
        number = self._equation_numbers.get(position)
        if number is not None:
            return self.equations[number]
        result = self.reconciliation.results[position]
        check = result.check
        if check.relation is Relation.FACT or check.family in self.waived or result.outcome is Outcome.CRASHED:
            return None
        known, number_of, new = self.variables, self._numbers.get, self._new
        variables = [known[cell] if (cell := number_of(ref)) is not None else new(ref) for ref, _, _ in check.terms]
        equation = as_equation(len(self.equations), position, result, variables, self.reconciliation.figures)
        self._equation_numbers[position] = equation.number
        self.equations.append(equation)
        return equation

    def equations_of(self, variable: int) -> tuple[int, ...]:
        """The numbers of the equations that hold this variable."""
        touching = self._touching
        if variable not in touching:
            found = []
            for position in self.reconciliation.index.by_cell.get(self.variables[variable].ref, ()):
                equation = self._equation_at(position)
                if equation is not None and variable in (equation.coefficients if equation.linear else equation.cells):
                    found.append(equation.number)
            touching[variable] = tuple(found)
        return touching[variable]

    def residual_with(self, equation: Equation, changes: Mapping[int, int], shifts: Mapping[int, int] = _NONE) -> int:
        """The left side of `equation` after `changes` (variable to value) and `shifts` (equation to difference)."""
        if equation.linear:
            residual = equation.residual + shifts.get(equation.number, 0)
            coefficients, variables = equation.coefficients, self.variables
            if len(changes) < len(coefficients):
                for cell, value in changes.items():
                    if cell in coefficients:
                        residual += coefficients[cell] * (value - variables[cell].value)
                return residual
            for cell, coefficient in coefficients.items():
                if cell in changes:
                    residual += coefficient * (changes[cell] - variables[cell].value)
            return residual
        return to_units(left_over(equation.check, self._values_of(equation.check, changes)))

    def breaks(self, equation: Equation, changes: Mapping[int, int], shifts: Mapping[int, int] = _NONE) -> bool:
        """Whether `equation` fails after `changes` and `shifts`, the rounding of the new figures allowed for."""
        slack = 0
        if self.rounding and not self.rounding.keys().isdisjoint(changes):
            factors = equation.coefficients if equation.linear else dict.fromkeys(equation.stated, 1)
            for variable in self.rounding.keys() & changes.keys() & factors.keys():
                if changes[variable]:
                    slack += abs(factors[variable]) * self.rounding[variable]
        return equation.broken_by(self.residual_with(equation, changes, shifts), slack)

    def implied(self, equation: Equation, variable: int, changes: Mapping[int, int], residual: int) -> int | None:
        """The value of `variable` that makes `equation` hold exactly, all else as in `changes`; None where there is
        no such value."""
        current = changes.get(variable, self.variables[variable].value)
        if equation.linear:
            coefficient = equation.coefficients[variable]
            quotient, remainder = divmod(-residual, coefficient)
            return current + quotient if 2 * remainder < abs(coefficient) else current + quotient + 1
        values = self._values_of(equation.check, changes)
        asked = asked_of(equation.check, values, self.variables[variable].ref)
        if asked is None or not asked.is_finite() or abs(asked) >= _LARGEST:
            return None
        # A cell that stands in the check twice moves both sides: what is asked of one place may not hold.
        value = to_units(asked)
        holds = not equation.broken_by(self.residual_with(equation, {**changes, variable: value}))
        return value if holds else None

    def _values_of(self, check: Check, changes: Mapping[int, int]) -> Values:
        variables = [self.variable(term.ref) for term in check.terms]
        return values_of(check, [changes.get(variable.number, variable.value) for variable in variables])
