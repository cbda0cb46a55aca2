"""The search for whole repairs of one group of failing checks: best first, over operations with costs.

A state is a set of operations so far, the checks set aside so far and the checks that still fail. The failing check
with the fewest cells is taken up: any repair must change one of its cells or say that it does not hold here, so
nothing is lost. Passing checks that an operation breaks join the failing ones; they may be mended by the next step.
A hitting-set tree (Reiter 1987) whose branches carry values.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

from workbench.model.amount import FigureKind
from workbench.model.check import Family, Relation
from workbench.repairs.constraints import Budget
from workbench.repairs.search.implied import Implied
from workbench.repairs.search.states import (
    PER_FAILING,
    Changes,
    Entry,
    Key,
    Outcome,
    Remaining,
    Repair,
    Solution,
    State,
    after,
)
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.operations import Structures
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import Equation, System

GAP = 4.5
"""Repairs dearer than the best by more than this (probability below 1 in 90) are not looked for."""

PARTS_WITHOUT_TOTAL = 2.0
"""For a figure put on a row or into a column whose total is blank."""

_SET_ASIDE = {Family.CROSS_TABLE: 7.0, Family.NARRATIVE: 6.0, Family.YOY: 6.0, Family.PLAN: 6.0, Family.PERCENT: 7.0}
_SET_ASIDE_WITHIN_TABLE = 11.0
_SET_ASIDE_WEAK = 3.5
_SET_ASIDE_INEQUALITY = 7.0
_SET_ASIDE_WORDS = 4.0
_SET_ASIDE_AGAIN = 3.0
_SET_ASIDE_HELD = 13.0
_MOST_CELLS = 400
_MOST_UNFINISHED = 3
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
    _effects: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.implied = Implied(self.system, self.plausibility)

    def solve(self, group: Sequence[int]) -> Solution:
        """The cheapest repairs of the failing equations `group`."""
        start = State(0.0, (), {}, {}, frozenset(group), frozenset(), {})
        heap: list[Entry] = [(PER_FAILING * len(start.failing), 0, start)]
        seen: dict[Key, float] = {}
        repairs: dict[Key, Repair] = {}
        known = Remaining()
        best = float("inf")
        nodes = pushes = 0
        incomplete = False
        taken_up: set[int] = set()
        while heap and len(repairs) < self.budget.repairs:
            reckoned, number, state = heappop(heap)
            if reckoned > best + GAP:
                heappush(heap, (reckoned, number, state))
                if known.reckon_again(heap, best + GAP):
                    continue
                break
            key = state.key
            if seen.get(key, float("inf")) < state.cost:
                continue
            if not state.failing:
                if key not in repairs:
                    repairs[key] = Repair(state.cost, state.operations, tuple(sorted(state.aside)))
                    best = min(best, state.cost)
                    known.learn(state)
                continue
            nodes += 1
            if nodes > self.budget.nodes or pushes > self.budget.pushes:
                incomplete = True
                break
            taken_up.add(min(state.failing, key=self._fewest_cells))
            for successor in self._successors(state, best):
                key = successor.key
                if seen.get(key, float("inf")) <= successor.cost:
                    continue
                seen[key] = successor.cost
                pushes += 1
                heappush(heap, (successor.cost + PER_FAILING * len(successor.failing), pushes, successor))
        unfinished = _furthest(heap) if incomplete and not repairs else []
        found = tuple(
            sorted(
                (*repairs.values(), *unfinished),
                key=lambda repair: (repair.cost, places_of(self.system, repair.operations)),
            )
        )
        incomplete = incomplete or any(map(self.structures.cut_short, map(self.system.equations.__getitem__, taken_up)))
        return Solution(tuple(sorted(group)), found, incomplete)

    def _successors(self, state: State, best: float) -> list[State]:
        chosen = self.system.equations[min(state.failing, key=self._fewest_cells)]
        limit = best + GAP
        found = []
        for variable in chosen.cells[:_MOST_CELLS]:
            if variable in state.changes or not self.plausibility.movable(variable):
                continue
            for value, story in self.implied.values(variable, state.failing, state.changes, state.residuals):
                if state.cost + story.cost <= limit:
                    operation = Operation(story.method, story.cost, ((variable, value),), support=story.support)
                    outcome = self._outcome(state, operation.changes, operation.shifts)
                    successor = after(state, operation, outcome)
                    if not successor.failing:
                        # Nothing dearer by more than the gap will be looked at once this one is taken up.
                        limit = min(limit, successor.cost + GAP)
                    found.append(successor)
        for move in self._mending(state, chosen, limit):
            changes = self.structures.changes(move)
            if changes is None or _reshaped_twice(state, move):
                continue
            mended = frozenset(self.system.variables[n].ref.row for n, _ in changes if n in state.changes)
            if mended:
                if move.method != "columns_swapped":
                    continue
                # Rows of these columns that a step before has put right stay as they are.
                changes = tuple(change for change in changes if self.system.variables[change[0]].ref.row not in mended)
            outcome = self._outcome(state, changes, move.shifts)
            if len(outcome.failing) >= len(state.failing) + min(len(changes) // _MANY_CHANGES, _MOST_BROKEN):
                continue
            bound = self.structures.bound(move)
            if bound is None or state.cost + bound.cost > limit:
                continue
            if mended:
                bound = bound.without(changes, mended)
            successor = after(state, bound, outcome)
            if not successor.failing:
                limit = min(limit, successor.cost + GAP)
            found.append(successor)
        aside = state.cost + self._price_aside(chosen, state)
        if aside <= limit:
            found.append(
                State(
                    aside,
                    state.operations,
                    state.changes,
                    state.residuals,
                    state.failing - {chosen.number},
                    state.aside | {chosen.number},
                    state.slack,
                    state.shifts,
                    state,
                )
            )
        return found

    def _fewest_cells(self, number: int) -> tuple[int, int]:
        equation = self.system.equations[number]
        return len(equation.cells), equation.order

    def _mending(self, state: State, chosen: Equation, limit: float) -> list[Move]:
        """The structural operations on this equation that mend a failing one, each once at its least price."""
        found: dict[object, Move] = {}
        moves = self.structures.touching(chosen)
        for place in self._mending_places(state, chosen, moves):
            move = moves[place]
            if state.cost + self.structures.least(move) <= limit:
                key = (move.table, move.cells, move.shifts)
                other = found.get(key)
                if other is None or move.cost < other.cost:
                    found[key] = move
        return list(found.values())

    def _mending_places(self, state: State, chosen: Equation, moves: Sequence[Move]) -> list[int]:
        """Which of the moves on an equation make a failing one hold, by what they do to its residual."""
        places: set[int] = set()
        for number in state.failing:
            equation = self.system.equations[number]
            effects = self._effects_on(chosen, equation, moves)
            if effects:
                residual = state.residuals.get(number, equation.residual)
                low = 0
                if not equation.bound:
                    low = bisect_left(effects, (-equation.tolerance - residual, -1))
                high = bisect_right(effects, (equation.tolerance - residual, len(moves)))
                places.update(place for _, place in effects[low:high])
        return sorted(places)

    def _effects_on(self, chosen: Equation, equation: Equation, moves: Sequence[Move]) -> list[tuple[int, int]]:
        """By how much each move on one equation changes the residual of another one, in order, with its place."""
        key = (chosen.number, equation.number)
        known = self._effects.get(key)
        if known is None:
            effects = ((self._effect(move, equation), place) for place, move in enumerate(moves))
            known = self._effects[key] = sorted((effect, place) for effect, place in effects if effect is not None)
        return known

    def _effect(self, move: Move, equation: Equation) -> int | None:
        """By how much a move changes the residual of an equation; None where it does not touch it."""
        own = self.system.numbers_of(equation).get(move.table)
        effect = move.effect_on(equation, own, self.system.variables) if own is not None else None
        shift = next((by for number, by in move.shifts if number == equation.number), None)
        return None if effect is None and shift is None else (effect or 0) + (shift or 0)

    def would_hold(self, equation: Equation, move: Move) -> bool:
        """Whether a failing equation, all else as printed, would hold after the move."""
        effect = self._effect(move, equation)
        return effect is not None and not equation.broken_by(equation.residual + effect)

    def _outcome(self, state: State, new: Changes, shifts: Changes) -> Outcome:
        """What comes of the equations where these variables get new values, and residuals move by these shifts."""
        system = self.system
        equations, variables = system.equations, system.variables
        changes = dict(state.changes)
        changes.update(new)
        residuals = dict(state.residuals)
        failing = set(state.failing)
        slack = state.slack
        touched: set[int] = set()
        system.trace.variables.update([variable for variable, _ in new])
        for variable, value in new:
            delta = value - variables[variable].value
            half = self.implied.half_unit_more(variable) if value else 0
            if half and slack is state.slack:
                slack = dict(slack)
            if half:
                system.rounding[variable] = half
            numbers = system.equations_of(variable)
            touched.update(numbers)
            for number in numbers:
                equation = equations[number]
                if equation.linear:
                    coefficient = equation.coefficients[variable]
                    residuals[number] = residuals.get(number, equation.residual) + coefficient * delta
                    if half:
                        # The new figure adds its own rounding to what the check allows.
                        slack[number] = slack.get(number, 0) + abs(coefficient) * half
        for number, shift in shifts:
            residuals[number] = residuals.get(number, equations[number].residual) + shift
            touched.add(number)
        extra = 0.0
        for number in touched:
            equation = equations[number]
            if not equation.linear:
                residuals[number] = system.residual_with(equation, changes)
            if number in state.aside:
                continue
            if equation.blockers and not equation.blockers <= changes.keys():
                before = state.residuals.get(number, equation.residual)
                if self._totals_nothing(equation, changes) and not equation.broken_by(before):
                    extra += PARTS_WITHOUT_TOTAL * equation.broken_by(residuals[number])
                continue
            residual, most = residuals[number], equation.tolerance
            if slack:
                most += slack.get(number, 0)
            # As `broken_by` has it: asked some thousand times for one group.
            if residual > most or (residual < -most and not equation.bound):
                elsewhere = equation.result.failed and residual == equation.residual
                if number in failing or not elsewhere:
                    # One that failed before by as much is another group's.
                    failing.add(number)
            else:
                failing.discard(number)
        return Outcome(changes, residuals, frozenset(failing), slack, extra)

    def _totals_nothing(self, equation: Equation, changes: Mapping[int, int]) -> bool:
        """Whether the total of the equation is blank and stays so."""
        variables = self.system.variables
        blank = {number for number in equation.totals if variables[number].kind is FigureKind.BLANK}
        return equation.check.relation is Relation.EQUAL and bool(blank - changes.keys())

    def _price_aside(self, equation: Equation, state: State) -> float:
        """What it costs to say that this check does not hold in this document."""
        if not equation.result.failed:
            return _SET_ASIDE_HELD
        rule = _rule_of(equation)
        if any(_rule_of(self.system.equations[number]) == rule for number in state.aside):
            return _SET_ASIDE_AGAIN
        if equation.check.weak:
            return _SET_ASIDE_WEAK
        if equation.check.relation is Relation.AT_MOST:
            return _SET_ASIDE_WORDS if equation.check.family is Family.NARRATIVE else _SET_ASIDE_INEQUALITY
        return _SET_ASIDE.get(equation.check.family, _SET_ASIDE_WITHIN_TABLE)


def _furthest(heap: Sequence[Entry]) -> list[Repair]:
    """What a search that found no whole repair came to: the steps that leave least, what still fails set aside."""
    reached = sorted(
        (state.cost + _SET_ASIDE_AGAIN * len(state.failing), number, state)
        for _, number, state in heap
        if state.operations
    )
    return [
        Repair(cost, state.operations, tuple(sorted(state.aside | state.failing)))
        for cost, _, state in reached[:_MOST_UNFINISHED]
    ]


def _reshaped_twice(state: State, move: Move) -> bool:
    """Whether a step before gives the same table another shape: the places of one of them would no longer be right."""
    if not move.edits:
        return False
    return any(other.edits and other.table == move.table for other in state.operations)


def _rule_of(equation: Equation) -> tuple[str, frozenset[str]]:
    """The rule that a check comes from, as far as one document tells: its name and the tables it ties."""
    return equation.check.name, frozenset(term.ref.table for term in equation.check.terms)


def places_of(system: System, operations: Sequence[Operation]) -> list[tuple[str, int, int, int]]:
    """The cells that operations change with what they get: a fixed order for repairs of one cost."""
    changes = [(system.variables[number].ref, value) for operation in operations for number, value in operation.changes]
    return sorted((ref.table, ref.row, ref.column, value) for ref, value in changes)
