"""The published file as read: pages of text in which every character has a place."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from math import isnan

from workbench.model.draft import draft_of, pickled_by_fields


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class Anchor:
    """The characters `start:end` of the text of page `page` (counted from 1), and their box where there is one."""

    page: int
    start: int
    end: int
    box: Box | None = None


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class RuledLine:
    """A drawn horizontal or vertical line, or one side of a drawn box, in points from the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def horizontal(self) -> bool:
        """Whether it is wider than it is tall."""
        return self.x1 - self.x0 >= self.bottom - self.top


@pickled_by_fields
@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid: its upper left place, its spans, and the ranges of the page text printed in it, in order."""

    row: int
    column: int
    row_span: int
    column_span: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as the file itself lays it out (Word, Excel, HTML) or as its ruled lines draw it, before it is read.

    Cells do not overlap; a place that no cell covers is empty. `start` and `end` bound the grid in the page text.
    """

    row_count: int
    column_count: int
    cells: tuple[GridCell, ...]
    start: int
    end: int
    box: Box | None = None
    column_edges: tuple[float, ...] = ()


BoxDraft, AnchorDraft = draft_of(Box), draft_of(Anchor)
RuledLineDraft, GridCellDraft = draft_of(RuledLine), draft_of(GridCell)
"""For the places where very many of them are made."""


@dataclass(frozen=True, slots=True)
class Page:
    r"""One page of text (for a workbook one sheet; for a text file the whole file or a form-feed page).

    `text` is laid out for reading, lines separated by "\n". `boxes` holds four floats (x0, top, x1, bottom) for each
    character of `text`, NaN where a character has no place (a line break, a space that layout implied); it is empty
    for readers without geometry. `lines` are the ruled lines, `grids` the tables that the file format itself marks.
    `confidences` holds one float in 0..1 a character for pages read by OCR, and is empty otherwise.
    """

    number: int
    text: str
    width: float = 0.0
    height: float = 0.0
    name: str = ""
    boxes: array[float] = field(default_factory=lambda: array("f"))
    lines: tuple[RuledLine, ...] = ()
    grids: tuple[Grid, ...] = ()
    confidences: array[float] = field(default_factory=lambda: array("f"))
    scanned: bool = False

    def box_of(self, start: int, end: int) -> Box | None:
        """The smallest box around the characters `start:end`, or None where none of them has a place."""
        boxes = self.boxes[4 * start : 4 * end].tolist()
        lefts, tops, rights, bottoms = boxes[0::4], boxes[1::4], boxes[2::4], boxes[3::4]
        if isnan(sum(lefts)):
            placed = [index for index, left in enumerate(lefts) if not isnan(left)]
            lefts, tops, rights, bottoms = (
                [sides[index] for index in placed] for sides in (lefts, tops, rights, bottoms)
            )
        if not lefts:
            return None
        box = BoxDraft(min(lefts), min(tops), max(rights), max(bottoms))
        box.__class__ = Box
        return box

    def anchor(self, start: int, end: int) -> Anchor:
        """The anchor of the characters `start:end` of this page."""
        anchor = AnchorDraft(self.number, start, end, self.box_of(start, end) if self.boxes else None)
        anchor.__class__ = Anchor
        return anchor


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One published file: where it lies, what its bytes hash to, and its pages.

    `reader` names the reader and its version ("pdf/1"); `warnings` are things the reader noticed and read past
    (a hidden sheet, text outside the page), in words.
    """

    path: str
    sha256: str
    media_type: str
    reader: str
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()

    def page(self, number: int) -> Page:
        """The page with this number, counted from 1. Raises IndexError where there is none."""
        if not 1 <= number <= len(self.pages):
            raise IndexError(f"{self.path} has no page {number}")
        return self.pages[number - 1]

    def text_of(self, anchor: Anchor) -> str:
        """The characters that `anchor` marks."""
        return self.page(anchor.page).text[anchor.start : anchor.end]
