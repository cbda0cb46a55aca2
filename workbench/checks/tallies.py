"""What the addends of a long sum come to, counted on from edit to edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.checks.reading import MINUS_ONE, ONE, ZERO, Reading
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Relation
from workbench.model.table import CellRef

_LONG = 64
"""A sum of more terms keeps what its addends come to, so that an edit counts on from there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the addends of a sum come to: their amount with the sign of the equation, how far rounding may move it, how
    many of them print something, a zero, nothing; and by half unit how many figures have it."""

    rest: Decimal = ZERO
    slack: Decimal = ZERO
    shown: int = 0
    zeros: int = 0
    blanks: int = 0
    halves: tuple[tuple[Decimal, int], ...] = ()

    def plus(self, coefficient: Decimal, reading: Reading, times: int = 1) -> Tally:
        """With one addend more, or (`times` is −1) less."""
        if reading.value is None:
            return replace(self, blanks=self.blanks + times)
        if not reading.value:
            number = reading.figure.kind is FigureKind.NUMBER
            return replace(self, shown=self.shown + times, zeros=self.zeros + times * number)
        halves = dict(self.halves)
        halves[reading.half_unit] = halves.get(reading.half_unit, 0) + times
        return replace(
            self,
            rest=self.rest + times * coefficient * reading.value,
            slack=self.slack + times * reading.half_unit,
            shown=self.shown + times,
            halves=tuple((half, count) for half, count in halves.items() if count),
        )

    def with_change(self, old: Reading, new: Reading, check: Check) -> Tally | None:
        """After a change of one addend; None where it cannot be read."""
        if not (_counts(check, old) and _counts(check, new)):
            return None
        coefficient = check.terms[1].coefficient
        return self.plus(coefficient, old, -1).plus(coefficient, new)

    @property
    def parts(self) -> int:
        """How many addends are other than zero."""
        return sum(count for _, count in self.halves)


def _counts(check: Check, reading: Reading) -> bool:
    return reading.value is not None or (reading.blank and check.blank_as_zero)


def is_long_sum(check: Check) -> bool:
    """Whether a check is a sum of so many addends that what they come to is kept."""
    return len(check.terms) > _LONG and check.relation is Relation.EQUAL and check.terms[0].role == "total"


def tally_of(check: Check, read: Callable[[CellRef], Reading]) -> Tally | None:
    """What the addends of a sum come to as their cells are read; None where one of them cannot be read."""
    first, *addends = check.terms
    coefficient = addends[0].coefficient
    if first.coefficient != ONE or any(term.coefficient != coefficient for term in addends) or check.constant:
        return None
    if coefficient not in (ONE, MINUS_ONE):
        return None
    rest = slack = ZERO
    halves: Counter[Decimal] = Counter()
    shown = zeros = blanks = 0
    for term in addends:
        reading = read(term.ref)
        if not _counts(check, reading):
            return None
        if reading.value is None:
            blanks += 1
            continue
        shown += 1
        if reading.value:
            rest += coefficient * reading.value
            slack += reading.half_unit
            halves[reading.half_unit] += 1
        else:
            zeros += reading.figure.kind is FigureKind.NUMBER
    return Tally(rest, slack, shown, zeros, blanks, tuple(halves.items()))
