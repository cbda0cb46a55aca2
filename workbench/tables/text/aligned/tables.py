"""Tables that only alignment shows: text laid out in columns by blanks, PDF pages without ruled lines.

The columns are the strips that the words of the body leave free between them; header labels are stacked and hung over
the columns by where they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from workbench.fiscal.captions import title_of_line, unit_of_line
from workbench.model.table import Row
from workbench.tables.joining.right_halves import height_beside
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.account_codes import codes_apart
from workbench.tables.text.aligned.close_figures import are_tight, gaps_between_figures, is_likelier
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.column_heads import OF_NAMES, columns_of, lowest_of
from workbench.tables.text.aligned.form_tables import form_tables
from workbench.tables.text.aligned.full_rows import figures_in_order, figures_in_place
from workbench.tables.text.aligned.head_lines import header_and_body
from workbench.tables.text.aligned.lost_spans import with_spans
from workbench.tables.text.aligned.parting import strips_of
from workbench.tables.text.aligned.places import PlacedLine, measure_of, placed_lines
from workbench.tables.text.aligned.regions import MOST_COLUMNS, Region, add_page, regions_of
from workbench.tables.text.aligned.rows import body_rows, leaf_key, lifted, spread_over
from workbench.tables.text.aligned.shifted import lines_in_columns_of
from workbench.tables.text.aligned.sides_apart import sides_apart
from workbench.tables.text.aligned.spanners import hung
from workbench.tables.text.aligned.stacked_labels import HeaderLabel, header_labels
from workbench.tables.text.aligned.texts_apart import texts_apart
from workbench.tables.text.aligned.wrapped_figures import figures_made_whole, lines_with_rests
from workbench.tables.text.captions import Captions
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of
from workbench.tables.text.running.linear import linear_tables
from workbench.tables.text.vocabulary import is_known

_FEWEST_TOGETHER = 3
_MOST_LABELS = 240
"""Below more words than these there is no table."""
_FEWEST_FIGURES, _FEWEST_ROWS, _LONGEST_LABEL = 2, 2, 24
"""So many figures in so many rows, below labels no longer than that, make a table."""
_FEWEST_LABELS = 3
_SENTENCE = re.compile(r"[。；，]")
_GAP = re.compile(r"\S( {2,})(?=\S)")
_FEWEST_GAPS, _EVEN = 20, 0.95
"""So many gaps are judged; the share of one width that shows no columns."""


def is_aligned(lines: Sequence[Line]) -> bool:
    """Whether the figures of these lines stand in columns: wide blanks between words, or boxes."""
    if lines and lines[0].page.boxes:
        return True
    rows = [line.text.strip() for line in lines if any(is_figure_word(word) for word in line.text.split())]
    wide = sum(bool(re.search(r"\S {3,}\S", row)) for row in rows)
    return len(rows) >= 3 and wide * 2 >= len(rows) and not _are_even(rows)


def _are_even(rows: Sequence[str]) -> bool:
    """Whether nearly all gaps between words are as wide as each other: these part cells, and show no columns."""
    found = [_GAP.findall(row) for row in rows]
    gaps = Counter(len(gap) for row in found for gap in row)
    if gaps.total() < _FEWEST_GAPS or any(len(row) > MOST_COLUMNS for row in found):
        return False
    return max(gaps.values()) >= _EVEN * gaps.total()


def aligned_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order; a table that goes on at the top of the next page is one table."""
    regions: list[Region] = []
    prose: list[list[Line]] = []
    measure = measure_of(lines)
    for _, group in groupby(lines, key=lambda line: line.page.number):
        page_lines = list(group)
        if not (regions and regions[-1].captioned) and not any(map(_may_tell, page_lines)):
            # without captions, and no table before it to go on with: only a page that has just the unit of a table may
            # want to know its last lines
            prose.append(page_lines)
            continue
        found = list(regions_of(sides_apart(figures_made_whole(placed_lines(page_lines, measure)))))
        if found:
            for page in prose if found[0].captions.unit and not found[0].captions.title else ():
                add_page(regions, list(regions_of(placed_lines(page, measure))))
            prose = []
            add_page(regions, found)
        elif regions and regions[-1].lines and not all(line.blank for line in page_lines):
            regions.append(Region(Captions()))  # no table goes on behind a page of running text
    tables: list[RawTable] = []
    first: Region | None = None
    for region in regions:
        if not region.captioned and region.lines and tables:
            half = _table(region)
            if half is not None and _is_right_half(tables[-1], half):
                tables.append(half)
        if region.captioned and region.lines:
            pieces = [table for table in _tables(region) if table is not None]
            further = _further_page(first, region, pieces, tables) if first and region.headed_again else None
            if further is not None:
                tables[-1] = _with_page(tables[-1], further)
                pieces = pieces[1:]
            else:
                first = region
            tables += pieces
    return tables


def _further_page(
    first: Region, region: Region, pieces: Sequence[RawTable], tables: Sequence[RawTable]
) -> RawTable | None:
    """A page below the same header as a table that stands on the pages before, from its `first` one on: read on its
    own, or in the columns of that page where it shows others; None where it has not as many."""
    if not pieces or not tables or pieces[0].width == tables[-1].width:
        return pieces[0] if pieces and tables else None
    _, _, body = header_and_body(region.lines)
    _, _, before = header_and_body(first.lines)
    moved = lines_in_columns_of(before, body) if before and body else []
    if not moved:
        return None
    whole = Region(first.captions, list(first.lines))
    whole.go_on(Region(first.captions, moved))
    table, alone = _table(whole), _table(first)
    if table is None or alone is None or not table.width == alone.width == tables[-1].width:
        return None
    count = len(alone.rows)
    return replace(table, rows=table.rows[count:], header_rows=0, pages=pieces[0].pages)


def _is_right_half(table: RawTable, half: RawTable) -> bool:
    """Whether what stands below no caption on the page behind a table may be the right half of its rows."""
    height, other = table.header_rows or 0, half.header_rows or 0
    follows = half.pages[0] - table.pages[-1] == 1
    both = (table.rows[:height], table.rows[height:]), (half.rows[:other], half.rows[other:])
    return follows and height_beside(*both) is not None


def _with_page(table: RawTable, further: RawTable) -> RawTable:
    """A table with the rows of a further page, the header left out that this page prints again."""
    pages = tuple(sorted({*table.pages, *further.pages}))
    return replace(table, rows=table.rows + further.rows[further.header_rows or 0 :], pages=pages)


def _may_tell(line: Line) -> bool:
    """Whether a line may be the title of a table or name its unit."""
    text = line.text.strip()
    return bool(title_of_line(text) or unit_of_line(text))


def _tables(region: Region) -> list[RawTable | None]:
    """The tables of a region: where its figures stand so close together that they may show no columns, as in running
    text if that keeps the sums that its header promises better."""
    captions = region.captions
    form = [] if region.lines[0].line.page.boxes else form_tables(region.lines, captions)
    if form and not _runs_together(form):
        return [*form]
    gaps = gaps_between_figures(region.lines)
    tables = linear_tables(lines_with_rests(region.lines)) if are_tight(gaps) else []
    table = None if form else _table(region)
    if not tables or (table is not None and is_likelier(table, tables[0], region.lines, gaps)):
        return [*form] or [table]
    anchors = tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces)
    first = replace(tables[0], title=captions.title, title_anchors=anchors, unit_text=captions.unit)
    return [first, *tables[1:]]


def _runs_together(form: Sequence[RawTable]) -> bool:
    """Whether several rows of a form hold a cell of several figures: its texts stand too close to show columns."""
    rows = [row for table in form for row in table.rows[table.header_rows or 0 :]]
    return sum(any(_are_figures(cell.printed) for cell in row) for row in rows) >= _FEWEST_TOGETHER


def _are_figures(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(map(is_figure_word, words))


def _shows_columns(captions: Captions, labels: Sequence[HeaderLabel], body: Sequence[PlacedLine]) -> bool:
    """Whether rows of figures below short labels and a title make a table whose labels nobody knows; one figure a row
    does below several labels where a unit is named as well."""
    fewest = 1 if captions.unit and len(labels) >= _FEWEST_LABELS else _FEWEST_FIGURES
    rows = [sum(is_figure_word(cell.text) for cell in line.cells) >= fewest for line in body]
    short = all(len(label.text) <= _LONGEST_LABEL and not _SENTENCE.search(label.text) for label in labels)
    return bool(captions.title) and short and sum(rows) >= max(_FEWEST_ROWS, len(rows) / 2)


def _fit(labels: Sequence[tuple[Piece, ...]], numbers: Sequence[tuple[Piece, ...]]) -> bool:
    """Whether the numbers of columns stand where a row of a header has no labels."""
    return len(labels) == len(numbers) and not any(
        label and number for label, number in zip(labels, numbers, strict=True)
    )


def _numbers_over(line: PlacedLine, columns: Sequence[Column]) -> list[tuple[Piece, ...]]:
    """What a line that numbers the columns prints over each, over codes and names one word each."""
    numbers = spread_over(line.cells, columns)
    words = [cell.text for cell in line.cells].count(OF_NAMES)
    if [piece.text for pieces in numbers[:words] for piece in pieces] == [OF_NAMES] * words:
        numbers[:words] = [cell.pieces for cell in line.cells[:words]]
    return numbers


def _table(region: Region) -> RawTable | None:
    header, numbering, body = header_and_body(region.lines)
    if sum(len(line.cells) for line in header) > _MOST_LABELS:
        return None
    labels = header_labels(header)
    known = sum(is_known(label.text) for label in labels) * 2 >= len(labels)
    if len(labels) < 2 or not (known or _shows_columns(region.captions, labels, body)):
        return None
    em = max(line.em for line in region.lines)
    if len(strips_of((*numbering, *body), em)) > MOST_COLUMNS:
        return None
    parted = codes_apart(texts_apart(body), labels)
    numbering, in_order = figures_in_order(numbering, parted, len(lowest_of(labels, em)), em)
    body = figures_in_place(in_order, em)
    columns = columns_of(labels, numbering, body, em)
    if len(columns) < 2:
        return None
    header_rows = hung(labels, columns, {line.number for line in numbering})
    lines = [spread_over(line.cells, columns) for line in header]
    found = lifted(body_rows(body, columns, header_rows), [leaf_key(header_rows, i) for i in range(len(columns))])
    labelled = with_spans(header_rows, lines, found)
    for line in numbering:
        numbers = _numbers_over(line, columns)
        if line.number == header[-1].number and _fit(labelled[-1], numbers):
            labelled[-1] = [label or number for label, number in zip(labelled[-1], numbers, strict=True)]
        else:
            labelled.append(numbers)
    rows: list[Row] = [tuple(cell_of(pieces) for pieces in row) for row in labelled]
    header_count = len(rows)
    rows = [(*row, *[EMPTY] * (len(rows[0]) - len(row))) for row in (*rows, *found)]
    pages = tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors}))
    captions = region.captions
    return RawTable(
        tuple(rows),
        header_count,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=pages,
    )
