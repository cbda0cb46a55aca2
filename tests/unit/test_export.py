import csv
import json
import sqlite3
from pathlib import Path

import pytest

from workbench.errors import UnknownNameError
from workbench.export import FORMATS, dataset_of, write_dataset
from workbench.export.dataset import CorrectionRow
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import CellRef, Document
from workbench.tables.interchange import documents_from_json

DATA = {
    "entity": "青禾县财政局",
    "fiscal_year": 2024,
    "tables": [
        {
            "title": "支出总表", "form": "expenditure_summary", "unit": "万元",
            "header": [["科目编码", "科目名称", "合计", "基本支出"]],
            "rows": [["201", "一般公共服务支出", "1,204.50", "804.5"], ["20106", "=HYPERLINK(1)", "-3.00", ""]],
        }
    ],
}  # fmt: skip


@pytest.fixture
def document() -> Document:
    (read,) = documents_from_json(json.dumps(DATA, ensure_ascii=False).encode(), "a.json")
    return apply_edit(read, SetCell(CellRef("t01", 0, 3), "804.5", "840.50"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_long_table_has_labels_and_exact_values(document: Document, tmp_path: Path) -> None:
    write_dataset(dataset_of([document]), tmp_path, "csv")
    first, second, third = rows_of(tmp_path / "figures.csv")
    assert (first["code"], first["label"], first["column_path"]) == ("201", "一般公共服务支出", "合计")
    assert (first["printed"], first["value"], first["value_yuan"]) == ("1,204.50", "1204.50", "12045000.00")
    assert (second["printed"], second["value"], second["corrected"]) == ("804.5", "840.50", "true")
    assert (third["value"], third["entity"], third["fiscal_year"]) == ("-3.00", "青禾县财政局", "2024")


def test_formulas_are_defused_and_negative_numbers_are_not(document: Document, tmp_path: Path) -> None:
    written = write_dataset(dataset_of([document]), tmp_path, "csv")
    table = next(path for path in written if path.parent.name == "tables").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    assert ",-3.00," in table


def test_a_workbook_holds_texts_only(document: Document, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_dataset(dataset_of([document]), tmp_path / "out.xlsx", "xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == "201" for cell in cells)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_keeps_every_figure(name: str, document: Document, tmp_path: Path) -> None:
    settled = [
        CorrectionRow("a.json", "correction", "t01/0/3", "804.5", "840.50", "lw", "2026-01-01", "manual", "note")
    ]
    written = write_dataset(dataset_of([document], settled), tmp_path / "out", name)
    assert all(path.is_file() and path.stat().st_size for path in written)
    values = {
        "csv": lambda: [row["value"] for row in rows_of(tmp_path / "out" / "figures.csv")],
        "datapackage": lambda: [row["value"] for row in rows_of(tmp_path / "out" / "figures.csv")],
        "jsonl": lambda: [
            json.loads(line)["value"] for line in (tmp_path / "out" / "figures.jsonl").open(encoding="utf-8")
        ],
        "sqlite": lambda: [row[0] for row in sqlite3.connect(tmp_path / "out").execute("SELECT value FROM figures")],
        "xlsx": lambda: _from_workbook(tmp_path / "out"),
        "parquet": lambda: _from_parquet(tmp_path / "out"),
    }[name]()
    assert values == ["1204.50", "840.50", "-3.00"]
    assert not list(tmp_path.rglob("*.part"))


def _from_workbook(path: Path) -> list[str]:
    from openpyxl import load_workbook

    rows = list(load_workbook(path.open("rb"))["figures"].values)
    return [row[rows[0].index("value")] for row in rows[1:]]


def _from_parquet(path: Path) -> list[str]:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    return list(pandas.read_parquet(path)["value"])


def test_an_unknown_format_is_refused_with_the_nearest(document: Document, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="did you mean xlsx"):
        write_dataset(dataset_of([document]), tmp_path, "xls")
