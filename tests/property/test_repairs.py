"""What holds for suggestions whatever slipped: sound, finite, honest about what they touch."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.injector.documents import Planned, sample
from tests.injector.score import changed_cells
from tests.injector.shapes import SHAPES
from tests.injector.slips import KINDS, Slip, inject
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Applicability, Finding
from workbench.model.edit import apply_edits
from workbench.repairs import find_root_causes

CLEAN = [sample(seed).at("sparse", random.Random(seed)).reconciliation() for seed in range(4)]
RULED = [Reconciliation.of(sample(seed).document) for seed in range(40, 43)]
"""Documents with the checks of their own equations, and with those that the rules make of what they print."""

slips = st.builds(
    lambda number, seed, count, kinds: (number, seed, count, kinds),
    st.integers(0, len(CLEAN) - 1),
    st.integers(0, 10_000),
    st.integers(1, 4),
    st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4, unique=True),
)
few = settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def broken(drawn: tuple[int, int, int, Sequence[str]]) -> tuple[Planned, tuple[Slip, ...], tuple[Finding, ...]]:
    number, seed, count, kinds = drawn
    document, made = inject(CLEAN[number], random.Random(seed), count, kinds)
    reconciliation = CLEAN[number].after(document, ())
    return reconciliation, made, find_root_causes(reconciliation)


@few
@given(slips)
def test_findings_share_out_the_failures_and_their_shares_make_no_more_than_one(
    drawn: tuple[int, int, int, Sequence[str]],
) -> None:
    reconciliation, _, findings = broken(drawn)
    listed = sorted(result.check.id for finding in findings for result in finding.results)
    assert listed == sorted(result.check.id for result in reconciliation.failures)
    for finding in findings:
        assert sum(suggestion.share for suggestion in finding.suggestions) <= 1.0001
        edited = [suggestion.share for suggestion in finding.suggestions if suggestion.edits]
        assert edited == sorted(edited, reverse=True)


@few
@given(slips)
def test_every_suggestion_does_what_it_says(drawn: tuple[int, int, int, Sequence[str]]) -> None:
    reconciliation, _, findings = broken(drawn)
    failing = {result.check.id for result in reconciliation.failures}
    for finding in findings:
        for suggestion in finding.suggestions:
            if not suggestion.edits:
                assert suggestion.applicability is Applicability.DISPLAY
                continue
            after = reconciliation.after(apply_edits(reconciliation.document, suggestion.edits), suggestion.edits)
            now = {result.check.id for result in after.failures}
            assert set(suggestion.breaks) == now - failing
            assert set(suggestion.clears) == failing - now
            assert suggestion.clears
            if suggestion.applicability is Applicability.SAFE:
                assert not suggestion.breaks


@few
@given(slips)
def test_no_suggestion_touches_a_label_or_puts_a_negative_among_none(
    drawn: tuple[int, int, int, Sequence[str]],
) -> None:
    reconciliation, _, findings = broken(drawn)
    document = reconciliation.document
    for finding in findings:
        for suggestion in finding.suggestions:
            after = apply_edits(document, suggestion.edits)
            for ref in changed_cells(document, suggestion.edits):
                before, now = document.cell(ref), after.cell(ref)
                assert before.figure.kind is not FigureKind.TEXT
                assert now.figure.kind in (FigureKind.NUMBER, FigureKind.BLANK, FigureKind.DASH)
                value = now.figure.value
                if value is not None and value < 0:
                    column = [row[ref.column] for row in document.table(ref.table).rows]
                    assert any((read_figure(cell.text).value or 0) < 0 for cell in column)


@few
@given(slips)
def test_taking_all_safe_suggestions_one_after_another_breaks_nothing(
    drawn: tuple[int, int, int, Sequence[str]],
) -> None:
    reconciliation, _, findings = broken(drawn)
    safe = [
        suggestion.edits
        for finding in findings
        for suggestion in finding.suggestions
        if suggestion.applicability is Applicability.SAFE
    ]
    current = reconciliation
    for edits in safe:
        current = current.after(apply_edits(current.document, edits), edits)
    left = {result.check.id for result in current.failures}
    assert left <= {result.check.id for result in reconciliation.failures}
    assert not safe or len(left) < len(reconciliation.failures)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(RULED), st.integers(0, 10_000), st.sampled_from(sorted(SHAPES)))
def test_what_is_safe_clears_and_breaks_as_it_says_whatever_was_misread(
    clean: Reconciliation, seed: int, shape: str
) -> None:
    """The rules make of the document what they can once the suggestion is taken, and not of its cells alone."""
    document, _ = inject(clean, random.Random(seed), 3, (shape, *sorted(KINDS)))
    reconciliation = Reconciliation.of(document)
    failing = {result.check.id for result in reconciliation.failures}
    for finding in find_root_causes(reconciliation):
        for suggestion in finding.suggestions:
            if suggestion.applicability is Applicability.SAFE:
                after = Reconciliation.of(apply_edits(document, suggestion.edits))
                left = {result.check.id for result in after.failures}
                assert left <= failing
                assert left.isdisjoint(suggestion.clears)


@pytest.mark.parametrize("clean", [*CLEAN, *RULED])
def test_a_clean_document_gives_nothing(clean: Reconciliation) -> None:
    assert find_root_causes(clean) == ()
