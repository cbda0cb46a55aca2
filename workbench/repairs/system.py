"""The checks of a document as a sparse system of integer equations over its cells.

Only what is asked for is compiled: a group of failing checks reads its own cells, and the other checks of a cell only
when a repair would change it. So the work does not grow with the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Check, CheckResult, Family, Outcome, Relation
from workbench.model.draft import draft_of
from workbench.model.table import Cell, CellRef, Document
from workbench.repairs.nonlinear import SAID, Values, asked_of, left_over

PLACES = 8
"""Decimals that every value is held in; more than any published amount prints (0.000001 万元 is one 分)."""
SCALE = 10**PLACES

_LARGEST = Decimal(10) ** 16
"""No amount is larger."""
_NONE: Mapping[int, int] = {}
_NOTHING: frozenset[int] = frozenset()


def to_units(value: Decimal) -> int:
    """The integer that stands for `value` in the system."""
    return int(value.scaleb(PLACES).to_integral_value(ROUND_HALF_EVEN))


@lru_cache(maxsize=65536)
def to_decimal(units: int) -> Decimal:
    """The amount that an integer of the system stands for."""
    return Decimal(units).scaleb(-PLACES)


@lru_cache(maxsize=65536)
def read_units(text: str) -> tuple[FigureKind, int, int]:
    """What a text is, the integer that stands for its figure (0 for anything that is no number), and its decimals."""
    figure = read_figure(text)
    return figure.kind, to_units(figure.value) if figure.value is not None else 0, figure.decimals


@dataclass(frozen=True, slots=True)
class Variable:
    """One cell: where it is, what it shows, and its value (0 for anything that is no number)."""

    number: int
    ref: CellRef
    cell: Cell
    kind: FigureKind
    value: int
    decimals: int


@dataclass(frozen=True, slots=True)
class Equation:
    """One check over variables.

    `cells` are its variables in the order of its terms, each once; `coefficients` their integer factors (linear
    relations only). `residual` is the left side as the cells stand, `tolerance` how far it may be from zero.
    `blockers` are the variables without whose figure nothing can be told (a total that is blank, an unreadable part),
    `totals` those that stand in it as a total.
    """

    number: int
    check: Check
    result: CheckResult
    cells: tuple[int, ...]
    coefficients: Mapping[int, int]
    factor: int
    residual: int
    tolerance: int
    blockers: frozenset[int]
    totals: frozenset[int]
    order: int
    """The place of its check among all checks: numbers depend on what was looked at first."""
    linear: bool
    """Whether its residual moves in proportion to each of its cells."""
    bound: bool
    """Whether its residual must not exceed the tolerance, but may be as small as it will."""

    @property
    def stated(self) -> frozenset[int]:
        """The variables that state a share, a growth rate or a product of the others."""
        roles = dict(
            zip((term.ref for term in self.check.terms), (term.role for term in self.check.terms), strict=True)
        )
        return frozenset(n for n, role in zip(self.cells, roles.values(), strict=True) if role in SAID)

    def broken_by(self, residual: int, slack: int = 0) -> bool:
        """Whether this residual breaks it, with `slack` more than the printed figures allow."""
        most = self.tolerance + slack
        return residual > most or (residual < -most and not self.bound)


VariableDraft, EquationDraft = draft_of(Variable), draft_of(Equation)
"""A search makes hundreds of them before it can begin."""


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
    _numbers: dict[CellRef, int] = field(default_factory=dict)
    _scaled: dict[Decimal, tuple[int, int]] = field(default_factory=dict)
    _equation_numbers: dict[int, int] = field(default_factory=dict)
    """By the places of their checks among all checks."""
    _touching: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _own: dict[int, dict[str, dict[tuple[int, int], int]]] = field(default_factory=dict)
    _grids: dict[str, tuple[tuple[Cell, ...], ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.reconciliation.document
        self._grids = {table.id: table.rows for table in document.tables}
        self._grids.update({stated.id: ((stated.cell,),) for stated in document.stated})

    @property
    def document(self) -> Document:
        """The document that the equations are about."""
        return self.reconciliation.document

    def variable(self, ref: CellRef) -> Variable:
        """The variable of the cell at `ref`. Raises KeyError or IndexError where there is none."""
        number = self._numbers.get(ref)
        if number is not None:
            return self.variables[number]
        cell = self._grids[ref.table][ref.row][ref.column]
        kind, value, decimals = read_units(cell.text)
        variable = VariableDraft(len(self.variables), ref, cell, kind, value, decimals)
        variable.__class__ = Variable
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
        equation = self._compile(result, position)
        self._equation_numbers[position] = equation.number
        self.equations.append(equation)
        return equation

    def equations_of(self, variable: int) -> tuple[int, ...]:
        """The numbers of the equations that hold this variable."""
        known = self._touching.get(variable)
        if known is None:
            found = []
            for position in self.reconciliation.index.by_cell.get(self.variables[variable].ref, ()):
                equation = self._equation_at(position)
                if equation is not None and variable in (equation.coefficients if equation.linear else equation.cells):
                    found.append(equation.number)
            known = self._touching[variable] = tuple(found)
        return known

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
        if self.rounding and equation.linear:
            for variable in self.rounding.keys() & changes.keys() & equation.coefficients.keys():
                if changes[variable]:
                    slack += abs(equation.coefficients[variable]) * self.rounding[variable]
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
        values = []
        for term in check.terms:
            variable = self.variable(term.ref)
            value = to_decimal(changes.get(variable.number, variable.value))
            values.append((term.role, term.ref, value * term.coefficient))
        return values

    def _compile(self, result: CheckResult, order: int) -> Equation:
        check = result.check
        relation = check.relation
        bound = relation is Relation.AT_MOST
        linear = bound or relation is Relation.EQUAL
        variables = [self.variable(ref) for ref, _, _ in check.terms]
        totals = [v.number for v, (_, _, role) in zip(variables, check.terms, strict=True) if role == "total"]
        coefficients: dict[int, int] = {}
        factor = 1
        if linear:
            scaled = [self._whole(coefficient) for _, coefficient, _ in check.terms]
            places = max([places for _, places in scaled], default=0)
            factor = 10**places
            residual = to_units(check.constant) * factor if check.constant else 0
            for variable, (whole, own) in zip(variables, scaled, strict=True):
                if own != places:
                    whole *= 10 ** (places - own)
                number = variable.number
                coefficients[number] = coefficients.get(number, 0) + whole
                residual += whole * variable.value
            if 0 in coefficients.values():
                coefficients = {number: whole for number, whole in coefficients.items() if whole}
            cells = tuple(coefficients)
            tolerance = self._tolerance(result, factor, bound=bound)
        else:
            cells = tuple(dict.fromkeys([variable.number for variable in variables]))
            residual = to_units(left_over(check, self._values_of(check, _NONE)))
            tolerance = to_units(result.tolerance) or _half_unit_of_leading(check, variables)
        equation = EquationDraft(
            len(self.equations),
            check,
            result,
            cells,
            coefficients,
            factor,
            residual,
            tolerance,
            self._blockers(result, variables),
            frozenset(totals),
            order,
            linear,
            bound,
        )
        equation.__class__ = Equation
        return equation

    def _whole(self, coefficient: Decimal) -> tuple[int, int]:
        """A coefficient as a whole number and how many places its point must move to the left for it."""
        known = self._scaled.get(coefficient)
        if known is None:
            known = self._scaled[coefficient] = _scaled(coefficient)
        return known

    def _tolerance(self, result: CheckResult, factor: int, *, bound: bool) -> int:
        """The tolerance of the result, in the units of the equation. A result that could not be told has none: half
        a unit in the last place for each figure, as `checks` allows."""
        check = result.check
        if result.expected is None or result.printed is None:
            figures = self.reconciliation.figures
            halves = sum(
                (abs(term.coefficient) * figures.read(term.ref).half_unit for term in check.terms), check.tolerance
            )
            return to_units(halves) * factor
        return _rounded_down(result.tolerance, _principal(check, bound=bound)) * factor

    def _blockers(self, result: CheckResult, variables: list[Variable]) -> frozenset[int]:
        """The cells without whose figure the check cannot be told: unreadable ones always; in a check that could not
        be told also texts, and blanks that do not count as zero."""
        check = result.check
        garbled = FigureKind.GARBLED
        blocking = {variable.number for variable in variables if variable.kind is garbled}
        if result.outcome is not Outcome.UNVERIFIABLE:
            return frozenset(blocking) or _NOTHING
        for variable, term in zip(variables, check.terms, strict=True):
            if variable.kind is FigureKind.NUMBER:
                continue
            silent = variable.kind in (FigureKind.BLANK, FigureKind.DASH)
            if not (silent and check.blank_as_zero and term.role == "part"):
                blocking.add(variable.number)
        return frozenset(blocking or {variable.number for variable in variables})


def _principal(check: Check, *, bound: bool) -> Decimal:
    """The coefficient of the term in whose unit a result gives its tolerance, as `checks` picks it."""
    for term in check.terms:
        if term.coefficient < 0 if bound else term.role in ("total", "left"):
            return term.coefficient
    return check.terms[0].coefficient


@lru_cache(maxsize=1024)
def _rounded_down(tolerance: Decimal, coefficient: Decimal) -> int:
    """A tolerance times a coefficient in the units of the system."""
    return int((tolerance * abs(coefficient)).scaleb(PLACES))


def _scaled(coefficient: Decimal) -> tuple[int, int]:
    """A coefficient as a whole number and how many places its point must move to the left for it."""
    exponent = coefficient.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return int(coefficient * 10**places), places


def _half_unit_of_leading(check: Check, variables: list[Variable]) -> int:
    for variable, term in zip(variables, check.terms, strict=True):
        if term.role in SAID:
            return to_units(variable.cell.figure.half_unit) + 1
    return 1
