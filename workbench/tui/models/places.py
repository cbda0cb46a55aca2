"""What places of a document are called: by the labels of row and column, as they are printed there."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.config.messages import Phrasebook
from workbench.model.amount import FigureKind
from workbench.model.table import CellRef, Document, Row, Table
from workbench.tui.drawing.display import fit, shown, width

_FIGURES = (FigureKind.NUMBER, FigureKind.GARBLED)
_SEQUENCE = "序号"
_BETWEEN = " · "
_CUT_LEFT = "‹"
_LEAST_NAME = 8
"""Terminal cells of a name that still tells something."""


def row_label(table: Table, row: int, column: int | None = None) -> str:
    """What names a row, seen from one of its columns: the names of its own side of the table (收入 | 支出), with the
    codes before them; of a table without a header the nearest text to the left. "" where nothing does."""
    cells = table.rows[row] if row < len(table.rows) else ()
    if column is not None and not table.header:
        left = [index for index in range(column) if cells[index].figure.kind is FigureKind.TEXT]
        return cells[left[-1]].text if left else cells[column].text if column < len(cells) else ""
    labels = list(side_labels(table, row))
    if not labels:
        return _codes(table, cells)
    before = [text for at, text in labels if column is not None and at <= column]
    return before[-1] if before else labels[0][1]


def side_labels(table: Table, row: int) -> Iterator[tuple[int, str]]:
    """The names in a row with their columns: the first text,
    and each text that follows figures and is followed by some."""
    cells = table.rows[row]
    seen_figures, named = False, False
    for column, cell in enumerate(cells):
        kind = cell.figure.kind
        if kind is FigureKind.TEXT and (not named or (seen_figures and _are_figures(cells[column + 1 : column + 2]))):
            codes = "" if named else _codes(table, cells[:column])
            yield column, f"{codes} {cell.text}".strip()
            named, seen_figures = True, False
        elif named and kind is not FigureKind.TEXT:
            seen_figures = True


def _are_figures(cells: Row) -> bool:
    return bool(cells) and cells[0].figure.kind is not FigureKind.TEXT


def _codes(table: Table, cells: Row) -> str:
    """The codes that a row begins with, which may be spread over columns (类 款 项)."""
    found: list[str] = []
    for column, cell in enumerate(cells):
        if cell.figure.kind in _FIGURES and not cell.text.isdigit():
            break
        if cell.text.isdigit() and _SEQUENCE not in table.column_path(column)[-1:]:
            found.append(cell.text)
    return " ".join(found)


def column_label(table: Table, column: int) -> str:
    """What names a column: the lowest header text over it."""
    path = [text for text in table.column_path(column) if not text.isdigit()] if column < table.width else []
    return path[-1] if path else ""


def place_words(document: Document, ref: CellRef) -> str:
    """A place in words: row and column as they are labelled, by number where they are not."""
    for stated in document.stated:
        if stated.id == ref.table:
            return stated.label
    try:
        table = document.table(ref.table)
    except KeyError:
        return ref.table
    row = row_label(table, ref.row, ref.column)
    column = column_label(table, ref.column)
    if not row and len(table.rows) > 1:
        row = f"#{ref.row + 1}"
    if not column and not row:
        return f"#{ref.row + 1} · {ref.column + 1}"
    return _BETWEEN.join(part for part in (row, column) if part)


def short_place(words: str, cells: int) -> str:
    """A place in words in at most so many terminal cells: a long name of the row is cut, that of the column stays."""
    drawn = shown(words)
    if width(drawn) <= cells:
        return drawn
    row, dot, column = drawn.rpartition(_BETWEEN)
    rest = cells - width(dot + column)
    return _short_name(row, rest) + dot + column if row and rest >= _LEAST_NAME else _short_name(drawn, cells)


def _short_name(name: str, cells: int) -> str:
    """A name in at most so many terminal cells: of one that goes down in steps (支出/事务/运行) the last ones stay,
    which tell it from its neighbours."""
    number, steps = name.partition(" ")[::2] if name.startswith("#") else ("", name)
    before, parts = f"{number} {_CUT_LEFT}".lstrip(), steps.split("/")
    ends = [f"{before}/{'/'.join(parts[first:])}" for first in range(1, len(parts))]
    whole = next((end for end in ends if width(end) <= cells), None)
    return whole or fit(ends[-1] if ends else name, cells).rstrip()


def table_words(document: Document, identifier: str, say: Phrasebook) -> str:
    """A table in a few words: its title, else its form."""
    if any(stated.id == identifier for stated in document.stated):
        return say("review.stated")
    try:
        table = document.table(identifier)
    except KeyError:
        return identifier
    return table.title or say(f"form.{table.form.value}")
