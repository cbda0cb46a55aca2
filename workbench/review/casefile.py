"""The case file of a document from its review: each thing that did not add up as printed, with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.checks import describe
from workbench.export import part_of
from workbench.export.casefile import CaseCell, CaseFile, CaseFinding
from workbench.export.rows import CorrectionRow
from workbench.model.check import Finding
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import Cell, CellRef, Document
from workbench.records.places.labels import row_label
from workbench.review.outcome import outcome_of, settled_in
from workbench.review.state import ReviewedFinding, ReviewState

if TYPE_CHECKING:
    from workbench.pipeline import Analysis

_MOST_PROOFS = 8
"""Equations of a finding that are written out as they stand after the review."""


def case_of(analysis: Analysis, state: ReviewState, language: str) -> CaseFile:
    """The case file of a document that was analysed and reviewed; texts in `language` ("en" or "zh")."""
    steps = list(settled_in(state))
    standing = {name: item for item in state.findings for name in _names(item.finding)}
    findings = [_finding(finding, standing, steps, state, language) for finding in analysis.findings]
    known = {name for finding in analysis.findings for name in _names(finding)}
    late = [item.finding for item in state.findings if not known & set(_names(item.finding))]
    findings += [_finding(finding, standing, steps, state, language) for finding in late]
    told = {id(step) for finding in findings for step in finding.steps}
    counts = analysis.reconciliation.outcomes
    return CaseFile(
        document=part_of(state.document, outcome_of(state, language)).document,
        before={outcome.value: count for outcome, count in counts.items()},
        findings=tuple(findings),
        others=tuple(step for step in steps if id(step) not in told),
        conflicts=tuple(map(str, state.conflicts)),
        notes=tuple(_notes(state)),
        earlier=state.record.source.earlier,
    )


@dataclass(frozen=True, slots=True)
class Cased:
    """Makes the case file of a document, in a worker, and says whether findings are open; None of one that is not done
    where only those are wanted."""

    language: str
    only_done: bool = False

    def __call__(self, analysis: Analysis, state: ReviewState) -> tuple[CaseFile, bool] | None:
        """The case file of one document."""
        if self.only_done and state.record.status is not ReviewStatus.DONE:
            return None
        return case_of(analysis, state, self.language), bool(state.open_findings)


def _names(finding: Finding) -> tuple[str, ...]:
    """Under which ids a finding is ruled on: which of its checks names it may change with what else explains them."""
    return finding.id, *(result.check.id for result in finding.results)


def _finding(
    finding: Finding,
    standing: dict[str, ReviewedFinding],
    steps: list[CorrectionRow],
    state: ReviewState,
    language: str,
) -> CaseFinding:
    names = set(_names(finding))
    about = [step for step in steps if _is_about(step, finding, names)]
    item = next((standing[name] for name in _names(finding) if name in standing), None)
    return CaseFinding(
        id=finding.id,
        rule=finding.check.name,
        severity=finding.severity.value,
        message=finding.message.text(language),
        standing=_standing(item, about),
        cells=tuple(cell for cell in (_cell(state, ref) for ref in finding.cells) if cell.printed or cell.now),
        proof=tuple(_proof(finding, state, language)) if about else (),
        steps=tuple(sorted(about, key=lambda step: step.at)),
    )


def _standing(item: ReviewedFinding | None, about: list[CorrectionRow]) -> str:
    if item is not None:
        ruled = item.decision is not None and not item.stale
        return item.decision.verdict.value if ruled and item.decision is not None else "open"
    if any(step.kind == Verdict.SOURCE_ERROR and step.applied for step in about):
        return Verdict.SOURCE_ERROR.value
    return "corrected" if any(step.method != "decision" and step.applied for step in about) else "gone"


def _is_about(step: CorrectionRow, finding: Finding, names: set[str]) -> bool:
    """Whether a step rules on a finding, or changes one of its cells or the shape of their tables."""
    if step.method == "decision":
        return step.finding in names
    places = {str(ref) for ref in finding.cells} | {ref.table for ref in finding.cells}
    return step.place in places


def _proof(finding: Finding, state: ReviewState, language: str) -> Iterator[tuple[str, str]]:
    """The equations of a finding as they stand after the review."""
    now = {result.check.id: result for result in state.reconciliation.results}
    for result in finding.results[:_MOST_PROOFS]:
        after = now.get(result.check.id)
        if after is not None:
            yield after.outcome.value, describe(after, state.document).text(language)


def _cell(state: ReviewState, ref: CellRef) -> CaseCell:
    printed, now = _at(state.printed, ref), _at(state.document, ref)
    stated = next((one for one in state.printed.stated if one.id == ref.table), None)
    if stated is not None:
        return CaseCell(str(ref), "", stated.label, _page(printed), _text(printed), _text(now))
    table = next((one for one in state.printed.tables if one.id == ref.table), None)
    if table is None or printed is None:
        return CaseCell(str(ref), "", "", None, _text(printed), _text(now))
    label = " · ".join(
        filter(None, (row_label(table.rows[ref.row], ref.column), " / ".join(table.column_path(ref.column))))
    )
    return CaseCell(str(ref), table.title, label, _page(printed), _text(printed), _text(now))


def _at(document: Document, ref: CellRef) -> Cell | None:
    try:
        return document.cell(ref)
    except (KeyError, IndexError):
        return None


def _page(cell: Cell | None) -> int | None:
    return cell.anchors[0].page if cell is not None and cell.anchors else None


def _text(cell: Cell | None) -> str:
    return "" if cell is None else cell.text


def _notes(state: ReviewState) -> Iterator[str]:
    for flag in state.flags:
        place = str(flag.ref) if flag.ref.table else ""
        yield " · ".join(filter(None, (place, flag.note, flag.by, flag.at.isoformat())))
