"""The review after so many steps. Its checks and the causes of what fails are worked out with it or, where a screen
waits, later: until then what is known already stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.check import CheckResult, Finding
from workbench.model.edit import Edit, SetCell
from workbench.records.replay import Replayed
from workbench.review.rulings import constraints_of
from workbench.review.state import Change, Comparison

if TYPE_CHECKING:
    from workbench.checks import Reconciliation
    from workbench.repairs import Constraints
    from workbench.review.analyst import Analyst


@dataclass(slots=True, eq=False)
class Frame:
    """One moment of a review. `built` says that its checks are those of its document, `explained` that its findings
    are root causes; both become true once, and nothing else of it ever changes."""

    replayed: Replayed
    reconciliation: Reconciliation
    constraints: Constraints
    findings: tuple[Finding, ...]
    built: bool = True
    explained: bool = True
    before: Reconciliation | None = None
    """What the step that led here was compared with, and what it did, as far as that was known."""
    change: Change | None = None


def frame_after(frame: Frame, replayed: Replayed, edits: tuple[Edit, ...]) -> Frame:
    """The frame after steps that made these edits, as far as it can be told at once: figures are met with their checks;
    where other checks may follow from a text, or other causes from anything, the earlier ones stand in."""
    document = replayed.document
    constraints = constraints_of(document, replayed.decisions)
    if not edits and constraints == frame.constraints:
        return Frame(replayed, frame.reconciliation, constraints, frame.findings, frame.built, frame.explained)
    reconciliation, built = frame.reconciliation, frame.built
    if all(isinstance(edit, SetCell) for edit in edits):
        built = built and not reconciliation.rebuilds(lambda: document, edits)
        refs = [edit.ref for edit in edits if isinstance(edit, SetCell)]
        reconciliation = reconciliation.re_evaluated(document, refs) if refs else reconciliation
    else:
        reconciliation, built = reconciliation.rebuilt(document), True
    findings = standing(frame.findings, reconciliation)
    return Frame(replayed, reconciliation, constraints, findings, built, explained=built and not findings)


def worked_out(frame: Frame, analyst: Analyst) -> tuple[Reconciliation, tuple[Finding, ...]]:
    """The checks of a frame and the causes of what fails. The frame is only read: this may take its time elsewhere."""
    reconciliation = frame.reconciliation
    if not frame.built:
        reconciliation = reconciliation.rebuilt(frame.replayed.document)
    return reconciliation, analyst.find_causes(reconciliation, frame.constraints)


def standing(findings: Iterable[Finding], reconciliation: Reconciliation) -> tuple[Finding, ...]:
    """What stands in for root causes: the earlier findings as far as their checks fail still, and by itself each check
    that fails anew. A finding that the step did not touch keeps its words and suggestions; the others have the title of
    their check, since finding words may take a look at the whole table."""

    def found(results: tuple[CheckResult, ...]) -> Finding:
        return Finding(results[0].check.id, results, results[0].check.title)

    left = {result.check.id: result for result in reconciliation.failures}
    kept: list[Finding] = []
    for finding in findings:
        names = [result.check.id for result in finding.results]
        results = tuple(left.pop(name) for name in names if name in left)
        if results == finding.results:
            kept.append(finding)
        elif results:
            kept.append(found(results))
    return (*kept, *(found((result,)) for result in left.values()))


def compare(before: Reconciliation, after: Reconciliation) -> Comparison:
    """What failed and no longer does, what fails and did not, in the order of the checks."""
    failed = {result.check.id: None for result in before.failures}
    fails = {result.check.id: None for result in after.failures}
    return Comparison(
        tuple(check for check in failed if check not in fails),
        tuple(check for check in fails if check not in failed),
        after.document,
        after,
    )
