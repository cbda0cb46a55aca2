"""Slips that change the shape of a table: a row cut in two, two rows run together, a row printed twice, a row lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from workbench.model.amount import FigureKind, read_figure
from workbench.model.table import CellRef, Table

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Shape:
    """What a table prints after a slip, and the cells where it shows; a row that is lost shows between rows."""

    rows: Rows
    places: frozenset[CellRef]


_SHORTEST_CUT = 4
_BEFORE_ITS_WORD = 3
"""So many columns at the most print the code of a row, level by level, before its label."""

MakeShape = Callable[[Table, tuple[int, ...], int, random.Random], Shape | None]
"""From a table, its columns of amounts and a row with figures."""


def gap(table: str) -> CellRef:
    """Where a row is missing, as a place: no cell, and the table."""
    return CellRef(table, -1, -1)


def texts_of(table: Table) -> Rows:
    return tuple(tuple(cell.text for cell in row) for row in table.rows)


def _across(table: Table, *rows: int) -> frozenset[CellRef]:
    return frozenset(CellRef(table.id, row, column) for row in rows for column in range(table.width))


def _filled(text: str) -> bool:
    return bool(read_figure(text).value)


def _split(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """The figures from one column on stand on a line of their own."""
    rows = texts_of(table)
    held = [column for column in columns if _filled(rows[row][column])]
    if len(held) < 2 or not any(rows[row][: columns[0]]):
        return None
    cut = rng.choice(held[1:])
    upper = tuple("" if column in columns and column >= cut else text for column, text in enumerate(rows[row]))
    lower = tuple(text if column in columns and column >= cut else "" for column, text in enumerate(rows[row]))
    return Shape((*rows[:row], upper, lower, *rows[row + 1 :]), _across(table, row, row + 1))


def _repeated(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    rows = texts_of(table)
    return Shape((*rows[: row + 1], rows[row], *rows[row + 1 :]), _across(table, row, row + 1))


def _merged(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """Two rows are read as one; their texts run together."""
    rows = texts_of(table)
    if row + 1 >= len(rows) or not any(_filled(rows[row + 1][column]) for column in columns):
        return None
    between = " " if rng.random() < 0.3 else ""
    both = tuple(between.join(text for text in pair if text) for pair in zip(rows[row], rows[row + 1], strict=True))
    return Shape((*rows[:row], both, *rows[row + 2 :]), _across(table, row))


def _lost(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    rows = texts_of(table)
    return Shape((*rows[:row], *rows[row + 1 :]), frozenset({gap(table.id)}))


def _pushed_down(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """The figures of some rows stand a line lower than their labels, the last ones on a line of their own."""
    rows = texts_of(table)
    count = rng.randint(1, 3)
    if row + count > len(rows) or columns[0] == 0:
        return None
    block = [rows[row + offset] for offset in range(count)]
    if not all(any(_filled(texts[column]) for column in columns) for texts in block):
        return None
    blank = tuple("" for _ in rows[row])
    labels = [*block, blank]
    figures = [blank, *block]
    new = [
        tuple(f[column] if column in columns else label[column] for column in range(table.width))
        for label, f in zip(labels, figures, strict=True)
    ]
    return Shape((*rows[:row], *new, *rows[row + count :]), _across(table, *range(row, row + count + 1)))


def _numbered(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """The row that numbers the columns is read as the first row of the body."""
    if len(columns) < 3 or columns != tuple(range(columns[0], columns[-1] + 1)):
        return None
    labels = ("编号", *("" for _ in range(columns[0] - 1)))[: columns[0]]
    numbers = tuple(str(column - columns[0] + 1) for column in columns)
    rest = ("",) * (table.width - columns[-1] - 1)
    return Shape(((*labels, *numbers, *rest), *texts_of(table)), _across(table, 0))


SHAPES: dict[str, MakeShape] = {
    "row_split": _split,
    "row_repeated": _repeated,
    "rows_merged": _merged,
    "row_lost": _lost,
    "pushed_down": _pushed_down,
    "columns_numbered": _numbered,
}


def _name_cut(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """The end of a label stands on a line of its own, with all figures, with none, or with some of them."""
    texts = texts_of(table)[row]
    labels = [
        column
        for column, text in enumerate(texts)
        if column not in columns and len(text) >= _SHORTEST_CUT and read_figure(text).kind is FigureKind.TEXT
    ]
    if not labels:
        return None
    at = rng.choice(labels)
    cut, share = rng.randint(2, len(texts[at]) - 1), rng.choice((0.0, 0.5, 1.0))
    upper, lower = list(texts), [""] * len(texts)
    upper[at], lower[at] = texts[at][:cut], texts[at][cut:]
    for column in columns:
        if rng.random() < share:
            upper[column], lower[column] = "", texts[column]
    rows = texts_of(table)
    return Shape((*rows[:row], tuple(upper), tuple(lower), *rows[row + 1 :]), _across(table, row, row + 1))


def _ends_below(table: Table, columns: tuple[int, ...], row: int, rng: random.Random) -> Shape | None:
    """The last characters of a figure that wrapped stand on a line of their own."""
    rows = texts_of(table)
    held = [column for column in columns if _filled(rows[row][column]) and len(rows[row][column]) > _SHORTEST_CUT]
    if not held:
        return None
    at = rng.choice(held)
    text = rows[row][at]
    cut = rng.randint(len(text) // 2, len(text) - 1)
    upper = tuple(text[:cut] if column == at else other for column, other in enumerate(rows[row]))
    lower = tuple(text[cut:] if column == at else "" for column in range(len(upper)))
    return Shape((*rows[:row], upper, lower, *rows[row + 1 :]), _across(table, row, row + 1))


CUTS: dict[str, MakeShape] = {"name_cut": _name_cut, "figure_ends_below": _ends_below}
"""Rarer ones."""


def same_rows(one: Rows, other: Rows, *, codes: bool = True) -> bool:
    """Whether two tables hold the same codes and figures, row by row in some order; a blank and a zero are alike, and
    rows without any do not count. Without `codes` rows need to agree only in what stands behind their first word."""
    return _content(one, codes=codes) == _content(other, codes=codes)


def by_label(rows: Rows, column: int) -> list[tuple[str, str]]:
    """The figures of a column other than zero, each with the nearest label to its left."""
    labels = (
        next((text for text in reversed(row[:column]) if text and read_figure(text).kind is FigureKind.TEXT), "")
        for row in rows
    )
    return sorted((label, figure) for label, row in zip(labels, rows, strict=True) if (figure := _figure(row[column])))


def _content(rows: Rows, *, codes: bool) -> list[tuple[str, ...]]:
    found = [tuple(_figure(text) for text in (row if codes else _behind_words(row))) for row in rows]
    return sorted(row for row in found if any(row))


def _behind_words(row: tuple[str, ...]) -> tuple[str, ...]:
    """The texts of a row, without the codes that stand before each of its words."""
    words = [place for place, text in enumerate(row) if text and read_figure(text).kind is FigureKind.TEXT]
    return tuple(
        "" if text.strip().isdigit() and any(place < word <= place + _BEFORE_ITS_WORD for word in words) else text
        for place, text in enumerate(row)
    )


def _figure(text: str) -> str:
    figure = read_figure(text)
    if figure.kind is FigureKind.GARBLED:
        return text.strip()
    return f"{figure.value.normalize():f}" if figure.value else ""
