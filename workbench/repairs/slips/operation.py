"""One step of a repair, and what several of them do together.

Each operation undoes one slip and has one price, however many cells it touches (Scholtus 2016 generalises Fellegi and
Holt to edit operations in this way).
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from workbench.model.edit import Edit
from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import Support

Effect = tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a repair: variables and the values they get. `texts` are the new texts of all cells that a
    structural operation touches; an operation on one figure has none (its text follows from its value).

    An operation on the rows or columns of `table` is carried out by its `edits`; `shifts` are equations and by how much
    their residuals move beyond what the changed variables make of them (a row that is put in is a part of a sum). It is
    not `certain` where another operation of the kind does the same to all equations.
    """

    method: str
    cost: float
    changes: tuple[tuple[int, int], ...]
    texts: tuple[tuple[CellRef, str], ...] = ()
    support: Support | None = None
    edits: tuple[Edit, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    table: str = ""
    certain: bool = True

    def without(self, changes: tuple[tuple[int, int], ...], rows: Set[int]) -> Operation:
        """The same on all but some rows: with these changes."""
        return replace(self, changes=changes, texts=tuple(text for text in self.texts if text[0].row not in rows))

    @property
    def structural(self) -> bool:
        """Whether it moves figures rather than changing one."""
        return bool(self.texts or self.edits)

    @property
    def effect(self) -> Effect:
        """What it does to variables and equations: what tells operations apart."""
        return self.changes, self.shifts


def effect_of(operations: Iterable[Operation]) -> tuple[dict[int, int], dict[int, int]]:
    """The changes of variables and the shifts of residuals by several operations together."""
    changes: dict[int, int] = {}
    shifts: dict[int, int] = {}
    for operation in operations:
        changes.update(operation.changes)
        for number, shift in operation.shifts:
            shifts[number] = shifts.get(number, 0) + shift
    return changes, shifts
