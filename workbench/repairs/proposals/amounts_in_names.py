"""What a check of the reading fails by, where names end in the amounts of their rows: each in a cell of its own."""

from __future__ import annotations

from workbench.model.check import Applicability, Cause, CheckResult, Family, Suggestion
from workbench.model.edit import EditError
from workbench.repairs.proposals.proof import prove
from workbench.repairs.proposals.reasons import reason_for
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.glued_names import METHOD, glued_names

_SHARE = 0.8
_SHARE_AGAINST = 0.4
"""Where a check that holds would fail with it."""


def of_amounts_in_names(workshop: Workshop, result: CheckResult) -> Suggestion | None:
    """The suggestion to put the amounts that stand behind names into the blank cells beside them, where the check of
    the reading says nothing of them then; None where it does. No sum asks for it: it is never safe."""
    if result.check.family is not Family.EXTRACTION:
        return None
    refs = {term.ref for term in result.check.terms}
    layouts = (workshop.plausibility.layout(table) for table in sorted({ref.table for ref in refs}))
    glued = (found for layout in layouts if layout is not None for found in glued_names(layout))
    edits = tuple(edit for found in glued if found.name.ref in refs for edit in (found.figure, found.name))
    if not edits or not workshop.afford():
        return None
    reconciliation = workshop.reconciliation
    try:
        proof = prove(reconciliation, edits)
    except EditError:
        return None
    if result.check.id not in proof.clears:
        return None
    share, cause = _SHARE_AGAINST if proof.breaks else _SHARE, Cause.UNCLEAR
    told = (reconciliation.document, (result,), edits, (METHOD,), (), proof, share, None)
    reason = reason_for(*told, cause, by_shape=False)
    return Suggestion(METHOD, Applicability.UNSAFE, edits, proof.clears, proof.breaks, reason, share, cause)
