import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from workbench.errors import OutputError, UnknownNameError, WorkbenchError
from workbench.export import FORMATS, ReviewOutcome, frames_of, part_of, workbook, write_dataset
from workbench.export.dataset import Standing
from workbench.export.delimited import column_descriptions
from workbench.export.files import _aside
from workbench.export.rows import LISTS, TABLE_COLUMNS, CorrectionRow, DocumentPart, FindingRow
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import CellRef, Document
from workbench.review.outcome import reviewed_parts
from workbench.review.senses import senses_of
from workbench.tables.interchange.from_json import documents_from_json

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


def exported(document: Document, **review: Any) -> DocumentPart:
    """What an export writes of a document, with this of its review."""
    return part_of(document, ReviewOutcome(senses=senses_of(document), **review))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_long_table_has_labels_and_exact_values(document: Document, tmp_path: Path) -> None:
    write_dataset([exported(document)], tmp_path, "csv")
    first, second, third = rows_of(tmp_path / "figures.csv")
    assert (first["code"], first["label"], first["column_path"]) == ("201", "一般公共服务支出", "合计")
    assert (first["printed"], first["value"], first["value_yuan"]) == ("1,204.50", "1204.50", "12045000.00")
    assert (second["printed"], second["value"], second["corrected"]) == ("804.5", "840.50", "true")
    assert (third["value"], third["entity"], third["fiscal_year"]) == ("-3.00", "青禾县财政局", "2024")


def test_formulas_are_defused_and_negative_numbers_are_not(document: Document, tmp_path: Path) -> None:
    written = write_dataset([exported(document)], tmp_path, "csv")
    table = next(path for path in written if path.parent.name == "tables").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    assert ",-3.00," in table


def test_a_workbook_holds_texts_only(document: Document, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_dataset([exported(document)], tmp_path / "out.xlsx", "xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == "=HYPERLINK(1)" and cell.data_type == "s" for cell in cells)
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(cell.value == "201" for cell in cells)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_keeps_every_figure(name: str, document: Document, tmp_path: Path) -> None:
    settled = [
        CorrectionRow(
            "a.json",
            "5e",
            "correction",
            "t01/0/3",
            "",
            "201 一般公共服务支出",
            "基本支出",
            "804.5",
            "840.50",
            True,
            "lw",
            "2026-01-01",
            "manual",
            "note",
        )
    ]
    written = write_dataset([exported(document, corrections=settled)], tmp_path / "out", name)
    assert all(path.is_file() for path in written)
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
        write_dataset([exported(document)], tmp_path, "xls")


def test_documents_and_findings_say_where_the_review_stands(document: Document, tmp_path: Path) -> None:
    finding = FindingRow(
        "a.json",
        "5e",
        "row_sum:1",
        "row_sum",
        "fail",
        "error",
        "source_error",
        "合计 1 ≠ 2",
        "t01/0/2",
        "2",
        "1",
        "-1",
        "0",
    )
    review = {
        "row": {"status": "done", "reviewer": "lw", "failing": 1},
        "standings": {CellRef("t01", 0, 2): Standing(3, 1, "source_error")},
        "findings": [finding],
    }
    write_dataset([exported(document, **review)], tmp_path, "csv")
    (row,) = rows_of(tmp_path / "documents.csv")
    assert (row["status"], row["reviewer"], row["failing"], row["figures"]) == ("done", "lw", "1", "3")
    (found,) = rows_of(tmp_path / "findings.csv")
    assert (found["rule"], found["verdict"], found["residual"]) == ("row_sum", "source_error", "-1")
    first, second, _ = rows_of(tmp_path / "figures.csv")
    assert (first["checks"], first["failing"], first["ruling"]) == ("3", "1", "source_error")
    assert (second["checks"], second["failing"], second["ruling"]) == ("0", "0", "")


def test_every_table_file_is_named_in_the_list_of_tables(document: Document, tmp_path: Path) -> None:
    written = write_dataset([exported(document), exported(document)], tmp_path, "csv")
    listed = [tmp_path / row["file"] for row in rows_of(tmp_path / "tables.csv")]
    assert listed == [path for path in written if path.parent.name == "tables"]
    assert len(set(listed)) == 2


def test_documents_are_written_as_they_come(document: Document, tmp_path: Path) -> None:
    """No more than one document is held: each is on its way to the disk before the next is asked for."""
    import weakref

    alive: list[int] = []
    held: list[weakref.ref[object]] = []

    class Held(list[str]):
        pass

    def parts() -> Iterator[DocumentPart]:
        for _ in range(5):
            alive.append(sum(reference() is not None for reference in held))
            marker = Held()
            held.append(weakref.ref(marker))
            part = exported(document)
            object.__setattr__(part, "findings", marker)
            del marker
            yield part
            del part

    write_dataset(parts(), tmp_path, "csv")
    assert max(alive) <= 1


def test_a_sheet_that_is_full_goes_on_in_the_next(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr(workbook, "_SHEET_ROWS", 3)
    write_dataset([exported(document), exported(document)], tmp_path / "out.xlsx", "xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    sheets = [name for name in book.sheetnames if name.startswith("figures")]
    rows = [list(book[name].values) for name in sheets]
    assert sheets == ["figures", "figures 2", "figures 3"]
    assert {sheet[0] for sheet in rows} == {rows[0][0]}
    assert [row[rows[0][0].index("value")] for sheet in rows for row in sheet[1:]] == [
        "1204.50", "840.50", "-3.00", "1204.50", "840.50", "-3.00",
    ]  # fmt: skip


def test_a_workbook_can_be_read_as_it_opens(document: Document, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_dataset([exported(document)], tmp_path / "out.xlsx", "xlsx")
    book = load_workbook(tmp_path / "out.xlsx")
    figures = book["figures"]
    assert figures.freeze_panes == "B2", "the head and the name of the document stay in sight"
    assert figures.auto_filter.ref == figures.dimensions
    assert all(cell.font.bold for cell in figures[1]) and not any(cell.font.bold for cell in figures[2])
    table = book[book.sheetnames[-1]]
    assert table["A2"].value == document.tables[-1].title
    head = len(document.tables[-1].header) + 2
    assert table.freeze_panes == f"A{head + 1}"
    assert all(cell.font.bold for cell in table[head]) and not any(cell.font.bold for cell in table[head + 1])
    assert any(row[1].value == "一般公共服务支出" for row in table.iter_rows(min_row=head))
    assert table.column_dimensions["B"].width >= 2 * len("一般公共服务支出"), "Chinese characters are two wide"


def test_each_table_has_a_sheet_named_by_its_number_id_and_title(document: Document, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_dataset([exported(document)], tmp_path / "out.xlsx", "xlsx")
    names = load_workbook(tmp_path / "out.xlsx").sheetnames
    assert names[-len(document.tables) :] == [
        f"{at:04d} {table.id} {table.title}" for at, table in enumerate(document.tables, 1)
    ]


def test_many_tables_get_no_sheets(document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr(workbook, "_SHEETS_OF_TABLES", 1)
    write_dataset([exported(document), exported(document)], tmp_path / "out.xlsx", "xlsx")
    names = load_workbook(tmp_path / "out.xlsx").sheetnames
    assert names == ["documents", "figures", "corrections", "findings"]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_that_fails_midway_replaces_nothing(name: str, document: Document, tmp_path: Path) -> None:
    target = tmp_path / "out"
    write_dataset([exported(document)], target, name)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def parts() -> Iterator[DocumentPart]:
        yield exported(document)
        raise RuntimeError("the reader died")

    with pytest.raises(RuntimeError):
        write_dataset(parts(), target, name)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_export_that_is_interrupted_leaves_nothing_behind(name: str, document: Document, tmp_path: Path) -> None:
    def parts() -> Iterator[DocumentPart]:
        yield exported(document)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_dataset(parts(), tmp_path / "out", name)
    assert list(tmp_path.iterdir()) == []


_VALUES_OF_TYPES = {"integer": r"-?\d+|", "number": r"-?\d+(\.\d+)?|", "boolean": "true|false", "string": r"[\s\S]*"}


def test_a_package_describes_every_column_of_every_file(document: Document, tmp_path: Path) -> None:
    over_pages = replace(document, tables=tuple(replace(table, pages=(1, 2)) for table in document.tables))
    write_dataset([exported(over_pages)], tmp_path, "datapackage")
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (tmp_path / resource["path"]).open(encoding="utf-8-sig", newline="") as file:
            heads, *rows = csv.reader(file)
        described = resource["schema"]["fields"]
        assert [field["name"] for field in described] == heads
        for row in rows:
            for field, value in zip(described, row, strict=True):
                assert re.fullmatch(_VALUES_OF_TYPES[field["type"]], value), (resource["name"], field, value)


def test_frames_hold_decimals_counts_and_texts(document: Document) -> None:
    frames = frames_of([exported(document), exported(document)])
    figures = frames["figures"]
    assert list(figures["value_yuan"]) == [Decimal("12045000.00"), Decimal("8405000.00"), Decimal("-30000.00")] * 2
    assert figures["row"].dtype == "int64"
    assert figures["corrected"].tolist() == [False, True, False] * 2
    assert frames["documents"]["figures"].sum() == 6
    assert list(frames["findings"].columns)[:3] == ["document", "sha256", "finding"]
    assert frames_of([])["figures"].empty


def test_the_example_of_the_readme_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = (block.split("```")[0] for block in text.split("```python\n")[1:])
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "石溪县医疗保障局" in ran.stdout
    assert "expenditure" not in ran.stdout


def test_documents_that_cannot_be_read_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(WorkbenchError, match=r"broken\.pdf"):
        list(reviewed_parts([tmp_path], records=tmp_path / "records"))
    failures: list[WorkbenchError] = []
    assert list(reviewed_parts([tmp_path], records=tmp_path / "records", failures=failures)) == []
    assert [error.exit_code for error in failures] == [3]


def read(**table: Any) -> Document:
    entry = {"title": "支出总表", "form": "expenditure_summary", "unit": "万元"} | table
    (made,) = documents_from_json(json.dumps({"tables": [entry]}, ensure_ascii=False).encode(), "a.json")
    return made


def test_codes_of_three_columns_make_one_code_and_are_no_figures() -> None:
    document = read(
        header=[["科目编码", "科目编码", "科目编码", "科目名称", "合计"], ["类", "款", "项", "", ""]],
        rows=[
            ["208", "", "", "社会保障和就业支出", "74.50"],
            ["", "05", "", "行政事业单位养老支出", "74.50"],
            ["", "", "06", "职业年金缴费支出", "74.50"],
        ],
    )
    figures = exported(document).figures
    assert [(row.code, row.label, row.value_yuan) for row in figures] == [
        ("208", "社会保障和就业支出", "745000.00"),
        ("20805", "行政事业单位养老支出", "745000.00"),
        ("2080506", "职业年金缴费支出", "745000.00"),
    ]


def test_counts_shares_and_prices_are_no_amounts_of_the_table() -> None:
    document = read(
        form="procurement",
        title="政府采购预算表",
        header=[["采购项目", "数量（台）", "单价（元）", "金额", "占比"]],
        rows=[["台式计算机", "12", "4,500.00", "5.40", "12.5%"], ["打印机", "3", "2,000.00", "0.60", "1.4%"]],
    )
    first = exported(document).figures[:4]
    assert [(row.measure, row.value, row.unit, row.value_yuan) for row in first] == [
        ("count", "12", "台", ""),
        ("price", "4500.00", "元", "4500.00"),
        ("amount", "5.40", "万元", "54000.00"),
        ("percent", "12.5", "%", ""),
    ]


def test_a_row_that_counts_is_no_amount() -> None:
    document = read(
        form="three_public",
        title="“三公”经费支出表",
        header=[["项目", "预算数"]],
        rows=[["公务用车购置及运行费", "3.10"], ["公务用车保有量（辆）", "2"], ["国内公务接待批次（个）", "14"]],
    )
    assert [(row.measure, row.unit, row.value_yuan) for row in exported(document).figures] == [
        ("amount", "万元", "31000.00"), ("count", "辆", ""), ("count", "个", ""),
    ]  # fmt: skip


def test_numbers_of_a_form_that_name_something_are_no_amounts() -> None:
    document = read(
        form="project_expenditure",
        title="项目申报表",
        header=[],
        rows=[["单位编码", "707001"], ["联系电话", "03197000000"], ["年度", "2024"], ["资金总额", "245.10"]],
    )
    found = [(row.label, row.measure, row.value_yuan) for row in exported(document).figures]
    assert ("资金总额", "amount", "2451000.00") in found
    assert not any(yuan for label, _, yuan in found if label != "资金总额")


def test_figures_of_the_text_say_what_they_are() -> None:
    entry = {
        "tables": [],
        "stated": [
            {"label": "支出总计", "value": "804.50", "unit": "万元", "text": "支出总计804.50万元"},
            {"label": "人均补助", "value": "580", "unit": "元/人", "text": "人均补助580元/人"},
            {"label": "车辆", "value": "3", "unit": "辆", "text": "车辆3辆", "kind": "count"},
            {"label": "增长", "value": "5.2%", "unit": "%", "text": "增长5.2%", "kind": "growth"},
        ],
    }
    (document,) = documents_from_json(json.dumps(entry, ensure_ascii=False).encode(), "a.json")
    assert [(row.measure, row.value, row.unit, row.value_yuan) for row in exported(document).figures] == [
        ("amount", "804.50", "万元", "8045000.00"),
        ("price", "580", "元/人", ""),
        ("count", "3", "辆", ""),
        ("percent", "5.2", "%", ""),
    ]


def test_the_right_half_of_a_table_has_its_own_labels() -> None:
    document = read(
        form="income_expenditure_summary",
        header=[["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]],
        rows=[["一、一般公共预算拨款收入", "9.00", "一、一般公共服务支出", "7.00"], ["收入总计", "9.00", "", "2.00"]],
    )
    labels = [(row.label, row.value) for row in exported(document).figures]
    assert labels[:2] == [("一、一般公共预算拨款收入", "9.00"), ("一、一般公共服务支出", "7.00")]
    assert ("收入总计", "2.00") not in labels


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_names_and_texts_that_a_format_has_no_form_for_stop_nothing(name: str, tmp_path: Path) -> None:
    """A name from an old archive (bytes that are not UTF-8), and characters that XML has none of."""
    from dataclasses import replace

    document = read(header=[["项目", "金额"]], rows=[["甲\ufffe\x01", "1.00"], ["合计", "1.00"]])
    document = replace(document, source=replace(document.source, path="预算\udcff.pdf"))
    for path in write_dataset([exported(document)], tmp_path / "out", name):
        if path.stem in ("documents", "out"):
            assert "预算\ufffd.pdf" in _texts_of(path)


def test_a_workbook_that_is_not_whole_never_takes_the_place_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl.writer.excel import ExcelWriter

    target = tmp_path / "out.xlsx"
    document = read(header=[["项目", "金额"]], rows=[["甲", "1.00"]])
    write_dataset([exported(document)], target, "xlsx")
    before = target.read_bytes()
    saved = ExcelWriter.save

    def spoiled(self: ExcelWriter) -> None:
        path = Path(str(self._archive.filename))
        saved(self)
        path.write_bytes(b"<worksheet>" + path.read_bytes()[11:])

    monkeypatch.setattr(ExcelWriter, "save", spoiled)
    with pytest.raises(OutputError, match="written whole"):
        write_dataset([exported(document)], target, "xlsx")
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def _texts_of(path: Path) -> str:
    """All that a file of an export holds, as text."""
    if path.suffix == ".parquet":
        import pandas

        return pandas.read_parquet(path).to_csv()
    content = path.read_bytes()
    if content[:2] == b"PK":
        from openpyxl import load_workbook

        return str([list(sheet.values) for sheet in load_workbook(io.BytesIO(content))])
    return content.decode("utf-8", "replace")


def test_no_name_of_a_table_leads_out_of_its_folder(tmp_path: Path) -> None:
    document = read(id="../../../evil", header=[["项目", "金额"]], rows=[["甲", "1.00"]])
    write_dataset([exported(document)], tmp_path / "a" / "b", "csv")
    write_dataset([exported(document)], tmp_path / "a" / "b.xlsx", "xlsx")
    assert {path.parent.name for path in tmp_path.rglob("*evil*")} == {"tables"}
    assert [row["id"] for row in rows_of(tmp_path / "a" / "b" / "tables.csv")] == ["../../../evil"]


def test_an_export_takes_the_place_of_the_one_before_and_of_nothing_else(document: Document, tmp_path: Path) -> None:
    other = read(header=[["项目", "金额"]], rows=[["甲", "1.00"]])
    write_dataset([exported(other), exported(document)], tmp_path, "csv")
    kept = [path.name for path in (tmp_path / "tables").iterdir() if path.name.startswith("a.")]
    (tmp_path / "tables" / "mine.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "keep.csv").write_text("mine", encoding="utf-8")
    lists = (tmp_path / "tables.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "tables.csv").write_text(lists + "a,b,c,d,e,f,g,../keep.csv\n", encoding="utf-8")
    write_dataset([exported(document)], tmp_path, "csv")
    (listed,) = rows_of(tmp_path / "tables.csv")
    assert sorted(path.name for path in (tmp_path / "tables").iterdir()) == sorted(
        ["mine.csv", Path(listed["file"]).name]
    )
    assert Path(listed["file"]).name in kept
    assert (tmp_path / "keep.csv").exists()


def test_full_width_signs_and_line_ends_begin_formulas_too(tmp_path: Path) -> None:
    rows = [["＝1+1", "1.00"], ["\n=1", "2.00"], ["－", "-3.00"], ["－其中", "4.00"]]
    write_dataset([exported(read(header=[["项目", "金额"]], rows=rows))], tmp_path, "csv")
    (path,) = (tmp_path / "tables").iterdir()
    with path.open(encoding="utf-8-sig", newline="") as file:
        shown = [row[0] for row in csv.reader(file)][1:]
    assert shown[0] == "'＝1+1" and shown[2] == "－" and shown[3] == "'－其中"


def test_a_target_of_the_wrong_kind_is_refused(document: Document, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(WorkbenchError, match="csv is several files"):
        write_dataset([exported(document)], tmp_path / "file", "csv")
    with pytest.raises(WorkbenchError, match="it is a folder, and xlsx is one file"):
        write_dataset([exported(document)], tmp_path, "xlsx")


def test_a_database_has_types_and_exact_texts(document: Document, tmp_path: Path) -> None:
    write_dataset([exported(document)], tmp_path / "out.sqlite", "sqlite")
    with sqlite3.connect(tmp_path / "out.sqlite") as connection:
        kinds = {row[1]: row[2] for row in connection.execute("PRAGMA table_info(figures)")}
        (value, failing) = connection.execute("SELECT value, typeof(failing) FROM figures").fetchone()
    assert (kinds["value"], kinds["failing"], kinds["corrected"]) == ("TEXT", "INTEGER", "INTEGER")
    assert (value, failing) == ("1204.50", "integer")


def test_every_column_is_described() -> None:
    said = column_descriptions()
    for name, columns in (*LISTS.items(), ("tables", (*TABLE_COLUMNS, "file"))):
        assert set(columns) <= set(said[name])
        assert set(said[name]) <= {*columns, "document", "sha256"}


def test_the_example_of_the_readme_runs_as_a_script_too(tmp_path: Path) -> None:
    """A script is imported again by every worker process that it starts: it must start none without being asked to."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    (code,) = (block.split("```")[0] for block in text.split("```python\n")[1:])
    script = tmp_path / "example.py"
    sample = ROOT / "sample_docs" / "songze_finance_2024.txt"
    script.write_text(code.replace('Path("sample_docs")', f"Path({str(sample)!r})"), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert (ran.returncode, ran.stderr) == (0, "") and "松泽县" in ran.stdout


@pytest.mark.parametrize("name", ["csv", "sqlite"])
def test_what_killed_runs_left_is_swept_and_what_runs_is_left_alone(
    name: str, document: Document, tmp_path: Path
) -> None:
    """A number of a process says little of another machine, or in a container where every run may have the same one."""
    target = tmp_path / "out"
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    folder = target if name == "csv" else tmp_path
    folder.mkdir(exist_ok=True)
    stem = "tables" if name == "csv" else "out"
    left = [folder / f".{stem}.{process}.abc.part" for process in (ended.pid, os.getpid(), os.getppid(), ended.pid)]
    fresh = left[3] = folder / f".{stem}.{ended.pid}.def.part"
    with _aside(folder / stem) as ours:
        left += [ours.with_name(ours.name.replace(f".{os.getpid()}.", f".{ended.pid}.")), ours]
        for path in left:
            if name == "csv":
                path.mkdir()
            else:
                path.write_bytes(b"half")
            if path not in (fresh, *left[4:]):
                os.utime(path, (1, 1))
        write_dataset([exported(document)], target, name)
        # Those of processes that run stay, this one among them, and what another machine wrote to a moment ago.
        assert {path for path in folder.iterdir() if path.suffix == ".part"} == {left[2], fresh, ours}


def test_without_the_writer_of_parquet_it_is_said_what_installs_it(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WorkbenchError, match=r"Parquet is not installed \(pip install 'budget-workbench\[parquet\]'\)"):
        write_dataset([exported(document)], tmp_path / "out.parquet", "parquet")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["sqlite", "xlsx", "parquet"])
def test_one_file_is_all_that_is_ever_beside_the_target(name: str, document: Document, tmp_path: Path) -> None:
    """What a killed run leaves is one file of a name that the next one knows."""
    if name == "parquet":
        pytest.importorskip("pyarrow")
    seen: set[str] = set()

    def parts() -> Iterator[DocumentPart]:
        for _ in range(3):
            yield exported(document)
            seen.update(path.suffix for path in tmp_path.iterdir())

    write_dataset(parts(), tmp_path / "out", name)
    assert seen <= {".part"}
