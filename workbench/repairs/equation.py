"""A check as an integer equation over the cells that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from workbench.checks.figures import Figures
from workbench.model.amount import FigureKind
from workbench.model.check import Check, CheckResult, Outcome, Relation
from workbench.model.table import Cell, CellRef
from workbench.repairs.fixed_point import PLACES, to_decimal, to_units
from workbench.repairs.nonlinear import SAID, Values, left_over

_NOTHING: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class Variable:
    """One cell: where it is, what it shows, and its value (0 for anything that is no number). Never changed; not
    frozen, as no equation is: a search makes hundreds of them before it can begin."""

    number: int
    ref: CellRef
    cell: Cell
    kind: FigureKind
    value: int
    decimals: int


@dataclass(slots=True, eq=False)
class Equation:
    """One check over variables. Never changed.

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


def as_equation(
    number: int, order: int, result: CheckResult, variables: Sequence[Variable], figures: Figures
) -> Equation:
    """The equation of one result: `variables` are the cells of its check's terms, in their order, `figures` what the
    document prints, and `order` the place of the check among all checks."""
    check = result.check
    terms = check.terms
    relation = check.relation
    bound = relation is Relation.AT_MOST
    linear = bound or relation is Relation.EQUAL
    coefficients: dict[int, int] = {}
    garbled: list[int] = []
    wholes, factor = _scaled(tuple([coefficient for _, coefficient, _ in terms])) if linear else ((0,) * len(terms), 1)
    residual = to_units(check.constant) * factor if linear and check.constant else 0
    for variable, whole in zip(variables, wholes, strict=True):
        cell, value = variable.number, variable.value
        coefficients[cell] = coefficients[cell] + whole if cell in coefficients else whole
        if value:
            residual += whole * value
        elif variable.kind is FigureKind.GARBLED:
            garbled.append(cell)
    totals = [variable.number for variable, term in zip(variables, terms, strict=True) if term[2] == "total"]
    cells = tuple(coefficients)
    if not linear:
        coefficients = {}
        residual = to_units(left_over(check, values_of(check, [variable.value for variable in variables])))
        tolerance = to_units(result.tolerance) or _half_unit_of_stated(check, variables)
    else:
        if 0 in coefficients.values():
            coefficients = {cell: whole for cell, whole in coefficients.items() if whole}
            cells = tuple(coefficients)
        tolerance = _tolerance(result, figures, factor, bound=bound)
    untold = result.outcome is Outcome.UNVERIFIABLE
    return Equation(
        number,
        check,
        result,
        cells,
        coefficients,
        residual,
        tolerance,
        _blocking(check, variables, garbled) if untold else frozenset(garbled) if garbled else _NOTHING,
        frozenset(totals) if totals else _NOTHING,
        order,
        linear,
        bound,
    )


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
    return _rounded_down(result.tolerance, _principal(check, bound=bound)) * factor if result.tolerance else 0


def _blocking(check: Check, variables: Sequence[Variable], garbled: Sequence[int]) -> frozenset[int]:
    """The cells for want of which a check could not be told: unreadable ones, texts, and blanks that do not count as
    zero."""
    blocking = set(garbled)
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


@lru_cache(maxsize=4096)
def _scaled(coefficients: tuple[Decimal, ...]) -> tuple[tuple[int, ...], int]:
    """Coefficients as whole numbers, and the power of ten that they were all multiplied by for it."""
    exponents = [coefficient.normalize().as_tuple().exponent for coefficient in coefficients]
    places = max((-exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)
    return tuple([int(coefficient.scaleb(places)) for coefficient in coefficients]), 10**places


def _half_unit_of_stated(check: Check, variables: Sequence[Variable]) -> int:
    """Half a unit in the last place of what the check states."""
    for variable, term in zip(variables, check.terms, strict=True):
        if term.role in SAID:
            return to_units(variable.cell.figure.half_unit) + 1
    return 1
