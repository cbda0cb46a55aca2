"""Failing checks that hang together, and are repaired together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from workbench.repairs.equation import Equation
from workbench.repairs.search.best_first import Search, touched_by
from workbench.repairs.search.states import Solution, weights_of
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
        # A row that is filled again changes what prints nothing: several hold by it that have such cells in one row.
        asking = _several_in_a_row(search, table, equations)
        for move in dict.fromkeys(move for equation in asking for move in search.structures.refilled(equation)):
            mended = [equation.number for equation in asking if search.mending.would_hold(equation, move)]
            if len(mended) > 1 and move.table == table:
                found.append(tuple(mended))
    return found


def _several_in_a_row(search: Search, table: str, equations: Sequence[Equation]) -> list[Equation]:
    """Those of some equations that have a cell which prints no figure in a row of a table where another of them has
    one."""
    by_row: dict[int, list[Equation]] = {}
    for equation in equations if len(equations) > 1 else ():
        for row in search.structures.rows_unfilled(equation, table):
            by_row.setdefault(row, []).append(equation)
    asking = {equation.number for several in by_row.values() if len(several) > 1 for equation in several}
    return [equation for equation in equations if equation.number in asking]


def _reach(system: System, solution: Solution) -> frozenset[str]:
    """The checks that the likely repairs touch."""
    touched: set[int] = set()
    for repair, weight in zip(solution.repairs, weights_of(solution.repairs), strict=True):
        if weight >= _LIKELY:
            touched |= touched_by(system, repair.operations)
    return frozenset(system.equations[number].check.id for number in touched)
