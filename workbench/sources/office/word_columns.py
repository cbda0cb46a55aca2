"""How many columns each cell of a Word table spans, where the file says it by widths only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

_TOLERANCE = 90
"""Twentieths of a point by which edges of one column differ between rows."""
_RAGGED_SHARE = 0.06
_SLIVER = 60
"""Twentieths of a point: a column no wider holds no text; it is where the edges of two rows do not quite meet."""


@dataclass(frozen=True, slots=True)
class CellSize:
    """What a cell says of itself: how many columns of the table's grid it spans,
    and its width (0 where it says none)."""

    span: int
    width: int


def column_spans(rows: Sequence[Sequence[CellSize]], before: Sequence[int]) -> list[list[int]]:
    """The spans of the cells, row by row; `before` holds how many columns each row leaves out at its left.

    They are as said where every row comes to the same number of columns. Writers that forget to say them give widths
    instead: then the edges that the widths add up to are the columns, if the rows come to about the same width.
    """
    said = [[cell.span for cell in row] for row in rows]
    totals = {skipped + sum(spans) for skipped, spans in zip(before, said, strict=True) if spans}
    if len(totals) <= 1 or any(before) or any(cell.width <= 0 for row in rows for cell in row):
        return said
    edges = [list(accumulate(cell.width for cell in row)) for row in rows]
    widths = [row[-1] for row in edges if row]
    if max(widths) - min(widths) > _RAGGED_SHARE * max(widths):
        return said
    places = _places(edge for row in edges for edge in row)
    spans: list[list[int]] = []
    for row in edges:
        last = 0
        found: list[int] = []
        for edge in row:
            place = max(places[edge], last + 1)
            found.append(place - last)
            last = place
        spans.append(found)
    return spans


def without_slivers(
    spans: list[list[int]], before: Sequence[int], widths: Sequence[int]
) -> tuple[list[list[int]], list[int]]:
    """`spans` and `before` in a grid without its slivers of columns;
    as they are where a cell would have no column left.

    `widths` are those of the columns of the table's grid.
    """
    total = max((skipped + sum(row) for skipped, row in zip(before, spans, strict=True)), default=0)
    if total != len(widths) or not any(width <= _SLIVER for width in widths):
        return spans, list(before)
    places = [0]
    for width in widths:
        places.append(places[-1] + (width > _SLIVER))
    found: list[list[int]] = []
    for skipped, row in zip(before, spans, strict=True):
        ends = [places[end] for end in accumulate(row, initial=skipped)]
        found.append([end - start for start, end in pairwise(ends)])
    if any(span < 1 for row in found for span in row):
        return spans, list(before)
    return found, [places[skipped] for skipped in before]


def _places(edges: Iterable[int]) -> dict[int, int]:
    """Each edge's column number; edges nearer than the tolerance are one."""
    places: dict[int, int] = {}
    number = 0
    start: int | None = None
    for edge in sorted(set(edges)):
        if start is None or edge - start > _TOLERANCE:
            number += 1
            start = edge
        places[edge] = number
    return places
