"""What the source prints, and columns that a reviewer has exchanged: there it is what the columns now show.

What the source prints decides what is made up of what, which column a sentence quotes and which shares and changes a
column holds, so that no correction of a figure moves a check. A column that shows in every row what another one printed
was no slip of a figure but stood in the wrong place: what is printed in it is that other column's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from workbench.model.edit import Edit, SetCell
from workbench.model.table import Cell, Document, Table


def as_read(document: Document) -> Document:
    """The document with what exchanged columns show as what is printed in them; itself where none is exchanged."""
    tables = tuple(map(_as_read, document.tables))
    same = all(one is other for one, other in zip(tables, document.tables, strict=True))
    return document if same else replace(document, tables=tables)


def as_printed(document: Document) -> Document:
    """The document without the corrections of figures; rows that a reviewer put in are as they were put in."""
    tables = tuple(map(_uncorrected, document.tables))
    same = all(one is other for one, other in zip(tables, document.tables, strict=True))
    return document if same else replace(document, tables=tables)


def _uncorrected(table: Table) -> Table:
    numbers = {number for number, row in enumerate(table.rows) for cell in row if cell.corrected is not None}
    corrected = {number for number in numbers if not is_put_in(table.rows[number])}
    rows = tuple(
        tuple(cell if cell.corrected is None else replace(cell, corrected=None) for cell in row)
        if number in corrected
        else row
        for number, row in enumerate(table.rows)
    )
    return replace(table, rows=rows) if corrected else table


def is_put_in(row: Sequence[Cell]) -> bool:
    """Whether the source prints nothing of a row: a reviewer put it in."""
    return not any(cell.printed for cell in row)


def exchanges(before: Document, after: Callable[[], Document], edits: Sequence[Edit]) -> bool:
    """Whether columns are exchanged before or after the edits that lead from one document to the other, in a table that
    they are about."""
    names = _may_exchange(before, edits)
    documents = (before, after()) if names else ()
    return any(_exchanged(table) for document in documents for table in document.tables if table.id in names)


def _may_exchange(document: Document, edits: Sequence[Edit]) -> set[str]:
    """The tables in which edits may exchange columns, or undo that they were: a row then shows a figure that another
    column printed, and that column shows another one."""
    texts: dict[tuple[str, int], dict[int, str]] = {}
    for edit in edits:
        if isinstance(edit, SetCell):
            texts.setdefault((edit.ref.table, edit.ref.row), {})[edit.ref.column] = edit.after
    tables = {table.id: table for table in document.tables if texts}
    found = set()
    for (name, number), put in texts.items():
        row = tables[name].rows[number] if name in tables else ()
        printed, now = [cell.printed for cell in row], [cell.text for cell in row]
        after = [put.get(column, text) for column, text in enumerate(now)]
        if any(_shows_others(printed, shown, column) for column in put for shown in (now, after) if row):
            found.add(name)
    return found


def _shows_others(printed: Sequence[str], shown: Sequence[str], column: int) -> bool:
    """Whether a cell of a row shows what another cell of it printed, which shows something else."""
    text = shown[column]
    return text != printed[column] and any(
        other == text and shown[at] != other for at, other in enumerate(printed) if at != column
    )


def _as_read(table: Table) -> Table:
    columns = _exchanged(table)
    if not columns:
        return table
    rows = tuple(
        tuple(_as_printed(cell) if column in columns else cell for column, cell in enumerate(row)) for row in table.rows
    )
    return replace(table, rows=rows)


def _as_printed(cell: Cell) -> Cell:
    return cell if cell.corrected is None else replace(cell, printed=cell.text)


def _exchanged(table: Table) -> frozenset[int]:
    """The columns that show in every row what another one printed, which is exchanged itself; rows that a reviewer put
    in aside."""
    corrected = {column for row in table.rows for column, cell in enumerate(row) if cell.corrected is not None}
    if len(corrected) < 2:
        return frozenset()
    rows = [row for row in table.rows if not is_put_in(row)]
    shown = {
        (one, other)
        for one in corrected
        for other in corrected - {one}
        if all(row[one].text == row[other].printed for row in rows)
    }
    while corrected != (kept := {one for one, other in shown if {one, other} <= corrected}):
        corrected = kept
    return frozenset(corrected)
