"""What came of a review, for a data set: how every cell and finding stands after it, and what was settled."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.export import ReviewOutcome, part_of
from workbench.export.dataset import CorrectionRow, DocumentPart, FindingRow, Standing
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, edit_fields
from workbench.model.table import CellRef
from workbench.pipeline import Failure, analyse_all
from workbench.review.session import ReviewSession
from workbench.review.state import ReviewedFinding, ReviewState
from workbench.sources import find_sources


def reviewed_parts(
    paths: Sequence[Path],
    *,
    records: Path = Path("records"),
    language: str = "en",
    jobs: int = 1,
    failures: list[WorkbenchError] | None = None,
) -> Iterator[DocumentPart]:
    """What is exported of every document under these paths, as reviewed in the records in `records`.

    Documents are read one after another by `jobs` workers. What cannot be read is added to `failures` where that is
    given, and is raised where it is not.
    """
    found, problems = find_sources(paths)
    _tell(problems, failures)
    for outcome in analyse_all(found, jobs=jobs):
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
    return ReviewOutcome(row, _standings(state), tuple(settled_in(state)), findings)


def settled_in(state: ReviewState) -> Iterator[CorrectionRow]:
    """What was changed and ruled in one document, as rows."""
    path = state.document.source.path
    for correction in state.record.corrections:
        who = (correction.by, correction.at.isoformat(), correction.method, correction.note)
        for edit in correction.edits:
            if isinstance(edit, SetCell):
                yield CorrectionRow(path, "correction", str(edit.ref), edit.before, edit.after, *who)
            else:
                detail = edit_fields(edit)
                text = json.dumps(detail, ensure_ascii=False)
                yield CorrectionRow(path, detail["kind"], str(detail["table"]), "", text, *who)
    for decision in state.record.decisions:
        who = (decision.by, decision.at.isoformat(), "decision", decision.note)
        yield CorrectionRow(path, decision.verdict.value, decision.finding, " ".join(decision.figures), "", *who)


def _finding_row(state: ReviewState, item: ReviewedFinding, language: str) -> FindingRow:
    result = item.finding.results[0]
    return FindingRow(
        document=state.document.source.path,
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
    return {ref: Standing(checks[ref], failing[ref], rulings.get(ref, "")) for ref in checks}
