"""What came of a review, for a data set: how every cell and finding stands after it, and what was settled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.export import ReviewOutcome, part_of
from workbench.export.dataset import Standing, written
from workbench.export.rows import CorrectionRow, DocumentPart, FindingRow
from workbench.model.amount import FigureKind
from workbench.model.check import SUM_FAMILIES, Check, Outcome, Relation
from workbench.model.edit import (
    Edit,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetTitle,
    SetUnit,
    cell_by_cell,
    edit_fields,
    edit_kind,
)
from workbench.model.record import Correction, Decision, ReviewStatus, Verdict
from workbench.model.table import CellRef
from workbench.pipeline import Analysis, AnalysisOptions, Failure, analyse_all
from workbench.review.rulings import changes_cells, corrections_along, in_force, of_each_cell
from workbench.review.senses import senses_of
from workbench.review.session import ReviewSession
from workbench.review.state import ReviewedFinding, ReviewState
from workbench.sources import find_sources

_LEFT_AS_IT_IS = frozenset({Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.DEFERRED})


def reviewed_parts(
    paths: Sequence[Path],
    *,
    records: Path = Path("records"),
    language: str = "en",
    jobs: int = 0,
    options: AnalysisOptions | None = None,
    failures: list[WorkbenchError] | None = None,
) -> Iterator[DocumentPart]:
    """What is exported of every document under these paths, as reviewed in the records in `records`.

    Documents are read one after another: in this process, or by `jobs` workers with limits on time and memory, which a
    script must ask for under `if __name__ == "__main__"`. `options` are those of an analysis (rules of your own, say).
    What cannot be read is added to `failures` where that is given, and is raised where it is not.
    """
    found, problems = find_sources(paths)
    _tell(problems, failures)
    for outcome in analyse_all(found, options, jobs=jobs):
        if isinstance(outcome, Failure):
            _tell([outcome.error], failures)
            continue
        session = ReviewSession.open(outcome.path, records=records, reviewer="", analysis=outcome, read_only=True)
        yield part_of(session.state.document, outcome_of(session.state, language))


def _tell(problems: Sequence[WorkbenchError], failures: list[WorkbenchError] | None) -> None:
    if problems and failures is None:
        raise problems[0]
    if failures is not None:
        failures += problems


@dataclass(frozen=True, slots=True)
class Exported:
    """Makes what is exported of a document, in a worker; None of one that is not done where only those are wanted."""

    language: str
    only_done: bool = False

    def __call__(self, _: Analysis, state: ReviewState) -> DocumentPart | None:
        """The rows of one document."""
        if self.only_done and state.record.status is not ReviewStatus.DONE:
            return None
        return part_of(state.document, outcome_of(state, self.language))


def outcome_of(state: ReviewState, language: str) -> ReviewOutcome:
    """The outcome of the review at this moment; messages in `language` ("en" or "zh")."""
    record = state.record
    counts = state.reconciliation.outcomes
    row: dict[str, str | int] = {
        "status": record.status.value,
        "reviewer": record.reviewer,
        "updated_at": record.updated_at.isoformat() if record.updated_at else "",
        "note": record.note,
        "corrections": len(record.corrections),
        "decisions": len(record.decisions),
        "open_findings": len(state.open_findings),
        "passing": counts.get(Outcome.PASS, 0),
        "within_rounding": counts.get(Outcome.WITHIN_ROUNDING, 0),
        "failing": counts.get(Outcome.FAIL, 0),
        "unverifiable": counts.get(Outcome.UNVERIFIABLE, 0),
        "crashed": counts.get(Outcome.CRASHED, 0),
    }
    findings = [_finding_row(state, item, language) for item in state.findings]
    senses = senses_of(state.document)
    return ReviewOutcome(row, senses, _standings(state), tuple(settled_in(state)), findings)


def changes_of(_: Analysis, state: ReviewState) -> tuple[str, list[CorrectionRow]]:
    """What was changed and ruled in one document, with its path; made in a worker."""
    return state.document.source.path, list(settled_in(state))


def settled_in(state: ReviewState) -> Iterator[CorrectionRow]:
    """What was changed and ruled in one document, as rows, in the order of correction and of ruling."""
    left_out = _left_out(state)
    for correction in state.record.corrections:
        labels = chain(correction.labels, repeat(("", "")))
        for edit, names in zip(correction.edits, labels, strict=False):
            yield _correction_row(state, correction, edit, names, applied=id(correction) not in left_out)
    for decision in of_each_cell(state.record.decisions, state.record.actions):
        yield _decision_row(state, decision, holds=_holds(state, decision))


def _holds(state: ReviewState, decision: Decision) -> bool:
    """Whether a ruling still says something: one that leaves a finding as it is needs that finding, with the figures
    that it was taken on."""
    if decision.verdict not in _LEFT_AS_IT_IS:
        return True
    if decision.along_correction:
        correction = corrections_along(state.record.actions).get(decision)
        if correction is not None and not changes_cells(correction):
            return id(correction) not in _left_out(state)
        return decision.cell in _ruled_wrong(state)
    for item in state.findings:
        if decision.finding in (item.finding.id, *(result.check.id for result in item.finding.results)):
            return not (item.decision == decision and item.stale)
    return False


def _left_out(state: ReviewState) -> set[int]:
    """The corrections that no longer fit the document, by what tells objects apart."""
    return {id(stale.correction) for stale in state.stale if not stale.satisfied}


def _ruled_wrong(state: ReviewState) -> frozenset[CellRef]:
    """The cells that were corrected in one step with the ruling that the document prints them wrongly,
    and still are."""
    left_out = _left_out(state)
    corrected = {
        cell.ref: cell.after
        for correction in state.record.corrections
        if id(correction) not in left_out
        for edit in correction.edits
        for cell in cell_by_cell(edit)
    }
    rulings = of_each_cell(in_force(state.record.decisions), state.record.actions)
    return frozenset(
        ruling.cell
        for ruling in rulings
        if ruling.cell is not None and ruling.along_correction and corrected.get(ruling.cell) == ruling.value
    )


def _correction_row(
    state: ReviewState, correction: Correction, edit: Edit, labels: tuple[str, str], *, applied: bool
) -> CorrectionRow:
    source = state.document.source
    kind, place, before, after = _change(edit)
    return CorrectionRow(
        document=written(source.path),
        sha256=source.sha256,
        kind=kind,
        place=place,
        finding="",
        row_label=labels[0],
        column_label=labels[1],
        before=before,
        after=after,
        applied=applied,
        by=correction.by,
        at=correction.at.isoformat(),
        method=correction.method,
        note=correction.note,
    )


def _change(edit: Edit) -> tuple[str, str, str, str]:
    """Kind, place, text before and text after of an edit; of one that moves things about what it says, as JSON."""
    match edit:
        case SetCell():
            return "correction", str(edit.ref), edit.before, edit.after
        case SetHeaderCell():
            return edit_kind(edit), str(edit.ref), edit.before, edit.after
        case SetForm() | SetTitle() | SetUnit():
            return edit_kind(edit), edit.table, edit.before, edit.after
    detail = edit_fields(edit)
    return detail.pop("kind"), detail.pop("table"), "", json.dumps(detail, ensure_ascii=False)


def _decision_row(state: ReviewState, decision: Decision, *, holds: bool) -> CorrectionRow:
    source = state.document.source
    return CorrectionRow(
        document=written(source.path),
        sha256=source.sha256,
        kind=decision.verdict.value,
        place=str(decision.cell) if decision.cell else "",
        finding=decision.finding,
        row_label=decision.labels[0],
        column_label=decision.labels[1],
        before=" ".join(decision.figures),
        after=decision.value,
        applied=holds,
        by=decision.by,
        at=decision.at.isoformat(),
        method="decision",
        note=decision.note,
    )


def _finding_row(state: ReviewState, item: ReviewedFinding, language: str) -> FindingRow:
    result = item.finding.results[0]
    return FindingRow(
        document=written(state.document.source.path),
        sha256=state.document.source.sha256,
        finding=item.finding.id,
        rule=result.check.name,
        outcome=result.outcome.value,
        severity=result.check.severity.value,
        verdict=_verdict(item),
        message=item.finding.message.text(language),
        cells=" ".join(str(ref) for ref in item.finding.cells),
        expected=_number(result.expected),
        printed=_number(result.printed),
        residual=_number(result.residual),
        tolerance=_number(result.tolerance),
    )


def _verdict(item: ReviewedFinding) -> str:
    """What was ruled on a finding and still holds."""
    return item.decision.verdict.value if item.decision and not item.stale else ""


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _standings(state: ReviewState) -> dict[CellRef, Standing]:
    """How every cell stands that any check speaks of."""
    checks: dict[CellRef, int] = {}
    failing: dict[CellRef, int] = {}
    for result in state.reconciliation.results:
        for ref in {term.ref for term in result.check.terms}:
            checks[ref] = checks.get(ref, 0) + (result.outcome is not Outcome.UNVERIFIABLE)
            failing[ref] = failing.get(ref, 0) + result.failed
    rulings: dict[CellRef, str] = {}
    for item in state.findings:
        if verdict := _verdict(item):
            rulings.update(dict.fromkeys(item.finding.cells, verdict))
    rulings.update(dict.fromkeys(_ruled_wrong(state), Verdict.SOURCE_ERROR.value))
    totals, some = _totals(state), _some_of_a_whole(state)
    return {
        ref: Standing(checks[ref], failing[ref], rulings.get(ref, ""), ref in totals, ref in some) for ref in checks
    }


def _totals(state: ReviewState) -> frozenset[CellRef]:
    """The cells that others of their table make up: any of the parts is printed,
    so that adding up both counts twice."""
    return frozenset(
        term.ref
        for check in state.reconciliation.checks
        if check.family in SUM_FAMILIES and check.relation is Relation.EQUAL and _within_one_table(check)
        for term in check.terms
        if term.role == "total" and any(_is_figure(state, other.ref) for other in check.terms if other.role == "part")
    )


def _some_of_a_whole(state: ReviewState) -> frozenset[CellRef]:
    """The cells that are some of what another cell of their table holds (其中)."""
    return frozenset(
        term.ref
        for check in state.reconciliation.checks
        if check.family in SUM_FAMILIES and check.relation is Relation.AT_MOST and _within_one_table(check)
        for term in check.terms
        if term.role == "part"
    )


def _within_one_table(check: Check) -> bool:
    return len({term.ref.table for term in check.terms}) == 1


def _is_figure(state: ReviewState, ref: CellRef) -> bool:
    return state.document.cell(ref).figure.kind is FigureKind.NUMBER
