"""Failed results → findings: which cell slipped, what it should say, and the proof."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.checks import Reconciliation, describe
from workbench.model.check import Finding
from workbench.model.garbage import no_collection
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.findings import localise
from workbench.repairs.one_story import told_once
from workbench.repairs.search.memory import Memory

__all__ = ["Budget", "Constraints", "Memory", "find_root_causes", "per_check"]


def find_root_causes(
    reconciliation: Reconciliation,
    constraints: Constraints = Constraints(),  # noqa: B008 - frozen
    budget: Budget = Budget(),  # noqa: B008 - frozen
    memory: Memory | None = None,
) -> tuple[Finding, ...]:
    """The failing results grouped by root cause, each with ranked suggestions and their proofs, strongest first;
    doubtful ones that no change explains by what they are about.

    Every failing result stands in exactly one finding. Differences within rounding are never localised. With a
    `memory` that is handed in each time, an edit localises again only the groups that it touches.
    """
    with no_collection():
        return told_once(reconciliation, localise(reconciliation, constraints, budget, memory))


def per_check(reconciliation: Reconciliation, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for each failing result of `findings`, with the suggestions of its root cause, in the order of the
    checks."""
    home = {result.check.id: finding for finding in findings for result in finding.results}
    context = reconciliation.context()
    single = []
    for result in reconciliation.failures:
        finding = home.get(result.check.id)
        if finding is not None:
            message = describe(result, reconciliation.document, context)
            single.append(Finding(result.check.id, (result,), message, finding.suggestions, finding.incomplete))
    return tuple(single)
