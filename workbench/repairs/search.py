"""The search for whole repairs of one group of failing checks: best first, over operations with costs.

A state is a set of operations so far, the checks set aside so far and the checks that still fail. The failing check
with the fewest cells is taken up: any repair must change one of its cells or say that it does not hold here, so
nothing is lost. Passing checks that an operation breaks join the failing ones; they may be mended by the next step.
A hitting-set tree (Reiter 1987) whose branches carry values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import heappop, heappush

from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Family, Outcome, Relation
from workbench.repairs.constraints import Budget
from workbench.repairs.operations import Move, Operation, Structures
from workbench.repairs.stories import Plausibility, Story
from workbench.repairs.system import PLACES, Equation, System, to_units
from workbench.repairs.typos import VAGUE, bare, guess, shortened

GAP = 4.5
"""Repairs dearer than the best by more than this (probability below 1 in 90) are not looked for."""

PER_FAILING = 2.4
"""What mending one more failing check is reckoned to cost at least."""

PER_STEP_OF_ROUNDING = 0.4
PER_STEP_WHERE_SUMS_ARE_EXACT = 2.0
"""For each unit in the last place that a figure differs from what its check implies exactly, in documents that round
after adding and in documents that add what they print."""

_ROUNDING_SHARE = 0.03
_SAMPLE = 1000

PARTS_WITHOUT_TOTAL = 2.0
"""For a figure put on a row or into a column whose total is blank."""

_SET_ASIDE = {Family.CROSS_TABLE: 7.0, Family.NARRATIVE: 6.0, Family.YOY: 6.0, Family.PLAN: 6.0, Family.PERCENT: 7.0}
_SET_ASIDE_WITHIN_TABLE = 11.0
_SET_ASIDE_WEAK = 3.5
_SET_ASIDE_INEQUALITY = 7.0
_SET_ASIDE_WORDS = 4.0
_SET_ASIDE_AGAIN = 3.0
_SET_ASIDE_HELD = 13.0
_MOST_STEPS_OF_ROUNDING = 6
_MOST_CELLS = 400
_MOST_VALUES = 3
_NEAR = 2.0
"""Of the values that one check allows a cell: how many are taken up, and how much dearer than the best."""
_JUST_AT_THE_BOUND = 1.5
_BY_A_ROUNDED_SHARE = 2.0
"""For an amount that only a share or a growth rate, rounded as it is, asks for."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A whole repair of a group: its operations, and the equations that it says do not hold in this document."""

    cost: float
    operations: tuple[Operation, ...]
    aside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """The repairs of a group, cheapest first, and whether the budget ended the search."""

    group: tuple[int, ...]
    repairs: tuple[Repair, ...]
    incomplete: bool = False


@dataclass(slots=True)
class _State:
    cost: float
    operations: tuple[Operation, ...]
    changes: dict[int, int]
    residuals: dict[int, int]
    failing: frozenset[int]
    aside: frozenset[int]
    slack: dict[int, int]
    shifts: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> _Key:
        """What tells it from other states: the ways that lead to it apart."""
        return frozenset(self.changes.items()), self.shifts, self.aside


_Key = tuple[frozenset[tuple[int, int]], tuple[tuple[int, int], ...], frozenset[int]]


@dataclass(slots=True)
class Search:
    """Solves groups of failing equations of one system."""

    system: System
    plausibility: Plausibility
    structures: Structures
    budget: Budget = field(default_factory=Budget)
    _step: float | None = None
    _known_deltas: dict[Move, tuple[int, dict[int, int]]] = field(default_factory=dict)

    def solve(self, group: Sequence[int]) -> Solution:
        """The cheapest repairs of the failing equations `group`."""
        start = _State(0.0, (), {}, {}, frozenset(group), frozenset(), {})
        heap: list[tuple[float, int, _State]] = [(PER_FAILING * len(start.failing), 0, start)]
        seen: dict[_Key, float] = {}
        repairs: dict[_Key, Repair] = {}
        best = float("inf")
        nodes = pushes = 0
        incomplete = False
        while heap:
            reckoned, _, state = heappop(heap)
            if reckoned > best + GAP or len(repairs) >= self.budget.repairs:
                break
            key = state.key
            if seen.get(key, float("inf")) < state.cost:
                continue
            if not state.failing:
                if key not in repairs:
                    repairs[key] = Repair(state.cost, state.operations, tuple(sorted(state.aside)))
                    best = min(best, state.cost)
                continue
            nodes += 1
            if nodes > self.budget.nodes or pushes > self.budget.pushes:
                incomplete = True
                break
            for successor in self._successors(state, best):
                key = successor.key
                if seen.get(key, float("inf")) <= successor.cost:
                    continue
                seen[key] = successor.cost
                pushes += 1
                heappush(heap, (successor.cost + PER_FAILING * len(successor.failing), pushes, successor))
        found = tuple(
            sorted(repairs.values(), key=lambda repair: (repair.cost, places_of(self.system, repair.operations)))
        )
        return Solution(tuple(sorted(group)), found, incomplete)

    def _successors(self, state: _State, best: float) -> list[_State]:
        chosen = self.system.equations[min(state.failing, key=self._fewest_cells)]
        limit = best + GAP
        found = []
        for variable in chosen.cells[:_MOST_CELLS]:
            if variable in state.changes or not self.plausibility.movable(variable):
                continue
            for value, story in self._values(state, variable):
                if state.cost + story.cost <= limit:
                    operation = Operation(story.method, story.cost, ((variable, value),), support=story.support)
                    found.append(self._apply(state, operation))
        for move in self.structures.touching(chosen):
            if not self._mends(state, move):
                continue
            bound = self.structures.bound(move)
            if bound is None or state.cost + bound.cost > limit:
                continue
            if any(number in state.changes for number, _ in bound.changes) or _reshaped_twice(state, bound):
                continue
            successor = self._apply(state, bound)
            if len(successor.failing) < len(state.failing):
                found.append(successor)
        aside = state.cost + self._price_aside(chosen, state)
        if aside <= limit:
            found.append(
                _State(
                    aside,
                    state.operations,
                    state.changes,
                    state.residuals,
                    state.failing - {chosen.number},
                    state.aside | {chosen.number},
                    state.slack,
                    state.shifts,
                )
            )
        return found

    def _fewest_cells(self, number: int) -> tuple[int, int]:
        equation = self.system.equations[number]
        return len(equation.cells), equation.order

    def would_hold(self, equation: Equation, move: Move) -> bool:
        """Whether a failing equation, all else as printed, would hold after the move."""
        residual = equation.residual + dict(move.shifts).get(equation.number, 0)
        return self._holds_after(equation, self._deltas(move), residual, touched=residual != equation.residual)

    def _mends(self, state: _State, move: Move) -> bool:
        """Whether a failing equation would hold after the move; looks at no others."""
        deltas = self._deltas(move)
        shifts = dict(move.shifts)
        for failing in state.failing:
            equation = self.system.equations[failing]
            residual = state.residuals.get(failing, equation.residual) + shifts.get(failing, 0)
            if self._holds_after(equation, deltas, residual, touched=failing in shifts):
                return True
        return False

    def _deltas(self, move: Move) -> dict[int, int]:
        """By how much the move changes the variables that were reached so far."""
        variables = self.system.variables
        numbers = self.system.numbers_in(move.layout.table.id)
        known = self._known_deltas.get(move)
        if known is not None and known[0] == len(numbers):
            return known[1]
        deltas = {
            numbers[place]: value - variables[numbers[place]].value
            for place, _, value in move.cells
            if place in numbers
        }
        self._known_deltas[move] = (len(numbers), deltas)
        return deltas

    def _holds_after(self, equation: Equation, deltas: dict[int, int], residual: int, *, touched: bool) -> bool:
        coefficients = equation.coefficients
        for number in deltas if len(deltas) < len(coefficients) else coefficients:
            if number in coefficients and number in deltas:
                residual += coefficients[number] * deltas[number]
                touched = True
        return touched and not equation.broken_by(residual)

    def _values(self, state: _State, variable: int) -> list[tuple[int, Story]]:
        """The values that failing checks imply for a cell, each with its story."""
        found: dict[int, Story] = {}
        meant = self._meant(variable)
        if meant is not None:
            story = self.plausibility.story(variable, meant, state.changes)
            if story is not None:
                found[meant] = story
        for number in self.system.equations_of(variable):
            if number not in state.failing:
                continue
            equation = self.system.equations[number]
            if not equation.blockers <= state.changes.keys() | {variable}:
                continue
            residual = state.residuals.get(number, equation.residual)
            exact = self.system.implied(equation, variable, state.changes, residual)
            if exact is None:
                continue
            for cost, _, value, story in self._likeliest(state, equation, variable, exact):
                if value not in found or cost < found[value].cost:
                    found[value] = Story(story.method, cost, story.support)
        return sorted(found.items())

    def _likeliest(
        self, state: _State, equation: Equation, variable: int, exact: int
    ) -> list[tuple[float, int, int, Story]]:
        """The few most plausible of the values that the check accepts: cost, last places off, value and story."""
        priced = []
        for value, steps in self._within_tolerance(equation, variable, exact):
            story = self.plausibility.story(variable, value, state.changes)
            if story is None:
                continue
            named = story.support is not None and story.support.same_name
            if steps and value and story.method in VAGUE and not named:
                # What explains any figure does not single out one that the check only just allows.
                continue
            # Two figures of one amount are equal, also where sums differ by rounding.
            cost = story.cost + (self.per_step() if len(equation.cells) > 2 else PER_STEP_WHERE_SUMS_ARE_EXACT) * steps
            if equation.check.relation is Relation.AT_MOST and not steps:
                cost += _JUST_AT_THE_BOUND
            if not equation.linear and variable not in equation.stated:
                cost += _BY_A_ROUNDED_SHARE
            priced.append((cost, steps, value, story))
        priced.sort(key=lambda entry: entry[:3])
        return [entry for entry in priced[:_MOST_VALUES] if entry[0] <= priced[0][0] + _NEAR]

    def per_step(self) -> float:
        """What a last place costs in this document: less where sums differ by rounding elsewhere too."""
        if self._step is None:
            held = rounded = 0
            for result in self.system.reconciliation.results[:_SAMPLE]:
                if len(result.check.terms) > 2:
                    held += result.outcome is Outcome.PASS
                    rounded += result.outcome is Outcome.WITHIN_ROUNDING
            often = rounded > _ROUNDING_SHARE * (held + rounded)
            self._step = PER_STEP_OF_ROUNDING if often else PER_STEP_WHERE_SUMS_ARE_EXACT
        return self._step

    def _meant(self, variable: int) -> int | None:
        """What an unreadable figure says when its letters are read as the digits they look like."""
        found = self.system.variables[variable]
        if found.kind is not FigureKind.GARBLED:
            return None
        figure = read_figure(guess(found.cell.text))
        return None if figure.value is None else to_units(figure.value)

    def _within_tolerance(self, equation: Equation, variable: int, exact: int) -> list[tuple[int, int]]:
        """The printable values near the implied one that the check accepts, with how many last places off."""
        found = self.system.variables[variable]
        style = self.plausibility.style(found.ref)
        decimals = style.decimals
        if found.kind is FigureKind.NUMBER and not style.model:
            decimals = found.decimals
        unit = 10 ** (PLACES - min(decimals, PLACES))
        nearest = (exact + unit // 2) // unit * unit
        coefficient = abs(equation.coefficients.get(variable, 0))
        if not coefficient:
            return [(nearest, 0)]
        if equation.check.relation is Relation.AT_MOST:
            return [(nearest, 0), *((value, 1) for value in self._shortened(equation, variable, exact))]
        values = [(nearest, 0)]
        if nearest != exact:
            # The column may print too few decimals to hold what the check implies.
            values.append((exact, 0))
            if abs(nearest - exact) * coefficient > equation.tolerance:
                values = [(exact, 0)]
        more = self._half_unit_more(variable)
        slack = min(equation.tolerance // (coefficient * unit) + bool(more), _MOST_STEPS_OF_ROUNDING)
        for step in range(1, slack + 1):
            values += [(nearest + step * unit, step), (nearest - step * unit, step)]
        return values

    def _shortened(self, equation: Equation, variable: int, most: int) -> list[int]:
        """The values below a bound that one slip could have made into what a too large cell prints."""
        found = self.system.variables[variable]
        if equation.coefficients[variable] < 0 or found.kind is not FigureKind.NUMBER:
            return []
        values = (to_units(Decimal(text)) for text in shortened(bare(found.cell.text)))
        return [value for value in dict.fromkeys(values) if 0 < value <= most]

    def _apply(self, state: _State, operation: Operation) -> _State:
        system = self.system
        changes = dict(state.changes)
        changes.update(operation.changes)
        residuals = dict(state.residuals)
        failing = set(state.failing)
        slack = state.slack
        touched: set[int] = set()
        system.trace.variables.update(variable for variable, _ in operation.changes)
        for variable, value in operation.changes:
            delta = value - system.variables[variable].value
            half = self._half_unit_more(variable) if value else 0
            if half:
                slack = dict(slack)
            for number in system.equations_of(variable):
                equation = system.equations[number]
                if equation.linear:
                    known = residuals.get(number, equation.residual)
                    residuals[number] = known + equation.coefficients[variable] * delta
                    if half:
                        # The new figure adds its own rounding to what the check allows.
                        slack[number] = slack.get(number, 0) + abs(equation.coefficients[variable]) * half
                touched.add(number)
        for number, shift in operation.shifts:
            residuals[number] = residuals.get(number, system.equations[number].residual) + shift
            touched.add(number)
        extra = 0.0
        for number in sorted(touched):
            equation = system.equations[number]
            if not equation.linear:
                residuals[number] = system.residual_with(equation, changes)
            if number in state.aside:
                continue
            if equation.blockers and not equation.blockers <= changes.keys():
                before = state.residuals.get(number, equation.residual)
                if self._totals_nothing(equation, changes) and not equation.broken_by(before):
                    extra += PARTS_WITHOUT_TOTAL * equation.broken_by(residuals[number])
                continue
            if equation.broken_by(residuals[number], slack.get(number, 0)):
                elsewhere = equation.result.failed and residuals[number] == equation.residual
                if number in failing or not elsewhere:
                    # One that failed before by as much is another group's.
                    failing.add(number)
            else:
                failing.discard(number)
        return _State(
            state.cost + operation.cost + extra,
            (*state.operations, operation),
            changes,
            residuals,
            frozenset(failing),
            state.aside,
            slack,
            state.shifts + operation.shifts,
        )

    def _totals_nothing(self, equation: Equation, changes: Mapping[int, int]) -> bool:
        """Whether the total of the equation is blank and stays so."""
        variables = self.system.variables
        blank = {number for number in equation.totals if variables[number].kind is FigureKind.BLANK}
        return equation.check.relation is Relation.EQUAL and bool(blank - changes.keys())

    def _half_unit_more(self, variable: int) -> int:
        """By how much the rounding of a new figure exceeds that of the printed one: where nothing was printed, or more
        decimals than the column has."""
        found = self.system.variables[variable]
        decimals = self.plausibility.style(found.ref).decimals
        if not found.value:
            return half_unit(decimals)
        return half_unit(decimals) - half_unit(found.decimals) if found.decimals > decimals else 0

    def _price_aside(self, equation: Equation, state: _State) -> float:
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


def _reshaped_twice(state: _State, operation: Operation) -> bool:
    """Whether a step before gives the same table another shape: the places of one of them would no longer be right."""
    if not operation.edits:
        return False
    tables = {other.table for other in state.operations if other.edits}
    return operation.table in tables


def _rule_of(equation: Equation) -> tuple[str, frozenset[str]]:
    """The rule that a check comes from, as far as one document tells: its name and the tables it ties."""
    return equation.check.name, frozenset(term.ref.table for term in equation.check.terms)


def half_unit(decimals: int) -> int:
    """Half a unit in the last of so many decimals, in the units of the system."""
    return int(5 * 10 ** max(PLACES - decimals - 1, 0))


def places_of(system: System, operations: Sequence[Operation]) -> list[tuple[str, int, int, int]]:
    """The cells that operations change with what they get: a fixed order for repairs of one cost."""
    changes = [(system.variables[number].ref, value) for operation in operations for number, value in operation.changes]
    return sorted((ref.table, ref.row, ref.column, value) for ref, value in changes)
