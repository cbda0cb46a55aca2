"""Which operations on the shape of a table mend a failing equation, by what they do to its residual."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.repairs.equation import Equation
from workbench.repairs.search.states import State
from workbench.repairs.slips.operations import TOLD_BY_LOOKS, Structures
from workbench.repairs.slips.relocation import Move, Place
from workbench.repairs.system import System


@dataclass(slots=True)
class Mending:
    """The moves of one system that mend its equations."""

    system: System
    structures: Structures
    _effects: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)
    _pieces: dict[int, list[int]] = field(default_factory=dict)

    def moves(self, state: State, chosen: Equation, limit: float) -> list[Move]:
        """The moves on this equation that mend a failing one, or put pieces of figures together or apart, each once at
        its least price."""
        found: dict[object, Move] = {}
        moves = self.structures.touching(chosen)
        for place in (*self._places(state, chosen, moves), *self._pieces_among(chosen, moves)):
            move = moves[place]
            if state.cost + self.structures.least(move) <= limit:
                key = (move.table, move.cells, move.shifts)
                other = found.get(key)
                if other is None or move.cost < other.cost:
                    found[key] = move
        return list(found.values())

    def would_hold(self, equation: Equation, move: Move) -> bool:
        """Whether a failing equation, all else as printed, would hold after the move."""
        effect = self._effect(move, equation)
        return effect is not None and not equation.broken_by(equation.residual + effect)

    def _places(self, state: State, chosen: Equation, moves: Sequence[Move]) -> list[int]:
        """Which of the moves on an equation make a failing one hold."""
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

    def _pieces_among(self, chosen: Equation, moves: Sequence[Move]) -> list[int]:
        """Which of the moves on an equation are about pieces of figures."""
        known = self._pieces.get(chosen.number)
        if known is None:
            known = self._pieces[chosen.number] = [
                place for place, move in enumerate(moves) if move.method in TOLD_BY_LOOKS
            ]
        return known

    def _effects_on(self, chosen: Equation, equation: Equation, moves: Sequence[Move]) -> list[tuple[int, int]]:
        """By how much each move on one equation changes the residual of another one, in order, with its place."""
        key = (chosen.number, equation.number)
        known = self._effects.get(key)
        if known is None:
            effects = [(self._effect(move, equation), place) for place, move in enumerate(moves)]
            known = self._effects[key] = sorted((effect, place) for effect, place in effects if effect is not None)
        return known

    def _effect(self, move: Move, equation: Equation) -> int | None:
        """By how much a move changes the residual of an equation; None where it does not touch it."""
        own = self.system.numbers_of(equation).get(move.table)
        if own is None:
            effect = None
        elif equation.linear:
            effect = move.effect_on(equation, own)
        else:
            effect = self._effect_on_share(move, equation, own)
        shift = dict(move.shifts).get(equation.number) if move.shifts else None
        return effect if shift is None else (effect or 0) + shift

    def _effect_on_share(self, move: Move, equation: Equation, own: Mapping[Place, int]) -> int | None:
        """The same for a share, a growth or a product: what it is off by, all else as printed. One that is left without
        a figure is not mended by it."""
        changes = {own[place]: value for place, _, value in move.cells or () if place in own}
        if not changes or not all(changes.values()):
            return None
        return self.system.residual_with(equation, changes) - equation.residual
