"""Scanned pages as they come out of the machine: with seals, on their side, on their head."""

from __future__ import annotations

import io
from typing import Any

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from workbench.sources.scan.reader import ocr_is_installed, read_picture

cv2 = pytest.importorskip("cv2")
numpy = pytest.importorskip("numpy")

ROWS = (("项目", "预算数"), ("一、一般公共服务支出", "1,234.50"), ("二、教育支出", "860.75"), ("支出合计", "2,095.25"))


def _picture(*, sealed: bool = False) -> Any:
    """A small page with a ruled table as a picture, 200 dots an inch; a seal may lie over its figures."""
    import pypdfium2

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    made = Canvas(buffer, pagesize=(560, 190))
    made.setFont("STSong-Light", 12)
    made.drawCentredString(280, 165, "青禾县部门支出总表")
    made.setFont("STSong-Light", 10)
    for row, (name, amount) in enumerate(ROWS):
        made.drawString(26, 128 - 26 * row, name)
        made.drawRightString(534, 128 - 26 * row, amount)
    for row in range(5):
        made.line(20, 146 - 26 * row, 540, 146 - 26 * row)
    for x in (20, 280, 540):
        made.line(x, 42, x, 146)
    made.showPage()
    made.save()
    picture = pypdfium2.PdfDocument(buffer.getvalue())[0].render(scale=200 / 72).to_numpy()[:, :, :3].copy()
    if sealed:
        over = picture.copy()
        cv2.circle(over, (1400, 260), 100, (40, 40, 215), 8)
        cv2.fillPoly(
            over, [numpy.array([(1400, 220), (1435, 300), (1355, 245), (1445, 245), (1365, 300)])], (40, 40, 215)
        )
        picture = numpy.minimum(picture, over)
    return picture


@pytest.mark.skipif(not ocr_is_installed(), reason="the OCR engine is not installed")
@pytest.mark.parametrize(("quarters", "sealed"), [(0, True), (1, False), (2, False)])
def test_a_page_reads_the_same_sealed_or_turned(quarters: int, *, sealed: bool) -> None:
    picture = numpy.ascontiguousarray(numpy.rot90(_picture(sealed=sealed), quarters))
    height, width = picture.shape[:2]

    page = read_picture(1, picture, width * 0.36, height * 0.36, "made.png")

    assert "".join(page.text.split()).endswith("".join(word for row in ROWS for word in row))
    assert page.width > page.height
    assert len(page.lines) >= 8


def test_a_seal_goes_and_red_figures_stay() -> None:
    from workbench.sources.scan.stamps import without_stamps

    picture = numpy.full((1400, 1000, 3), 255, numpy.uint8)
    cv2.putText(picture, "1,234.50", (150, 300), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 4)
    cv2.putText(picture, "-86.00", (600, 900), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 220), 4)
    black, red, paper = (
        picture[:, :, 2] < 60,
        (picture[:, :, 2] > 200) & (picture[:, :, 1] < 60),
        picture.min(axis=2) > 240,
    )
    over = picture.copy()
    cv2.circle(over, (280, 300), 120, (30, 30, 210), 10)

    cleared = without_stamps(numpy.minimum(picture, over))

    assert (cleared[black] < 60).all()
    assert (cleared[red] == picture[red]).all()
    assert (cleared[paper] > 240).all()


def test_pieces_that_overlap_are_cut_between_characters() -> None:
    from workbench.sources.scan.overlaps import cut_apart

    ink = numpy.zeros((60, 200), bool)
    for left in (10, 40, 70, 100, 130):
        ink[12:38, left : left + 24] = True
    boxes = [(8.0, 10.0, 84.0, 40.0), (72.0, 10.0, 156.0, 40.0), (8.0, 44.0, 156.0, 58.0)]

    sides = cut_apart(boxes, ink)

    assert sides.keys() == {0, 1}
    (start, end), (begin, stop) = sides[0], sides[1]
    assert (start, stop) == (8.0, 156.0)
    assert end == begin
    assert 64 <= end <= 70 or 94 <= end <= 100


def test_a_seal_in_a_scan_without_colour_goes_and_pale_print_stays() -> None:
    from workbench.sources.scan.stamps import without_stamps

    picture = numpy.full((1600, 1200, 3), 255, numpy.uint8)
    for row in range(200, 1500, 60):
        cv2.putText(picture, "52,118,675.80 3,257,417.24", (120, row), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (0, 0, 0), 3)
        cv2.line(picture, (80, row + 24), (1120, row + 24), (0, 0, 0), 2)
    sealed = numpy.full_like(picture, 255)
    cv2.circle(sealed, (600, 700), 150, (125, 125, 125), 9)
    cv2.circle(sealed, (600, 700), 50, (125, 125, 125), -1)
    pale = numpy.full_like(picture, 255)
    pale[picture < 128] = 125

    cleared = without_stamps(numpy.minimum(picture, sealed))

    assert (abs(cleared.astype(int) - picture) > 60).mean() < 0.001
    assert (without_stamps(pale) == pale).all()


HEIGHT = 24
"""Of the print on the small pages of ink below."""


def _ink(*strokes: tuple[int, int, int, int]) -> Any:
    """A page of ink: rectangles x0, top, x1, bottom."""
    ink = numpy.zeros((120, 400), bool)
    for x0, top, x1, bottom in strokes:
        ink[top:bottom, x0:x1] = True
    return ink


def test_a_dash_is_found_whole_whatever_was_taken_for_its_halves() -> None:
    from workbench.sources.scan.dashes import is_within, lone_dashes

    ink = _ink((100, 60, 126, 63), (128, 60, 154, 63))

    dashes = lone_dashes(ink, HEIGHT)

    assert dashes == [(100.0, 60.0, 154.0, 63.0)]
    assert is_within((128.0, 60.0, 154.0, 63.0), dashes)


def test_a_three_in_strokes_that_was_passed_over_is_found() -> None:
    from workbench.sources.scan.dashes import lone_figures

    three_and_mark = _ink((102, 50, 124, 52), (104, 59, 122, 61), (100, 70, 126, 72), (130, 66, 137, 73))

    assert lone_figures(three_and_mark, HEIGHT, []) == [(100.0, 50.0, 137.0, 73.0)]


def test_a_mark_after_the_number_of_an_item_is_read_off_its_ink() -> None:
    from workbench.sources.scan.glyphs import with_mark

    eight = ((100, 50, 110, 73), (114, 50, 124, 73))
    mark, ideograph = (129, 66, 136, 73), (128, 50, 150, 73)
    line = (98.0, 48.0, 220.0, 75.0)

    assert with_mark("八教育支出", line, HEIGHT, _ink(*eight, mark, (158, 50, 180, 73))) == "八、教育支出"
    assert with_mark("八", line, HEIGHT, _ink(*eight, mark)) == "八、"
    assert with_mark("八宝镇", line, HEIGHT, _ink(*eight, ideograph)) == "八宝镇"
    assert with_mark("八", line, HEIGHT, _ink(*eight)) == "八"
    assert with_mark("八、教育支出", line, HEIGHT, _ink(*eight, mark)) == "八、教育支出"


def test_a_figure_with_fewer_characters_than_ink_is_doubted() -> None:
    from workbench.sources.scan.glyphs import is_miscounted

    ink, box = _ink((100, 50, 112, 73), (118, 50, 124, 73)), (98.0, 48.0, 128.0, 75.0)

    assert is_miscounted("3", box, ink)
    assert not is_miscounted("31", box, ink)
    assert not is_miscounted("331", box, ink)  # two of its characters may touch
    assert not is_miscounted("款", box, ink)


def test_the_number_of_an_item_taken_for_a_sign_is_mended() -> None:
    from workbench.sources.scan.misreadings import mend_start

    assert mend_start("+1、节能环保支出", "") == "十一、节能环保支出"
    assert mend_start("+、卫生健康支出", "") == "十、卫生健康支出"
    assert mend_start("+12.50", "") == "+12.50"
