"""Amounts of which one digit may be wrong, by what else a page prints.

Most amounts of a statement are printed more than once: on a row as its total and as its only part, on an account and on
the only account below it. So what a wrong digit should have been is mostly printed elsewhere on the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from workbench.tables.text.columns.sums import Amount

_FEWEST_DIGITS = 3


def misread_amounts(amounts: Sequence[Amount]) -> Iterator[tuple[int, Amount]]:
    """The numbers of amounts that are but for one digit what else their page prints, and that."""
    on: dict[int, set[int]] = defaultdict(set)
    for amount in amounts:
        on[amount.page].add(amount.value)
    for number, amount in enumerate(amounts):
        for value in sorted(on[amount.page]):
            if _differ_in_one_digit(value, amount.value):
                yield number, Amount(value, amount.page)


def _differ_in_one_digit(value: int, other: int) -> bool:
    left, right = str(value), str(other)
    return (
        len(left) == len(right) >= _FEWEST_DIGITS and sum(one != two for one, two in zip(left, right, strict=True)) == 1
    )
