"""Rows that print fewer cells than there are columns, where conversion has lost the spans of cells: a cell that spans
columns is printed once, one that spans rows not again, and what follows stands too far left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.fiscal.headers import is_level
from workbench.model.amount import FigureKind, read_figure
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.form_words import is_first_indicator, is_second_indicator
from workbench.tables.text.vocabulary import TOTALS, column_kind

_FIRST, _SECOND = "一级指标", "二级指标"
_TOTALS = (*TOTALS, "总分")
_WRONG = 4.0
"""What it costs that a text stands among figures, or a figure among texts."""
_ALIKE = 1.0
"""How much less it costs that a text stands where other rows print it, too."""
_STRANGE = 0.6
"""What it costs that a cell stands where no row with all its cells prints anything that tells."""
_LEADING, _INNER, _TRAILING = 2.0, 3.0, 1.0
"""What it costs that columns are left out before, between and behind the cells."""
_BEHIND_TOTAL = 1.0
"""The same behind the label of a total, which spans the columns of codes and names, and behind a whole code in the
columns of its levels."""
_DOUBT = 1.0
"""How much cheaper a way must be than the cells as they are printed."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What stands in the columns of a body: figures or texts, and the texts that some rows have in common."""

    kinds: tuple[str, ...]
    common: tuple[frozenset[str], ...]
    levels: tuple[bool, ...]
    """Whether the codes of a level stand in a column (类 款 项)."""
    leaves: tuple[str, ...]
    """The lowest labels above the columns."""
    named: tuple[bool, ...]
    """Whether rows print known names of a level of indicators in a column."""

    def misfits(self, cell: str, column: int) -> bool:
        """Whether a cell is of another kind than those of a column."""
        if self.levels[column] and cell and not cell.isdigit():
            return True
        if self._names_indicator(cell) and not _may_name(cell, self.leaves[column]):
            return True
        # A whole number may be a code, a percentage the value of an indicator, and nothing there is anywhere.
        either = cell.isdigit() or cell.endswith("%") or read_figure(cell).kind is FigureKind.DASH
        kind = "" if either else kind_of(cell)
        return bool(kind and self.kinds[column]) and kind != self.kinds[column]

    def lacks_name(self, cell: str, column: int) -> bool:
        """Whether a cell is no name of a level of indicators in a column of these."""
        return bool(cell) and self.named[column] and not _may_name(cell, self.leaves[column])

    def _names_indicator(self, cell: str) -> bool:
        """Whether a text is the name of a level of indicators, and the columns are those of an indicator grid."""
        named = is_first_indicator(cell) or is_second_indicator(cell)
        return named and _FIRST in self.leaves and cell not in _TOTALS


def _may_name(cell: str, leaf: str) -> bool:
    return (leaf == _FIRST and is_first_indicator(cell)) or (leaf == _SECOND and is_second_indicator(cell))


def beside_first_labels(header: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> int:
    """Beside how many of the first labels of a header, which run down beside all of its body, the cells of the rows
    begin: none has all cells, and those of the longest suit the labels better from there on."""
    width = max((column + 1 for row in header for column, label in enumerate(row) if label), default=0)
    longest = max(map(len, rows), default=width)
    missing = width - longest
    if not 0 < missing < longest:
        return 0
    whole = [row for row in rows if len(row) == longest]
    leaves = [
        next((row[column] for row in reversed(header) if row[column:] and row[column]), "") for column in range(width)
    ]
    as_printed, beside = (
        sum(_unlike(cell, leaves[column + first]) for row in whole for column, cell in enumerate(row))
        for first in (0, missing)
    )
    return missing if beside + len(whole) <= as_printed else 0


def _unlike(cell: str, leaf: str) -> bool:
    """Whether a cell cannot stand below a label, by what both are."""
    if is_first_indicator(cell) or is_second_indicator(cell):
        return not _may_name(cell, leaf)
    kind, below = kind_of(cell), column_kind(leaf)
    return bool(kind and below) and kind != below and not cell.isdigit()


def columns_of(rows: Sequence[Sequence[str]], kinds: Sequence[str], header: Sequence[Sequence[str]]) -> Columns:
    """What rows with all their cells, and the rows of the header, show of the columns."""
    counts = [Counter(row[column] for row in rows if kind_of(row[column]) == "text") for column in range(len(kinds))]
    common = tuple(frozenset(text for text, n in count.items() if n > 1) for count in counts)
    paths = [[row[column] for row in header if row[column]] for column in range(len(kinds))]
    levels = tuple(any(map(is_level, path)) and _holds_codes(rows, column) for column, path in enumerate(paths))
    leaves = tuple(path[-1] if path else "" for path in paths)
    # Amounts without decimals may look like codes.
    amounts = [
        column_kind(leaf) == "figure" and all(map(str.isdigit, count))
        for leaf, count in zip(leaves, counts, strict=True)
    ]
    real = tuple(
        "figure" if amount and (kind or count) else kind
        for amount, kind, count in zip(amounts, kinds, counts, strict=True)
    )
    named = tuple(any(_may_name(text, leaf) for text in count) for leaf, count in zip(leaves, counts, strict=True))
    return Columns(real, common, levels, leaves, named)


def _holds_codes(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether what rows with all their cells print in a column are codes rather than names, where they print any: a
    converter that fills the blanks of a header repeats the last level over the names."""
    printed = [row[column].isdigit() for row in rows if row[column] and row[column] not in TOTALS]
    return 2 * sum(printed) >= len(printed)


def places_of(cells: Sequence[str], columns: Columns) -> list[int] | None:
    """The columns of the cells of a short row, None where they stand as they are printed."""
    count, width = len(cells), len(columns.kinds)
    as_printed = sum(_cost(cell, column, columns) for column, cell in enumerate(cells)) + _behind(count - 1, columns)
    best: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]
    for index, cell in enumerate(cells):
        following: dict[int, tuple[float, int]] = {}
        for column in range(index, width - (count - index) + 1):
            own = _cost(cell, column, columns)
            ways = [
                (cost + own + _gap(cells, index, previous, column, columns), previous)
                for previous, (cost, _) in best[index].items()
                if previous < column
            ]
            if ways:
                following[column] = min(ways)
        best.append(following)
    ends = {column: cost + _behind(column, columns) for column, (cost, _) in best[-1].items()}
    column = min(ends, key=lambda end: (ends[end], end), default=-1)
    if column < 0 or ends[column] + _DOUBT > as_printed:
        return None
    places: list[int] = []
    for index in range(count, 0, -1):
        places.append(column)
        column = best[index][column][1]
    return places[::-1]


def _behind(column: int, columns: Columns) -> float:
    """What it costs to leave out the columns behind one; those in which nothing is printed cost nothing."""
    return (
        _TRAILING
        if column + 1 < len(columns.kinds) and (any(columns.kinds[column + 1 :]) or not any(columns.named))
        else 0.0
    )


def _cost(cell: str, column: int, columns: Columns) -> float:
    if columns.misfits(cell, column) or columns.lacks_name(cell, column):
        return _WRONG
    if cell and not columns.kinds[column]:
        return _STRANGE
    return -_ALIKE if cell in columns.common[column] else 0.0


def _gap(cells: Sequence[str], index: int, previous: int, column: int, columns: Columns) -> float:
    """What it costs to leave out the columns between that of the cell before and that of a cell."""
    if column - previous == 1:
        return 0.0
    if not index:
        return _LEADING + (_INNER if cells[0].endswith(_TOTALS) else 0.0)
    spans = cells[0].endswith(_TOTALS) or columns.levels[previous]
    return _BEHIND_TOTAL if index == 1 and spans else _INNER
