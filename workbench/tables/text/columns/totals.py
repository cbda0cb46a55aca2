"""The totals of a statement's rows, found among the amounts of its pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

from workbench.tables.text.columns.sums import Amount, Statement


class Totals:
    """Looks for the amounts that are the totals of all rows, one a row, from the top down.

    An amount that is the only part of its row is printed twice there. So one that is neither the sum of two others nor
    added to any is printed in half as many rows as it is printed.
    """

    def __init__(self, statement: Statement, *, divided: bool) -> None:
        self._statement = statement
        self._rows = statement.rows
        self._largest = max((amount.value for amount in statement.amounts), default=0)
        self._at: dict[int, list[int]] = defaultdict(list)
        for number, amount in enumerate(statement.amounts):
            self._at[amount.page].append(number)
        self._last = {row.page: index for index, row in enumerate(self._rows)}
        self._least = Counter(statement.amounts)
        self._most = Counter(statement.amounts)
        if divided:
            self._count_rows()
        self._after = self._counts_after()
        self._values: list[int] = []
        self._sole = sum(row.above is None for row in self._rows) == 1

    def ways(self) -> Iterator[list[int]]:
        """The totals, those first that come first in the text."""
        return self._place(0)

    def _count_rows(self) -> None:
        """Work out in how many rows each amount is the total at least, and at the most."""
        slack = self._statement.slack(2)
        for page, numbers in self._at.items():
            values = {self._statement.amounts[number].value for number in numbers}
            sums: set[int] = set()
            parts: set[int] = set()
            for total, part, more in product(values, values, range(-slack, slack + 1)):
                if part < total and total - part + more in values:
                    sums.add(total)
                    parts.update((part, total - part + more))
            for value in values:
                amount = Amount(value, page)
                printed = self._most[amount]
                self._most[amount] = printed if value in sums else printed // 2
                self._least[amount] = 0 if value in parts else (printed + 1) // 2

    def _counts_after(self) -> list[int]:
        """How often each amount is printed again behind its place."""
        seen: Counter[Amount] = Counter()
        found = []
        for amount in reversed(self._statement.amounts):
            found.append(seen[amount])
            seen[amount] += 1
        return found[::-1]

    def _place(self, start: int) -> Iterator[list[int]]:
        index = len(self._values)
        if index == len(self._rows):
            yield list(self._values)
            return
        self._statement.spend()
        row = self._rows[index]
        least, most = self._bounds(index)
        seen: set[int] = set()
        numbers = [number for number in self._at[row.page] if number >= start]
        later = self._last[row.page] - index
        for place, number in enumerate(numbers):
            amount = self._statement.amounts[number]
            if len(numbers) - place <= later:
                return
            value = amount.value
            if value not in seen and least <= value <= most and self._most[amount] > 0:
                seen.add(value)
                self._take(amount, 1)
                yield from self._place(number + 1)
                self._take(amount, -1)
            if self._least[amount] > self._after[number]:
                return

    def _take(self, amount: Amount, count: int) -> None:
        """Add an amount as the total of the next row, or take the last one away again."""
        if count > 0:
            self._values.append(amount.value)
        else:
            self._values.pop()
        self._most[amount] -= count
        self._least[amount] -= count

    def _bounds(self, index: int) -> tuple[int, int]:
        """The least and the most that the total of a row may be by those of the rows before it."""
        row, own, values = self._rows[index], self._statement.below[index], self._values
        if own and max(own) < index:
            return self._about(sum(values[part] for part in own), len(own))
        if row.above is None:
            # Of all that is printed the total of all rows is the largest.
            return (self._largest if self._sole else 1), self._largest
        if row.above >= index:
            return 1, self._largest
        siblings = self._statement.below[row.above]
        rest = values[row.above] - sum(values[part] for part in siblings if part < index)
        least, most = self._about(rest, len(siblings))
        return (least, most) if siblings[-1] == index else (1, most)

    def _about(self, value: int, count: int) -> tuple[int, int]:
        slack = self._statement.slack(count)
        return value - slack, value + slack
