"""Which of the ways to place its figures each row takes, so that rows are the sum of the rows below them.

A family is a row and the rows that it is the sum of. Where a row leaves a column blank its parts leave it blank, which
leaves most rows few ways; then families are settled from the top down. Within one, the parts are taken one after the
other, and of all that is left of the total only what can still come out even is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, combinations
from operator import add, sub
from typing import NamedTuple, TypeAlias

Way = tuple[int, ...]
"""The column of each figure of a row, increasing."""

_MOST_STEPS = 40000
_MOST_STEPS_OF_FAMILY = 8000
_MOST_WAYS = 12
"""Of a row that may be placed in more ways none is left out for what its parts are."""
_MOST_LEFT = 3000
"""So many different sums that may be left are followed at the most."""
_MOST_VECTORS = 100_000
"""So many ways are weighed in other columns than all, of all rows together."""
_MOST_DECIMALS = 6
_ROUNDING = Decimal("0.05")
_MOST_WRONG = 2
"""In so many columns sums need not hold, since documents have errors."""

_Chain: TypeAlias = "tuple[_Chain, int] | None"
_Left = dict[tuple[int, ...], tuple[int, _Chain]]
"""What may be left of a total, column by column: how unlikely the ways are that lead to it, and which they are."""


class _Family(NamedTuple):
    """A row and the rows that it is the sum of, in some columns: the amounts of the row, what its parts with one way
    add up to, those with more, the amounts of these in each of their ways,
    and the most and the least that these from each on can add up to."""

    parent: tuple[int, ...]
    columns: tuple[int, ...]
    fixed: tuple[int, ...]
    rows: list[int]
    amounts: list[list[tuple[int, ...]]]
    most: list[tuple[int, ...]]
    least: list[tuple[int, ...]]


class Settling:
    """Chooses the ways of rows. `ways` are those of each row, the likeliest first."""

    def __init__(
        self, values: Sequence[Sequence[Decimal]], ways: Sequence[Sequence[Way]], count: int, apart: frozenset[int]
    ) -> None:
        """`count` is the number of columns, `apart` those that no total adds up."""
        self._decimals = min(max((_decimals(value) for row in values for value in row), default=0), _MOST_DECIMALS)
        self._values = [tuple(int(value.scaleb(self._decimals).to_integral_value()) for value in row) for row in values]
        self._ways = [list(own) for own in ways]
        self._columns = [column for column in range(count) if column not in apart]
        self._steps = _MOST_STEPS
        self._vectors = _MOST_VECTORS
        self._settled: set[int] = set()

    def settle(self, families: Sequence[tuple[int, list[int]]]) -> list[Way | None]:
        """The ways of the rows, None where no family and nothing else decides."""
        for parent, children in families:
            self._narrow(parent, children)
        for parent, children in reversed(families):
            self._keep_possible(parent, children)
        for parent, children in families:
            self._narrow(parent, children)
            if any(len(self._ways[row]) > 1 for row in (parent, *children)):
                self._settle_family(parent, children)
        return [ways[0] if len(ways) == 1 or row in self._settled else None for row, ways in enumerate(self._ways)]

    def likeliest(self, row: int) -> Way:
        """The first of the ways that are left to a row."""
        return self._ways[row][0]

    def _narrow(self, parent: int, children: Sequence[int]) -> None:
        """Leave children only ways that use no column that their parent leaves blank, in one of its ways."""
        if all(len(self._ways[child]) == 1 for child in children):
            return
        if any(value < 0 for row in (parent, *children) for value in self._values[row]):
            return
        own = set(self._ways[parent])
        used = {frozenset(self._used(parent, way)) for way in own}
        for child in children:
            ways = ((way, frozenset(self._used(child, way))) for way in self._ways[child])
            inside = [way for way, columns in ways if any(map(columns.issubset, used))]
            if len(inside) > 1 and len(own) == 1:
                inside.sort(key=lambda way: way not in own)
            self._ways[child] = inside or self._ways[child]

    def _used(self, row: int, way: Way) -> Iterator[int]:
        return (column for column, value in zip(way, self._values[row], strict=False) if value)

    def _keep_possible(self, parent: int, children: Sequence[int]) -> None:
        """Leave a parent only the ways in which its children add up to it, where there are some."""
        if not 1 < len(self._ways[parent]) <= _MOST_WAYS:
            return
        family = self._family(parent, children, self._in_use(parent, children))
        possible = [way for way in self._ways[parent] if self._picks(family, way, 0) is not None]
        self._ways[parent] = possible or self._ways[parent]

    def _settle_family(self, parent: int, children: Sequence[int]) -> None:
        """Choose ways for a row and its parts so that as many columns as possible add up."""
        rounding = max(int(_ROUNDING.scaleb(self._decimals)), (len(children) + 1) // 2)
        ways = sum(len(self._ways[row]) for row in (parent, *children))
        for number, (columns, slack) in enumerate(self._attempts(parent, children, rounding)):
            # what is left in some columns is worth a look, not any number of looks
            self._vectors -= ways
            if number > 1 and (self._vectors < 0 or self._steps <= 0):
                return
            family = self._family(parent, children, columns)
            for way in self._ways[parent]:
                picks = self._picks(family, way, slack)
                if picks is not None:
                    self._choose(parent, way)
                    for child in children:
                        self._choose(child, self._ways[child][picks.get(child, 0)])
                    return

    def _in_use(self, parent: int, children: Sequence[int]) -> list[int]:
        """The columns in which some row of a family may print something."""
        used = {column for row in (parent, *children) for way in self._ways[row] for column in self._used(row, way)}
        return [column for column in self._columns if column in used]

    def _attempts(self, parent: int, children: Sequence[int], rounding: int) -> Iterator[tuple[list[int], int]]:
        columns = self._in_use(parent, children)
        yield columns, 0
        yield columns, rounding
        used = [set(self._used(parent, way)) for way in self._ways[parent]]
        fitting = [
            row
            for row in children
            if any(columns.issuperset(self._used(row, way)) for way in self._ways[row] for columns in used)
        ]
        if len(children) < 2 or len(fitting) * 2 < len(children):
            return
        # A column in which the ways do not differ decides nothing.
        open_columns = {
            column
            for child in children
            for way in self._ways[child]
            for column in set(way).symmetric_difference(self._ways[child][0])
        }
        for wrong in range(1, _MOST_WRONG + 1):
            for left_out in combinations(columns, wrong):
                kept = [column for column in columns if column not in left_out]
                if open_columns.intersection(kept):
                    yield kept, 0

    def _choose(self, row: int, way: Way) -> None:
        self._ways[row] = [way]
        self._settled.add(row)

    def _family(self, parent: int, children: Sequence[int], columns: Sequence[int]) -> _Family:
        """What is known of a family in these columns."""
        fixed = [child for child in children if len(self._ways[child]) == 1]
        open_rows = [child for child in children if len(self._ways[child]) > 1]
        # Large amounts first: what is left of the total soon shows what is in vain.
        open_rows.sort(key=lambda row: max(map(abs, self._values[row]), default=0), reverse=True)
        vectors = [_vector(self._ways[child][0], self._values[child], columns) for child in fixed]
        amounts = [[_vector(way, self._values[row], columns) for way in self._ways[row]] for row in open_rows]
        return _Family(
            self._values[parent],
            tuple(columns),
            tuple(map(sum, zip(*vectors, strict=True))) if vectors else (0,) * len(columns),
            open_rows,
            amounts,
            _suffixes([tuple(map(max, zip(*own, strict=True))) for own in amounts], len(columns)),
            _suffixes([tuple(map(min, zip(*own, strict=True))) for own in amounts], len(columns)),
        )

    def _picks(self, family: _Family, way: Way, slack: int) -> dict[int, int] | None:
        """Which of its ways each open row of a family takes so that nothing is left of the parent placed so; None where
        there are none such."""
        rest = tuple(map(sub, _vector(way, family.parent, family.columns), family.fixed))
        left: _Left = {rest: (0, None)} if _may_be_left(rest, family.least[0], family.most[0], slack) else {}
        limit = min(self._steps, _MOST_STEPS_OF_FAMILY)
        spent = 0
        for own, high, low in zip(family.amounts, family.most[1:], family.least[1:], strict=True):
            spent += len(left) * len(own)
            if spent > limit or len(left) > _MOST_LEFT or not left:
                left = {}
                break
            left = _after(left, own, high, low, slack)
        self._steps -= min(spent, limit)
        if not left:
            return None
        chain = min(left.items(), key=lambda item: (sum(map(abs, item[0])), item[1][0]))[1][1]
        choices: list[int] = []
        while chain is not None:
            chain, choice = chain
            choices.append(choice)
        return dict(zip(family.rows, reversed(choices), strict=True))


def _after(
    left: _Left, amounts: Sequence[tuple[int, ...]], most: Sequence[int], least: Sequence[int], slack: int
) -> _Left:
    """What may be left when one row more is taken off: what the rows after it can make up."""
    following: _Left = {}
    for rest, (cost, chain) in left.items():
        for choice, own in enumerate(amounts):
            new = tuple(map(sub, rest, own))
            if _may_be_left(new, least, most, slack):
                total = cost + choice
                known = following.get(new)
                if known is None or total < known[0]:
                    following[new] = total, (chain, choice)
    return following


def _may_be_left(rest: Sequence[int], least: Sequence[int], most: Sequence[int], slack: int) -> bool:
    for value, low, high in zip(rest, least, most, strict=True):
        if value < low - slack or value > high + slack:
            return False
    return True


def _suffixes(vectors: Sequence[tuple[int, ...]], width: int) -> list[tuple[int, ...]]:
    """The sums of all vectors from each on, and of none."""
    sums = accumulate(reversed(vectors), lambda a, b: tuple(map(add, a, b)), initial=(0,) * width)
    return list(sums)[::-1]


def _vector(way: Way, values: Sequence[int], columns: Sequence[int]) -> tuple[int, ...]:
    at = dict(zip(way, values, strict=False))
    return tuple([at.get(column, 0) for column in columns])


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
