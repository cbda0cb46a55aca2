"""A record replayed over a fresh parse: which tables its steps lead to, and which of them no longer fit.

A correction whose place shows something else than it was made on is looked for by the labels of its row and column, or
by the texts of its rows; where these find exactly one place it moves there, else it is stale: reported, never dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    EditError,
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
    apply_edit,
)
from workbench.model.message import Message
from workbench.model.record import Action, Correction, Decision, Flag, RecordedTable, ReviewRecord
from workbench.model.table import CellRef, Document, Row, Table
from workbench.records.actions import fingerprint

Labels = tuple[str, str]
CELL_EDITS = (SetCell, SetHeaderCell, ShiftCells, MergeCells, SplitCell)
"""The edits that name one cell."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A correction that does not fit the document as it is read now, and why. `satisfied` says that the document now
    shows what it would have made, so that there is nothing left to correct."""

    correction: Correction
    reason: Message
    satisfied: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where the steps of a record lead. `edits` are the edits as they were applied, `flags` and `decisions` those in
    force, each with its cell where that stands now (a flag whose cell is gone has row -1)."""

    document: Document
    edits: tuple[Edit, ...] = ()
    stale: tuple[Stale, ...] = ()
    flags: tuple[Flag, ...] = ()
    decisions: tuple[Decision, ...] = ()
    moved: int = field(default=0)
    """How many corrections were found at another place than they were made."""


def replay(document: Document, actions: Iterable[Action]) -> Replayed:
    """The steps taken over the document as parsed."""
    replayed = Replayed(document)
    for action in actions:
        replayed = step(replayed, action)
    return replayed


def step(before: Replayed, action: Action) -> Replayed:
    """One step more."""
    match action:
        case Flag():
            others = tuple(flag for flag in before.flags if flag.ref != action.ref)
            kept = (*others, action) if action.flagged or action.note else others
            return replace(before, flags=kept)
        case Decision():
            return replace(before, decisions=(*before.decisions, action))
    try:
        document, edits = _apply(before.document, action)
    except EditError as error:
        satisfied = _satisfied(before.document, action)
        return replace(before, stale=(*before.stale, Stale(action, _reason(error, satisfied), satisfied)))
    after = replace(
        before,
        document=document,
        edits=before.edits + edits,
        moved=before.moved + (edits != action.edits),
    )
    if all(isinstance(edit, SetCell) for edit in edits):
        return after
    places = _documents_before(before.document, edits)
    return replace(
        after,
        flags=tuple(replace(flag, ref=_carried(flag.ref, places)) for flag in before.flags),
        decisions=tuple(
            decision if decision.cell is None else replace(decision, cell=_carried(decision.cell, places))
            for decision in before.decisions
        ),
    )


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


def table_of(edit: Edit) -> str:
    """The table (or stated figure) that an edit is about."""
    return edit.ref.table if isinstance(edit, CELL_EDITS) else edit.table


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
    extra = dict(record.extra)
    for action in (*record.actions, *record.undone):
        kept = extra.pop(f"action/{fingerprint(action)}", None)
        if kept is not None:
            extra[f"action/{fingerprint(renumbered(action, ids))}"] = kept
    of_tables = {f"tables/{old}": f"tables/{new}" for old, new in ids.items()}
    return replace(
        record,
        actions=tuple(renumbered(action, ids) for action in record.actions),
        undone=tuple(renumbered(action, ids) for action in record.undone),
        tables=tuple(replace(table, id=ids.get(table.id, table.id)) for table in record.tables),
        extra={of_tables.get(section, section): keys for section, keys in extra.items()},
    )


def renumbered(action: Action, ids: Mapping[str, str]) -> Action:
    """The step with the tables that it names called as they are now."""

    def ref(old: CellRef) -> CellRef:
        return replace(old, table=ids.get(old.table, old.table))

    match action:
        case Flag():
            return replace(action, ref=ref(action.ref))
        case Decision():
            return action if action.cell is None else replace(action, cell=ref(action.cell))
    edits: list[Edit] = []
    for edit in action.edits:
        if isinstance(edit, CELL_EDITS):
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
    return replace(ref, column=max(ref.column + edit.by, 0)) if inside else ref


def _moved_in_table(ref: CellRef, edit: Edit) -> CellRef | None:
    row, column = ref.row, ref.column
    match edit:
        case InsertRows():
            return replace(ref, row=row + len(edit.texts)) if row >= edit.row else ref
        case DeleteRows():
            count = len(edit.before)
            if edit.row <= row < edit.row + count:
                return None
            return replace(ref, row=row - count) if row >= edit.row else ref
        case MergeRows():
            return replace(ref, row=row - 1) if row > edit.row else ref
        case SplitRow():
            return replace(ref, row=row + 1) if row > edit.row else ref
        case SetHeaderRows():
            new = row + edit.before - edit.after
            return replace(ref, row=new) if new >= 0 else None
        case InsertColumn():
            return replace(ref, column=column + 1) if column >= edit.column else ref
        case DeleteColumn():
            if column == edit.column:
                return None
            return replace(ref, column=column - 1) if column > edit.column else ref
    return ref


def _documents_before(document: Document, edits: tuple[Edit, ...]) -> list[tuple[Document, Edit]]:
    pairs = []
    for edit in edits:
        pairs.append((document, edit))
        document = apply_edit(document, edit)
    return pairs


def _carried(ref: CellRef, places: list[tuple[Document, Edit]]) -> CellRef:
    """Where a cell stands after several edits; row and column -1 where it is gone."""
    for document, edit in places:
        moved = moved_ref(document, ref, edit)
        if moved is None:
            return CellRef(ref.table, -1, -1)
        ref = moved
    return ref


def _apply(document: Document, correction: Correction) -> tuple[Document, tuple[Edit, ...]]:
    applied: list[Edit] = []
    labels = chain(correction.labels, (("", "") for _ in correction.edits))
    for edit, label in zip(correction.edits, labels, strict=False):
        document, fitted = _fit(document, edit, label)
        applied.append(fitted)
    return document, tuple(applied)


def _fit(document: Document, edit: Edit, labels: Labels) -> tuple[Document, Edit]:
    """Apply the edit where it was made if that is still its place, else where its labels find exactly one cell."""
    named = any(labels)
    home = not named or _at_home(document, edit, labels)
    if home:
        try:
            return apply_edit(document, edit), edit
        except EditError:
            if named:
                raise
    own: list[Edit] = []
    others: list[Edit] = []
    for candidate in _candidates(document, edit, labels):
        (own if table_of(candidate) == table_of(edit) else others).append(candidate)
    if not own and not home and _half_at_home(document, edit, labels):
        return apply_edit(document, edit), edit
    # The same codes and columns stand in many tables: another one is asked only for what can be told apart there.
    elsewhere = not own and (home or _distinctive(edit) or not _has_table(document, table_of(edit)))
    places = _fitting(document, others if elsewhere else own)
    if len(places) != 1:
        raise EditError(f"{len(places)} places named {' / '.join(filter(None, labels))} show what it was made on")
    return places[0]


def _fitting(document: Document, edits: Iterable[Edit]) -> list[tuple[Document, Edit]]:
    """Those of the edits that can be applied, with what they lead to."""
    places: list[tuple[Document, Edit]] = []
    for edit in edits:
        try:
            places.append((apply_edit(document, edit), edit))
        except EditError:
            continue
    return places


def _at_home(document: Document, edit: Edit, labels: Labels) -> bool:
    """Whether the place of the edit has the labels that it had when the edit was made."""
    now = labels_of(document, edit)
    return all(match_key(new) == match_key(old) for new, old in zip(now, labels, strict=True))


def _half_at_home(document: Document, edit: Edit, labels: Labels) -> bool:
    """Whether one of the labels is as it was, and the cell shows the figure that it did: the other label was read
    anew, then, and not the cell moved."""
    if not isinstance(edit, SetCell) or not _distinctive(edit) or _text(document, edit.ref) != edit.before:
        return False
    now = labels_of(document, edit)
    return any(old and match_key(new) == match_key(old) for new, old in zip(now, labels, strict=True))


def _distinctive(edit: Edit) -> bool:
    """Whether what the edit was made on says something about its place; a blank or a zero is anywhere."""
    figure = read_figure(edit.before) if isinstance(edit, SetCell) else None
    return figure is None or (figure.kind not in (FigureKind.BLANK, FigureKind.DASH) and figure.value != 0)


def _has_table(document: Document, identifier: str) -> bool:
    return any(table.id == identifier for table in document.tables)


def _candidates(document: Document, edit: Edit, labels: Labels) -> Iterator[Edit]:
    match edit:
        case SetCell() | ShiftCells() | MergeCells() | SplitCell():
            for ref in _cells_labelled(document, labels):
                yield replace(edit, ref=ref)
        case DeleteRows(before=before) | MergeRows(before=before):
            for table, row in _rows_showing(document, before):
                yield replace(edit, table=table, row=row)
        case SplitRow(before=before):
            for table, row in _rows_showing(document, (before,)):
                yield replace(edit, table=table, row=row)
        case DeleteColumn():
            for found in document.tables:
                for column in range(found.width):
                    yield replace(edit, table=found.id, column=column)
        case _:
            return


def _cells_labelled(document: Document, labels: Labels) -> Iterator[CellRef]:
    row_name, column_name = (match_key(label) for label in labels)
    if not row_name:
        return
    for stated in document.stated:
        if not column_name and match_key(stated.label) == row_name:
            yield CellRef(stated.id, 0, 0)
    for table in document.tables:
        columns = [
            column for column in range(table.width) if match_key("/".join(table.column_path(column))) == column_name
        ]
        for index, row in enumerate(table.rows):
            for column in columns:
                if match_key(row_label(row, column)) == row_name:
                    yield CellRef(table.id, index, column)


def _rows_showing(document: Document, texts: tuple[tuple[str, ...], ...]) -> Iterator[tuple[str, int]]:
    for table in document.tables:
        shown = [tuple(cell.text for cell in row) for row in table.rows]
        for row in range(len(shown) - len(texts) + 1):
            if tuple(shown[row : row + len(texts)]) == texts:
                yield table.id, row


def _labels(table: Table, row: int, column: int) -> Labels:
    return row_label(table.rows[row], column), "/".join(table.column_path(column))


def _satisfied(document: Document, correction: Correction) -> bool:
    """Whether every cell that the correction sets already shows what it sets."""
    for edit, labels in zip(correction.edits, correction.labels, strict=False):
        if not isinstance(edit, SetCell):
            return False
        home = not any(labels) or _at_home(document, edit, labels)
        places = [edit.ref] if home else list(_cells_labelled(document, labels))
        if len(places) != 1 or _text(document, places[0]) != edit.after:
            return False
    return True


def _text(document: Document, ref: CellRef) -> str | None:
    try:
        return document.cell(ref).text
    except (KeyError, IndexError):
        return None


def _reason(error: EditError, satisfied: bool) -> Message:
    if satisfied:
        return Message("the document is now read as it was corrected to", "现在读出的内容已与更正后相同")
    return Message(f"it no longer fits: {error}", f"不再适用：{error}")
