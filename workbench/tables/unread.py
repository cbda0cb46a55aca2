"""The amounts that a document prints apart from its sentences and that stand in none of the tables read from it.

A figure that was misread shows where sums fail; a row that was never read shows nowhere. So everything that is printed
as amounts in tables are is looked for in what was read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workbench.model.amount import amounts_apart
from workbench.model.source import Anchor, Page
from workbench.model.table import StatedFigure, Table


def unread_amounts(
    pages: Sequence[Page], tables: Iterable[Table], stated: Iterable[StatedFigure] = ()
) -> tuple[Anchor, ...]:
    """Where the amounts stand that are set apart on `pages` and are in no title, heading or cell of `tables` and no
    stated figure, in reading order.

    An amount has a decimal point or a thousands separator, blanks around it, and neither a unit nor the end of a
    sentence behind it.
    """
    left = {(page.number, start): end for page in pages for start, end in amounts_apart(page.text)}
    anchors = list(_anchors_of(tables, stated))
    for anchor in anchors:
        # Nearly every amount is all that its cell prints.
        if left.get((anchor.page, anchor.start)) == anchor.end:
            del left[anchor.page, anchor.start]
    read = {number: bytearray() for number, _ in left}
    for anchor in anchors if left else ():
        marks = read.get(anchor.page)
        if marks is not None:
            marks.extend(bytes(max(anchor.end - len(marks), 0)))
            marks[anchor.start : anchor.end] = b"\1" * (anchor.end - anchor.start)
    by_number = {page.number: page for page in pages}
    return tuple(
        by_number[number].anchor(start, end)
        for (number, start), end in left.items()
        if not any(read[number][start:end])
    )


def _anchors_of(tables: Iterable[Table], stated: Iterable[StatedFigure]) -> Iterator[Anchor]:
    for table in tables:
        yield from table.title_anchors
        for row in (*table.header, *table.rows):
            for cell in row:
                yield from cell.anchors
    for figure in stated:
        yield from figure.cell.anchors
