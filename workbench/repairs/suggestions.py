"""From the candidates for one root cause to suggestions with their proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Cause, CheckResult, Severity, Suggestion
from workbench.model.edit import Edit, EditError, apply_edits
from workbench.repairs.edits import cell_by_cell, edits_of
from workbench.repairs.groups import Candidate, RootCause
from workbench.repairs.proof import Proof, compare, glance, prove, touches_fact
from workbench.repairs.reasons import Rival, reason_for
from workbench.repairs.strength import strength
from workbench.repairs.typos import VAGUE
from workbench.repairs.verdict import by_shape, cause_of
from workbench.repairs.workshop import Workshop

MOST_SUGGESTIONS = 5
LEAST_SHARE = 0.02
"""Candidates with a smaller share are not shown, the first one apart."""

SAFE_SHARE = 0.9
"""The share from which a suggestion that mends something and breaks nothing is safe."""

_MOVES = frozenset({"shifted_column", "moved_row", "moved_block", "cells_swapped", "rows_swapped", "columns_swapped"})
_MOST_REBUILDS = 4
_MOST_CHECKS = 5000
"""Above so many checks they are not built anew to confirm a proof: the checks as they are have been run."""


@dataclass(slots=True)
class Draft:
    """A candidate with its edits (for the reviewer, and cell by cell) and its proof so far."""

    candidate: Candidate
    edits: tuple[Edit, ...]
    cells: tuple[Edit, ...]
    proof: Proof
    weighty: bool = True
    """Whether it clears a check that must hold, and not only ones that usually do."""
    doubtful: bool = False
    """Whether more fails together with others than their proofs say, and which of them it is was not found out."""

    @property
    def method(self) -> str:
        """The slip that it undoes; of several the likeliest one that says why."""
        operations = self.candidate.operations
        return max(operations, key=lambda operation: (operation.method != "same_correction", -operation.cost)).method

    @property
    def maybe_safe(self) -> bool:
        """Whether nothing but a confirmation of its proof keeps it from being safe."""
        supported = any(o.support is not None and o.support.same_name for o in self.candidate.operations)
        # What explains any figure, or moves figures about, is safe only where more than one check, or another cell,
        # asks for it.
        particular = self.method not in VAGUE and self.method not in _MOVES
        known = particular or supported or len(self.proof.clears) > 1
        likely = self.candidate.share >= SAFE_SHARE and self.weighty and not self.doubtful
        return self.proof.sound and known and likely


@dataclass(slots=True)
class Part:
    """One root cause: its failing checks, strongest first, and the drafts of its suggestions, likeliest first."""

    results: tuple[CheckResult, ...]
    candidates: tuple[Candidate, ...]
    drafts: list[Draft]
    incomplete: bool

    @classmethod
    def of(cls, workshop: Workshop, cause: RootCause, failing: Mapping[str, CheckResult]) -> Part:
        """The drafts of a root cause; those that the rules run again do not bear out are left out."""
        results = sorted((failing[workshop.system.equations[n].check.id] for n in cause.equations), key=strength)
        shown = [
            candidate
            for position, candidate in enumerate(cause.candidates)
            if candidate.operations and (candidate.share >= LEAST_SHARE or position == 0)
        ]
        drafts = (_draft(workshop, candidate) for candidate in shown[:MOST_SUGGESTIONS])
        kept = [draft for draft in drafts if draft is not None]
        return cls(tuple(results), cause.candidates, kept, cause.incomplete)

    def suggestions(self, workshop: Workshop) -> tuple[Suggestion, ...]:
        """The suggestions: those with edits, likeliest first, then that the rule does not hold here."""
        found = [self._suggestion(workshop, draft) for draft in self.drafts]
        aside = next((c for c in self.candidates if not c.operations), None)
        if aside is not None and (aside.share >= LEAST_SHARE or aside is self.candidates[0]):
            found.append(self._set_aside(workshop, aside))
        return tuple(found)

    def _suggestion(self, workshop: Workshop, draft: Draft) -> Suggestion:
        operations = draft.candidate.operations
        cause = cause_of(operations, workshop.system)
        supports = [operation.support for operation in operations if operation.support is not None]
        reason = reason_for(
            workshop.reconciliation.document,
            self.results,
            draft.edits,
            draft.method,
            sorted(supports, key=lambda support: not support.same_name),
            draft.proof,
            draft.candidate.share,
            self._rival(workshop, draft.candidate),
            cause,
            by_shape=by_shape(operations, workshop.system),
        )
        safe = draft.maybe_safe and not self.incomplete
        return Suggestion(
            draft.method,
            Applicability.SAFE if safe else Applicability.UNSAFE,
            draft.edits,
            draft.proof.clears,
            draft.proof.breaks,
            reason,
            draft.candidate.share,
            cause,
        )

    def _set_aside(self, workshop: Workshop, candidate: Candidate) -> Suggestion:
        rival = self._rival(workshop, candidate)
        method, share = "rule_does_not_hold", candidate.share
        document, proof = workshop.reconciliation.document, Proof((), ())
        reason = reason_for(document, self.results, (), method, (), proof, share, rival, Cause.UNCLEAR, by_shape=False)
        return Suggestion(method, Applicability.DISPLAY, (), (), (), reason, share, Cause.UNCLEAR)

    def _rival(self, workshop: Workshop, candidate: Candidate) -> Rival | None:
        other = next((found for found in self.candidates if found is not candidate), None)
        if other is None:
            return None
        return Rival(edits_of(other.operations, workshop.system, workshop.plausibility), other.share)


def _draft(workshop: Workshop, candidate: Candidate) -> Draft | None:
    edits = edits_of(candidate.operations, workshop.system, workshop.plausibility)
    cells = cell_by_cell(candidate.operations, workshop.system, workshop.plausibility)
    reconciliation = workshop.reconciliation
    try:
        proof = (prove if touches_fact(reconciliation, cells) else glance)(reconciliation, cells)
    except EditError:
        return None
    if not edits or not proof.clears:
        return None
    cleared = [result for result in map(reconciliation.result, proof.clears) if result is not None]
    weighty = any(not result.check.weak and result.check.severity is Severity.ERROR for result in cleared)
    return Draft(candidate, edits, cells, proof, weighty)


def confirm(reconciliation: Reconciliation, parts: Sequence[Part]) -> None:
    """Confirms what would be safe where the edits change which checks there are: the checks are built anew once with
    all of these edits, and one by one only where more fails than the proofs together say."""
    drafts: list[Draft] = []
    document = reconciliation.document
    for part in parts:
        if part.drafts and part.drafts[0].maybe_safe:
            try:
                document = apply_edits(document, part.drafts[0].cells)
            except EditError:
                continue
            drafts.append(part.drafts[0])
    if not drafts or len(reconciliation.checks) > _MOST_CHECKS:
        return
    edits = tuple(edit for draft in drafts for edit in draft.cells)
    if not compare(reconciliation, reconciliation.after(document, edits), edits).breaks:
        return
    for draft in drafts[:_MOST_REBUILDS]:
        draft.proof = prove(reconciliation, draft.cells)
    for draft in drafts[_MOST_REBUILDS:]:
        draft.doubtful = True
