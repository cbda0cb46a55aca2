"""Meets checks with the figures that the cells now show. Pure: the same document and checks, the same results.

A printed figure with d decimals stands for the amounts within half a unit of its last place (XBRL Calculations 1.1,
Recommendation 2023-02-22), so a sum fails only if the interval of its parts misses the interval of its total. The last
place is the column's, not the cell's: `40` among figures with two decimals is exact to two decimals. A printed zero is
exact: what rounds to nothing is at most half a unit, which the other terms already allow. A total with a single part
other than zero prints the same amount twice, and rounding gives an amount one print only: there nothing is allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from workbench.model.amount import Figure, FigureKind, read_figure
from workbench.model.check import Check, CheckResult, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Document, StatedKind

ZERO = Decimal(0)
HUNDRED = Decimal(100)
ONE = Decimal(1)
_MINUS_ONE = Decimal(-1)

NOTHING_PRINTED = Message("None of its cells prints a figure.", "各单元格均未填数。")
"""The note of a check that does not apply because all of its cells are blank."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as arithmetic sees it: `value` is None unless it is a number or a printed zero (a dash)."""

    figure: Figure
    value: Decimal | None
    half_unit: Decimal
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return self.figure.kind is FigureKind.BLANK

    @property
    def garbled(self) -> bool:
        """Whether it is meant as a number and is none."""
        return self.figure.kind is FigureKind.GARBLED


_MEASURED = frozenset({"平方米", "公里", "万人", "万人次", "万户"})
"""Units of counts that are rounded; others (辆, 个, 人) are exact."""


class Figures:
    """The figures of one document by cell, read once each."""

    def __init__(self, document: Document) -> None:
        self._texts = {table.id: table.rows for table in document.tables}
        self._stated = {stated.id: stated for stated in document.stated}
        self._readings: dict[tuple[str, int, int], Reading] = {}
        self._decimals: dict[tuple[str, int], int] = {}

    def read(self, ref: CellRef) -> Reading:
        """The reading of a cell. Raises KeyError or IndexError where there is none."""
        key = (ref.table, ref.row, ref.column)
        reading = self._readings.get(key)
        if reading is None:
            reading = self._readings[key] = self._read(ref)
        return reading

    def text(self, ref: CellRef) -> str:
        """The reviewed text of a cell. Raises KeyError or IndexError where there is none."""
        rows = self._texts.get(ref.table)
        return self._stated[ref.table].value if rows is None else rows[ref.row][ref.column].text

    def decimals(self, table: str, column: int) -> int:
        """How many decimals the column prints: the most that at least a fifth of its figures other than zero have.
        The stated figures of one unit count as one column, by which those without decimals are read."""
        key = (table, column)
        stated = self._stated.get(table)
        if stated is not None:
            key = (stated.unit, -1)
        found = self._decimals.get(key)
        if found is None:
            texts = (
                (row[column].text for row in self._texts.get(table, ()))
                if stated is None
                else (other.value for other in self._stated.values() if other.unit == stated.unit)
            )
            found = self._decimals[key] = _last_place(texts)
        return found

    def after(self, document: Document, refs: Iterable[CellRef]) -> tuple[Figures, tuple[tuple[str, int], ...]]:
        """The figures of `document`, which differs in the cells `refs` only; and the columns whose last place moved."""
        new = Figures(document)
        new._readings = dict(self._readings)
        new._decimals = dict(self._decimals)
        moved = []
        for ref in refs:
            new._readings.pop((ref.table, ref.row, ref.column), None)
        for key in {(ref.table, ref.column) for ref in refs if ref.table not in self._stated}:
            before = new._decimals.pop(key, None)
            if before is not None and new.decimals(*key) != before:
                moved.append(key)
                for reading in [k for k in new._readings if (k[0], k[2]) == key]:
                    del new._readings[reading]
        return new, tuple(moved)

    def _read(self, ref: CellRef) -> Reading:
        text = self.text(ref)
        figure = read_figure(text)
        if figure.kind is FigureKind.DASH:
            return Reading(figure, ZERO, ZERO, text)
        if figure.value is None:
            return Reading(figure, None, ZERO, text)
        if not figure.value:
            return Reading(figure, ZERO, ZERO, text)
        decimals = figure.decimals
        stated = self._stated.get(ref.table)
        if stated is not None and stated.kind is StatedKind.COUNT and stated.unit not in _MEASURED and not decimals:
            return Reading(figure, figure.value, ZERO, text)
        if not decimals or stated is None:
            decimals = max(decimals, self.decimals(ref.table, ref.column))
        return Reading(figure, figure.value, Decimal(5).scaleb(-decimals - 1), text)


def _last_place(texts: Iterable[str]) -> int:
    counts: Counter[int] = Counter()
    for text in texts:
        figure = read_figure(text)
        if figure.value:
            counts[figure.decimals] += 1
    needed = sum(counts.values()) / 5
    reached = 0
    for decimals in sorted(counts, reverse=True):
        reached += counts[decimals]
        if reached >= needed:
            return decimals
    return 0


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
        return CheckResult(check, check.fact or Outcome.FAIL, note=check.note)
    try:
        readings = [(term, figures.read(term.ref)) for term in check.terms]
    except (KeyError, IndexError):
        return CheckResult(
            check, Outcome.UNVERIFIABLE, note=Message("One of its cells is gone.", "所涉单元格已不存在。")
        )
    if all(reading.blank for _, reading in readings):
        return CheckResult(check, Outcome.UNVERIFIABLE, note=NOTHING_PRINTED)
    if check.relation is Relation.EQUAL or check.relation is Relation.AT_MOST:
        return _linear(check, readings)
    for _, reading in readings:
        if reading.value is None:
            return _missing(check, reading, None, None)
    if check.relation is Relation.PRODUCT:
        return _product(check, readings)
    return _quotient(check, readings)


def applies(result: CheckResult) -> bool:
    """Whether the check has anything to say: a check all of whose cells are blank has not."""
    return result.note != NOTHING_PRINTED


_Readings = list[tuple[Term, Reading]]


def _missing(check: Check, reading: Reading, expected: Decimal | None, printed: Decimal | None) -> CheckResult:
    if reading.garbled:
        note = Message(f"“{reading.text}” is not a number.", f"“{reading.text}”不是可读的数字。")
        return CheckResult(check, Outcome.FAIL, expected, printed, note=note)
    if reading.blank:
        note = Message("A figure that it needs is blank.", "所需数字为空。")
    else:
        note = Message(f"“{reading.text}” is no figure.", f"“{reading.text}”不是数字。")
    return CheckResult(check, Outcome.UNVERIFIABLE, expected, printed, note=note)


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
            if (term.coefficient != ONE and term.coefficient != _MINUS_ONE) or scale != ONE:
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
    expected = ZERO - rest / term.coefficient
    if printed is None:
        return _missing(check, whole, expected if unread is None else None, None)
    if unread is not None:
        return _missing(check, unread, None, printed)
    # A printed 0.00 among blanks may stand for an amount too small to show; it then still counts as rounded.
    same_amount = parts == 1 and term.role == "total" and not (zeros and blanks)
    tolerance = (coarsest if same_amount else slack) + check.tolerance
    excess = abs(printed - expected)
    outcome = _outcome(excess, coarsest, tolerance)
    note = None
    if outcome is Outcome.FAIL and blanks:
        count = f"{blanks} blank cell counts" if blanks == 1 else f"{blanks} blank cells count"
        note = Message(f"{count} as zero.", f"{blanks}个空白单元格按零计。")
    return CheckResult(check, outcome, expected, printed, tolerance, note)


def _limit(check: Check, first: Reading, rest: Decimal, unread: Reading | None, slack: Decimal) -> CheckResult:
    """All terms together at most a constant, in the unit of the first."""
    term = check.terms[0]
    limit = ZERO - check.constant / term.coefficient
    if unread is not None or first.value is None:
        return _missing(check, unread or first, limit, None)
    printed = first.value + (rest - check.constant) / term.coefficient
    tolerance = slack + check.tolerance
    return CheckResult(check, _outcome(printed - limit, ZERO, tolerance), limit, printed, tolerance)


@dataclass(frozen=True, slots=True)
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
        return CheckResult(check, Outcome.UNVERIFIABLE, note=NOTHING_PRINTED)
    tolerance = found.slack + check.tolerance
    return CheckResult(check, _outcome(found.parts - expected, ZERO, tolerance), expected, found.parts, tolerance)


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
        (reading.value * term.coefficient, reading.half_unit * abs(term.coefficient), reading.figure)
        for term, reading in readings
        if term.role == role and reading.value is not None
    ]
    if not found:
        raise ValueError(f"a check lacks its {role}")
    return sum((value for value, _, _ in found), ZERO), sum((half for _, half, _ in found), ZERO), found[0][2]


def _quotient(check: Check, readings: _Readings) -> CheckResult:
    """Shares (100 × part ÷ whole) and growth (100 × (current − previous) ÷ previous)."""
    growth = check.relation is Relation.GROWTH
    value, _, figure = _valued(readings, "growth" if growth else "share")
    upper, upper_half, _ = _valued(readings, "current" if growth else "part")
    lower, lower_half, _ = _valued(readings, "previous" if growth else "whole")
    half = figure.half_unit
    if lower == 0 or abs(lower) <= lower_half:
        note = Message("It divides by zero.", "除数为零，无法计算。")
        return CheckResult(check, Outcome.UNVERIFIABLE, printed=value, note=note)
    shift = HUNDRED if growth else ZERO
    exact = HUNDRED * upper / lower - shift
    corners = [HUNDRED * (upper + a * upper_half) / (lower + b * lower_half) - shift for a in (-1, 1) for b in (-1, 1)]
    reach = max(max(corners) - exact, exact - min(corners)) + half + check.tolerance
    low, high = min(corners) - half - check.tolerance, max(corners) + half + check.tolerance
    if abs(value - exact) <= half:
        outcome = Outcome.PASS
    else:
        outcome = Outcome.WITHIN_ROUNDING if low <= value <= high else Outcome.FAIL
    return CheckResult(check, outcome, rounded(exact, figure.decimals), value, reach)


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
    return CheckResult(
        check, outcome, exact / term.coefficient, value / term.coefficient, reach / abs(term.coefficient)
    )


def rounded(value: Decimal, decimals: int) -> Decimal:
    """`value` with this many decimals; the value itself where it has too many digits for that."""
    try:
        return value.quantize(Decimal(1).scaleb(-decimals))
    except InvalidOperation:
        return value
