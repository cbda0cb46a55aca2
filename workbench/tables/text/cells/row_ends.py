"""Cells of a line each behind whose rows an empty line stands, as word processors give the text of tables: it ends a
row, and is no cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.fiscal.headers import is_level
from workbench.tables.text.cells.body import Body, amounts_of
from workbench.tables.text.cells.cell_rows import Cell, Layout, is_figure_cell, kinds_of
from workbench.tables.text.cells.printed_header import header_of_rows
from workbench.tables.text.cells.printed_rows import PieceRow, is_numbering, texts_of
from workbench.tables.text.lines import key_of

_NARROWEST, _WIDEST = 2, 40
_FEWEST_ROWS = 3
_REGULAR = 1.0
"""How much likelier it is than other ways of reading, since rows seldom all end with a blank by chance."""


def ended_rows(cells: Sequence[Cell], blanks: int) -> Iterator[Layout]:
    """The ways to cut cells into rows, all as long and each with a blank behind it; a spanner makes the upper rows of
    the header shorter. So many `blanks` follow behind the last cell."""
    first = next((index for index, cell in enumerate(cells) if is_figure_cell(cell)), len(cells))
    for width in range(_NARROWEST, min(_WIDEST, len(cells) // _FEWEST_ROWS) + 1):
        for missing in range(1, min(blanks, width) + 1):
            whole = [*cells, *[()] * missing]
            # Above the body a blank may stand as far apart by chance.
            for start in range(_first_row(whole, width + 1), first + 1, width + 1):
                rows = [list(whole[at : at + width]) for at in range(start, len(whole), width + 1)]
                if len(rows) >= _FEWEST_ROWS:
                    ways = (_layout(upper, rows, width) for upper in _upper_rows(whole[:start], width))
                    yield from filter(None, ways)


def _first_row(cells: Sequence[Cell], length: int) -> int:
    """Where the first of the rows of a length begins that all end with a blank and print something, up to the last."""
    start = len(cells)
    while start >= length and not cells[start - 1] and any(cells[start - length : start]):
        start -= length
    return start


def _upper_rows(cells: Sequence[Cell], width: int) -> Iterator[list[PieceRow]]:
    """The ways to cut the cells above into rows that end with a blank: the first has no blank cell, and two at the most
    stand below it. None where the last does not end with a blank."""
    if not cells or cells[-1]:
        yield from () if cells else ([],)
        return
    end = next(index for index, cell in enumerate(cells) if not cell)
    top, below = list(cells[:end]), list(cells[end + 1 :])
    if not top:
        return
    if len(below) <= width + 1:
        yield [top, below[:-1]] if below else [top]
    for cut in range(max(len(below) - width - 1, 2), min(width + 2, len(below) - 1)):
        if not below[cut - 1] and any(below[: cut - 1]) and any(below[cut:]):
            yield [top, below[: cut - 1], below[cut:-1]]


def _layout(upper: Sequence[PieceRow], rows: Sequence[PieceRow], width: int) -> Layout | None:
    """The header and the body that rows make, None where they make none."""
    top = next((index for index, row in enumerate(rows) if any(map(is_figure_cell, row)) and not is_numbering(row)), 0)
    header = [*upper, *rows[:top]]
    # Levels of codes may stand in the row that numbers the columns: then it is the lowest of the labels.
    numbering = [row for row in header[-1:] if is_numbering(row) and not any(is_level(key_of(cell)) for cell in row)]
    labels = header[: len(header) - len(numbering)]
    body = list(rows[top:])
    kinds = kinds_of(body, certain=True)
    if kinds is None or not labels or not any(map(any, body)):
        return None
    found = header_of_rows(labels, width, Body(kinds, amounts_of(list(map(texts_of, body)))))
    return Layout([*found[0], *numbering], body, found[1] - _REGULAR) if found is not None else None
