"""From failing checks to findings: root causes found, repairs ranked, each proved by a run of all rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from workbench.checks import Reconciliation, describe
from workbench.model.check import Applicability, Cause, CheckResult, Family, Finding, Suggestion
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.groups import root_causes, solve_groups
from workbench.repairs.memory import Memory, Remembered, footprint_of, reopened
from workbench.repairs.reasons import reason_for
from workbench.repairs.strength import strength
from workbench.repairs.suggestions import SAFE_SHARE, Part, confirm
from workbench.repairs.system import Equation
from workbench.repairs.units import UnitRepair, unit_repairs
from workbench.repairs.workshop import Workshop


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
    # A repair of a unit may have claimed checks since that a remembered group answered for.
    valid = memory.still_valid(workshop.reconciliation, constraints, budget)
    kept = [group for group in valid if group.checks <= left.keys()]
    while True:
        known = {check_id for group in kept for check_id in group.checks}
        fresh = [equation for equation in failing if equation.check.id not in known]
        solutions = solve_groups(workshop.system, workshop.search, fresh)
        again = reopened(workshop.system, solutions, kept, numbers)
        if not again:
            break
        kept = [group for group in kept if group not in again]
    parts = [
        (solution, [Part.of(workshop, cause, left) for cause in root_causes(workshop.system, solution)])
        for solution in solutions
    ]
    confirm(workshop.reconciliation, [part for _, found in parts for part in found])
    new = []
    for solution, found in parts:
        findings = tuple(
            finding_of(workshop.reconciliation, part.results, part.suggestions(workshop), incomplete=part.incomplete)
            for part in found
        )
        checks = frozenset(workshop.system.equations[number].check.id for number in solution.group)
        new.append(Remembered(checks, findings, footprint_of(workshop.system, solution, constraints, budget)))
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
        ("table_unit",),
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
