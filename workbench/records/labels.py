"""What names a cell to a person: the label of its row and of its column. By these a correction finds it again."""

from __future__ import annotations

from workbench.model.amount import FigureKind
from workbench.model.edit import (
    Edit,
    MergeCells,
    SetCell,
    ShiftCells,
    SplitCell,
    apply_edit,
)
from workbench.model.table import Document, Row, Table

Labels = tuple[str, str]


def labels_of(document: Document, edit: Edit) -> Labels:
    """The row label and the column label of the cell that an edit is about, "" where there is none."""
    if not isinstance(edit, SetCell | ShiftCells | MergeCells | SplitCell):
        return "", ""
    for stated in document.stated:
        if stated.id == edit.ref.table:
            return stated.label, ""
    try:
        table = document.table(edit.ref.table)
        table.cell(edit.ref.row, edit.ref.column)
    except (KeyError, IndexError):
        return "", ""
    return _labels(table, edit.ref.row, edit.ref.column)


def labelled(document: Document, edits: tuple[Edit, ...]) -> tuple[Labels, ...]:
    """The labels of each of several edits that are applied in order. Raises EditError where one does not fit."""
    labels = []
    for edit in edits:
        labels.append(labels_of(document, edit))
        document = apply_edit(document, edit)
    return tuple(labels)


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


def _labels(table: Table, row: int, column: int) -> Labels:
    return row_label(table.rows[row], column), "/".join(table.column_path(column))
