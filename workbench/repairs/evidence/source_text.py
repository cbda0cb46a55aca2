"""What the source text around a cell says: figures that no cell has,
and the whole of a figure that a cell has a part of.

The lines of a row are looked at and no others. A figure that stands there and in no cell was lost by the reader; it
speaks for whoever is to print it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.model.amount import read_figure
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, CellRef, Document, Row
from workbench.repairs.fixed_point import to_units

_TABLES_ONLY = "application/json"
"""The media type of a document that is known by its tables alone; the text of its pages is written from them."""

_FIGURE_CHARACTERS = frozenset("0123456789.,，．")
_ROWS_AROUND = 3
"""The cells of so many rows above and below may stand on the lines of a row too."""


@dataclass(slots=True)
class SourceText:
    """The source text of one document, as repairs ask for it."""

    document: Document
    _grids: dict[str, tuple[Row, ...]] = field(init=False)
    _loose: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._grids = {table.id: table.rows for table in self.document.tables}

    def says(self, ref: CellRef, value: int) -> bool:
        """Whether the source prints `value` for this cell though the cell does not: as the whole of the figure that the
        cell has a part of, or as a figure of its row that no cell has."""
        rows = self._grids.get(ref.table)
        if rows is None or not value or not has_text(self.document):
            return False
        return value == self._whole(rows[ref.row][ref.column]) or value in self._loose_figures(ref.table, ref.row, rows)

    def whole(self, ref: CellRef) -> int | None:
        """The figure that the source prints where the cell stands; None where it has no place there."""
        rows = self._grids.get(ref.table)
        return self._whole(rows[ref.row][ref.column]) if rows is not None and has_text(self.document) else None

    def _whole(self, cell: Cell) -> int | None:
        """The figure that the characters of a cell are a part of."""
        if len(cell.anchors) != 1:
            return None
        page = next(iter(pages_of(self.document, cell.anchors)), None)
        if page is None:
            return None
        start, end = cell.anchors[0].start, cell.anchors[0].end
        while start > 0 and page.text[start - 1] in _FIGURE_CHARACTERS:
            start -= 1
        while end < len(page.text) and page.text[end] in _FIGURE_CHARACTERS:
            end += 1
        whole = read_figure(page.text[start:end]).value
        return to_units(whole) if whole is not None else None

    def _loose_figures(self, table: str, row: int, rows: tuple[Row, ...]) -> frozenset[int]:
        """The figures on the lines of a row that no cell of it or of the rows around has."""
        known = self._loose.get((table, row))
        if known is None:
            around = rows[max(row - _ROWS_AROUND, 0) : row + _ROWS_AROUND + 1]
            known = self._loose[table, row] = frozenset(figures_of_no_cell(self.document, rows[row], around))
        return known


def has_text(document: Document) -> bool:
    """Whether there is any text that was not written from the tables."""
    return bool(document.source.pages) and document.source.media_type != _TABLES_ONLY


def figures_of_no_cell(document: Document, row: Row, around: Iterable[Row]) -> Iterator[int]:
    """The figures on the lines of `row` that no cell of the rows around it has."""
    taken = {
        (anchor.page, position)
        for cells in around
        for cell in cells
        for anchor in cell.anchors
        for position in range(anchor.start, anchor.end)
    }
    for page, start, end in lines_of(document, row):
        for token_start, token_end in _tokens(page.text, start, end):
            if any((page.number, position) in taken for position in range(token_start, token_end)):
                continue
            figure = read_figure(page.text[token_start:token_end])
            if figure.value is not None:
                yield to_units(figure.value)


def printed_under(document: Document, cell: Cell) -> str:
    """What the source prints where the cell stands, its pieces together."""
    pages = pages_of(document, cell.anchors)
    return "".join(page.text[anchor.start : anchor.end] for anchor, page in zip(cell.anchors, pages, strict=False))


def cut_from_longer(document: Document, cell: Cell) -> bool:
    """Whether the characters right before or behind the cell's belong to the same figure."""
    first, last = cell.anchors[0], cell.anchors[-1]
    for anchor, position in ((first, first.start - 1), (last, last.end)):
        pages = pages_of(document, (anchor,))
        if pages and 0 <= position < len(pages[0].text) and pages[0].text[position] in _FIGURE_CHARACTERS:
            return True
    return False


def pages_of(document: Document, anchors: Iterable[Anchor]) -> list[Page]:
    """The pages that these anchors are on."""
    count = len(document.source.pages)
    return [document.source.page(anchor.page) for anchor in anchors if 1 <= anchor.page <= count]


def lines_of(document: Document, cells: Iterable[Cell]) -> list[tuple[Page, int, int]]:
    """The lines of page text that these cells stand on."""
    found: dict[tuple[int, int], tuple[Page, int, int]] = {}
    for cell in cells:
        for anchor, page in zip(cell.anchors, pages_of(document, cell.anchors), strict=False):
            start = page.text.rfind("\n", 0, anchor.start) + 1
            end = page.text.find("\n", anchor.end)
            found[page.number, start] = (page, start, len(page.text) if end < 0 else end)
    return list(found.values())


def _tokens(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs of figure characters in a part of the text."""
    position = start
    while position < end:
        if text[position] not in _FIGURE_CHARACTERS:
            position += 1
            continue
        stop = position
        while stop < end and text[stop] in _FIGURE_CHARACTERS:
            stop += 1
        yield position, stop
        position = stop
