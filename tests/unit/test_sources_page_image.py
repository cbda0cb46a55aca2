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
    with pytest.raises(UnsupportedFormatError, match="only PDF"):
        page_image(text, 1, 1.0)


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
