"""The columns without a blank that a statement's amounts may hold: runs that add up along the rows.

A reader that goes by columns gives the cells of a column one after the other, or each so many amounts after the one
before it; where it leaves a column and comes back the run is broken. So the runs of small parts of a statement are
looked for first, an account with the accounts that it is made of, and put together to larger ones, those of the fewest
breaks first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import islice
from typing import NamedTuple

from workbench.tables.text.columns.sums import Statement, Vector

_WIDEST = 12
"""Rows are read one after the other from so many columns at the most."""
_MOST_WHOLE = 30
"""So many runs of one page are looked at."""
_NEAR, _FAR = 0.4, 1.0
"""What it costs that a run goes on at another distance than before, but near, and that it goes on anywhere."""
_MOST_PAIRS = 2500
"""So many runs of the first rows are put together with others before the likeliest are chosen."""
_PAIRS = 40
"""To put so many runs behind another is as much as one step of a search."""
_MOST_SUMS = 20_000
"""So many sums of a row's parts are kept in mind."""
_MOST_BEGUN, _MOST_KEPT, _MOST_SAME, _MOST_ALIKE = 400, 250, 4, 6
"""So many runs of the first rows, and of an account with its parts, are kept in mind; so many of the same amounts, and
so many different ones of one sum."""


def whole_runs(statement: Statement) -> list[Vector]:
    """The columns that stand in one piece on each page: so many amounts as the page has rows, next to each other or
    each so many after the one before it, and each row the sum of those that it is made of."""
    rows: dict[int, list[int]] = defaultdict(list)
    for index, row in enumerate(statement.rows):
        rows[row.page].append(index)
    pages = sorted(rows)
    runs = [[*islice(_runs_on(statement, page, rows[page]), _MOST_WHOLE)] for page in pages]
    found: dict[Vector, None] = {}

    def join(number: int, values: dict[int, int]) -> None:
        if number == len(pages):
            found.setdefault(tuple(values[index] for index in range(len(statement.rows))))
            return
        for run in runs[number]:
            together = {**values, **dict(zip(rows[pages[number]], run, strict=True))}
            statement.spend()
            if _adds_up(statement, together):
                join(number + 1, together)

    join(0, {})
    return list(found)


def _runs_on(statement: Statement, page: int, rows: Sequence[int]) -> Iterator[Vector]:
    values = [amount.value for amount in statement.amounts if amount.page == page]
    seen: set[Vector] = set()
    for step in range(1, _WIDEST + 1):
        for start in range(len(values) - step * (len(rows) - 1)):
            run = tuple(values[start : start + step * (len(rows) - 1) + 1 : step])
            if run not in seen and _adds_up(statement, dict(zip(rows, run, strict=True))):
                seen.add(run)
                yield run


def _adds_up(statement: Statement, values: Mapping[int, int]) -> bool:
    """Whether rows are the sums of those that they are made of, where all of these are known, and none of parts that
    are more than it."""
    for index, parts in enumerate(statement.below):
        if not parts or index not in values:
            continue
        known = [values[part] for part in parts if part in values]
        slack = statement.slack(len(parts))
        short = values[index] - sum(known)
        if short < -slack or (len(known) == len(parts) and short > slack):
            return False
    return True


def broken_runs(statement: Statement) -> list[Vector]:
    """The columns that stand in several pieces, those of the fewest first, as far as they are looked for."""
    tops = [index for index, row in enumerate(statement.rows) if row.above is None]
    if len(tops) != 1:
        return []
    found: dict[Vector, None] = {}
    for run in _Runs(statement).of(tops[0]):
        values = dict(zip(run.rows, run.values, strict=True))
        found.setdefault(tuple(values[row] for row in range(len(statement.rows))))
    return list(found)


class _Run(NamedTuple):
    """The amounts of some rows: what it costs, where the first and the last of them stand, how far apart the last two
    are, what the topmost rows add up to, and the rows with their amounts."""

    cost: float
    first: int
    last: int
    step: int
    value: int
    rows: Vector
    values: Vector


class _Runs:
    """Looks for the runs of accounts with all that they are made of."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._on: dict[int, list[int]] = defaultdict(list)
        self._at: dict[int, list[int]] = defaultdict(list)
        self._largest = max((amount.value for amount in statement.amounts), default=0)
        for number, amount in enumerate(statement.amounts):
            if amount.value > 0:
                self._on[amount.page].append(number)
                self._at[amount.value].append(number)

    def of(self, row: int) -> list[_Run]:
        """The likeliest runs of a row with all that it is the sum of."""
        parts = self._statement.below[row]
        if not parts:
            return [self._single(row, number) for number in self._on[self._statement.rows[row].page]]
        begun = self.of(parts[0])
        for part in parts[1:]:
            begun = _likeliest(self._with_next(begun, part), _MOST_BEGUN)
        return _likeliest(self._below_sums(begun, row, len(parts)), _MOST_KEPT)

    def _single(self, row: int, number: int) -> _Run:
        value = self._statement.amounts[number].value
        return _Run(0.0, number, number, 0, value, (row,), (value,))

    def _with_next(self, begun: Sequence[_Run], part: int) -> list[_Run]:
        """Runs that go on with those of another account."""
        following = sorted(self.of(part), key=lambda run: run.first)
        firsts = [run.first for run in following]
        self._statement.spend(1 + len(begun) * len(following) // _PAIRS)
        pairs: list[tuple[float, int, int]] = []
        for index, run in enumerate(begun):
            cost, last, step = run.cost, run.last, run.step
            room = self._largest - run.value
            for number in range(bisect_right(firsts, last), len(following)):
                other = following[number]
                if other.value <= room:
                    gap = other.first - last
                    apart = 0.0 if gap in (1, step) else _NEAR if gap <= _WIDEST else _FAR
                    pairs.append((cost + other.cost + apart, index, number))
        found = []
        for cost, index, number in nsmallest(_MOST_PAIRS, pairs):
            run, other = begun[index], following[number]
            step = other.step or other.first - run.last
            rows, values = run.rows + other.rows, run.values + other.values
            found.append(_Run(cost, run.first, other.last, step, run.value + other.value, rows, values))
        return found

    def _below_sums(self, runs: Iterable[_Run], row: int, count: int) -> Iterator[_Run]:
        """The runs that add up to an amount before or behind them, where the row stands."""
        page, slack = self._statement.rows[row].page, self._statement.slack(count)
        for run in runs:
            before = row < run.rows[0]
            for value in range(run.value - slack, run.value + slack + 1):
                for number in self._at.get(value, ()):
                    if self._statement.amounts[number].page != page:
                        continue
                    if before and number < run.first:
                        cost = run.cost + _break(self._single(row, number), run.first, run.step)
                        yield _Run(cost, number, run.last, run.step, value, (row, *run.rows), (value, *run.values))
                    elif not before and number > run.last:
                        cost = run.cost + _break(run, number)
                        step = number - run.last
                        yield _Run(cost, run.first, number, step, value, (*run.rows, row), (*run.values, value))


def _break(run: _Run, following: int, step: int = 0) -> float:
    """What it costs that a run goes on with an amount."""
    distance = following - run.last
    if distance in (1, run.step, step):
        return 0.0
    return _NEAR if distance <= _WIDEST else _FAR


def _likeliest(runs: Iterable[_Run], most: int) -> list[_Run]:
    """The runs of the fewest breaks: some of the same amounts that stand elsewhere, and some of each sum."""
    best: dict[tuple[int, int, Vector], _Run] = {}
    for run in runs:
        key = run.first, run.last, run.values
        if key not in best or run.cost < best[key].cost:
            best[key] = run
    same: Counter[Vector] = Counter()
    sums: Counter[int] = Counter()
    found: list[_Run] = []
    for run in sorted(best.values(), key=lambda run: (run.cost, run.last)):
        if same[run.values] == _MOST_SAME or (not same[run.values] and sums[run.value] == _MOST_ALIKE):
            continue
        sums[run.value] += not same[run.values]
        same[run.values] += 1
        found.append(run)
        if len(found) == most:
            break
    return found


def columns_of(statement: Statement, options: Sequence[Sequence[int]]) -> Iterator[Vector]:
    """The columns of which each row has one of the amounts that it may have and is the sum of those that it is made
    of."""
    tops = [index for index, row in enumerate(statement.rows) if row.above is None]
    values = [0] * len(options)

    def fill(families: tuple[int, ...]) -> Iterator[Vector]:
        if not families:
            yield tuple(values)
            return
        above, *rest = families
        parts = statement.below[above]
        sums: list[set[int]] = [{0}]
        for part in reversed(parts):
            sums.append({total + value for total in sums[-1] for value in options[part]})
            if len(sums[-1]) > _MOST_SUMS:
                return
        yield from place(parts, 0, values[above], sums[::-1], tuple(rest))

    def place(
        parts: Sequence[int], number: int, rest: int, sums: Sequence[set[int]], families: tuple[int, ...]
    ) -> Iterator[Vector]:
        statement.spend()
        slack = statement.slack(len(parts))
        if not any(near in sums[number] for near in range(rest - slack, rest + slack + 1)):
            return
        if number == len(parts):
            deeper = tuple(part for part in parts if statement.below[part])
            yield from fill((*deeper, *families))
            return
        for value in options[parts[number]]:
            values[parts[number]] = value
            yield from place(parts, number + 1, rest - value, sums, families)

    if len(tops) == 1 and statement.below[tops[0]]:
        for value in options[tops[0]]:
            values[tops[0]] = value
            yield from fill((tops[0],))
