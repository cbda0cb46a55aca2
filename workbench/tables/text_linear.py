"""Tables in running text from PDF pages: empty cells vanished, labels, codes and figures wrapped over lines.

The head of each table is found by the known labels, its columns are put together from the words, the body is read row
by row, and the figures are placed in the columns that make the sums hold; cells so placed are marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.fiscal.captions import is_note
from workbench.model.amount import match_key
from workbench.model.table import Cell, Row
from workbench.tables.raw import RawTable
from workbench.tables.text_captions import is_caption
from workbench.tables.text_forms import Form, form_tables
from workbench.tables.text_header_words import Header, arrange
from workbench.tables.text_heads import Head, TextLine, heads_of, printed_lines
from workbench.tables.text_lines import EMPTY, Line, Piece, cell_of, key_of
from workbench.tables.text_placing import RowToPlace, equations_of, place_rows
from workbench.tables.text_rows import FigureJoiner, Kind, Slot, SlotRow, read_rows, slots_of
from workbench.tables.text_sides import has_two_sides, read_two_sided

_HEADING = re.compile(
    r"^第[一二三四五六七八九十]+(?:部分|章)|^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]).*(?:情况|说明|安排|解释|事项|目标|概况|职责|措施)[:：]?$"
)
_SENTENCE = re.compile(r"。|，.{6,}，|；$")
_COUNT = re.compile(r"数量$|人数$|户数$|辆数$|台数$|套数$|个数$")


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
    return [next(forms) if item.head.form else _table(item) for item in found]


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
        for line in lines[head.end : stop]:
            if _ends_form(line) if head.form else _ends_body(line):
                ended = True
                break
            found.body.append(line)
    if found is not None:
        yield found


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


def _ends_form(line: TextLine) -> bool:
    return is_note(line.line.text) or bool(_HEADING.match(line.line.text.strip()))


def _ends_body(line: TextLine) -> bool:
    text = line.line.text.strip()
    return is_note(text) or bool(_SENTENCE.search(text)) or bool(_HEADING.match(text))


def _table(found: _Found) -> RawTable:
    head = found.head
    header = arrange(head.labels, _column_counts(head))
    slots = slots_of(header)
    words = [word for line in found.body for word in line.words]
    joiner = FigureJoiner.of(words)
    read = read_two_sided(words, slots) if has_two_sides(slots) else read_rows(words, slots, joiner)
    body = _place(read, slots, header, joiner)
    rows: list[Row] = [tuple(cell_of(label) for label in row) for row in header.rows]
    if head.numbering:
        rows.append(_numbering_row(head.numbering, header.width))
    rows.extend(body)
    pages = tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors}))
    captions = head.captions
    return RawTable(
        tuple(rows),
        len(rows) - len(body),
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=pages,
    )


def _column_counts(head: Head) -> tuple[int, ...]:
    """The numbers of columns that the numbering row allows: one cell a column; its first word may span the stub."""
    if not head.numbering:
        return ()
    count = len(head.numbering)
    named = not key_of(head.numbering[:1])[:1].isdigit()
    return (count, count + 1, count + 2) if named else (count + 1, count + 2, count, count + 3)


def _numbering_row(numbering: Sequence[Piece], width: int) -> Row:
    cells: list[Cell] = [EMPTY] * width
    named = not key_of(numbering[:1])[:1].isdigit()
    if named:
        cells[0] = cell_of(numbering[:1])
    numbers = numbering[1:] if named else numbering
    for offset, piece in enumerate(reversed(numbers)):
        if offset < width:
            cells[width - 1 - offset] = cell_of((piece,))
    return tuple(cells)


def _place(read: Sequence[SlotRow], slots: Sequence[Slot], header: Header, joiner: FigureJoiner) -> list[Row]:
    """The rows with every cell in its column."""
    texts = header.texts()
    grid: list[list[Cell]] = [[EMPTY] * header.width for _ in read]
    for index, slot in enumerate(slots):
        if slot.kind is not Kind.FIGURES:
            for cells, row in zip(grid, read, strict=True):
                cells[slot.columns[0]] = cell_of([word.piece for word in row.words.get(index, ())])
            continue
        figures = [joiner.join(row.words.get(index, [])) for row in read]
        base = slot.columns[0]
        equations = [
            type(equation)(equation.total - base, tuple(part - base for part in equation.parts))
            for equation in equations_of(texts, slot.columns)
        ]
        rows = [
            RowToPlace(
                tuple("".join(piece.text for piece in figure) for figure in printed),
                _code(row, slots, index),
                _label(row, slots, index),
            )
            for printed, row in zip(figures, read, strict=True)
        ]
        counts = [column - base for column in slot.columns if _COUNT.search(header.leaf(column))]
        ways = place_rows(rows, len(slot.columns), equations, counts)
        for cells, printed, way in zip(grid, figures, ways, strict=True):
            lost = len(printed) < len(slot.columns)
            for figure, column in zip(printed, way, strict=False):
                cells[base + column] = cell_of(figure, inferred=lost)
    return [tuple(cells) for cells in grid]


def _code(row: SlotRow, slots: Sequence[Slot], before: int) -> str:
    codes = [index for index in range(before) if slots[index].kind is Kind.CODE]
    return "".join(match_key(word.text) for index in codes for word in row.words.get(index, ()))


def _label(row: SlotRow, slots: Sequence[Slot], before: int) -> str:
    """The row's own label left of a slot, the nearest text column that says something."""
    for index in range(before - 1, -1, -1):
        if slots[index].kind is Kind.TEXT and row.words.get(index):
            return "".join(word.text for word in row.words[index])
    return ""
