import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf
from workbench.errors import UnreadableSourceError, UnsupportedFormatError
from workbench.model.source import Box
from workbench.sources import read_source
from workbench.sources.page_image import page_image
from workbench.tables import parse


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(ruled_pdf(random_disclosure(5)))
    return path


def ink(pixels: bytes) -> int:
    return sum(value < 128 for value in pixels)


def test_a_page_is_drawn_and_a_cells_box_is_where_its_ink_is(pdf: Path) -> None:
    document = parse(read_source(pdf))
    table = document.tables[0]
    anchor = next(cell.anchors[0] for row in table.rows for cell in row if cell.figure.decimals == 2)
    assert anchor.box is not None
    page = document.source.page(anchor.page)
    whole = page_image(pdf, anchor.page, 1.0)
    assert abs(whole.width - page.width) < 1 and abs(whole.height - page.height) < 1
    assert len(whole.pixels) == 3 * whole.width * whole.height
    cell = page_image(pdf, anchor.page, 2.0, anchor.box)
    assert ink(cell.pixels) > 20
    empty = page_image(pdf, anchor.page, 2.0, Box(2, 2, 30, 12))
    assert ink(empty.pixels) == 0
    left, top, right, bottom = whole.place_of(anchor.box)
    assert abs(left - anchor.box.x0) < 1 and abs(bottom - anchor.box.bottom) < 1
    assert left < right and top < bottom


def test_what_cannot_be_drawn_says_why(pdf: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="has no page 99"):
        page_image(pdf, 99, 1.0)
    with pytest.raises(UnreadableSourceError, match="too large"):
        page_image(pdf, 1, 100.0)
    text = tmp_path / "a.txt"
    text.write_text("合计 1.00\n", encoding="utf-8")
    with pytest.raises(UnsupportedFormatError, match="only PDF and image"):
        page_image(text, 1, 1.0)


def scan_of(pdf: Path, path: Path) -> Path:
    """A page of a PDF with a table as an image file."""
    cv2 = pytest.importorskip("cv2")
    import numpy

    document = parse(read_source(pdf))
    drawn = page_image(pdf, document.tables[0].pages[0], 2.5)
    pixels = numpy.frombuffer(drawn.pixels, dtype=numpy.uint8).reshape(drawn.height, drawn.width, 3)
    assert cv2.imwrite(str(path), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    return path


def test_an_image_file_is_shown_as_it_was_read(pdf: Path, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    path = scan_of(pdf, tmp_path / "scan.png")
    page = read_source(path).page(1)
    found = re.search(r"\d+\.\d\d", page.text)
    assert found is not None
    box = page.box_of(*found.span())
    assert box is not None
    whole = page_image(path, 1, 1.0)
    assert abs(whole.width - page.width) <= 1 and abs(whole.height - page.height) <= 1
    assert ink(page_image(path, 1, 2.0, box).pixels) > 100
    assert ink(page_image(path, 1, 2.0, Box(5, 5, 30, 15)).pixels) == 0


def test_an_image_that_was_read_turned_is_shown_turned(pdf: Path, tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    cv2 = pytest.importorskip("cv2")
    upright = scan_of(pdf, tmp_path / "scan.png")
    document = parse(read_source(pdf))
    table = document.tables[0]
    anchors = [a for row in table.rows for cell in row for a in cell.anchors if a.page == table.pages[0] and a.box]
    places = tuple(
        # What was drawn at 2.5 pixels a point is taken to have 220 dots an inch.
        Box(*(value * 2.5 * 72 / 220 for value in (a.box.x0, a.box.top, a.box.x1, a.box.bottom)))
        for a in anchors
        if a.box is not None
    )
    plain = page_image(upright, 1, 1.0, printed=places)
    for turn in (cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE):
        path = tmp_path / f"turned{turn}.png"
        assert cv2.imwrite(str(path), cv2.rotate(cv2.imread(str(upright)), turn))
        shown = page_image(path, 1, 1.0, printed=places)
        assert (shown.width, shown.height) == (plain.width, plain.height)
        assert shown.pixels == plain.pixels


@pytest.mark.parametrize("suffix", [".jpg", ".tiff"])
def test_every_kind_of_image_file_is_shown(pdf: Path, tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("rapidocr_onnxruntime")
    path = scan_of(pdf, tmp_path / f"scan{suffix}")
    assert ink(page_image(path, 1, 1.0).pixels) > 100
    with pytest.raises(UnreadableSourceError, match="has no page 2"):
        page_image(path, 2, 1.0)


_TWO_THREADS = """
import sys, threading
from pathlib import Path
from workbench.sources import read_source
from workbench.sources.page_image import page_image

path = Path(sys.argv[1])
threads = [threading.Thread(target=lambda: [page_image(path, 1, 1.5) for _ in range(12)]) for _ in range(3)]
threads.append(threading.Thread(target=lambda: [read_source(path) for _ in range(4)]))
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("all drawn")
"""


def test_pages_are_drawn_while_another_thread_reads(pdf: Path) -> None:
    """pdfium is not made for several threads: without turns the program ends without a word."""
    ended = subprocess.run(
        [sys.executable, "-c", _TWO_THREADS, str(pdf)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert (ended.returncode, ended.stdout) == (0, "all drawn\n"), ended.stderr
