"""The root causes of failing checks: the parts of a solved group that can be settled one without the other, and what
each repair of the group says about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.repairs.search.best_first import places_of, touched_by
from workbench.repairs.search.groups import components
from workbench.repairs.search.states import Solution, weights_of
from workbench.repairs.slips.operation import Effect, Operation, effect_of
from workbench.repairs.system import System


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to settle a root cause: operations to apply together (none: the rule does not hold here), and its
    share of the probability."""

    operations: tuple[Operation, ...]
    share: float


@dataclass(slots=True)
class RootCause:
    """Failing equations with one explanation, and the candidates for it, likeliest first."""

    equations: tuple[int, ...]
    candidates: tuple[Candidate, ...] = ()
    incomplete: bool = False


def root_causes(system: System, solution: Solution) -> list[RootCause]:
    """The parts of a solved group that can be settled one without the other."""
    if not solution.repairs:
        return [RootCause(solution.group, (), solution.incomplete)]
    weights = weights_of(solution.repairs)
    best = solution.repairs[0]
    parts = _parts(system, best.operations, solution.group)
    claimed = _claims(system, parts, solution.group)
    left = [number for number in solution.group if not any(number in claim for claim in claimed)]
    causes = []
    for position, part in enumerate(parts):
        if not claimed[position]:
            continue
        others = {operation.effect for other in parts if other is not part for operation in other}
        candidates = _candidates(system, solution, weights, claimed[position], others)
        causes.append(RootCause(claimed[position], candidates, solution.incomplete))
    for numbers in _by_rule(system, left):
        candidates = _candidates(system, solution, weights, numbers, {o.effect for part in parts for o in part})
        causes.append(RootCause(numbers, candidates, solution.incomplete))
    return causes


def _parts(system: System, operations: tuple[Operation, ...], group: tuple[int, ...]) -> list[tuple[Operation, ...]]:
    """The operations of a repair, those together that would not stand alone.

    Two hang together where a check that held as printed stays whole only with both, where they change one row and
    share a failing check, and where one of them mends nothing without the other.
    """
    failing = set(group)
    touched = [touched_by(system, (operation,)) for operation in operations]
    links: list[tuple[int, ...]] = [(position,) for position in range(len(operations))]
    alone = [_mended(system, (operation,), failing) for operation in operations]
    for first in range(len(operations)):
        for second in range(first + 1, len(operations)):
            common = touched[first] & touched[second]
            if not common:
                continue
            held = any(
                number not in failing
                and not system.equations[number].blockers
                and (_breaks(system, operations[first], number) or _breaks(system, operations[second], number))
                for number in common
            )
            same_row = bool(_rows(system, operations[first]) & _rows(system, operations[second]))
            helpless = not alone[first] or not alone[second]
            if held or ((same_row or helpless) and common & failing):
                links.append((first, second))
    return [tuple(operations[position] for position in members) for members in components(links)]


def _rows(system: System, operation: Operation) -> set[tuple[str, int]]:
    refs = (system.variables[variable].ref for variable, _ in operation.changes)
    return {(ref.table, ref.row) for ref in refs}


def _breaks(system: System, operation: Operation, number: int) -> bool:
    equation = system.equations[number]
    return system.breaks(equation, *effect_of((operation,)))


def _mended(system: System, operations: Iterable[Operation], failing: set[int]) -> set[int]:
    """The failing equations that hold after these operations alone."""
    operations = tuple(operations)
    changes, shifts = effect_of(operations)
    touched = touched_by(system, operations)
    return {number for number in touched & failing if not system.breaks(system.equations[number], changes, shifts)}


def _claims(system: System, parts: list[tuple[Operation, ...]], group: tuple[int, ...]) -> list[tuple[int, ...]]:
    """The failing equations that each part answers for: what it mends alone first, then what it has a hand in."""
    failing = set(group)
    claims: list[set[int]] = []
    for part in parts:
        claims.append(_mended(system, part, failing) - {number for claim in claims for number in claim})
    together = _mended(system, (operation for part in parts for operation in part), failing)
    for number in sorted(together - {number for claim in claims for number in claim}):
        for position, part in enumerate(parts):
            if any(number in touched_by(system, (operation,)) for operation in part):
                claims[position].add(number)
                break
    return [tuple(sorted(claim)) for claim in claims]


def _by_rule(system: System, numbers: list[int]) -> list[tuple[int, ...]]:
    """Equations that were set aside: those of one rule between the same tables together."""
    found: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number in numbers:
        check = system.equations[number].check
        tables = tuple(sorted({term.ref.table for term in check.terms}))
        found.setdefault((check.name, tables), []).append(number)
    return [tuple(members) for members in found.values()]


def _together(
    system: System, operations: Sequence[Operation], wanted: set[int], failing: set[int]
) -> tuple[Operation, ...]:
    """The operations that touch the wanted equations, and those that mend what these would break."""
    chosen = [operation for operation in operations if touched_by(system, (operation,)) & wanted]
    while True:
        changes, shifts = effect_of(chosen)
        touched = touched_by(system, chosen) - failing
        broken = {
            number
            for number in touched
            if not system.equations[number].blockers and system.breaks(system.equations[number], changes, shifts)
        }
        more = [
            operation
            for operation in operations
            if operation not in chosen and touched_by(system, (operation,)) & broken
        ]
        if not more:
            return tuple(operation for operation in operations if operation in chosen)
        chosen.extend(more)


def _candidates(
    system: System,
    solution: Solution,
    weights: list[float],
    equations: tuple[int, ...],
    others: set[Effect],
) -> tuple[Candidate, ...]:
    """What the repairs of the whole group say about these equations, doubles added up, likeliest first.

    `others` are the changes that answer for other parts of the group.
    """
    wanted = set(equations)
    shares: dict[frozenset[Effect], float] = {}
    operations: dict[frozenset[Effect], tuple[Operation, ...]] = {}
    for repair, weight in zip(solution.repairs, weights, strict=True):
        own = [operation for operation in repair.operations if operation.effect not in others]
        chosen = _together(system, own, wanted, set(solution.group))
        key = frozenset(operation.effect for operation in chosen)
        shares[key] = shares.get(key, 0.0) + weight
        operations.setdefault(key, chosen)
    ranked = sorted(shares, key=lambda key: (-shares[key], places_of(system, operations[key])))
    return tuple(Candidate(operations[key], shares[key]) for key in ranked)
