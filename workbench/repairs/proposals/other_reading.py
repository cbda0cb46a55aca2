"""What a second reading of the page proposes: where it reads a cell otherwise, that this is what the cell says."""

from __future__ import annotations

from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Cause, CheckResult, Suggestion
from workbench.model.edit import SetCell
from workbench.repairs.proposals.proof import Proof, glance
from workbench.repairs.proposals.reasons import reason_for

METHOD = "other_reading"
_SHARE = 0.9
_SHARE_AGAINST = 0.5
"""Where a check that holds would fail with it."""


def other_reading(reconciliation: Reconciliation, result: CheckResult) -> SetCell | None:
    """The edit that puts the second reading into the cell of a failing check of the readers; None where it reads
    nothing there."""
    ref = result.check.terms[0].ref
    text = next((other.text.strip() for other in reconciliation.document.disagreements if other.ref == ref), "")
    return SetCell(ref, reconciliation.document.cell(ref).text, text) if text else None


def of_other_reading(reconciliation: Reconciliation, result: CheckResult, edit: SetCell) -> Suggestion:
    """The suggestion to take the second reading: safe where sums that fail hold with it and none breaks."""
    sums = glance(reconciliation, (edit,))
    proof = Proof((result.check.id, *(check for check in sums.clears if check != result.check.id)), sums.breaks)
    share = _SHARE_AGAINST if proof.breaks else _SHARE
    safe = proof.sound and len(proof.clears) > 1
    reason = reason_for(
        reconciliation.document,
        (result,),
        (edit,),
        (METHOD,),
        (),
        proof,
        share,
        None,
        Cause.EXTRACTION,
        by_shape=False,
    )
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Suggestion(METHOD, applicability, (edit,), proof.clears, proof.breaks, reason, share, Cause.EXTRACTION)
