"""Disclosures as Word and Excel files with merged header cells."""

from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document as WordDocument
from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.generator.content import Disclosure, Sheet
from tests.generator.text_layouts import header_cells

_FIXED = datetime(2024, 1, 15, tzinfo=UTC).replace(tzinfo=None)


def _places(sheet: Sheet) -> list[tuple[int, int, str, int, int]]:
    """Header cells as (row, column, text, columns, rows), covered places left out."""
    found = []
    for row, cells in enumerate(header_cells(sheet)):
        column = 0
        for text, width, height in cells:
            if text:
                found.append((row, column, text, width, height))
            column += width
    return found


def word_file(document: Disclosure) -> bytes:
    """A .docx: paragraphs, then for each table its title, its unit and a Word table with merged header cells."""
    word = WordDocument()
    word.core_properties.created = _FIXED
    word.core_properties.modified = _FIXED
    word.add_heading(document.title, 1)
    for paragraph in document.paragraphs:
        word.add_paragraph(paragraph)
    for sheet in document.sheets:
        word.add_paragraph(sheet.title)
        word.add_paragraph(f"单位：{sheet.unit}")
        rows = [[""] * len(sheet.header[0]) for _ in sheet.header] + sheet.rows
        table = word.add_table(rows=len(rows), cols=len(rows[0]))
        grid = [list(row.cells) for row in table.rows]
        for row, column, text, width, height in _places(sheet):
            cell = grid[row][column]
            if width > 1 or height > 1:
                cell = cell.merge(grid[row + height - 1][column + width - 1])
            cell.text = text
        for index, texts in enumerate(sheet.rows, len(sheet.header)):
            for column, text in enumerate(texts):
                if text:
                    grid[index][column].text = text
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def excel_file(document: Disclosure) -> bytes:
    """An .xlsx: one sheet a table, title and unit as its first rows, merged header cells, figures as numbers with a
    format, codes as text; the narrative on a sheet of its own."""
    book = Workbook()
    book.properties.created = _FIXED
    book.properties.modified = _FIXED
    cover = book.active
    cover.title = "说明"
    for number, text in enumerate([document.title, *document.paragraphs], 1):
        cover.cell(number, 1, text)
    for number, sheet in enumerate(document.sheets, 1):
        page = book.create_sheet(f"表{number:02d}")
        width = len(sheet.header[0])
        page.cell(1, 1, sheet.title).alignment = Alignment(horizontal="center")
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
        page.cell(2, width, f"单位：{sheet.unit}")
        for row, column, text, columns, rows in _places(sheet):
            page.cell(row + 3, column + 1, text)
            if columns > 1 or rows > 1:
                page.merge_cells(
                    start_row=row + 3, start_column=column + 1, end_row=row + 2 + rows, end_column=column + columns
                )
        for index, texts in enumerate(sheet.rows, len(sheet.header) + 3):
            for column, text in enumerate(texts, 1):
                _write(page.cell(index, column), text)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write(cell: object, text: str) -> None:
    plain = text.replace(",", "")
    if "." in plain and plain.replace(".", "").isdigit():
        cell.value = float(plain)  # type: ignore[attr-defined]
        cell.number_format = "#,##0.00" if "," in text or (len(plain) > 6 and "," in text) else "0.00"  # type: ignore[attr-defined]
    elif text:
        cell.value = text  # type: ignore[attr-defined]
        cell.number_format = "@"  # type: ignore[attr-defined]


OFFICE_LAYOUTS = {"docx": word_file, "xlsx": excel_file}
