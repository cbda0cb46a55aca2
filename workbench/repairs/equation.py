"""A check as an integer equation over the cells that it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from workbench.checks.figures import Figures
from workbench.model.amount import FigureKind
from workbench.model.check import Check, CheckResult, Outcome, Relation, Term
from workbench.model.table import Cell, CellRef
from workbench.repairs.fixed_point import PLACES, to_decimal, to_units
from workbench.repairs.nonlinear import SAID, Values, left_over

_NOTHING: frozenset[int] = frozenset()


class Variable(NamedTuple):
    """One cell: where it is, what it shows, and its value (0 for anything that is no number).

    A tuple, as an equation is: a search makes hundreds of them before it can begin.
    """

    number: int
    ref: CellRef
    cell: Cell
    kind: FigureKind
    value: int
    decimals: int


class Equation(NamedTuple):
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
        wholes, factor = _scaled(tuple([coefficient for _, coefficient, _ in check.terms]))
        residual = to_units(check.constant) * factor if check.constant else 0
        for variable, whole in zip(variables, wholes, strict=True):
            residual += whole * variable.value
            cell = variable.number
            if cell in coefficients:
                whole += coefficients[cell]
            coefficients[cell] = whole
        if 0 in coefficients.values():
            coefficients = {cell: whole for cell, whole in coefficients.items() if whole}
        cells = tuple(coefficients)
        tolerance = _tolerance(result, figures, factor, bound=bound)
    else:
        cells = tuple(dict.fromkeys([variable.number for variable in variables]))
        residual = to_units(left_over(check, values_of(check, [variable.value for variable in variables])))
        tolerance = to_units(result.tolerance) or _half_unit_of_stated(check, variables)
    return Equation(
        number,
        check,
        result,
        cells,
        coefficients,
        factor,
        residual,
        tolerance,
        _blockers(result, variables),
        _totals(check.terms, variables),
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
    return _rounded_down(result.tolerance, _principal(check, bound=bound)) * factor


def _blockers(result: CheckResult, variables: Sequence[Variable]) -> frozenset[int]:
    """The cells without whose figure the check cannot be told: unreadable ones always; in a check that could not be
    told also texts, and blanks that do not count as zero."""
    check = result.check
    garbled = FigureKind.GARBLED
    found = [variable.number for variable in variables if variable.kind is garbled]
    if result.outcome is not Outcome.UNVERIFIABLE:
        return frozenset(found) if found else _NOTHING
    blocking = set(found)
    for variable, term in zip(variables, check.terms, strict=True):
        if variable.kind is FigureKind.NUMBER:
            continue
        silent = variable.kind in (FigureKind.BLANK, FigureKind.DASH)
        if not (silent and check.blank_as_zero and term.role == "part"):
            blocking.add(variable.number)
    return frozenset(blocking or {variable.number for variable in variables})


def _totals(terms: Sequence[Term], variables: Sequence[Variable]) -> frozenset[int]:
    """The cells that stand in a check as a total."""
    found = [variable.number for variable, (_, _, role) in zip(variables, terms, strict=True) if role == "total"]
    return frozenset(found) if found else _NOTHING


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
