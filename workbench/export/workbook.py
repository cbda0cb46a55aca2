"""An Excel workbook. All texts are text cells, so that Excel neither runs nor rounds any of them."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.export.files import replacing
from workbench.export.rows import LISTS, DocumentPart, ExportedTable, rows_of

_SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds; what is over goes to the next sheet of the same name."""
_SHEETS_OF_TABLES = 250
"""Tables that a workbook shows as sheets of their own; with more of them nobody would find one, and none is shown."""
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
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
        self.files.callback(self._give_up_pages)
        for name in LISTS:
            self._begin(name, name)

    def _begin(self, name: str, sheet: str) -> None:
        self._pages[name] = self._book.create_sheet(sheet)
        self._rows[name] = 0
        self._append(name, LISTS[name])

    def _append(self, name: str, row: Sequence[object]) -> None:
        if self._rows[name] == _SHEET_ROWS:
            number = sum(sheet.title.split(" ")[0] == name for sheet in self._book.worksheets) + 1
            self._begin(name, f"{name} {number}")
        self._pages[name].append(_text_cells(self._pages[name], row))
        self._rows[name] += 1

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            for row in rows:
                self._append(name, row)
        if len(self._tables) <= _SHEETS_OF_TABLES:
            self._tables += part.tables

    def finish(self) -> list[Path]:
        """Ends the file; returns its path."""
        tables = self._tables if len(self._tables) <= _SHEETS_OF_TABLES else []
        for number, table in enumerate(tables, 1):
            name = _NOT_IN_SHEET_NAMES.sub("_", f"{number:04d} {table.id}")[:_LONGEST_NAME]
            page = self._book.create_sheet(name)
            for row in [(table.document,), (table.title, table.unit), *table.header, *table.rows]:
                page.append(_text_cells(page, row))
        self._save(self.files.enter_context(replacing(self.target)))
        return [self.target]

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


def _text_cells(page: Any, row: Sequence[object]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in row:
        text: Any = _NOT_IN_XML.sub("", value)[:_LONGEST_TEXT] if isinstance(value, str) else value
        cell = WriteOnlyCell(page, value=text)
        if isinstance(text, str):
            cell.data_type = "s"
        cells.append(cell)
    return cells
