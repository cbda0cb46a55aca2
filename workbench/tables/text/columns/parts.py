"""The parts that the totals of a statement's rows add up, found among the amounts that are no totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from workbench.tables.text.columns.sums import Amount, Statement, Vector

MOST_PARTS = 5
"""So many columns of parts may hold amounts."""
_MOST_ANYWHERE = 3
"""A total of more parts than these is looked for only among amounts at the edges of runs, where totals stand."""
_MOST_SUMS = 4000
"""So many sums of a family's rows are kept in mind."""


class Parts:
    """Looks for the ways to make the totals of all rows from the amounts that are `left`: those of up to `count`
    columns, each the sum of its rows as well. A row whose total is 0 has none. They are placed from the top down: a
    column that a row leaves blank its parts leave blank. With `all_of_it` everything that is left must find its place.
    """

    def __init__(
        self, statement: Statement, totals: Sequence[int], left: Counter[Amount], count: int, *, all_of_it: bool = True
    ) -> None:
        self._statement = statement
        self._totals = totals
        self._left = Counter({(amount.value, amount.page): number for amount, number in left.items()})
        self._count = count
        self._all = all_of_it
        self._way: list[Vector] = [(0,) * count for _ in totals]
        self._families = self._top_down()

    def ways(self) -> Iterator[list[Vector]]:
        """The parts of each row."""
        if any(count < 0 for count in self._left.values()):
            return
        if not +self._left:
            yield [(0,) * self._count for _ in self._totals]
            return
        yield from self._fill(0)

    def _top_down(self) -> list[tuple[int | None, list[int]]]:
        """The rows that have parts, each with those that it is the sum of, after what it is a part of itself."""
        below = self._statement.below
        roots = [index for index, row in enumerate(self._statement.rows) if row.above is None]
        found: list[tuple[int | None, list[int]]] = [(None, roots)]
        waiting = list(roots)
        while waiting:
            index = waiting.pop(0)
            if below[index] and self._totals[index]:
                found.append((index, below[index]))
                waiting[:0] = below[index]
        return found

    def _fill(self, number: int) -> Iterator[list[Vector]]:
        """Place the rows of one family after the other."""
        if number == len(self._families):
            if not self._all or not +self._left:
                yield list(self._way)
            return
        above, rows = self._families[number]
        rows = [row for row in rows if self._totals[row]]
        if above is None:
            yield from self._place_tops(rows, 0, 0, number)
            return
        target = self._way[above]
        active = [column for column, value in enumerate(target) if value]
        options = [self._options(row, active, target, len(rows)) for row in rows]
        if all(options):
            yield from self._place(rows, options, self._reachable(options), 0, target, number)

    def _place_tops(self, rows: Sequence[int], position: int, used: int, number: int) -> Iterator[list[Vector]]:
        """Place the rows that are a part of none; of the columns that no row uses yet the first comes first."""
        if position == len(rows):
            yield from self._fill(number + 1)
            return
        index = rows[position]
        for own in self._made_of(index, range(min(used + MOST_PARTS, self._count)), used):
            for _ in self._taking(index, own):
                last = max(column for column, value in enumerate(own, 1) if value)
                yield from self._place_tops(rows, position + 1, max(used, last), number)

    def _place(
        self,
        rows: Sequence[int],
        options: Sequence[Sequence[Vector]],
        reachable: Sequence[set[Vector] | None],
        position: int,
        rest: Vector,
        number: int,
    ) -> Iterator[list[Vector]]:
        """Place the rows that make up another, of whose parts `rest` is left to be made up."""
        if position == len(rows):
            slack = self._statement.slack(len(rows))
            if all(abs(more) <= slack for more in rest):
                yield from self._fill(number + 1)
            return
        known = reachable[position]
        if known is not None and rest not in known:
            return
        for own in options[position]:
            more = tuple(whole - part for whole, part in zip(rest, own, strict=True))
            for _ in self._taking(rows[position], own):
                yield from self._place(rows, options, reachable, position + 1, more, number)

    def _taking(self, index: int, own: Vector) -> Iterator[None]:
        """While it is looked on, the row has these amounts; never where they are not left."""
        self._statement.spend()
        page = self._statement.rows[index].page
        taken = Counter((value, page) for value in own if value)
        if not taken <= self._left:
            return
        self._left.subtract(taken)
        before, self._way[index] = self._way[index], own
        yield
        self._left.update(taken)
        self._way[index] = before

    def _reachable(self, options: Sequence[Sequence[Vector]]) -> list[set[Vector] | None]:
        """What the rows from each on may add up to; None where these are too many sums, or sums may miss."""
        if self._statement.rounded:
            return [None] * len(options)
        found: list[set[Vector] | None] = [None] * len(options)
        sums: set[Vector] = {(0,) * self._count}
        for position in range(len(options) - 1, -1, -1):
            if len(sums) * len(options[position]) > _MOST_SUMS * 4:
                break
            sums = {tuple(map(sum, zip(one, own, strict=True))) for one in sums for own in options[position]}
            found[position] = sums
            if len(sums) > _MOST_SUMS:
                break
        return found

    def _options(self, index: int, active: Sequence[int], target: Vector, count: int) -> list[Vector]:
        """The parts that a row may have that is a part of another, which has parts in the columns `active`."""
        slack = self._statement.slack(count)
        if len(active) == 1:
            whole = self._vector({active[0]: self._totals[index]})
            return [whole]
        return [
            own
            for own in self._made_of(index, active, self._count)
            if all(part <= whole + slack or not part for part, whole in zip(own, target, strict=True))
        ]

    def _made_of(self, index: int, columns: Sequence[int], used: int) -> Iterator[Vector]:
        """The ways to make the total of a row of amounts in these columns, those of the fewest first."""
        total, page = self._totals[index], self._statement.rows[index].page
        values = sorted(
            {value for (value, place), count in self._left.items() if count > 0 and place == page and value <= total},
            reverse=True,
        )
        have = frozenset(values)
        if total not in have and len(columns) == 1:
            return
        for count in range(1, min(len(columns), MOST_PARTS) + 1):
            pool = values if count <= _MOST_ANYWHERE else [value for value in values if self._is_edge(value, page)]
            for parts in self._sums(total, pool, have, count, 0):
                yield from self._spread(parts, columns, used)

    def _is_edge(self, value: int, page: int) -> bool:
        return Amount(value, page) in self._statement.edges

    def _sums(
        self, total: int, pool: Sequence[int], have: frozenset[int], count: int, start: int
    ) -> Iterator[tuple[int, ...]]:
        """So many amounts, the largest first, that add up to a total."""
        if count == 1:
            if total in have:
                yield (total,)
            return
        for place in range(start, len(pool)):
            value = pool[place]
            if value * count < total - self._statement.slack(count):
                return
            if value >= total:
                continue
            if count == 2:
                for near in self._about(total - value, 2):
                    if 0 < near <= value and near in have:
                        yield value, near
                continue
            self._statement.spend()
            for rest in self._sums(total - value, pool, have, count - 1, place):
                if rest[0] <= value:
                    yield (value, *rest)

    def _about(self, value: int, count: int) -> range:
        slack = self._statement.slack(count) if count > 1 else 0
        return range(value - slack, value + slack + 1)

    def _spread(self, parts: Sequence[int], columns: Sequence[int], used: int) -> Iterator[Vector]:
        """The ways to put amounts into columns, no two into one; into those not used yet in their order."""
        for places in product(columns, repeat=len(parts)):
            if len(set(places)) < len(places):
                continue
            fresh = [place for place in places if place >= used]
            if fresh == list(range(used, used + len(fresh))):
                yield self._vector(dict(zip(places, parts, strict=True)))

    def _vector(self, at: dict[int, int]) -> Vector:
        return tuple(at.get(column, 0) for column in range(self._count))
