"""What a step of a search makes of the equations: which of them fail then, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from workbench.model.amount import FigureKind
from workbench.model.check import Relation
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.search.implied import Implied
from workbench.repairs.search.states import Changes, Outcome, State
from workbench.repairs.slips.relocation import Move, Place, SwappedColumns
from workbench.repairs.system import System

_PARTS_WITHOUT_TOTAL = 2.0
"""For a figure put on a row or into a column whose total is blank."""


@dataclass(slots=True)
class Outcomes:
    """The outcomes of steps in one system of equations."""

    system: System
    implied: Implied

    def of(self, state: State, new: Changes, shifts: Changes) -> Outcome:
        """What comes of the equations where these variables get new values, and residuals move by these shifts."""
        self.system.trace.variables.update([variable for variable, _ in new])
        changes, residuals = dict(state.changes), dict(state.residuals)
        changes.update(new)
        touched, slack = self._put(state, new, residuals)
        for number, shift in shifts:
            residuals[number] = residuals.get(number, self.system.equations[number].residual) + shift
            touched.add(number)
        failing, extra = self._met(state, touched, changes, residuals, slack)
        return Outcome(changes, residuals, failing, slack, extra)

    def hands_on(self, state: State, move: Move, columns: SwappedColumns) -> bool:
        """Whether all that a swap of two columns mends fails by as much in the other column then: a sum that does not
        hold stands beside one that does, and they change places."""
        for number in state.failing:
            equation = self.system.equations[number]
            places = [place for place in self.system.numbers_of(equation).get(move.table, ()) if columns.holds(place)]
            if places and not equation.linear:
                return False
            effect = move.effect_on(equation, self.system.numbers_of(equation)[move.table]) if places else None
            residual = state.residuals.get(number, equation.residual)
            if effect is None or equation.broken_by(residual + effect):
                continue
            row, column = places[0]
            beside = self.system.variable(CellRef(move.table, row, columns.other(column)))
            self.system.trace.variables.add(beside.number)
            if not any(
                self._becomes(self.system.equations[other], move, residual)
                for other in self.system.equations_of(beside.number)
            ):
                return False
        return True

    def _becomes(self, equation: Equation, move: Move, residual: int) -> bool:
        """Whether an equation that holds is off by this after a move."""
        if not equation.linear or not equation.held:
            return False
        effect = move.effect_on(equation, self.system.numbers_of(equation)[move.table])
        return effect is not None and equation.residual + effect == residual

    def spoils(self, state: State, move: Move, most: int) -> bool:
        """Whether more than so many checks that hold would fail after a move: told by the first of them that it
        touches, so that the others need not be looked at. Never said wrongly, but not always said."""
        system, residuals = self.system, state.residuals
        seen: set[int] = set()
        broken = 0
        for row, column in move.places():
            variable = system.at(move.table, row, column).number
            system.trace.variables.add(variable)
            for number in system.equations_of(variable):
                if number in seen or number in state.failing or number in state.aside:
                    continue
                seen.add(number)
                equation = system.equations[number]
                if not equation.linear or equation.blockers or not equation.held:
                    continue
                own = system.numbers_of(equation)[move.table]
                effect = move.effect_on(equation, own)
                if effect:
                    residual = residuals.get(number, equation.residual) + effect
                    slack = state.slack.get(number, 0)
                    if equation.broken_by(residual, slack) and equation.broken_by(
                        residual, slack + self._rounding(move, equation, own)
                    ):
                        broken += 1
                        if broken > most:
                            return True
        return False

    def _rounding(self, move: Move, equation: Equation, own: Mapping[Place, int]) -> int:
        """By how much more than printed an equation may be off for the rounding of the figures that a move brings."""
        halves = ((abs(equation.coefficients[own[place]]), own[place]) for place in own if move.step(place))
        return sum(coefficient * self.implied.half_unit_more(variable) for coefficient, variable in halves)

    def _put(self, state: State, new: Changes, residuals: dict[int, int]) -> tuple[set[int], dict[int, int]]:
        """Puts new values into the residuals of linear equations; the equations touched, and by how much more than
        printed each may be off."""
        system, equations = self.system, self.system.equations
        slack = state.slack
        touched: set[int] = set()
        for variable, value in new:
            delta = value - system.variables[variable].value
            half = self.implied.half_unit_more(variable) if value else 0
            if half:
                slack = dict(slack) if slack is state.slack else slack
                system.rounding[variable] = half
            numbers = system.equations_of(variable)
            touched.update(numbers)
            for number in numbers:
                equation = equations[number]
                if equation.linear:
                    coefficient = equation.coefficients[variable]
                    residual = residuals.get(number, equation.residual)
                    residuals[number] = residual + coefficient * delta
                    if half:
                        # The new figure adds its own rounding to what the check allows.
                        slack[number] = slack.get(number, 0) + abs(coefficient) * half
                elif half and variable in equation.stated:
                    slack[number] = slack.get(number, 0) + half
        return touched, slack

    def _met(
        self,
        state: State,
        touched: Iterable[int],
        changes: dict[int, int],
        residuals: dict[int, int],
        slack: Mapping[int, int],
    ) -> tuple[frozenset[int], float]:
        """Which equations fail once these are met anew, and what that costs beside the price of the step."""
        equations, failing = self.system.equations, set(state.failing)
        extra = 0.0
        for number in touched:
            equation = equations[number]
            if not equation.linear:
                residuals[number] = self.system.residual_with(equation, changes)
            if number in state.aside:
                continue
            if equation.blockers and not equation.blockers <= changes.keys():
                before = state.residuals.get(number, equation.residual)
                if self._totals_nothing(equation, changes) and not equation.broken_by(before):
                    extra += _PARTS_WITHOUT_TOTAL * equation.broken_by(residuals[number])
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
        return frozenset(failing), extra

    def _totals_nothing(self, equation: Equation, changes: Mapping[int, int]) -> bool:
        """Whether the total of the equation is blank and stays so."""
        variables = self.system.variables
        blank = {number for number in equation.totals if variables[number].kind is FigureKind.BLANK}
        return equation.check.relation is Relation.EQUAL and bool(blank - changes.keys())
