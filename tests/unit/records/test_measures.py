"""Agreement beyond chance, held against what the formulas were derived from."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest

from workbench.records.measures import measure


def rated(both: int, first: int, second: int, neither: int) -> list[tuple[str, str]]:
    return [("a", "a")] * both + [("a", "b")] * first + [("b", "a")] * second + [("b", "b")] * neither


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        (rated(20, 5, 10, 15), Fraction(2, 5)),
        ([("a", "a"), ("b", "b")], Fraction(1)),
        ([("a", "b"), ("b", "a")], Fraction(-1)),
        ([("a", "a")] * 3, None),
        ([], None),
    ],
)
def test_kappa_is_cohens(pairs: list[tuple[str, str]], kappa: Fraction | None) -> None:
    assert measure(pairs).kappa == kappa


def by_small_steps(counts: dict[tuple[str, str], int], step: float = 1e-6) -> float:
    """The standard error of kappa by the delta method, its slopes from small steps of each share."""

    def kappa(shares: dict[tuple[str, str], float]) -> float:
        names = {name for pair in shares for name in pair}
        observed = sum(share for (left, right), share in shares.items() if left == right)
        chance = sum(
            sum(share for pair, share in shares.items() if pair[0] == name)
            * sum(share for pair, share in shares.items() if pair[1] == name)
            for name in names
        )
        return (observed - chance) / (1 - chance)

    total = sum(counts.values())
    shares = {pair: count / total for pair, count in counts.items()}
    slopes = {
        pair: (kappa(shares | {pair: share + step}) - kappa(shares | {pair: share - step})) / (2 * step)
        for pair, share in shares.items()
    }
    mean = sum(shares[pair] * slopes[pair] for pair in shares)
    return sqrt(sum(shares[pair] * (slopes[pair] - mean) ** 2 for pair in shares) / total)


@pytest.mark.parametrize("counts", [(20, 5, 10, 15), (3, 4, 2, 900), (40, 1, 7, 2)])
def test_the_error_of_kappa_is_that_of_the_delta_method(counts: tuple[int, int, int, int]) -> None:
    found = measure(rated(*counts))
    cells = zip((("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")), counts, strict=True)
    assert found.kappa_error == pytest.approx(by_small_steps(dict(cells)), rel=1e-4)
    assert found.kappa is not None and found.kappa_95 is not None
    assert -1 <= found.kappa_95[0] < found.kappa < found.kappa_95[1] <= 1


def test_where_nearly_all_is_left_alone_kappa_falls_and_ac1_does_not() -> None:
    found = measure(rated(1, 2, 2, 995))
    assert found.kappa is not None and found.kappa < Fraction(1, 3)
    assert found.ac1 is not None and found.ac1 > Fraction(99, 100)


def test_ac1_of_two_ratings_takes_chance_from_their_mean() -> None:
    chance = 2 * Fraction(55, 100) * Fraction(45, 100)
    assert measure(rated(20, 5, 10, 15)).ac1 == (Fraction(7, 10) - chance) / (1 - chance)
    assert measure([("a", "a")] * 3).ac1 == 1
    assert measure([]).ac1 is None
