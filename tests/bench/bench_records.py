"""How long a reviewer waits: an edit with everything checked again, undo, save, reopening, and the index of a folder.

`python -m pytest tests/bench/bench_records.py -m bench -s` prints the figures; nothing is asserted of seconds.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.model.amount import FigureKind
from workbench.model.edit import SetCell
from workbench.model.table import CellRef
from workbench.pipeline import analyse
from workbench.records.index import read_index
from workbench.records.store import RecordStore
from workbench.review import ReviewSession

pytestmark = pytest.mark.bench
SAMPLES = sorted(path for path in (ROOT / "sample_docs").iterdir() if path.suffix in (".pdf", ".txt", ".xlsx", ".docx"))


def milliseconds(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - start)


def told(name: str, **figures: float | int) -> None:
    """One line of figures."""
    print(f"{name:36.36s}", "  ".join(f"{key} {value:.1f}" for key, value in figures.items()))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_edits_and_reopening(path: Path, tmp_path: Path) -> None:
    """Thirty figures of a document changed one after the other, so that ever more is wrong."""
    chance = random.Random(7)
    analysis = analyse(path)
    session = ReviewSession.open(path, records=tmp_path, reviewer="bench", analysis=analysis)
    amounts = [
        ref
        for table in analysis.document.tables
        for ref in table.refs()
        if analysis.document.cell(ref).figure.kind is FigureKind.NUMBER and analysis.reconciliation.results_of(ref)
    ]
    edits = []
    for _ in range(30):
        ref = chance.choice(amounts)
        edits.append(milliseconds(lambda: change(session, ref, chance)))  # noqa: B023 - called at once
    undos = [milliseconds(session.undo) for _ in range(10)]
    saved = milliseconds(session.save)
    session.close()
    reopened = milliseconds(
        lambda: ReviewSession.open(path, records=tmp_path, reviewer="bench", analysis=analysis).close()
    )
    told(
        path.name,
        amounts=len(amounts),
        checks=len(analysis.reconciliation.checks),
        edit_median=statistics.median(edits),
        edit_worst=max(edits),
        undo_median=statistics.median(undos),
        save=saved,
        reopen=reopened,
    )
    assert len(edits) == 30


def change(session: ReviewSession, ref: CellRef, chance: random.Random) -> None:
    """Another last digit for a figure."""
    text = session.state.document.cell(ref).text
    other = chance.choice([digit for digit in "0123456789" if digit != text[-1]])
    session.apply((SetCell(ref, text, text[:-1] + other),))


def test_the_index_of_a_thousand_records(tmp_path: Path) -> None:
    """A folder with a thousand records of a dozen tables each."""
    path = SAMPLES[0]
    analysis = analyse(path)
    with ReviewSession.open(path, records=tmp_path, reviewer="bench", analysis=analysis) as session:
        session.set_note("bench")
        text = session.save().read_text("utf-8")
    store = RecordStore(tmp_path)
    for number in range(1000):
        store.write(tmp_path / f"{number:04d}.00000000.toml", text, "")
    took = milliseconds(lambda: read_index(tmp_path))
    told("index of 1000 records", kilobytes_each=len(text.encode()) / 1024, all=took)
    assert len(read_index(tmp_path).records) == 1001
