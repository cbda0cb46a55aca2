"""How strong failing checks are beside each other: which of them names a finding."""

from __future__ import annotations

from workbench.model.check import CheckResult, Family, Severity

_STRENGTH = {
    family: rank
    for rank, family in enumerate(
        (
            Family.ROW_SUM,
            Family.CHILDREN_SUM,
            Family.COLUMN_SUM,
            Family.BALANCE,
            Family.USER,
            Family.PRODUCT,
            Family.CROSS_TABLE,
            Family.NARRATIVE,
            Family.PERCENT,
            Family.YOY,
            Family.PLAN,
        )
    )
}
_SEVERITIES = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def strength(result: CheckResult) -> tuple[int, bool, int, int, str]:
    """Strong before weak: proven before doubtful, within a table before between tables, few cells before many."""
    check = result.check
    rank = _STRENGTH.get(check.family, len(_STRENGTH))
    return _SEVERITIES[check.severity], check.weak, rank, len(check.terms), check.id
