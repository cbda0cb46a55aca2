"""Where amounts stand in a statement whose head has columns within columns, told by the sums of rows and columns alone.

A column is a run of amounts that adds up along the rows: each row is the sum of those that it is made of. Columns add
up to others as the head says: 合计 is 基本支出 and 项目支出. So the columns that are no part of another are looked for
among the amounts as such runs; what is left are the parts of them, and the parts of these in turn. Everything printed
must find its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, permutations

from workbench.tables.text.columns.head_columns import Plan
from workbench.tables.text.columns.parts import MOST_PARTS, Parts
from workbench.tables.text.columns.runs import broken_runs, columns_of, whole_runs
from workbench.tables.text.columns.sums import Amount, Statement, UnprovenError, Vector

_MOST_FOUND = 60
_MOST_CHANGED = 12
_PERCENT = 100

Costs = Callable[[Sequence[int], Sequence[Sequence[int]]], tuple[int, ...]]
"""What it costs that columns hold these amounts, by the number of each column and its amounts."""


class KnownRuns:
    """The runs of statements that differ in their heads alone."""

    def __init__(self, *, whole_only: bool = False) -> None:
        self._whole: list[Vector] | None = None
        self._broken: list[Vector] | None = [] if whole_only else None

    def whole(self, statement: Statement) -> list[Vector]:
        """The columns that stand in one piece."""
        if self._whole is None:
            self._whole = whole_runs(statement)
        return self._whole

    def broken(self, statement: Statement) -> list[Vector]:
        """The columns that do not."""
        if self._broken is None:
            self._broken = broken_runs(statement)
        return self._broken


def placements(statement: Statement, plan: Plan, costs: Costs, decimals: int, runs: KnownRuns) -> list[list[Vector]]:
    """For each row its amounts, column by column, 0 for a blank, in all ways that add up. Raises UnprovenError."""
    found: list[list[Vector]] = []
    for columns in _Search(statement, plan, costs, decimals, runs).ways():
        rows = list(zip(*(columns[number] for number in range(plan.width)), strict=True))
        if rows not in found:
            found.append(rows)
        if len(found) >= _MOST_FOUND:
            break
    if not found:
        raise UnprovenError
    return found


class _Search:
    """Looks for the columns of a plan one after the other."""

    def __init__(self, statement: Statement, plan: Plan, costs: Costs, decimals: int, runs: KnownRuns) -> None:
        self._statement, self._plan, self._costs, self._decimals, self._runs = statement, plan, costs, decimals, runs
        self._pages = [row.page for row in statement.rows]
        self._blank = (0,) * len(self._pages)
        self._columns: dict[int, Sequence[int]] = {}
        self._left = Counter(statement.amounts)

    def ways(self) -> Iterator[dict[int, Sequence[int]]]:
        """The amounts of each column, by its number. Columns that stand in one piece are tried before others."""
        runs = self._runs.whole(self._statement)
        found = False
        for columns in self._roots(0, runs):
            found = True
            yield columns
        if not found:
            others = [values for values in self._runs.broken(self._statement) if values not in runs]
            yield from self._roots(0, [*runs, *others]) if others else ()

    def _roots(self, number: int, candidates: Sequence[tuple[int, ...]]) -> Iterator[dict[int, Sequence[int]]]:
        if number == len(self._plan.roots):
            yield from self._changes(0)
            return
        column = self._plan.roots[number]
        if number == 1 and self._plan.changes and not self._plan.changes[0][1]:
            candidates = [*candidates, *self._changed_roots(self._columns[self._plan.roots[0]], candidates)]
        for values in candidates:
            for _ in self._taking(column, values):
                yield from self._roots(number + 1, candidates)

    def _changed_roots(self, first: Sequence[int], known: Sequence[Vector]) -> Iterator[Vector]:
        """The columns that are another with what is printed of changes added."""
        on: dict[int, set[int]] = defaultdict(set)
        for (value, page), count in self._left.items():
            if count > 0:
                on[page].add(value)
        options = [
            sorted(
                value
                for value in on[page]
                if value > 0 and any(near == 0 or near in on[page] for near in (value - before,))
            )
            for before, page in zip(first, self._pages, strict=True)
        ]
        ways = columns_of(self._statement, options)
        yield from (values for values in islice(ways, _MOST_CHANGED) if values not in known)

    def _changes(self, number: int) -> Iterator[dict[int, Sequence[int]]]:
        """Place what one root is more than the other."""
        if number == len(self._plan.changes):
            yield from self._split(0)
            return
        column, share = self._plan.changes[number]
        first, second = (self._columns[root] for root in self._plan.roots)
        values = self._changed(first, second, share)
        if values is not None:
            for _ in self._taking(column, values):
                yield from self._changes(number + 1)

    def _changed(self, first: Sequence[int], second: Sequence[int], share: bool) -> list[int] | None:
        """The amounts by which roots differ as they are printed, None where these are not."""
        values = []
        for before, after, page in zip(first, second, self._pages, strict=True):
            change = after - before
            if share:
                exact = change * _PERCENT * 10**self._decimals / before if before else 0
                near = 0.06 * 10**self._decimals if self._decimals < 2 else 0.006 * 10**self._decimals
                fits = [
                    value
                    for (value, place), count in self._left.items()
                    if place == page and count > 0 and abs(value - exact) <= near
                ]
                values.append(min(fits, key=lambda value: abs(value - exact), default=0))
            else:
                fits = [
                    near for near in (change, change - 1, change + 1) if self._left[Amount(near, page)] > 0 and near
                ]
                if change and not fits:
                    return None
                values.append(fits[0] if change else 0)
        return values

    def _split(self, number: int) -> Iterator[dict[int, Sequence[int]]]:
        """Place the parts of a column."""
        if number == len(self._plan.equations):
            yield from self._named(0)
            return
        equation = self._plan.equations[number]
        totals, parts = self._columns[equation.total], equation.parts
        if not any(totals):
            for column in parts:
                self._columns[column] = self._blank
            yield from self._split(number + 1)
            return
        last = number + 1 == len(self._plan.equations) and not self._plan.parts_of
        tried: set[tuple[tuple[int, ...], ...]] = set()
        for way in Parts(self._statement, totals, self._left, min(len(parts), MOST_PARTS), all_of_it=last).ways():
            used = sorted((column for column in zip(*way, strict=True) if any(column)), reverse=True)
            if not used or tuple(used) in tried:
                continue
            tried.add(tuple(used))
            for places in self._orders(parts, used):
                for column in parts:
                    self._columns[column] = self._blank
                yield from self._with(list(zip(places, used, strict=True)), number + 1)

    def _with(self, columns: Sequence[tuple[int, Sequence[int]]], number: int) -> Iterator[dict[int, Sequence[int]]]:
        """Place several columns, then the parts of the next."""
        if not columns:
            yield from self._split(number)
            return
        (column, values), *others = columns
        for _ in self._taking(column, values):
            yield from self._with(others, number)

    def _orders(self, parts: Sequence[int], used: Sequence[Sequence[int]]) -> Iterator[tuple[int, ...]]:
        """The columns in which parts may stand: where it makes a difference which of them have parts themselves, the
        likeliest order for each way."""
        above = {equation.total for equation in self._plan.equations}
        best: dict[tuple[int, ...], tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for places in permutations(parts, len(used)):
            kind = tuple(place if place in above else -1 for place in places)
            cost = self._costs(places, used)
            if kind not in best or cost < best[kind][0]:
                best[kind] = cost, places
        for _, places in sorted(best.values()):
            yield places

    def _named(self, number: int) -> Iterator[dict[int, Sequence[int]]]:
        """Place what is a part of a column with no other part printed: whatever is left."""
        if number == len(self._plan.parts_of):
            if not +self._left:
                yield dict(self._columns)
            return
        column, total = self._plan.parts_of[number]
        for values in self._share_of(self._columns[total]):
            for _ in self._taking(column, values):
                yield from self._named(number + 1)

    def _share_of(self, totals: Sequence[int]) -> Iterator[list[int]]:
        """The runs of what is left that are parts of a column and add up themselves."""
        rows, below, left = self._statement.rows, self._statement.below, Counter(self._left)
        values = [0] * len(rows)

        def place(waiting: tuple[int, ...]) -> Iterator[list[int]]:
            self._statement.spend()
            if not waiting:
                yield list(values)
                return
            index, *rest = waiting
            page = rows[index].page
            family = rows[index].above
            fits = {
                value
                for (value, where), count in left.items()
                if where == page and count > 0 and 0 < value <= totals[index]
            }
            if family is not None:
                own = below[family]
                others = sum(values[row] for row in own if row not in waiting and row != index)
                more = values[family] - others
                fits = {value for value in fits if value <= more}
                if own[-1] == index:
                    fits &= {more}
                    if more and not fits:
                        return
                if more == 0 or own[-1] != index:
                    fits.add(0)
            else:
                fits.add(0)
            for value in sorted(fits, reverse=True):
                values[index] = value
                if value:
                    left[Amount(value, page)] -= 1
                deeper = tuple(below[index]) if value else ()
                yield from place((*deeper, *rest))
                if value:
                    left[Amount(value, page)] += 1
                values[index] = 0

        if +self._left:
            yield from place(tuple(index for index, row in enumerate(rows) if row.above is None))
        else:
            yield values

    def _taking(self, column: int, values: Sequence[int]) -> Iterator[None]:
        """While it is looked on, a column has these amounts; never where they are not left."""
        taken = Counter(Amount(value, page) for value, page in zip(values, self._pages, strict=True) if value)
        if not taken <= self._left:
            return
        self._left.subtract(taken)
        self._columns[column] = values
        yield
        self._left.update(taken)
