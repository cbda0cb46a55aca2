"""Meets checks with the figures that the cells now show. Pure: the same document and checks, the same results.

A printed figure with d decimals stands for the amounts within half a unit of its last place (XBRL Calculations 1.1,
Recommendation 2023-02-22), so a sum fails only if the interval of its parts misses the interval of its total. The last
place is the column's, not the cell's: `40` among figures with two decimals is exact to two decimals. A printed zero is
exact: what rounds to nothing is at most half a unit, which the other terms already allow. A total with a single part
other than zero prints the same amount twice, and rounding gives an amount one print only: there nothing is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from workbench.checks.figures import Figures
from workbench.checks.reading import MINUS_ONE, ONE, ZERO, Reading
from workbench.checks.tallies import Tally
from workbench.model.amount import Figure, FigureKind
from workbench.model.check import Check, CheckResult, CheckResultDraft, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import Document

_HUNDRED = Decimal(100)

_NOTHING_PRINTED = Message("None of its cells prints a figure.", "各单元格均未填数。")
"""The note of a check that does not apply because all of its cells are blank."""


def evaluate(document: Document, checks: Sequence[Check]) -> tuple[CheckResult, ...]:
    """The results of `checks` on the figures that `document` now shows, in the same order."""
    figures = Figures(document)
    return tuple(evaluate_one(check, figures) for check in checks)


def evaluate_one(check: Check, figures: Figures) -> CheckResult:
    """The result of one check.

    A blank total, a text or (where blanks do not count as zero) a blank addend make it UNVERIFIABLE, with `expected`
    set where the other terms give it. A garbled figure makes it FAIL with no residual: somebody must read that cell.
    """
    if check.relation is Relation.FACT:
        return _result(check, check.fact or Outcome.FAIL, note=check.note)
    try:
        tally = figures.tally(check)
        if tally is not None:
            return _long_sum(check, figures.read(check.terms[0].ref), tally)
        readings = [(term, figures.read(term.ref)) for term in check.terms]
    except (KeyError, IndexError):
        return _result(check, Outcome.UNVERIFIABLE, note=Message("One of its cells is gone.", "所涉单元格已不存在。"))
    if all(reading.blank for _, reading in readings):
        return _result(check, Outcome.UNVERIFIABLE, note=_NOTHING_PRINTED)
    if check.relation is Relation.EQUAL or check.relation is Relation.AT_MOST:
        return _linear(check, readings)
    for _, reading in readings:
        if reading.value is None:
            return _missing(check, reading, None, None)
    if check.relation is Relation.PRODUCT:
        return _product(check, readings)
    return _quotient(check, readings)


def _result(
    check: Check,
    outcome: Outcome,
    expected: Decimal | None = None,
    printed: Decimal | None = None,
    tolerance: Decimal = ZERO,
    note: Message | None = None,
) -> CheckResult:
    result = CheckResultDraft(check, outcome, expected, printed, tolerance, note)
    result.__class__ = CheckResult
    return result


def applies(result: CheckResult) -> bool:
    """Whether the check has anything to say: a check all of whose cells are blank has not."""
    return result.note is None or result.note != _NOTHING_PRINTED


_Readings = list[tuple[Term, Reading]]


def _missing(check: Check, reading: Reading, expected: Decimal | None, printed: Decimal | None) -> CheckResult:
    if reading.garbled:
        note = Message(f"“{reading.text}” is not a number.", f"“{reading.text}”不是可读的数字。")
        return _result(check, Outcome.FAIL, expected, printed, note=note)
    if reading.blank:
        note = Message("A figure that it needs is blank.", "所需数字为空。")
    else:
        note = Message(f"“{reading.text}” is no figure.", f"“{reading.text}”不是数字。")
    return _result(check, Outcome.UNVERIFIABLE, expected, printed, note=note)


def _linear(check: Check, readings: _Readings) -> CheckResult:
    """Sums, equalities and upper bounds. The principal term is the first total or left one, for a bound the whole; in
    a sum that must reach a constant the first that prints a figure."""
    bound = check.relation is Relation.AT_MOST
    principal = _principal(readings, bound)
    scale = abs(readings[0 if bound else principal][0].coefficient)
    rest, slack, coarsest = check.constant, ZERO, ZERO
    unread: Reading | None = None
    blanks = zeros = parts = 0
    for position, (term, reading) in enumerate(readings):
        if reading.value is None:
            if position != principal:
                if not reading.blank or not check.blank_as_zero:
                    unread = reading if unread is None or reading.garbled else unread
                blanks += reading.blank
        elif reading.value:
            half = ZERO if term.role == "value" else reading.half_unit
            if (term.coefficient != ONE and term.coefficient != MINUS_ONE) or scale != ONE:
                half = half * abs(term.coefficient) / scale
            slack += half
            coarsest = max(coarsest, half)
            if position != principal:
                rest += term.coefficient * reading.value
                parts += 1
        elif position != principal:
            zeros += reading.figure.kind is FigureKind.NUMBER
    term, whole = readings[principal]
    printed = whole.value
    if printed is None and whole.blank and term.role == "left" and check.blank_as_zero:
        printed, blanks = ZERO, blanks + 1
    if bound and term.coefficient > 0:
        return _limit(check, whole, rest, unread, slack)
    if bound:
        return _bound(check, readings, _Bound(rest / scale, printed, slack, unread, blanks, scale))
    return _equality(check, term, whole, printed, _Sum(rest, slack, coarsest, parts, zeros, blanks, unread))


def _long_sum(check: Check, whole: Reading, tally: Tally) -> CheckResult:
    """A sum of many addends, from what these come to."""
    if whole.blank and not tally.shown:
        return _result(check, Outcome.UNVERIFIABLE, note=_NOTHING_PRINTED)
    half = whole.half_unit if whole.value else ZERO
    coarsest = max((half, *(unit for unit, _ in tally.halves)), default=ZERO)
    found = _Sum(tally.rest, tally.slack + half, coarsest, tally.parts, tally.zeros, tally.blanks, None)
    return _equality(check, check.terms[0], whole, whole.value, found)


@dataclass(slots=True)
class _Sum:
    """The terms of a sum without its total: amount, allowance for rounding, coarsest half unit, how many of them are
    other than zero, printed as zero, blank, and one that cannot be read."""

    rest: Decimal
    slack: Decimal
    coarsest: Decimal
    parts: int
    zeros: int
    blanks: int
    unread: Reading | None


def _equality(check: Check, term: Term, whole: Reading, printed: Decimal | None, found: _Sum) -> CheckResult:
    """A total against its parts, or one side against the other."""
    expected = ZERO - found.rest / term.coefficient
    if printed is None:
        return _missing(check, whole, expected if found.unread is None else None, None)
    if found.unread is not None:
        return _missing(check, found.unread, None, printed)
    # A printed 0.00 among blanks may stand for an amount too small to show; it then still counts as rounded.
    same_amount = found.parts == 1 and term.role == "total" and not (found.zeros and found.blanks)
    tolerance = (found.coarsest if same_amount else found.slack) + check.tolerance
    outcome = _outcome(abs(printed - expected), found.coarsest, tolerance)
    note = None
    if outcome is Outcome.FAIL and found.blanks:
        count = f"{found.blanks} blank cell counts" if found.blanks == 1 else f"{found.blanks} blank cells count"
        note = Message(f"{count} as zero.", f"{found.blanks}个空白单元格按零计。")
    return _result(check, outcome, expected, printed, tolerance, note)


def _limit(check: Check, first: Reading, rest: Decimal, unread: Reading | None, slack: Decimal) -> CheckResult:
    """All terms together at most a constant, in the unit of the first."""
    term = check.terms[0]
    limit = ZERO - check.constant / term.coefficient
    if unread is not None or first.value is None:
        return _missing(check, unread or first, limit, None)
    printed = first.value + (rest - check.constant) / term.coefficient
    tolerance = slack + check.tolerance
    return _result(check, _outcome(printed - limit, ZERO, tolerance), limit, printed, tolerance)


@dataclass(slots=True)
class _Bound:
    parts: Decimal
    whole: Decimal | None
    slack: Decimal
    unread: Reading | None
    blanks: int
    scale: Decimal


def _bound(check: Check, readings: _Readings, found: _Bound) -> CheckResult:
    """Parts at most their whole, in the unit of the first part: the parts are what is printed, the whole what they
    are expected not to exceed."""
    term, whole = readings[_principal(readings, bound=True)]
    if found.whole is None:
        return _missing(check, whole, None, found.parts)
    expected = ZERO - found.whole * term.coefficient / found.scale
    if found.unread is not None:
        return _missing(check, found.unread, expected, None)
    if found.blanks == len(readings) - 1 and not check.constant:
        return _result(check, Outcome.UNVERIFIABLE, note=_NOTHING_PRINTED)
    tolerance = found.slack + check.tolerance
    return _result(check, _outcome(found.parts - expected, ZERO, tolerance), expected, found.parts, tolerance)


def _outcome(excess: Decimal, exact: Decimal, tolerance: Decimal) -> Outcome:
    if excess <= exact:
        return Outcome.PASS
    return Outcome.WITHIN_ROUNDING if excess <= tolerance else Outcome.FAIL


def _principal(readings: _Readings, bound: bool) -> int:
    for position, (term, _) in enumerate(readings):
        if (term.coefficient < 0) if bound else term.role in ("total", "left", "value"):
            return position
    return next((position for position, (_, reading) in enumerate(readings) if reading.value is not None), 0)


def _valued(readings: _Readings, role: str) -> tuple[Decimal, Decimal, Figure]:
    """Value and half unit of the terms with this role (added up where there are several: a current figure less its
    change is the previous one), both times their coefficients, and the figure of the first."""
    found = [
        (reading.value * term.coefficient, _half(reading) * abs(term.coefficient), reading.figure)
        for term, reading in readings
        if term.role == role and reading.value is not None
    ]
    if not found:
        raise ValueError(f"a check lacks its {role}")
    return sum((value for value, _, _ in found), ZERO), sum((half for _, half, _ in found), ZERO), found[0][2]


def _half(reading: Reading) -> Decimal:
    """Half a unit of the last place; of a zero printed with decimals too,
    which is what a small amount was rounded to."""
    figure = reading.figure
    return figure.half_unit if not reading.value and figure.decimals else reading.half_unit


def _quotient(check: Check, readings: _Readings) -> CheckResult:
    """Shares (100 × part ÷ whole) and growth (100 × (current − previous) ÷ previous)."""
    growth = check.relation is Relation.GROWTH
    value, _, figure = _valued(readings, "growth" if growth else "share")
    upper, upper_half, _ = _valued(readings, "current" if growth else "part")
    lower, lower_half, _ = _valued(readings, "previous" if growth else "whole")
    half = figure.half_unit
    if lower == 0 or abs(lower) <= lower_half:
        note = Message("It divides by zero.", "除数为零，无法计算。")
        return _result(check, Outcome.UNVERIFIABLE, printed=value, note=note)
    shift = _HUNDRED if growth else ZERO
    exact = _HUNDRED * upper / lower - shift
    corners = [_HUNDRED * (upper + a * upper_half) / (lower + b * lower_half) - shift for a in (-1, 1) for b in (-1, 1)]
    reach = max(max(corners) - exact, exact - min(corners)) + half + check.tolerance
    low, high = min(corners) - half - check.tolerance, max(corners) + half + check.tolerance
    if abs(value - exact) <= half:
        outcome = Outcome.PASS
    else:
        outcome = Outcome.WITHIN_ROUNDING if low <= value <= high else Outcome.FAIL
    return _result(check, outcome, rounded(exact, figure.decimals), value, reach)


def _product(check: Check, readings: _Readings) -> CheckResult:
    """A product of factors. A factor printed without decimals is a count and exact."""
    value, half, _ = _valued(readings, "product")
    exact = low = high = ONE
    for term, reading in readings:
        if term.role != "factor" or reading.value is None:
            continue
        factor = reading.value * term.coefficient
        reach = reading.half_unit * abs(term.coefficient) if reading.figure.decimals else ZERO
        exact *= factor
        ends = [end * side for end in (low, high) for side in (factor - reach, factor + reach)]
        low, high = min(ends), max(ends)
    if abs(value - exact) <= half:
        outcome = Outcome.PASS
    elif low - half - check.tolerance <= value <= high + half + check.tolerance:
        outcome = Outcome.WITHIN_ROUNDING
    else:
        outcome = Outcome.FAIL
    term = next(term for term, _ in readings if term.role == "product")
    reach = max(high - exact, exact - low) + half + check.tolerance
    return _result(check, outcome, exact / term.coefficient, value / term.coefficient, reach / abs(term.coefficient))


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with this many decimals; the value itself where it has too many digits for that."""
    try:
        return value.quantize(Decimal(1).scaleb(-decimals))
    except InvalidOperation:
        return value
