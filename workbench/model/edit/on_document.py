"""A document with edits applied: of one cell, of one table, of which tables there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

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
from workbench.model.table import Cell, Document, Row, Table


def apply_edit(document: Document, edit: Edit) -> Document:
    """The document with one edit applied. Raises EditError where it does not fit."""
    if isinstance(edit, SetCell):
        return _set_cells(document, (edit,))
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
    for of_cells, run in groupby(edits, key=lambda edit: isinstance(edit, SetCell)):
        if of_cells:
            document = _set_cells(document, [edit for edit in run if isinstance(edit, SetCell)])
        else:
            for edit in run:
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


def _set_cells(document: Document, edits: Iterable[SetCell]) -> Document:
    """The document with the cells set in order; a table of which several are set is made anew once."""
    places = {table.id: at for at, table in enumerate(document.tables)}
    tables = list(document.tables)
    grids: dict[int, list[Row]] = {}
    for edit in edits:
        ref = edit.ref
        place = places.get(ref.table)
        if place is None:
            document = _set_stated(document, edit)
            continue
        rows = grids.get(place)
        if rows is None:
            rows = grids[place] = list(tables[place].rows)
        if ref.row < 0 or ref.column < 0 or ref.row >= len(rows) or ref.column >= len(rows[ref.row]):
            raise EditError(f"there is no cell {ref}")
        row = rows[ref.row]
        rows[ref.row] = (*row[: ref.column], _set(row[ref.column], edit), *row[ref.column + 1 :])
    for place, rows in grids.items():
        tables[place] = replace(tables[place], rows=tuple(rows))
    return replace(document, tables=tuple(tables)) if grids else document


def _set_stated(document: Document, edit: SetCell) -> Document:
    try:
        new = _set(document.cell(edit.ref), edit)
    except (KeyError, IndexError):
        raise EditError(f"there is no cell {edit.ref}") from None
    stated_figures = tuple(replace(s, cell=new) if s.id == edit.ref.table else s for s in document.stated)
    return replace(document, stated=stated_figures)


def _set(cell: Cell, edit: SetCell) -> Cell:
    expect(cell.text, edit.before, edit.ref)
    return corrected(cell, edit.after)
