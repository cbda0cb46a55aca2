"""Workbooks of every kind: the same sheet reads the same, and as its program shows it."""

import datetime
import re
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import Style, TableProperties
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import H, P
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page
from workbench.sources import read_source

SHOWN = [
    ["收支总表", "", ""],
    ["项目", "预算数", "占比"],
    ["0201", "1,234.50", "12.5%"],
    ["2031年3月4日", "-", "00201"],
]


def texts(page: Page) -> list[list[str]]:
    (grid,) = page.grids
    table = [[""] * grid.column_count for _ in range(grid.row_count)]
    for cell in grid.cells:
        table[cell.row][cell.column] = " ".join(page.text[start:end] for start, end in cell.pieces)
    return table


def make_xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "收支总表"
    sheet["A1"] = "收支总表"
    sheet.merge_cells("A1:C1")
    sheet.append(["项目", "预算数", "占比"])
    sheet.append(["0201", 1234.5, 0.125])
    sheet.append([datetime.date(2031, 3, 4), 0, 201])
    sheet["B3"].number_format, sheet["C3"].number_format = "#,##0.00", "0.0%"
    sheet["A4"].number_format, sheet["C4"].number_format = 'yyyy"年"m"月"d"日"', "00000"
    sheet["B4"].number_format = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
    book.create_sheet("藏").sheet_state = "hidden"
    book.save(path)


def make_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("收支总表")
    sheet.write_merge(0, 0, 0, 2, "收支总表")
    for column, text in enumerate(("项目", "预算数", "占比")):
        sheet.write(1, column, text)
    styles = [
        "General",
        "#,##0.00",
        "0.0%",
        'yyyy"年"m"月"d"日"',
        '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "00000",
    ]
    values: list[Any] = ["0201", 1234.5, 0.125, datetime.date(2031, 3, 4), 0, 201]
    for place, (value, code) in enumerate(zip(values, styles, strict=True)):
        sheet.write(2 + place // 3, place % 3, value, xlwt.easyxf(num_format_str=code))
    book.add_sheet("藏").visibility = 1
    book.save(str(path))


def make_ods(path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    hidden = Style(name="hidden", family="table")
    hidden.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(hidden)
    sheet = Table(name="收支总表")
    for number, row in enumerate(SHOWN):
        line = TableRow()
        if number == 0:
            cell = TableCell(numbercolumnsspanned=3)
            cell.addElement(P(text=row[0]))
            line.addElement(cell)
            line.addElement(CoveredTableCell(numbercolumnsrepeated=2))
        else:
            for text in row:
                cell = TableCell()
                cell.addElement(P(text=text))
                line.addElement(cell)
        line.addElement(TableCell(numbercolumnsrepeated=16000))
        sheet.addElement(line)
    sheet.addElement(TableRow(numberrowsrepeated=1048000))
    book.spreadsheet.addElement(sheet)
    book.spreadsheet.addElement(Table(name="藏", stylename=hidden))
    book.save(str(path))


@pytest.mark.parametrize("make", [make_xlsx, make_xls, make_ods], ids=["xlsx", "xls", "ods"])
def test_the_same_sheet_reads_the_same_from_every_format(tmp_path: Path, make: Any) -> None:
    path = tmp_path / f"made.{make.__name__.removeprefix('make_')}"
    make(path)
    document = read_source(path)
    (page,) = document.pages
    assert page.name == "收支总表"
    assert texts(page) == SHOWN
    assert next(cell for cell in page.grids[0].cells if (cell.row, cell.column) == (0, 0)).column_span == 3
    assert page.text.split("\n")[2].split("\t") == SHOWN[2]
    assert document.warnings == ("sheet 藏 is hidden and was left out",)


def test_hidden_rows_and_columns_are_left_out_and_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in range(4):
        sheet.append([f"r{row}c{column}" for column in range(4)])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    document = read_source(tmp_path / "a.xlsx")
    assert texts(document.page(1)) == [[f"r{row}c{column}" for column in (0, 1, 3)] for row in (0, 2, 3)]
    assert document.warnings == (
        "sheet Sheet: 1 hidden rows were left out", "sheet Sheet: 1 hidden columns were left out",
    )  # fmt: skip


def test_zeros_that_the_sheet_does_not_show_are_blank(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["合计", 0, 5])
    sheet.sheet_view.showZeros = False
    book.save(tmp_path / "a.xlsx")
    assert texts(read_source(tmp_path / "a.xlsx").page(1)) == [["合计", "", "5"]]


@pytest.mark.parametrize(
    ("kind", "kept", "shown"),
    [
        ("n", "3", "3"),
        ("str", "青禾县财政局", "青禾县财政局"),
        ("e", "#DIV/0!", "#DIV/0!"),
        ("b", "1", "TRUE"),
        ("d", "2031-03-04", "2031-03-04"),
    ],
)
def test_a_formula_shows_the_value_that_the_file_keeps(tmp_path: Path, kind: str, kept: str, shown: str) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["=A2"])
    sheet.append(["乙"])
    book.save(tmp_path / "made.xlsx")
    with ZipFile(tmp_path / "made.xlsx") as made, ZipFile(tmp_path / "kept.xlsx", "w") as changed:
        for name in made.namelist():
            content = made.read(name).decode()
            if name.endswith("sheet1.xml"):
                cell = f'<c r="A1" t="{kind}"><f>A2</f><v>{kept}</v></c>'
                content, count = re.subn(r'<c r="A1".*?</c>', cell, content)
                assert count == 1
            changed.writestr(name, content)
    assert texts(read_source(tmp_path / "kept.xlsx").page(1)) == [[shown], ["乙"]]


def test_lines_in_a_cell_are_pieces(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["社会保障\n和就业支出", "  其中：工资"])
    book.save(tmp_path / "a.xlsx")
    page = read_source(tmp_path / "a.xlsx").page(1)
    assert page.text == "社会保障 和就业支出\t  其中：工资\n"
    pieces = [[page.text[start:end] for start, end in cell.pieces] for cell in page.grids[0].cells]
    assert pieces == [["社会保障", "和就业支出"], ["其中：工资"]]


def test_far_apart_cells_do_not_make_a_large_page(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"], sheet["XFD1048576"] = "首", "尾"
    book.save(tmp_path / "a.xlsx")
    page = read_source(tmp_path / "a.xlsx").page(1)
    assert page.text.split() == ["首", "尾"]
    assert len(page.text) < 20


def test_a_workbook_with_no_sheet_to_see_says_so(tmp_path: Path) -> None:
    make_xlsx(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for sheet in book.worksheets:
        sheet.sheet_state = "hidden"
    book._sheets[0].sheet_state = "veryHidden"
    import openpyxl.workbook._writer as writer

    class Anyway(writer.WorkbookWriter):
        def write_views(self) -> None:
            """openpyxl refuses to write a workbook without a sheet to show; other programs do not."""

    original, writer.WorkbookWriter = writer.WorkbookWriter, Anyway
    try:
        import openpyxl.writer.excel as excel

        excel.WorkbookWriter = Anyway
        book.save(tmp_path / "b.xlsx")
    finally:
        writer.WorkbookWriter = excel.WorkbookWriter = original
    with pytest.raises(UnreadableSourceError, match="has no visible sheet"):
        read_source(tmp_path / "b.xlsx")


def test_an_opendocument_text_reads_like_a_word_document(tmp_path: Path) -> None:
    document = OpenDocumentText()
    document.text.addElement(H(outlinelevel=1, text="青禾县财政局"))
    table = Table(name="表")
    for texts_of_row in (("项目", "预算数"), ("合计", "1,234.50")):
        row = TableRow()
        for text in texts_of_row:
            cell = TableCell()
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.text.addElement(table)
    document.save(str(tmp_path / "a.odt"))
    page = read_source(tmp_path / "a.odt").page(1)
    assert page.text == "青禾县财政局\n项目\t预算数\n合计\t1,234.50\n"
    assert texts(page) == [["项目", "预算数"], ["合计", "1,234.50"]]


def test_formulas_without_a_stored_value_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["项目", "金额"], ["基本支出", 12.5], ["合计", "=VLOOKUP(B2,A1:B2,2)"]):
        book.active.append(row)
    path = tmp_path / "made.xlsx"
    book.save(path)

    (warning,) = read_source(path).warnings

    assert warning.startswith("sheet Sheet: 1 formulas have no stored value")


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("=B1+B2-B3", "10.50"),
        ("=SUM(B1:B4,3)*2/4", "9.75"),
        ("=-(B1-$B$2)", "-7.50"),
        ("=sum(A1:B3)", "16.50"),
        ("=B5+1", "11.50"),
        ("=B9", ""),
        ("=B1/B4", ""),
        ("=A1+B1", ""),
        ("=IF(B1>1,B1,0)", ""),
        ("=甲!B1", ""),
        ("=SUM(1:B2)", ""),
        ("=" + "(" * 400 + "B1" + ")" * 400, ""),
        ("=SUM(A1:XFD1048576)", ""),
        ("=B1+", ""),
    ],
)
def test_sums_and_differences_that_no_program_has_computed_are(tmp_path: Path, formula: str, shown: str) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (
        ["甲", 10.5],
        ["乙", 3],
        ["丙", 3],
        ["丁", None],
        ["戊", "=B1"],
        ["己"],
        ["庚"],
        ["辛"],
        ["壬", formula],
    ):
        sheet.append(row)
    sheet["B9"].number_format = "0.00"
    book.save(tmp_path / "a.xlsx")
    document = read_source(tmp_path / "a.xlsx")
    rows = dict(row[:2] for row in texts(document.page(1)))
    assert (rows["戊"], rows["壬"]) == ("10.5", shown)
    told = "sheet Sheet: {} formulas have no stored value and were computed"
    assert document.warnings[0] == told.format(2 if shown else 1)


def test_the_mark_of_a_note_is_none_of_the_digits_before_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet["A1"] = CellRichText("12.50", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    book.save(tmp_path / "a.xlsx")
    assert texts(read_source(tmp_path / "a.xlsx").page(1)) == [["12.50¹"]]


def three_sheets_xlsx(path: Path) -> bytes:
    book = openpyxl.Workbook()
    for name in ("甲表", "乙表", "丙表"):
        book.create_sheet(name).append([name, 5])
    book.remove(book.worksheets[0])
    book.save(path)
    with ZipFile(path) as package:
        return package.read("xl/worksheets/sheet2.xml")


def three_sheets_xls(path: Path) -> None:
    book = xlwt.Workbook()
    for name in ("甲表", "乙表", "丙表"):
        sheet = book.add_sheet(name)
        sheet.write(0, 0, name)
        sheet.write(0, 1, 5)
    book.save(str(path))


def test_a_damaged_sheet_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    whole = three_sheets_xlsx(path)
    with ZipFile(path) as old, ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, whole[: len(whole) // 2] if name.endswith("sheet2.xml") else old.read(name))
    three_sheets_xls(tmp_path / "c.xls")
    data = bytearray((tmp_path / "c.xls").read_bytes())
    # The record that gives the size of the second sheet, its length made that of nothing.
    starts = [match.start() for match in re.finditer(rb"\x00\x02\x0e\x00", data)]
    data[starts[1] + 2] = 1
    (tmp_path / "c.xls").write_bytes(data)
    for name in ("b.xlsx", "c.xls"):
        document = read_source(tmp_path / name)
        assert [page.name for page in document.pages] == ["甲表", "丙表"]
        assert [page.number for page in document.pages] == [1, 2]
        assert document.warnings == (
            "sheet 乙表 is damaged and was left out; open it in a spreadsheet program and save it",
        )


def test_a_workbook_whose_sheets_are_all_damaged_is_refused(tmp_path: Path) -> None:
    three_sheets_xlsx(tmp_path / "a.xlsx")
    with ZipFile(tmp_path / "a.xlsx") as old, ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<worksheet" if "/sheet" in name else old.read(name))
    with pytest.raises(UnreadableSourceError, match="a part of it is not valid XML"):
        read_source(tmp_path / "b.xlsx")
