"""Located grids and raw tables → finished Tables: header and body apart, nothing empty, form and unit known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workbench.fiscal.captions import is_table_number, title_of_line, unit_of_line
from workbench.fiscal.forms import form_of_title, recognise
from workbench.fiscal.headers import is_body_figure, is_numbering_row
from workbench.model.amount import match_key
from workbench.model.table import Form, Row, Table
from workbench.tables.grids.header import grid_of_rows, header_height, with_implied_spans
from workbench.tables.grids.inner_grids import FormPart, cut_form
from workbench.tables.grids.mixed_rows import split_mixed_row, without_repeated_headers
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.spans import SpanCell, SpanGrid
from workbench.tables.joining.in_file import with_totals_in_place
from workbench.tables.joining.right_halves import with_right_halves
from workbench.tables.raw import Origin, RawTable

_PLACE = re.compile(r"[^0-9一二三四五六七八九十]{0,4}[0-9一二三四五六七八九十-]{1,4}[^0-9一二三四五六七八九十]{0,2}")
_LONGEST_NAME = 24
_FORMS_WITHOUT_UNIT = frozenset({Form.ORGANISATION, Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE})
"""Tables that need not hold money: they take no unit from the rest of the document."""


def raw_tables(pieces: Iterable[Piece]) -> list[RawTable]:
    """The joined pieces as raw tables, forms cut at their inner headers; frames that hold no table (prose in boxes,
    covers) are left out."""
    tables: list[RawTable] = []
    for piece in pieces:
        title = piece.captions.title or _title_of_sheet(piece.name)
        parts = cut_form(piece.grid, title)
        for number, part in enumerate(parts):
            grid = part.grid.without_empty()
            if piece.origin is Origin.NATIVE:
                grid = with_totals_in_place(grid)
            if part.has_header:
                grid = without_repeated_headers(split_mixed_row(with_implied_spans(grid)))
            if _is_table(grid) and not _lists_tables(grid):
                last = number == len(parts) - 1
                part_of = piece.part_of or (title if len(parts) > 1 else "")
                tables.append(
                    _raw_table(piece, grid, part, part.heading or title, part_of, piece.notes if last else ())
                )
    return tables


def _title_of_sheet(name: str) -> str:
    """The name of a sheet where it names a statement."""
    return name.strip() if form_of_title(name) is not None else title_of_line(name)


def _raw_table(
    piece: Piece, grid: SpanGrid, part: FormPart, title: str, part_of: str, notes: tuple[str, ...]
) -> RawTable:
    height = header_height(grid) if part.has_header else 0
    return RawTable(
        grid.to_rows(height),
        height,
        title,
        () if part.heading else piece.captions.title_anchors,
        piece.captions.unit_text,
        tuple(dict.fromkeys(piece.pages)),
        part_of,
        notes,
        piece.origin,
    )


def _is_table(grid: SpanGrid) -> bool:
    """Whether a grid without empty rows and columns is a table: two columns at least, and a row that uses them."""
    return grid.column_count > 1 and any(len(cells) > 1 for cells in grid.by_row())


def _lists_tables(grid: SpanGrid) -> bool:
    """Whether a grid is a list of contents: most of its rows name a statement and say no more than its number and its
    page, and there is no amount in it."""
    rows = grid.by_row()
    if any("." in cell.text and is_body_figure(cell.text) for cells in rows for cell in cells):
        return False
    naming = [cells for cells in rows if any(map(_names_statement, cells))]
    if len(naming) <= 2 or len(naming) * 10 < len(rows) * 6:
        return False
    telling = sum(not all(_names_statement(cell) or _is_place(cell.text) for cell in cells) for cells in naming)
    return telling * 2 < len(naming)


def _names_statement(cell: SpanCell) -> bool:
    text = cell.text
    return text.endswith(("表", "）")) and bool(title_of_line(text)) and form_of_title(text) is not None


def _is_place(text: str) -> bool:
    """Whether a text is a number of a table, of a line or of a page."""
    return bool(_PLACE.fullmatch(match_key(text))) or is_table_number(text)


def finish(tables: Sequence[RawTable], unit: str = "") -> tuple[Table, ...]:
    """The tables in document order with their ids. `unit` is the unit of the document, for tables that print none."""
    ordered = sorted(tables, key=lambda table: table.start)
    whole = with_right_halves(finish_table(table, "", unit) for table in ordered)
    return tuple(replace(table, id=f"t{number:02d}") for number, table in enumerate(whole, start=1))


def finish_table(raw: RawTable, identifier: str, unit: str = "") -> Table:
    """One finished table: empty rows and columns dropped, header split where the finder left it open, rows that number
    the columns in the header, form recognised, unit from its caption, its title or its header, else the document's."""
    header, body = _header_and_body(raw)
    form = raw.form or _form(raw, header, body)
    printed = unit_of_line(raw.unit_text) or unit_of_line(raw.title) or _unit_in(header or body)
    return Table(
        identifier,
        raw.title,
        form,
        printed or ("" if form in _FORMS_WITHOUT_UNIT else unit),
        header,
        body,
        raw.pages,
        bool(printed),
        raw.title_anchors,
        raw.part_of,
        raw.notes,
    )


def _header_and_body(raw: RawTable) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    rows = [row for row in raw.rows if any(cell.printed for cell in row)]
    height = raw.header_rows
    if height is None:
        grid = split_mixed_row(grid_of_rows(rows))
        height = header_height(grid)
        if grid.row_count != len(rows):
            rows = list(grid.to_rows(height))
    else:
        height -= sum(not any(cell.printed for cell in row) for row in raw.rows[:height])
    while 0 < height < len(rows) and is_numbering_row([cell.printed for cell in rows[height]]):
        height += 1
    kept = [column for column in range(raw.width) if any(row[column].printed for row in rows)]
    narrowed = [tuple(row[column] for column in kept) for row in rows]
    return tuple(narrowed[:height]), tuple(narrowed[height:])


def _form(raw: RawTable, header: Sequence[Row], body: Sequence[Row]) -> Form:
    form = form_of_title(raw.title)
    if form is None and raw.part_of:
        form = form_of_title(raw.part_of)
    if form is not None:
        return form
    texts = [cell.printed for row in header for cell in row]
    return recognise(raw.title, texts, [row[0].printed for row in body if row])


def _unit_in(rows: Sequence[Row]) -> str:
    """The unit that names of columns (or labels of a form) print with them ("金额（万元）"), if it is one for all."""
    units = {unit_of_line(cell.printed) for row in rows for cell in row if len(cell.printed) <= _LONGEST_NAME} - {""}
    return units.pop() if len(units) == 1 else ""
