"""Word documents: the text in order, every table with its merged cells, numbers that Word only implies."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from workbench.model.source import Grid, SourceDocument
from workbench.sources import read_source


def written(folder: Path, make: Callable[[Any], None]) -> SourceDocument:
    document = docx.Document()
    make(document)
    path = folder / "made.docx"
    document.save(str(path))
    return read_source(path)


def cells(document: SourceDocument, grid: Grid) -> dict[tuple[int, int, int, int], str]:
    text = document.page(1).text
    return {
        (cell.row, cell.column, cell.row_span, cell.column_span): "|".join(
            text[start:end] for start, end in cell.pieces
        )
        for cell in grid.cells
    }


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        document.add_paragraph("青禾县财政局")
        table = document.add_table(rows=2, cols=2)
        for row, texts in enumerate((("项目", "预算数"), ("合计", "1,234.50"))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        document.add_paragraph("注：含\t上年结转")

    document = written(tmp_path, make)
    assert document.page(1).text == "青禾县财政局\n项目\t预算数\n合计\t1,234.50\n注：含\t上年结转\n"
    (grid,) = document.page(1).grids
    assert document.page(1).text[grid.start : grid.end] == "项目\t预算数\n合计\t1,234.50"
    assert cells(document, grid)[1, 1, 1, 1] == "1,234.50"


def test_merged_cells_keep_their_spans(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=3, cols=3)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "科目"
        table.cell(0, 1).merge(table.cell(0, 2)).text = "支出"
        table.cell(1, 1).text, table.cell(1, 2).text = "基本", "项目"
        for column, text in enumerate(("工资", "1.00", "2.00")):
            table.cell(2, column).text = text

    document = written(tmp_path, make)
    (grid,) = document.page(1).grids
    assert (grid.row_count, grid.column_count) == (3, 3)
    assert cells(document, grid) == {
        (0, 0, 2, 1): "科目", (0, 1, 1, 2): "支出", (1, 1, 1, 1): "基本", (1, 2, 1, 1): "项目",
        (2, 0, 1, 1): "工资", (2, 1, 1, 1): "1.00", (2, 2, 1, 1): "2.00",
    }  # fmt: skip
    assert document.page(1).text == "科目\t支出\n\t基本\t项目\n工资\t1.00\t2.00\n\n"[:-1]


def test_cells_that_go_on_to_the_left_are_one(tmp_path: Path) -> None:
    """As old programs merge them: every cell of the merged ones is there, and says that it goes on."""

    def make(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        for column, (text, merge) in enumerate((("科目", None), ("支出", "restart"), ("", "continue"))):
            cell = table.cell(0, column)
            cell.text = text
            if merge:
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:hMerge {nsdecls("w")} w:val="{merge}"/>'))
        for column, text in enumerate(("工资", "1.00", "2.00")):
            table.cell(1, column).text = text

    document = written(tmp_path, make)
    (grid,) = document.page(1).grids
    assert cells(document, grid) == {
        (0, 0, 1, 1): "科目", (0, 1, 1, 2): "支出",
        (1, 0, 1, 1): "工资", (1, 1, 1, 1): "1.00", (1, 2, 1, 1): "2.00",
    }  # fmt: skip


def test_paragraphs_of_a_cell_are_pieces_on_one_line(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=1, cols=2)
        table.cell(0, 0).text = "绩效\n目标"
        table.cell(0, 1).text = "一"

    document = written(tmp_path, make)
    assert document.page(1).text == "绩效 目标\t一\n"
    assert cells(document, document.page(1).grids[0])[0, 0, 1, 1] == "绩效|目标"


def test_a_table_in_a_cell_is_a_grid_of_its_own(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=2, cols=2)
        table.cell(0, 0).text, table.cell(1, 0).text = "名称", "指标"
        inner = table.cell(1, 1).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "数量", "12"

    document = written(tmp_path, make)
    outer, inner = document.page(1).grids
    assert cells(document, inner) == {(0, 0, 1, 1): "数量", (0, 1, 1, 1): "12"}
    assert outer.start <= inner.start < inner.end <= outer.end
    assert cells(document, outer)[1, 1, 1, 1] == ""


def test_what_word_hides_deletes_or_computes_is_not_read(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph("合计")
        hidden = paragraph.add_run("藏")
        hidden.font.hidden = True
        deleted = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删</w:delText></w:r></w:del>")
        inserted = parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>1.00</w:t></w:r></w:ins>")
        code = parse_xml(f"<w:r {nsdecls('w')}><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r>")
        for element in (deleted, inserted, code):
            paragraph._p.append(element)
        table = document.add_table(rows=2, cols=1)
        table.cell(0, 0).text, table.cell(1, 0).text = "看见", "看不见"
        table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))

    document = written(tmp_path, make)
    assert document.page(1).text == "合计1.00\n看见\n"
    assert "rows that Word hides were left out" in document.warnings


def test_text_boxes_follow_their_paragraph_and_are_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    markup = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document = written(tmp_path, lambda made: made.add_paragraph("框外")._p.append(parse_xml(markup)))
    assert document.page(1).text == "框外\n框内\n"


def test_list_numbers_are_printed(tmp_path: Path) -> None:
    numbering = (
        "<w:abstractNum {0} w:abstractNumId='90'>"
        "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl>"
        "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='（%2）'/></w:lvl>"
        "</w:abstractNum>"
    )

    def make(document: Any) -> None:
        root = document.part.numbering_part.element
        root.insert(0, parse_xml(numbering.format(nsdecls("w"))))
        root.append(parse_xml(f"<w:num {nsdecls('w')} w:numId='90'><w:abstractNumId w:val='90'/></w:num>"))
        for text, level in (("概况", 0), ("职责", 1), ("机构", 1), ("收支", 0), ("收入", 1)):
            properties = document.add_paragraph(text)._p.get_or_add_pPr()
            properties.append(
                parse_xml(f"<w:numPr {nsdecls('w')}><w:ilvl w:val='{level}'/><w:numId w:val='90'/></w:numPr>")
            )

    assert written(tmp_path, make).page(1).text == "一、概况\n（1）职责\n（2）机构\n二、收支\n（1）收入\n"


def test_a_cell_without_a_grid_before_it_stands_in_its_column(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=2, cols=3)
        for column in range(3):
            table.cell(0, column).text = "甲乙丙"[column]
        row = table.rows[1]._tr
        row.remove(row.tc_lst[0])
        skipped = OxmlElement("w:gridBefore")
        skipped.set(qn("w:val"), "1")
        row.get_or_add_trPr().append(skipped)
        table.rows[1].cells[0].text = "1.00"

    document = written(tmp_path, make)
    assert cells(document, document.page(1).grids[0])[1, 1, 1, 1] == "1.00"


def test_links_and_macros_are_never_followed(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    path = tmp_path / "linked.docm"
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w") as archive:
        for name in made.namelist():
            data = made.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:body>",
                    b"<w:body><w:p><w:r><w:t>text</w:t></w:r></w:p><w:altChunk r:id='rId99' "
                    b"xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'/>",
                )
            archive.writestr(name, data)
        archive.writestr("word/vbaProject.bin", b"\xcc\x61")
    assert read_source(path).page(1).text.strip() == "text"


@pytest.mark.parametrize("name", ["made.docx", "made.pdf", "made"])
def test_the_bytes_tell_the_format_whatever_the_name(tmp_path: Path, name: str) -> None:
    document = docx.Document()
    document.add_paragraph("青禾县")
    path = tmp_path / name
    document.save(str(path))
    assert read_source(path).reader == "docx/1"


def test_columns_are_told_by_widths_where_spans_are_not_said(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=2, cols=4)
        for column, text in enumerate(("工资", "1.00", "2.00", "3.00")):
            table.cell(1, column).text = text
            table.cell(1, column).width = 720 * 635
        first = table.rows[0]._tr
        for cell in list(first.tc_lst)[2:]:
            first.remove(cell)
        for cell, text, width in zip(first.tc_lst, ("科目", "支出"), (720, 2180), strict=True):
            cell.p_lst[0].add_r().text = text
            cell.get_or_add_tcPr().get_or_add_tcW().w = width
            cell.tcPr.tcW.type = "dxa"

    document = written(tmp_path, make)
    grid = document.page(1).grids[0]
    assert grid.column_count == 4
    assert cells(document, grid)[0, 1, 1, 3] == "支出"


def test_footnotes_come_at_the_end_in_the_order_of_their_marks(tmp_path: Path) -> None:
    plain = tmp_path / "plain.docx"
    document = docx.Document()
    for text, note in (("2031年支出1,234.50万元", "7"), ("比上年增长3.00%", "4")):
        mark = parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="{note}"/></w:r>')
        document.add_paragraph(text)._p.append(mark)
    document.save(str(plain))
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> {text}</w:t></w:r></w:p></w:footnote>'
        for number, text in (("4", "按可比口径计算。"), ("7", "含上年结转86.00万元。"), ("9", "无人提到。"))
    )
    path = tmp_path / "noted.docx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>")

    assert read_source(path).page(1).text.split("\n") == [
        "2031年支出1,234.50万元",
        "比上年增长3.00%",
        "1 含上年结转86.00万元。",
        "2 按可比口径计算。",
        "",
    ]


def test_edges_that_do_not_quite_meet_make_no_columns(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=3, cols=4)
        for column, width in zip(table._tbl.tblGrid.gridCol_lst, (2000, 1000, 8, 1000), strict=True):
            column.w = width * 635
        for row, joined in enumerate((1, 2, 1)):
            table.cell(row, joined).merge(table.cell(row, joined + 1))
            for column, text in zip(
                (0, 1, 3),
                (("科目", "基本", "项目"), ("工资", "1.00", "2.00"), ("奖金", "3.00", "4.00"))[row],
                strict=True,
            ):
                table.cell(row, column).text = text

    document = written(tmp_path, make)

    grid = document.page(1).grids[0]
    assert grid.column_count == 3
    assert [text for (row, *_), text in cells(document, grid).items() if row == 2] == ["奖金", "3.00", "4.00"]
    assert cells(document, grid)[1, 2, 1, 1] == "2.00"


def test_a_table_that_only_places_tables_is_none(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        outer = document.add_table(rows=1, cols=2)
        for column, title in enumerate(("部门收入表", "部门支出表")):
            outer.cell(0, column).paragraphs[0].text = title
            inner = outer.cell(0, column).add_table(rows=1, cols=2)
            inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "12.00"

    page = written(tmp_path, make).page(1)

    assert [line for line in page.text.split("\n") if line] == [
        "部门收入表",
        "合计\t12.00",
        "部门支出表",
        "合计\t12.00",
    ]
    assert [(grid.row_count, grid.column_count) for grid in page.grids] == [(1, 2), (1, 2)]


def test_a_table_of_one_cell_around_text_and_tables_is_none(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        box = document.add_table(rows=1, cols=1).cell(0, 0)
        for title in ("部门收入表", "部门支出表", "单位：万元"):
            box.add_paragraph(title)
        box.add_paragraph("项目支出表")
        inner = box.add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "合计", "12.00"

    page = written(tmp_path, make).page(1)

    lines = [line for line in page.text.split("\n") if line]
    assert lines == ["部门收入表", "部门支出表", "单位：万元", "项目支出表", "合计\t12.00"]
    assert [(grid.row_count, grid.column_count) for grid in page.grids] == [(1, 2)]


def test_changes_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        table = document.add_table(rows=3, cols=2)
        for row, texts in enumerate((("项目", "金额"), ("旧", "9.00"), ("合计", "1.00"))):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:del"))

    document = written(tmp_path, make)
    assert document.page(1).text == "项目\t金额\n合计\t1.00\n"
    assert document.warnings == ("holds changes that nobody has accepted or rejected; they were read as accepted",)


def test_the_mark_of_a_note_is_none_of_the_digits_before_it(tmp_path: Path) -> None:
    def make(document: Any) -> None:
        paragraph = document.add_paragraph("合计12.50")
        paragraph.add_run("1").font.superscript = True
        paragraph.add_run("万元")
        document.add_paragraph().add_run("30").font.superscript = True

    assert written(tmp_path, make).page(1).text == "合计12.50¹万元\n30\n"
