"""Where figures may have come from and may go to: what slips that move them say, and which cells take one up."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.evidence.column_style import holds as holds
from workbench.repairs.evidence.layout import TableLayout

LONGEST_BLOCK = 40
"""No longer run of figures is moved up or down together."""
_OVER_ZERO = 0.1
"""More for a move into a cell that prints a zero and is not blank."""

_FEWEST_NUMBERED = 3

Moves = dict[tuple[int, int], str]
"""Row and column → the text that the cell gets."""

Found = Iterator[tuple[str, float, Moves]]

Wanted = frozenset[int]
"""The columns of a row whose cells are asked about."""


@lru_cache(maxsize=65536)
def receptive(text: str) -> float | None:
    """What it costs to move a figure into a cell that prints `text`; None where it holds a figure of its own."""
    figure = read_figure(text)
    if figure.kind is FigureKind.BLANK:
        return 0.0
    if figure.kind is FigureKind.DASH or (figure.value is not None and not figure.value):
        return _OVER_ZERO
    return None


def numbers_columns(layout: TableLayout, row: int) -> bool:
    """Whether the figures of a row number the columns (1 2 3 …, from the first amount on or counted over all)."""
    columns = [column for segment in layout.segments for column in segment]
    held = [text for column in columns if (text := layout.texts[row][column].strip())]
    if len(held) < _FEWEST_NUMBERED or not all(text.isdecimal() for text in held):
        return False
    first = int(held[0])
    return first <= columns[0] + 1 and [int(text) for text in held] == list(range(first, first + len(held)))


def texts_in(layout: TableLayout, row: int, segment: tuple[int, ...]) -> list[str]:
    """What a row prints in a run of columns."""
    return [layout.texts[row][column] for column in segment]
