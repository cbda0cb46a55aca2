"""A column that only alignment shows: its extent, what it prints, and the label over it."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.tables.text.aligned.places import Placed
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.figures import is_figure_word


@dataclass(slots=True)
class Column:
    """A column: its extent, and the label right above it."""

    x0: float
    x1: float
    leaf: HeaderLabel | None = None
    cells: list[Placed] = field(default_factory=list)

    @property
    def lines(self) -> set[int]:
        """The numbers of the lines that print something in it."""
        return {cell.line for cell in self.cells}

    def take(self, other: Column) -> None:
        """Become one column with another."""
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.leaf = self.leaf or other.leaf
        self.cells.extend(other.cells)

    def widen(self, label: HeaderLabel) -> None:
        """Take the label as the column's own."""
        self.leaf = label
        self.x0, self.x1 = min(self.x0, label.x0), max(self.x1, label.x1)

    @property
    def holds_figures(self) -> bool:
        """Whether it prints nothing but figures."""
        return all(is_figure_word(cell.text) for cell in self.cells)

    def gap_to(self, label: HeaderLabel) -> float:
        """How far a label stands beside it; less than 0 where it stands over it."""
        return max(label.x0 - self.x1, self.x0 - label.x1)
