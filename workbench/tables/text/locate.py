"""Tables in pages that mark none: Word text with TAB cells, lines of TAB-separated cells, running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from operator import itemgetter

from workbench.fiscal.captions import title_of_line, unit_of_line
from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.tables.apart import words_stand_apart
from workbench.tables.grids.surroundings import is_continued_title
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.tables import aligned_tables, is_aligned
from workbench.tables.text.captions import is_caption
from workbench.tables.text.cells.blankless import blankless_tables
from workbench.tables.text.cells.cell_lines import CellTable, cell_line_tables
from workbench.tables.text.cells.commas import comma_tables, stands_between_commas
from workbench.tables.text.cells.dashed import dashed_tables, stands_between_dashes
from workbench.tables.text.cells.echoes import without_echoes
from workbench.tables.text.cells.even_blanks import tabbed_at_even_blanks
from workbench.tables.text.cells.framed import framed_tables, stands_in_frame
from workbench.tables.text.cells.full_lines import full_line_tables
from workbench.tables.text.cells.lost_blanks import has_lost_blanks, is_sheet
from workbench.tables.text.cells.marked_cells import stands_in_marked_cells
from workbench.tables.text.cells.rolled_up import unrolled
from workbench.tables.text.cells.tabbed import is_cell_line, tabbed_tables
from workbench.tables.text.cells.tsv import is_row_line, tsv_tables
from workbench.tables.text.columns.block_tables import block_tables
from workbench.tables.text.columns.column_by_column import come_in_columns
from workbench.tables.text.columns.scattered import scattered_tables
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_indicator_header
from workbench.tables.text.forms.form_cells import FormCells, form_cell_tables
from workbench.tables.text.forms.marked_forms import tables_of_marked_cells
from workbench.tables.text.lines import Line, lines_of, with_quoted_breaks
from workbench.tables.text.page_heads import without_page_heads
from workbench.tables.text.running.drawing_order import in_page_order
from workbench.tables.text.running.linear import linear_tables
from workbench.tables.text.running.torn_bars import are_torn, torn_tables
from workbench.tables.text.set_apart import ClosedUp

Layout = Callable[[Sequence[Line]], list[RawTable]]
"""A way to read lines into tables."""

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页(?:.{0,3}共\s*\d{1,4}\s*页)?|-+\s*PAGE[_ ]BREAK\s*-+)$"
)
_MOST_LINES, _FEWEST_TITLES = 200, 4
"""A page of more lines, with so many titles of tables, is no page of paper."""
_FEW_LINES = 5
"""Running text of fewer lines between rows of cells holds no table of its own."""
_RARELY_CUT = 5
"""One in so many labels of a header may be cut off."""
_PROSE = re.compile(r"[。；，、：]")
_FEWEST_ALONE, _RARELY = 12, 8
"""So many figures alone on their lines, and so many for each beside a TAB, show that TABs part no cells."""


def locate_text_tables(pages: Sequence[Page]) -> list[RawTable]:
    """The tables of these pages in document order, from the layout of their text alone."""
    if all(page.boxes for page in pages) and not any(words_stand_apart(page.text) for page in pages):
        return []
    closed_up = ClosedUp(pages)
    tables: list[RawTable] = []
    for _, together in groupby(closed_up.pages, key=lambda page: page.number if _is_document(page) else 0):
        printed = _printed_pages(without_echoes(unrolled(lines_of(list(together)))))
        lines = tabbed_at_even_blanks(in_page_order([with_quoted_breaks(page) for page in printed]))
        found = [table for layout, stretch in _stretches(lines) for table in layout(stretch)]
        tables += sorted(found, key=lambda table: table.start)
    return [closed_up.as_they_are(table) for table in _joined(tables)]


def _is_document(page: Page) -> bool:
    """Whether a page holds more lines than paper does, and the titles of several tables: one of the documents that a
    text was put together from, each of which may be laid out in another way."""
    lines = [text for text in page.text.split("\n") if text.strip()]
    return len(lines) > _MOST_LINES and sum(_is_table_title(text) for text in lines) >= _FEWEST_TITLES


def _printed_pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines page by page, heads of pages and page numbers left out: text without page breaks shows by these where a
    page ends."""
    page: list[Line] = []
    lines = without_page_heads(lines)
    for line in lines:
        number = _PAGE_NUMBER.match(line.text.strip())
        if page and (number or line.page is not page[-1].page):
            yield page
            page = []
        if not number:
            page.append(line)
    yield page


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[Layout, list[Line]]]:
    """The lines cut into stretches of one layout each. Text goes with the cells below it; where rows of TAB-separated
    cells leave room, running text between them is also read on its own."""
    for layout, marks in (
        (framed_tables, stands_in_frame(lines)),
        (dashed_tables, stands_between_dashes(lines)),
        (tables_of_marked_cells, stands_in_marked_cells(lines)),
        (comma_tables, stands_between_commas(lines)),
    ):
        if any(marks):
            yield layout, list(lines)
            for inside, group in groupby(zip(marks, lines, strict=True), key=itemgetter(0)):
                stretch = [line for _, line in group]
                if not inside and sum(not line.blank for line in stretch) >= _FEW_LINES:
                    yield from _stretches(stretch)
            return
    if are_torn(lines):
        yield torn_tables, list(lines)
        return
    if _tabs_only_indent(lines):
        yield _text_tables, list(lines)
        return
    cells = sum(is_cell_line(line) for line in lines)
    rows = sum(is_row_line(line) and not is_cell_line(line) for line in lines)
    if cells < 2 and rows < 2:
        yield _text_tables, list(lines)
        return
    if rows >= 3 and has_lost_blanks(lines):
        if is_sheet(lines):
            yield blankless_tables, list(lines)
            yield from _text_between(lines)
        else:
            yield linear_tables, list(lines)
        return
    if rows < 2 or rows * 20 < cells:
        yield tabbed_tables, [line for line in lines if _is_beside_cells(line)]
    elif cells < 2 or not _has_tab_cells(lines) or (cells < rows and is_sheet(lines)):
        yield tsv_tables, list(lines)
    else:
        yield from _by_kind(lines)
    yield from _text_between(lines)


def _is_beside_cells(line: Line) -> bool:
    """Whether a line stands between cells of a line each: no row of several, but it may tell unit and entity."""
    return is_cell_line(line) or not is_row_line(line) or is_caption(line.text)


def _tabs_only_indent(lines: Sequence[Line]) -> bool:
    """Whether figures stand alone on lines without a TAB,
    and hardly any beside one or below one that stands alone: TABs indent paragraphs there."""
    beside, alone = 0, 0
    for line in lines:
        if "\t" in line.text:
            words = line.text.split()
            beside += not words or (not _PROSE.search(line.text) and any(map(is_figure_word, words)))
        else:
            alone += is_figure_word(line.text.strip())
    return alone >= _FEWEST_ALONE and beside * _RARELY <= alone


def _has_tab_cells(lines: Sequence[Line]) -> bool:
    """Whether some TAB cells stand apart from rows: three or more of them below each other."""
    run = 0
    for line in lines:
        run = run + 1 if is_cell_line(line) else 0
        if run >= 3:
            return True
    return False


def _by_kind(lines: Sequence[Line]) -> Iterator[tuple[Layout, list[Line]]]:
    layout: Layout | None = None
    stretch: list[Line] = []
    text: list[Line] = []
    for index, line in enumerate(lines):
        if not is_cell_line(line) and not is_row_line(line):
            text.append(line)
            continue
        kind: Layout = (
            tsv_tables
            if not is_cell_line(line) or (layout is tsv_tables and not _cells_follow(lines, index))
            else tabbed_tables
        )
        if layout is not None and kind is not layout:
            yield layout, stretch
            stretch = []
        layout = kind
        stretch.extend([*text, line])
        text = []
    if layout is not None:
        yield layout, [*stretch, *text]


def _cells_follow(lines: Sequence[Line], index: int) -> bool:
    following = [line for line in lines[index : index + 8] if not line.blank][:3]
    return all(is_cell_line(line) for line in following)


def _text_between(lines: Sequence[Line]) -> Iterator[tuple[Layout, list[Line]]]:
    """Running text that may hold tables of its own; what follows a TAB cell, up to the title or the unit of a table,
    may be the rest of that cell."""
    after_cell = False
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line.text or is_row_line(line)):
        stretch = list(group)
        if tabbed:
            after_cell = is_cell_line(stretch[-1])
            continue
        if after_cell:
            stretch = stretch[
                next((index for index, line in enumerate(stretch) if _begins_table(line)), len(stretch)) :
            ]
        if sum(not line.blank for line in stretch) >= _FEW_LINES:
            yield _text_tables, stretch


def _begins_table(line: Line) -> bool:
    """Whether a line is the title of a table or names its unit."""
    return _is_table_title(line.text) or bool(unit_of_line(line.text.strip()))


def _is_table_title(text: str) -> bool:
    return match_key(title_of_line(text.strip())).endswith("表")


def _text_tables(lines: Sequence[Line]) -> list[RawTable]:
    """The tables of running text: those of which every cell is a line or every row is a whole one below unknown labels,
    then, in the lines that are left, others."""
    for find in (scattered_tables, block_tables, form_cell_tables):
        first = [*find(lines)]
        if first:
            rest = _outside(first, lines)
            return [found.table for found in first] + [table for stretch in rest for table in _text_tables(stretch)]
    found = [] if come_in_columns(lines) else [*cell_line_tables(lines)] or [*full_line_tables(lines)]
    rest = _outside(found, lines)
    others = aligned_tables if is_aligned(lines) else linear_tables
    return [table.table for table in found] + [table for stretch in rest for table in others(stretch)]


def _outside(found: Sequence[CellTable] | Sequence[FormCells], lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines before, between and behind tables."""
    edges = [-1, *(edge for table in found for edge in (table.first, table.last)), len(lines)]
    return [lines[last + 1 : first] for last, first in zip(edges[::2], edges[1::2], strict=True)]


def _joined(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables, those made one that a page break parted: the same header again below no other title."""
    joined: list[RawTable] = []
    heads = _page_heads(tables)
    for table in tables:
        if joined and _goes_on(joined[-1], table, heads):
            last = joined[-1]
            pages = tuple(sorted({*last.pages, *table.pages}))
            joined[-1] = replace(last, rows=last.rows + table.rows[table.header_rows or 0 :], pages=pages)
        else:
            joined.append(table)
    return joined


def _page_heads(tables: Sequence[RawTable]) -> frozenset[str]:
    """The lines that no title says what they are and that stand above several tables, as heads of pages do."""
    counts = Counter(match_key(table.title) for table in tables if not title_of_line(table.title))
    return frozenset(head for head, count in counts.items() if head and count > 1)


def _goes_on(table: RawTable, following: RawTable, heads: frozenset[str]) -> bool:
    if table.width != following.width or following.part_of != table.part_of:
        return False
    title = match_key(following.title)
    other = not is_continued_title(following.title, table.title) if title else bool(following.title_anchors)
    if other and title not in heads:
        return False
    header = _header(following)
    if not header:
        return not title and not following.unit_text and table.header_rows != 0 and table.width >= 3
    if header != _header(table) and (title or not _is_cut(header, _header(table))):
        return False
    # Under the same header stand the indicators of another project, but these go on with those above.
    if not is_indicator_header([text for row in header for text in row]):
        return True
    body = following.rows[following.header_rows or 0 :]
    return bool(body) and not body[0][0].printed


def _is_cut(header: Sequence[Sequence[str]], whole: Sequence[Sequence[str]]) -> bool:
    """Whether a header is another one, some labels cut off at their ends: their last lines were drawn on no page."""
    if len(header) != len(whole):
        return False
    pairs = list(zip(chain(*header), chain(*whole), strict=True))
    cut = sum(text != other for text, other in pairs)
    return cut * _RARELY_CUT <= len(pairs) and all(
        text == other or (text and other.startswith(text)) for text, other in pairs
    )


def _header(table: RawTable) -> list[list[str]]:
    return [[match_key(cell.printed) for cell in row] for row in table.rows[: table.header_rows or 0]]
