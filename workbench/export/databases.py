"""SQLite and Parquet. Figures are texts there too: no column of theirs keeps a decimal as it was printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from workbench.errors import MissingExtraError
from workbench.export.delimited import json_line
from workbench.export.files import replacing
from workbench.export.rows import LISTS, TABLE_COLUMNS, DocumentPart, kind_of, rows_of, table_fields

_ROWS_AT_ONCE = 50_000
"""Rows of a Parquet row group."""
_SQL_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}


@dataclass(slots=True)
class SqliteWriter:
    """A database with a table for each list, and `tables` with the grids as JSON."""

    target: Path
    files: ExitStack
    _connection: sqlite3.Connection = field(init=False)

    def __post_init__(self) -> None:
        temporary = self.files.enter_context(replacing(self.target))
        self._connection = sqlite3.connect(temporary)
        # A file that is thrown away when anything goes wrong needs no journal, which would be left beside it.
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        self.files.callback(self._connection.close)
        for name, columns in {**LISTS, "tables": (*TABLE_COLUMNS, "header", "rows")}.items():
            names = ", ".join(f'"{column}" {_SQL_TYPES.get(kind_of(column, name), "TEXT")}' for column in columns)
            self._connection.execute(f'CREATE TABLE "{name}" ({names})')

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            self._insert(name, rows)
        grids = [(*table_fields(table), json_line(table.header), json_line(table.rows)) for table in part.tables]
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
        try:
            import pyarrow
            from pyarrow import parquet
        except ImportError as error:
            install = "pip install 'budget-workbench[parquet]'"
            raise MissingExtraError(self.target, "the writer of Parquet", install) from error
        kinds = {"integer": pyarrow.int64(), "boolean": pyarrow.bool_()}
        self._schema = pyarrow.schema(
            [(column, kinds.get(kind_of(column, "figures"), pyarrow.string())) for column in LISTS["figures"]]
        )
        temporary = self.files.enter_context(replacing(self.target))
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
