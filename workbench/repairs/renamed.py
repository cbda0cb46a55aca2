"""Failing checks that another shape of a table gives another name only: they ask of the figures what they asked."""

from __future__ import annotations

from collections import Counter

from workbench.checks import Reconciliation
from workbench.model.check import CheckResult


def failing_still(before: Reconciliation, after: Reconciliation) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of failing checks that fail no more while one like them fails anew by as much, and the ids of those."""
    left = [result for result in before.failures if not _fails(after, result)]
    new = [result for result in after.failures if not _fails(before, result)] if left else []
    both = Counter(map(_asked, left)) & Counter(map(_asked, new))
    return _first(left, both), _first(new, both)


def _fails(reconciliation: Reconciliation, result: CheckResult) -> bool:
    own = reconciliation.result(result.check.id)
    return own is not None and own.failed


def _asked(result: CheckResult) -> object:
    check = result.check
    return check.family, check.relation, len(check.terms), result.residual, result.printed


def _first(results: list[CheckResult], counts: Counter[object]) -> frozenset[str]:
    """The ids of the first results, so many of each kind."""
    found, counts = [], counts.copy()
    for result in results:
        if counts[_asked(result)]:
            counts[_asked(result)] -= 1
            found.append(result.check.id)
    return frozenset(found)
