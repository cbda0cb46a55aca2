"""What reading costs: `python -m pytest tests/bench/bench_sources.py -m bench -s`.

Engines read the same files in one process, in turns, so that a busy machine slows all; measured is CPU time. What one
engine leaves for the garbage collector is collected before the next one's clock starts.
"""

from __future__ import annotations

import gc
import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SHARED
from workbench.sources import iter_pages, read_source

ROUNDS = 5


def _pdfplumber_tables(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
        return len(document.pages)


def _workbench(path: Path) -> int:
    return len(read_source(path).pages)


def _pdfium_text(path: Path) -> int:
    """The least that any reader over pdfium must spend: load every page and its text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_range()
    return len(document)


def _spent(read: Callable[[Path], int], paths: list[Path]) -> tuple[float, int]:
    gc.collect()
    begin = time.process_time()
    pages = sum(read(path) for path in paths)
    return time.process_time() - begin, pages


@pytest.mark.bench
def test_pages_a_second_of_pdf_files() -> None:
    paths = sorted((SHARED / "real").glob("*.pdf"))
    if not paths:
        pytest.skip("../shared is not here")
    engines = {"workbench": _workbench, "pdfium text": _pdfium_text, "pdfplumber tables": _pdfplumber_tables}
    ratios: list[float] = []
    for read in engines.values():
        read(paths[0])
    for number in range(ROUNDS):
        spent = {name: _spent(read, paths) for name, read in engines.items()}
        rates = ", ".join(f"{name} {pages / seconds:.1f}" for name, (seconds, pages) in spent.items())
        ratios.append(spent["pdfplumber tables"][0] / spent["workbench"][0])
        print(f"round {number + 1}: pages/s {rates}; {ratios[-1]:.1f} times pdfplumber")
    print(f"median {statistics.median(ratios):.1f} times, best {max(ratios):.1f}, worst {min(ratios):.1f}")
    assert ratios


@pytest.mark.bench
def test_documents_a_second_of_text_and_word(tmp_path: Path) -> None:
    import docx

    seeds = sorted((SHARED / "seeds").glob("*.txt"))
    if not seeds:
        pytest.skip("../shared is not here")
    made: list[Path] = []
    for seed in seeds:
        document = docx.Document()
        lines = seed.read_text(encoding="utf-8").split("\n")
        for line in lines[:200]:
            document.add_paragraph("".join(character for character in line if character >= " "))
        table = document.add_table(rows=60, cols=8)
        for row in table.rows:
            for column, cell in enumerate(row.cells):
                cell.text = f"{column}.00"
        made.append(tmp_path / f"{seed.stem}.docx")
        document.save(str(made[-1]))
    for name, paths in (("text", seeds), ("docx", made)):
        _workbench(paths[0])
        seconds = min(_spent(_workbench, paths)[0] for _ in range(ROUNDS))
        print(f"{name}: {len(paths) / seconds:.0f} documents/s")
        assert seconds > 0


@pytest.mark.bench
def test_memory_of_a_long_document_read_page_by_page(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(_long_pdf(2000))
    begin = time.perf_counter()
    pages = iter_pages(path)
    next(pages)
    print(f"first of 2,000 pages after {time.perf_counter() - begin:.3f} s")
    peaks = {}
    for count in (100, 2000):
        script = (
            "import resource; from itertools import islice; from pathlib import Path\n"
            "from workbench.sources import iter_pages\n"
            f"for page in islice(iter_pages(Path({str(path)!r})), {count}): pass\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
        )
        # a child inherits the high-water mark of this process; a grandchild that of the shell
        command = ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", script]
        peaks[count] = int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    print(", ".join(f"{count} pages: {peak} MiB at the most" for count, peak in peaks.items()))
    assert peaks[2000] < 2 * peaks[100]


def _long_pdf(pages: int) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    made = Canvas(buffer)
    for number in range(pages):
        made.setFont("STSong-Light", 9)
        for row in range(30):
            for column, text in enumerate((f"{20000 + row}", "一般公共服务支出", f"{number * row:,}.00", "1.00")):
                made.drawString(55 + 110 * column, 760 - 20 * row, text)
            made.line(50, 755 - 20 * row, 490, 755 - 20 * row)
        for column in range(5):
            made.line(50 + 110 * column, 775, 50 + 110 * column, 175)
        made.showPage()
    made.save()
    return buffer.getvalue()
