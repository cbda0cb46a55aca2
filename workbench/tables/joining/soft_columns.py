"""Two pieces of a table without rules in one set of columns.

The white space between columns differs from page to page with what stands in them, so cells are put in their columns
by their own places.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from workbench.fiscal.headers import is_body_figure
from workbench.model.amount import match_key
from workbench.tables.grids.header import header_height
from workbench.tables.grids.pieces import repeated_header
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FARTHEST_SIDE = 30.0
"""In points: how far the sides of the pieces may lie apart."""


def in_columns_of(upper: SpanGrid, lower: SpanGrid) -> tuple[SpanGrid, int] | None:
    """The cells of `lower` in the columns of `upper`, and how many of its rows repeat the header of `upper`.

    None where they fit in no way: sides too far apart, or two cells of a row in one column, and no equal header of as
    many columns. Names alone at the end of a page do not show where columns end: below them their count tells.
    """
    edges = upper.edges
    if not edges or not lower.edges:
        return None
    repeated = _repeated_rows(upper, lower)
    if 0 < repeated < header_height(lower):
        return None  # below the same upper names stand others: the right half of a wide table
    body = lower.rows_from(repeated)
    if not repeated and header_height(upper) == upper.row_count and upper.column_count == lower.column_count:
        return replace(body, edges=edges), 0
    cells = _placed(body, edges) if _lies_within(lower.edges, edges) else None
    if cells is None:
        # the page is of another size
        same = repeated and upper.column_count == lower.column_count and repeated_header(upper, lower) == repeated
        return (replace(body, edges=edges), repeated) if same else None
    return replace(body, column_count=upper.column_count, cells=cells, edges=edges), repeated


def _placed(body: SpanGrid, edges: tuple[float, ...]) -> tuple[SpanCell, ...] | None:
    """The cells of a body in the columns between `edges`; None where two of a row are in one column."""
    cells: list[SpanCell] = []
    taken: set[tuple[int, int]] = set()
    for cell in body.cells:
        place = _column(cell, edges)
        if place is None or (cell.row, place) in taken:
            return None
        taken.add((cell.row, place))
        cells.append(cell._replace(column=place, column_span=1))
    return tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))


def _lies_within(edges: tuple[float, ...], wider: tuple[float, ...]) -> bool:
    """Whether a piece begins where the other does and ends no further; its last columns may be blank."""
    return abs(edges[0] - wider[0]) <= _FARTHEST_SIDE and edges[-1] <= wider[-1] + _FARTHEST_SIDE


def _column(cell: SpanCell, edges: tuple[float, ...]) -> int | None:
    """The column that a cell of the body is in: that of its end for a figure, of its beginning for other text."""
    boxes = [anchor.box for anchor in cell.cell.anchors if anchor.box is not None]
    if not boxes:
        return None
    at = max(box.x1 for box in boxes) - 1 if is_body_figure(cell.text) else min(box.x0 for box in boxes) + 1
    return min(max(bisect_right(edges, at) - 1, 0), len(edges) - 2)


def _repeated_rows(upper: SpanGrid, lower: SpanGrid) -> int:
    """How many of the first rows of `lower` hold the names of the header of `upper` and nothing else."""
    height = header_height(upper)
    names = {match_key(cell.text) for cell in upper.between(0, height)}
    count = 0
    for cells in lower.by_row():
        # the rest of a label that the page broke may read like a name, too
        if (count >= height and len(cells) < 2) or not all(match_key(cell.text) in names for cell in cells):
            break
        count += 1
    return count
