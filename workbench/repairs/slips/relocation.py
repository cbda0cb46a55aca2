"""Structural operations before they are priced: what the cells of one table would print, told no sooner than asked.

A search sees hundreds of them and takes a few: nearly all are dropped for what they make of one equation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.model.amount import FigureKind
from workbench.model.edit import Edit
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.fixed_point import read_units

Place = tuple[int, int]
"""Row and column."""
Placed = tuple[tuple[Place, str, int], ...]
"""Cells of one table, what they would print and what that comes to."""


@lru_cache(maxsize=65536)
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
    texts: dict[Place, str] | SwappedColumns
    edits: tuple[Edit, ...] = ()
    shifts: tuple[tuple[int, int], ...] = ()
    support: Support | None = None
    certain: bool = True
    table: str = field(init=False)
    """The id of its table."""
    columns: SwappedColumns | None = field(init=False)
    """The texts, where they are those of two columns that change places: about so many rows nothing is told that is not
    asked for."""
    _steps: Mapping[Place, int | None] | None = None
    _cells: Placed | None = None
    _told: bool = False
    _effects: dict[int, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.table = self.layout.table.id
        # Few are no dictionaries, and to ask that of an abstract class takes long.
        self.columns = None if isinstance(self.texts, dict) else self.texts

    @property
    def steps(self) -> Mapping[Place, int | None]:
        """By how much the figure of each cell grows that would print something else; None where a text would come."""
        if self._steps is None:
            columns = self.columns
            self._steps = _steps(self.layout, self.texts) if columns is None else columns.steps(self.layout, columns)
        return self._steps

    @property
    def cells(self) -> Placed | None:
        """The cells that would print something else, in order; None where a text would come where a figure belongs, and
        where nothing would change."""
        if not self._told:
            self._told = True
            self._cells = self._tell()
        return self._cells

    def _tell(self) -> Placed | None:
        if self.columns is not None:
            return tuple(self.columns.cells(self.layout)) or None
        cells = []
        for place, step in sorted(self.steps.items()):
            if step is None:
                return None
            row, column = place
            cells.append((place, self.texts[place], self.layout.values(row)[column] + step))
        return tuple(cells) if cells or self.shifts else None

    def places(self) -> Iterable[Place]:
        """The cells whose figures grow or shrink by it, told one by one."""
        if self.columns is not None:
            return self.columns.changed(self.layout)
        return [place for place, step in self.steps.items() if step]

    def step(self, place: Place) -> int | None:
        """By how much the figure of one cell grows; 0 where it prints the same, None where a text would come."""
        if self.columns is not None:
            return self.columns.steps(self.layout, (place,)).get(place, 0)
        return self.steps.get(place, 0)

    def touches(self, own: Mapping[Place, int]) -> bool:
        """Whether it changes the text of one of these cells of its table."""
        if self.columns is not None:
            return self.columns.changes_any(own)
        return not self.steps.keys().isdisjoint(own)

    def effect_on(self, equation: Equation, own: Mapping[Place, int]) -> int | None:
        """By how much the residual of an equation moves, whose cells in this table are `own`; None where it touches
        none of them, or puts a text there."""
        if equation.number in self._effects:
            return self._effects[equation.number]
        coefficients = equation.coefficients
        steps = self.steps if self.columns is None else self.columns.steps(self.layout, own)
        moved: int | None = None
        for place in steps.keys() & own.keys():
            step, number = steps[place], own[place]
            if step is None:
                moved = None
                break
            moved = (moved or 0) + (coefficients[number] * step if number in coefficients else 0)
        self._effects[equation.number] = moved
        return moved


def _steps(layout: TableLayout, texts: Mapping[Place, str]) -> Mapping[Place, int | None]:
    steps: dict[Place, int | None] = {}
    for place, text in texts.items():
        row, column = place
        if text != layout.texts[row][column]:
            value = units_of(text)
            steps[place] = None if value is None else value - layout.values(row)[column]
    return steps


@dataclass(frozen=True, slots=True)
class SwappedColumns(Mapping[Place, str]):
    """The texts of two neighbouring columns of a table, each in the place of the other;
    rows of which one cannot be read, or is a word, stay as they are."""

    texts: Sequence[Sequence[str]]
    left: int

    def holds(self, place: Place) -> bool:
        """Whether a place is in one of the two columns."""
        return self.left <= place[1] <= self.left + 1

    def other(self, column: int) -> int:
        """The one of the two columns that the given one is not."""
        return 2 * self.left + 1 - column

    def changes_any(self, places: Iterable[Place]) -> bool:
        """Whether one of some cells prints something else then."""
        texts, left, right = self.texts, self.left, self.left + 1
        for row, column in places:
            if left <= column <= right:
                one, other = texts[row][left], texts[row][right]
                if one != other and units_of(one) is not None and units_of(other) is not None:
                    return True
        return False

    def steps(self, layout: TableLayout, places: Iterable[Place]) -> dict[Place, int | None]:
        """By how much the figures grow of those of some cells that print something else then."""
        steps: dict[Place, int | None] = {}
        left, both = self.left, 2 * self.left + 1
        for place in places:
            row, column = place
            if left <= column <= left + 1:
                own, other = self.texts[row][column], self.texts[row][both - column]
                if own != other and units_of(own) is not None and units_of(other) is not None:
                    values = layout.values(row)
                    steps[place] = values[both - column] - values[column]
        return steps

    def cells(self, layout: TableLayout) -> Iterator[tuple[Place, str, int]]:
        """The cells that print something else then, in order, with what they print and what that comes to."""
        left, right = self.left, self.left + 1
        for row, texts in enumerate(self.texts):
            one, other = texts[left], texts[right]
            if one != other and units_of(one) is not None and units_of(other) is not None:
                values = layout.values(row)
                yield (row, left), other, values[right]
                yield (row, right), one, values[left]

    def changed(self, layout: TableLayout) -> Iterator[Place]:
        """The cells that print another figure then."""
        left, right = self.left, self.left + 1
        for row, texts in enumerate(self.texts):
            values = layout.values(row)
            if values[left] != values[right]:
                if units_of(texts[left]) is not None and units_of(texts[right]) is not None:
                    yield row, left
                    yield row, right

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
