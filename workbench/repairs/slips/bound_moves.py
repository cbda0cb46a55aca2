"""Moves as operations: the variables that each changes, and what it costs once the looks of its cells have spoken."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.model.amount import FigureKind
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.looks import CORROBORATED, MOST_EVIDENCE, evidence_of
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import LEAST, Plausibility, softened
from workbench.repairs.slips.wrapped_rows import WrappedRows
from workbench.repairs.system import System

_OF_PIECES = 0.1
"""How much of its price a figure that was cut, or ran together with another, costs at the least: pieces that fit leave
nothing unexplained, as a figure does that is changed beside them."""
_PIECES = frozenset({"figure_split", "figures_merged"})
TOLD_BY_LOOKS = _PIECES | {"other_half"}
"""Slips that the cells alone may tell: a figure in the half of a row that names nothing, beside one that does."""

_WITHIN_ONE_ROW = 3.0
"""More for a move of figures between two rows that are one."""

Changes = tuple[tuple[int, int], ...]
"""Variables, or equations, and what they get."""


@dataclass(slots=True)
class BoundMoves:
    """The moves of one document as operations, each bound once."""

    system: System
    plausibility: Plausibility
    wrapped: WrappedRows
    _changes: dict[Move, Changes | None] = field(default_factory=dict)
    _bound: dict[Move, Operation | None] = field(default_factory=dict)

    def least(self, move: Move) -> float:
        """What the move costs at the least, whatever the looks of its cells say."""
        return _least(move.cost, move.method)

    def changes(self, move: Move) -> Changes | None:
        """The variables that the move changes and what they get. None where it would change a label, a code or a cell
        that must stay, put a negative into a column without any, or say of a cell what the reviewer ruled out."""
        if move not in self._changes:
            self._changes[move] = self._changes_of(move)
        return self._changes[move]

    def bound(self, move: Move) -> Operation | None:
        """The move as an operation at its full price, with what the looks of its cells say for or against it; None
        where it must not be."""
        figures, cells = self.system.trace.figures, move.cells or ()
        figures.update([value for _, _, value in cells])
        figures.update([move.layout.values(row)[column] for (row, column), _, _ in cells])
        if move not in self._bound:
            self._bound[move] = self._bind(move)
        return self._bound[move]

    def _changes_of(self, move: Move) -> Changes | None:
        changes: list[tuple[int, int]] = []
        if move.cells is None:
            return None
        for (row, column), _, value in move.cells:
            variable = self.system.at(move.table, row, column)
            # Columns take their signs along.
            if value < 0 and move.method != "columns_swapped" and not move.layout.style(column).negatives:
                return None
            if not self.plausibility.may_say(variable, value):
                return None
            if value != variable.value or variable.kind is FigureKind.GARBLED:
                changes.append((variable.number, value))
        return tuple(changes) if changes or move.shifts else None

    def _bind(self, move: Move) -> Operation | None:
        changes = self.changes(move)
        if changes is None:
            return None
        table = move.table
        texts = [(self.system.at(table, *place).ref, text) for place, text, _ in move.cells or ()]
        cost = move.cost + evidence_of(self.plausibility.index, move.layout, texts)
        if not move.edits and self._within_one_row(move.layout, {ref.row for ref, _ in texts}):
            cost += _WITHIN_ONE_ROW
        return Operation(
            move.method,
            softened(cost, _floor(move.cost, move.method)),
            changes,
            tuple(texts),
            move.support,
            move.edits,
            move.shifts,
            table,
            move.certain,
        )

    def _within_one_row(self, layout: TableLayout, rows: Set[int]) -> bool:
        """Whether two of these rows are one of which the name was cut: then no figure went astray between them."""
        return len(rows) > 1 and any({cut.row, cut.row + 1} <= rows for cut in self.wrapped.names_cut(layout))


@lru_cache(maxsize=1024)
def _least(cost: float, method: str) -> float:
    """What a move of this price costs at the least, whatever the looks of its cells say."""
    return softened(cost - MOST_EVIDENCE - CORROBORATED, _floor(cost, method))


def _floor(cost: float, method: str) -> float:
    """Below which nothing that speaks for a move of this price makes it much cheaper."""
    return 0.2 + _OF_PIECES * cost if method in _PIECES else LEAST
