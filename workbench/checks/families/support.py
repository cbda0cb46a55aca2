"""Whether the figures of a document bear a reading of its structure out.

Labels do not always tell what a total is made of. Then the figures decide between the readings, over all columns or
rows; and a reading that would hold but for one slip (a digit, a place, two digits swapped) still counts as nearly
borne out, so that the slip is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.figures import Figures
from workbench.checks.reading import ZERO
from workbench.model.table import CellRef

Equation = tuple[CellRef, tuple[CellRef, ...]]
"""A total, and the cells that should make it up."""


@dataclass(frozen=True, slots=True)
class Support:
    """In how many equations the figures agree, differ, or differ by one slip; those of nothing but zeros left out."""

    holds: int = 0
    fails: int = 0
    near: int = 0

    @property
    def tried(self) -> int:
        """How many equations had figures on both sides."""
        return self.holds + self.fails


def support(figures: Figures, equations: Iterable[Equation]) -> Support:
    """How far the figures bear out these equations. One without a total, without parts, or with words is left out."""
    holds = fails = near = 0
    for total, parts in equations:
        whole = figures.read(total)
        if whole.value is None:
            continue
        made = slack = ZERO
        printed = 0
        values = []
        for part in parts:
            reading = figures.read(part)
            if reading.value is None:
                continue
            printed += 1
            made += reading.value
            slack += reading.half_unit
            values.append(reading.value)
        if not printed or (not whole.value and not made):
            continue
        if abs(whole.value - made) <= slack + whole.half_unit:
            holds += 1
        else:
            fails += 1
            near += one_slip_apart(whole.value, made) or one_digit_in_a_part(whole.value, made, values)
    return Support(holds, fails, near)


@dataclass(frozen=True, slots=True)
class BorneOut:
    """Whether so many of these equations hold at the `least`, and none fails."""

    equations: tuple[Equation, ...]
    least: int

    def cells(self) -> list[CellRef]:
        """The cells of all."""
        return [cell for total, parts in self.equations for cell in (total, *parts)]

    def answer(self, figures: Figures) -> bool:
        """What these figures say."""
        found = support(figures, self.equations)
        return found.holds >= self.least and not found.fails


def borne_out_by_corrections(context: Context, equations: Iterable[Equation], least: int) -> bool:
    """Whether the corrected figures bear these equations out, which the printed ones did not."""
    question = BorneOut(tuple(equations), least)
    return bool(context.decide(question, known=False if context.printed is context.figures else None))


_FEWEST_DIGITS = 4
"""Shorter figures differ by one digit too often by chance."""


def one_slip_apart(first: Decimal, second: Decimal, fewest: int = _FEWEST_DIGITS) -> bool:
    """Whether two figures differ by one digit (put for another, lost, added), two neighbours swapped, or the place.

    Figures of fewer digits than `fewest` (zeros at the end not counted) are never that, unless by their place.
    """
    if not first or not second or (first < 0) != (second < 0):
        return False
    a, b = _digits(first, second)
    if a.rstrip("0") == b.rstrip("0"):
        return True
    while a[-1] == b[-1] == "0":
        a, b = a[:-1], b[:-1]
    if max(len(a), len(b)) < fewest:
        return False
    if len(a) == len(b):
        apart = [place for place in range(len(a)) if a[place] != b[place]]
        if len(apart) == 1:
            return True
        return (
            len(apart) == 2 and apart[1] == apart[0] + 1 and a[apart[0]] == b[apart[1]] and a[apart[1]] == b[apart[0]]
        )
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) != len(shorter) + 1 or len(shorter) < 2:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))


def one_digit_in_a_part(whole: Decimal, made: Decimal, parts: Iterable[Decimal]) -> bool:
    """Whether parts that come to `made` would make up the `whole` if one digit of one of them were another. Of a short
    whole too many sums differ by that by chance."""
    missing = whole - made
    digits, _ = _digits(missing, whole)
    if len(digits.strip("0")) != 1 or len(_digits(whole, missing)[0]) < _FEWEST_DIGITS + 1:
        return False
    return any(one_slip_apart(part, part + missing, _FEWEST_DIGITS - 1) for part in parts)


def with_another_digit(value: Decimal, fewest: int = 2) -> Iterator[Decimal]:
    """The figures that have another digit in one place; none of a figure of fewer digits, zeros at its ends apart."""
    text = str(value)
    if len(text.replace(".", "").strip("0")) < fewest:
        return
    for place, digit in enumerate(text):
        for other in "0123456789" if digit.isdigit() else "":
            changed = Decimal(text[:place] + other + text[place + 1 :])
            if other != digit and changed:
                yield changed


def quotient_but_for_one_digit(said: Decimal, upper: Decimal, lower: Decimal, half: Decimal) -> bool:
    """Whether `upper` ÷ `lower` would be what is said, which is rounded to ±`half`, if one digit of the three figures
    were another one."""
    if not said or not upper or not lower:
        return False
    made = (upper / lower).quantize(said)
    if one_slip_apart(said, made) or any(other == made for other in with_another_digit(said)):
        return True
    quotients = (
        *(other / lower for other in with_another_digit(upper)),
        *(upper / other for other in with_another_digit(lower)),
    )
    return any(abs(other - said) <= half for other in quotients)


def _digits(first: Decimal, second: Decimal) -> tuple[str, str]:
    exponents = (first.as_tuple().exponent, second.as_tuple().exponent)
    places = -min((exponent for exponent in exponents if isinstance(exponent, int) and exponent < 0), default=0)
    return str(abs(int(first.scaleb(places)))), str(abs(int(second.scaleb(places))))
