"""How well findings point at slips: is the slip visible, where does its cell rank, does its figure come back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.injector.slips import Slip
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Applicability, Finding, Suggestion
from workbench.model.edit import Edit, EditError, SetCell, SetUnit, apply_edits
from workbench.model.table import CellRef, Document


@dataclass(frozen=True)
class Mark:
    """What became of one slip."""

    slip: Slip
    visible: bool
    rank: int
    exact: bool


@dataclass(frozen=True)
class Safety:
    """How many suggestions were called safe, and how many of those were wrong."""

    safe: int
    wrong: int


def marks(
    reconciliation: Reconciliation,
    findings: Sequence[Finding],
    slips: Sequence[Slip],
    known: frozenset[CellRef] = frozenset(),
) -> list[Mark]:
    """One mark a slip. The rank counts the innocent cells that stand above the best cell of the slip in the document's
    list, cells ordered by the shares of the suggestions that change them. A slip's figures come back if the first
    suggestions of all findings, taken together, restore every one of its cells. `known` are cells that were suspected
    before anything slipped: a document may have errors of its own."""
    shares: dict[CellRef, float] = {}
    for finding in findings:
        for suggestion in finding.suggestions:
            for ref in changed_cells(reconciliation.document, suggestion.edits):
                shares[ref] = shares.get(ref, 0.0) + suggestion.share
    ranked = sorted(shares, key=lambda ref: -round(shares[ref], 6))
    guilty = {ref for slip in slips for ref in slip.refs} | known
    repaired = _repaired(reconciliation.document, findings)
    failing = {term.ref for result in reconciliation.failures for term in result.check.terms}
    found = []
    for slip in slips:
        visible = bool(slip.refs & failing)
        innocents = 0
        rank = 10_000
        for ref in ranked:
            if ref in slip.refs:
                rank = innocents + 1
                break
            innocents += ref not in guilty
        exact = all(_same(repaired.cell(ref).text, text) for ref, text in slip.truth)
        found.append(Mark(slip, visible, rank, exact))
    return found


def suspected(reconciliation: Reconciliation, findings: Sequence[Finding]) -> frozenset[CellRef]:
    """The cells that any suggestion would change."""
    return frozenset(
        ref
        for finding in findings
        for suggestion in finding.suggestions
        for ref in changed_cells(reconciliation.document, suggestion.edits)
    )


def safety(
    document: Document, findings: Sequence[Finding], slips: Sequence[Slip], known: frozenset[CellRef] = frozenset()
) -> Safety:
    """Counts safe suggestions; one is wrong if it leaves any cell that it touches with another than its true figure.
    Those on `known` cells are not counted."""
    truth = {ref: text for slip in slips for ref, text in slip.truth}
    safe = wrong = 0
    for finding in findings:
        for suggestion in finding.suggestions:
            if suggestion.applicability is Applicability.SAFE:
                if known and known.intersection(changed_cells(document, suggestion.edits)):
                    continue
                safe += 1
                wrong += not _right(document, suggestion, truth)
    return Safety(safe, wrong)


def _right(document: Document, suggestion: Suggestion, truth: dict[CellRef, str]) -> bool:
    after = apply_edits(document, suggestion.edits)
    return all(
        _same(after.cell(ref).text, truth.get(ref, document.cell(ref).text))
        for ref in changed_cells(document, suggestion.edits)
    )


def changed_cells(document: Document, edits: Sequence[Edit]) -> list[CellRef]:
    """The cells whose figures the edits change."""
    if all(isinstance(edit, SetCell) for edit in edits):
        pairs = [edit for edit in edits if isinstance(edit, SetCell)]
        return [edit.ref for edit in pairs if not _same(edit.before, edit.after)]
    if any(isinstance(edit, SetUnit) for edit in edits):
        return []
    after = apply_edits(document, tuple(edits))
    tables = {edit.ref.table for edit in edits if hasattr(edit, "ref")}
    return [
        ref
        for table in document.tables
        if table.id in tables
        for ref in table.refs()
        if not _same(document.cell(ref).text, after.cell(ref).text)
    ]


def _repaired(document: Document, findings: Sequence[Finding]) -> Document:
    for finding in findings:
        first = next((suggestion for suggestion in finding.suggestions if suggestion.edits), None)
        if first is not None:
            try:
                document = apply_edits(document, first.edits)
            except EditError:
                continue
    return document


def _same(one: str, other: str) -> bool:
    a, b = read_figure(one), read_figure(other)
    if FigureKind.GARBLED in (a.kind, b.kind):
        return one == other
    return (a.value or Decimal(0)) == (b.value or Decimal(0))
