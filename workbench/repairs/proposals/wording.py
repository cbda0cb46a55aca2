"""Edits and cells in words: by the titles, labels and heads that a reviewer knows them by, in English and Chinese."""

from __future__ import annotations

import re

from workbench.model.amount import FigureKind, read_figure
from workbench.model.edit import (
    DeleteRows,
    Edit,
    InsertColumn,
    InsertRows,
    MergeRows,
    SetCell,
    SetUnit,
    ShiftCells,
    SplitRow,
)
from workbench.model.message import Message
from workbench.model.table import CellRef, Document, Table

_NUMBERED = re.compile(r"[\d\s=＝+＋\-－()（）]+")
"""The number of a column, or how its figures are made of those of others: 7=8+11."""

_LONGEST_LABEL = 16
_LONGEST_ROW = 32
"""Longer labels, and rows, are cut: a place is to be recognised, not to be read."""


def describe_edit(document: Document, edit: Edit) -> Message:
    """One edit in words."""
    match edit:
        case SetCell():
            place = place_of(document, edit.ref)
            return Message(
                f"{place.en}: {edit.before or '(blank)'} → {edit.after or '(blank)'}",
                f"{place.zh}：{edit.before or '空白'} → {edit.after or '空白'}",
            )
        case ShiftCells():
            place = place_of(document, edit.ref)
            way = ("right", "右") if edit.by > 0 else ("left", "左")
            figures = " ".join(text for text in edit.before if text)
            return Message(f"{place.en}: {figures} one column {way[0]}", f"{place.zh}：{figures} {way[1]}移一列")
    return describe_shape(edit, document)


def describe_shape(edit: Edit, document: Document | None = None) -> Message:
    """One edit of the shape or the unit of a table in words; with its document the table is called by its title, else
    by its id."""
    table = _table_of(edit)
    if document is not None:
        table = name_of(document, table)
    match edit:
        case SetUnit():
            return Message(f"{table}: {edit.before} → {edit.after}", f"{table}：单位 {edit.before} → {edit.after}")
        case MergeRows():
            first, second = edit.row + 1, edit.row + 2
            return Message(f"{table} rows {first} and {second} become one", f"{table} 第 {first}、{second} 行合为一行")
        case DeleteRows() if len(edit.before) > 1:
            first, last = edit.row + 1, edit.row + len(edit.before)
            return Message(f"{table} rows {first} to {last} are taken out", f"{table} 删去第 {first} 至 {last} 行")
        case DeleteRows():
            return Message(f"{table} row {edit.row + 1} is taken out", f"{table} 删去第 {edit.row + 1} 行")
        case SplitRow():
            return Message(f"{table} row {edit.row + 1} becomes two", f"{table} 第 {edit.row + 1} 行拆为两行")
        case InsertRows():
            name = _clipped(" ".join(text for text in edit.texts[0] if text), _LONGEST_ROW)
            return Message(f"{table} gets row {edit.row + 1}, {name}", f"{table} 补入第 {edit.row + 1} 行 {name}")
        case InsertColumn():
            name = _clipped(edit.header[-1] if edit.header else "")
            return Message(
                f"{table} gets column {edit.column + 1}, {name}",
                f"{table} 补入第 {edit.column + 1} 列 {name}",
            )
    return Message(type(edit).__name__, type(edit).__name__)


def _table_of(edit: Edit) -> str:
    match edit:
        case SetUnit() | MergeRows() | DeleteRows() | SplitRow() | InsertRows() | InsertColumn():
            return edit.table
    return ""


def place_of(document: Document, ref: CellRef) -> Message:
    """A cell by its table, the label of its row and the head of its column."""
    table = next((table for table in document.tables if table.id == ref.table), None)
    if table is None:
        stated = next((stated for stated in document.stated if stated.id == ref.table), None)
        name = _clipped(stated.label) if stated is not None else ref.table
        return Message(name, name)
    label = _clipped(_label_of(table, ref))
    path = table.column_path(ref.column) if ref.column < table.width else ()
    head = _clipped(next((text for text in reversed(path) if not _NUMBERED.fullmatch(text)), ""))
    row = (label, label) if label else (f"row {ref.row + 1}", f"第 {ref.row + 1} 行")
    return Message(
        " ".join(part for part in (name_of(document, ref.table), row[0], head) if part),
        " ".join(part for part in (name_of(document, ref.table), row[1], head) if part),
    )


def _label_of(table: Table, ref: CellRef) -> str:
    """The nearest label left of a cell that no other row has in its column, or the nearest where all are repeated; ""
    where the row has none."""
    columns = [column for column in range(ref.column - 1, -1, -1) if _is_label(table.rows[ref.row][column].text)]
    labels = [table.rows[ref.row][column].text for column in columns]
    for column, label in zip(columns, labels, strict=True) if len(labels) > 1 else ():
        if sum(row[column].text == label for row in table.rows) == 1:
            return label
    return labels[0] if labels else ""


def name_of(document: Document, table: str) -> str:
    """The title of a table as a reviewer knows it, cut where it is long; its id where it has none."""
    found = next((found for found in document.tables if found.id == table), None)
    return _clipped(found.title) if found is not None and found.title else table


def _clipped(text: str, most: int = _LONGEST_LABEL) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def _is_label(text: str) -> bool:
    return read_figure(text).kind is FigureKind.TEXT
