"""From the candidates for one root cause to suggestions with their proofs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation, applies
from workbench.model.check import Applicability, Cause, CheckResult, Suggestion
from workbench.model.edit import Edit, EditError, SetCell, apply_edits
from workbench.repairs.proposals.cleared_checks import ClearedChecks
from workbench.repairs.proposals.edits import cell_by_cell, edits_of, moved_cells
from workbench.repairs.proposals.proof import Proof, compare, glance, prove, touches_fact
from workbench.repairs.proposals.reasons import Rival, reason_for
from workbench.repairs.proposals.safety import MOVES, borne_out
from workbench.repairs.proposals.strength import strength
from workbench.repairs.proposals.verdict import by_shape, cause_of
from workbench.repairs.search.best_first import touched_by
from workbench.repairs.search.root_causes import Candidate, RootCause
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.operation import effect_of
from workbench.repairs.system import System

MOST_SUGGESTIONS = 5
LEAST_SHARE = 0.02
"""Candidates with a smaller share are not shown, the first one apart."""

_AS_LIKELY = 0.005
"""Shares that are nearer to each other are the same in percent."""

_MANY_CELLS = 12
"""A change of so many cells is what a suggestion is about."""

LEAST_SHARE_OF_SHAPE = 0.1
"""The same for those that change the rows or columns of a table: all checks are built anew to prove them."""


@dataclass(slots=True)
class Draft:
    """A candidate with its edits (for the reviewer, and cell by cell) and its proof so far."""

    candidate: Candidate
    edits: tuple[Edit, ...]
    cells: tuple[Edit, ...]
    proof: Proof
    known: bool = True
    """Whether enough asks for each of its operations."""

    @property
    def reshaping(self) -> bool:
        """Whether it changes the rows or columns of a table."""
        return any(operation.edits for operation in self.candidate.operations)

    @property
    def method(self) -> str:
        """The slip that it undoes; of several the likeliest one that says why."""
        return self.methods[0]

    @property
    def methods(self) -> tuple[str, ...]:
        """The slips that it undoes: what moves many figures first, then the likeliest one that says why."""
        operations = self.candidate.operations
        ranked = sorted(operations, key=lambda o: (len(o.texts) < _MANY_CELLS, o.method == "same_correction", o.cost))
        return tuple(operation.method for operation in ranked)

    @property
    def maybe_safe(self) -> bool:
        """Whether nothing but a confirmation of its proof keeps it from being safe."""
        return self.proof.sound and self.known


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
        refused = workshop.meter.refused
        drafts = (_draft(workshop, candidate) for candidate in shown[:MOST_SUGGESTIONS])
        kept = [draft for draft in drafts if draft is not None]
        incomplete = cause.incomplete or workshop.meter.refused > refused
        return cls(tuple(results), cause.candidates, kept, incomplete)

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
            draft.methods,
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
        reason = reason_for(
            document, self.results, (), (method,), (), proof, share, rival, Cause.UNCLEAR, by_shape=False
        )
        return Suggestion(method, Applicability.DISPLAY, (), (), (), reason, share, Cause.UNCLEAR)

    def _rival(self, workshop: Workshop, candidate: Candidate) -> Rival | None:
        other = next((found for found in self.candidates if found is not candidate), None)
        if other is None:
            return None
        alike = sum(
            found is not candidate and bool(found.operations) and abs(found.share - candidate.share) <= _AS_LIKELY
            for found in self.candidates
        )
        edits = edits_of(other.operations, workshop.system, workshop.plausibility)
        return Rival(edits, other.share, alike if candidate.operations else 0)


def _draft(workshop: Workshop, candidate: Candidate) -> Draft | None:
    edits = edits_of(candidate.operations, workshop.system, workshop.plausibility)
    cells = cell_by_cell(candidate.operations, workshop.system, workshop.plausibility)
    reconciliation = workshop.reconciliation
    trace = workshop.system.trace
    trace.tables.update(o.support.ref.table for o in candidate.operations if o.support is not None)
    reshaping = any(operation.edits for operation in candidate.operations)
    if reshaping and candidate.share < LEAST_SHARE_OF_SHAPE:
        return None
    tried = workshop.search.structures.after(cells) if reshaping else None
    try:
        if tried is not None:
            proof = compare(reconciliation, tried, cells)
        elif reshaping or touches_fact(reconciliation, cells):
            trace.volatile = True
            if workshop.afford():
                proof = prove(reconciliation, cells)
            elif moved := moved_cells(candidate.operations, workshop.system, workshop.plausibility):
                # What it does to figures can be told without another reading of the table.
                proof = glance(reconciliation, moved)
            else:
                return None
        else:
            proof = glance(reconciliation, cells)
    except EditError:
        return None
    if not edits or not proof.clears:
        return None
    cleared = ClearedChecks.of(reconciliation, proof)
    known = borne_out(workshop.plausibility, candidate.operations, cleared, candidate.share)
    return Draft(candidate, edits, cells, proof, known)


def settle(system: System, parts: Sequence[Part]) -> None:
    """Keeps from being safe what changes a cell that a check, all root causes of the group mended, says is wrong still,
    and what leaves a check of its own failing that no other one changes anything of: whatever else was right with it,
    something there was not understood."""
    drafts = [part.drafts[0] for part in parts if part.drafts]
    changes, shifts = effect_of(operation for draft in drafts for operation in draft.candidate.operations)
    touched = [touched_by(system, draft.candidate.operations) for draft in drafts]
    for draft, own in zip(drafts, touched, strict=True):
        others = set().union(*(other for other in touched if other is not own))
        equations = [system.equations[number] for number in own]
        draft.known = draft.known and not any(
            equation.result.failed
            and not equation.check.weak
            and (
                system.breaks(equation, changes, shifts)
                or (equation.number not in others and equation.check.id not in draft.proof.clears)
            )
            for equation in equations
        )


def needs_confirming(workshop: Workshop, part: Part) -> bool:
    """Whether nothing is known to break by the first draft but its edits may change which checks there are, or, where
    it would be safe but for this, leave nothing to ask of."""
    if not part.drafts or not part.drafts[0].proof.sound:
        return False
    draft, reconciliation = part.drafts[0], workshop.reconciliation
    if draft.known and (_moves(draft) or draft.reshaping):
        return True
    if draft.reshaping:
        # All rules were met with it.
        return False
    document = reconciliation.document
    return reconciliation.rebuilds(lambda: apply_edits(document, draft.cells), draft.cells, workshop.context)


def confirm(workshop: Workshop, parts: Sequence[Part]) -> None:
    """Confirms first drafts: the checks are built anew once with all their edits, and one by one only where more fails
    than the proofs together say, or where what holds then may need several of them. What changes the shape of a table
    was proved so already."""
    drafts: list[Draft] = []
    reconciliation = workshop.reconciliation
    document = reconciliation.document
    for part in parts:
        if not part.drafts[0].reshaping:
            try:
                document = apply_edits(document, part.drafts[0].cells)
            except EditError:
                continue
            drafts.append(part.drafts[0])
    if not drafts:
        return
    edits = tuple(edit for draft in drafts for edit in draft.cells)
    after = reconciliation.after(document, edits)
    for draft in drafts:
        draft.known = draft.known and not _moves_away_what_asks(after, draft)
    together = compare(reconciliation, after, edits)
    if together.breaks and len(drafts) == 1:
        drafts[0].proof = together
        return
    if not together.breaks:
        drafts = _leaning_on_others(reconciliation, after, drafts)
    for draft in drafts:
        if workshop.afford():
            draft.proof = prove(reconciliation, draft.cells)
        else:
            draft.known = False


def _moves_away_what_asks(after: Reconciliation, draft: Draft) -> bool:
    """Whether a check that a move of figures clears is there no more with it, or has no figures left: what asked for
    the move was then made of figures in wrong places, or is by the move."""
    results = (after.result(check) for check in draft.proof.clears)
    return _moves(draft) and any(result is None or not applies(result) for result in results)


def _moves(draft: Draft) -> bool:
    return any(operation.method in MOVES for operation in draft.candidate.operations)


def _leaning_on_others(before: Reconciliation, after: Reconciliation, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts that change a cell of a check which came with all of them, as another one does too: it may fail with
    one alone."""
    refs = [{edit.ref for edit in draft.cells if isinstance(edit, SetCell)} for draft in drafts]
    leaning: set[int] = set()
    for identifier in after.index.by_id.keys() - before.index.by_id.keys():
        cells = {term.ref for term in after.checks[after.index.by_id[identifier]].terms}
        sharing = [position for position, own in enumerate(refs) if not own.isdisjoint(cells)]
        if len(sharing) > 1:
            leaning.update(sharing)
    return [drafts[position] for position in sorted(leaning)]
