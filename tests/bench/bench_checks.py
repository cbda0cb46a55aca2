"""What checking costs: `python -m pytest tests/bench/bench_checks.py -m bench -s`.

A document of 42 tables, read afresh for every round so that nothing is kept from the last one; CPU time.
"""

from __future__ import annotations

import json
import random
import statistics
import time

import pytest

from tests.conftest import SHARED
from tests.generator.content import random_disclosure
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import Document
from workbench.tables.interchange.from_json import document_from_json

GOLD = SHARED / "gold" / "001.json"
ROUNDS = 15


def _document() -> Document:
    """A real document of 42 tables where it is at hand, else made-up ones until there are as many tables."""
    if GOLD.is_file():
        return document_from_json(json.loads(GOLD.read_text(encoding="utf-8")), "bench")
    tables: list[object] = []
    for seed in range(40):
        tables += random_disclosure(seed).gold()["tables"]  # type: ignore[misc]
    return document_from_json({"tables": [dict(t, id=f"t{n:02d}") for n, t in enumerate(tables[:42])]}, "bench")  # type: ignore[call-overload]


@pytest.mark.bench
def test_all_checks_of_a_document() -> None:
    documents = [_document() for _ in range(ROUNDS)]
    Reconciliation.of(documents[0])
    seconds = []
    for document in documents:
        begin = time.process_time()
        found = Reconciliation.of(document)
        seconds.append(time.process_time() - begin)
    print(
        f"\n{len(documents[0].tables)} tables, {len(found.checks)} checks: median {statistics.median(seconds) * 1000:.1f} ms, "
        f"most {max(seconds) * 1000:.1f} ms"
    )
    assert len(found.checks) > 200


@pytest.mark.bench
def test_one_edit() -> None:
    document = _document()
    found = Reconciliation.of(document)
    rng = random.Random(1)
    cells = [
        ref
        for ref in found.index.by_cell
        if any(table.id == ref.table for table in document.tables)
        and document.cell(ref).figure.kind is FigureKind.NUMBER
    ]
    seconds = []
    for ref in rng.sample(cells, min(200, len(cells))):
        text = document.cell(ref).text
        edit = SetCell(ref, text, text[:-1] + rng.choice("0123456789"))
        edited = apply_edit(document, edit)
        begin = time.process_time()
        found.after(edited, (edit,))
        seconds.append(time.process_time() - begin)
    seconds.sort()
    print(
        f"\none edit: median {seconds[len(seconds) // 2] * 1000:.3f} ms, p95 {seconds[len(seconds) * 95 // 100] * 1000:.2f} ms"
    )
    assert seconds
