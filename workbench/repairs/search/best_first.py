"""The search for whole repairs of one group of failing checks: best first, over operations with costs.

A state is a set of operations so far, the checks set aside so far and the checks that still fail. The failing check
with the fewest cells is taken up: any repair must change one of its cells or say that it does not hold here, so
nothing is lost. Passing checks that an operation breaks join the failing ones; they may be mended by the next step.
A hitting-set tree (Reiter 1987) whose branches carry values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from workbench.repairs.constraints import Budget
from workbench.repairs.equation import Equation
from workbench.repairs.search.aside import price_aside
from workbench.repairs.search.frontier import Frontier
from workbench.repairs.search.implied import Implied
from workbench.repairs.search.mending import Mending
from workbench.repairs.search.outcomes import Outcomes
from workbench.repairs.search.states import Key, Repair, Solution, State, after, set_aside
from workbench.repairs.slips.bound_moves import TOLD_BY_LOOKS
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import LEAST, Plausibility
from workbench.repairs.slips.structures import Structures
from workbench.repairs.system import System

GAP = 4.5
"""Repairs dearer than the best by more than this (probability below 1 in 90) are not looked for."""

_TOLD_BY_LOOKS = 1.1
"""Moves that looks alone may tell, and make so cheap, are made though that mends no check by itself: another slip of
the same sum hides what it mends."""
_SEVERAL = 2
"""Where one change mends so many failing checks, all there are, and is as likely as any can be, several changes are no
rival of it; nor are figures asked for that may have moved, or rows that may be lost, but for what looks tell."""
_MOST_CELLS = 400
_MANY_CHANGES = 6
_MOST_BROKEN = 3
"""For so many figures that it moves, a move may break one check more than it mends: another slip among them shows by
it; and so many at the most."""


@dataclass(slots=True)
class Search:
    """Solves groups of failing equations of one system."""

    system: System
    plausibility: Plausibility
    structures: Structures
    budget: Budget = field(default_factory=Budget)
    implied: Implied = field(init=False)
    outcomes: Outcomes = field(init=False)
    mending: Mending = field(init=False)

    def __post_init__(self) -> None:
        self.implied = Implied(self.system, self.plausibility)
        self.outcomes = Outcomes(self.system, self.implied)
        self.mending = Mending(self.system, self.structures)

    def solve(self, group: Sequence[int], others: Set[int] = frozenset()) -> Solution:
        """The cheapest repairs of the failing equations `group`. The first one alone where it reaches into `others`,
        which fail too: they are to be looked at together with these."""
        frontier = Frontier()
        start = State(0.0, (), {}, {}, frozenset(group), frozenset(), {})
        frontier.push(start)
        odd = self._odd_figures(group)
        repairs: dict[Key, Repair] = {}
        put_off: set[Key] = set()
        taken_up: set[int] = set()
        best = float("inf")
        nodes = 0
        cut_short = beyond_doubt = False
        while len(repairs) < self.budget.repairs and (state := frontier.pop(best + GAP)) is not None:
            if state.failing and beyond_doubt:
                continue
            if state.failing:
                nodes += 1
                if nodes > self.budget.nodes or frontier.pushes > self.budget.pushes:
                    cut_short = True
                    break
                taken_up.add(min(state.failing, key=self._fewest_cells))
                for successor in self._successors(state, best):
                    frontier.push(successor)
                continue
            key = state.key
            left = sum(cost for variable, cost in odd.items() if variable not in state.changes)
            if left and key not in put_off:
                # What it leaves unexplained it pays for at its end, and is looked at again in its turn.
                put_off.add(key)
                frontier.put_off(state, replace(state, cost=state.cost + left))
                for successor in self._with_odd_figures(state, odd):
                    frontier.push(successor)
            elif key not in repairs:
                repairs[key] = Repair(state.cost, state.operations, tuple(sorted(state.aside)))
                best = min(best, state.cost)
                beyond_doubt = beyond_doubt or (state.before is start and _beyond_doubt(start, [state]))
                if len(repairs) == 1 and others and not others.isdisjoint(touched_by(self.system, state.operations)):
                    break
                frontier.learn(state)
        found = [*repairs.values(), *(frontier.furthest() if cut_short and not repairs else ())]
        found.sort(key=lambda repair: (repair.cost, places_of(self.system, repair.operations)))
        cut_short = cut_short or any(self.structures.cut_short(self.system.equations[number]) for number in taken_up)
        return Solution(tuple(sorted(group)), tuple(found), cut_short)

    def _odd_figures(self, group: Sequence[int]) -> dict[int, float]:
        """The figures of these equations that look wrong whatever else is, with what it costs to leave them so."""
        cells = {cell for number in group for cell in self.system.equations[number].cells[:_MOST_CELLS]}
        costs = {cell: self.plausibility.left_odd(cell) for cell in sorted(cells)}
        return {cell: cost for cell, cost in costs.items() if cost}

    def _with_odd_figures(self, state: State, odd: Iterable[int]) -> Iterator[State]:
        """What a whole repair leads to that puts one more figure right, as its looks say, and breaks nothing by it."""
        for variable in odd:
            if variable not in state.changes:
                for value, story in self.implied.by_looks(variable, state.changes).items():
                    operation = Operation(story.method, story.cost, ((variable, value),), support=story.support)
                    outcome = self.outcomes.of(state, operation.changes, operation.shifts)
                    if not outcome.failing:
                        yield after(state, operation, outcome)

    def _successors(self, state: State, best: float) -> list[State]:
        chosen = self.system.equations[min(state.failing, key=self._fewest_cells)]
        limit = best + GAP
        found = self._with_figures(state, chosen, limit)
        found += self._with_moves(state, chosen, _lowered(limit, found), by_looks_alone=_beyond_doubt(state, found))
        aside = state.cost + price_aside(chosen, map(self.system.equations.__getitem__, state.aside))
        if aside <= _lowered(limit, found):
            found.append(set_aside(state, chosen.number, aside))
        return found

    def _with_figures(self, state: State, chosen: Equation, limit: float) -> list[State]:
        """What the figures lead to that a cell of the equation may have instead: first those of cells that stand in all
        failing ones."""
        found: list[State] = []
        common = self._common_cells(state.failing)
        for variable in sorted(chosen.cells[:_MOST_CELLS], key=lambda cell: cell not in common):
            if variable not in common and _beyond_doubt(state, found):
                break
            if variable in state.changes or not self.plausibility.movable(variable):
                continue
            for value, story in self.implied.values(variable, state.failing, state.changes, state.residuals):
                if state.cost + story.cost <= limit:
                    operation = Operation(story.method, story.cost, ((variable, value),), support=story.support)
                    outcome = self.outcomes.of(state, operation.changes, operation.shifts)
                    found.append(after(state, operation, outcome))
                    limit = _lowered(limit, found[-1:])
        return found

    def _common_cells(self, failing: Set[int]) -> Set[int]:
        """The cells that stand in each of several failing equations."""
        if len(failing) < _SEVERAL:
            return frozenset()
        return set.intersection(*(set(self.system.equations[number].cells) for number in failing))

    def _with_moves(self, state: State, chosen: Equation, limit: float, *, by_looks_alone: bool) -> list[State]:
        """What the operations on the shape of a table lead to that mend a failing equation."""
        found = []
        for move in self.mending.moves(state, chosen, limit, by_looks_alone=by_looks_alone):
            if self._spoils(state, move):
                continue
            changes = self.structures.moves.changes(move)
            if changes is None or _reshaped_twice(state, move):
                continue
            put_right = [number for number, _ in changes if number in state.changes] if state.changes else ()
            mended = frozenset(self.system.variables[number].ref.row for number in put_right)
            if mended:
                if move.method != "columns_swapped":
                    continue
                # Rows of these columns that a step before has put right stay as they are.
                changes = tuple(change for change in changes if self.system.variables[change[0]].ref.row not in mended)
            outcome = self.outcomes.of(state, changes, move.shifts)
            # What another slip makes fail as it is printed is no worse for failing otherwise, nor what cannot be told.
            anew = (self.system.equations[number] for number in outcome.failing - state.failing)
            more = sum(equation.held for equation in anew) - len(state.failing - outcome.failing)
            mends = more < min(len(changes) // _MANY_CHANGES, _MOST_BROKEN)
            if not mends and (more > 0 or move.method not in TOLD_BY_LOOKS):
                continue
            bound = self.structures.moves.bound(move)
            if bound is None or state.cost + bound.cost > limit or not (mends or bound.cost <= _TOLD_BY_LOOKS):
                continue
            found.append(after(state, bound.without(changes, mended) if mended else bound, outcome))
            limit = _lowered(limit, found[-1:])
        return found

    def _spoils(self, state: State, move: Move) -> bool:
        """Whether two columns that change places only hand on what fails, or break far more than that could mend."""
        columns = move.columns
        if columns is None or any(self.system.variables[number].ref.table == move.table for number in state.changes):
            return False
        most = len(state.failing) + _MOST_BROKEN - 1
        return self.outcomes.hands_on(state, move, columns) or self.outcomes.spoils(state, move, most)

    def _fewest_cells(self, number: int) -> tuple[int, int]:
        equation = self.system.equations[number]
        return len(equation.cells), equation.order


def _beyond_doubt(state: State, found: Sequence[State]) -> bool:
    """Whether one step that a state leads to is as likely as any and mends all of several failing checks."""
    if len(state.failing) < _SEVERAL:
        return False
    return any(not whole.failing and whole.cost - state.cost <= LEAST for whole in found)


def _lowered(limit: float, found: Sequence[State]) -> float:
    """The limit, where whole repairs were found: nothing dearer by more than the gap will be looked at any more."""
    return min((limit, *(state.cost + GAP for state in found if not state.failing)))


def _reshaped_twice(state: State, move: Move) -> bool:
    """Whether a step before gives the same table another shape: the places of one of them would no longer be right."""
    if not move.edits:
        return False
    return any(other.edits and other.table == move.table for other in state.operations)


def touched_by(system: System, operations: Iterable[Operation]) -> set[int]:
    """The equations that hold a cell which operations change, or that they give another part."""
    changed = {variable for operation in operations for variable, _ in operation.changes}
    touched = {number for variable in changed for number in system.equations_of(variable)}
    return touched.union(number for operation in operations for number, _ in operation.shifts)


def places_of(system: System, operations: Sequence[Operation]) -> list[tuple[str, int, int, int]]:
    """The cells that operations change with what they get: a fixed order for repairs of one cost."""
    changes = [(system.variables[number].ref, value) for operation in operations for number, value in operation.changes]
    return sorted((ref.table, ref.row, ref.column, value) for ref, value in changes)
