"""Tables in lines of TAB-separated cells (or cells between bars), as conversions to text and Markdown leave them.

Every line is a row and every cell is where it is printed; what goes wrong is that cells are pushed to the side, header
rows are cut off, and a page break leaves an empty line in the middle of a table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from workbench.fiscal.captions import is_note, is_table_number, title_of_line
from workbench.model.amount import match_key
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, caption_row, captions_before, is_caption, is_heading
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.header_shape import is_row_of_labels, put_below, spanned_columns
from workbench.tables.text.cells.lost_blanks import is_sheet
from workbench.tables.text.cells.plain_headers import has_figures, segments_of
from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.segments import is_header_row
from workbench.tables.text.form_words import is_form_label
from workbench.tables.text.lines import Line, Piece, text_of
from workbench.tables.text.vocabulary import TOTALS, is_known

_LEADER = re.compile(r"[.．·…]{3,}\s*\t\s*\d+\s*$")
_YEAR = re.compile(r"\(?(?:19|20)\d\d年?度?\)?")
_SENTENCE = re.compile(r"[。；]")
_QUOTED = re.compile(r'^"[^"]*(?:""[^"]*)*"$')
"""A cell that holds a comma, as spreadsheets save it."""
_NAMELESS = re.compile(r"^(?:Col(\d{1,3})|Unnamed: \d{1,3}(?:_level_\d)?|NaN|nan)$")
"""What programs print for a blank: the number of its column, or that it is no number."""
_LONGEST_LABEL = 24
_BAR_RULE = re.compile(r"^[\s|:\-+]+$")


@dataclass(slots=True)
class _Block:
    """The rows of one table and the lines of text above it."""

    above: list[Line]
    rows: list[PieceRow] = field(default_factory=list)
    barred: bool = False


def is_row_line(line: Line) -> bool:
    """Whether a line is a row of several cells."""
    text = line.text
    if "\t" in text.strip(" "):
        return not _LEADER.search(text) and bool(text.strip())
    bars = text.count("|")
    if bars == 1:
        return all(map(is_known, map(str.strip, text.split("|"))))
    return bars >= 3 if text.strip().startswith("|") else bars >= 2


def _row_of(line: Line, *, opened: bool = True, closed: bool = True) -> PieceRow:
    """The cells of a row line; `opened` and `closed` say whether a bar at its beginning and one at its end only frame
    the row."""
    separator = "|" if "|" in line.text and "\t" not in line.text else "\t"
    bars = separator == "|" and line.text.startswith("|")
    cells: list[tuple[Piece, ...]] = []
    start = 0
    for text in line.text.split(separator):
        quoted = separator == "\t" and len(text.strip()) > 1 and bool(_QUOTED.match(text.strip()))
        bare = text.strip().strip('"').strip() if quoted else text
        first = start + text.find(bare) if bare else start
        nameless = _NAMELESS.match(bare.strip())
        if nameless and nameless[1] in (None, str(len(cells) + (not bars))):
            bare = ""
        cells.append(line.pieces(first, first + len(bare)))
        start += len(text) + 1
    if separator == "|":
        first = 1 if opened and line.text.lstrip().startswith("|") else 0
        last = len(cells) - 1 if closed and line.text.rstrip().endswith("|") else len(cells)
        return cells[first:last]
    return cells


def tsv_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order. Text between them is left out."""
    tables: list[RawTable] = []
    for block in _blocks(lines):
        tables.extend(tables_in_place(_filled(block.rows, barred=block.barred), captions_before(block.above)))
    return tables


def sheet_blocks(lines: Sequence[Line]) -> Iterator[tuple[list[Line], list[PieceRow]]]:
    """The rows of each table of sheets, and the lines of text above them."""
    for block in _blocks(lines):
        yield block.above, _filled(block.rows, barred=block.barred)


def tables_in_place(rows: Sequence[PieceRow], captions: Captions) -> Iterator[RawTable]:
    """The tables of rows whose cells stand where they are printed; the first rows may tell title and unit."""
    count = 0
    for row in rows:
        inside = caption_row(row)
        if inside is None:
            break
        captions = captions.merged(inside)
        count += 1
    if count < len(rows):
        yield from tables_of(segments_of(rows[count:], in_place=True), captions, Captions())


def _without_frame(lines: Sequence[Line]) -> dict[int, bool]:
    """The lines (by identity) of tables in which no bar stands before the first cell of a row, with whether one stands
    behind the last cell of each."""
    found: dict[int, bool] = {}
    for barred, group in groupby(lines, key=lambda line: "|" in line.text and "\t" not in line.text):
        rows = list(group)
        if barred and not all(line.text.lstrip().startswith("|") for line in rows):
            found.update(dict.fromkeys(map(id, rows), all(line.text.rstrip().endswith("|") for line in rows)))
    return found


def _is_lone(line: Line) -> bool:
    """Whether a line of a sheet holds one cell, its first: a title, a paragraph,
    or the label of a row without figures, but no total."""
    text = line.text[1:].rstrip("\t")
    return line.text.startswith("\t") and "\t" not in text and match_key(text) not in TOTALS


def is_beside_table(row: PieceRow) -> bool:
    """Whether a row prints nothing but the number of a table or a note, in its first cell."""
    text = text_of(row[0]) if row and row[0] and not any(row[1:]) else ""
    return bool(text) and ((len(row) > 1 and is_table_number(text)) or is_note(text))


def _without_bars(line: Line) -> Line:
    """The line of a row that prints one cell as a line of text."""
    text = line.text.strip("| ")
    start = line.start + line.text.find(text)
    return line._replace(start=start, end=start + len(text), text=text) if "|" in line.text and text else line


def _is_label_of_row(line: Line, block: _Block) -> bool:
    """Whether a line below rows of which the blanks at the end were cut off is a row of its label alone."""
    text = line.text.strip()
    if "\t" in text or "|" in text or len(text) > _LONGEST_LABEL or _is_text(line) or is_heading(text):
        return False
    return not block.barred and any(map(has_figures, block.rows)) and all(row[-1] for row in block.rows)


def _below_number(lines: Sequence[Line], index: int) -> Line | None:
    """The line below a line, below the number or the year of the table where that stands between."""
    below = lines[index + 1 : index + 3]
    if len(below) > 1 and is_row_line(below[0]):
        row = _row_of(below[0])
        if is_beside_table(row) or (not any(row[1:]) and _YEAR.fullmatch(match_key(text_of(row[0])))):
            return below[1]
    return below[0] if below else None


def _is_title(row: PieceRow, block: _Block, gap: bool, following: Line | None) -> bool:
    """Whether a row below rows with figures, a header or those of a form prints nothing but the title of another table,
    or its number and its unit: an empty line stands above the title, or below it the unit, or a form or a header
    begins."""
    captions = caption_row(row) if len(row) > 1 else None
    numbered = captions is not None and bool(captions.unit) and any(is_table_number(text_of(cell)) for cell in row)
    if captions is None or not (captions.title or numbered):
        return False
    if not any(has_figures(above) or _begins_table(above) for above in block.rows):
        return False
    if numbered:
        return True
    row = _row_of(following) if following is not None and is_row_line(following) else []
    below = caption_row(row)
    return gap or bool(below and below.unit) or _begins_table(row)


def _begins_table(row: PieceRow) -> bool:
    """Whether a header or a form may begin with a row."""
    return bool(row) and (is_header_row(row) or is_form_label(text_of(row[0])))


def _is_text(line: Line) -> bool:
    text = line.text.strip()
    return bool(_SENTENCE.search(text)) or is_caption(text) or is_note(text) or bool(title_of_line(text))


def _filled(rows: Sequence[PieceRow], *, barred: bool) -> list[PieceRow]:
    """The rows of a sheet (every row begins with a TAB), between bars, or of lines of which none ends with a TAB, with
    the blanks at their ends that conversion cut off; other rows as they are."""
    if len(rows) < 2 or not any(len(row) > 2 for row in rows):
        return list(rows)
    sheet = not any(row[0] for row in rows if row)
    if not sheet and not barred and not all(row[-1] for row in rows if row):
        return list(rows)
    plain = [row[1:] for row in rows] if sheet and not barred else [row for row in rows if any(row)]
    first = next((index for index, row in enumerate(plain) if has_figures(row)), len(plain))
    if not any(not cell for row in plain[:first] for cell in row):
        # Without a blank in its header it lost its spans, not only the blanks at the ends of rows.
        return plain
    width = max(map(len, plain))
    header = _below_spanners(plain[:first], width) if barred else []
    # Between bars, a row of the body that lacks cells lacks those that span rows.
    rest = [row if barred else [*row, *[()] * (width - len(row))] for row in plain[len(header) :]]
    return header + rest


def _below_spanners(rows: Sequence[PieceRow], width: int) -> list[PieceRow]:
    """The rows of a header between bars: of those that do not print what runs down, each cell below the spanners of the
    row above; the others filled up at their ends."""
    placed: list[PieceRow] = []
    columns: Sequence[int] = ()
    for row in rows:
        spanned = spanned_columns(placed[-1], columns) if columns and placed[-1][columns[0]] else []
        if 1 < len(row) == len(spanned) < width and is_row_of_labels(row):
            columns = spanned
            placed.append(put_below(row, columns, width))
        else:
            columns = range(width) if len(row) == width else ()
            placed.append([*row, *[()] * (width - len(row))])
    return placed


def _blanks_between_rows(lines: Sequence[Line]) -> int:
    """How many empty lines stand behind most rows; these part no tables."""
    rows = [index for index, line in enumerate(lines) if is_row_line(line)]
    counts = Counter(
        below - above - 1 for above, below in pairwise(rows) if all(line.blank for line in lines[above + 1 : below])
    )
    return counts.most_common(1)[0][0] if counts else 0


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    """The tables' rows: a line of text between rows ends a table, an empty line only where another header follows."""
    block = _Block([])
    above: list[Line] = []
    gap = False
    blanks, usual = 0, _blanks_between_rows(lines)
    frameless = _without_frame(lines)
    sheet = is_sheet(lines)
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if line.blank:
            blanks += 1
            gap = blanks > usual
            continue
        blanks = 0
        if _BAR_RULE.match(line.text):
            continue
        ruled = following is not None and "-|-" in following.text and bool(_BAR_RULE.match(following.text))
        narrow = "|" in line.text and (ruled or (block.barred and not above and not gap))
        narrow = narrow or (not above and not gap and _is_label_of_row(line, block))
        if not (is_row_line(line) or narrow) or (
            sheet and _is_lone(line) and (gap or not block.rows or _is_text(line))
        ):
            above.append(line)
            gap = False
            continue
        row = _row_of(line, opened=id(line) not in frameless, closed=frameless.get(id(line), True))
        if is_beside_table(row) and block.rows and not above and all(map(caption_row, block.rows)):
            continue
        if is_beside_table(row):
            above.append(_without_bars(line))
            gap = False
            continue
        begins = gap and is_header_row(row) and any(caption_row(other) is None for other in block.rows)
        if block.rows and (above or begins or _is_title(row, block, gap, _below_number(lines, index))):
            yield block
            block = _Block(above)
        elif not block.rows:
            block.above.extend(above)
        above = []
        block.rows.append(row)
        block.barred = "|" in line.text and "\t" not in line.text
        gap = False
    if block.rows:
        yield block
