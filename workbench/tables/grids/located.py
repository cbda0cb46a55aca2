"""Pages → pieces of tables with what stands around them: ruled grids and the grids that the file format marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from workbench.fiscal.headers import is_header_word
from workbench.model.amount import match_key
from workbench.model.source import Grid, Page
from workbench.tables.furniture import Furniture, TextLine, is_page_number, lines_of
from workbench.tables.grids.beside import WHOLE, band_of, lines_beside, stand_beside, within
from workbench.tables.grids.filled import with_repeats_joined
from workbench.tables.grids.halves import gutter_of
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.sheets import grids_of
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.stacked import split_stacked
from workbench.tables.grids.surroundings import (
    Captions,
    captions_above,
    captions_of_row,
    is_sentence,
    notes_below,
    take_captions,
)
from workbench.tables.grids.titles_below import title_below, with_titles_below
from workbench.tables.raw import Origin
from workbench.tables.ruled.grid import find_grids
from workbench.tables.unruled.printed import AMOUNT, may_hold_a_table
from workbench.tables.unruled.whitespace import find_whitespace_grids

_APART = " " * 3
_FIGURES_APART = re.compile(r"[\d%—-] {3,}[\d—-]")
_TEXTS_APART = re.compile(r"\S\S {3,}\S\S")
_PROSE = re.compile(r"[，。；]")
_FEWEST_NAMES = 3
_LINES_AT_THE_END = 4
"""So many lines at the end of a page may be title and captions of the table on the next one."""


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page with its grids and the lines of text outside them."""

    page: Page
    grids: tuple[Grid, ...]
    lines: list[TextLine]
    origin: Origin = Origin.NATIVE
    """How its grids were found."""
    half: int = 0
    """1 for the right one of two pages that are printed beside each other."""


def lay_page(page: Page, before: LaidPage | None = None) -> LaidPage:
    """The grids of a page: those that the file format marks, or else that its ruled lines draw, or else that the white
    space between its figures does, as on the page `before`."""
    grids, origin = tuple(with_repeats_joined(page, grid) for grid in grids_of(page)), Origin.NATIVE
    if not page.grids:
        grids, origin = find_grids(page), Origin.RULED
    lines = _lines_outside(page, grids)
    if not page.grids:
        # shaded rows, or a box around text: no rule parts columns
        unparted = all(grid.column_count == 1 for grid in grids)
        left = 0 if unparted else _left_over(page, grids, lines)
        if unparted or left:
            above = _may_go_on(before) if before is not None else None
            may_hold = above or may_hold_a_table(page.text)
            parted = find_whitespace_grids(page, above, before.page if before else None) if may_hold else ()
            others = _lines_outside(page, parted) if parted or grids else lines
            if not grids or (parted and (unparted or _left_over(page, parted, others) < left)):
                grids, origin, lines = parted, Origin.WHITESPACE, others
    return LaidPage(page, grids, lines, origin)


def _may_go_on(before: LaidPage) -> Grid | None:
    """The last table of a page that white space parts, None where the title of another one stands below it."""
    if before.origin is not Origin.WHITESPACE or not before.grids:
        return None
    return None if _captions_at_the_end(before, Furniture()).title else before.grids[-1]


def sheets_of(laid: LaidPage) -> tuple[LaidPage, ...]:
    """The page, or the left and the right one where two pages of the document are printed on it."""
    page, grids = laid.page, laid.grids
    gutter = gutter_of(page, grids) if laid.origin is Origin.RULED else None
    if gutter is None:
        return (laid,)
    lines = lines_beside(page, grids)
    left, right = WHOLE
    return tuple(
        LaidPage(
            page,
            tuple(grid for grid in grids if grid.box and first <= grid.box.x0 < last),
            [part for line in lines if (part := within(page, line, first, last)) is not None],
            laid.origin,
            half,
        )
        for half, (first, last) in enumerate(((left, gutter), (gutter, right)))
    )


def _left_over(page: Page, grids: Sequence[Grid], outside: Sequence[TextLine]) -> int:
    """How many lines with several figures or names of columns stand `outside` of the grids of a page, and how many of
    their cells hold figures, or most of them texts, that stand apart: shades may be neither all rows nor cells."""
    count = sum(_is_row(line.text) for line in outside)
    pieces = [page.text[start:end] for grid in grids for cell in grid.cells for start, end in cell.pieces]
    texts = [piece for piece in pieces if _APART in piece]
    apart = sum(bool(_TEXTS_APART.search(text)) for text in texts)
    rows = sum(grid.row_count for grid in grids)
    return count + sum(bool(_FIGURES_APART.search(text)) for text in texts) + (apart if 2 * apart > rows else 0)


def _is_row(text: str) -> bool:
    """Whether a line may be one of a table: with several figures or names of columns, and no line of a sentence, which
    runs on from one amount to the next without a blank."""
    if _PROSE.search(text) and _APART not in text:
        return False
    return sum(bool(AMOUNT.search(word)) for word in text.split()) > 1 or _names_columns(text)


def _names_columns(text: str) -> bool:
    return sum(map(is_header_word, text.split())) >= _FEWEST_NAMES


def locate_grids(pages: Iterable[Page]) -> list[Piece]:
    """The pieces of tables on `pages`, in document order."""
    laid: list[LaidPage] = []
    for page in pages:
        laid += sheets_of(lay_page(page, laid[-1] if laid else None))
    furniture = Furniture()
    for one in laid:
        furniture.add(one.lines)
    before: list[LaidPage | None] = [None, *laid]
    pieces = [piece for page, last in zip(laid, before, strict=False) for piece in pieces_of(page, furniture, last)]
    return with_titles_below(pieces)


def pieces_of(laid: LaidPage, furniture: Furniture, before: LaidPage | None = None) -> list[Piece]:
    """The pieces of tables on one page; `furniture` is what was seen of heads and feet so far, `before` the page
    before, at whose end the title of a table may stand."""
    lines = furniture.stripped(laid.lines)
    if laid.page.grids:
        lines = [line for line in lines if not is_page_number(line.text)]
    pieces = [piece for index in range(len(laid.grids)) for piece in _pieces_of(laid, index, lines)]
    if pieces and before is not None and not laid.page.grids and not _between(laid.page, laid.grids, 0, lines)[0]:
        ending = _captions_at_the_end(before, furniture)
        pieces[0] = replace(pieces[0], captions=pieces[0].captions.over(ending))
    return _without_captions_alone(pieces)


def _without_captions_alone(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces but for those that hold captions only (a title, whose table it is and its unit in a frame of their
    own): they are the captions of the next one."""
    kept: list[Piece] = []
    captions: Captions | None = None
    for piece in pieces:
        own = piece.captions
        if captions is not None and not own.title:
            piece = replace(piece, captions=own.over(captions))
        captions = None
        told = captions_of_row(piece.grid) if piece is not pieces[-1] else None
        if told is None:
            kept.append(piece)
        else:
            captions = told.over(piece.captions)
    return kept


def _captions_at_the_end(laid: LaidPage, furniture: Furniture) -> Captions:
    """The title and captions in the last lines of a page, for the table that begins on the next one."""
    lines = furniture.stripped(laid.lines)
    if laid.grids and not laid.page.grids:
        lines = _between(laid.page, laid.grids, len(laid.grids) - 1, lines)[1]
    captions = captions_above(lines[-_LINES_AT_THE_END:])
    return captions if captions.title and not captions.prose else Captions()


def _lines_outside(page: Page, grids: Sequence[Grid]) -> list[TextLine]:
    if page.grids or not grids:
        lines = lines_of(page)
        starts = [grid.start for grid in grids]
        ends = list(accumulate((grid.end for grid in grids), max))
        return [line for line in lines if not _is_inside(line.start, starts, ends)]
    if stand_beside(grids):
        return lines_beside(page, grids)
    return lines_of(page, [(grid.box.top, grid.box.bottom) for grid in grids if grid.box])


def _is_inside(place: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a place of the page text lies in one of the grids that begin at `starts`; `ends` are the furthest ends so
    far."""
    index = bisect_right(starts, place)
    return index > 0 and place < ends[index - 1]


def _pieces_of(laid: LaidPage, index: int, lines: Sequence[TextLine]) -> list[Piece]:
    """The tables in one grid: one, or several where a sheet holds tables one below the other."""
    page, grids = laid.page, laid.grids
    outer = _outer(grids, index) if page.grids else None
    if outer is None:
        above, below = _between(page, grids, index, lines)
    else:
        above, below = _in_cell_above(page, grids, index, outer), []
    part_of = _title_of(page, outer) if outer else ""
    pieces: list[Piece] = []
    box = grids[index].box
    parts = split_stacked(SpanGrid.of(page, grids[index]))
    for number, part in enumerate(parts):
        grid, captions, notes = take_captions(part)
        first, last = number == 0, number == len(parts) - 1
        captions = captions.over(captions_above(above)) if first else captions
        if outer is not None and not captions.title and above and not is_sentence(above[-1].text):
            captions = replace(captions, title=above[-1].text, title_anchors=(above[-1].anchor,))
        noted = notes_below(below) if last else ()
        pieces.append(
            Piece(
                grid,
                captions,
                (page.number,),
                laid.origin,
                first and index == 0,
                last and index == len(grids) - 1,
                last and len(below) > len(noted),
                notes + noted,
                page.name,
                part_of,
                match_key(below[len(noted)].text) if last and len(below) > len(noted) else "",
                (box.top, box.bottom) if box else None,
                title_below(below) if last else Captions(),
                laid.half,
            )
        )
    return pieces


def _title_of(page: Page, outer: Grid) -> str:
    """The title that stands in the first rows of a form, "" where none does."""
    return take_captions(SpanGrid.of(page, outer))[1].title


def _outer(grids: Sequence[Grid], index: int) -> Grid | None:
    """The innermost grid that holds grid `index` in one of its cells."""
    grid = grids[index]
    holders = [
        other
        for other in grids[:index]
        if other.start <= grid.start and grid.end <= other.end and (other.start, other.end) != (grid.start, grid.end)
    ]
    return max(holders, key=lambda other: other.start, default=None)


def _in_cell_above(page: Page, grids: Sequence[Grid], index: int, outer: Grid) -> list[TextLine]:
    """The text that stands in the outer grid before a grid inside it: its last cells, each as a line."""
    begin = max([other.end for other in grids[:index] if other.end <= grids[index].start], default=outer.start)
    pieces = sorted(
        piece
        for cell in outer.cells
        for piece in cell.pieces
        if max(begin, outer.start) <= piece[0] and piece[1] <= grids[index].start
    )
    nan = float("nan")
    return [TextLine(page.number, start, end, page.text[start:end].strip(), nan, nan) for start, end in pieces[-4:]]


def _between(
    page: Page, grids: Sequence[Grid], index: int, lines: Sequence[TextLine]
) -> tuple[list[TextLine], list[TextLine]]:
    """The lines between grid `index` and the one before it, and between it and the next one."""
    grid = grids[index]
    if page.grids:
        before = max((other.end for other in grids[:index] if other.end <= grid.start), default=-1)
        after = min(
            (other.start for other in grids[index + 1 :] if other.start >= grid.end), default=len(page.text) + 1
        )
        first, second, third, fourth = (
            bisect_left(lines, bound, key=lambda line: line.start) for bound in (before, grid.start, grid.end, after)
        )
        return list(lines[first:second]), list(lines[third:fourth])
    top, bottom = (grid.box.top, grid.box.bottom) if grid.box else (0.0, 0.0)
    upper = max((other.box.bottom for other in grids if other.box and other.box.bottom <= top + 1), default=-1e9)
    lower = min((other.box.top for other in grids if other.box and other.box.top >= bottom - 1), default=1e9)
    left, right = band_of(grids, grid)
    if (left, right) != WHOLE:
        lines = [part for line in lines if (part := within(page, line, left, right)) is not None]
        upper, lower = (-1e9, 1e9)
        for other in grids:
            if other.box and left <= (other.box.x0 + other.box.x1) / 2 <= right:
                upper = max(upper, other.box.bottom) if other.box.bottom <= top + 1 else upper
                lower = min(lower, other.box.top) if other.box.top >= bottom - 1 else lower
    return (
        [line for line in lines if upper < (line.top + line.bottom) / 2 < top],
        [line for line in lines if bottom < (line.top + line.bottom) / 2 < lower],
    )
