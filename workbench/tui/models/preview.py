"""What a suggestion would make of the tables, in terms of the cells as they stand now:
so that the grid can show both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from workbench.model.edit import Edit, EditError, InsertColumn, apply_edits
from workbench.model.table import CellRef, Document, Row, Table


@dataclass(frozen=True, slots=True)
class Preview:
    """`texts` says what each cell that changes would show; `inserted` before which rows of a
    table rows would come in (its number of rows for one at the end), `columns` the same of columns."""

    texts: Mapping[CellRef, str] = field(default_factory=dict)
    inserted: frozenset[tuple[str, int]] = frozenset()
    columns: frozenset[tuple[str, int]] = frozenset()


NOTHING = Preview()


def preview_of(document: Document, edits: tuple[Edit, ...], blank: str = "") -> Preview:
    """What edits would change; nothing where they do not fit any more. `blank` is said of a cell that would be empty or
    would go."""
    try:
        after = apply_edits(document, edits)
    except EditError:
        return NOTHING
    texts: dict[CellRef, str] = {}
    inserted: set[tuple[str, int]] = set()
    coming: set[tuple[str, int]] = set()
    tables = {table.id: table for table in after.tables}
    for table in document.tables:
        new = tables.get(table.id)
        if new is not None and new is not table:
            columns = _columns(table, new, edits)
            if new.width > table.width:
                there = set(range(new.width)).difference(columns)
                coming |= {(table.id, sum(place < column for place in columns)) for column in there}
            for row, kept in _paired(table.rows, new.rows):
                if row is None:
                    inserted.add((table.id, kept))
                else:
                    texts.update(_changes(table, row, new.rows[kept] if kept >= 0 else (), columns))
    stated = {figure.id: figure.value for figure in after.stated}
    for figure in document.stated:
        if stated.get(figure.id, figure.value) != figure.value:
            texts[CellRef(figure.id, 0, 0)] = stated[figure.id]
    texts = {ref: text or blank for ref, text in texts.items()}
    return Preview(texts, frozenset(inserted), frozenset(coming))


def _columns(table: Table, new: Table, edits: tuple[Edit, ...]) -> Sequence[int]:
    """Where each column of the table now would stand."""
    places = list(range(table.width))
    for edit in edits:
        if isinstance(edit, InsertColumn) and edit.table == table.id and new.width > table.width:
            places = [place + (place >= edit.column) for place in places]
    return places


def _changes(table: Table, row: int, new: Row, columns: Sequence[int]) -> Iterator[tuple[CellRef, str]]:
    for column, cell in enumerate(table.rows[row]):
        text = new[columns[column]].text if columns[column] < len(new) else ""
        if text != cell.text:
            yield CellRef(table.id, row, column), text


def _paired(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[int | None, int]]:
    """The rows that change: (row now, row then); then -1 for a row that goes, now None for one that comes in before the
    row that the second number says."""
    if len(before) == len(after):
        yield from ((row, row) for row in range(len(before)) if before[row] is not after[row])
        return
    first = next((i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old is not new), -1)
    if first < 0:
        first = min(len(before), len(after))
    last = 0
    while last < min(len(before), len(after)) - first and before[-1 - last] is after[-1 - last]:
        last += 1
    old = [tuple(cell.text for cell in row) for row in before[first : len(before) - last]]
    new = [tuple(cell.text for cell in row) for row in after[first : len(after) - last]]
    for kind, i, end, j, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for step in range(end - i):
            yield first + i + step, first + j + step if j + step < stop else -1
        if stop - j > end - i:
            yield None, first + end
