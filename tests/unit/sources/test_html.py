"""Web pages as a browser shows them."""

from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page
from workbench.sources import read_source


def page_of(folder: Path, markup: str, encoding: str = "utf-8") -> Page:
    path = folder / "page.html"
    path.write_bytes(markup.encode(encoding))
    return read_source(path).page(1)


def spans(page: Page) -> dict[tuple[int, int, int, int], str]:
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): "|".join(page.text[a:b] for a, b in cell.pieces)
        for grid in page.grids
        for cell in grid.cells
    }


def test_text_is_cut_at_blocks_and_scripts_are_gone(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><script>alert(1)</script>"
        "<h1>青禾县\n  财政局</h1><p>一、<b>概况</b><br>第二行&nbsp;&nbsp;末</p><div style='display: none'>藏</div>尾</body></html>",
    )
    assert page.text == "青禾县 财政局\n一、概况\n第二行  末\n尾\n"


def test_spans_place_cells_as_html_says(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        "<table><thead><tr><th rowspan='2'>科目<th colspan=2>支出<tr><th>基本<th>项目</thead>"
        "<tr><td>工资</td><td>1.00</td><td>2.00</td></tr></table>",
    )
    assert spans(page) == {
        (0, 0, 2, 1): "科目", (0, 1, 1, 2): "支出", (1, 1, 1, 1): "基本", (1, 2, 1, 1): "项目",
        (2, 0, 1, 1): "工资", (2, 1, 1, 1): "1.00", (2, 2, 1, 1): "2.00",
    }  # fmt: skip
    assert page.text == "科目\t支出\n\t基本\t项目\n工资\t1.00\t2.00\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_the_declared_encoding_is_taken(tmp_path: Path, encoding: str) -> None:
    declared = "gb2312" if encoding == "gb18030" else encoding
    assert page_of(tmp_path, f"<html><meta charset='{declared}'><p>青禾县龘</p></html>", encoding).text == "青禾县龘\n"


def test_a_wrong_declaration_misleads_no_one(tmp_path: Path) -> None:
    assert (
        page_of(tmp_path, "<html><meta charset=gb2312><p>财政局决算公开说明</p>", "utf-8").text
        == "财政局决算公开说明\n"
    )


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_an_encoding_without_chinese_is_declared_in_vain(tmp_path: Path, declared: str) -> None:
    page = page_of(tmp_path, f"<html><meta charset='{declared}'><p>财政局决算公开说明</p>", "gbk")
    assert page.text == "财政局决算公开说明\n"


def test_a_page_in_place_of_the_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "budget.pdf"
    path.write_text("<html><body><p>404 页面不存在</p></body></html>", encoding="utf-8")
    assert read_source(path).warnings == (
        "is text in spite of its name, which promises pdf: if it should hold more, fetch it again",
    )


def test_a_document_without_text_is_said(tmp_path: Path) -> None:
    path = tmp_path / "blank.txt"
    path.write_text(" \n\n", encoding="utf-8")
    assert read_source(path).warnings == ("holds no text: nothing can be read or checked",)


def test_tables_that_only_place_text_are_not_tables(tmp_path: Path) -> None:
    page = page_of(tmp_path, "<table><tr><td><p>正文</p><table><tr><td>项目<td>数</table></table>")
    assert spans(page) == {(0, 0, 1, 1): "项目", (0, 1, 1, 1): "数"}
    assert page.text == "正文\n项目\t数\n"


def test_a_table_that_sets_the_parts_of_a_page_below_each_other_is_none(tmp_path: Path) -> None:
    article = "<p>一、收入预算表</p><p>单位：万元</p><table><tr><td>项目<td>数</table><p>注：不含上年结转。</p><p>二、说明</p>"
    page = page_of(tmp_path, f"<table><tr><td>某局公开<tr><td>发布时间：2024-02-20<tr><td>{article}</table>")
    assert spans(page) == {(0, 0, 1, 1): "项目", (0, 1, 1, 1): "数"}
    assert page.text.split("\n")[:4] == ["某局公开", "发布时间：2024-02-20", "一、收入预算表", "单位：万元"]


def test_a_table_called_xls_is_read_as_the_web_page_it_is(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><table><tr><td>合计</td><td>1.00</td></tr></table></html>", encoding="utf-8")
    assert read_source(path).reader == "html/1"


def test_a_page_that_a_script_would_make_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match=r"shows no text.*made by a script"):
        page_of(tmp_path, "<html><body><div id=app></div><script src=a.js></script></body></html>")


@pytest.mark.parametrize("name", ["page.mht", "export.xls"])
def test_a_page_saved_whole_is_read_with_all_its_sheets(tmp_path: Path, name: str) -> None:
    saved = MIMEMultipart("related")
    for place, markup, encoding in (
        ("book.htm", "<html><frameset><frame src='sheet1.htm'></frameset></html>", "utf-8"),
        ("book_files/tabstrip.htm", "<table><tr><td>收入表</td></tr></table>", "utf-8"),
        ("book_files/sheet1.htm", "<p>青禾县</p><table><tr><td>合计</td><td>1.00</td></tr></table>", "gb18030"),
        ("book_files/sheet2.htm", "<table><tr><td>支出</td><td>2.00</td></tr></table>", "utf-8"),
    ):
        part = MIMEText(markup, "html", encoding)
        part["Content-Location"] = f"file:///{place}"
        saved.attach(part)
    path = tmp_path / name
    path.write_bytes(b"From: <Saved by a browser>\r\n" + saved.as_bytes())

    document = read_source(path)

    assert document.reader == "saved-page/1"
    assert [page.text for page in document.pages] == ["青禾县\n合计\t1.00\n", "支出\t2.00\n"]
    assert [len(page.grids) for page in document.pages] == [1, 1]


def test_a_page_saved_whole_without_text_says_so(tmp_path: Path) -> None:
    saved = MIMEMultipart("related")
    saved.attach(MIMEText("<html><body><img src='a.png'></body></html>", "html", "utf-8"))
    path = tmp_path / "page.mht"
    path.write_bytes(saved.as_bytes())

    with pytest.raises(UnreadableSourceError, match="holds no web page that shows text"):
        read_source(path)


def test_the_mark_of_a_note_is_none_of_the_digits_before_it(tmp_path: Path) -> None:
    page = page_of(
        tmp_path, "<p>合计12.50<sup>1</sup>万元，占地3m<sup>2</sup>，第<sup>1st</sup><b><sup>30</sup></b></p>"
    )
    assert page.text == "合计12.50¹万元，占地3m²，第1st30\n"


def test_what_is_filled_into_a_form_is_read(tmp_path: Path) -> None:
    page = page_of(
        tmp_path,
        "<p><input value='12.50'><input type=hidden value=7><input type=number value=3><textarea>说明</textarea>"
        "<select><option>甲<option selected>乙</select></p>",
    )
    assert page.text == "12.503说明乙\n"


TO_OTHERS = "<iframe src='https://a.example/x/table.html?y'></iframe><a href='%E5%86%B3%E7%AE%97.pdf'>附件</a><a href=next.html>下页</a>"


def test_a_page_without_tables_names_the_files_it_leads_to(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<p>部门决算公开</p>{TO_OTHERS}", encoding="utf-8")
    assert read_source(path).warnings == (
        "has no tables but leads to other files (table.html, 决算.pdf); save those and give them",
    )
    path.write_text(f"<p>公开</p><table><tr><td>项目<td>金额<tr><td>合计<td>1</table>{TO_OTHERS}", encoding="utf-8")
    assert read_source(path).warnings == ()
    path.write_text(
        "<frameset><frame src=a.htm><frame src='javascript:0'><frame src='//['></frameset>", encoding="utf-8"
    )
    with pytest.raises(UnreadableSourceError, match=r"only shows other files \(a.htm\)"):
        read_source(path)


def mail(folder: Path, body: str, *, attached: bool) -> Path:
    whole = MIMEMultipart("mixed")
    whole["Subject"] = "公开"
    whole.attach(MIMEText(body, "html", "utf-8"))
    if attached:
        part = MIMEText("x", "plain", "utf-8")
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", "决算.xls"))
        whole.attach(part)
    path = folder / "a.eml"
    path.write_bytes(whole.as_bytes())
    return path


def test_of_a_mail_its_tables_are_read_and_what_is_attached_is_said(tmp_path: Path) -> None:
    table = "<table><tr><td>项目<td>金额<tr><td>合计<td>1.00</table>"
    assert read_source(mail(tmp_path, table, attached=False)).page(1).text == "项目\t金额\n合计\t1.00\n"
    assert read_source(mail(tmp_path, table, attached=True)).warnings == (
        "what is attached was not read (决算.xls); save it and give it",
    )
    with pytest.raises(UnreadableSourceError, match=r"is a mail that carries 决算.xls \(save what is attached"):
        read_source(mail(tmp_path, "<p>见附件</p>", attached=True))


def test_the_caption_of_a_table_stands_above_it(tmp_path: Path) -> None:
    table = "<table><caption>{}</caption><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>1.00</td></tr></table>"
    side_by_side = f"<table><tr><td>{table.format('收入总表')}</td><td>{table.format('支出总表')}</td></tr></table>"
    page = page_of(tmp_path, f"<body>{side_by_side}</body>")
    assert page.text == "收入总表\n项目\t金额\n合计\t1.00\n支出总表\n项目\t金额\n合计\t1.00\n"


def test_a_row_span_of_nought_reaches_to_the_end_of_its_rows(tmp_path: Path) -> None:
    rows = "<tr><td rowspan=0>教育</td><td>1.00</td></tr><tr><td>2.00</td></tr>"
    page = page_of(tmp_path, f"<table><thead><tr><th>项目</th><th>金额</th></tr></thead><tbody>{rows}</tbody></table>")
    assert {(cell.row, cell.column): cell.row_span for cell in page.grids[0].cells}[1, 0] == 2


def test_a_row_span_of_nought_is_bounded_as_all_row_spans_are(tmp_path: Path) -> None:
    spans = []
    for said in ("0", "1500"):
        rows = f"<tr><td rowspan={said}>教育</td><td>1.00</td></tr>" + "<tr><td>2.00</td></tr>" * 1500
        page = page_of(tmp_path, f"<table>{rows}</table>")
        spans.append({(cell.row, cell.column): cell.row_span for cell in page.grids[0].cells}[0, 0])
    assert spans[0] == spans[1]
