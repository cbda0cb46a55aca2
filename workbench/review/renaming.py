"""Rulings whose finding a new reading calls otherwise, because a title, a head or a label reads otherwise now: a
finding of the same rule over the same figures at the same places of the paper is the one that was ruled on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.model.check import CheckResult
from workbench.model.record import Action, Decision, RecordedFinding, ReviewRecord, Verdict
from workbench.model.table import CellRef, Document
from workbench.records.places.spots import Spot, is_printed_at
from workbench.review.rulings import figures_of, in_force

_ON_FINDINGS = frozenset({Verdict.EXTRACTION_ERROR, Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.DEFERRED})


def new_names(record: ReviewRecord, document: Document, failing: Sequence[CheckResult]) -> dict[str, str]:
    """The findings that rulings of the record call by a name that no failing check has,
    with the name that they have now."""
    names: dict[str, str] = {}
    ruled = {decision.finding for decision in record.decisions}
    free = [result for result in failing if result.check.id not in ruled]
    for decision in _homeless(record, failing):
        found = next((result for result in free if _is_meant(decision, result, document)), None)
        if found is not None:
            names[decision.finding] = found.check.id
            free.remove(found)
    return names


def left_without(
    record: ReviewRecord, before: Sequence[RecordedFinding], failing: Sequence[CheckResult]
) -> list[RecordedFinding]:
    """The findings that were ruled on and stood when the record was saved, and do not stand any more."""
    ruled = {decision.finding for decision in _homeless(record, failing)}
    return [finding for finding in before if finding.id in ruled]


def called(action: Action, names: Mapping[str, str]) -> Action:
    """The step with its finding called as it is now."""
    if isinstance(action, Decision) and action.finding in names:
        return replace(action, finding=names[action.finding])
    return action


def _homeless(record: ReviewRecord, failing: Sequence[CheckResult]) -> Iterator[Decision]:
    """The rulings in force on findings that are none now, the last one on each."""
    standing = {result.check.id for result in failing}
    rulings = (ruling for ruling in in_force(record.decisions) if not ruling.along_correction)
    last = {ruling.finding: ruling for ruling in rulings if ruling.verdict in _ON_FINDINGS}
    yield from (decision for name, decision in last.items() if name not in standing)


def _is_meant(decision: Decision, result: CheckResult, document: Document) -> bool:
    """Whether a check that fails now is over what a ruling was on: no figure that it was not taken on,
    each printed where one of those was."""
    if _rule(result.check.id) != _rule(decision.finding):
        return False
    spots = [spot for spot in map(Spot.read, decision.spots) if spot is not None]
    refs = [ref for ref in dict.fromkeys(term.ref for term in result.check.terms) if _has_place(document, ref)]
    return (
        bool(refs)
        and set(figures_of(document, refs)) <= set(decision.figures)
        and all(any(is_printed_at(document, ref, spot) for spot in spots) for ref in refs)
    )


def _rule(name: str) -> str:
    return name.rpartition(":")[0]


def _has_place(document: Document, ref: CellRef) -> bool:
    return bool(document.cell(ref).anchors)
