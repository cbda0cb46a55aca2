"""The parts that the totals of a statement's rows add up, found among the amounts that are no totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import product

from workbench.tables.text.columns.sums import Amount, Statement, Vector

MOST_PARTS = 3
"""So many columns of parts may hold amounts."""


class Parts:
    """Looks for the ways to make the totals of all rows from the amounts that are `left`, all of them. The total of a
    row is its only part, or has two or three; column by column each row is the sum of those that it is made of. So they
    are placed from the top down: a column that a row leaves blank its parts leave blank."""

    def __init__(self, statement: Statement, totals: Sequence[int], left: Counter[Amount], count: int) -> None:
        self._statement = statement
        self._totals = totals
        self._left = Counter({(amount.value, amount.page): number for amount, number in left.items()})
        self._count = count
        self._way: list[Vector] = [()] * len(totals)
        self._order = self._top_down()

    def ways(self) -> Iterator[list[Vector]]:
        """The parts of each row."""
        if any(count < 0 for count in self._left.values()):
            return
        if not +self._left:
            yield [(0,) * self._count for _ in self._totals]
            return
        yield from self._place(0, 0)

    def _top_down(self) -> list[int]:
        """The rows, each right behind the one that it is a part of and what is above it."""
        order: list[int] = []

        def add(index: int) -> None:
            order.append(index)
            for part in self._statement.below[index]:
                add(part)

        for index, row in enumerate(self._statement.rows):
            if row.above is None:
                add(index)
        return order

    def _place(self, position: int, used: int) -> Iterator[list[Vector]]:
        if position == len(self._order):
            if not +self._left:
                yield list(self._way)
            return
        self._statement.spend()
        index = self._order[position]
        page = self._statement.rows[index].page
        for own in self._options(index, page, used):
            taken = Counter((value, page) for value in own if value)
            if taken <= self._left:
                self._left.subtract(taken)
                self._way[index] = own
                last = max(column for column, value in enumerate(own, 1) if value)
                yield from self._place(position + 1, max(used, last))
                self._left.update(taken)
                self._way[index] = ()

    def _options(self, index: int, page: int, used: int) -> Iterator[Vector]:
        """The parts that a row may have; of the columns that no row uses yet the first comes first."""
        total, above = self._totals[index], self._statement.rows[index].above
        values = {value for (value, place), count in self._left.items() if count > 0 and place == page}
        if above is None:
            yield from self._made_of(total, values, range(min(used + 2, self._count)), used)
            return
        siblings = self._statement.below[above]
        rest = list(self._way[above])
        for sibling in siblings:
            rest = [more - part for more, part in zip(rest, self._way[sibling] or (0,) * self._count, strict=True)]
        slack = self._statement.slack(len(siblings))
        if siblings[-1] == index:
            near = [[0] * (abs(more) <= slack) + self._about(more, len(siblings), values) for more in rest]
            for own in product(*near):
                if any(own) and abs(sum(own) - total) <= self._statement.slack(sum(map(bool, own))):
                    yield own
            return
        columns = [column for column, more in enumerate(rest) if self._way[above][column] and more + slack > 0]
        for own in self._made_of(total, values, columns, used):
            if all(part <= more + slack for part, more in zip(own, rest, strict=True)):
                yield own

    def _made_of(self, total: int, values: Set[int], columns: Sequence[int], used: int) -> Iterator[Vector]:
        """The ways to make a total of amounts in these columns."""
        for column in columns:
            if column <= used:
                yield self._vector({column: total})
        for value in sorted(values) if len(columns) > 1 else ():
            for rest in self._about(total - value, 2, values) if value < total else ():
                for column, other in product(columns, columns):
                    if column < other and not (column >= used and value < rest):
                        yield self._vector({column: value, other: rest})

    def _about(self, value: int, count: int, values: Set[int]) -> list[int]:
        """The amounts that a sum of so many may be printed as."""
        slack = self._statement.slack(count)
        return [near for near in range(value - slack, value + slack + 1) if near in values and near > 0]

    def _vector(self, at: dict[int, int]) -> Vector:
        return tuple(at.get(column, 0) for column in range(self._count))
