"""A check as an integer equation over the cells that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from workbench.checks.figures import Figures
from workbench.model.amount import FigureKind
from workbench.model.check import Check, CheckResult, Outcome, Relation
from workbench.model.draft import draft_of
from workbench.model.table import Cell, CellRef
from workbench.repairs.fixed_point import PLACES, to_decimal, to_units
from workbench.repairs.nonlinear import SAID, Values, left_over

_NOTHING: frozenset[int] = frozenset()


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

    @property
    def held(self) -> bool:
        """Whether it holds as printed: a check that fails, or that cannot be told, does not."""
        return self.result.outcome in (Outcome.PASS, Outcome.WITHIN_ROUNDING)

    def broken_by(self, residual: int, slack: int = 0) -> bool:
        """Whether this residual breaks it, with `slack` more than the printed figures allow."""
        most = self.tolerance + slack
        return residual > most or (residual < -most and not self.bound)


VariableDraft, EquationDraft = draft_of(Variable), draft_of(Equation)
"""A search makes hundreds of them before it can begin."""


def as_equation(
    number: int, order: int, result: CheckResult, variables: Sequence[Variable], figures: Figures
) -> Equation:
    """The equation of one result: `variables` are the cells of its check's terms, in their order, `figures` what the
    document prints, and `order` the place of the check among all checks."""
    check = result.check
    bound = check.relation is Relation.AT_MOST
    linear = bound or check.relation is Relation.EQUAL
    coefficients: dict[int, int] = {}
    factor = 1
    if linear:
        scaled = [_scaled(coefficient) for _, coefficient, _ in check.terms]
        places = max([places for _, places in scaled], default=0)
        factor = 10**places
        residual = to_units(check.constant) * factor if check.constant else 0
        for variable, (whole, own) in zip(variables, scaled, strict=True):
            if own != places:
                whole *= 10 ** (places - own)
            cell = variable.number
            coefficients[cell] = coefficients.get(cell, 0) + whole
            residual += whole * variable.value
        if 0 in coefficients.values():
            coefficients = {cell: whole for cell, whole in coefficients.items() if whole}
        cells = tuple(coefficients)
        tolerance = _tolerance(result, figures, factor, bound=bound)
    else:
        cells = tuple(dict.fromkeys([variable.number for variable in variables]))
        residual = to_units(left_over(check, values_of(check, [variable.value for variable in variables])))
        tolerance = to_units(result.tolerance) or _half_unit_of_stated(check, variables)
    equation = EquationDraft(
        number,
        check,
        result,
        cells,
        coefficients,
        factor,
        residual,
        tolerance,
        _blockers(result, variables),
        frozenset([v.number for v, (_, _, role) in zip(variables, check.terms, strict=True) if role == "total"]),
        order,
        linear,
        bound,
    )
    equation.__class__ = Equation
    return equation


def values_of(check: Check, figures: Sequence[int]) -> Values:
    """The terms of a check where its cells have these values, in the units of the system."""
    return [
        (term.role, term.ref, to_decimal(units) * term.coefficient)
        for term, units in zip(check.terms, figures, strict=True)
    ]


def _tolerance(result: CheckResult, figures: Figures, factor: int, *, bound: bool) -> int:
    """The tolerance of the result, in the units of the equation. A result that could not be told has none: half a unit
    in the last place for each figure, as `checks` allows."""
    check = result.check
    if result.expected is None or result.printed is None:
        halves = sum(
            (abs(term.coefficient) * figures.read(term.ref).half_unit for term in check.terms), check.tolerance
        )
        return to_units(halves) * factor
    return _rounded_down(result.tolerance, _principal(check, bound=bound)) * factor


def _blockers(result: CheckResult, variables: Sequence[Variable]) -> frozenset[int]:
    """The cells without whose figure the check cannot be told: unreadable ones always; in a check that could not be
    told also texts, and blanks that do not count as zero."""
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


@lru_cache(maxsize=1024)
def _scaled(coefficient: Decimal) -> tuple[int, int]:
    """A coefficient as a whole number and how many places its point must move to the left for it."""
    exponent = coefficient.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return int(coefficient * 10**places), places


def _half_unit_of_stated(check: Check, variables: Sequence[Variable]) -> int:
    """Half a unit in the last place of what the check states."""
    for variable, term in zip(variables, check.terms, strict=True):
        if term.role in SAID:
            return to_units(variable.cell.figure.half_unit) + 1
    return 1
