"""From failing checks to findings: root causes found, repairs ranked, each proved by a run of all rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation, describe
from workbench.model.check import (
    Applicability,
    Cause,
    CheckResult,
    Family,
    Finding,
    Severity,
    Suggestion,
)
from workbench.model.edit import EditError
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.corroboration import FigureIndex
from workbench.repairs.edits import cell_by_cell, edits_of
from workbench.repairs.groups import Candidate, RootCause, root_causes, solve_groups
from workbench.repairs.memory import Memory, Remembered, footprint_of, reopened
from workbench.repairs.operations import Structures
from workbench.repairs.proof import Proof, prove
from workbench.repairs.reasons import Rival, reason_for
from workbench.repairs.search import Search
from workbench.repairs.stories import Plausibility
from workbench.repairs.system import Equation, System
from workbench.repairs.units import UnitRepair, unit_repairs
from workbench.repairs.verdict import by_shape, cause_of

MOST_SUGGESTIONS = 5
LEAST_SHARE = 0.02
"""Candidates with a smaller share are not shown, the first one apart."""

SAFE_SHARE = 0.9
"""The share from which a suggestion that mends something and breaks nothing is safe."""

_VAGUE = frozenset({"other_figure", "two_digits", "digit_changed", "figure_repeated", "figure_dropped"})
"""Slips that explain any figure: they are safe only where more than one check, or another cell, asks for it."""

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


@dataclass(slots=True)
class Workshop:
    """What one localisation works with."""

    reconciliation: Reconciliation
    system: System
    plausibility: Plausibility
    search: Search

    @classmethod
    def of(
        cls, reconciliation: Reconciliation, constraints: Constraints, budget: Budget, index: FigureIndex
    ) -> Workshop:
        """The system and the prices of one reconciliation."""
        system = System(reconciliation, constraints.waived_families)
        index.update(reconciliation.document)
        plausibility = Plausibility(system, index, constraints)
        search = Search(system, plausibility, Structures(system, plausibility), budget)
        return cls(reconciliation, system, plausibility, search)


def localise(reconciliation: Reconciliation, constraints: Constraints, budget: Budget, memory: Memory) -> list[Finding]:
    """The findings of a reconciliation, strongest first; every failing result stands in exactly one."""
    left = {result.check.id: result for result in reconciliation.failures}
    if not left:
        memory.groups = ()
        return []
    findings: list[Finding] = []
    repairs, scaled = unit_repairs(reconciliation) if Family.UNIT not in constraints.waived_families else ([], None)
    for repair in repairs:
        claimed = [left.pop(check_id) for check_id in repair.proof.clears if check_id in left]
        if claimed:
            findings.append(_unit_finding(reconciliation, repair, claimed))
    workshop = Workshop.of(scaled or reconciliation, constraints, budget, memory.index)
    remembered = _solved(workshop, left, constraints, budget, memory)
    memory.groups = remembered
    for group in remembered:
        findings.extend(group.findings)
        for check_id in group.checks:
            del left[check_id]
    findings.extend(finding_of(reconciliation, (result,)) for result in left.values())
    return sorted(_absorbed(reconciliation, findings), key=_order(reconciliation))


def _solved(
    workshop: Workshop, left: Mapping[str, CheckResult], constraints: Constraints, budget: Budget, memory: Memory
) -> tuple[Remembered, ...]:
    """The groups of failing checks with their findings: those remembered, where nothing happened to them, and the
    others solved now."""
    failing: list[Equation] = []
    for result in workshop.reconciliation.failures:
        equation = workshop.system.equation_of(result) if result.check.id in left else None
        if equation is not None:
            failing.append(equation)
    numbers = {equation.number for equation in failing}
    kept = list(memory.still_valid(workshop.reconciliation, constraints, budget))
    while True:
        known = {check_id for group in kept for check_id in group.checks}
        fresh = [equation for equation in failing if equation.check.id not in known]
        solutions = solve_groups(workshop.system, workshop.search, fresh)
        again = reopened(workshop.system, solutions, kept, numbers)
        if not again:
            break
        kept = [group for group in kept if group not in again]
    new = []
    for solution in solutions:
        found = []
        for cause in root_causes(workshop.system, solution):
            results = [left[workshop.system.equations[number].check.id] for number in cause.equations]
            found.append(_finding(workshop, cause, results))
        checks = frozenset(workshop.system.equations[number].check.id for number in solution.group)
        footprint = footprint_of(workshop.system, solution, constraints, budget)
        new.append(Remembered(checks, tuple(found), footprint))
    return (*kept, *new)


def _unit_finding(reconciliation: Reconciliation, repair: UnitRepair, results: Sequence[CheckResult]) -> Finding:
    table = next(table for table in reconciliation.document.tables if table.id == repair.edit.table)
    share = repair.votes / repair.links
    cause = Cause.SOURCE if table.unit_printed else Cause.EXTRACTION
    safe = not repair.proof.breaks and share >= SAFE_SHARE
    reason = reason_for(
        reconciliation.document,
        results,
        (repair.edit,),
        "table_unit",
        (),
        repair.proof,
        share,
        None,
        cause,
        by_shape=False,
    )
    suggestion = Suggestion(
        "table_unit",
        Applicability.SAFE if safe else Applicability.UNSAFE,
        (repair.edit,),
        repair.proof.clears,
        repair.proof.breaks,
        reason,
        share,
        cause,
    )
    return finding_of(reconciliation, results, (suggestion,))


def finding_of(
    reconciliation: Reconciliation,
    results: Sequence[CheckResult],
    suggestions: tuple[Suggestion, ...] = (),
    *,
    incomplete: bool = False,
) -> Finding:
    """The finding of these results, strongest first."""
    ranked = tuple(sorted(results, key=strength))
    first = ranked[0]
    return Finding(first.check.id, ranked, describe(first, reconciliation.document), suggestions, incomplete)


def strength(result: CheckResult) -> tuple[int, bool, int, int, str]:
    """Strong before weak: proven before doubtful, within a table before between tables, few cells before many."""
    check = result.check
    rank = _STRENGTH.get(check.family, len(_STRENGTH))
    return _SEVERITIES[check.severity], check.weak, rank, len(check.terms), check.id


def _finding(workshop: Workshop, cause: RootCause, results: Sequence[CheckResult]) -> Finding:
    ranked = tuple(sorted(results, key=strength))
    suggestions = _suggestions(workshop, ranked, cause)
    return finding_of(workshop.reconciliation, ranked, suggestions, incomplete=cause.incomplete)


def _suggestions(workshop: Workshop, results: tuple[CheckResult, ...], cause: RootCause) -> tuple[Suggestion, ...]:
    """The candidates as suggestions: those with edits that mend something, likeliest first, then that the rule does
    not hold here."""
    shown = [
        candidate
        for position, candidate in enumerate(cause.candidates)
        if candidate.share >= LEAST_SHARE or position == 0
    ][: MOST_SUGGESTIONS + 1]
    suggestions: list[Suggestion] = []
    aside = None
    for candidate in shown:
        rival = _rival(workshop, candidate, cause.candidates)
        if not candidate.operations:
            aside = _set_aside(workshop, results, candidate, rival)
        elif len(suggestions) < MOST_SUGGESTIONS:
            suggestion = _suggestion(workshop, results, candidate, rival, incomplete=cause.incomplete)
            if suggestion is not None:
                suggestions.append(suggestion)
    return (*suggestions, aside) if aside is not None else tuple(suggestions)


def _rival(workshop: Workshop, candidate: Candidate, candidates: tuple[Candidate, ...]) -> Rival | None:
    other = next((found for found in candidates if found is not candidate), None)
    if other is None:
        return None
    return Rival(edits_of(other.operations, workshop.system, workshop.plausibility), other.share)


def _set_aside(
    workshop: Workshop, results: tuple[CheckResult, ...], candidate: Candidate, rival: Rival | None
) -> Suggestion:
    cause = cause_of((), workshop.system)
    reason = reason_for(
        workshop.reconciliation.document,
        results,
        (),
        "rule_does_not_hold",
        (),
        Proof((), ()),
        candidate.share,
        rival,
        cause,
        by_shape=False,
    )
    return Suggestion("rule_does_not_hold", Applicability.DISPLAY, (), (), (), reason, candidate.share, cause)


def _suggestion(
    workshop: Workshop,
    results: tuple[CheckResult, ...],
    candidate: Candidate,
    rival: Rival | None,
    *,
    incomplete: bool,
) -> Suggestion | None:
    """One candidate with its proof; None where the rules run again do not bear it out."""
    edits = edits_of(candidate.operations, workshop.system, workshop.plausibility)
    cells = cell_by_cell(candidate.operations, workshop.system, workshop.plausibility)
    try:
        proof = prove(workshop.reconciliation, cells)
    except EditError:
        return None
    if not edits or not proof.clears:
        return None
    operations = candidate.operations
    cause = cause_of(operations, workshop.system)
    method = max(operations, key=lambda operation: (operation.method != "same_correction", -operation.cost)).method
    supports = [operation.support for operation in operations if operation.support is not None]
    known = method not in _VAGUE or any(support.same_name for support in supports)
    safe = proof.sound and candidate.share >= SAFE_SHARE and not incomplete and (known or len(proof.clears) > 1)
    reason = reason_for(
        workshop.reconciliation.document,
        results,
        edits,
        method,
        sorted(supports, key=lambda support: not support.same_name),
        proof,
        candidate.share,
        rival,
        cause,
        by_shape=by_shape(operations, workshop.system),
    )
    applicability = Applicability.SAFE if safe else Applicability.UNSAFE
    return Suggestion(method, applicability, edits, proof.clears, proof.breaks, reason, candidate.share, cause)


def _absorbed(reconciliation: Reconciliation, findings: list[Finding]) -> list[Finding]:
    """Findings without suggestions whose only check the best suggestion of another one clears go under that one."""
    cleared: dict[str, int] = {}
    for position, finding in enumerate(findings):
        if finding.suggestions:
            for check_id in finding.suggestions[0].clears:
                cleared.setdefault(check_id, position)
    moved: dict[int, list[CheckResult]] = {}
    kept = []
    for position, finding in enumerate(findings):
        host = cleared.get(finding.id)
        if not finding.suggestions and len(finding.results) == 1 and host is not None and host != position:
            moved.setdefault(host, []).extend(finding.results)
        else:
            kept.append(position)
    return [
        finding_of(
            reconciliation,
            (*findings[position].results, *moved[position]),
            findings[position].suggestions,
            incomplete=findings[position].incomplete,
        )
        if position in moved
        else findings[position]
        for position in kept
    ]


def _order(reconciliation: Reconciliation) -> Callable[[Finding], tuple[object, ...]]:
    """The key that sorts findings: strongest rule first, then the likeliest, then in the order of the checks."""

    def key(finding: Finding) -> tuple[object, ...]:
        share = finding.suggestions[0].share if finding.suggestions else 0.0
        return (*strength(finding.results[0])[:3], -round(share, 6), reconciliation.index.by_id[finding.id])

    return key
