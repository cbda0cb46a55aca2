"""What a check that knows names and no figures fails by, where the name was cut: two rows that are one."""

from __future__ import annotations

from workbench.model.check import Applicability, Cause, CheckResult, Family, Suggestion
from workbench.model.edit import EditError
from workbench.repairs.proposals.proof import prove
from workbench.repairs.proposals.reasons import reason_for
from workbench.repairs.search.workshop import Workshop

METHOD = "row_split"
_SHARE = 0.9
_SHARE_AGAINST = 0.5
"""Where a check that holds would fail with it."""


def of_cut_name(workshop: Workshop, result: CheckResult) -> Suggestion | None:
    """The suggestion to make one row of two, where the name of a code goes on in the row below and the check of it
    holds then; None where it does not."""
    if result.check.family is not Family.CODE_NAME:
        return None
    reconciliation = workshop.reconciliation
    for ref in dict.fromkeys(term.ref for term in result.check.terms):
        for edit in workshop.search.structures.names_cut(ref.table):
            if edit.row != ref.row or not workshop.afford():
                continue
            try:
                proof = prove(reconciliation, (edit,))
            except EditError:
                continue
            if result.check.id in proof.clears:
                share = _SHARE_AGAINST if proof.breaks else _SHARE
                safe = Applicability.SAFE if proof.sound else Applicability.UNSAFE
                told = (reconciliation.document, (result,), (edit,), (METHOD,), (), proof, share, None)
                reason = reason_for(*told, Cause.UNCLEAR, by_shape=False)
                return Suggestion(METHOD, safe, (edit,), proof.clears, proof.breaks, reason, share, Cause.UNCLEAR)
    return None
