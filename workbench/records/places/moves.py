"""Where a cell stands after edits of shape, and which table is which in a new reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    MergeRows,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetHeaderRows,
    SetTitle,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
)
from workbench.model.record import Action, Correction, Decision, Flag, RecordedTable, ReviewRecord
from workbench.model.table import CellRef, Document
from workbench.records.codec.actions import fingerprint

_CELL_EDITS = (SetCell, SetHeaderCell, ShiftCells, MergeCells, SplitCell)
"""The edits that name one cell."""


def table_of(edit: Edit) -> str:
    """The table (or stated figure) that an edit is about."""
    return edit.ref.table if isinstance(edit, _CELL_EDITS) else edit.table


def renumbering(recorded: Sequence[RecordedTable], actions: Iterable[Action], document: Document) -> dict[str, str]:
    """Which tables have another id now than in a record, by their form and title: a new parse that finds one table
    more numbers all that follow anew. Tables whose form and title are not their own stay as they are."""
    names = {table.id: (table.form, table.title) for table in recorded}
    for action in reversed([action for action in actions if isinstance(action, Correction)]):
        for edit in reversed(action.edits):
            if isinstance(edit, SetTitle | SetForm) and edit.table in names:
                form, title = names[edit.table]
                names[edit.table] = (edit.before, title) if isinstance(edit, SetForm) else (form, edit.before)
    now = {table.id: (table.form.value, table.title) for table in document.tables}
    recorded_names, new_names = Counter(names.values()), Counter(now.values())
    places = {name: identifier for identifier, name in now.items()}
    return {
        identifier: places[name]
        for identifier, name in names.items()
        if now.get(identifier) != name and recorded_names[name] == new_names[name] == 1
    }


def renumbered_record(record: ReviewRecord, ids: Mapping[str, str]) -> ReviewRecord:
    """The record with its tables called as they are now; unknown keys stay with what they were put to."""
    record = with_steps(record, lambda action: renumbered(action, ids))
    of_tables = {f"tables/{old}": f"tables/{new}" for old, new in ids.items()}
    return replace(
        record,
        tables=tuple(replace(table, id=ids.get(table.id, table.id)) for table in record.tables),
        extra={of_tables.get(section, section): keys for section, keys in record.extra.items()},
    )


def with_steps(record: ReviewRecord, change: Callable[[Action], Action]) -> ReviewRecord:
    """The record with every step changed; unknown keys stay with the step that they were put to."""
    extra = dict(record.extra)
    for action in (*record.actions, *record.undone):
        kept = extra.pop(f"action/{fingerprint(action)}", None)
        if kept is not None:
            extra[f"action/{fingerprint(change(action))}"] = kept
    return replace(
        record, actions=tuple(map(change, record.actions)), undone=tuple(map(change, record.undone)), extra=extra
    )


def renumbered(action: Action, ids: Mapping[str, str]) -> Action:
    """The step with the tables that it names called as they are now."""

    def ref(old: CellRef) -> CellRef:
        return old._replace(table=ids.get(old.table, old.table))

    match action:
        case Flag():
            return replace(action, ref=ref(action.ref))
        case Decision():
            return action if action.cell is None else replace(action, cell=ref(action.cell))
    edits: list[Edit] = []
    for edit in action.edits:
        if isinstance(edit, _CELL_EDITS):
            edits.append(replace(edit, ref=ref(edit.ref)))
        elif isinstance(edit, JoinTables):
            edits.append(JoinTables(ids.get(edit.table, edit.table), ids.get(edit.other, edit.other)))
        else:
            edits.append(replace(edit, table=ids.get(edit.table, edit.table)))
    return replace(action, edits=tuple(edits))


def moved_ref(document: Document, ref: CellRef, edit: Edit) -> CellRef | None:
    """Where the cell at `ref` stands after an edit of the document, None where it is gone with its row, column or
    table."""
    if isinstance(edit, SetCell):
        return ref
    if isinstance(edit, JoinTables) and edit.other == ref.table:
        return CellRef(edit.table, len(document.table(edit.table).rows) + ref.row, ref.column)
    if isinstance(edit, DeleteTable):
        return None if edit.table == ref.table else ref
    if isinstance(edit, SplitTable):
        if edit.table != ref.table or ref.row < edit.row:
            return ref
        return CellRef(edit.new_id, ref.row - edit.row, ref.column)
    if isinstance(edit, ShiftCells):
        return _moved_by_shift(ref, edit)
    if isinstance(edit, InsertRows | DeleteRows | MergeRows | SplitRow | InsertColumn | DeleteColumn | SetHeaderRows):
        return _moved_in_table(ref, edit) if edit.table == ref.table and ref.row >= 0 else ref
    return ref


def _moved_by_shift(ref: CellRef, edit: ShiftCells) -> CellRef:
    same_row = (ref.table, ref.row) == (edit.ref.table, edit.ref.row)
    inside = same_row and ref.column >= edit.ref.column and (edit.last < 0 or ref.column <= edit.last)
    return ref._replace(column=max(ref.column + edit.by, 0)) if inside else ref


def _moved_in_table(ref: CellRef, edit: Edit) -> CellRef | None:
    row, column = ref.row, ref.column
    match edit:
        case InsertRows():
            return ref._replace(row=row + len(edit.texts)) if row >= edit.row else ref
        case DeleteRows():
            count = len(edit.before)
            if edit.row <= row < edit.row + count:
                return None
            return ref._replace(row=row - count) if row >= edit.row else ref
        case MergeRows():
            return ref._replace(row=row - 1) if row > edit.row else ref
        case SplitRow():
            return ref._replace(row=row + 1) if row > edit.row else ref
        case SetHeaderRows():
            new = row + edit.before - edit.after
            return ref._replace(row=new) if new >= 0 else None
        case InsertColumn():
            return ref._replace(column=column + 1) if column >= edit.column else ref
        case DeleteColumn():
            if column == edit.column:
                return None
            return ref._replace(column=column - 1) if column > edit.column else ref
    return ref
