"""What a second, independent reader of a PDF's pages reads in the place of each cell.

The cells keep what the first reader read; where the second one sees other characters inside the cell's box, the
document says so in `disagreements`. Characters are compared in NFKC without white space, regardless of their order on
wrapped lines, and in order for figures.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import isnan
from pathlib import Path

from workbench.errors import UnsupportedFormatError
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.source import Box, Page
from workbench.model.table import Cell, CellRef, Disagreement, Document
from workbench.sources import read_again

_SLACK = 0.35
"""How far, in parts of its height, a cell's box is widened: readers place the same character a little apart."""


def with_disagreements(document: Document, path: Path, page_numbers: frozenset[int] | None = None) -> Document:
    """The document with the disagreements on these pages (all pages that tables stand on where None).

    Documents that have no second reader come back as they are.
    """
    wanted = {page for table in document.tables for page in table.pages}
    if page_numbers is not None:
        wanted &= page_numbers
    if not wanted:
        return document
    try:
        again = read_again(path, wanted)
    except UnsupportedFormatError:
        return document
    seen = {page.number: _Characters.of(page) for page in again.pages if page.number in wanted}
    found = tuple(_disagreements(document, seen))
    return replace(document, disagreements=found)


def doubtful_pages(document: Document, failing: Iterable[CellRef]) -> frozenset[int]:
    """The pages worth a second reading: those with cells of failing checks,
    garbled figures or unreadable characters."""
    pages: set[int] = set()
    tables = {table.id: table for table in document.tables}
    for ref in failing:
        if ref.table in tables:
            pages.update(anchor.page for anchor in tables[ref.table].cell(ref.row, ref.column).anchors)
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                if "\ufffd" in cell.printed or read_figure(cell.printed).kind is FigureKind.GARBLED:
                    pages.update(anchor.page for anchor in cell.anchors)
    return frozenset(pages)


@dataclass(frozen=True, slots=True)
class _Characters:
    """The characters of a page by their centres, sorted from the top."""

    centres: list[tuple[float, float, str]]

    @classmethod
    def of(cls, page: Page) -> _Characters:
        boxes = page.boxes
        centres = [
            ((boxes[4 * i + 1] + boxes[4 * i + 3]) / 2, (boxes[4 * i] + boxes[4 * i + 2]) / 2, character)
            for i, character in enumerate(page.text)
            if not character.isspace() and 4 * i < len(boxes) and not isnan(boxes[4 * i])
        ]
        return cls(sorted(centres))

    def within(self, box: Box) -> str:
        """The characters whose centre lies in the box, line by line."""
        first = bisect_left(self.centres, (box.top,))
        last = bisect_right(self.centres, (box.bottom, float("inf")))
        inside = [(x, character) for _, x, character in self.centres[first:last] if box.x0 <= x <= box.x1]
        return "".join(character for _, character in sorted(inside))


def _disagreements(document: Document, seen: dict[int, _Characters]) -> Iterable[Disagreement]:
    for table in document.tables:
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                other = _read_otherwise(cell, seen)
                if other is not None:
                    yield Disagreement(CellRef(table.id, row, column), other)


def _read_otherwise(cell: Cell, seen: dict[int, _Characters]) -> str | None:
    """What the second reader reads in the place of the cell, None where it reads the same or was not asked."""
    if not cell.anchors or any(anchor.box is None or anchor.page not in seen for anchor in cell.anchors):
        return None
    text = "".join(seen[anchor.page].within(_widened(anchor.box)) for anchor in cell.anchors if anchor.box)
    other, read = match_key(text), match_key(cell.printed)
    if read_figure(cell.printed).kind is FigureKind.NUMBER:
        return None if other == read else text
    return None if Counter(other) == Counter(read) else text


def _widened(box: Box) -> Box:
    slack = _SLACK * (box.bottom - box.top) * 0.5
    return Box(box.x0 - 0.5, box.top - slack, box.x1 + 0.5, box.bottom + slack)
