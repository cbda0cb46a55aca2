"""Edits: what a reviewer (or a suggestion) changes, as data.

An edit names its place by table id, row and column *at the moment it is applied*; corrections are replayed in order.
Every edit carries what it found (`before`), so that a replay over another parse can tell when it no longer fits.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from workbench.model.amount import FigureKind, read_figure
from workbench.model.table import CellRef


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
    ref: CellRef | None = fields.pop("ref", None)
    place = {} if ref is None else ref._asdict()
    return {"kind": edit_kind(edit), **place, **fields}


def touches_structure(edit: Edit) -> bool:
    """Whether checks must be built anew after it, and not only evaluated: anything but a figure put for a figure of
    its kind (an amount for an amount, a percentage for a percentage)."""
    if not isinstance(edit, SetCell):
        return True
    before, after = read_figure(edit.before), read_figure(edit.after)
    return FigureKind.TEXT in (before.kind, after.kind) or before.percent != after.percent
