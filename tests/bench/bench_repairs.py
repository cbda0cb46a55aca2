"""How long localisation takes: one document of some 400 amounts, and an edit in a workbook of 40,000; and how many
calls and instructions it makes, which a busy machine does not change.

`pytest tests/bench/bench_repairs.py -m bench -s` prints the figures; nothing is asserted about seconds.
"""

from __future__ import annotations

import cProfile
import gc
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import chain
from statistics import median
from types import FrameType
from typing import Any

import pytest

from tests.injector.documents import sample
from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, inject
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell, apply_edits
from workbench.repairs import Memory, find_root_causes

pytestmark = pytest.mark.bench

Tracer = Callable[[FrameType, str, Any], Any]


def milliseconds(run: Callable[[], object]) -> float:
    before = time.process_time()
    run()
    return 1000 * (time.process_time() - before)


def calls(run: Callable[[], object]) -> int:
    """How many calls a run makes: the same on any machine, however busy it is."""
    profile = cProfile.Profile()
    profile.runcall(run)
    return sum(entry.callcount for entry in profile.getstats())


def instructions(run: Callable[[], object]) -> int:
    """How many instructions of Python a run takes, nearer to its time than its calls are: of these some do much, and
    those that others spare do next to nothing."""
    count = 0

    def within(frame: FrameType, event: str, _: object) -> Tracer:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return within

    before = sys.gettrace()
    sys.settrace(within)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


RULES = ["generator", "workbench", "workbench, with tables of another shape"]


def broken_document(seed: int, count: int, rules: str) -> Reconciliation:
    """A made-up document with so many slips."""
    kinds = (*EXTRACTION, *SHAPES) if "shape" in rules else tuple(EXTRACTION)
    made = sample(seed)
    known = made.at("sparse", random.Random(seed)).reconciliation()
    clean: Reconciliation = known if rules == "generator" else Reconciliation.of(made.document)
    document, _ = inject(clean, random.Random(seed), count, kinds)
    if rules == "generator":
        broken = clean.after(document, ())
        # Checks that are built have read their tables by then; the generator's, which are given, have not.
        broken.prepare()
    else:
        broken = Reconciliation.of(document)
    assert broken.failures is not None
    return broken


def amounts(reconciliation: Reconciliation) -> int:
    """How many cells of its checks print a figure, zeros among them."""
    document = reconciliation.document
    return sum(document.cell(ref).figure.value is not None for ref in reconciliation.index.by_cell)


COUNTS = (1, 2, 4)


@pytest.mark.parametrize("rules", RULES)
def test_a_document_of_400_amounts(rules: str) -> None:
    times: dict[int, list[float]] = {count: [] for count in COUNTS}
    sizes = []
    for seed in range(100):
        for count in COUNTS:
            broken = broken_document(seed, count, rules)
            sizes.append(amounts(broken))
            gc.freeze()
            times[count].append(milliseconds(partial(find_root_causes, broken)))
    print(f"\nrules of the {rules}: documents of {min(sizes)} to {max(sizes)} amounts, median {median(sizes):.0f}")
    for title, taken in (*times.items(), ("any", list(chain.from_iterable(times.values())))):
        taken.sort()
        print(
            f"{title} slips: median {median(taken):.1f} ms, 99th percentile {taken[len(taken) * 99 // 100 - 1]:.1f} ms"
        )
    assert sum(map(len, times.values())) == 100 * len(COUNTS)


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("count", COUNTS)
def test_what_a_document_takes(rules: str, count: int) -> None:
    find_root_causes(broken_document(999, count, rules))
    broken = [broken_document(seed, count, rules) for seed in range(40)]
    made = sorted(calls(partial(find_root_causes, document)) for document in broken)
    taken = sorted(instructions(partial(find_root_causes, document)) for document in broken[:20])
    print(
        f"\n{count} slips, rules of the {rules}: median {made[20]} calls, most {made[-1]}; "
        f"median {taken[10]} instructions, most {taken[-1]}"
    )
    assert len(made) == 40


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
        times.append(milliseconds(partial(find_root_causes, after, memory=memory)))
    times.sort()
    print(
        f"\n{len(clean.checks)} checks: first {first:.0f} ms, an edit: median {times[20]:.1f} ms, worst {times[-1]:.1f} ms"
    )
    assert len(times) == 40
