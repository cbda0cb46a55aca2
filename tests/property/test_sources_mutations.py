"""No bytes whatever make a reader fail in any other way than by saying so, and what is read keeps its promises."""

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import examples
from workbench.errors import UnreadableSourceError
from workbench.model.source import SourceDocument
from workbench.sources import ReadLimits, read_again, read_source

LIMITS = ReadLimits(bytes=8 << 20, pages=50, characters=200_000, cells=20_000)


def make_pdf() -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    made = Canvas(buffer, pageCompression=0)
    made.setFont("STSong-Light", 10)
    for row in range(3):
        made.drawString(60, 700 - 20 * row, "合计")
        made.drawString(160, 700 - 20 * row, "1,234.50")
        made.line(50, 710 - 20 * row, 300, 710 - 20 * row)
    made.showPage()
    made.save()
    return buffer.getvalue()


def make_docx() -> bytes:
    buffer = io.BytesIO()
    made = docx.Document()
    made.add_paragraph("青禾县财政局")
    table = made.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(1, 2).text = "1,234.50"
    made.save(buffer)
    return buffer.getvalue()


def make_xlsx() -> bytes:
    buffer = io.BytesIO()
    made = openpyxl.Workbook()
    sheet: Any = made.active
    sheet.append(["合计", 1234.5, "0201"])
    sheet.merge_cells("A2:C2")
    made.save(buffer)
    return buffer.getvalue()


def make_xls() -> bytes:
    buffer = io.BytesIO()
    made = xlwt.Workbook()
    sheet = made.add_sheet("a")
    sheet.write(0, 0, "合计")
    sheet.write(0, 1, 1234.5)
    made.save(buffer)
    return buffer.getvalue()


def make_ods() -> bytes:
    buffer = io.BytesIO()
    made = OpenDocumentSpreadsheet()
    table = Table(name="a")
    row = TableRow()
    cell = TableCell(numbercolumnsspanned=2)
    cell.addElement(P(text="合计"))
    row.addElement(cell)
    table.addElement(row)
    made.spreadsheet.addElement(table)
    made.write(buffer)
    return buffer.getvalue()


def make_html() -> bytes:
    return "<html><meta charset=utf-8><p>说明<table><tr><td rowspan=2>合计<td>1.00<tr><td>2.00</table></html>".encode()


def make_text() -> bytes:
    return "合计\t1,234.50\r\n其中：\f第二页".encode("gb18030")


MAKERS: dict[str, Callable[[], bytes]] = {
    "pdf": make_pdf, "docx": make_docx, "xlsx": make_xlsx, "xls": make_xls, "ods": make_ods, "html": make_html,
    "txt": make_text,
}  # fmt: skip


@cache
def original(kind: str) -> bytes:
    return MAKERS[kind]()


def damaged(data: bytes, seed: int) -> bytes:
    """`data` with a few bytes changed, cut out, doubled or replaced by telling ones."""
    chance = random.Random(seed)
    result = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(result) + 1)
        length = chance.choice((1, 1, 2, 4, 16, 200))
        match chance.randrange(6):
            case 0:
                result[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del result[place : place + length]
            case 2:
                result[place:place] = result[place : place + length]
            case 3:
                result[place : place + length] = bytes(chance.randrange(256) for _ in range(length))
            case 4:
                telling = (
                    b"\xff\xff\xff\xff",
                    b"\x00",
                    b"-1",
                    b"9999999999",
                    b"<",
                    b">>",
                    b"endobj",
                    b"&#0;",
                    b"\x1b[2J",
                )
                result[place : place + 1] = chance.choice(telling)
            case _:
                if chance.random() < 0.1:
                    del result[place:]
    return bytes(result)


def damaged_inside(data: bytes, seed: int) -> bytes:
    """A package with one of its parts damaged and packed again, so that the damage reaches the parser."""
    chance = random.Random(seed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        telling = [
            name
            for name in names
            if "sheet" in name or "document.xml" in name or "content.xml" in name or "num" in name
        ]
        hit = chance.choice(telling or names)
        for name in names:
            content = old.read(name)
            new.writestr(name, damaged(content, seed) if name == hit else content)
    return buffer.getvalue()


@pytest.fixture(autouse=True)
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that damage left without text is refused: to look for text in it takes longer than all the others."""
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)


def keeps_its_promises(document: SourceDocument) -> None:
    assert document.pages
    for number, page in enumerate(document.pages, start=1):
        assert page.number == number
        assert len(page.boxes) in (0, 4 * len(page.text))
        assert not any(character < " " and character not in "\n\t" for character in page.text)
        for grid in page.grids:
            assert 0 <= grid.start <= grid.end <= len(page.text)
            taken: set[tuple[int, int]] = set()
            for cell in grid.cells:
                assert all(grid.start <= start < end <= grid.end for start, end in cell.pieces)
                assert cell.row + cell.row_span <= grid.row_count
                assert cell.column + cell.column_span <= grid.column_count
                places = {
                    (cell.row + down, cell.column + right)
                    for down in range(cell.row_span)
                    for right in range(cell.column_span)
                }
                assert taken.isdisjoint(places)
                taken |= places


def read_or_refuse(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        document = read_source(path, LIMITS)
    except UnreadableSourceError as error:
        assert str(path) in str(error)
        assert error.reason
    else:
        keeps_its_promises(document)


@pytest.mark.parametrize("kind", MAKERS)
def test_the_undamaged_document_keeps_its_promises(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(original(kind))
    keeps_its_promises(read_source(path, LIMITS))


@pytest.mark.parametrize("kind", MAKERS)
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_damaged_documents_are_read_or_refused(tmp_path: Path, kind: str, seed: int) -> None:
    read_or_refuse(tmp_path / f"a.{kind}", damaged(original(kind), seed))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "ods"])
@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_damage_inside_a_package_is_read_past_or_refused(tmp_path: Path, kind: str, seed: int) -> None:
    read_or_refuse(tmp_path / f"a.{kind}", damaged_inside(original(kind), seed))


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400), suffix=st.sampled_from([*MAKERS, "zip", "doc", "odt", "et", ""]))
def test_any_bytes_are_read_or_refused(tmp_path: Path, data: bytes, suffix: str) -> None:
    read_or_refuse(tmp_path / (f"a.{suffix}" if suffix else "a"), data)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_the_second_reader_refuses_too(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(damaged(original("pdf"), seed))
    try:
        keeps_its_promises(read_again(path))
    except UnreadableSourceError as error:
        assert str(path) in str(error)
