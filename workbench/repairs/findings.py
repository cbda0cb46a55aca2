"""From failing checks to findings: root causes found, repairs ranked, each proved by a run of all rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from workbench.checks import Context, Reconciliation, describe
from workbench.model.check import Applicability, Cause, CheckResult, Family, Finding, Suggestion
from workbench.model.edit import Edit
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.proposals.amounts_in_names import of_amounts_in_names
from workbench.repairs.proposals.caution import cautious
from workbench.repairs.proposals.cut_names import of_cut_name
from workbench.repairs.proposals.other_codes import of_other_code
from workbench.repairs.proposals.other_reading import of_other_reading, other_reading
from workbench.repairs.proposals.reasons import reason_for
from workbench.repairs.proposals.safety import unit_borne_out
from workbench.repairs.proposals.strength import strength
from workbench.repairs.proposals.suggestions import Part, confirm, needs_confirming, settle
from workbench.repairs.proposals.unit_trials import UnitRepair
from workbench.repairs.proposals.units import unit_repairs
from workbench.repairs.search.groups import solve_groups
from workbench.repairs.search.memory import Footprint, Memory, Remembered
from workbench.repairs.search.root_causes import root_causes
from workbench.repairs.search.states import Solution
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.system import Trace

_OF_READING = frozenset({Family.READERS, Family.EXTRACTION})
"""Checks of how the source was read: what mends them is told best by what mends the sums."""


def localise(
    reconciliation: Reconciliation, constraints: Constraints, budget: Budget, memory: Memory | None
) -> list[Finding]:
    """The findings of a reconciliation, strongest first; every failing result stands in exactly one. Where a memory is
    kept, it learns what of this holds after an edit too."""
    left = {result.check.id: result for result in reconciliation.failures}
    if not left:
        if memory is not None:
            memory.groups = {}
        return []
    context = reconciliation.context()
    findings: list[Finding] = []
    repairs, scaled = unit_repairs(reconciliation) if Family.UNIT not in constraints.waived_families else ([], None)
    for repair in repairs:
        claimed = [
            left.pop(check_id) for check_id in (*repair.proof.clears, *sorted(repair.claims)) if check_id in left
        ]
        if claimed:
            safe = unit_borne_out(scaled or reconciliation, repair, claimed, repairs)
            findings.append(_unit_finding(context, repair, claimed, safe=safe))
    # What a line prints once it is in its unit is no text of the document that another change could start from.
    settled = frozenset(ref for repair in repairs for ref in repair.cells)
    constraints = replace(constraints, immovable=constraints.immovable | settled) if settled else constraints
    kept = memory is not None
    memory = memory or Memory()
    workshop = Workshop.of(scaled or reconciliation, constraints, budget, memory)
    for checks, found in _solved(workshop, left, constraints, budget, memory, kept=kept):
        findings.extend(found)
        for check_id in checks:
            del left[check_id]
    findings.extend(_left_over(workshop, reconciliation, context, result) for result in left.values())
    return sorted(cautious(_absorbed(context, findings)), key=_order(reconciliation))


def _left_over(workshop: Workshop, reconciliation: Reconciliation, context: Context, result: CheckResult) -> Finding:
    """The finding of a result that no root cause explains; a second reading that says otherwise proposes itself, and so
    does the row in which a name goes on, the code that other tables give a name, or the amount that a name ends in."""
    proposed: Suggestion | None
    edit = other_reading(reconciliation, result) if result.check.family is Family.READERS else None
    if edit is None:
        proposed = (
            of_cut_name(workshop, result) or of_other_code(workshop, result) or of_amounts_in_names(workshop, result)
        )
    else:
        proposed = of_other_reading(reconciliation, result, edit)
    return finding_of(context, (result,), () if proposed is None else (proposed,))


def _solved(
    workshop: Workshop,
    left: Mapping[str, CheckResult],
    constraints: Constraints,
    budget: Budget,
    memory: Memory,
    *,
    kept: bool,
) -> list[tuple[frozenset[str], tuple[Finding, ...]]]:
    """The groups of failing checks with their findings: those remembered, where nothing that they were made from has
    changed, and the others solved now."""
    system, search = workshop.system, workshop.search
    failing = [
        equation
        for result in workshop.reconciliation.failures
        if result.check.id in left and (equation := system.equation_of(result)) is not None
    ]
    memory.forget(workshop.reconciliation, constraints, budget, search.implied.per_step(), workshop.changed)
    solutions: dict[frozenset[str], tuple[Solution, Trace]] = {}

    def keep(solution: Solution, reach: frozenset[str], trace: Trace) -> None:
        checks = frozenset(system.equations[number].check.id for number in solution.group)
        memory.groups[checks] = Remembered(reach)
        solutions[checks] = (solution, trace)

    groups = [
        frozenset(system.equations[number].check.id for number in group)
        for group in solve_groups(system, search, failing, memory.groups.get, keep)
    ]
    fresh = [checks for checks in groups if memory.groups[checks].findings is None]
    parts = {checks: _parts_of(workshop, left, checks, solutions) for checks in fresh}
    doubtful: list[Part] = []
    if budget.confirms(len(workshop.reconciliation.checks)):
        # Whatever needs this is never remembered, so that it is always all of it that is confirmed together.
        doubtful = [part for checks in fresh for part in parts[checks] if needs_confirming(workshop, part)]
        confirm(workshop, doubtful)
    for checks in fresh:
        trace = solutions[checks][1]
        memory.groups[checks].findings = tuple(
            finding_of(workshop.context, part.results, part.suggestions(workshop), incomplete=part.incomplete)
            for part in parts[checks]
        )
        trace.volatile |= any(part is other for part in parts[checks] for other in doubtful)
    found = [(checks, memory.groups[checks].findings or ()) for checks in groups]
    for checks, (_, trace) in solutions.items() if kept else ():
        if not trace.volatile:
            footprint = Footprint.of(system, trace, search.implied.per_step(), memory.words, constraints, budget)
            memory.groups[checks].footprint = footprint
    return found


def _parts_of(
    workshop: Workshop,
    left: Mapping[str, CheckResult],
    checks: frozenset[str],
    solutions: dict[frozenset[str], tuple[Solution, Trace]],
) -> list[Part]:
    """The root causes of one group with the drafts of their suggestions."""
    system = workshop.system
    if checks not in solutions:
        # Looked at before as a part of a larger group only.
        equations = (system.equation_of(left[check_id]) for check_id in checks)
        group = sorted(equation.number for equation in equations if equation is not None)
        system.trace = Trace.on(system, group)
        solutions[checks] = (workshop.search.solve(group), system.trace)
    solution, system.trace = solutions[checks]
    parts = [Part.of(workshop, cause, left) for cause in root_causes(system, solution)]
    settle(system, parts)
    return parts


def _unit_finding(context: Context, repair: UnitRepair, results: Sequence[CheckResult], *, safe: bool) -> Finding:
    table = next(table for table in context.document.tables if table.id == repair.table)
    cause = Cause.SOURCE if table.unit_printed and repair.method == "table_unit" else Cause.EXTRACTION
    reason = reason_for(
        context.document,
        results,
        repair.edits,
        (repair.method, "digits_lost") if repair.rounded else (repair.method,),
        (),
        repair.proof,
        repair.share,
        None,
        cause,
        by_shape=False,
    )
    suggestion = Suggestion(
        repair.method,
        Applicability.SAFE if safe else Applicability.UNSAFE,
        repair.edits,
        repair.proof.clears,
        repair.proof.breaks,
        reason,
        repair.share,
        cause,
    )
    return finding_of(context, results, (suggestion,))


def finding_of(
    context: Context,
    results: Sequence[CheckResult],
    suggestions: tuple[Suggestion, ...] = (),
    *,
    incomplete: bool = False,
) -> Finding:
    """The finding of these results of the document of `context`, strongest first."""
    ranked = tuple(sorted(results, key=strength))
    first = ranked[0]
    return Finding(first.check.id, ranked, describe(first, context.document, context), suggestions, incomplete)


def _absorbed(context: Context, findings: list[Finding]) -> list[Finding]:
    """Findings without suggestions whose only check the best suggestion of another one clears go under that one, and so
    does one of how the source was read that says what another one proposes."""
    cleared: dict[str, int] = {}
    proposed: dict[Edit, int] = {}
    for position, finding in enumerate(findings):
        if finding.suggestions and finding.check.family not in _OF_READING:
            for check_id in finding.suggestions[0].clears:
                cleared.setdefault(check_id, position)
            for edit in finding.suggestions[0].edits:
                proposed.setdefault(edit, position)
    moved: dict[int, list[CheckResult]] = {}
    kept = []
    for position, finding in enumerate(findings):
        if finding.check.family in _OF_READING and finding.suggestions:
            hosts = {proposed.get(edit) for edit in finding.suggestions[0].edits}
            host = hosts.pop() if len(hosts) == 1 else None
        else:
            host = None if finding.suggestions else cleared.get(finding.id)
        if len(finding.results) == 1 and host is not None and host != position:
            moved.setdefault(host, []).extend(finding.results)
        else:
            kept.append(position)
    return [
        finding_of(
            context,
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
