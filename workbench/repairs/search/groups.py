"""Failing checks that hang together, and what each repair of a group says about its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp
from typing import Protocol

from workbench.repairs.equation import Equation
from workbench.repairs.search.best_first import Search, places_of, touched_by
from workbench.repairs.search.states import Repair, Solution
from workbench.repairs.slips.operation import Effect, Operation, effect_of
from workbench.repairs.system import System, Trace

_ROUNDS = 4
_SEVERAL = 3
_LIKELY = 0.1
"""The share from which a repair is reason enough to look at two groups as one."""


def components(groups: Iterable[Iterable[int]]) -> list[tuple[int, ...]]:
    """The connected components of overlapping sets of numbers, each sorted, in the order of their least member."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for group in groups:
        members = list(group)
        for number in members:
            parent.setdefault(number, number)
        for number in members[1:]:
            low, high = sorted((root(members[0]), root(number)))
            parent[high] = low
    found: dict[int, list[int]] = {}
    for number in sorted(parent):
        found.setdefault(root(number), []).append(number)
    return [tuple(members) for members in found.values()]


def sharing_cells(equations: Sequence[Equation]) -> list[tuple[int, ...]]:
    """The groups of equations that share cells."""
    by_cell: dict[int, list[int]] = {}
    for equation in equations:
        for cell in equation.cells:
            by_cell.setdefault(cell, []).append(equation.number)
    return components([*by_cell.values(), *((equation.number,) for equation in equations)])


class Known(Protocol):
    """What is known of a group without a search: the checks that its likely repairs reach into."""

    @property
    def reach(self) -> frozenset[str]:
        """The ids of those checks."""


def solve_groups(
    system: System,
    search: Search,
    failing: Sequence[Equation],
    known: Callable[[frozenset[str]], Known | None],
    solved: Callable[[Solution, frozenset[str], Trace], None],
) -> list[tuple[int, ...]]:
    """The groups of failing equations that hang together; groups are merged where a likely repair reaches into another.

    `known` says what is known of a group by the ids of its checks; else it is searched, and `solved` gets the solution,
    the checks that it reaches into and the trace of what was looked at.
    """
    numbers = {equation.check.id: equation.number for equation in failing}
    failing_ones = frozenset(numbers.values())
    groups = components([*sharing_cells(failing), *_under_one_move(search, failing)])
    reached: dict[tuple[int, ...], tuple[int, ...]] = {}
    for round_number in range(_ROUNDS + 1):
        drawn_in: set[int] = set()
        for group in groups:
            if group not in reached and drawn_in.isdisjoint(group):
                found = known(frozenset(system.equations[number].check.id for number in group))
                if found is None:
                    system.trace = trace = Trace.on(system, group)
                    # Groups that a repair draws together are searched together, and not by themselves to the end.
                    others = failing_ones.difference(group) if round_number < _ROUNDS else frozenset()
                    solution = search.solve(group, others)
                    reach = _reach(system, solution)
                    solved(solution, reach, trace)
                else:
                    reach = found.reach
                reached[group] = (group[0], *(numbers[check] for check in sorted(reach) if check in numbers))
            # What another group reaches into is looked at together with it, and not by itself first.
            drawn_in.update(number for number in reached.get(group, ()) if number not in group)
        merged = components([*groups, *(reached[group] for group in groups if group in reached)])
        if len(merged) == len(groups) or round_number == _ROUNDS:
            break
        groups = merged
    return groups


def _under_one_move(search: Search, failing: Sequence[Equation]) -> list[tuple[int, ...]]:
    """The failing equations of a table that swapping two of its columns mends, where it mends several, or that filling
    one of its rows again does."""
    by_table: dict[str, list[Equation]] = {}
    for equation in failing:
        for table in dict.fromkeys(term.ref.table for term in equation.check.terms):
            by_table.setdefault(table, []).append(equation)
    found = []
    for table, equations in by_table.items():
        if len(equations) >= _SEVERAL:
            for move in search.structures.of_table(table):
                mended = [equation.number for equation in equations if search.mending.would_hold(equation, move)]
                if len(mended) >= _SEVERAL and move.cells is not None:
                    found.append(tuple(mended))
        if len(equations) > 1:
            moves = dict.fromkeys(move for equation in equations for move in search.structures.refilled(equation))
            for move in moves:
                mended = [equation.number for equation in equations if search.mending.would_hold(equation, move)]
                if len(mended) > 1 and move.table == table:
                    found.append(tuple(mended))
    return found


def _reach(system: System, solution: Solution) -> frozenset[str]:
    """The checks that the likely repairs touch."""
    touched: set[int] = set()
    for repair, weight in zip(solution.repairs, weights_of(solution.repairs), strict=True):
        if weight >= _LIKELY:
            touched |= touched_by(system, repair.operations)
    return frozenset(system.equations[number].check.id for number in touched)


def equations_touched(system: System, operation: Operation) -> set[int]:
    """The equations that hold a cell which the operation changes, or that it gives another part."""
    return touched_by(system, (operation,))


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


def weights_of(repairs: Sequence[Repair]) -> list[float]:
    """The probabilities of repairs, which go as exp(−cost)."""
    if not repairs:
        return []
    raw = [exp(repairs[0].cost - repair.cost) for repair in repairs]
    total = sum(raw)
    return [weight / total for weight in raw]


def _parts(system: System, operations: tuple[Operation, ...], group: tuple[int, ...]) -> list[tuple[Operation, ...]]:
    """The operations of a repair, those together that would not stand alone.

    Two hang together where a check that held as printed stays whole only with both, where they change one row and
    share a failing check, and where one of them mends nothing without the other.
    """
    failing = set(group)
    touched = [equations_touched(system, operation) for operation in operations]
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
    touched = {number for operation in operations for number in equations_touched(system, operation)}
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
            if any(number in equations_touched(system, operation) for operation in part):
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
    chosen = [operation for operation in operations if equations_touched(system, operation) & wanted]
    while True:
        changes, shifts = effect_of(chosen)
        touched = {number for operation in chosen for number in equations_touched(system, operation)} - failing
        broken = {
            number
            for number in touched
            if not system.equations[number].blockers and system.breaks(system.equations[number], changes, shifts)
        }
        more = [
            operation
            for operation in operations
            if operation not in chosen and equations_touched(system, operation) & broken
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
