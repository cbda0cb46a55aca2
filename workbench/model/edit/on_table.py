"""A table with one edit applied: its properties, its header, its rows and columns."""

from __future__ import annotations

from dataclasses import replace

from workbench.model.edit.kinds import (
    DeleteColumn,
    DeleteRows,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    MergeCells,
    MergeRows,
    SetForm,
    SetHeaderCell,
    SetHeaderRows,
    SetTitle,
    SetUnit,
    ShiftCells,
    SplitCell,
    SplitRow,
)
from workbench.model.edit.on_cells import added, corrected, cut, expect, joined, texts
from workbench.model.source import SourceDocument
from workbench.model.table import Cell, Form, Row, Table


def edited(table: Table, edit: Edit, source: SourceDocument) -> Table:
    """The table of `source` after the edit. Raises EditError where it does not fit, or is not about one table."""
    match edit:
        case SetForm() | SetUnit() | SetTitle():
            return _set_property(table, edit)
        case SetHeaderRows():
            return _set_header_rows(table, edit)
        case SetHeaderCell():
            return _set_header_cell(table, edit)
        case InsertRows() | DeleteRows() | MergeRows() | SplitRow():
            return _edit_rows(table, edit, source)
        case InsertColumn() | DeleteColumn():
            return _edit_columns(table, edit)
        case ShiftCells() | MergeCells() | SplitCell():
            _check_row(table, edit.ref.row)
            row = table.rows[edit.ref.row]
            changed = (
                _shifted(table, row, edit) if isinstance(edit, ShiftCells) else _with_pair(table, row, edit, source)
            )
            return replace(table, rows=(*table.rows[: edit.ref.row], changed, *table.rows[edit.ref.row + 1 :]))
    raise EditError(f"{type(edit).__name__} does not apply to one table")


def _set_property(table: Table, edit: SetForm | SetUnit | SetTitle) -> Table:
    match edit:
        case SetForm():
            expect(table.form.value, edit.before, table.id)
            if edit.after not in set(Form):
                raise EditError(f"there is no form {edit.after!r}")
            return replace(table, form=Form(edit.after))
        case SetUnit():
            expect(table.unit, edit.before, table.id)
            return replace(table, unit=edit.after)
        case SetTitle():
            expect(table.title, edit.before, table.id)
            return replace(table, title=edit.after)


def _set_header_rows(table: Table, edit: SetHeaderRows) -> Table:
    expect(len(table.header), edit.before, table.id)
    together = table.header + table.rows
    if not 0 <= edit.after <= len(together):
        raise EditError(f"{table.id} has no {edit.after} rows")
    return replace(table, header=together[: edit.after], rows=together[edit.after :])


def _set_header_cell(table: Table, edit: SetHeaderCell) -> Table:
    header = list(table.header)
    if not (0 <= edit.ref.row < len(header) and 0 <= edit.ref.column < table.width):
        raise EditError(f"{table.id} has no header cell {edit.ref.row}, {edit.ref.column}")
    cells = list(header[edit.ref.row])
    expect(cells[edit.ref.column].text, edit.before, edit.ref)
    cells[edit.ref.column] = corrected(cells[edit.ref.column], edit.after)
    header[edit.ref.row] = tuple(cells)
    return replace(table, header=tuple(header))


def _edit_rows(table: Table, edit: InsertRows | DeleteRows | MergeRows | SplitRow, source: SourceDocument) -> Table:
    rows = list(table.rows)
    place = f"{table.id} row {edit.row + 1}"
    match edit:
        case InsertRows():
            if not 0 <= edit.row <= len(rows) or any(len(given) != table.width for given in edit.texts):
                raise EditError(f"{table.id} takes no such rows before row {edit.row + 1}")
            rows[edit.row : edit.row] = [tuple(added(text) for text in given) for given in edit.texts]
        case DeleteRows():
            expect(tuple(texts(row) for row in rows[edit.row : edit.row + len(edit.before)]), edit.before, place)
            del rows[edit.row : edit.row + len(edit.before)]
        case MergeRows():
            found = tuple(texts(row) for row in rows[edit.row : edit.row + 2])
            if len(found) != 2:
                raise EditError(f"{table.id} has no row below row {edit.row + 1}")
            expect(found, edit.before, place)
            pair = zip(rows[edit.row], rows[edit.row + 1], strict=True)
            rows[edit.row : edit.row + 2] = [tuple(joined(first, second) for first, second in pair)]
        case SplitRow():
            _check_row(table, edit.row)
            expect(texts(rows[edit.row]), edit.before, place)
            if len(edit.offsets) != table.width:
                raise EditError(f"{table.id} has {table.width} columns, {len(edit.offsets)} cuts were given")
            cuts = [cut(cell, offset, source) for cell, offset in zip(rows[edit.row], edit.offsets, strict=True)]
            rows[edit.row : edit.row + 1] = [tuple(two[0] for two in cuts), tuple(two[1] for two in cuts)]
    return replace(table, rows=tuple(rows))


def _edit_columns(table: Table, edit: InsertColumn | DeleteColumn) -> Table:
    if isinstance(edit, InsertColumn):
        if not 0 <= edit.column <= table.width or len(edit.header) != len(table.header):
            raise EditError(f"{table.id} takes no such column at {edit.column + 1}")
        heads = [added(text) for text in edit.header]
        return replace(
            table,
            header=tuple(
                (*row[: edit.column], head, *row[edit.column :]) for row, head in zip(table.header, heads, strict=True)
            ),
            rows=tuple((*row[: edit.column], Cell(""), *row[edit.column :]) for row in table.rows),
        )
    if not 0 <= edit.column < table.width:
        raise EditError(f"{table.id} has no column {edit.column + 1}")
    found = tuple(row[edit.column].text for row in table.header + table.rows)
    expect(found, edit.before, f"{table.id} column {edit.column + 1}")
    return replace(
        table,
        header=tuple((*row[: edit.column], *row[edit.column + 1 :]) for row in table.header),
        rows=tuple((*row[: edit.column], *row[edit.column + 1 :]) for row in table.rows),
    )


def _with_pair(table: Table, row: Row, edit: MergeCells | SplitCell, source: SourceDocument) -> Row:
    """The row with a cell and its right neighbour made one, or with one made both."""
    column = edit.ref.column
    if not 0 <= column < table.width - 1:
        raise EditError(f"{edit.ref} has no right neighbour")
    left, right = row[column : column + 2]
    if isinstance(edit, MergeCells):
        expect((left.text, right.text), edit.before, edit.ref)
        pair = (joined(left, right), Cell(""))
    else:
        expect(left.text, edit.before, edit.ref)
        if right.text:
            raise EditError(f"the right neighbour of {edit.ref} is not empty")
        pair = cut(left, edit.offset, source)
    return (*row[:column], *pair, *row[column + 2 :])


def _shifted(table: Table, row: Row, edit: ShiftCells) -> Row:
    start = edit.ref.column
    end = table.width if edit.last < 0 else edit.last + 1
    if not 0 <= start < end <= table.width:
        raise EditError(f"{edit.ref} starts no run of cells")
    expect(texts(row[start:end]), edit.before, edit.ref)
    moving = {start + index + edit.by: cell for index, cell in enumerate(row[start:end]) if cell.text}
    if any(not 0 <= column < table.width for column in moving):
        raise EditError(f"the cells of {edit.ref} do not fit in when moved by {edit.by}")
    cells = [Cell("") if start <= column < end else cell for column, cell in enumerate(row)]
    for column, cell in moving.items():
        if cells[column].text:
            raise EditError(f"{table.id} row {edit.ref.row + 1} column {column + 1} is not empty")
        cells[column] = cell
    return tuple(cells)


def _check_row(table: Table, row: int) -> None:
    if not 0 <= row < len(table.rows):
        raise EditError(f"{table.id} has no row {row + 1}")
