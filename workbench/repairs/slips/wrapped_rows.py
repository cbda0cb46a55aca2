"""Rows that became two, or stand there twice: figures pushed onto a line of their own,
a row repeated at a page break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise

from workbench.model.amount import FigureKind, read_figure
from workbench.model.edit import DeleteRows, Edit, MergeRows
from workbench.model.table import texts_of
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.pieces import SPLIT, joined_piece
from workbench.repairs.slips.places import Moves, holds, numbers_columns
from workbench.repairs.slips.printed_words import PrintedWords

ROW_SPLIT = 1.2
ROW_SPLIT_UPWARDS = 1.5
"""A row of figures without a name says by itself that it belongs to another one."""
LABEL_CUT = 2.8
"""For a row of which the label was cut, too: what is left of it names nothing else."""
NAME_CUT = 1.6
"""The same where the document prints the whole label elsewhere, or the lists of accounts do."""
PIECES_BELOW = SPLIT - 1.0
"""For pieces of figures on a row that prints nothing else: no such row is left behind."""

_MOST_REPEATED = 6
"""Of so many rows together a page prints again what the one before it printed."""
_FIRST_ROWS = 5
"""A row that numbers the columns stands on top."""

Whole = tuple[str, float, Moves, tuple[Edit, ...]]
Reshaped = Iterator[Whole]
"""The slip, its price, what the cells would print in the places that they have now, and the edits that do it."""


_BEGINS_ANEW = re.compile(r"\s*(?:\d|其中|[（(]?[一二三四五六七八九十]{1,3}[)）、.．])")
"""How a label begins that goes on from no other one."""


_NUMBER = re.compile(r"\d+")


class LabelCut(Enum):
    """Two labels that may be one: whether that one is known."""

    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(slots=True)
class WrappedRows:
    """Finds the rows of a document that are one."""

    words: PrintedWords
    _pieces: dict[tuple[str, int], tuple[Whole, ...]] = field(default_factory=dict)
    _cut: dict[str, tuple[MergeRows, ...]] = field(default_factory=dict)

    def of_row(self, layout: TableLayout, row: int) -> Reshaped:
        """What may have made two rows of this one and a neighbour, as edits that make them one again."""
        for upper in (row - 1, row):
            if 0 <= upper < len(layout.table.rows) - 1:
                yield from self._split(layout, upper)

    def with_pieces(self, layout: TableLayout, row: int) -> list[Whole]:
        """The same where figures were cut with the row, which their looks tell."""
        whole: list[Whole] = []
        for upper in (row - 1, row):
            if 0 <= upper < len(layout.texts) - 1:
                found = self._pieces.get((layout.table.id, upper))
                if found is None:
                    found = self._pieces[layout.table.id, upper] = tuple(self._wrapped(layout, upper))
                whole += found
        return whole

    def _split(self, layout: TableLayout, upper: int) -> Reshaped:
        """One of two rows has figures only and the other one the labels, or one label goes on in the other row; no
        column has figures in both."""
        above, below = layout.texts[upper], layout.texts[upper + 1]
        columns = [column for segment in layout.segments for column in segment]
        if any(above[column] and below[column] for column in columns):
            return
        named = _named(layout, upper, columns)
        price = ROW_SPLIT if named[0] else ROW_SPLIT_UPWARDS
        if all(named):
            # Rows of a name that is known are read as one by all rules together.
            if self._label_cut(layout, upper, columns) is not LabelCut.UNKNOWN:
                return
            price = LABEL_CUT
        elif not any(named):
            return
        figures = {column: above[column] or below[column] for column in columns if above[column] or below[column]}
        yield from _as_one(layout, upper, named[0], figures, "row_split", price)

    def _wrapped(self, layout: TableLayout, upper: int) -> Reshaped:
        """Figures of which a piece stands on the row below, with nothing else there but the end of the label."""
        above, below = layout.texts[upper], layout.texts[upper + 1]
        figures = {}
        pieces = 0
        for segment in layout.segments:
            for column in segment:
                one, other = above[column], below[column]
                if one and other:
                    # Two figures with a point of their own are no pieces.
                    piece = None if "." in one and "." in other else joined_piece(one, other, layout.style(column))
                    if piece is None:
                        return
                    figures[column], pieces = piece, pieces + 1
                elif one or other:
                    figures[column] = one or other
        columns = [column for segment in layout.segments for column in segment]
        if not pieces or numbers_columns(layout, upper) or numbers_columns(layout, upper + 1):
            return
        named = _named(layout, upper, columns)
        if not any(named) or (all(named) and self._label_cut(layout, upper, columns) is None):
            return
        yield from _as_one(layout, upper, named[0], figures, "figure_split", PIECES_BELOW)

    def names_cut(self, layout: TableLayout) -> tuple[MergeRows, ...]:
        """Two rows that are one, as what is left of a name in either shows."""
        found = self._cut.get(layout.table.id)
        if found is None:
            found = self._cut[layout.table.id] = tuple(self._find_cut(layout))
        return found

    def _find_cut(self, layout: TableLayout) -> Iterator[MergeRows]:
        columns = [column for segment in layout.segments for column in segment]
        for upper, (above, below) in enumerate(pairwise(layout.texts)):
            for column in columns:
                if above[column] and below[column]:
                    break
            else:
                if self._label_cut(layout, upper, columns) is LabelCut.KNOWN:
                    yield MergeRows(layout.table.id, upper, (above, below))

    def _label_cut(self, layout: TableLayout, upper: int, columns: list[int]) -> LabelCut | None:
        """Whether the label of the row below goes on from the one above, which together are a name that is known, or
        may be one; None where they are two."""
        above, below = layout.texts[upper], layout.texts[upper + 1]
        both = [column for column, text in enumerate(below) if text and above[column] and column not in columns]
        if len(both) != 1:
            return None
        one, other = above[both[0]].strip(), below[both[0]].strip()
        if read_figure(one + other).kind is FigureKind.TEXT and (
            self.words.name_of_pieces(one + other, layout.table.id)
            or _goes_on(one, other)
            or _like_others(layout, both[0], upper, one + other)
        ):
            return LabelCut.KNOWN
        if _BEGINS_ANEW.match(other) or any(read_figure(text).kind is not FigureKind.TEXT for text in (one, other)):
            return None
        # Where the row above has a code, what is left of a name below it has none.
        coded = any(text and not below[column] for column, text in enumerate(above) if column not in columns)
        named = any(self.words.name(text, layout.table.id) for text in (other, one))
        return LabelCut.UNKNOWN if not named and (coded or _filled_together(layout, upper, columns)) else None


def _filled_together(layout: TableLayout, upper: int, columns: list[int]) -> bool:
    """Whether two rows together print figures where other rows do, and no other row where either of them does."""
    texts = layout.texts
    filled = [tuple(bool(row[column]) for column in columns) for row in texts]
    above, below = filled[upper], filled[upper + 1]
    both = tuple(one or other for one, other in zip(above, below, strict=True))
    others = filled[:upper] + filled[upper + 2 :]
    return any(above) and any(below) and both in others and above not in others and below not in others


def _goes_on(one: str, other: str) -> bool:
    """Whether the second of two texts closes a bracket that the first one opens."""
    return _open_brackets(one) > 0 and _open_brackets(other) < 0


def _open_brackets(text: str) -> int:
    """How many brackets of a text are not closed; fewer than none where it closes some that it does not open."""
    return sum((character in "（(") - (character in "）)") for character in text)


def _like_others(layout: TableLayout, column: int, upper: int, whole: str) -> bool:
    """Whether a row other than this one and the next is called as this text but for the numbers in it."""
    shape = _NUMBER.sub("0", whole)
    others = (texts[column].strip() for row, texts in enumerate(layout.texts) if row not in (upper, upper + 1))
    return shape != whole and any(_NUMBER.sub("0", other) == shape for other in others)


def _named(layout: TableLayout, upper: int, columns: list[int]) -> tuple[bool, bool]:
    """Whether a row, and the one below it, prints anything where there are no amounts."""
    labels = [column for column in range(layout.table.width) if column not in columns]
    above, below = layout.texts[upper], layout.texts[upper + 1]
    return any(above[column] for column in labels), any(below[column] for column in labels)


def _as_one(
    layout: TableLayout, upper: int, stays: bool, figures: Mapping[int, str], method: str, price: float
) -> Reshaped:
    """Two rows as one: the figures where its name stands, on the upper row or on the lower one."""
    above, below = layout.texts[upper], layout.texts[upper + 1]
    row, other = (upper, upper + 1) if stays else (upper + 1, upper)
    moves: Moves = {}
    for column, text in figures.items():
        if holds(text) and text != layout.texts[row][column]:
            moves[row, column], moves[other, column] = text, ""
    if moves:
        yield method, price, moves, (MergeRows(layout.table.id, upper, (above, below)),)


def numbering(layout: TableLayout) -> Iterator[DeleteRows]:
    """The rows that number the columns (1 2 3 …, from the first amount on or counted over all columns) and print
    nothing else but a label, which no other row of figures is called by."""
    for row, texts in enumerate(layout.texts[:_FIRST_ROWS]):
        if numbers_columns(layout, row):
            yield DeleteRows(layout.table.id, row, (texts,))


def headed_again(layout: TableLayout) -> Iterator[DeleteRows]:
    """The rows that print what a row of the header prints, cell by cell: the head of the next page."""
    heads = {tuple(texts_of(row)) for row in layout.table.header}
    for row, texts in enumerate(layout.texts):
        if texts in heads:
            yield DeleteRows(layout.table.id, row, (texts,))


def repeated(layout: TableLayout) -> Iterator[DeleteRows]:
    """The rows with a name and figures, one or a few together, that print the same, cell by cell, as those right above
    them."""
    columns = [column for segment in layout.segments for column in segment]
    labels = [column for column in range(layout.table.width) if column not in columns]
    texts = layout.texts
    for row in range(1, len(texts)):
        if texts[row] not in texts[max(row - _MOST_REPEATED, 0) : row]:
            continue
        for length in range(1, min(row, _MOST_REPEATED) + 1):
            behind = row + length
            if texts[row] == texts[row - length] and texts[row:behind] == texts[row - length : row]:
                if all(
                    any(own[c] for c in labels) and any(holds(own[c]) for c in columns) for own in texts[row:behind]
                ):
                    yield DeleteRows(layout.table.id, row, tuple(texts[row:behind]))
                break
