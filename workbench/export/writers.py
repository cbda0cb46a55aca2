"""The formats of a data set. Each writer is fed document by document:
an export of thousands takes the memory of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol

from workbench.errors import OutputError, UnknownNameError
from workbench.export.databases import ParquetWriter, SqliteWriter
from workbench.export.dataset import copies_marked
from workbench.export.delimited import CsvWriter, JsonLinesWriter, PackageWriter
from workbench.export.rows import DocumentPart
from workbench.export.workbook import WorkbookWriter


class Writer(Protocol):
    """Takes the parts of a data set one by one."""

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        ...

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        ...


FORMATS: dict[str, Callable[[Path, ExitStack], Writer]] = {
    "csv": CsvWriter,
    "jsonl": JsonLinesWriter,
    "xlsx": WorkbookWriter,
    "parquet": ParquetWriter,
    "sqlite": SqliteWriter,
    "datapackage": PackageWriter,
}
"""The formats of `workbench export`, by name."""
_FOLDERS = frozenset({"csv", "jsonl", "datapackage"})


def write_dataset(parts: Iterable[DocumentPart], target: Path, format_name: str) -> list[Path]:
    """Writes a data set to `target` (a folder for csv, jsonl, datapackage; else a file) and returns what it wrote.

    `parts` is gone through once, one document at a time. What was there before stands until all is written. Raises
    UnknownNameError for a format there is none of, MissingExtraError for parquet without pyarrow, OutputError when the
    disk refuses or `target` is of the wrong kind.
    """
    opener = FORMATS.get(format_name)
    if opener is None:
        raise UnknownNameError("format", format_name, FORMATS)
    if format_name in _FOLDERS and target.exists() and not target.is_dir():
        raise OutputError(target, f"{format_name} is several files", "name a folder")
    if format_name not in _FOLDERS and target.is_dir():
        raise OutputError(target, f"it is a folder, and {format_name} is one file", "name a file")
    try:
        with ExitStack() as files:
            if not target.exists() and format_name in _FOLDERS:
                files.callback(_leave_out_if_empty, target)
            writer = opener(target, files)
            for part in copies_marked(parts):
                writer.add(part)
            return writer.finish()
    except OSError as error:
        raise OutputError(target, error.strerror or str(error)) from error
    except sqlite3.Error as error:
        raise OutputError(target, str(error)) from error


def _leave_out_if_empty(folder: Path) -> None:
    """An export that did not come to its end leaves no folder behind that it made."""
    with suppress(OSError):
        folder.rmdir()
