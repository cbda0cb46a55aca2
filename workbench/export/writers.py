"""Writers of a data set, one a format, fed document by document: an export of thousands takes the memory of one.

Text that a spreadsheet would run as a formula is defused in CSV and Excel: a cell beginning with = + - @ or a control
character is given a leading apostrophe, unless it is a plain number (OWASP, CSV injection); Excel files hold every code
and figure text as text. Files appear whole, when all is written, or not at all.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Protocol

from workbench.errors import MissingExtraError, StorageError, UnknownNameError
from workbench.export.dataset import LISTS, DocumentPart, ExportedTable, kind_of, rows_of
from workbench.model.amount import FigureKind, read_figure

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHEET_ROWS = 1_048_576
"""Rows that a sheet of Excel holds; what is over goes to the next sheet of the same name."""
_SHEETS_OF_TABLES = 250
"""Tables that a workbook shows as sheets of their own; with more of them nobody would find one, and none is shown."""
_ROWS_AT_ONCE = 50_000
"""Rows of a Parquet row group."""

_TABLE_COLUMNS = ("document", "id", "title", "form", "unit", "pages")


class Writer(Protocol):
    """Takes the parts of a data set one by one."""

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        ...

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        ...


def write_dataset(parts: Iterable[DocumentPart], target: Path, format_name: str) -> list[Path]:
    """Writes a data set to `target` (a folder for csv, jsonl, datapackage; else a file) and returns what it wrote.

    `parts` is gone through once, one document at a time. Raises UnknownNameError for a format there is none of,
    MissingExtraError for parquet without pyarrow, StorageError when the disk refuses.
    """
    opener = FORMATS.get(format_name)
    if opener is None:
        raise UnknownNameError("format", format_name, FORMATS)
    try:
        with ExitStack() as files:
            writer = opener(target, files)
            for part in parts:
                writer.add(part)
            return writer.finish()
    except OSError as error:
        raise StorageError(error.filename or target, error.strerror or str(error)) from error


def defused(text: object) -> object:
    """`text` so that no spreadsheet runs it as a formula; numbers and other values are left as they are."""
    if not isinstance(text, str) or not text.startswith(_FORMULA_STARTS):
        return text
    return text if read_figure(text).kind in (FigureKind.NUMBER, FigureKind.DASH) else "'" + text


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """A path to write to, moved to `path` when all went well and removed when not. Devices and pipes are never replaced."""
    if path.exists() and not path.is_file():
        yield path
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _text_file(path: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    with (
        _replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file,
    ):
        yield file


def _plain(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def table_file_name(table: ExportedTable, number: int) -> str:
    """The name of a table's own file: a running number, the document's stem, the table's id and form."""
    stem = "".join(c if c.isalnum() or c in "-_." else "_" for c in Path(table.document).stem)[:60]
    return f"{number:04d}_{stem}_{table.id}_{table.form}.csv"


def _table_fields(table: ExportedTable) -> tuple[str, ...]:
    return tuple(getattr(table, name) for name in _TABLE_COLUMNS)


@dataclass(slots=True)
class CsvWriter:
    """A CSV file for each list, `tables.csv` that names the file of every table, and the tables in `tables/`."""

    target: Path
    files: ExitStack
    _writers: dict[str, Any] = field(default_factory=dict)
    _written: list[Path] = field(default_factory=list)
    _tables: int = 0

    def __post_init__(self) -> None:
        for name, columns in {**LISTS, "tables": (*_TABLE_COLUMNS, "file")}.items():
            path = self.target / f"{name}.csv"
            self._writers[name] = csv.writer(self.files.enter_context(_text_file(path, bom=True)))
            self._writers[name].writerow(columns)
            self._written.append(path)

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            self._writers[name].writerows([defused(_plain(value)) for value in row] for row in rows)
        for table in part.tables:
            self._tables += 1
            path = self.target / "tables" / table_file_name(table, self._tables)
            with _text_file(path, bom=True) as file:
                csv.writer(file).writerows([defused(text) for text in row] for row in table.header + table.rows)
            fields_of_table = (*_table_fields(table), f"tables/{path.name}")
            self._writers["tables"].writerow([defused(text) for text in fields_of_table])
            self._written.append(path)

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        return self._written


@dataclass(slots=True)
class PackageWriter:
    """The CSV files with a `datapackage.json` that describes them (Frictionless Data Package 1.0)."""

    target: Path
    files: ExitStack
    _csv: CsvWriter = field(init=False)

    def __post_init__(self) -> None:
        self._csv = CsvWriter(self.target, self.files)

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        self._csv.add(part)

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        lists = {**LISTS, "tables": (*_TABLE_COLUMNS, "file")}
        package = {
            "name": "reviewed-disclosures",
            "profile": "data-package",
            "resources": [_resource(name, columns) for name, columns in lists.items()],
        }
        path = self.target / "datapackage.json"
        file = self.files.enter_context(_text_file(path))
        file.write(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
        return [*self._csv.finish(), path]


def _resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
    described = [{"name": column, "type": kind_of(column, name)} for column in columns]
    return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": {"fields": described}}


@dataclass(slots=True)
class JsonLinesWriter:
    """A file for each list and `tables.jsonl`, one object a line."""

    target: Path
    files: ExitStack
    _open: dict[str, IO[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*LISTS, "tables"):
            self._open[name] = self.files.enter_context(_text_file(self.target / f"{name}.jsonl"))

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            for row in rows:
                self._open[name].write(_dump(dict(zip(LISTS[name], row, strict=True))) + "\n")
        for table in part.tables:
            entry = {name: getattr(table, name) for name in (*_TABLE_COLUMNS, "header", "rows")}
            self._open["tables"].write(_dump(entry) + "\n")

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        return [self.target / f"{name}.jsonl" for name in self._open]


@dataclass(slots=True)
class SqliteWriter:
    """A database with a table for each list, and `tables` with the grids as JSON."""

    target: Path
    files: ExitStack
    _connection: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        temporary = self.files.enter_context(_replacing(self.target))
        self._connection = sqlite3.connect(temporary)
        self.files.callback(self._connection.close)
        for name, columns in {**LISTS, "tables": (*_TABLE_COLUMNS, "header", "rows")}.items():
            names = ", ".join(f'"{column}"' for column in columns)
            self._connection.execute(f'CREATE TABLE "{name}" ({names})')

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            self._insert(name, rows)
        grids = [(*_table_fields(table), _dump(table.header), _dump(table.rows)) for table in part.tables]
        self._insert("tables", grids)

    def _insert(self, name: str, rows: Sequence[Sequence[object]]) -> None:
        if rows:
            marks = ", ".join("?" for _ in rows[0])
            self._connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  our own names

    def finish(self) -> list[Path]:
        """Ends the file; returns its path."""
        self._connection.commit()
        return [self.target]


@dataclass(slots=True)
class ParquetWriter:
    """The long table of figures as one Parquet file."""

    target: Path
    files: ExitStack
    _writer: Any = None
    _schema: Any = None
    _waiting: list[tuple[object, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        import importlib.util

        if importlib.util.find_spec("pyarrow") is None:
            raise MissingExtraError(self.target, "writing Parquet", "install budget-workbench[parquet]")
        import pyarrow
        from pyarrow import parquet

        kinds = {"integer": pyarrow.int64(), "boolean": pyarrow.bool_()}
        self._schema = pyarrow.schema(
            [(column, kinds.get(kind_of(column, "figures"), pyarrow.string())) for column in LISTS["figures"]]
        )
        temporary = self.files.enter_context(_replacing(self.target))
        self._writer = self.files.enter_context(parquet.ParquetWriter(temporary, self._schema))

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        self._waiting += dict(rows_of(part))["figures"]
        if len(self._waiting) >= _ROWS_AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        from workbench.export.frames import frame_of

        frame = frame_of("figures", self._waiting)
        self._writer.write_table(pyarrow.Table.from_pandas(frame, schema=self._schema, preserve_index=False))
        self._waiting.clear()

    def finish(self) -> list[Path]:
        """Ends the file; returns its path."""
        self._flush()
        return [self.target]


@dataclass(slots=True)
class WorkbookWriter:
    """A workbook: a sheet for each list, and one for each table where they are few. All texts are text cells."""

    target: Path
    files: ExitStack
    _book: Any = None
    _pages: dict[str, Any] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _tables: list[ExportedTable] = field(default_factory=list)

    def __post_init__(self) -> None:
        from openpyxl import Workbook

        self._book = Workbook(write_only=True)
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
            page = self._book.create_sheet(f"{number:04d} {table.id}")
            for row in [(table.document,), (table.title, table.unit), *table.header, *table.rows]:
                page.append(_text_cells(page, row))
        self._book.save(self.files.enter_context(_replacing(self.target)))
        return [self.target]


def _text_cells(page: Any, row: Sequence[object]) -> list[Any]:
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for value in row:
        text: Any = _without_control(value) if isinstance(value, str) else value
        cell = WriteOnlyCell(page, value=text)
        if isinstance(text, str):
            cell.data_type = "s"
        cells.append(cell)
    return cells


def _without_control(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or c >= " ")[:32767]


FORMATS: dict[str, Callable[[Path, ExitStack], Writer]] = {
    "csv": CsvWriter,
    "jsonl": JsonLinesWriter,
    "xlsx": WorkbookWriter,
    "parquet": ParquetWriter,
    "sqlite": SqliteWriter,
    "datapackage": PackageWriter,
}
"""The formats of `workbench export`, by name."""
