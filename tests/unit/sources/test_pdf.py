"""What a reader of a PDF page sees, and nothing else, laid out as it stands there."""

import io
import logging
from math import isnan
from pathlib import Path
from threading import Thread

import pypdfium2
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf
from tests.made_pdfs import ROWS, SONG, canvas, saved
from workbench.errors import MissingExtraError
from workbench.model.source import Page, SourceDocument
from workbench.pipeline.verification import with_disagreements
from workbench.sources import iter_pages, page_count, read_again, read_source
from workbench.sources.pdf.page_text import is_damaged
from workbench.tables import parse


def draw_table(made: Canvas) -> None:
    made.setFont(SONG, 16)
    made.drawString(200, 780, "青禾县收支总表")
    made.setFont(SONG, 10)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            made.drawString(60 + 110 * column, 700 - 20 * row, text)
    for row in range(4):
        made.line(50, 715 - 20 * row, 490, 715 - 20 * row)
    for column in range(5):
        made.line(50 + 110 * column, 715, 50 + 110 * column, 655)


def places_hold(document: SourceDocument) -> None:
    for page in document.pages:
        assert len(page.boxes) == 4 * len(page.text)
        for index, character in enumerate(page.text):
            assert isnan(page.boxes[4 * index]) == character.isspace(), (page.number, index, character)


def positions(page: Page, text: str) -> list[int]:
    """In which cell of a terminal `text` begins on each line that has it."""
    found = []
    for line in page.text.split("\n"):
        if text in line:
            found.append(sum(2 if ord(character) > 0x2E80 else 1 for character in line[: line.index(text)]))
    return found


def test_columns_stand_under_each_other_and_every_character_has_its_place(tmp_path: Path) -> None:
    made, buffer = canvas()
    draw_table(made)
    document = read_source(saved(made, buffer, tmp_path))
    page = document.page(1)
    assert [line.split() for line in page.text.split("\n") if line] == [["青禾县收支总表"], *map(list, ROWS)]
    assert len(set(positions(page, "1,234.50") + positions(page, "合计"))) == 1
    places_hold(document)
    start = page.text.index("20103")
    box = page.box_of(start, start + 5)
    assert box is not None
    assert box.x0 == pytest.approx(60, abs=1)
    assert box.top < 842 - 660 < box.bottom


def test_ruled_lines_are_found_where_they_are_drawn(tmp_path: Path) -> None:
    made, buffer = canvas()
    draw_table(made)
    lines = read_source(saved(made, buffer, tmp_path)).page(1).lines
    assert sorted(line.top for line in lines if line.horizontal) == pytest.approx([127, 147, 167, 187], abs=0.6)
    assert sorted(line.x0 for line in lines if not line.horizontal) == pytest.approx([50, 160, 270, 380, 490], abs=0.6)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_that_is_stored_turned_reads_upright(tmp_path: Path, rotation: int) -> None:
    made, buffer = canvas((842, 595))
    made.saveState()
    if rotation == 90:
        made.translate(842, 0)
    elif rotation == 180:
        made.translate(842, 595)
    else:
        made.translate(0, 595)
    made.rotate(rotation)
    made.setFont(SONG, 10)
    if rotation == 180:
        made.translate(0, -300)
    draw_table(made)
    made.restoreState()
    turned = saved(made, buffer, tmp_path)
    expected = [["青禾县收支总表"], *map(list, ROWS)]
    assert [line.split() for line in read_source(turned).page(1).text.split("\n") if line] == expected
    document = pypdfium2.PdfDocument(turned)
    document[0].set_rotation(rotation)
    document.save(tmp_path / "shown-turned.pdf")
    page = read_source(tmp_path / "shown-turned.pdf").page(1)
    assert [line.split() for line in page.text.split("\n") if line] == expected
    assert sum(line.horizontal for line in page.lines) == 4


def test_thin_boxes_are_rules_and_white_boxes_are_not_there(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.rect(50, 600, 400, 0.7, stroke=0, fill=1)
    made.rect(50, 500, 0.7, 100, stroke=0, fill=1)
    made.setFillColorRGB(1, 1, 1)
    made.rect(100, 100, 300, 200, stroke=0, fill=1)
    made.setStrokeColorRGB(1, 1, 1)
    made.line(10, 50, 500, 50)
    lines = read_source(saved(made, buffer, tmp_path)).page(1).lines
    assert len(lines) == 2
    assert [line.horizontal for line in lines] == [True, False]


def test_many_boxes_in_one_path_are_many_rules(tmp_path: Path) -> None:
    made, buffer = canvas()
    path = made.beginPath()
    for row in range(5):
        path.rect(50, 700 - 30 * row, 400, 0.5)
    made.drawPath(path, stroke=0, fill=1)
    lines = read_source(saved(made, buffer, tmp_path)).page(1).lines
    assert [round(line.top, 1) for line in lines] == pytest.approx([141.8, 171.8, 201.8, 231.8, 261.8], abs=0.2)


def test_shading_is_a_grid_only_where_no_rules_are_drawn(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFillGray(0.8)
    made.rect(50, 600, 400, 40, stroke=0, fill=1)
    assert len(read_source(saved(made, buffer, tmp_path)).page(1).lines) == 4
    made, buffer = canvas()
    draw_table(made)
    made.setFillGray(0.8)
    made.rect(55, 600, 400, 40, stroke=0, fill=1)
    assert len(read_source(saved(made, buffer, tmp_path)).page(1).lines) == 9


def test_form_objects_are_followed_with_their_matrices(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.beginForm("inner")
    made.setFont(SONG, 10)
    made.drawString(10, 10, "表内合计")
    made.rect(0, 0, 100, 30, stroke=1, fill=0)
    made.endForm()
    made.saveState()
    made.translate(100, 500)
    made.scale(2, 2)
    made.doForm("inner")
    made.restoreState()
    page = read_source(saved(made, buffer, tmp_path)).page(1)
    assert page.text == "表内合计"
    assert {round(line.x0) for line in page.lines if not line.horizontal} == {100, 300}
    assert {round(line.top) for line in page.lines if line.horizontal} == {842 - 560, 842 - 500}


def test_text_outside_the_page_clipped_away_or_slanted_is_left_out_and_said(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(60, 700, "看得见")
    made.drawString(60, -20, "页外文字")
    made.saveState()
    path = made.beginPath()
    path.rect(60, 595, 50, 20)
    made.clipPath(path, stroke=0, fill=0)
    made.drawString(60, 600, "可见的文字被剪去的部分")
    made.restoreState()
    made.saveState()
    made.rotate(45)
    made.drawString(500, 100, "样张")
    made.restoreState()
    document = read_source(saved(made, buffer, tmp_path))
    assert document.page(1).text.split() == ["看得见", "可见的文字"]
    assert [warning.partition(": ")[2] for warning in document.warnings] == [
        "text outside the visible page was left out",
        "text hidden by a clip was left out",
        "slanted or large pale text (a watermark) was left out",
    ]


def test_each_text_is_hidden_by_its_own_clip(tmp_path: Path) -> None:
    made, buffer = canvas()
    for level, shown, hidden in ((700, "甲清单", "甲藏"), (600, "乙清单", "乙藏"), (500, "丙清单", "丙藏")):
        made.saveState()
        inner = made.beginPath()
        inner.rect(50, level - 10, 100, 40)
        made.clipPath(inner, stroke=0, fill=0)
        made.setFont(SONG, 10)
        made.drawString(60, level, shown)
        made.drawString(60, level - 100 if level > 500 else level + 200, hidden)
        made.restoreState()
    text = read_source(saved(made, buffer, tmp_path)).pages[0].text
    assert [line.strip() for line in text.split("\n") if line.strip()] == ["甲清单", "乙清单", "丙清单"]


def test_a_clip_hides_what_the_clips_around_it_hide(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 10)
    for level, width, text in ((700, 200, "甲清单"), (600, 30, "乙清单丙清单"), (500, 200, "丁清单")):
        made.saveState()
        for clip in ((50, level - 20, width, 60), (50, 450, 300, 300)):
            path = made.beginPath()
            path.rect(*clip)
            made.clipPath(path, stroke=0, fill=0)
        made.drawString(50, level, text)
        made.restoreState()
    page = read_source(saved(made, buffer, tmp_path)).pages[0]
    assert page.text.split() == ["甲清单", "乙清单", "丁清单"]


def test_a_full_page_has_the_place_of_every_character(tmp_path: Path) -> None:
    made, buffer = canvas()
    lines = [f"{number:02d}" + "本年收入支出决算数" * 5 for number in range(60)]
    for number, line in enumerate(lines):
        made.drawString(60, 800 - 12 * number, line)
    document = read_source(saved(made, buffer, tmp_path))
    page = document.pages[0]
    assert [line.strip() for line in page.text.split("\n") if line.strip()] == lines
    places_hold(document)
    for number, line in enumerate(lines):
        start = page.text.index(line)
        box = page.box_of(start, start + len(line))
        assert box is not None
        assert box.x0 == pytest.approx(60, abs=1)
        assert box.top < 842 - (800 - 12 * number) < box.bottom + 1


def test_figures_and_words_on_baselines_apart_are_one_line(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(60, 700, "全年收入")
    made.setFont("Helvetica", 10)
    made.drawString(101, 703.5, "39.20")
    made.setFont(SONG, 10)
    made.drawString(127, 700, "万元。")
    assert read_source(saved(made, buffer, tmp_path)).page(1).text == "全年收入39.20万元。"


def test_lines_of_a_cell_beside_one_line_stay_apart(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(60, 706, "机关事业单位")
    made.drawString(60, 694, "基本养老保险")
    made.drawString(200, 700, "75.08")
    lines = [line.split() for line in read_source(saved(made, buffer, tmp_path)).page(1).text.split("\n")]
    assert lines == [["机关事业单位"], ["75.08"], ["基本养老保险"]]


def test_bold_made_by_printing_twice_is_read_once(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(60, 700, "合计")
    made.drawString(60.4, 700, "合计")
    assert read_source(saved(made, buffer, tmp_path)).page(1).text == "合计"


def test_text_drawn_in_any_order_reads_from_the_left(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(300, 700, "丙")
    made.drawString(60, 700, "甲")
    made.drawString(180, 700, "乙")
    assert read_source(saved(made, buffer, tmp_path)).page(1).text.split() == ["甲", "乙", "丙"]


def test_the_second_reader_reads_the_same_text_and_rules(tmp_path: Path) -> None:
    made, buffer = canvas()
    draw_table(made)
    made.setFillColorRGB(1, 1, 1)
    made.rect(100, 100, 300, 200, stroke=0, fill=1)
    made.showPage()
    made.setFont(SONG, 10)
    made.drawString(60, 700, "第二页")
    path = saved(made, buffer, tmp_path)
    first, second = read_source(path), read_again(path, {1})
    assert first.page(1).text.split() == second.page(1).text.split()
    for level in (True, False):
        ours, theirs = (
            sorted(line.top if level else line.x0 for line in reading.page(1).lines if line.horizontal is level)
            for reading in (first, second)
        )
        assert ours == pytest.approx(theirs, abs=0.2)
    assert second.page(2).text == ""
    assert second.reader != first.reader
    places_hold(second)


def test_pages_come_one_by_one(tmp_path: Path) -> None:
    made, buffer = canvas()
    for number in range(3):
        made.setFont(SONG, 10)
        made.drawString(60, 700, f"第{number + 1}页")
        made.showPage()
    pages = iter_pages(saved(made, buffer, tmp_path))
    assert next(pages).text == "第1页"
    assert [page.number for page in pages] == [2, 3, 4]


def test_a_page_that_is_an_image_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scanned(tmp_path, with_text=False)
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)
    with pytest.raises(MissingExtraError, match=r"reader of scanned pages.*budget-workbench\[ocr\]"):
        read_source(path)
    document = read_source(scanned(tmp_path, with_text=True))
    assert document.page(1).scanned
    assert document.page(2).text == "文字页"
    assert document.warnings == ("page 1: the page is an image without text and was not read",)
    half = read_source(scanned(tmp_path, with_text=True, height=400))
    assert half.page(1).scanned


def scanned(folder: Path, *, with_text: bool, height: float = 842) -> Path:
    made, buffer = canvas()
    draw_table(made)
    picture = pypdfium2.PdfDocument(saved(made, buffer, folder))[0].render(scale=150 / 72).to_pil().convert("RGB")
    picture.save(folder / "scan.png")
    made, buffer = canvas()
    made.drawImage(str(folder / "scan.png"), 0, 0, 595, height)
    if with_text:
        made.showPage()
        made.setFont(SONG, 10)
        made.drawString(60, 700, "文字页")
    return saved(made, buffer, folder, "scan.pdf")


def test_clips_inside_form_objects_hide_nothing_by_mistake(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.beginForm("inner")
    path = made.beginPath()
    path.rect(0, 0, 90, 30)
    made.clipPath(path, stroke=0, fill=0)
    made.setFont(SONG, 10)
    made.drawString(10, 10, "表内合计")
    made.endForm()
    made.saveState()
    made.translate(300, 500)
    made.doForm("inner")
    made.restoreState()
    assert read_source(saved(made, buffer, tmp_path)).page(1).text == "表内合计"


def test_characters_that_need_care_keep_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, buffer = canvas()
    made.drawString(60, 700, "合计1.00")
    path = saved(made, buffer, tmp_path)
    whole = read_source(path).page(1)
    monkeypatch.setattr("workbench.sources.pdf.page_text.is_clean", lambda text: False)
    assert read_source(path).page(1) == whole


def test_print_turned_to_curves_is_known_for_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, buffer = canvas()
    for number in range(100):
        made.ellipse(50 + 4 * number, 700, 58 + 4 * number, 710, stroke=0, fill=1)
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)
    with pytest.raises(MissingExtraError, match="reader of scanned pages"):
        read_source(saved(made, buffer, tmp_path))


def pdf_of_glyphs(codes: str) -> bytes:
    """A page of glyphs whose font does not say which characters they are."""
    stream = f"BT /F 10 Tf 20 100 Td <{codes}> Tj ET"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n"
        "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Odd/Encoding/Identity-H/DescendantFonts[6 0 R]>>endobj\n"
        "6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/Odd/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        "/Supplement 0>>/FontDescriptor 7 0 R/DW 1000>>endobj\n"
        "7 0 obj<</Type/FontDescriptor/FontName/Odd/Flags 4/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700"
        "/StemV 80/FontBBox[0 0 1000 1000]>>endobj\ntrailer<</Root 1 0 R>>\n"
    ).encode()


def test_text_without_unicode_values_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = "".join(f"{0xE101 + number:04x}" for number in range(60))
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of_glyphs(codes))
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)
    document = read_source(path)
    assert len(document.page(1).text) == 60
    assert "no Unicode value" in document.warnings[0]


def test_a_scanned_page_is_read_with_its_rules_dashes_and_doubts(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    rows = (
        ("项目", "预算数", "上年数"),
        ("栏次", "1", "**"),
        ("公务接待费", "——", "1,234.50"),
        ("出国费用", "0", "——"),
    )
    made, buffer = canvas((400, 130))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            made.drawString(40 + 110 * column, 100 - 20 * row, text)
    for row in range(5):
        made.line(30, 115 - 20 * row, 360, 115 - 20 * row)
    for column in range(4):
        made.line(30 + 110 * column, 115, 30 + 110 * column, 35)
    picture = pypdfium2.PdfDocument(saved(made, buffer, tmp_path))[0].render(scale=200 / 72).to_pil().convert("L")
    picture.save(tmp_path / "scan.png")
    made, buffer = canvas((400, 130))
    made.drawImage(str(tmp_path / "scan.png"), 0, 0, 400, 130)
    document = read_source(saved(made, buffer, tmp_path, "scan.pdf"))
    page = document.page(1)
    assert [tuple(line.split()) for line in page.text.split("\n") if line] == list(rows)
    assert page.scanned
    assert len(page.confidences) == len(page.text)
    assert 0.3 < min(page.confidences) < 1
    assert sorted(line.x0 for line in page.lines if not line.horizontal) == pytest.approx([30, 140, 250, 360], abs=2)
    assert "read by OCR" in document.warnings[0]
    places_hold(document)


def test_places_count_from_the_corner_of_the_crop_box(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(160, 700, "合计")
    made.drawString(10, 700, "框外")
    made.line(150, 690, 300, 690)
    document = pypdfium2.PdfDocument(saved(made, buffer, tmp_path))
    document[0].set_cropbox(100, 400, 500, 800)
    document.save(tmp_path / "cropped.pdf")
    page = read_source(tmp_path / "cropped.pdf").page(1)
    assert (page.width, page.height) == (400, 400)
    assert page.text == "合计"
    box = page.box_of(0, 1)
    assert box is not None
    assert box.x0 == pytest.approx(60, abs=0.5)
    assert page.lines[0].top == pytest.approx(110, abs=0.5)
    assert read_again(tmp_path / "cropped.pdf").page(1).lines[0].top == pytest.approx(110, abs=0.5)


def test_a_pdf_that_only_its_owner_may_change_can_be_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    made = Canvas(buffer, encrypt=StandardEncryption("", ownerPassword="owner", canPrint=0))
    made.drawString(60, 700, "text")
    assert read_source(saved(made, buffer, tmp_path)).page(1).text == "text"


def test_values_of_form_fields_stand_in_their_cells_for_both_readers(tmp_path: Path) -> None:
    made, buffer = canvas()
    draw_table(made)
    made.acroForm.textfield(name="sum", x=275, y=633, width=90, height=18, value="2,469.75", borderWidth=0, fontSize=10)
    made.drawString(170, 640, "合计")
    for y in (655, 630):
        made.line(50, y, 490, y)
    for column in range(5):
        made.line(50 + 110 * column, 655, 50 + 110 * column, 630)
    path = saved(made, buffer, tmp_path)

    document = parse(read_source(path))

    assert [cell.printed for cell in document.tables[0].rows[-1]] == ["", "合计", "2,469.75", ""]
    assert with_disagreements(document, path).disagreements == ()


def test_text_that_a_reader_can_only_guess_at_is_told_with_its_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = "".join(f"{number:04x}" for number in range(40, 120))
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of_glyphs(codes))
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)

    document = read_source(path)

    assert document.warnings[0].startswith("page 1: much of the text has no Unicode value")
    assert [problem.message for problem in parse(document).problems] == list(document.warnings)


def test_signs_without_sense_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, buffer = canvas()
    made.setFont("Helvetica", 10)
    for line in range(8):
        made.drawString(60, 700 - 20 * line, "Z[`a \\i c~~} ^_| 12,345.60 `^[] @Df k{l~")
    monkeypatch.setattr("workbench.sources.pdf.document.ocr_is_installed", lambda: False)

    assert "what is read may be wrong" in read_source(saved(made, buffer, tmp_path)).warnings[0]


def test_the_second_reader_says_nothing_on_the_terminal(tmp_path: Path) -> None:
    logger = logging.getLogger("pdfminer.pdffont")
    logging.getLogger("pdfminer").setLevel(logging.NOTSET)
    made, buffer = canvas()
    made.drawString(60, 700, "一般公共服务支出")

    read_again(saved(made, buffer, tmp_path))

    assert not logger.isEnabledFor(logging.WARNING)


def test_large_pale_print_over_a_table_is_a_watermark(tmp_path: Path) -> None:
    made, buffer = canvas()
    draw_table(made)
    made.setFont(SONG, 34)
    made.setFillGray(0.85)
    made.drawString(120, 676, "信息公开专用")

    document = read_source(saved(made, buffer, tmp_path))

    assert "信息" not in document.page(1).text
    assert "青禾县收支总表" in document.page(1).text
    assert "watermark" in document.warnings[0]


def test_marks_that_are_runs_of_their_own_stay_on_a_page_with_hidden_text(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.drawString(60, 700, "一")
    made.drawString(70, 697, "、")
    made.drawString(80, 700, "一般公共服务支出")
    made.drawString(-300, 600, "页外")

    assert read_source(saved(made, buffer, tmp_path)).page(1).text.replace(" ", "") == "一、一般公共服务支出"


def test_whoever_waits_for_the_next_page_holds_nobody_up(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(ruled_pdf(random_disclosure(3)))
    pages = iter_pages(path)
    first = next(pages)
    other: list[int] = []
    thread = Thread(target=lambda: other.append(page_count(path)), daemon=True)
    thread.start()
    thread.join(20)
    assert other == [1 + sum(1 for _ in pages)]
    assert first.number == 1


def _pdf_of(*objects: str) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalog."""
    made, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer <</Size {size}/Root 1 0 R>>\nstartxref\n{len(made)}\n%%EOF"
    return made + tail.encode("latin-1")


def _stream(content: str, entries: str = "") -> str:
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


def test_text_that_is_spelt_out_inside_a_form_object_stands_where_the_form_does(tmp_path: Path) -> None:
    path = tmp_path / "form.pdf"
    path.write_bytes(
        _pdf_of(
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>",
            _stream("q 0.5 0 0 0.5 200 400 cm /F Do Q"),
            _stream(
                "BT /T 20 Tf 100 600 Td (1) Tj /Span <</ActualText <FEFF652F>>> BDC (A) Tj EMC (2) Tj ET",
                "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</T 6 0 R>>>>",
            ),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 49/LastChar 66/Widths[" + "1000 " * 18 + "]>>",
        )
    )
    page = read_source(path).page(1)
    assert page.text.replace(" ", "") == "1支2"
    places = [page.box_of(place, place + 1) for place in map(page.text.index, "1支2")]
    middles = [(box.x0 + box.x1) / 2 for box in places if box]
    assert len(middles) == 3
    assert middles == sorted(middles)
    assert all(130 < box.top < box.bottom < 150 for box in places if box)


@pytest.mark.parametrize(
    ("text", "damaged"),
    [
        ("ÿ一Ā一般公共预算收入 12.00", True),
        ("本�收入合计 12.00\n一、一¯政拨款收入", True),
        ("面积 12 m² ±3% 2×4 住房·公积金 25℃", False),
        ("\uf06c 一、收入合计\n\uf06c 二、支出合计", False),
        ("Résumé Äpfel Öl", False),
    ],
)
def test_characters_that_a_damaged_table_of_characters_gives_are_told(text: str, damaged: bool) -> None:
    assert is_damaged(text) is damaged


def test_rules_of_a_scanned_page_with_recognised_text_are_found_in_its_image(tmp_path: Path) -> None:
    pytest.importorskip("cv2")
    pytest.importorskip("rapidocr_onnxruntime")
    from PIL import Image, ImageDraw

    picture = Image.new("L", (1190, 1684), 255)
    draw = ImageDraw.Draw(picture)
    for row in range(4):
        draw.line((100, 254 + 40 * row, 980, 254 + 40 * row), fill=0, width=2)
    for column in range(5):
        draw.line((100 + 220 * column, 254, 100 + 220 * column, 374), fill=0, width=2)
    picture.save(tmp_path / "scan.png")
    made, buffer = canvas()
    made.drawImage(str(tmp_path / "scan.png"), 0, 0, 595, 842)
    text = made.beginText()
    text.setTextRenderMode(3)
    for row, texts in enumerate(ROWS):
        for column, cell in enumerate(texts):
            text.setTextOrigin(60 + 110 * column, 700 - 20 * row)
            text.textOut(cell)
    made.drawText(text)

    source = read_source(saved(made, buffer, tmp_path))
    (table,) = parse(source).tables

    assert len(source.page(1).lines) == 9
    assert [[cell.printed for cell in row] for row in (*table.header, *table.rows)] == [list(texts) for texts in ROWS]


@pytest.mark.parametrize("seen", [True, False])
def test_print_without_ink_is_left_out_beside_print_that_is_seen(tmp_path: Path, *, seen: bool) -> None:
    made, buffer = canvas()
    if seen:
        draw_table(made)
    text = made.beginText(62, 690)
    text.setFont(SONG, 10)
    text.setTextRenderMode(3)
    text.textOut("888.88")
    made.drawText(text)

    document = read_source(saved(made, buffer, tmp_path))

    assert ("888.88" in document.page(1).text) is not seen
    assert document.warnings == (("page 1: text that is set without ink was left out",) if seen else ())
