"""Headers of columns shown by blanks of which conversion lost the spans: the cells of every row stand in the first
columns, each in one, so that labels stand over columns that they do not name."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.table import Row
from workbench.tables.text.cells.body import Body
from workbench.tables.text.cells.spans import column_kinds
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.header.tree import arrange_rows
from workbench.tables.text.lines import Piece, key_of

_DEAREST = 3.0
"""A header that costs more is none."""
_WIDEST = 40

Labels = list[tuple[Piece, ...]]


def with_spans(header: Sequence[Labels], lines: Sequence[Labels], body: Sequence[Row]) -> list[Labels]:
    """The rows of a header; where the labels of its `lines` stand in the first columns, and the body tells so, those
    that these lines make with their spans restored, which may be over more columns."""
    kept = [list(row) for row in header]
    rows = [list(row) for row in lines]
    lengths = [sum(map(bool, row)) for row in rows]
    packed = all(all(row[:length]) for row, length in zip(rows, lengths, strict=True))
    if len(rows) < 2 or not packed or min(lengths) < 2:
        return kept
    width = len(rows[0])
    kinds = Body(tuple(column_kinds([[cell.printed for cell in row] for row in body], width)))
    labels = [row[:length] for row, length in zip(rows, lengths, strict=True)]
    ways = [
        found
        for count in range(width, min(sum(lengths), _WIDEST))
        if (found := arrange_rows(labels, count, kinds)) is not None
    ]
    best = min(ways, key=lambda found: found.cost, default=None)
    as_read = HeaderText(tuple(tuple(map(key_of, row)) for row in kept))
    if best is None or best.cost > _DEAREST or kinds.misfit(best.text) > kinds.misfit(as_read):
        return kept
    return [list(row) for row in best.rows]
