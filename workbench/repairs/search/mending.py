"""Which operations on the shape of a table mend a failing equation, by what they do to its residual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workbench.repairs.equation import Equation
from workbench.repairs.search.states import State
from workbench.repairs.slips.asked import Asked
from workbench.repairs.slips.bound_moves import TOLD_BY_LOOKS
from workbench.repairs.slips.relocation import Move, Place
from workbench.repairs.slips.structures import Structures
from workbench.repairs.system import System


@dataclass(slots=True)
class Mending:
    """The moves of one system that mend its equations."""

    system: System
    structures: Structures

    def moves(self, state: State, chosen: Equation, limit: float, *, by_looks_alone: bool = False) -> list[Move]:
        """The moves on this equation that mend a failing one, or put pieces of figures together or apart, each once at
        its least price; those alone that looks may tell where no others are wanted."""
        asked = Asked.of(self.system, sorted(state.failing), state.residuals)
        mending: list[Move] = []
        pieces: list[Move] = []
        for move in self.structures.touching(chosen, asked, by_looks_alone=by_looks_alone):
            if state.cost + self.structures.moves.least(move) <= limit:
                if move.method in TOLD_BY_LOOKS:
                    pieces.append(move)
                elif self._mends(move, asked):
                    mending.append(move)
        found: dict[object, Move] = {}
        for move in (*mending, *pieces):
            key = (move.table, move.cells, move.shifts)
            other = found.get(key)
            if other is None or move.cost < other.cost:
                found[key] = move
        return list(found.values())

    def _mends(self, move: Move, asked: Asked) -> bool:
        """Whether one of the failing equations holds after the move."""
        for equation, low, high in asked.wishes if move.shifts else asked.of_table(move.table):
            effect = self._effect(move, equation)
            if effect is not None and low <= effect <= high:
                return True
        return False

    def would_hold(self, equation: Equation, move: Move) -> bool:
        """Whether a failing equation, all else as printed, would hold after the move."""
        effect = self._effect(move, equation)
        return effect is not None and not equation.broken_by(equation.residual + effect)

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
