"""Tables nested in a cell of a form, whose cells are left as lines of text: labels, figures, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.tables.text.captions import Captions
from workbench.tables.text.cells.printed_rows import PieceRow, Segment
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.lines import Line, Piece, text_of
from workbench.tables.text.vocabulary import column_kind, looks_like_label

_SENTENCE = re.compile(r"[。；，=＝]|.{31,}")
Entry = tuple[Piece, ...]


def nested_segments(cells: PieceRow, below: Sequence[Line]) -> list[Segment]:
    """The grids that the lines below a row of a form make up, the row's own cells being their first labels.

    Lines with figures are a statement; labels followed by as many paragraphs are a grid with one row; else labels
    and values take turns.
    """
    entries = [line.pieces() for line in below if line.pieces()]
    figures = [kind_of(text_of(entry)) == "figure" for entry in entries]
    if sum(figures) >= 3:
        return _statement(cells, entries, figures)
    if entries and looks_like_label(text_of(entries[0])):
        return [_paragraphs(cells, entries)]
    return [_pairs(cells, entries)]


def _statement(cells: PieceRow, entries: list[Entry], figures: list[bool]) -> list[Segment]:
    first = max(figures.index(True) - 1, 0)
    title = Captions(text_of(cells[0]), cells[0], section=True) if len(cells) > 1 else Captions()
    header = _header([*(cells[1:] if len(cells) > 1 else cells), *entries[:first]])
    width = len(header[0])
    segment = Segment(header=header, captions=title)
    row: PieceRow = []
    index = first
    while index < len(entries):
        entry = entries[index]
        if figures[index] and row and len(row) < width:
            row.append(entry)
        elif _SENTENCE.search(text_of(entry)):
            index = _note(segment, entries, figures, index)
            row = []
        else:
            row = [entry]
            segment.rows.append(row)
        index += 1
    for printed in segment.rows:
        printed.extend([()] * (width - len(printed)))
    return [segment]


def _note(segment: Segment, entries: list[Entry], figures: list[bool], index: int) -> int:
    """A paragraph among the rows goes to the label below it (that is how a label in the middle of a tall cell is
    left), else to the label above; returns the last entry used."""
    last = index
    while last + 1 < len(entries) and not figures[last + 1] and _SENTENCE.search(text_of(entries[last + 1])):
        last += 1
    pieces = tuple(piece for entry in entries[index : last + 1] for piece in entry if text_of(entry).strip("　 "))
    following = entries[last + 1] if last + 1 < len(entries) and not figures[last + 1] else None
    takes_figures = last + 2 < len(entries) and figures[last + 2]
    if following is not None and not takes_figures:
        segment.rows.append([following, pieces])
        return last + 1
    if segment.rows and len(segment.rows[-1]) == 1:
        segment.rows[-1].append(pieces)
    else:
        segment.rows.append([pieces])
    return last


def _header(labels: list[Entry]) -> list[PieceRow]:
    """One header row, or two where the last labels are one word repeated for the columns of figures above them."""
    repeats = 1
    while repeats < len(labels) and text_of(labels[-repeats - 1]) == text_of(labels[-1]):
        repeats += 1
    upper = labels[: len(labels) - repeats]
    amounts = [index for index, label in enumerate(upper) if index > 0 and column_kind(text_of(label)) == "figure"]
    if repeats == 1 or len(upper) <= repeats:
        return [list(labels)]
    if len(amounts) != repeats:
        amounts = list(range(1, 1 + repeats))
    lower: PieceRow = [()] * len(upper)
    for index, label in zip(amounts, labels[len(labels) - repeats :], strict=True):
        lower[index] = label
    return [list(upper), lower]


def _paragraphs(cells: PieceRow, entries: list[Entry]) -> Segment:
    count = 0
    while count < len(entries) and looks_like_label(text_of(entries[count])):
        count += 1
    header = [*cells[1:], *entries[:count]]
    values = entries[count:]
    width = max(len(header), 1)
    row: PieceRow = [tuple(value) for value in values[:width]]
    if len(values) > width:
        row[-1] = tuple(piece for value in values[width - 1 :] for piece in value)
    return Segment(
        header=[header], rows=[row] if row else [], captions=Captions(text_of(cells[0]), cells[0], section=True)
    )


def _pairs(cells: PieceRow, entries: list[Entry]) -> Segment:
    first: PieceRow = [*cells]
    rows: list[PieceRow] = [first]
    value: list[Piece] = []
    for index, entry in enumerate(entries):
        more = index + 1 < len(entries)
        if value and more and _is_label(entry, entries[index + 1]):
            rows[-1].append(tuple(value))
            rows.append([*[()] * (len(cells) - 1), entry])
            value = []
        else:
            value.extend(entry)
    rows[-1].append(tuple(value))
    return Segment(rows=rows)


def _is_label(entry: Entry, following: Entry) -> bool:
    text = text_of(entry)
    if _SENTENCE.search(text):
        return False
    return looks_like_label(text) or len(text_of(following)) > 2 * len(text)
