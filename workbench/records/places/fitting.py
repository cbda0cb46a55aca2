"""The place of a step in a new reading of the document: where the paper has it, where it was taken,
or where its labels or texts are now.

Nothing is put where it does not belong: an edit moves only where its spot or its labels find exactly one place that
shows what it was made on, a mark or a ruling on a cell where they find exactly one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    MergeRows,
    SetCell,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
    apply_edit,
)
from workbench.model.record import Correction
from workbench.model.table import CellRef, Document
from workbench.records.codec.actions import spots_of
from workbench.records.places.labels import Labels, labels_at, labels_of, row_label
from workbench.records.places.moves import table_of
from workbench.records.places.spots import Spot, cell_at, is_printed_at

_BETWEEN = (InsertRows, SplitTable, InsertColumn)


def fit(document: Document, edit: Edit, labels: Labels, spot: str = "") -> tuple[Document, Edit]:
    """Apply the edit to the cell that is printed where the one was that it was made on; where that is not known, where
    it was made if that is still its place, else where its labels find exactly one cell.
    Raises EditError for nowhere."""
    printed = _printed_there(document, edit, spot)
    if printed is not None:
        return apply_edit(document, printed), printed
    named = any(labels)
    home = not named or _at_home(document, edit, labels)
    if home:
        try:
            return apply_edit(document, edit), edit
        except EditError:
            if named and not _distinctive(edit):
                raise
    own: list[Edit] = []
    others: list[Edit] = []
    for candidate in _candidates(document, edit, labels):
        (own if table_of(candidate) == table_of(edit) else others).append(candidate)
    half = [] if own or home else _half_named(document, edit, labels)
    if len(half) == 1:
        return apply_edit(document, half[0]), half[0]
    # The same codes and columns stand in many tables: another one is asked only for what can be told apart there,
    # and # is not in its own any more.
    left = home or (_distinctive(edit) and not half)
    elsewhere = not own and (left or not _has_table(document, table_of(edit)))
    places = _fitting(document, others if elsewhere else own)
    if len(places) != 1:
        raise EditError(f"{len(places)} places named {' / '.join(filter(None, labels))} show what it was made on")
    return places[0]


def place_of(document: Document, ref: CellRef, labels: Labels, text: str, spot: str = "") -> CellRef | None:
    """Where the cell is that a mark or a ruling is on, None where it is not found. `text` is what it showed, which
    tells several of one name apart; a cell of no name, a whole table and the document stay where they are."""
    pseudo = SetCell(ref, text, text)
    printed = _printed_there(document, pseudo, spot)
    if isinstance(printed, SetCell):
        return printed.ref
    if ref.row < 0 or not any(labels) or _named_so(labels_at(document, ref), labels):
        return ref
    try:
        _, found = fit(document, pseudo, labels)
    except EditError:
        own = [place for place in _cells_labelled(document, labels) if place.table == ref.table]
        return own[0] if len(own) == 1 else None
    return found.ref if isinstance(found, SetCell) else None


def is_satisfied(document: Document, correction: Correction) -> bool:
    """Whether every cell that the correction sets already shows what it sets."""
    for edit, labels, spot in zip(correction.edits, correction.labels, spots_of(correction), strict=False):
        if not isinstance(edit, SetCell):
            return False
        printed = _printed_there(document, edit, spot)
        home = not any(labels) or _at_home(document, edit, labels)
        places = [edit.ref] if home else list(_cells_labelled(document, labels))
        places = [printed.ref] if isinstance(printed, SetCell) else places
        if len(places) != 1 or _text(document, places[0]) != edit.after:
            return False
    return True


def _printed_there(document: Document, edit: Edit, spot: str) -> Edit | None:
    """The edit on the cell that is printed at the spot; None where that is not known, and where no cell is there, or
    several are. A place in a text says so only while its cell shows what the edit was made on: texts are laid out
    otherwise by another version of a reader, which pages are not."""
    place = Spot.read(spot) if isinstance(edit, SetCell | ShiftCells | MergeCells | SplitCell) else None
    if place is None or not isinstance(edit, SetCell | ShiftCells | MergeCells | SplitCell):
        return None
    ref = edit.ref if is_printed_at(document, edit.ref, place) else cell_at(document, place, edit.ref)
    if ref is None:
        return None
    moved = replace(edit, ref=ref)
    return moved if place.box is not None or _fitting(document, [moved]) else None


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
    return _named_so(labels_of(document, edit), labels)


def _named_so(now: Labels, labels: Labels) -> bool:
    return all(match_key(new) == match_key(old) for new, old in zip(now, labels, strict=True))


def _half_named(document: Document, edit: Edit, labels: Labels) -> list[Edit]:
    """The edit on the cells of its table that show the figure that it was made on, where one label was read anew: at
    home (either label), else in the row of its name.
    What is put between two things stays where one of them is what it was."""
    if isinstance(edit, _BETWEEN):
        return [edit] if _is_half_named(labels_of(document, edit), labels) else []
    if not isinstance(edit, SetCell) or not _distinctive(edit):
        return []
    if _text(document, edit.ref) == edit.before and _is_half_named(labels_at(document, edit.ref), labels):
        return [edit]
    row_name = match_key(labels[0])
    return [
        replace(edit, ref=ref)
        for table in document.tables
        if table.id == edit.ref.table and row_name
        for ref in table.refs()
        if document.cell(ref).text == edit.before and match_key(row_label(table.rows[ref.row], ref.column)) == row_name
    ]


def _is_half_named(now: Labels, labels: Labels) -> bool:
    return any(old and match_key(new) == match_key(old) for new, old in zip(now, labels, strict=True))


def _distinctive(edit: Edit) -> bool:
    """Whether what the edit was made on says something about its place; a blank or a zero is anywhere, and what is put
    between two things was made on nothing."""
    if isinstance(edit, _BETWEEN):
        return False
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
        case InsertRows() | SplitTable() | InsertColumn():
            yield from _between(document, edit, labels)
        case JoinTables():
            first, second = (
                [table.id for table in document.tables if match_key(table.title) == match_key(title)]
                for title in labels
            )
            yield from (JoinTables(one, other) for one in first for other in second if one != other)
        case _:
            return


def _between(document: Document, edit: InsertRows | SplitTable | InsertColumn, labels: Labels) -> Iterator[Edit]:
    """The edit at every place between the things that it was made between."""
    for table in document.tables:
        moved = replace(edit, table=table.id)
        places = range((table.width if isinstance(moved, InsertColumn) else len(table.rows)) + 1)
        for place in places:
            put = replace(moved, column=place) if isinstance(moved, InsertColumn) else replace(moved, row=place)
            if _named_so(labels_of(document, put), labels):
                yield put


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


def _text(document: Document, ref: CellRef) -> str | None:
    try:
        return document.cell(ref).text
    except (KeyError, IndexError):
        return None
