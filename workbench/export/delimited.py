"""CSV, the data package around it, and JSON Lines.

Text that a spreadsheet would run as a formula is defused in CSV: a cell beginning with = + - @, their full-width forms
or a control character is given a leading apostrophe, unless it is a plain number (OWASP, CSV injection).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from workbench.export.files import TableFolder, text_file
from workbench.export.rows import LISTS, TABLE_COLUMNS, DocumentPart, kind_of, rows_of, table_fields
from workbench.model.amount import FigureKind, read_figure
from workbench.model.toml_file import shipped_toml

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_CSV_LISTS = {**LISTS, "tables": (*TABLE_COLUMNS, "file")}


def _defused(text: object) -> object:
    """`text` so that no spreadsheet runs it as a formula; numbers and other values are left as they are."""
    if not isinstance(text, str) or not text.startswith(_FORMULA_STARTS):
        return text
    return text if read_figure(text).kind in (FigureKind.NUMBER, FigureKind.DASH) else "'" + text


def _plain(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def json_line(value: object) -> str:
    """`value` as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


@dataclass(slots=True)
class CsvWriter:
    """A CSV file for each list, `tables.csv` that names the file of every table, and the tables in `tables/`."""

    target: Path
    files: ExitStack
    _writers: dict[str, Any] = field(default_factory=dict)
    _tables: TableFolder = field(init=False)

    def __post_init__(self) -> None:
        for name, columns in _CSV_LISTS.items():
            opened = self.files.enter_context(text_file(self.target / f"{name}.csv", bom=True))
            self._writers[name] = csv.writer(opened)
            self._writers[name].writerow(columns)
        # Opened last, it is closed first: the tables take their places while the former list still names the old ones.
        self._tables = self.files.enter_context(TableFolder(self.target).opened())

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            self._writers[name].writerows([_defused(_plain(value)) for value in row] for row in rows)
        for table in part.tables:
            with self._tables.file_for(table) as (name, file):
                csv.writer(file).writerows([_defused(text) for text in row] for row in table.header + table.rows)
            self._writers["tables"].writerow([_defused(text) for text in (*table_fields(table), name)])

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        return [*(self.target / f"{name}.csv" for name in _CSV_LISTS), *self._tables.paths]


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
        package = {
            "name": "reviewed-disclosures",
            "profile": "data-package",
            "resources": [_resource(name, columns) for name, columns in _CSV_LISTS.items()],
        }
        path = self.target / "datapackage.json"
        file = self.files.enter_context(text_file(path))
        file.write(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
        return [*self._csv.finish(), path]


def _resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
    said = column_descriptions()
    described = [
        {"name": column, "type": kind_of(column, name), "description": said[name][column]} for column in columns
    ]
    return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": {"fields": described}}


def column_descriptions() -> dict[str, dict[str, str]]:
    """What every column of every list says, in a sentence."""
    data = shipped_toml("workbench.export", "columns.toml")
    shared: dict[str, str] = data.pop("shared")
    return {name: shared | columns for name, columns in data.items()}


@dataclass(slots=True)
class JsonLinesWriter:
    """A file for each list and `tables.jsonl`, one object a line."""

    target: Path
    files: ExitStack
    _open: dict[str, IO[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*LISTS, "tables"):
            self._open[name] = self.files.enter_context(text_file(self.target / f"{name}.jsonl"))

    def add(self, part: DocumentPart) -> None:
        """Writes one document."""
        for name, rows in rows_of(part):
            for row in rows:
                self._open[name].write(json_line(dict(zip(LISTS[name], row, strict=True))) + "\n")
        for table in part.tables:
            entry = {name: getattr(table, name) for name in (*TABLE_COLUMNS, "header", "rows")}
            self._open["tables"].write(json_line(entry) + "\n")

    def finish(self) -> list[Path]:
        """Ends the files; returns their paths."""
        return [self.target / f"{name}.jsonl" for name in self._open]
