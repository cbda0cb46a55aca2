"""How far two ratings of the same things agree: in per cent, and beyond chance.

Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46:
κ = (p_o − p_e) ÷ (1 − p_e), p_e from each reviewer's own frequencies. Its error: Fleiss, J. L., Cohen, J. and
Everitt, B. S. (1969). Large sample standard errors of kappa and weighted kappa. Psychological Bulletin 72, 323-327.

Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. British
Journal of Mathematical and Statistical Psychology 61, 29-48: AC1 takes for chance Σ π (1 − π) ÷ (q − 1) over the mean
frequencies π of q ratings. Where nearly all cells are right, as they are in published tables, kappa falls although both
reviewers agree on nearly all; AC1 does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

_NORMAL_95 = 1.959964
"""The quantile of the normal distribution that leaves out 2.5 % on either side."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Agreement over `count` things: how many both rated alike; kappa with its standard error (None where chance alone
    would agree always, or where there is nothing), and AC1."""

    count: int
    agreed: int
    kappa: Fraction | None = None
    kappa_error: float | None = None
    ac1: Fraction | None = None

    @property
    def share(self) -> Fraction | None:
        """Agreed of all."""
        return Fraction(self.agreed, self.count) if self.count else None

    @property
    def kappa_95(self) -> tuple[float, float] | None:
        """Between what kappa lies with 95 % confidence, within −1 and 1."""
        if self.kappa is None or self.kappa_error is None:
            return None
        kappa, reach = float(self.kappa), _NORMAL_95 * self.kappa_error
        return max(kappa - reach, -1.0), min(kappa + reach, 1.0)


def measure(pairs: Sequence[tuple[str, str]]) -> Measure:
    """Agreement, Cohen's kappa and Gwet's AC1 over pairs of ratings."""
    count = len(pairs)
    if not count:
        return Measure(0, 0)
    agreed = sum(left == right for left, right in pairs)
    lefts, rights = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    by_chance = Fraction(sum(lefts[rating] * rights[rating] for rating in lefts), count * count)
    observed = Fraction(agreed, count)
    ac1 = _ac1(observed, lefts + rights, count)
    if by_chance == 1:
        return Measure(count, agreed, ac1=ac1)
    error = _error_of_kappa(pairs, lefts, rights, observed, by_chance)
    return Measure(count, agreed, (observed - by_chance) / (1 - by_chance), error, ac1)


def _error_of_kappa(
    pairs: Sequence[tuple[str, str]], lefts: Counter[str], rights: Counter[str], observed: Fraction, by_chance: Fraction
) -> float:
    """The standard error of kappa."""
    count, total = len(pairs), Fraction(0)
    for (left, right), times in Counter(pairs).items():
        if left == right:
            margins = Fraction(lefts[left] + rights[left], count)
            total += Fraction(times, count) * ((1 - by_chance) - margins * (1 - observed)) ** 2
        else:
            margins = Fraction(rights[left] + lefts[right], count)
            total += Fraction(times, count) * (1 - observed) ** 2 * margins**2
    total -= (observed * by_chance - 2 * by_chance + observed) ** 2
    return sqrt(total / count) / float((1 - by_chance) ** 2)


def _ac1(observed: Fraction, ratings: Counter[str], count: int) -> Fraction:
    shares = [Fraction(times, 2 * count) for times in ratings.values()]
    by_chance = sum((share * (1 - share) for share in shares), Fraction(0)) / max(len(shares) - 1, 1)
    return (observed - by_chance) / (1 - by_chance)
