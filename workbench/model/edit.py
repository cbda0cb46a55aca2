"""Edits: what a reviewer (or a suggestion) changes, as data; and what tables they lead to.

An edit names its place by table id, row and column *at the moment it is applied*; corrections are replayed in order.
Every edit carries what it found (`before`), so that a replay over another parse can tell when it no longer fits.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from workbench.model.amount import FigureKind, read_figure
from workbench.model.table import Cell, CellRef, Document, Form, Row, Table


class EditError(ValueError):
    """The edit does not fit the tables it is applied to (it is stale, or out of range); the message says how."""


@dataclass(frozen=True, slots=True)
class SetCell:
    """One body cell or stated figure gets another text."""

    ref: CellRef
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetHeaderCell:
    """One header cell gets another text. `ref.row` counts header rows."""

    ref: CellRef
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShiftCells:
    """The cells of one row from column `ref.column` on move by `by` columns (positive: right). What moves out at the
    end, or is moved over, must be empty. `last` bounds the run (inclusive), -1 for the end of the row."""

    ref: CellRef
    by: int
    before: tuple[str, ...]
    last: int = -1


@dataclass(frozen=True, slots=True)
class InsertRows:
    """New rows before row `row` (or at the end)."""

    table: str
    row: int
    texts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class DeleteRows:
    """`len(before)` rows from `row` on are removed; `before` holds their texts."""

    table: str
    row: int
    before: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class InsertColumn:
    """A new column before column `column` (or at the end), with these header texts; its body cells are blank."""

    table: str
    column: int
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeleteColumn:
    """A column is removed; `before` holds its texts, header first."""

    table: str
    column: int
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeRows:
    """Rows `row` and `row + 1` become one; the texts of each column are joined without a space."""

    table: str
    row: int
    before: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One row becomes two: of column i the first `offsets[i]` characters stay, the rest goes to the new row below."""

    table: str
    row: int
    offsets: tuple[int, ...]
    before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergeCells:
    """Cell `ref` takes the text of its right neighbour behind its own; the neighbour becomes empty."""

    ref: CellRef
    before: tuple[str, str]


@dataclass(frozen=True, slots=True)
class SplitCell:
    """The text of `ref` from `offset` on moves into its empty right neighbour."""

    ref: CellRef
    offset: int
    before: str


@dataclass(frozen=True, slots=True)
class JoinTables:
    """The rows of `other` are appended to `table`, and `other` is gone. Both must have one width."""

    table: str
    other: str


@dataclass(frozen=True, slots=True)
class SplitTable:
    """The rows of `table` from `row` on become a table `new_id` with the same header."""

    table: str
    row: int
    new_id: str


@dataclass(frozen=True, slots=True)
class SetHeaderRows:
    """The first `after` of all rows, header and body together, become the header."""

    table: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class SetForm:
    """The table is another form than it was taken for."""

    table: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetUnit:
    """The table is in another unit than it was taken for."""

    table: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SetTitle:
    """The table has another title than was read."""

    table: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DeleteTable:
    """The table is none (running text, a page ornament); `before` is its title."""

    table: str
    before: str


Edit = (
    SetCell
    | SetHeaderCell
    | ShiftCells
    | InsertRows
    | DeleteRows
    | InsertColumn
    | DeleteColumn
    | MergeRows
    | SplitRow
    | MergeCells
    | SplitCell
    | JoinTables
    | SplitTable
    | SetHeaderRows
    | SetForm
    | SetUnit
    | SetTitle
    | DeleteTable
)

EDIT_KINDS: dict[str, type[Edit]] = {
    "set_cell": SetCell,
    "set_header_cell": SetHeaderCell,
    "shift_cells": ShiftCells,
    "insert_rows": InsertRows,
    "delete_rows": DeleteRows,
    "insert_column": InsertColumn,
    "delete_column": DeleteColumn,
    "merge_rows": MergeRows,
    "split_row": SplitRow,
    "merge_cells": MergeCells,
    "split_cell": SplitCell,
    "join_tables": JoinTables,
    "split_table": SplitTable,
    "set_header_rows": SetHeaderRows,
    "set_form": SetForm,
    "set_unit": SetUnit,
    "set_title": SetTitle,
    "delete_table": DeleteTable,
}
"""The name of each kind of edit in files."""


def edit_kind(edit: Edit) -> str:
    """The name of this edit's kind in files."""
    return next(name for name, kind in EDIT_KINDS.items() if type(edit) is kind)


def edit_fields(edit: Edit) -> dict[str, Any]:
    """An edit as plain data. A changed cell is `{table, row, column, before, after}`; other edits carry a `kind`."""
    if isinstance(edit, SetCell):
        place = {"table": edit.ref.table, "row": edit.ref.row, "column": edit.ref.column}
        return {**place, "before": edit.before, "after": edit.after}
    fields = asdict(edit)
    place = fields.pop("ref", {})
    return {"kind": edit_kind(edit), **place, **fields}


def touches_structure(edit: Edit) -> bool:
    """Whether checks must be built anew after it, and not only evaluated: anything but a figure put for a figure of
    its kind (an amount for an amount, a percentage for a percentage)."""
    if not isinstance(edit, SetCell):
        return True
    before, after = read_figure(edit.before), read_figure(edit.after)
    return FigureKind.TEXT in (before.kind, after.kind) or before.percent != after.percent


def corrected(cell: Cell, text: str) -> Cell:
    """The cell with `text` as its reviewed text; text equal to the printed one clears the correction."""
    return replace(cell, corrected=None if text == cell.printed else text)


def apply_edit(document: Document, edit: Edit) -> Document:
    """The document with one edit applied. Raises EditError where it does not fit."""
    if isinstance(edit, SetCell):
        return _set_cell(document, edit)
    identifier = edit.ref.table if isinstance(edit, SetHeaderCell | ShiftCells | MergeCells | SplitCell) else edit.table
    table = _find(document, identifier)
    if isinstance(edit, JoinTables):
        other = _find(document, edit.other)
        if other.width != table.width:
            raise EditError(f"{table.id} has {table.width} columns, {other.id} has {other.width}")
        joined = replace(table, rows=table.rows + other.rows, pages=tuple(sorted({*table.pages, *other.pages})))
        return replace(
            document, tables=tuple(joined if t.id == table.id else t for t in document.tables if t.id != other.id)
        )
    if isinstance(edit, DeleteTable):
        _expect(table.title, edit.before, table.id)
        return replace(document, tables=tuple(t for t in document.tables if t.id != table.id))
    if isinstance(edit, SplitTable):
        if not 0 < edit.row < len(table.rows) or any(t.id == edit.new_id for t in document.tables):
            raise EditError(f"{table.id} cannot be split before row {edit.row + 1}")
        first = replace(table, rows=table.rows[: edit.row])
        second = replace(table, id=edit.new_id, rows=table.rows[edit.row :])
        pair = {table.id: (first, second)}
        return replace(document, tables=tuple(new for t in document.tables for new in pair.get(t.id, (t,))))
    changed = _edit_table(table, edit)
    return replace(document, tables=tuple(changed if t.id == table.id else t for t in document.tables))


def apply_edits(document: Document, edits: tuple[Edit, ...]) -> Document:
    """The document with the edits applied in order. Raises EditError at the first that does not fit."""
    for edit in edits:
        document = apply_edit(document, edit)
    return document


def _find(document: Document, identifier: str) -> Table:
    try:
        return document.table(identifier)
    except KeyError:
        raise EditError(f"there is no table {identifier}") from None


def _expect(found: object, before: object, place: object) -> None:
    if found != before:
        raise EditError(f"{place} shows {found!r}, the edit was made on {before!r}")


def _set_cell(document: Document, edit: SetCell) -> Document:
    try:
        cell = document.cell(edit.ref)
    except (KeyError, IndexError):
        raise EditError(f"there is no cell {edit.ref}") from None
    _expect(cell.text, edit.before, edit.ref)
    new = corrected(cell, edit.after)
    if any(stated.id == edit.ref.table for stated in document.stated):
        stated_figures = tuple(replace(s, cell=new) if s.id == edit.ref.table else s for s in document.stated)
        return replace(document, stated=stated_figures)
    tables = tuple(
        table.with_cell(edit.ref.row, edit.ref.column, new) if table.id == edit.ref.table else table
        for table in document.tables
    )
    return replace(document, tables=tables)


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _added(text: str) -> Cell:
    return Cell("", corrected=text or None)


def _edit_table(table: Table, edit: Edit) -> Table:
    rows = list(table.rows)
    match edit:
        case SetForm():
            _expect(table.form.value, edit.before, table.id)
            if edit.after not in set(Form):
                raise EditError(f"there is no form {edit.after!r}")
            return replace(table, form=Form(edit.after))
        case SetUnit():
            _expect(table.unit, edit.before, table.id)
            return replace(table, unit=edit.after)
        case SetTitle():
            _expect(table.title, edit.before, table.id)
            return replace(table, title=edit.after)
        case SetHeaderRows():
            _expect(len(table.header), edit.before, table.id)
            together = table.header + table.rows
            if not 0 <= edit.after <= len(together):
                raise EditError(f"{table.id} has no {edit.after} rows")
            return replace(table, header=together[: edit.after], rows=together[edit.after :])
        case SetHeaderCell():
            header = list(table.header)
            if not (0 <= edit.ref.row < len(header) and 0 <= edit.ref.column < table.width):
                raise EditError(f"{table.id} has no header cell {edit.ref.row}, {edit.ref.column}")
            cells = list(header[edit.ref.row])
            _expect(cells[edit.ref.column].text, edit.before, edit.ref)
            cells[edit.ref.column] = corrected(cells[edit.ref.column], edit.after)
            header[edit.ref.row] = tuple(cells)
            return replace(table, header=tuple(header))
        case InsertRows():
            if not 0 <= edit.row <= len(rows) or any(len(texts) != table.width for texts in edit.texts):
                raise EditError(f"{table.id} takes no such rows before row {edit.row + 1}")
            rows[edit.row : edit.row] = [tuple(_added(text) for text in texts) for texts in edit.texts]
        case DeleteRows():
            found = tuple(_texts(row) for row in rows[edit.row : edit.row + len(edit.before)])
            _expect(found, edit.before, f"{table.id} row {edit.row + 1}")
            del rows[edit.row : edit.row + len(edit.before)]
        case MergeRows():
            found = tuple(_texts(row) for row in rows[edit.row : edit.row + 2])
            if len(found) != 2:
                raise EditError(f"{table.id} has no row below row {edit.row + 1}")
            _expect(found, edit.before, f"{table.id} row {edit.row + 1}")
            pair = zip(rows[edit.row], rows[edit.row + 1], strict=True)
            rows[edit.row : edit.row + 2] = [tuple(_joined(first, second) for first, second in pair)]
        case SplitRow():
            _check_row(table, edit.row)
            _expect(_texts(rows[edit.row]), edit.before, f"{table.id} row {edit.row + 1}")
            if len(edit.offsets) != table.width:
                raise EditError(f"{table.id} has {table.width} columns, {len(edit.offsets)} cuts were given")
            cuts = [_cut(cell, offset) for cell, offset in zip(rows[edit.row], edit.offsets, strict=True)]
            rows[edit.row : edit.row + 1] = [tuple(cut[0] for cut in cuts), tuple(cut[1] for cut in cuts)]
        case InsertColumn() | DeleteColumn():
            return _edit_columns(table, edit)
        case ShiftCells():
            _check_row(table, edit.ref.row)
            rows[edit.ref.row] = _shifted(table, rows[edit.ref.row], edit)
        case MergeCells() | SplitCell():
            _check_row(table, edit.ref.row)
            if not 0 <= edit.ref.column < table.width - 1:
                raise EditError(f"{edit.ref} has no right neighbour")
            cells = list(rows[edit.ref.row])
            left, right = cells[edit.ref.column : edit.ref.column + 2]
            if isinstance(edit, MergeCells):
                _expect((left.text, right.text), edit.before, edit.ref)
                pair_of_cells = (_joined(left, right), Cell(""))
            else:
                _expect(left.text, edit.before, edit.ref)
                if right.text:
                    raise EditError(f"the right neighbour of {edit.ref} is not empty")
                pair_of_cells = _cut(left, edit.offset)
            cells[edit.ref.column : edit.ref.column + 2] = pair_of_cells
            rows[edit.ref.row] = tuple(cells)
        case _:
            raise EditError(f"{type(edit).__name__} does not apply to one table")
    return replace(table, rows=tuple(rows))


def _check_row(table: Table, row: int) -> None:
    if not 0 <= row < len(table.rows):
        raise EditError(f"{table.id} has no row {row + 1}")


def _joined(first: Cell, second: Cell) -> Cell:
    printed = first.printed + second.printed
    text = first.text + second.text
    return Cell(printed, first.anchors + second.anchors, corrected=None if text == printed else text)


def _cut(cell: Cell, offset: int) -> tuple[Cell, Cell]:
    head, tail = cell.text[:offset], cell.text[offset:]
    if not tail:
        return cell, Cell("")
    if not head:
        return Cell(""), cell
    return Cell(head, cell.anchors), Cell(tail, cell.anchors)


def _edit_columns(table: Table, edit: InsertColumn | DeleteColumn) -> Table:
    if isinstance(edit, InsertColumn):
        if not 0 <= edit.column <= table.width or len(edit.header) != len(table.header):
            raise EditError(f"{table.id} takes no such column at {edit.column + 1}")
        heads = [_added(text) for text in edit.header]
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
    _expect(found, edit.before, f"{table.id} column {edit.column + 1}")
    return replace(
        table,
        header=tuple((*row[: edit.column], *row[edit.column + 1 :]) for row in table.header),
        rows=tuple((*row[: edit.column], *row[edit.column + 1 :]) for row in table.rows),
    )


def _shifted(table: Table, row: Row, edit: ShiftCells) -> Row:
    start = edit.ref.column
    end = table.width if edit.last < 0 else edit.last + 1
    if not 0 <= start < end <= table.width:
        raise EditError(f"{edit.ref} starts no run of cells")
    _expect(_texts(row[start:end]), edit.before, edit.ref)
    moving = {start + index + edit.by: cell for index, cell in enumerate(row[start:end]) if cell.text}
    if any(not 0 <= column < table.width for column in moving):
        raise EditError(f"the cells of {edit.ref} do not fit in when moved by {edit.by}")
    cells = [Cell("") if start <= column < end else cell for column, cell in enumerate(row)]
    for column, cell in moving.items():
        if cells[column].text:
            raise EditError(f"{table.id} row {edit.ref.row + 1} column {column + 1} is not empty")
        cells[column] = cell
    return tuple(cells)
