"""The columns of a list: how each is set, and how wide it is in the room that there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.tui.drawing.display import fit, width


@dataclass(frozen=True, slots=True)
class Column:
    """How a column of a list is set. `flexible` columns share the room that is left; `rank` 0 is always shown, the
    highest rank goes first where the room is short. `most` bounds its width."""

    title: str = ""
    right: bool = False
    flexible: int = 0
    rank: int = 0
    most: int = 40
    least: int = 6
    steady: bool = False
    """It has room for `least` cells at least, whatever is in it now: it does not come and go as its texts change."""
    spare: bool = False
    """It is shown only where every other column has room for all of its texts."""
    cut: Callable[[str, int], str] = fit
    """What is left of a drawn text in so many terminal cells."""


def fitted(columns: Sequence[Column], naturals: Sequence[int], room: int) -> tuple[int, ...]:
    """How many terminal cells each column has in so much room, 0 for one that is not shown; `naturals` are the cells
    that their longest texts take."""
    widths = [
        min(max(natural, width(column.title)), column.most) for column, natural in zip(columns, naturals, strict=True)
    ]
    whole = [
        max(natural, width(column.title)) if column.flexible else size
        for size, column, natural in zip(widths, columns, naturals, strict=True)
    ]
    short = sum(whole) + 2 * sum(1 for w in whole if w) > room
    for index, column in enumerate(columns):
        if column.spare and short:
            widths[index] = 0
        if column.flexible:
            widths[index] = column.least
        elif column.steady:
            widths[index] = max(widths[index], column.least)
    ranks = sorted({column.rank for column in columns if column.rank}, reverse=True)
    for rank in ranks:
        if sum(widths) + 2 * sum(1 for w in widths if w) <= room:
            break
        widths = [0 if column.rank == rank else w for w, column in zip(widths, columns, strict=True)]
    spare = room - sum(widths) - 2 * (sum(1 for w in widths if w) - 1)
    shares = sum(column.flexible for column, w in zip(columns, widths, strict=True) if w)
    for index, column in enumerate(columns):
        if column.flexible and widths[index]:
            widths[index] = max(widths[index] + spare * column.flexible // shares, 1)
    return tuple(widths)
