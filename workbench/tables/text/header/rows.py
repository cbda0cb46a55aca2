"""The header of a table: rows of labels over columns, spanned labels repeated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.tables.text.lines import Piece, key_of

Label = tuple[Piece, ...]
Place = tuple[int, int]
"""A printed line: its page, and where on that it begins. Lines further down are greater."""


def line_of(piece: Piece) -> Place:
    """The line on which a piece stands."""
    return piece.page.number, piece.page.text.rfind("\n", 0, piece.start)


def first_line(label: Label) -> Place:
    """The line on which a label begins."""
    return line_of(label[0])


def last_line(label: Label) -> Place:
    """The line on which a label ends."""
    return line_of(label[-1])


def line_numbers(labels: Sequence[Label]) -> tuple[int, ...]:
    """On which line each label begins, the lines numbered from the top."""
    lines = list(map(first_line, labels))
    numbers = {line: number for number, line in enumerate(sorted(set(lines)))}
    return tuple(numbers[line] for line in lines)


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


def beside(left: Header, right: Header) -> Header:
    """The header of the columns of one and right of them those of another; the shorter one has blanks at its foot."""
    depth = max(len(left.rows), len(right.rows))
    rows = [_padded(header, depth) for header in (left, right)]
    joined = tuple(first + second for first, second in zip(*rows, strict=True))
    text = HeaderText(tuple(tuple(map(key_of, row)) for row in joined))
    return Header(joined, text, left.cost + right.cost)


def _padded(header: Header, depth: int) -> tuple[tuple[Label, ...], ...]:
    blank: tuple[Label, ...] = ((),) * header.width
    return (*header.rows, *[blank] * (depth - len(header.rows)))
