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
from workbench.tables.text.running.likely_columns import NO_COLUMNS, LikelyColumns, natures_of
from workbench.tables.text.running.promised_sums import Equation, RowToPlace, families_of, is_total
from workbench.tables.text.running.settling import Settling, Way

_MOST_STEPS_OF_ROW = 3000
_NEVER = 10**6
_ROUNDING = Decimal("0.05")


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
    balance: tuple[int, int, int, int] | None = None
    """Carried over from last year, income, expenditure in all, carried over to the next."""


def place_rows(rows: Sequence[RowToPlace], columns: Columns) -> list[Way]:
    """The column of each figure of each row."""
    values = [tuple(_value(text) for text in row.figures) for row in rows]
    ways: list[tuple[Way, ...]] = []
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
        if len(found) > 1 and columns.balance is not None:
            found = tuple(sorted(found, key=lambda way: _imbalance(way, amounts, columns.balance)))
        ways.append(found)
    settling = Settling(values, ways, columns.count, columns.apart)
    chosen = settling.settle(list(families_of(rows)))
    same = {amounts: way for amounts, way in zip(values, chosen, strict=True) if way is not None}
    return [
        way if way is not None else same.get(amounts, settling.likeliest(index))
        for index, (way, amounts) in enumerate(zip(chosen, values, strict=True))
    ]


def whole_way(values: Sequence[Decimal], columns: Columns) -> Way | None:
    """The leftmost way to place the figures of a row that breaks none of the sums across,
    None where each breaks some."""
    if len(values) > columns.count:
        return None
    return next(iter(_Placing(values, (), columns).unbroken()), None)


def _imbalance(way: Way, values: Sequence[Decimal], balance: tuple[int, int, int, int] | None) -> tuple[bool, bool]:
    """Whether what comes in is not what goes out and what is left, and whether of what is carried over from last year
    and to the next one is printed and the other is not."""
    at = dict(zip(way, values, strict=False))
    first, income, expenditure, last = (at.get(column, Decimal(0)) for column in balance or ())
    printed = {column in at for column in (balance or ())[::3]}
    return abs(first + income - expenditure - last) > _ROUNDING, len(printed) > 1


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

    def unbroken(self) -> list[Way]:
        """The ways that break nothing, as far as they are looked for."""
        self._least, self._left = 0, _MOST_STEPS_OF_ROW
        self._place(0, 0)
        return self._best

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
