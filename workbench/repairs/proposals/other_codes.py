"""What a check of codes and names fails by, where other tables list the name of a row under another code: that code."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks import Reconciliation
from workbench.checks.families.code_name import OtherCode, other_code
from workbench.model.check import Applicability, Cause, CheckResult, Family, Suggestion
from workbench.model.edit import EditError, SetCell, apply_edits
from workbench.model.message import Message
from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.proposals.proof import Proof, compare
from workbench.repairs.proposals.reasons import reason_for
from workbench.repairs.search.workshop import Workshop

METHOD = "other_code"
_SHARE = 0.6
_SHARE_AGAINST = 0.3
"""Where a check that holds would fail with it."""

_AGAINST = Message("its name may be the wrong one", "也可能是名称有误")


def of_other_code(workshop: Workshop, result: CheckResult) -> Suggestion | None:
    """The suggestion to code a row as other tables of the document code its name, where the check of it holds then;
    None where they do not name it. It is never safe: the name may be the wrong one of the two."""
    if result.check.family is not Family.CODE_NAME:
        return None
    found = other_code(workshop.context, result.check)
    edits = tuple(_edits(workshop, result.check.table, found)) if found is not None else ()
    if found is None or not edits or not workshop.afford():
        return None
    proof = _proof(workshop.reconciliation, result, edits)
    if proof is None:
        return None
    share = _SHARE_AGAINST if proof.breaks else _SHARE
    told = CellRef(found.table.id, found.told.row, (*found.told.code_columns, found.told.name_column)[0])
    supports = [Support(told, same_name=True)] if len(found.told.code_columns) == 1 else []
    document = workshop.reconciliation.document
    reason = reason_for(
        document,
        (result,),
        edits,
        (METHOD,),
        supports,
        proof,
        share,
        None,
        Cause.UNCLEAR,
        by_shape=False,
        against=_AGAINST,
    )
    return Suggestion(METHOD, Applicability.UNSAFE, edits, proof.clears, proof.breaks, reason, share, Cause.UNCLEAR)


def _proof(reconciliation: Reconciliation, result: CheckResult, edits: tuple[SetCell, ...]) -> Proof | None:
    """The proof of another code; None where a check of its row's code and name fails with it too. What is asked of
    another code is another check: the one that failed is cleared where none of its row does."""
    try:
        after = reconciliation.after(apply_edits(reconciliation.document, edits), edits)
    except EditError:
        return None
    own = {term.ref for term in result.check.terms}
    if any(
        x.check.family is Family.CODE_NAME and not own.isdisjoint(t.ref for t in x.check.terms) for x in after.failures
    ):
        return None
    proof = compare(reconciliation, after, edits)
    return Proof((result.check.id, *(check for check in proof.clears if check != result.check.id)), proof.breaks)


def _edits(workshop: Workshop, table: str, found: OtherCode) -> Iterator[SetCell]:
    """The edits that put another code of as many digits into the cells of a row that print its code, each with as many
    of its digits as it prints; none where these do not print it plainly."""
    row, code = found.row, found.code
    columns = row.code_columns or (row.name_column,)
    cells = [
        (ref, workshop.reconciliation.document.cell(ref).text) for ref in (CellRef(table, row.row, c) for c in columns)
    ]
    if not row.code_columns:
        ((ref, text),) = cells
        if text.count(row.code) == 1:
            yield SetCell(ref, text, text.replace(row.code, code))
        return
    printed = "".join(text.strip() for _, text in cells)
    start = len(row.code) - len(printed)
    if not row.code.endswith(printed) or code[:start] != row.code[:start]:
        return
    for ref, text in cells:
        digits = code[start : start + len(text.strip())]
        start += len(digits)
        if digits != text.strip():
            yield SetCell(ref, text, digits)
