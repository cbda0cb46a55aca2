"""Pages a second against pdfplumber: `python -m pytest tests/bench/bench_tables.py -m bench -s`.

Both engines read the same PDFs in one process, in turns, so that a busy machine slows both. Measured is CPU time: on
our side for text, anchors and finished tables, as `iter_tables` gives them page by page, on the other for
`extract_tables`. What `parse` adds to that (the figures stated in prose, the metadata of the document, the tables its
contents promise) has no counterpart there and is left out.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SHARED
from workbench.sources.reading import iter_pages
from workbench.tables.streaming import iter_tables

REAL = SHARED / "real"
ROUNDS = 5


def _with_pdfplumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
        return len(document.pages)


def _with_workbench(path: Path) -> int:
    pages = list(iter_pages(path))
    for _ in iter_tables(pages):
        pass
    return len(pages)


def _seconds(read: Callable[[Path], int], path: Path) -> tuple[float, int]:
    gc.collect()  # neither engine pays for what the other left behind
    begin = time.process_time()
    pages = read(path)
    return time.process_time() - begin, pages


@pytest.mark.bench
def test_pages_a_second() -> None:
    paths = sorted(REAL.glob("*.pdf"))
    if not paths:
        pytest.skip("../shared is not here")
    _with_workbench(paths[0])
    ratios = []
    of_files: dict[str, list[float]] = {path.name: [] for path in paths}
    for number in range(ROUNDS):
        spent = {"pdfplumber": 0.0, "workbench": 0.0}
        pages = 0
        for path in paths:
            ours, count = _seconds(_with_workbench, path)
            theirs, _ = _seconds(_with_pdfplumber, path)
            spent["workbench"] += ours
            spent["pdfplumber"] += theirs
            of_files[path.name].append(theirs / ours)
            pages += count
        ratios.append(spent["pdfplumber"] / spent["workbench"])
        rates = ", ".join(f"{name} {pages / seconds:.1f} pages/s" for name, seconds in spent.items())
        print(f"round {number + 1}: {rates}, {ratios[-1]:.1f} times")
    middles = {name: statistics.median(found) for name, found in of_files.items()}
    print(", ".join(f"{name} {middle:.1f}" for name, middle in middles.items()), end="; ")
    print(f"median of the files {statistics.median(middles.values()):.1f} times")
    print(f"median {statistics.median(ratios):.1f} times, best {max(ratios):.1f}, worst {min(ratios):.1f}")
    assert ratios
