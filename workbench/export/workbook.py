"""An Excel workbook. All texts are text cells, so that Excel neither runs nor rounds any of them.

Heads stay in sight and columns are as wide as what stands in them, so that it can be read as it opens.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.export.files import replacing
from workbench.export.rows import LISTS, DocumentPart, ExportedTable, rows_of
from workbench.model.display_width import display_width
from workbench.model.own_marks import CREATOR

_SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds; what is over goes to the next sheet of the same name."""
_SHEETS_OF_TABLES = 250
"""Tables that a workbook shows as sheets of their own; with more of them nobody would find one, and none is shown."""
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_LEAST_WIDTH, _MOST_WIDTH = 8, 60
_WIDTHS = {
    "document": 40, "entity": 24, "title": 32, "label": 32, "row_label": 32, "column_path": 32, "column_label": 32,
    "name": 28, "message": 60, "note": 32, "series": 18, "printed": 16, "value": 16, "value_yuan": 20, "before": 18,
    "after": 18, "at": 20, "updated_at": 20, "finding": 22, "form": 26, "expected": 16, "residual": 14,
}  # fmt: skip
"""Columns of the lists that need more room than their names; rows are written as they come and cannot be measured."""
_NOT_IN_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(slots=True)
class WorkbookWriter:
    """A workbook: a sheet for each list, and one for each table where they are few."""

    target: Path
    files: ExitStack
    _book: Any = None
    _pages: dict[str, Any] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _tables: list[ExportedTable] = field(default_factory=list)

    def __post_init__(self) -> None:
        from openpyxl import Workbook

        self._book = Workbook(write_only=True)
        self._book.properties.creator = CREATOR
        self.files.callback(self._give_up_pages)
        for name in LISTS:
            self._begin(name, name)

    def _begin(self, name: str, sheet: str) -> None:
        page = self._pages[name] = self._book.create_sheet(sheet)
        self._rows[name] = 0
        page.freeze_panes = "B2"
        _widen(page, (_WIDTHS.get(column, len(column) + 3) for column in LISTS[name]))
        self._append(name, LISTS[name])

    def _append(self, name: str, row: Sequence[object]) -> None:
        if self._rows[name] == _SHEET_ROWS:
            self._end(name)
            number = sum(sheet.title.split(" ")[0] == name for sheet in self._book.worksheets) + 1
            self._begin(name, f"{name} {number}")
        self._pages[name].append(_text_cells(self._pages[name], row, bold=not self._rows[name]))
        self._rows[name] += 1

    def _end(self, name: str) -> None:
        """The rows of a sheet are all there: they can be narrowed by what stands in a column."""
        from openpyxl.utils import get_column_letter

        self._pages[name].auto_filter.ref = f"A1:{get_column_letter(len(LISTS[name]))}{self._rows[name]}"

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            for row in rows:
                self._append(name, row)
        if len(self._tables) <= _SHEETS_OF_TABLES:
            self._tables += part.tables

    def finish(self) -> list[Path]:
        """Ends the file; returns its path."""
        for name in LISTS:
            self._end(name)
        tables = self._tables if len(self._tables) <= _SHEETS_OF_TABLES else []
        for number, table in enumerate(tables, 1):
            self._add_table(number, table)
        self._save(self.files.enter_context(replacing(self.target)))
        return [self.target]

    def _add_table(self, number: int, table: ExportedTable) -> None:
        name = _NOT_IN_SHEET_NAMES.sub("_", _NOT_IN_XML.sub("", f"{number:04d} {table.id} {table.title}"))
        page = self._book.create_sheet(name[:_LONGEST_NAME].rstrip())
        above = [(table.document,), (table.title, table.unit), *table.header]
        page.freeze_panes = f"A{len(above) + 1}"
        _widen(page, (max(map(_cells_of, column)) + 2 for column in _columns((*table.header, *table.rows))))
        for at, row in enumerate([*above, *table.rows]):
            page.append(_text_cells(page, row, bold=0 < at < len(above)))

    def _save(self, path: Path) -> None:
        from zipfile import ZIP_DEFLATED, ZipFile, is_zipfile

        from openpyxl.writer.excel import ExcelWriter

        archive = ZipFile(path, "w", ZIP_DEFLATED, allowZip64=True)
        try:
            ExcelWriter(self._book, archive).save()
        except BaseException:
            # Closed here, where what the disk says again can be left unsaid, and not by the collector of garbage.
            with suppress(OSError, ValueError):
                archive.close()
            raise
        # The pages are written by a library beneath Python, through descriptors that it opens itself: where one of them
        # was closed behind its back, what it writes lands in this file. A workbook appears whole or not at all.
        if path.is_file() and not (_begins_as_archive(path) and is_zipfile(path)):
            raise OSError(errno.EIO, "it could not be written whole; try again")

    def _give_up_pages(self) -> None:
        """Where the export did not come to its end, its pages are closed here, where their complaints harm nobody."""
        for page in self._book.worksheets:
            writer = getattr(page, "_writer", None)
            for unfinished in (getattr(page, "_rows", None), getattr(writer, "xf", None)):
                if unfinished is not None:
                    with suppress(Exception):
                        unfinished.close()
            if writer is not None:
                with suppress(Exception):
                    writer.cleanup()


def _begins_as_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _widen(page: Any, widths: Iterable[int]) -> None:
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(number)].width = min(max(width, _LEAST_WIDTH), _MOST_WIDTH)


def _columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    count = max(map(len, rows), default=0)
    return [[row[column] for row in rows if column < len(row)] for column in range(count)]


def _cells_of(text: str) -> int:
    """How wide a text is in characters of the Latin alphabet; of several lines the widest."""
    return max(map(display_width, text.split("\n")))


def _text_cells(page: Any, row: Sequence[object], *, bold: bool = False) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    font = Font(bold=True) if bold else None
    cells = []
    for value in row:
        text: Any = _NOT_IN_XML.sub("", value)[:_LONGEST_TEXT] if isinstance(value, str) else value
        cell = WriteOnlyCell(page, value=text)
        if isinstance(text, str):
            cell.data_type = "s"
        if font is not None:
            cell.font = font
        cells.append(cell)
    return cells
