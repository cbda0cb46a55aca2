"""The header of a table: rows of labels over columns, spanned labels repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.tables.text.lines import Piece, key_of

Label = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class HeaderText:
    """What a header says: the keys of its labels, row by row, as many in each as there are columns."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def leaves(self) -> list[str]:
        """The lowest label above each column."""
        return [next(filter(None, reversed(column)), "") for column in zip(*self.rows, strict=True)]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table, where its labels are printed and what they say."""

    rows: tuple[tuple[Label, ...], ...]
    text: HeaderText
    cost: float = 0.0
    """How unlike it is."""

    @classmethod
    def of_row(cls, labels: Sequence[Label]) -> Header:
        """A header of one row."""
        return cls((tuple(labels),), HeaderText((tuple(map(key_of, labels)),)))

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.text.width
