"""Disclosures as text, in the layouts in which conversion leaves them."""

from __future__ import annotations

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
    """A row as text extraction prints it: blanks vanish; wrapped cells stand alone, a blank line between their lines."""
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


TEXT_LAYOUTS = {"word": word_text, "tsv": tsv_text, "linear": linear_text, "aligned": aligned_text}
