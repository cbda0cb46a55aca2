"""Disclosures as text, in the layouts in which conversion leaves them."""

from __future__ import annotations

from collections.abc import Callable

from wcwidth import wcswidth

from tests.generator.content import Disclosure, Sheet


def runs(row: list[str]) -> list[tuple[str, int]]:
    """A header row as (text, width) of its spanners: equal neighbours are one cell over several columns."""
    found: list[tuple[str, int]] = []
    for text in row:
        if found and text and text != "**" and found[-1][0] == text:
            found[-1] = (text, found[-1][1] + 1)
        else:
            found.append((text, 1))
    return found


def header_cells(sheet: Sheet) -> list[list[tuple[str, int, int]]]:
    """Header rows as cells (text, columns, rows): spanners once, a heading that runs down printed in its first row."""
    rows: list[list[tuple[str, int, int]]] = []
    taken = [[False] * len(sheet.header[0]) for _ in sheet.header]
    for index, row in enumerate(sheet.header):
        cells: list[tuple[str, int, int]] = []
        column = 0
        for text, width in runs(row):
            if taken[index][column]:
                cells.append(("", width, 1))
            else:
                height = 1
                while index + height < len(sheet.header) and all(
                    sheet.header[index + height][c] == text for c in range(column, column + width)
                ):
                    for c in range(column, column + width):
                        taken[index + height][c] = True
                    height += 1
                cells.append((text, width, height))
            column += width
        rows.append(cells)
    return rows


def word_text(document: Disclosure) -> str:
    """Text of a Word file: each cell on a line of its own behind a TAB, a blank line after each row, title and unit as
    the first rows of the grid, spanners printed once."""
    lines = [document.title, *document.paragraphs, ""]
    for sheet in document.sheets:
        width = len(sheet.header[0])
        lines += [f"\t{sheet.title}", ""]
        lines += ["\t"] * (width - 1) + [f"\t单位：{sheet.unit}", ""]
        for row in header_cells(sheet):
            lines += [f"\t{text}" for text, _, _ in row] + [""]
        for body in sheet.rows:
            lines += [f"\t{text}" for text in body] + [""]
        lines.append("")
    return "\n".join(lines) + "\n"


def tsv_text(document: Disclosure) -> str:
    """Tables as tab-separated lines below their title and unit; spanners print once and leave blanks."""
    lines = [document.title, "", *document.paragraphs, ""]
    for sheet in document.sheets:
        lines += [sheet.title, "", f"部门名称：{document.entity}", f"单位：{sheet.unit}", ""]
        for row in header_cells(sheet):
            lines.append("\t".join(piece for text, width, _ in row for piece in (text, *([""] * (width - 1)))))
        lines += ["\t".join(row) for row in sheet.rows] + [""]
    return "\n".join(lines) + "\n"


def _wrapped(text: str, width: int) -> list[str]:
    """`text` broken into lines of at most `width` terminal cells."""
    lines = [""]
    for character in text:
        if lines[-1] and wcswidth(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines


def _linear_row(row: list[str], widths: list[int]) -> list[str]:
    """A row as text extraction prints it: blanks vanish; wrapped cells stand alone,
    a blank line between their lines."""
    lines: list[str] = []
    plain: list[str] = []
    for text, width in zip(row, widths, strict=True):
        pieces = _wrapped(text, width) if text else []
        if len(pieces) > 1:
            if plain:
                lines.append(" ".join(plain))
                plain = []
            for piece in pieces:
                lines += [piece, ""]
            lines.pop()
        elif pieces:
            plain.append(text)
    if plain:
        lines.append(" ".join(plain))
    return [*lines, ""]


def linear_text(document: Disclosure, rows_a_page: int = 14) -> str:
    """Text taken from a PDF line by line: blank cells are lost, long cells wrapped, the head repeated on every page."""
    lines: list[str] = []
    for sheet in document.sheets:
        count = len(sheet.header[0])
        widths = [8 if any("一" <= c <= "鿿" for row in sheet.rows for c in row[i]) else 10 for i in range(count)]
        head = [f"{document.entity} 预算年度：{document.year} 单位：{sheet.unit}", ""]
        for row in header_cells(sheet):
            head += _linear_row([text for text, _, _ in row if text], [12] * sum(1 for text, _, _ in row if text))
        pages = [sheet.rows[at : at + rows_a_page] for at in range(0, max(len(sheet.rows), 1), rows_a_page)]
        for number, page in enumerate(pages):
            lines += ([f"\f{sheet.title}"] if number == 0 else ["\f"]) + head
            for body in page:
                lines += _linear_row(body, widths)
    lines += ["\f" + document.title, *document.paragraphs]
    return "\n".join(lines).lstrip("\f") + "\n"


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - max(wcswidth(text), 0))
    return space + text if right else text + space


def aligned_text(document: Disclosure) -> str:
    """Tables as columns of a fixed width, figures to the right, as a layout-keeping conversion prints them."""
    lines = [document.title, "", *document.paragraphs, ""]
    for sheet in document.sheets:
        count = len(sheet.header[0])
        columns = [[row[i] for row in sheet.rows] for i in range(count)]
        labels = [any("一" <= c <= "鿿" for text in column for c in text) for column in columns]
        widths = [
            max([wcswidth(text) for text in column] + [wcswidth(row[i]) for row in sheet.header] + [4])
            for i, column in enumerate(columns)
        ]
        full = sum(widths) + 3 * (count - 1)
        lines += ["\f" + " " * max((full - wcswidth(sheet.title)) // 2, 0) + sheet.title]
        lines += [_padded(f"单位：{sheet.unit}", full, right=True)]
        for row in header_cells(sheet):
            cells = []
            column = 0
            for text, span, _ in row:
                width = sum(widths[column : column + span]) + 3 * (span - 1)
                lead = max((width - wcswidth(text)) // 2, 0)
                cells.append(_padded(" " * lead + text, width, right=False))
                column += span
            lines.append("   ".join(cells).rstrip())
        for body in sheet.rows:
            cells = [_padded(text, widths[i], right=not labels[i] and i > 0) for i, text in enumerate(body)]
            lines.append("   ".join(cells).rstrip())
        lines.append("")
    return "\n".join(lines) + "\n"


def _spanless_rows(sheet: Sheet) -> list[list[str]]:
    """The rows of a table as conversions of web pages leave them: a header cell stands once, in the first row and
    column that it covers, and nothing stands for what it covers."""
    return [[text for text, _, _ in row if text] for row in header_cells(sheet)] + sheet.rows


def _sheet_rows(sheet: Sheet) -> list[list[str]]:
    """The rows of a table as they stand in the cells of a spreadsheet: spans leave blanks."""
    header = [[piece for text, width, _ in row for piece in (text, *[""] * (width - 1))] for row in header_cells(sheet)]
    return header + sheet.rows


def _pages(document: Disclosure, table: Callable[[Sheet], list[str]]) -> str:
    lines = [document.title, "", *document.paragraphs, ""]
    for sheet in document.sheets:
        lines += [sheet.title, "", f"单位：{sheet.unit}", "", *table(sheet), ""]
    return "\n".join(lines) + "\n"


def _bars(row: list[str]) -> str:
    return "| " + " | ".join(row) + " |"


def markdown_text(document: Disclosure) -> str:
    """Tables between bars, spans left as blanks, the first row above a rule."""

    def table(sheet: Sheet) -> list[str]:
        rows = _sheet_rows(sheet)
        return [_bars(rows[0]), "|" + " --- |" * len(rows[0]), *map(_bars, rows[1:])]

    return _pages(document, table)


def markdown_without_spans(document: Disclosure) -> str:
    """Tables between bars without outer ones, the spans of the header lost."""

    def table(sheet: Sheet) -> list[str]:
        rows = ["| ".join(row) for row in _spanless_rows(sheet)]
        return [rows[0], "---|" * rows[0].count("|") + "---", *rows[1:]]

    return _pages(document, table)


def web_text(document: Disclosure) -> str:
    """Text of a web page: a row a line, a TAB before every cell, the spans of the header lost."""
    return _pages(document, lambda sheet: ["".join(f"\t{text}" for text in row) for row in _spanless_rows(sheet)])


def web_cells(document: Disclosure) -> str:
    """Text of a web page whose cells hold paragraphs: a cell a line behind a TAB, an empty line after each row."""
    return _pages(
        document,
        lambda sheet: [
            line for row in _spanless_rows(sheet) for line in (*("\t" + (text or "\xa0") for text in row), "")
        ],
    )


def sheet_text(document: Disclosure) -> str:
    """Text of a spreadsheet: every line begins with a TAB, blanks at the ends of rows are cut off."""

    def table(sheet: Sheet) -> list[str]:
        return ["".join(f"\t{text}" for text in row).rstrip("\t") for row in _sheet_rows(sheet)]

    return _in_sheets(document, table)


def sheet_without_blanks(document: Disclosure) -> str:
    """Text of a spreadsheet of which the blank cells are lost."""

    def table(sheet: Sheet) -> list[str]:
        return ["".join(f"\t{text}" for text in row if text) for row in _sheet_rows(sheet)]

    return _in_sheets(document, table)


def _in_sheets(document: Disclosure, table: Callable[[Sheet], list[str]]) -> str:
    lines = ["说明", f"\t{document.title}", *(f"\t{text}" for text in document.paragraphs), "", ""]
    for number, sheet in enumerate(document.sheets, 1):
        lines += [f"表{number:02d}", f"\t{sheet.title}", f"\t单位：{sheet.unit}", *table(sheet), "", ""]
    return "\n".join(lines) + "\n"


def cells_text(document: Disclosure) -> str:
    """Every printed cell on a line of its own, blank ones lost, as text taken from the blocks of a PDF stands."""

    def table(sheet: Sheet) -> list[str]:
        return [text for row in _sheet_rows(sheet) for text in row if text]

    return _pages(document, table)


TEXT_LAYOUTS = {
    "word": word_text,
    "tsv": tsv_text,
    "linear": linear_text,
    "aligned": aligned_text,
    "markdown": markdown_text,
    "markdown_spans": markdown_without_spans,
    "web": web_text,
    "web_cells": web_cells,
    "sheet": sheet_text,
    "sheet_blanks": sheet_without_blanks,
    "cells": cells_text,
}
