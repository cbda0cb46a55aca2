"""The list of findings depends on the state of the document alone: not on what was looked at before, nor on chance."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.injector.documents import sample
from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, inject
from workbench.checks import Reconciliation
from workbench.model.check import Finding
from workbench.model.edit import Edit, SetCell, apply_edits
from workbench.model.table import CellRef
from workbench.repairs import Budget, Constraints, Memory, find_root_causes

CLEAN = [Reconciliation.of(sample(seed).document) for seed in (0, 5)]
steps = st.lists(st.tuples(st.sampled_from(["take", "type", "confirm", "undo"]), st.integers(0, 10_000)), max_size=6)
few = settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def typed(reconciliation: Reconciliation, number: int) -> tuple[Edit, ...]:
    """A figure of the document replaced by some other one."""
    document = reconciliation.document
    refs = [ref for table in document.tables for ref in table.refs() if table.cell(ref.row, ref.column).figure.decimals]
    ref = refs[number % len(refs)]
    return (SetCell(ref, document.cell(ref).text, f"{number % 977 + 1}.37"),)


def taken(findings: tuple[Finding, ...], number: int) -> tuple[Edit, ...]:
    """The edits of one of the suggestions."""
    offered = [suggestion.edits for finding in findings for suggestion in finding.suggestions if suggestion.edits]
    return offered[number % len(offered)] if offered else ()


@few
@given(st.integers(0, len(CLEAN) - 1), st.integers(0, 10_000), steps, st.sampled_from([Budget(), Budget(checks=0)]))
def test_what_is_remembered_never_changes_the_list(
    number: int, seed: int, script: list[tuple[str, int]], budget: Budget
) -> None:
    document, _ = inject(CLEAN[number], random.Random(seed), 3, (*EXTRACTION, *SHAPES))
    states = [Reconciliation.of(document)]
    settled: frozenset[CellRef] = frozenset()
    memory = Memory()
    for step, chosen in script:
        constraints = Constraints(immovable=settled)
        findings = find_root_causes(states[-1], constraints, budget, memory)
        assert findings == find_root_causes(states[-1], constraints, budget)
        if step == "undo" and len(states) > 1:
            states.pop()
        elif step == "confirm":
            cells = [ref for finding in findings for ref in finding.cells]
            settled |= {cells[chosen % len(cells)]} if cells else set()
        else:
            current = states[-1]
            edits = taken(findings, chosen) if step == "take" else typed(current, chosen)
            states.append(current.after(apply_edits(current.document, edits), edits))
    constraints = Constraints(immovable=settled)
    assert find_root_causes(states[-1], constraints, budget, memory) == find_root_causes(
        states[-1], constraints, budget
    )


@few
@given(st.integers(0, len(CLEAN) - 1), st.integers(0, 10_000), st.lists(st.sampled_from(sorted(SHAPES)), min_size=1))
def test_suggestions_that_reshape_tables_do_what_they_say(number: int, seed: int, kinds: list[str]) -> None:
    document, _ = inject(CLEAN[number], random.Random(seed), 2, kinds)
    reconciliation = Reconciliation.of(document)
    failing = {result.check.id for result in reconciliation.failures}
    findings = find_root_causes(reconciliation)
    assert {result.check.id for finding in findings for result in finding.results} == failing
    for finding in findings:
        for suggestion in finding.suggestions:
            if suggestion.edits:
                after = reconciliation.after(apply_edits(document, suggestion.edits), suggestion.edits)
                now = {result.check.id for result in after.failures}
                assert set(suggestion.clears) == failing - now
                assert set(suggestion.breaks) == now - failing
