"""Structural operations before they are priced: what the cells of one table would print, told no sooner than asked.

A search sees hundreds of them and takes a few: nearly all are dropped for what they make of one equation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.model.amount import FigureKind
from workbench.model.edit import Edit
from workbench.repairs.equation import Equation, Variable
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.fixed_point import read_units

Place = tuple[int, int]
"""Row and column."""
Placed = tuple[tuple[Place, str, int], ...]
"""Cells of one table, what they would print and what that comes to."""


def units_of(text: str) -> int | None:
    """The value of a text in the system, None for one that is no figure and no blank."""
    kind, value, _ = read_units(text)
    return None if kind is FigureKind.TEXT or kind is FigureKind.GARBLED else value


@dataclass(slots=True, eq=False)
class Move:
    """A structural operation: the method, its price before the looks of its cells speak, and the texts that cells of
    `layout` would have. `edits`, `shifts` and `certain` are those of the operation."""

    method: str
    cost: float
    layout: TableLayout
    texts: Mapping[Place, str]
    edits: tuple[Edit, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    support: Support | None = None
    certain: bool = True
    _cells: Placed | None = None
    _told: bool = False

    @property
    def table(self) -> str:
        """The id of its table."""
        return self.layout.table.id

    @property
    def cells(self) -> Placed | None:
        """The cells that would print something else, in order; None where a text would come where a figure belongs, and
        where nothing would change."""
        if not self._told:
            self._told = True
            self._cells = self._tell()
        return self._cells

    def _tell(self) -> Placed | None:
        cells = []
        for place in sorted(self.texts):
            text = self._new(place)
            if text is not None:
                value = units_of(text)
                if value is None:
                    return None
                cells.append((place, text, value))
        return tuple(cells) if cells or self.shifts else None

    def _new(self, place: Place) -> str | None:
        """What the cell would print; None where it stays as it is."""
        text = self.texts.get(place)
        return None if text == self.layout.texts[place[0]][place[1]] else text

    def touches(self, own: Mapping[Place, int]) -> bool:
        """Whether it changes the text of one of these cells of its table."""
        if len(own) < len(self.texts):
            return any(self._new(place) is not None for place in own)
        return any(place in own and self._new(place) is not None for place in self.texts)

    def effect_on(self, equation: Equation, own: Mapping[Place, int], variables: Sequence[Variable]) -> int | None:
        """By how much the residual of an equation moves, whose cells in this table are `own`; None where it touches
        none of them, or puts a text there."""
        coefficients = equation.coefficients
        moved = 0
        touched = False
        for place in own if len(own) < len(self.texts) else self.texts:
            number = own.get(place)
            text = self._new(place) if number is not None else None
            if number is None or text is None:
                continue
            value = units_of(text)
            if value is None:
                return None
            touched = True
            moved += coefficients.get(number, 0) * (value - variables[number].value)
        return moved if touched else None


@dataclass(frozen=True, slots=True)
class SwappedColumns(Mapping[Place, str]):
    """The texts of two neighbouring columns of a table, each in the place of the other;
    rows of which one cannot be read, or is a word, stay as they are."""

    texts: Sequence[Sequence[str]]
    left: int

    def get(self, place: Place, default: str | None = None) -> str | None:  # type: ignore[override]
        """The text that comes to this place."""
        row, column = place
        if not self.left <= column <= self.left + 1:
            return default
        own, other = self.texts[row][column], self.texts[row][2 * self.left + 1 - column]
        return other if units_of(own) is not None and units_of(other) is not None else own

    def __getitem__(self, place: Place) -> str:
        text = self.get(place)
        if text is None:
            raise KeyError(place)
        return text

    def __iter__(self) -> Iterator[Place]:
        return ((row, column) for row in range(len(self.texts)) for column in (self.left, self.left + 1))

    def __len__(self) -> int:
        return 2 * len(self.texts)
