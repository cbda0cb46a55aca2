"""How long localisation takes: one document of some 400 amounts, and an edit in a workbook of 40,000.

`pytest tests/bench/bench_repairs.py -m bench -s` prints the figures; nothing is asserted about seconds.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable

import pytest

from tests.injector.documents import sample
from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, inject
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell, apply_edits
from workbench.repairs import Memory, find_root_causes

pytestmark = pytest.mark.bench


def milliseconds(run: Callable[[], object]) -> float:
    before = time.process_time()
    run()
    return 1000 * (time.process_time() - before)


@pytest.mark.parametrize("count", [1, 4])
@pytest.mark.parametrize("rules", ["generator", "workbench", "workbench, with tables of another shape"])
def test_a_document_of_400_amounts(count: int, rules: str) -> None:
    kinds = (*EXTRACTION, *SHAPES) if "shape" in rules else tuple(EXTRACTION)
    times = []
    for seed in range(100):
        made = sample(seed)
        known = made.at("sparse", random.Random(seed)).reconciliation()
        clean: Reconciliation = known if rules == "generator" else Reconciliation.of(made.document)
        document, _ = inject(clean, random.Random(seed), count, kinds)
        broken = clean.after(document, ()) if rules == "generator" else Reconciliation.of(document)
        assert broken.failures is not None
        gc.freeze()
        times.append(milliseconds(lambda broken=broken: find_root_causes(broken)))  # type: ignore[misc]
    times.sort()
    print(f"\n{count} slips, rules of the {rules}: median {times[50]:.1f} ms, 99th percentile {times[98]:.1f} ms")
    assert len(times) == 100


def test_an_edit_in_a_workbook_of_40000_amounts() -> None:
    clean = sample(1, size=110).reconciliation()
    document, _ = inject(clean, random.Random(1), 30, ["digit_lost", "digits_swapped", "moved_row", "figure_dropped"])
    broken = clean.after(document, ())
    memory = Memory()
    gc.collect()
    gc.freeze()
    first = milliseconds(lambda: find_root_causes(broken, memory=memory))
    cells = [
        ref
        for table in broken.document.tables[::40]
        for ref in table.refs()
        if table.cell(ref.row, ref.column).figure.decimals and table.cell(ref.row, ref.column).figure.value
    ]
    rng = random.Random(2)
    times = []
    for _ in range(40):
        ref = rng.choice(cells)
        edits = (SetCell(ref, broken.document.cell(ref).text, f"{rng.randint(1, 99999) / 100:.2f}"),)
        after = broken.after(apply_edits(broken.document, edits), edits)
        assert after.failures is not None
        times.append(milliseconds(lambda after=after: find_root_causes(after, memory=memory)))  # type: ignore[misc]
    times.sort()
    print(
        f"\n{len(clean.checks)} checks: first {first:.0f} ms, an edit: median {times[20]:.1f} ms, worst {times[-1]:.1f} ms"
    )
    assert len(times) == 40
