"""Writers of a data set, one a format. Text that a spreadsheet would run as a formula is defused in CSV and Excel.

A cell beginning with = + - @ or a control character is given a leading apostrophe, unless it is a plain number
(OWASP, CSV injection); Excel files hold every code and figure text as text.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from workbench.errors import MissingExtraError, StorageError, UnknownNameError
from workbench.export.dataset import CORRECTION_COLUMNS, FIGURE_COLUMNS, Dataset, ExportedTable, as_records
from workbench.model.amount import FigureKind, read_figure

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def defused(text: object) -> object:
    """`text` so that no spreadsheet runs it as a formula; numbers and other values are left as they are."""
    if not isinstance(text, str) or not text.startswith(_FORMULA_STARTS):
        return text
    return text if read_figure(text).kind in (FigureKind.NUMBER, FigureKind.DASH) else "'" + text


def write_dataset(dataset: Dataset, target: Path, format_name: str) -> list[Path]:
    """Writes the data set to `target` (a folder for csv, jsonl, datapackage; else a file) and returns what it wrote.

    Raises UnknownNameError for a format there is none of, MissingExtraError for parquet without pyarrow, StorageError
    when the disk refuses. Files appear whole or not at all.
    """
    writer = FORMATS.get(format_name)
    if writer is None:
        raise UnknownNameError("format", format_name, FORMATS)
    try:
        return writer(dataset, target)
    except OSError as error:
        raise StorageError(error.filename or target, error.strerror or str(error)) from error


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


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with _text_file(path, bom=True) as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([defused(_plain(value)) for value in row] for row in rows)
    return path


def _plain(value: object) -> object:
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else value


def table_file_name(table: ExportedTable, number: int) -> str:
    """The name of a table's own file: a running number, the document's stem, the table's id and form."""
    stem = "".join(c if c.isalnum() or c in "-_." else "_" for c in Path(table.document).stem)[:60]
    return f"{number:04d}_{stem}_{table.id}_{table.form}.csv"


def write_csv(dataset: Dataset, target: Path) -> list[Path]:
    """`figures.csv` (long), `corrections.csv`, and every corrected table in `tables/`."""
    written = [
        _write_rows(target / "figures.csv", FIGURE_COLUMNS, as_records(dataset.figures)),
        _write_rows(target / "corrections.csv", CORRECTION_COLUMNS, as_records(dataset.corrections)),
    ]
    for number, table in enumerate(dataset.tables, 1):
        path = target / "tables" / table_file_name(table, number)
        with _text_file(path, bom=True) as file:
            csv.writer(file).writerows([defused(text) for text in row] for row in table.header + table.rows)
        written.append(path)
    return written


def write_jsonl(dataset: Dataset, target: Path) -> list[Path]:
    """`figures.jsonl` and `tables.jsonl`, one object a line."""
    figures = target / "figures.jsonl"
    with _text_file(figures) as file:
        for row in as_records(dataset.figures):
            file.write(json.dumps(dict(zip(FIGURE_COLUMNS, row, strict=True)), ensure_ascii=False) + "\n")
    tables = target / "tables.jsonl"
    with _text_file(tables) as file:
        for table in dataset.tables:
            entry = {
                name: getattr(table, name) for name in ("document", "id", "title", "form", "unit", "header", "rows")
            }
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    return [figures, tables]


def write_sqlite(dataset: Dataset, target: Path) -> list[Path]:
    """A database with the tables figures, corrections and tables (grids as JSON)."""
    with _replacing(target) as temporary:
        connection = sqlite3.connect(temporary)
        try:
            _fill_table(connection, "figures", FIGURE_COLUMNS, as_records(dataset.figures))
            _fill_table(connection, "corrections", CORRECTION_COLUMNS, as_records(dataset.corrections))
            grids = [
                (t.document, t.id, t.title, t.form, t.unit, _dump(t.header), _dump(t.rows)) for t in dataset.tables
            ]
            _fill_table(connection, "tables", ("document", "id", "title", "form", "unit", "header", "rows"), grids)
            connection.commit()
        finally:
            connection.close()
    return [target]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _fill_table(
    connection: sqlite3.Connection, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" for _ in columns)
    connection.execute(f'CREATE TABLE "{name}" ({names})')
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608  names are this module's own


def write_parquet(dataset: Dataset, target: Path) -> list[Path]:
    """The long table of figures as one Parquet file."""
    import importlib.util

    if importlib.util.find_spec("pyarrow") is None:
        raise MissingExtraError(target, "writing Parquet", "install budget-workbench[parquet]")
    import pandas

    frame = pandas.DataFrame.from_records(as_records(dataset.figures), columns=list(FIGURE_COLUMNS))
    with _replacing(target) as temporary:
        frame.to_parquet(temporary, index=False)
    return [target]


def write_xlsx(dataset: Dataset, target: Path) -> list[Path]:
    """A workbook: figures, corrections, and one sheet a table. All texts are text cells, never formulas."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)

    def sheet(name: str, rows: Iterable[Sequence[object]]) -> None:
        page: Any = book.create_sheet(name)
        for row in rows:
            cells = []
            for value in row:
                text: Any = _without_control(value) if isinstance(value, str) else value
                cell = WriteOnlyCell(page, value=text)
                if isinstance(text, str):
                    cell.data_type = "s"
                cells.append(cell)
            page.append(cells)

    sheet("figures", [FIGURE_COLUMNS, *as_records(dataset.figures)])
    sheet("corrections", [CORRECTION_COLUMNS, *as_records(dataset.corrections)])
    for number, table in enumerate(dataset.tables, 1):
        heading = [(table.document,), (table.title, table.unit)]
        sheet(f"{number:04d} {table.id}", [*heading, *table.header, *table.rows])
    with _replacing(target) as temporary:
        book.save(temporary)
    return [target]


def _without_control(text: str) -> str:
    return "".join(c for c in text if c in "\t\n" or c >= " ")[:32767]


def write_datapackage(dataset: Dataset, target: Path) -> list[Path]:
    """The CSV files with a `datapackage.json` that describes them (Frictionless Data Package 1.0)."""
    written = write_csv(dataset, target)
    numeric = {"row": "integer", "column": "integer", "corrected": "boolean", "inferred": "boolean"}
    numeric |= {"value": "number", "value_yuan": "number"}

    def resource(name: str, columns: Sequence[str]) -> dict[str, Any]:
        kinds = [{"name": column, "type": numeric.get(column, "string")} for column in columns]
        return {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": {"fields": kinds}}

    package = {
        "name": "reviewed-disclosures",
        "profile": "data-package",
        "resources": [resource("figures", FIGURE_COLUMNS), resource("corrections", CORRECTION_COLUMNS)],
    }
    path = target / "datapackage.json"
    with _text_file(path) as file:
        file.write(json.dumps(package, ensure_ascii=False, indent=2) + "\n")
    return [*written, path]


FORMATS: dict[str, Callable[[Dataset, Path], list[Path]]] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "sqlite": write_sqlite,
    "datapackage": write_datapackage,
}
"""The formats of `workbench export`, by name."""
