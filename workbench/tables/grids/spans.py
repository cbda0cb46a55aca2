"""A grid while it is being put together: cells with their spans, rows joined, cut off and dropped, then made rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from workbench.model.source import Grid, Page
from workbench.model.table import Cell, Row
from workbench.tables.cells import EMPTY, read_cell

_FEW_ROWS = 64
"""Of a grid with no more rows all are sorted out at once, whichever are asked for."""


class SpanCell(NamedTuple):
    """A cell that prints something, its upper left place and how far it spans."""

    row: int
    column: int
    row_span: int
    column_span: int
    cell: Cell

    @property
    def text(self) -> str:
        """What it prints."""
        return self.cell.printed


_new_cell: Callable[[type[SpanCell], tuple[int, int, int, int, Cell]], SpanCell] = tuple.__new__
"""Makes a cell of its fields in half the time that its class takes for it."""


@dataclass(frozen=True, slots=True)
class SpanGrid:
    """The cells of a table that print something, row by row, and the blank ones that span more than one place.

    `edges` are the positions of its column rules, empty where the source has no geometry.
    """

    row_count: int
    column_count: int
    cells: tuple[SpanCell, ...]
    edges: tuple[float, ...] = ()
    _rows: list[list[SpanCell]] = field(default_factory=list, init=False, repr=False, compare=False)
    """All rows once they have been asked for."""
    header_heights: list[int] = field(default_factory=list, init=False, repr=False, compare=False)
    """The one height of its header once `header.header_height` has told it."""

    @classmethod
    def of(cls, page: Page, grid: Grid) -> SpanGrid:
        """The cells of `grid` read from `page`."""
        cells: list[SpanCell] = []
        rows, columns = grid.row_count, grid.column_count
        for place in grid.cells:
            row, column, row_span, column_span = place.row, place.column, place.row_span, place.column_span
            pieces = place.pieces
            if not (pieces or row_span > 1 or column_span > 1) or row >= rows or column >= columns:
                continue
            if not (0 < row_span <= rows - row and 0 < column_span <= columns - column):
                row_span = max(min(row_span, rows - row), 1)
                column_span = max(min(column_span, columns - column), 1)
            cell = read_cell(page, pieces) if pieces else EMPTY
            cells.append(_new_cell(SpanCell, (row, column, row_span, column_span, cell)))
        cells.sort(key=_place_of)
        return cls(grid.row_count, grid.column_count, tuple(cells), grid.column_edges)

    def by_row(self, first: int = 0, last: int | None = None) -> list[list[SpanCell]]:
        """For each of the rows `first:last` the cells that begin there and print something, from the left."""
        first = max(first, 0)
        end = self.row_count if last is None else min(last, self.row_count)
        if not self._rows and (self.row_count <= _FEW_ROWS or end - first == self.row_count):
            self._rows.extend(self._printed_in(0, self.row_count))
        return self._rows[first:end] if self._rows else self._printed_in(first, end)

    def _printed_in(self, first: int, end: int) -> list[list[SpanCell]]:
        rows: list[list[SpanCell]] = [[] for _ in range(end - first)]
        for cell in self.between(first, end):
            if cell[4].printed:
                rows[cell[0] - first].append(cell)
        return rows

    def between(self, first: int, last: int) -> tuple[SpanCell, ...]:
        """The cells that begin in the rows `first:last`."""
        if first <= 0 and last >= self.row_count:
            return self.cells
        begin = bisect_left(self.cells, first, key=_row_of)
        return self.cells[begin : bisect_left(self.cells, last, lo=begin, key=_row_of)]

    def rows_from(self, first: int, last: int | None = None) -> SpanGrid:
        """The rows `first:last` as a grid of their own; a cell that begins above `first` is left out, one that goes
        on below `last` is cut."""
        end = self.row_count if last is None else last
        kept = [
            _new_cell(SpanCell, (row - first, column, min(row_span, end - row), column_span, cell))
            for row, column, row_span, column_span, cell in self.between(first, end)
        ]
        return SpanGrid(max(end - first, 0), self.column_count, tuple(kept), self.edges)

    def below(self, other: SpanGrid) -> SpanGrid:
        """The grid with the rows of `other`, which has the same columns, under its own."""
        count = self.row_count
        moved = [
            _new_cell(SpanCell, (row + count, column, row_span, column_span, cell))
            for row, column, row_span, column_span, cell in other.cells
        ]
        return SpanGrid(count + other.row_count, self.column_count, (*self.cells, *moved), self.edges)

    def with_columns(self, starts: Sequence[int], column_count: int, edges: tuple[float, ...]) -> SpanGrid:
        """The grid in the columns of a wider one: column i begins at `starts[i]` there (one more for the end)."""
        moved = []
        for cell in self.cells:
            column, right = starts[cell.column], starts[cell.column + cell.column_span]
            moved.append(_new_cell(SpanCell, (cell.row, column, cell.row_span, right - column, cell.cell)))
        return SpanGrid(self.row_count, column_count, tuple(moved), edges)

    def without_empty(self) -> SpanGrid:
        """The grid without the rows and columns in which no cell that prints something begins."""
        printing = [cell for cell in self.cells if cell[4].printed]
        rows_kept, columns_kept = {cell[0] for cell in printing}, {cell[1] for cell in printing}
        if len(rows_kept) == self.row_count and len(columns_kept) == self.column_count:
            return SpanGrid(self.row_count, self.column_count, self.cells)
        rows, columns = _renumber(rows_kept, self.row_count), _renumber(columns_kept, self.column_count)
        kept = []
        for old_row, old_column, row_span, column_span, cell in self.cells:
            row, below = rows[old_row], rows[old_row + row_span]
            column, right = columns[old_column], columns[old_column + column_span]
            if below > row and right > column:
                kept.append(_new_cell(SpanCell, (row, column, below - row, right - column, cell)))
        kept.sort(key=_place_of)
        return SpanGrid(rows[-1], columns[-1], tuple(kept))

    def to_rows(self, header_rows: int) -> tuple[Row, ...]:
        """All rows in full width. A cell of the first `header_rows` rows is repeated over all it spans there; a cell
        of the body stands at its first place only."""
        rows = [[EMPTY] * self.column_count for _ in range(self.row_count)]
        for first, left, row_span, column_span, cell in self.cells:
            if not cell.printed:
                continue
            if first >= header_rows:
                rows[first][left] = cell
                continue
            for row in range(first, min(first + row_span, header_rows)):
                for column in range(left, min(left + column_span, self.column_count)):
                    rows[row][column] = cell
        return tuple(tuple(row) for row in rows)


_row_of = itemgetter(0)
_place_of = itemgetter(0, 1)


def _renumber(kept: Iterable[int], count: int) -> list[int]:
    """For each old index (and one past the end) how many kept indices lie before it."""
    keep = set(kept)
    numbers = [0]
    for index in range(count):
        numbers.append(numbers[-1] + (index in keep))
    return numbers
