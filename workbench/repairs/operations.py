"""Repairs that move figures: a run shifted by a column, a figure or a block moved by a row, cells run together or cut.

Each operation undoes one slip and has one price, however many cells it touches (Scholtus 2016 generalises Fellegi and
Holt to edit operations in this way).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.model.amount import FigureKind, read_figure
from workbench.model.table import CellRef
from workbench.repairs.corroboration import Support
from workbench.repairs.layout import TableLayout
from workbench.repairs.moves import LONGEST_BLOCK, Found, blocks_from, holds, of_row, swapped_columns
from workbench.repairs.stories import LEAST, Plausibility
from workbench.repairs.system import Equation, System, to_units

ODD_FORM = 1.5
"""For each cell whose figure is printed unlike the others of its column, before and after."""
ALONE = 1.0
"""For a figure in a column that otherwise has none."""
UNNAMED = 2.0
"""For a figure on a row without a label."""
_MOST_EVIDENCE = 4.0
CORROBORATED = 1.0
"""Less where a figure lands on a row whose name it stands by elsewhere."""

_MOST_ROWS_SWAPPED = 200


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a repair: variables and the values they get. `texts` are the new texts of all cells that a
    structural operation touches; an operation on one figure has none (its text follows from its value)."""

    method: str
    cost: float
    changes: tuple[tuple[int, int], ...]
    texts: tuple[tuple[CellRef, str], ...] = ()
    support: Support | None = None

    @property
    def structural(self) -> bool:
        """Whether it moves figures rather than changing one."""
        return bool(self.texts)


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """A structural operation before it is priced and bound to variables: what the cells of one table would print, and
    what that comes to."""

    method: str
    cost: float
    layout: TableLayout
    cells: tuple[tuple[tuple[int, int], str, int], ...]


@dataclass(slots=True)
class Structures:
    """The structural operations of one document, made row by row as a search asks for them."""

    system: System
    plausibility: Plausibility
    _rows: dict[tuple[str, int], tuple[Move, ...]] = field(default_factory=dict)
    _blocks: dict[CellRef, tuple[Move, ...]] = field(default_factory=dict)
    _columns: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    _touching: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    _bound: dict[Move, Operation | None] = field(default_factory=dict)

    def touching(self, equation: Equation) -> tuple[Move, ...]:
        """Every structural operation that changes a cell of this equation, each once, in a fixed order."""
        known = self._touching.get(equation.number)
        if known is None:
            found: dict[object, Move] = {}
            places = self.system.numbers_of(equation)
            for move in self._gather(equation.cells):
                own = places.get(move.layout.table.id, {})
                if not any(place in own for place, _, _ in move.cells):
                    continue
                key = (move.layout.table.id, move.cells)
                other = found.get(key)
                if other is None or move.cost < other.cost:
                    found[key] = move
            known = self._touching[equation.number] = tuple(found.values())
        return known

    def bound(self, move: Move) -> Operation | None:
        """The move as an operation at its full price, with what the looks of its cells say for or against it. None
        where it would change a label, a code or a cell that must stay, or put a negative into a column without any."""
        if move not in self._bound:
            self._bound[move] = self._bind(move)
        return self._bound[move]

    def _bind(self, move: Move) -> Operation | None:
        changes: list[tuple[int, int]] = []
        texts: list[tuple[CellRef, str]] = []
        for (row, column), text, value in move.cells:
            variable = self.system.variable(CellRef(move.layout.table.id, row, column))
            negative = value < 0 and not move.layout.style(column).negatives
            if negative or not self.plausibility.movable(variable.number):
                return None
            texts.append((variable.ref, text))
            if value != variable.value or variable.kind is FigureKind.GARBLED:
                changes.append((variable.number, value))
        if not changes:
            return None
        cost = move.cost + self._evidence(move.layout, texts)
        return Operation(move.method, max(cost, LEAST), tuple(changes), tuple(texts))

    def _gather(self, variables: tuple[int, ...]) -> Iterator[Move]:
        refs = [self.system.variables[variable].ref for variable in variables]
        rows = dict.fromkeys((ref.table, ref.row) for ref in refs)
        for table, row in rows:
            yield from self._of_row(table, row)
        for ref in refs:
            yield from self._blocks_through(ref)
        for table in dict.fromkeys(table for table, _ in rows):
            yield from self.of_table(table)

    def _of_row(self, table: str, row: int) -> tuple[Move, ...]:
        known = self._rows.get((table, row))
        if known is None:
            layout = self.plausibility.layout(table)
            known = () if layout is None else tuple(_moves(layout, of_row(layout, row)))
            self._rows[table, row] = known
        return known

    def _blocks_through(self, ref: CellRef) -> Iterator[Move]:
        """The blocks of a column that hold this cell or end in it."""
        layout = self.plausibility.layout(ref.table)
        if layout is None or not layout.segment_of(ref.column):
            return
        count = len(layout.table.rows)
        for step in (1, -1):
            row = ref.row
            for _ in range(LONGEST_BLOCK):
                place = CellRef(ref.table, row, ref.column)
                if place not in self._blocks:
                    self._blocks[place] = tuple(_moves(layout, blocks_from(layout, row, ref.column)))
                yield from self._blocks[place]
                row -= step
                if not 0 <= row < count or not holds(layout.texts[row][ref.column]):
                    break

    def of_table(self, table: str) -> tuple[Move, ...]:
        """The operations that swap two neighbouring columns of a table."""
        known = self._columns.get(table)
        if known is None:
            layout = self.plausibility.layout(table)
            known = ()
            if layout is not None and len(layout.table.rows) <= _MOST_ROWS_SWAPPED:
                known = tuple(_moves(layout, swapped_columns(layout)))
            self._columns[table] = known
        return known

    def _evidence(self, layout: TableLayout, texts: list[tuple[CellRef, str]]) -> float:
        """What the looks of the cells say for (negative) or against an operation: figures that are not printed as
        their columns print theirs, figures alone in a column, a landing figure that its row's name prints elsewhere."""
        evidence = 0.0
        corroborated = False
        alone = unnamed = 0
        for ref, text in texts:
            style = layout.style(ref.column)
            before = layout.texts[ref.row][ref.column]
            evidence += ODD_FORM * (style.odd(text) - style.odd(before))
            if not layout.label_keys(ref.row, ref.column):
                unnamed += holds(text) - holds(before)
            if style.filled <= 1:
                alone += holds(text) - holds(before)
            if not corroborated and holds(text):
                value = read_figure(text).value
                support = None if value is None else self.plausibility.index.support(ref, value)
                corroborated = support is not None and support.same_name
        evidence += ALONE * max(-1, min(alone, 1)) + UNNAMED * max(-1, min(unnamed, 1))
        return max(evidence, -_MOST_EVIDENCE) - (CORROBORATED if corroborated else 0.0)


def _moves(layout: TableLayout, found: Found) -> Iterator[Move]:
    """What was found, without the cells that stay as they are; nothing that would leave no figure in a cell."""
    for method, cost, moves in found:
        cells = []
        for (row, column), text in sorted(moves.items()):
            if layout.texts[row][column] != text:
                units = _units(text)
                if units is None:
                    break
                cells.append(((row, column), text, units))
        else:
            if cells:
                yield Move(method, cost, layout, tuple(cells))


@lru_cache(maxsize=65536)
def _units(text: str) -> int | None:
    """The value of a text in the system, None for one that is no figure and no blank."""
    figure = read_figure(text)
    if figure.kind in (FigureKind.TEXT, FigureKind.GARBLED):
        return None
    return to_units(figure.value) if figure.value is not None else 0
