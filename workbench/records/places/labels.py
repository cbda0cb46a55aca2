"""What names a cell to a person: the label of its row and of its column. By these every step finds it again.

A step that is about no cell is named by what it stands between or puts together: new rows and a cut by the rows above
and below, a new column by the heads left and right of it, joined tables by their titles.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.model.amount import FigureKind
from workbench.model.edit import (
    Edit,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    SetCell,
    ShiftCells,
    SplitCell,
    SplitTable,
    apply_edit,
)
from workbench.model.table import CellRef, Document, Row, Table

Labels = tuple[str, str]


def labels_of(document: Document, edit: Edit) -> Labels:
    """What names the place of an edit: of a cell its row label and its column label, "" where there is none."""
    match edit:
        case SetCell() | ShiftCells() | MergeCells() | SplitCell():
            return labels_at(document, edit.ref)
        case InsertRows() | SplitTable():
            table = _table(document, edit.table)
            return _neighbours([row_text(row) for row in table.rows], edit.row) if table else ("", "")
        case InsertColumn():
            table = _table(document, edit.table)
            return _neighbours(_heads(table), edit.column) if table else ("", "")
        case JoinTables():
            titles = [
                found.title if found else "" for found in (_table(document, edit.table), _table(document, edit.other))
            ]
            return titles[0], titles[1]
    return "", ""


def labels_at(document: Document, ref: CellRef) -> Labels:
    """The row label and the column label of a cell, "" where there is none."""
    for stated in document.stated:
        if stated.id == ref.table:
            return stated.label, ""
    try:
        table = document.table(ref.table)
        table.cell(ref.row, ref.column)
    except (KeyError, IndexError):
        return "", ""
    if ref.row < 0:
        return "", ""
    return row_label(table.rows[ref.row], ref.column), "/".join(table.column_path(ref.column))


def labelled(document: Document, edits: tuple[Edit, ...]) -> tuple[Labels, ...]:
    """The labels of each of several edits that are applied in order. Raises EditError where one does not fit."""
    return tuple(labels_of(before, edit) for before, edit in documents_before(document, edits))


def documents_before(document: Document, edits: tuple[Edit, ...]) -> Iterator[tuple[Document, Edit]]:
    """Each of several edits that are applied in order, with the document that it meets. Raises EditError."""
    for edit in edits:
        yield document, edit
        document = apply_edit(document, edit)


def row_label(row: Row, column: int) -> str:
    """What names a row, seen from one of its columns: the nearest text to the left with the codes before it."""
    names: list[str] = []
    for index in range(column - 1, -1, -1):
        text = row[index].text
        kind = row[index].figure.kind
        if not names:
            if kind is FigureKind.TEXT:
                names.append(text)
        elif kind is FigureKind.TEXT or (kind is FigureKind.NUMBER and text.isdigit()):
            names.append(text)
        else:
            break
    if not names:
        names = [cell.text for cell in row[:column] if cell.text][:1]
    return " ".join(reversed(names))


def row_text(row: Row) -> str:
    """What names a whole row: its first text, or where it has none its first figure."""
    texts = [cell.text for cell in row if cell.text]
    return next((cell.text for cell in row if cell.figure.kind is FigureKind.TEXT), texts[0] if texts else "")


def _neighbours(names: list[str], place: int) -> Labels:
    """The names before and behind a place between things."""
    before = names[place - 1] if 0 < place <= len(names) else ""
    return before, names[place] if 0 <= place < len(names) else ""


def _heads(table: Table) -> list[str]:
    return ["/".join(table.column_path(column)) for column in range(table.width)]


def _table(document: Document, identifier: str) -> Table | None:
    return next((table for table in document.tables if table.id == identifier), None)
