"""A document with edits applied: of one cell, of one table, of which tables there are."""

from __future__ import annotations

from dataclasses import replace

from workbench.model.edit.kinds import (
    DeleteTable,
    Edit,
    EditError,
    JoinTables,
    MergeCells,
    SetCell,
    SetHeaderCell,
    ShiftCells,
    SplitCell,
    SplitTable,
)
from workbench.model.edit.on_cells import corrected, expect
from workbench.model.edit.on_table import edited
from workbench.model.table import Document, Table


def apply_edit(document: Document, edit: Edit) -> Document:
    """The document with one edit applied. Raises EditError where it does not fit."""
    if isinstance(edit, SetCell):
        return _set_cell(document, edit)
    identifier = edit.ref.table if isinstance(edit, SetHeaderCell | ShiftCells | MergeCells | SplitCell) else edit.table
    table = _find(document, identifier)
    match edit:
        case JoinTables():
            return _join(document, table, edit)
        case SplitTable():
            return _split(document, table, edit)
        case DeleteTable():
            expect(table.title, edit.before, table.id)
            return replace(document, tables=tuple(t for t in document.tables if t.id != table.id))
    changed = edited(table, edit, document.source)
    return replace(document, tables=tuple(changed if t.id == table.id else t for t in document.tables))


def apply_edits(document: Document, edits: tuple[Edit, ...]) -> Document:
    """The document with the edits applied in order. Raises EditError at the first that does not fit."""
    for edit in edits:
        document = apply_edit(document, edit)
    return document


def _join(document: Document, table: Table, edit: JoinTables) -> Document:
    other = _find(document, edit.other)
    if other.width != table.width:
        raise EditError(f"{table.id} has {table.width} columns, {other.id} has {other.width}")
    joined = replace(table, rows=table.rows + other.rows, pages=tuple(sorted({*table.pages, *other.pages})))
    return replace(
        document, tables=tuple(joined if t.id == table.id else t for t in document.tables if t.id != other.id)
    )


def _split(document: Document, table: Table, edit: SplitTable) -> Document:
    if not 0 < edit.row < len(table.rows) or any(t.id == edit.new_id for t in document.tables):
        raise EditError(f"{table.id} cannot be split before row {edit.row + 1}")
    first = replace(table, rows=table.rows[: edit.row])
    second = replace(table, id=edit.new_id, rows=table.rows[edit.row :])
    pair = {table.id: (first, second)}
    return replace(document, tables=tuple(new for t in document.tables for new in pair.get(t.id, (t,))))


def _find(document: Document, identifier: str) -> Table:
    try:
        return document.table(identifier)
    except KeyError:
        raise EditError(f"there is no table {identifier}") from None


def _set_cell(document: Document, edit: SetCell) -> Document:
    ref, tables = edit.ref, document.tables
    place = next((at for at, table in enumerate(tables) if table.id == ref.table), None)
    try:
        cell = document.cell(ref) if place is None else tables[place].cell(ref.row, ref.column)
    except (KeyError, IndexError):
        raise EditError(f"there is no cell {ref}") from None
    expect(cell.text, edit.before, ref)
    new = corrected(cell, edit.after)
    if place is None:
        stated_figures = tuple(replace(s, cell=new) if s.id == ref.table else s for s in document.stated)
        return replace(document, stated=stated_figures)
    changed = tables[place].with_cell(ref.row, ref.column, new)
    return replace(document, tables=(*tables[:place], changed, *tables[place + 1 :]))
