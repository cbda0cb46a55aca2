"""Which columns the figures of a row stand in when the text lost its empty cells: those that make the sums hold.

A row with fewer figures than columns fits in several ways. The ways are weighed by the sums across (合计 = its parts,
小计 = the columns below its spanner) and down (the rows of a code are the sum of the rows below that code, 合计 is the
sum of all); of ways that are equal the leftmost is taken, for statements fill their columns from the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from workbench.model.amount import read_figure
from workbench.tables.text.likely_columns import NO_COLUMNS, LikelyColumns, natures_of
from workbench.tables.text.promised_sums import Equation, RowToPlace, families_of, is_total

_MOST_STEPS_OF_ROW = 3000
_MOST_STEPS = 6000
_NEVER = 10**6
_EXACT = Decimal("0.004")
_ROUNDING = Decimal("0.05")
_ATTEMPTS = ((_EXACT, 0), (_ROUNDING, 0), (_EXACT, 1))
"""How near sums must come, and in how many columns they need not, since documents have errors."""

Way = tuple[int, ...]
"""The column of each figure of a row, increasing."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What is known of a run of figure columns, counted from 0: the sums across, the columns in which numbers of things
    stand (no decimals), those that are mostly blank, and amounts that other tables of the document print for a column's
    label, the likely totals of that column."""

    count: int
    equations: tuple[Equation, ...] = ()
    counts: tuple[int, ...] = ()
    blank: frozenset[int] = frozenset()
    stated: tuple[frozenset[Decimal], ...] = ()
    apart: frozenset[int] = frozenset()
    """Columns that no total adds up: numbers of things and prices of one."""
    likely: LikelyColumns = NO_COLUMNS


def place_rows(rows: Sequence[RowToPlace], columns: Columns) -> list[Way]:
    """The column of each figure of each row."""
    values = [tuple(_value(text) for text in row.figures) for row in rows]
    ways = []
    for row, amounts, nature in zip(rows, values, natures_of(rows), strict=True):
        fractions = tuple("." in text for text in row.figures) if columns.counts else ()
        found = _ways(amounts, fractions, columns)
        if columns.apart and is_total(row.label):
            found = tuple(sorted(found, key=lambda way: len(columns.apart.intersection(way))))
        if len(found) > 1 and columns.stated and (is_total(row.label) or len(rows) == 1):
            found = tuple(sorted(found, key=lambda way: -_agreeing(way, amounts, columns)))
        if len(found) > 1:
            used = [frozenset(c for c, amount in zip(way, amounts, strict=False) if amount) for way in found]
            strange = [columns.likely.strangeness(nature, own) for own in used]
            found = tuple(way for _, _, way in sorted(zip(strange, range(len(found)), found, strict=True)))
        ways.append(found)
    chosen: list[Way | None] = [row_ways[0] if len(row_ways) == 1 else None for row_ways in ways]
    budget = [_MOST_STEPS]
    for parent, children in families_of(rows):
        _settle_family(parent, children, values, ways, chosen, columns, budget)
    same = {amounts: way for amounts, way in zip(values, chosen, strict=True) if way is not None}
    return [
        way if way is not None else same.get(amounts, row_ways[0])
        for way, amounts, row_ways in zip(chosen, values, ways, strict=True)
    ]


def _agreeing(way: Way, values: Sequence[Decimal], columns: Columns) -> int:
    """How many figures stand under a label for which another table prints that very amount."""
    return sum(1 for column, value in zip(way, values, strict=False) if value and value in columns.stated[column])


def _value(text: str) -> Decimal:
    value = read_figure(text).value
    return value if value is not None else Decimal(0)


@lru_cache(maxsize=4096)
def _ways(values: tuple[Decimal, ...], fractions: tuple[bool, ...], columns: Columns) -> tuple[Way, ...]:
    """The ways to place a row that break fewest sums across; of these first those that leave the columns blank that
    are mostly blank, then the leftmost."""
    if len(values) >= columns.count:
        return (tuple(range(columns.count)),)
    best = _Placing(values, fractions, columns).best()
    if columns.blank and len(best) > 1:
        best.sort(key=lambda way: len(columns.blank.intersection(way)))
    return tuple(best)


class _Placing:
    """Looks for the ways to place the figures of a row, from the left. A way that is begun is given up as soon as it
    must break more than the best one known."""

    def __init__(self, values: Sequence[Decimal], fractions: Sequence[bool], columns: Columns) -> None:
        self._values = values
        self._fractions = fractions
        self._columns = columns
        self._grows = all(value >= 0 for value in values)
        self._at: list[Decimal | None] = [None] * columns.count
        self._way: list[int] = []
        self._best: list[Way] = []
        self._least = 0
        self._left = 0

    def best(self) -> list[Way]:
        """The ways that break least, the leftmost first: those that break nothing, else the best of the leftmost."""
        for least in (0, _NEVER):
            self._least, self._left = least, _MOST_STEPS_OF_ROW
            self._place(0, 0)
            if self._best:
                break
        return self._best

    def _place(self, first: int, miscounted: int) -> None:
        """Places the next figure in each column from `first` on that leaves room for the others."""
        index = len(self._way)
        self._left -= 1
        if index == len(self._values):
            self._keep(miscounted + self._broken(self._columns.count))
            return
        for column in range(first, self._columns.count - len(self._values) + index + 1):
            if self._left <= 0:
                return
            self._at[column] = self._values[index]
            self._way.append(column)
            wrong = miscounted + self._miscounts(index, column)
            if wrong + self._broken(column) <= self._least:
                self._place(column + 1, wrong)
            self._way.pop()
            self._at[column] = None

    def _keep(self, broken: int) -> None:
        if broken < self._least:
            self._best, self._least = [], broken
        if broken <= self._least:
            self._best.append(tuple(self._way))

    def _miscounts(self, index: int, column: int) -> bool:
        """Whether a number of things has decimals, or an amount has none."""
        counts = self._columns.counts
        return bool(counts) and self._fractions[index] == (column in counts)

    def _broken(self, column: int) -> int:
        """How badly the sums are broken that figures right of a column cannot put right."""
        return sum(_broken(equation, self._at, column, self._grows) for equation in self._columns.equations)


def _broken(equation: Equation, at: Sequence[Decimal | None], column: int, grows: bool) -> int:
    """How badly a sum is broken by what stands up to a column, where figures to come `grow` it."""
    parts = [value for part in equation.parts if (value := at[part]) is not None]
    total = at[equation.total]
    if total is None:
        return 2 if column >= equation.total and any(parts) else 0
    if not parts:
        return 1 if total and column >= max(equation.parts) else 0
    excess = sum(parts, Decimal(0)) - total
    if column < max(equation.parts):
        return 2 if grows and excess > _ROUNDING else 0
    return 2 if abs(excess) > _ROUNDING else 0


def _settle_family(
    parent: int,
    children: list[int],
    values: Sequence[tuple[Decimal, ...]],
    ways: Sequence[tuple[Way, ...]],
    chosen: list[Way | None],
    columns: Columns,
    budget: list[int],
) -> None:
    """Choose ways for a row and the rows that it is the sum of so that all columns add up, where any do."""
    if chosen[parent] is not None and all(chosen[child] is not None for child in children):
        return
    settled = chosen[parent]
    open_children = sorted(children, key=lambda child: len(ways[child]) if chosen[child] is None else 1)
    for slack, wrong in _ATTEMPTS if len(children) > 1 else _ATTEMPTS[:2]:
        spent = min(budget[0], _MOST_STEPS // 2) if slack is _EXACT else budget[0]
        left = [spent]
        for way in (settled,) if settled is not None else ways[parent]:
            remaining = _vector(way, values[parent], columns.count)
            picks: list[Way] = []
            if _search(0, open_children, remaining, picks, values, ways, chosen, columns.apart, left, slack, wrong):
                chosen[parent] = way
                for child, pick in zip(open_children, picks, strict=True):
                    chosen[child] = pick
                budget[0] -= spent - left[0]
                return
            if left[0] <= 0:
                break
        budget[0] -= spent - left[0]
        if budget[0] <= 0:
            return


def _vector(way: Way, values: Sequence[Decimal], count: int) -> list[Decimal]:
    vector = [Decimal(0)] * count
    for column, value in zip(way, values, strict=False):
        vector[column] = value
    return vector


def _search(
    index: int,
    children: Sequence[int],
    remaining: list[Decimal],
    picks: list[Way],
    values: Sequence[tuple[Decimal, ...]],
    ways: Sequence[tuple[Way, ...]],
    chosen: Sequence[Way | None],
    apart: frozenset[int],
    budget: list[int],
    slack: Decimal,
    wrong: int,
) -> bool:
    """Whether ways for the children from `index` on leave nothing of the parent but in `wrong` columns."""
    if index == len(children):
        return sum(abs(value) > slack for column, value in enumerate(remaining) if column not in apart) <= wrong
    child = children[index]
    own = chosen[child]
    for way in (own,) if own is not None else ways[child]:
        budget[0] -= 1
        if budget[0] <= 0:
            return False
        amounts = values[child]
        over = sum(
            amount > 0 and remaining[column] + slack < amount for column, amount in zip(way, amounts, strict=False)
        )
        if over > wrong:
            continue
        for column, amount in zip(way, amounts, strict=False):
            remaining[column] -= amount
        picks.append(way)
        if _search(index + 1, children, remaining, picks, values, ways, chosen, apart, budget, slack, wrong):
            return True
        picks.pop()
        for column, amount in zip(way, amounts, strict=False):
            remaining[column] += amount
    return False
