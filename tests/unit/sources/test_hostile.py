"""Files that are broken or mean harm: each is refused with a sentence that names it and says what to do."""

import io
import os
import resource
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.sources import ReadLimits, read_again, read_source


def pdf_bytes(pages: int = 1, password: str = "") -> bytes:
    buffer = io.BytesIO()
    made = Canvas(buffer, encrypt=StandardEncryption(password) if password else None)
    for number in range(pages):
        made.drawString(60, 700, f"page {number + 1}")
        made.showPage()
    made.save()
    return buffer.getvalue()


def docx_bytes(body: str) -> bytes:
    made = io.BytesIO()
    docx.Document().save(made)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return repacked(
        made.getvalue(), "word/document.xml", f'<w:document xmlns:w="{word}"><w:body>{body}</w:body></w:document>'
    )


def repacked(data: bytes, name: str, content: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return buffer.getvalue()


def xlsx_bytes() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def refused(folder: Path, name: str, data: bytes, limits: ReadLimits = ReadLimits()) -> str:  # noqa: B008
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(UnreadableSourceError) as caught:
        read_source(path, limits)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.hint
    return caught.value.reason


def test_a_pdf_with_a_password(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.pdf", pdf_bytes(password="secret")) == "is locked with a password"  # noqa: S106


def test_a_line_that_no_page_could_print(tmp_path: Path) -> None:
    data = ("收支总表\n" + "收入 1.00 " * 400).encode()
    said = refused(tmp_path, "a.txt", data, ReadLimits(line=3000))
    assert said == "has a line of more than 3000 characters on page 1"
    assert read_source(tmp_path / "a.txt", ReadLimits(line=4000)).pages
    said = refused(tmp_path, "a.csv", b"1.00," * 4000, ReadLimits(line=3000, cells=100))
    assert said == "has a line of more than 3000 characters on page 1"


@pytest.mark.parametrize("kept", [20, 300, 700])
def test_a_truncated_pdf(tmp_path: Path, kept: int) -> None:
    assert refused(tmp_path, "a.pdf", pdf_bytes()[:kept]) == "is a damaged or truncated PDF"


def test_a_pdf_whose_pages_lead_in_a_circle(tmp_path: Path) -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>endobj\n"
        b"3 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(body)
    try:
        document = read_source(path)
    except UnreadableSourceError as error:
        assert "damaged" in error.reason or "no pages" in error.reason
    else:
        assert all(page.text == "" for page in document.pages)
        assert "could not be read" in document.warnings[0]


def test_a_form_that_draws_itself(tmp_path: Path) -> None:
    stream = b"q 1 0 0 1 1 1 cm /F Do Q 0 0 m 100 0 l S"
    body = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>endobj\n"
        b"4 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Resources<</XObject<</F 4 0 R>>>>/Length %d>>stream\n%s\nendstream endobj\n"
        b"5 0 obj<</Length 4>>stream\n/F Do\nendstream endobj\ntrailer<</Root 1 0 R>>\n" % (len(stream), stream)
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(body)
    assert len(read_source(path).pages) == 1


def test_more_pages_than_the_limit(tmp_path: Path) -> None:
    assert refused(tmp_path, "a.pdf", pdf_bytes(5), ReadLimits(pages=4)) == "has 5 pages, more than 4"


@pytest.mark.parametrize("limits", [ReadLimits(characters=3), ReadLimits(bytes=10)])
def test_more_text_or_bytes_than_the_limit(tmp_path: Path, limits: ReadLimits) -> None:
    assert (
        "more than 3 characters" in (reason := refused(tmp_path, "a.txt", b"0123456789 more", limits))
        or "larger" in reason
    )
    assert "more than 3 characters" in (reason := refused(tmp_path, "a.pdf", pdf_bytes(), limits)) or "larger" in reason


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.docx", "a.xlsx", "a.xls", "a.ods", "a.html", "a.txt", "a.zip", "a.doc", "a"]
)
def test_an_empty_file(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, name, b"") == "is empty"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.zip"])
def test_a_package_cut_short(tmp_path: Path, name: str) -> None:
    assert refused(tmp_path, name, docx_bytes("<w:p/>")[:2000]) == "is a damaged or truncated package"


def test_a_zip_bomb_in_a_word_file(tmp_path: Path) -> None:
    bomb = docx_bytes("<w:p><w:r><w:t>" + "0" * (64 << 20) + "</w:t></w:r></w:p>")
    assert len(bomb) < 200_000
    assert "unpacks to more than" in refused(tmp_path, "a.docx", bomb)


def test_a_zip_bomb_in_an_archive_is_a_problem_of_that_member_only(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", "0" * (64 << 20))
        archive.writestr("good.txt", "text")
    assert read_source(tmp_path / "a.zip!good.txt").page(1).text == "text"
    with pytest.raises(UnreadableSourceError, match="unpacks to more than"):
        read_source(tmp_path / "a.zip!bomb.txt")


def test_more_members_than_the_limit(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(20):
            archive.writestr(f"{number}.txt", b"x")
    assert refused(tmp_path, "a.zip", buffer.getvalue(), ReadLimits(members=10)) == "holds more than 10 files"


def test_a_locked_package(tmp_path: Path) -> None:
    data = bytearray(docx_bytes("<w:p/>"))
    for header, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(header)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(header, start + 4)
    assert refused(tmp_path, "a.docx", bytes(data)) == "is locked with a password"


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">]>'
)


def test_entities_are_neither_expanded_nor_fetched(tmp_path: Path) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "<w:body><w:p><w:r><w:t>x&d;&e;</w:t></w:r></w:p></w:body>"
    data = repacked(docx_bytes(""), "word/document.xml", f'{ENTITIES}<w:document xmlns:w="{word}">{body}</w:document>')
    (tmp_path / "a.docx").write_bytes(data)
    assert read_source(tmp_path / "a.docx").page(1).text.strip() == "x"
    (tmp_path / "a.html").write_text(f"{ENTITIES}<html><p>y&e;</p></html>".replace("x [", "html ["), encoding="utf-8")
    assert "root:" not in read_source(tmp_path / "a.html").page(1).text


def test_tables_nested_without_end(tmp_path: Path) -> None:
    open_table, close_table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    reason = refused(tmp_path, "a.docx", docx_bytes(open_table * 500 + "<w:p/>" + close_table * 500))
    assert reason == "nests its parts too deep"
    reason = refused(tmp_path, "b.docx", docx_bytes(open_table * 60 + "<w:p/>" + close_table * 60))
    assert reason == "nests tables too deep"


def test_web_tables_nested_without_end_still_show_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<table><tr><td>甲<td>" * 3000 + "底", encoding="utf-8")
    try:
        assert "甲" in read_source(path).page(1).text
    except UnreadableSourceError as error:
        assert "too deep" in error.reason


def test_a_million_columns(tmp_path: Path) -> None:
    grid = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 5000 + "</w:tr>"
    assert refused(tmp_path, "a.docx", docx_bytes(f"<w:tbl>{grid}</w:tbl>")).startswith("has a table of 5000 columns")
    span = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999'/></w:tcPr><w:p/></w:tc></w:tr>"
    assert "columns" in refused(tmp_path, "b.docx", docx_bytes(f"<w:tbl>{span}</w:tbl>"))
    path = tmp_path / "c.html"
    path.write_text("<table><tr><td colspan=999999999>合计<td rowspan=99999999>1</table>", encoding="utf-8")
    assert read_source(path).page(1).grids[0].row_count == 1


@pytest.mark.parametrize("down", [0, 50])
def test_spans_that_blow_up_a_small_page(tmp_path: Path, down: int) -> None:
    rows = "".join(f"<tr><td rowspan={down}>科目<td>{row}.00" for row in range(200))
    data = f"<table>{rows}</table>".encode()
    said = refused(tmp_path, "a.html", data, ReadLimits(places=1000))
    assert said.startswith("has a table of ") and said.endswith(" columns or more")
    assert read_source(tmp_path / "a.html").page(1).grids[0].row_count == 200


def test_rows_repeated_a_million_times(tmp_path: Path) -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<o:document-content xmlns:o="{office}office:1.0" xmlns:t="{office}table:1.0" xmlns:x="{office}text:1.0"><o:body>'
        '<o:spreadsheet><t:table t:name="a"><t:table-row t:number-rows-repeated="1000000"><t:table-cell '
        't:number-columns-repeated="16000"><x:p>1</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body>'
        "</o:document-content>"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    assert "cells in sheet a" in refused(tmp_path, "a.ods", buffer.getvalue())


def test_a_merged_range_over_the_whole_sheet(tmp_path: Path) -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="999999999" '
        'hidden="0"/></cols><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    )
    (tmp_path / "a.xlsx").write_bytes(repacked(xlsx_bytes(), "xl/worksheets/sheet1.xml", sheet))
    assert read_source(tmp_path / "a.xlsx").page(1).text.strip() == "x"


def test_a_locked_office_file_is_told_from_an_old_one(tmp_path: Path) -> None:
    shell = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refused(tmp_path, "a.xlsx", shell + "EncryptedPackage".encode("utf-16-le")) == "is locked with a password"


def test_old_word_files_need_a_converter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingExtraError, match="install LibreOffice, or save the document as"):
        read_source(path)


@pytest.mark.parametrize(
    ("script", "seconds", "reason"),
    [
        ("exec sleep 300", 0.1, "was not converted within 0.1 seconds"),
        ("exit 1", 300, "could not be converted by LibreOffice"),
        ("exit 0", 300, "could not be converted by LibreOffice"),
    ],
)
def test_a_converter_that_fails_or_hangs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, seconds: float, reason: str
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    data = b"{\\rtf1 text}"
    assert refused(tmp_path, "a.rtf", data, ReadLimits(seconds=seconds)) == reason


def test_a_converter_is_given_a_copy_and_its_result_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "result.docx").write_bytes(docx_bytes("<w:p><w:r><w:t>converted</w:t></w:r></w:p>"))
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != "--outdir" ]; do shift; done\ncp "{tmp_path}/result.docx" "$2/document.docx"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 text}")
    document = read_source(tmp_path / "a.rtf")
    assert document.page(1).text == "converted\n"
    assert document.reader == "office+docx/1"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.fodt", '<office:document office:mimetype="application/vnd.oasis.opendocument.text"/>'),
        ("a.xml", '<?mso-application progid="Word.Document"?><w:wordDocument/>'),
    ],
)
def test_a_text_document_in_one_file_of_xml_is_converted_to_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    (tmp_path / "result.docx").write_bytes(docx_bytes("<w:p><w:r><w:t>converted</w:t></w:r></w:p>"))
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != "--convert-to" ]; do shift; done\ncp "{tmp_path}/result.docx" "$4/document.$2"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    (tmp_path / name).write_text(f'<?xml version="1.0"?>\n{content}', encoding="utf-8")
    assert read_source(tmp_path / name).page(1).text == "converted\n"


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "self.pdf").symlink_to(tmp_path / "self.pdf")
    for path, reason in (
        (tmp_path, "is a folder"),
        (tmp_path / "pipe.pdf", "is a pipe, socket or device and not a file"),
        (Path("/dev/zero"), "is a pipe, socket or device and not a file"),
        (tmp_path / "self.pdf", "is a link that leads back to itself"),
        (tmp_path / "missing.pdf", "there is no such file"),
        (tmp_path / ("x" * 300), "has too long a name"),
        (Path("a\0b"), "is not a possible file name"),
    ):
        with pytest.raises(UnreadableSourceError) as caught:
            read_source(path)
        assert caught.value.reason == reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_bytes())
    path.chmod(0)
    with pytest.raises(UnreadableSourceError, match="may not be read"):
        read_source(path)


def test_a_pdf_stream_that_inflates_stays_within_memory(tmp_path: Path) -> None:
    stream = zlib.compress(b" " * (200 << 20))
    body = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>endobj\n"
        b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer<</Root 1 0 R>>\n"
        % (len(stream), stream)
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(body)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert read_source(path).page(1).text == ""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1 << 20


@pytest.mark.parametrize("read", [read_source, read_again], ids=["first", "second"])
def test_both_pdf_readers_survive_damage_in_the_middle(tmp_path: Path, read: Callable[[Path], object]) -> None:
    data = bytearray(pdf_bytes(2))
    for place in range(400, len(data), 90):
        data[place] ^= 0x55
    path = tmp_path / "a.pdf"
    path.write_bytes(bytes(data))
    try:
        read(path)
    except UnreadableSourceError as error:
        assert str(path) in str(error)
