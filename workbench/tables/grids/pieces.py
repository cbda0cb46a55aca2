"""The part of a table that stands on one page, and what two of them make together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.fiscal.headers import is_body_figure
from workbench.model.amount import match_key
from workbench.tables.grids.header import header_height
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.surroundings import NO_CAPTIONS, Captions
from workbench.tables.raw import Origin


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a table that stands on one page; after joining the whole table, with all its pages.

    `first` and `last` say that no other table stands above or below it on its page; `text_below` that text which is
    neither note nor furniture does.
    """

    grid: SpanGrid
    captions: Captions
    pages: tuple[int, ...]
    origin: Origin
    first: bool = True
    last: bool = True
    text_below: bool = False
    notes: tuple[str, ...] = ()
    name: str = ""
    """The name of the sheet that it fills."""
    part_of: str = ""
    next_text: str = ""
    """The line directly below it, as a key, where that is neither note nor furniture."""
    heights: tuple[float, float] | None = None
    """How high on the page it begins and ends, where the source has geometry."""
    title_below: Captions = NO_CAPTIONS
    """The numbered title directly below it, which may be its own."""
    half: int = 0
    """1 where it ends on the right one of two pages that are printed beside each other."""


def united_pieces(table: Piece, piece: Piece, grid: SpanGrid) -> Piece:
    """`table` with what it takes over from `piece`, and `grid` for the grid of both."""
    return replace(
        table,
        grid=grid,
        pages=tuple(dict.fromkeys(table.pages + piece.pages)),
        half=piece.half,
        last=piece.last,
        text_below=piece.text_below,
        next_text=piece.next_text,
        notes=_united(table.notes, piece.notes),
    )


def _united(notes: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    """The notes of both, those that each page repeats once."""
    return tuple(dict.fromkeys(notes + more))


def repeated_header(upper: SpanGrid, lower: SpanGrid) -> int:
    """How many of the first rows of `lower` print the header of `upper` again, though a page may cut off the end of a
    name that its rows are not high enough for."""
    height = header_height(upper)
    first, second = _row_keys(upper, height), _row_keys(lower, height)
    while first and not first[0]:
        first = first[1:]
    count = 0
    while count < min(len(first), len(second)) and _is_again(first[count], second[count]):
        count += 1
    whole = count == len(first) and first[:1] == second[:1]
    return count if whole or count > 1 else 0


def _is_again(row: Sequence[tuple[int, str]], other: Sequence[tuple[int, str]]) -> bool:
    """Whether two rows print the same names, some of them perhaps the beginnings of the others."""
    if row == other:
        return True
    if [column for column, _ in row] != [column for column, _ in other]:
        return False
    pairs = [(one, again) for (_, one), (_, again) in zip(row, other, strict=True) if one != again]
    return len(pairs) < len(row) and all(
        (one.startswith(again) or again.startswith(one)) and not is_body_figure(one) for one, again in pairs
    )


def _row_keys(grid: SpanGrid, count: int) -> list[list[tuple[int, str]]]:
    return [[(cell.column, match_key(cell.text)) for cell in cells] for cells in grid.by_row(0, count)]
