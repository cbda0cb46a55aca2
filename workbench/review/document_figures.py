"""One document in figures: what extraction left to settle in it, and where that stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.model.check import Finding, Outcome
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import Document

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.records.index import RecordSummary


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """One document in figures. `found` is what extraction left to settle; `open`, `deferred` and `settled` are where
    that stands; `checks` counts those that could be told, `failing` those that failed when the document was read."""

    path: str
    entity: str = ""
    region: str = ""
    year: int | None = None
    status: ReviewStatus = ReviewStatus.NEW
    checks: int = 0
    failing: int = 0
    found_by_rule: tuple[tuple[str, int], ...] = ()
    found_by_form: tuple[tuple[str, int], ...] = ()
    open: int = 0
    deferred: int = 0
    settled: int = 0

    @property
    def found(self) -> int:
        """How many findings there were when the document was read."""
        return sum(count for _, count in self.found_by_rule)


def figures_of(analysis: Analysis) -> DocumentFigures:
    """The figures of a document that nobody has reviewed yet."""
    document, outcomes = analysis.document, analysis.reconciliation.outcomes
    failing = outcomes.get(Outcome.FAIL, 0) + outcomes.get(Outcome.CRASHED, 0)
    told = failing + outcomes.get(Outcome.PASS, 0) + outcomes.get(Outcome.WITHIN_ROUNDING, 0)
    return DocumentFigures(
        str(analysis.path),
        document.entity,
        document.region,
        document.fiscal_year,
        checks=told,
        failing=failing,
        found_by_rule=_counted(finding.check.name for finding in analysis.findings),
        found_by_form=_counted(_form_of(finding, document) for finding in analysis.findings),
        open=len(analysis.findings),
    )


def with_summary(figures: DocumentFigures, summary: RecordSummary | None) -> DocumentFigures:
    """The figures with what the record of the document says."""
    if summary is None or not summary.reviewed:
        return figures
    return replace(
        figures,
        status=summary.status,
        open=summary.open,
        deferred=summary.verdicts.get(Verdict.DEFERRED.value, 0),
        settled=settled_in(summary),
    )


def settled_in(summary: RecordSummary) -> int:
    """How many findings a record settles."""
    settling = (Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.EXTRACTION_ERROR, Verdict.RULE_WAIVED)
    twice = summary.along_corrections
    return summary.corrections - twice + sum(summary.verdicts.get(verdict.value, 0) for verdict in settling)


def _counted(names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(names).most_common())


def _form_of(finding: Finding, document: Document) -> str:
    """The form of the table that a finding is about, "" where it is about none."""
    for cell in finding.cells:
        for table in document.tables:
            if table.id == cell.table:
                return table.form.value
    return ""
