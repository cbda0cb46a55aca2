"""Headers that the sums in rows without blanks bear out, where labels are printed row by row, each in the row in which
its cell begins.

Which columns a total adds up whole rows show: what stands beside it in its group comes to it in every row. So of the
ways to cut the columns into cells, row of labels by row of labels, only those are followed in which each 合计 and 小计
is the sum of the group that it begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from functools import lru_cache

from workbench.tables.text.header.costs import deep
from workbench.tables.text.header.hanging import HOPELESS, hang, leaf_cost
from workbench.tables.text.header.rows import Header, HeaderText, Label, first_line
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.column_sums import ColumnSums
from workbench.tables.text.vocabulary import may_stand_under

TOTALS_OF_GROUPS = frozenset({"合计", "小计", "总计"})
MOST_COLUMNS, MOST_LABELS, _DEEPEST = 20, 30, 5
_MOST_STEPS = 12_000
_BESIDE = 0.3
"""What it costs that a label stands beside one below which it may stand."""
_TORN = 0.45
"""What it costs that a row of labels begins in the middle of a line."""
_Cell = tuple[int, int, int, int]
"""The number of a label, that of the cell above it (-1 for none), the first column below it and the one after the
last."""


def headers_by_sums(labels: Sequence[Label], rows: Sequence[Sequence[Decimal]], limit: float) -> list[Header]:
    """The headers of labels of figures whose totals are borne out by all rows, each of which has a figure in every
    column; none that costs more than `limit`, the cheapest first."""
    texts = tuple(map(key_of, labels))
    width = len(rows[0]) if rows else 0
    if (
        not 3 <= width <= min(MOST_COLUMNS, len(labels))
        or len(labels) > MOST_LABELS
        or not TOTALS_OF_GROUPS & set(texts)
    ):
        return []
    lines = list(map(first_line, labels))
    torn = {number for number in range(1, len(labels)) if lines[number] == lines[number - 1]}
    search = _Search(texts, torn, width, ColumnSums(rows), limit)
    found = [_header(labels, texts, cells, width, cost) for cost, cells in search.cells()]
    return sorted(found, key=lambda header: header.cost)


class _Search:
    """Cuts the columns into the cells of labels."""

    def __init__(self, texts: tuple[str, ...], torn: Set[int], width: int, sums: ColumnSums, limit: float) -> None:
        self._texts = texts
        self._torn = torn
        self._width = width
        self._sums = sums
        self._limit = limit
        self._steps = _MOST_STEPS

    def cells(self) -> Iterator[tuple[float, list[list[_Cell]]]]:
        """The rows of cells, and what each way costs."""
        yield from self._below([(-1, -1, 0, self._width)], 0, 0.0, [])

    def _below(
        self, above: Sequence[_Cell], number: int, cost: float, rows: list[list[_Cell]]
    ) -> Iterator[tuple[float, list[list[_Cell]]]]:
        """The ways to cut what stands below cells with the labels from `number` on."""
        if not above:
            if number == len(self._texts):
                yield cost, [*rows]
            return
        if len(rows) == _DEEPEST:
            return
        cost += deep(len(rows) + 1) - deep(len(rows)) + _TORN * (number in self._torn)
        for own, added in self._row(above, 0, number, cost, []):
            cells = [cell for cell, _ in own]
            spanning = [cell for cell, spans in own if spans]
            yield from self._below(spanning, number + len(cells), added, [*rows, cells])

    def _row(
        self, above: Sequence[_Cell], index: int, number: int, cost: float, own: list[tuple[_Cell, bool]]
    ) -> Iterator[tuple[list[tuple[_Cell, bool]], float]]:
        """The cells of one row, and whether each has others below it."""
        self._steps -= 1
        if cost > self._limit or self._steps < 0:
            return
        if index == len(above):
            yield own, cost
            return
        parent, _, first, end = above[index]
        # what is left has a label for each of its columns at least
        waiting = sum(cell[3] - cell[2] for cell in above[index + 1 :])
        waiting += sum(cell[3] - cell[2] for cell, spans in own if spans)
        for cells in self._cut(parent, first, end, number, len(self._texts) - waiting):
            below = sum(cell[3] - cell[2] for cell, spans in cells if spans)
            if number + len(cells) + below + waiting > len(self._texts):
                continue
            texts = tuple(self._texts[cell[0]] for cell, _ in cells)
            more = sum(leaf_cost(self._texts[cell[0]]) for cell, spans in cells if not spans)
            if parent >= 0:
                more += cost_below(self._texts[parent], texts)
            more += _BESIDE * self._stray(cells)
            yield from self._row(above, index + 1, number + len(cells), cost + more, [*own, *cells])

    def _stray(self, cells: Sequence[tuple[_Cell, bool]]) -> int:
        """How many labels stand beside one that has others below it, below which they may stand as well."""
        texts = [self._texts[cell[0]] for cell, _ in cells]
        spanning = [index for index, (_, spans) in enumerate(cells) if spans]
        return sum(
            text not in TOTALS_OF_GROUPS
            and any(may_stand_under(text, texts[other]) for other in spanning if other < index)
            for index, text in enumerate(texts)
        )

    def _cut(self, parent: int, first: int, end: int, number: int, most: int) -> Iterator[list[tuple[_Cell, bool]]]:
        """The ways to cut the columns below one cell into cells for the labels from `number` on."""
        whole = (first, end)

        def cut(column: int, label: int, cells: list[tuple[_Cell, bool]]) -> Iterator[list[tuple[_Cell, bool]]]:
            if column == end:
                yield cells
                return
            if label >= most:
                return
            if self._texts[label] in TOTALS_OF_GROUPS:
                if self._sums.bears(column, *whole):
                    yield from cut(column + 1, label + 1, [*cells, ((label, parent, column, column + 1), False)])
                return
            yield from cut(column + 1, label + 1, [*cells, ((label, parent, column, column + 1), False)])
            for stop in range(column + 1, end + 1):
                yield from cut(stop, label + 1, [*cells, ((label, parent, column, stop), True)])

        yield from cut(first, number, [])


@lru_cache(maxsize=4096)
def cost_below(upper: str, lower: tuple[str, ...]) -> float:
    """What it costs that labels stand below another."""
    return min((cost for cost, _ in hang((upper,), lower, HOPELESS)), default=HOPELESS)


def _header(
    labels: Sequence[Label], texts: Sequence[str], rows: Sequence[Sequence[_Cell]], width: int, cost: float
) -> Header:
    """The header of rows of cells, each label repeated over its columns."""
    at = [[-1] * width for _ in rows]
    for row, cells in zip(at, rows, strict=True):
        for number, _, first, end in cells:
            row[first:end] = [number] * (end - first)
    printed: tuple[Label, ...] = (*labels, ())
    says = (*texts, "")
    return Header(
        tuple(tuple(printed[number] for number in row) for row in at),
        HeaderText(tuple(tuple(says[number] for number in row) for row in at)),
        cost,
    )
