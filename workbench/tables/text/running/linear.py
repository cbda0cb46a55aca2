"""Tables in running text from PDF pages: empty cells vanished, labels, codes and figures wrapped over lines.

The head of each table is found by the known labels, its columns are put together from the words, the body is read row
by row, and the figures are placed in the columns that make the sums hold; cells so placed are marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.fiscal.captions import is_note, is_table_number, title_of_line, unit_of_line
from workbench.model.table import Cell, Row
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import is_caption, is_heading
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.forms.forms import Form, form_tables
from workbench.tables.text.header.costs import beside_children
from workbench.tables.text.header.glued import codes_apart
from workbench.tables.text.header.heads import Head, heads_of
from workbench.tables.text.header.printed import TextLine, printed_lines
from workbench.tables.text.header.rows import Header, Label, line_of
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, key_of, text_of
from workbench.tables.text.running.blocks import read_blocks
from workbench.tables.text.running.figure_columns import Stated, placed_rows, state
from workbench.tables.text.running.header_choice import likeliest_header
from workbench.tables.text.running.parallel_blocks import read_parallel_blocks
from workbench.tables.text.running.partial_codes import settle_partial_codes
from workbench.tables.text.running.reflow import closed_up, reflowed
from workbench.tables.text.running.rows import SlotRow, read_rows, with_wide_totals
from workbench.tables.text.running.sides import has_two_sides, read_two_sided
from workbench.tables.text.running.slots import Kind, Slot, slots_of
from workbench.tables.text.running.unnamed_columns import with_unnamed_columns
from workbench.tables.text.vocabulary import LEVELS, TOTALS, column_kind

_PART = re.compile(r"^[一二三四五六七八九十]+、[^\s，。；：\d]{2,14}$")
_TABLE = re.compile(r"表\s*(?:[（(].*[）)])?$")
_SENTENCE = re.compile(r"。|，.{6,}，|；$")
_LABELS_OF_A_LINE = 4
_FEWEST_OF_ROW = 2
_BEGINNERS = ("小计", "科目编码", "类")
"""With these the lower row of a header begins, or they stand there."""
_MOST_BARE = 4
"""More heads than these with nothing below them are not searched for unlikely headers."""


@dataclass(slots=True)
class _Found:
    """A head and the lines of its body, page heads left out."""

    head: Head
    above: list[TextLine] = field(default_factory=list)
    body: list[TextLine] = field(default_factory=list)


def linear_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order. Running text between them is left out."""
    found = list(_tables(printed_lines(lines)))
    forms = iter(form_tables([Form(item.head, item.above, item.body) for item in found if item.head.form]))
    stated: Stated = {}
    tables: list[RawTable] = []
    bare = 0
    for item in found:
        if item.head.form:
            tables.append(next(forms))
            continue
        bare += not item.body
        table = _table(item, stated, likely_only=not item.body and bare > _MOST_BARE)
        state(stated, table)
        tables.append(table)
    return tables


def _tables(lines: Sequence[TextLine]) -> Iterator[_Found]:
    heads = list(heads_of(lines))
    found: _Found | None = None
    ended = False
    for index, head in enumerate(heads):
        if found is None or not head.repeat:
            if found is not None:
                yield found
            found, ended = _Found(head, _above(lines, head)), False
        stop = heads[index + 1].start if index + 1 < len(heads) else len(lines)
        if ended:
            continue
        for number, line in enumerate(lines[head.end : stop], head.end):
            following = lines[number + 1] if number + 1 < len(lines) else None
            if not head.form and found.body and _is_stray_unit(line, lines[number + 1 : stop]):
                continue
            if (_ends_form(line) if head.form else _ends_body(line)) or _begins_part(line, following):
                ended = True
                break
            found.body.append(line)
    if found is not None:
        yield found


def _is_stray_unit(line: TextLine, below: Sequence[TextLine]) -> bool:
    """Whether a line prints nothing but a unit, and rows go on below it: some readers print the units that stand right
    of titles where they please."""
    if not _is_unit(line):
        return False
    row = next((other for other in below if not _is_unit(other)), None)
    if row is None or len(row.words) < _FEWEST_OF_ROW or _ends_body(row):
        return False
    return is_figure_word(row.words[-1].text) and not all(is_figure_word(word.text) for word in row.words)


def _is_unit(line: TextLine) -> bool:
    return len(line.words) == 1 and bool(unit_of_line(line.line.text.strip()))


def _above(lines: Sequence[TextLine], head: Head) -> list[TextLine]:
    """The block of labels and values between the title of a form and its indicator grid."""
    if not head.form:
        return []
    last = max((piece.end for piece in head.captions.pieces), default=0)
    page = head.captions.pieces[-1].page.number if head.captions.pieces else 0
    header = head.labels[0][0]
    block: list[TextLine] = []
    for line in lines[head.start : head.end]:
        if any(word.piece is header for word in line.words):
            break
        below = line.line.page.number > page or line.line.start >= last
        if below and not is_caption(line.line.text.strip()):
            block.append(line)
    return block if head.captions.title else []


def _begins_part(line: TextLine, following: TextLine | None) -> bool:
    """Whether a line is the title of another table, whose header nobody knows, or heads a part of the document: right
    below it stands a caption or a title."""
    text = line.line.text.strip()
    below = following.line.text.strip() if following is not None else ""
    if title_of_line(text) and _TABLE.search(text):
        return is_caption(below)
    return bool(_PART.match(text)) and bool(title_of_line(below) and _TABLE.search(below))


def _ends_form(line: TextLine) -> bool:
    text = line.line.text.strip()
    return is_note(text) or is_heading(text) or is_table_number(text)


def _ends_body(line: TextLine) -> bool:
    text = line.line.text.strip()
    if is_note(text) or _SENTENCE.search(text) or is_heading(text):
        return True
    # The title or the captions of another table, whose header nobody knows.
    return is_table_number(text) or is_caption(text) or (bool(title_of_line(text)) and bool(_TABLE.search(text)))


def _table(found: _Found, stated: Stated, *, likely_only: bool) -> RawTable:
    head = found.head
    words = codes_apart([word for line in found.body for word in closed_up(line.words)], head.labels)
    blocks = read_blocks(head.labels, words, FigureJoiner.of(words))
    if blocks is not None:
        return _raw(head, [tuple(map(cell_of, row)) for row in blocks.header.rows], blocks.rows)
    if len(head.labels) >= _LABELS_OF_A_LINE and _on_one_line(head.labels) and not _are_rows(head.labels):
        header = Header.of_row(head.labels)
    else:
        header = likeliest_header(head.labels, _column_counts(head), words, likely_only=likely_only)
    header = with_unnamed_columns(header, words)
    slots = slots_of(header.text)
    if all(slot.kind is Kind.FIGURES for slot in slots):
        words = _until_text(words)
    joiner = FigureJoiner.of(words)
    read = _read(words, slots, joiner)
    settle_partial_codes(read, slots)
    body = placed_rows(with_wide_totals(read, slots), slots, header, joiner, stated, head.captions.title)
    # which labels of several lines stand above which columns their order does not tell
    reckoned = not _on_one_line(head.labels)
    rows: list[Row] = [tuple(cell_of(label, inferred=reckoned) for label in row) for row in header.rows]
    if head.numbering:
        rows[-1:] = _numbered(rows[-1], header, head.numbering, slots)
    return _raw(head, rows, body)


def _raw(head: Head, header: Sequence[Row], body: Sequence[Row]) -> RawTable:
    """The table of a head, of the rows of its header and of its body."""
    rows = (*header, *body)
    captions = head.captions
    return RawTable(
        rows,
        len(header),
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})),
    )


def _until_text(words: Sequence[Word]) -> list[Word]:
    """The words of a body that holds figures alone: what follows below them, on lines without any, is text."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    figures = [any(is_figure_word(word.text) for word in line) for line in lines]
    first = next((index for index, some in enumerate(figures) if some), len(lines))
    end = next((index for index in range(first, len(lines)) if not figures[index]), len(lines))
    return [word for line in lines[:end] for word in line]


def _read(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[SlotRow]:
    """The rows that the words of a body make up."""
    blocks = read_parallel_blocks(words, slots)
    if blocks is not None:
        return blocks
    words = reflowed(words, slots, joiner)
    return read_two_sided(words, slots, joiner) if has_two_sides(slots) else read_rows(words, slots, joiner)


def _on_one_line(labels: Sequence[Label]) -> bool:
    """Whether all labels are printed on one line, and so are one row."""
    first, last = labels[0][0], labels[-1][-1]
    return first.page is last.page and "\n" not in first.page.text[first.start : last.end]


def _are_rows(labels: Sequence[Label]) -> bool:
    """Whether labels are several rows that are printed on one line: spanners, and then what they span.
    Of blocks side by side that cannot be told."""
    texts = list(map(key_of, labels))
    stubs = [text for text in texts if column_kind(text) == "text"]
    totals = [text for text in texts if text in TOTALS]
    begun = any(text in _BEGINNERS for text in texts[1:]) or len(set(totals)) < len(totals)
    spanned = column_kind(texts[0]) != "text" or begun
    return len(set(stubs)) == len(stubs) and beside_children(texts) > 0 and spanned


def _column_counts(head: Head) -> tuple[int, ...]:
    """The numbers of columns that the numbering row allows: one cell a column; its first word may span the stub."""
    if not head.numbering:
        return ()
    count = len(head.numbering)
    words = [key_of((piece,)) for piece in head.numbering]
    named = words.count(words[0])
    if not words[0][:1].isdigit() and named > 1:
        # ** ** ** 1 2 3 has a cell for each column of the stub as well, 栏次 1 栏次 2 numbers the sides.
        return (count,) if words[:named] == words[:1] * named else ()
    if not words[0][:1].isdigit():
        return (count, count + 1, count + 2, count + 3)
    stub = any(column_kind(text_of(label)) == "text" for label in head.labels)
    return (count + 1, count + 2, count, count + 3) if stub else (count,)


def _numbered(lowest: Row, header: Header, numbering: Sequence[Piece], slots: Sequence[Slot]) -> list[Row]:
    """The lowest row of a header and the row that numbers its columns: one, where the levels of codes stand lowest and
    the numbers go on behind them (类 款 项 栏次 1 2 3), on their line or, as they do, each on its own."""
    levels = [label for label in header.rows[-1] if label]
    lines = [line_of(label[0]) for label in levels]
    stub = max((column for column, label in enumerate(header.rows[-1]) if label), default=-1) + 1
    numbered = not key_of(numbering[:1])[:1].isdigit() and stub + len(numbering) == header.width
    beside = line_of(numbering[0]) == lines[-1] or len({*lines, *map(line_of, numbering)}) == header.width
    if not (len(levels) > 1 and all(key_of(label) in LEVELS for label in levels) and numbered and beside):
        return [lowest, _numbering_row(numbering, header, slots)]
    return [(*lowest[:stub], *(cell_of((piece,)) for piece in numbering))]


def _numbering_row(numbering: Sequence[Piece], header: Header, slots: Sequence[Slot]) -> Row:
    """The row that numbers the columns: names go to stub columns, numbers to the columns left, from the right."""
    cells: list[Cell] = [EMPTY] * header.width
    starts = [index for index, piece in enumerate(numbering) if not key_of((piece,))[:1].isdigit()]
    sides = [slot.columns[0] for slot in slots if slot.kind is Kind.TEXT and slot.side]
    if len(starts) > 1 and len(starts) == len(sides):
        # 栏次 1 | 栏次 2: each side is numbered for itself.
        ends = [*sides[1:], header.width]
        for start, stop, side, end in zip(starts, [*starts[1:], len(numbering)], sides, ends, strict=True):
            cells[side] = cell_of(numbering[start : start + 1])
            _fill_backwards(cells, numbering[start + 1 : stop], end)
        return tuple(cells)
    names = starts[-1] + 1 if starts and starts == list(range(len(starts))) else 0
    for index, piece in enumerate(numbering[: min(names, header.width)]):
        cells[index] = cell_of((piece,))
    _fill_backwards(cells, numbering[names:], header.width)
    return tuple(cells)


def _fill_backwards(cells: list[Cell], pieces: Sequence[Piece], end: int) -> None:
    for offset, piece in enumerate(reversed(pieces)):
        if offset < end:
            cells[end - 1 - offset] = cell_of((piece,))
