"""Where on the paper a cell stands: what the same file prints there stays there, however it is read.

A spot is written `2 181.3 402.0 214.9 411.5` (page, and the box of the cell's first piece in points), or, for a reader
without geometry, `2 1043 1050` (page, and the range of its first piece in the text of the page), and "" for no place.
It says something only of the bytes that it was taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench.model.edit import Edit, MergeCells, SetCell, ShiftCells, SplitCell
from workbench.model.source import Anchor, Box
from workbench.model.table import Cell, CellRef, Document


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page: a box, or a range of its text."""

    page: int
    box: Box | None = None
    start: int = 0
    end: int = 0

    @classmethod
    def read(cls, text: str) -> Spot | None:
        """The place that was written; None for none, or for what is none."""
        try:
            page, *numbers = text.split()
            if len(numbers) == 4:
                return cls(int(page), Box(*map(float, numbers)))
            start, end = numbers
            return cls(int(page), None, int(start), int(end))
        except ValueError:
            return None

    def is_in(self, anchor: Anchor) -> bool:
        """Whether this is the place of an anchor. A range must be the same: what was read otherwise has moved it."""
        if anchor.page != self.page:
            return False
        if self.box is None:
            return (anchor.start, anchor.end) == (self.start, self.end)
        return anchor.box is not None and (_within(self.box, anchor.box) or _within(anchor.box, self.box))


def _spot_of(cell: Cell) -> str:
    """Where a cell is printed, as it is written; "" for one without a place."""
    if not cell.anchors:
        return ""
    first = cell.anchors[0]
    if first.box is None:
        return f"{first.page} {first.start} {first.end}"
    sides = (first.box.x0, first.box.top, first.box.x1, first.box.bottom)
    return " ".join([str(first.page), *(f"{side:.1f}" for side in sides)])


def spot_at(document: Document, ref: CellRef) -> str:
    """Where the cell at `ref` is printed, "" where there is none."""
    try:
        return _spot_of(document.cell(ref))
    except (KeyError, IndexError):
        return ""


def spot_of_edit(document: Document, edit: Edit) -> str:
    """Where the cell is printed that an edit is about, "" where it is about none."""
    if isinstance(edit, SetCell | ShiftCells | MergeCells | SplitCell):
        return spot_at(document, edit.ref)
    return ""


def is_printed_at(document: Document, ref: CellRef, spot: Spot) -> bool:
    """Whether the cell at `ref` is printed there."""
    try:
        return any(map(spot.is_in, document.cell(ref).anchors))
    except (KeyError, IndexError):
        return False


def cell_at(document: Document, spot: Spot, near: CellRef) -> CellRef | None:
    """The one cell that is printed there, in a table or stated in the text as `near` is; None for none or several."""
    among_tables = not _is_stated(document, near)
    found = {ref for anchor, ref in _on_page(document, spot.page) if spot.is_in(anchor)}
    kept = [ref for ref in found if among_tables is not _is_stated(document, ref)]
    return kept[0] if len(kept) == 1 else None


def _is_stated(document: Document, ref: CellRef) -> bool:
    return any(stated.id == ref.table for stated in document.stated)


def _on_page(document: Document, page: int) -> list[tuple[Anchor, CellRef]]:
    return _pages(_Same(document)).get(page, [])


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A document as a key: the very one, since to compare two takes as long as to look through them."""

    document: Document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


@lru_cache(maxsize=2)
def _pages(same: _Same) -> dict[int, list[tuple[Anchor, CellRef]]]:
    pages: dict[int, list[tuple[Anchor, CellRef]]] = {}
    for anchor, ref in _anchors(same.document):
        pages.setdefault(anchor.page, []).append((anchor, ref))
    return pages


def _anchors(document: Document) -> Iterator[tuple[Anchor, CellRef]]:
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                for anchor in cell.anchors:
                    yield anchor, CellRef(table.id, row, column)
    for stated in document.stated:
        for anchor in stated.cell.anchors:
            yield anchor, CellRef(stated.id, 0, 0)


def _within(inner: Box, outer: Box) -> bool:
    """Whether the middle of a box lies in another one."""
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom
