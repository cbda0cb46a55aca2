"""Performance forms in running text: a block of labels and values, then the indicator grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.model.amount import match_key
from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header_words import Word
from workbench.tables.text.heads import Head
from workbench.tables.text.indicator_cells import Widths, column_widths, pieces_of, shared_endings, split_cells
from workbench.tables.text.indicators import indicator_rows, parted
from workbench.tables.text.lines import EMPTY, Piece, cell_of, text_of
from workbench.tables.text.printed import TextLine
from workbench.tables.text.vocabulary import is_amount_label, is_form_label, is_form_label_prefix

_PUNCTUATION = re.compile(r"[，。；]")
Pieces = tuple[Piece, ...]


@dataclass(slots=True)
class Form:
    """A form as found: its head (the header of the indicator grid), the lines above that header, those below it."""

    head: Head
    above: list[TextLine]
    body: list[TextLine]


def form_tables(forms: Sequence[Form]) -> list[RawTable]:
    """The table of each form: below the header of its indicators the rows of its labels and values, then those of
    its indicators.

    Forms with the same header are of one make, their columns of one width: how text wraps is learnt from all.
    """
    read = [
        parted(
            indicator_rows([word for line in form.body for word in line.words]),
            _further_labels(form.head),
        )
        for form in forms
    ]
    tables: list[RawTable] = []
    widths: dict[str, Widths] = {}
    for form in forms:
        key = form.head.header_key
        if key not in widths:
            same = [
                row for other, rows in zip(forms, read, strict=True) if other.head.header_key == key for row in rows
            ]
            widths[key] = column_widths(same[:40], _further_labels(form.head))
    for form, rows in zip(forms, read, strict=True):
        stub = _stub_count(form.head)
        grid: list[list[Pieces]] = [list(form.head.labels), *label_rows(form.above)]
        for row, ending in zip(rows, shared_endings(rows), strict=True):
            lead: list[Pieces] = [()] * stub
            if stub > 1:
                lead[stub - 2] = tuple(row.first)
            lead[stub - 1] = tuple(row.second) if stub > 1 else (*row.first, *row.second)
            cells = split_cells(row, _further_labels(form.head), widths[form.head.header_key], ending)
            grid.append([*lead, *(tuple(pieces_of(cell)) for cell in cells)])
        tables.append(_raw(grid, form.head))
    return tables


def _labels(head: Head) -> list[str]:
    return [text_of(label) for label in head.labels]


def _stub_count(head: Head) -> int:
    """How many columns the levels named in the stub take: up to 二级指标."""
    keys = [match_key(text) for text in _labels(head)]
    return keys.index("二级指标") + 1 if "二级指标" in keys else 1


def _further_labels(head: Head) -> list[str]:
    """The labels of the columns behind the stub; one without a label where the header ends with 二级指标."""
    return _labels(head)[_stub_count(head) :] or [""]


def _raw(grid: Sequence[Sequence[Pieces]], head: Head) -> RawTable:
    width = max(len(row) for row in grid)
    rows: list[Row] = [(*(cell_of(pieces) for pieces in row), *[EMPTY] * (width - len(row))) for row in grid]
    captions = head.captions
    return RawTable(
        tuple(rows),
        1,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})),
    )


@dataclass(slots=True)
class _Segment:
    """A label or a value on one line."""

    pieces: list[Piece]
    label: bool

    @property
    def text(self) -> str:
        return text_of(self.pieces)


def label_rows(lines: Sequence[TextLine]) -> list[list[Pieces]]:
    """The rows of a block of labels and values. A label alone on its line leads the rows below it."""
    rows: list[list[_Segment]] = []
    for line in lines:
        segments = _segments(line.words)
        last = rows[-1] if rows else []
        open_label = bool(last) and last[-1].label and not is_amount_label(last[-1].text)
        if segments[0].label:
            lone_lead = len(last) == 1 and last[0].label
            led = len(last) > 1 and (not last[0].pieces or (last[0].label and last[1].label))
            if lone_lead and len(segments) != 1:
                last.extend(segments)
            elif led and is_amount_label(segments[0].text):
                rows.append([_Segment([], False), *segments])
            else:
                rows.append(segments)
        elif open_label and not (len(last) > 1 and last[-2].label):
            last.extend(segments)
        elif last and not last[-1].label and _is_text(last[-1]) and all(_is_text(segment) for segment in segments):
            for segment in segments:
                last[-1].pieces.extend(segment.pieces)
        else:
            rows.append([_Segment([], False), *segments])
    return [[tuple(segment.pieces) for segment in row] for row in rows]


def _is_text(segment: _Segment) -> bool:
    return bool(segment.pieces) and not is_figure_word(segment.text)


def _segments(words: Sequence[Word]) -> list[_Segment]:
    """A line cut into labels and values; a sentence has a label at most at its beginning."""
    sentence = bool(_PUNCTUATION.search("".join(word.text for word in words)))
    segments: list[_Segment] = []
    index = 0
    while index < len(words):
        count = _label_length(words, index) if not sentence or index == 0 else 0
        if count and sentence and is_amount_label("".join(word.text for word in words[:count])):
            count = 0
        if count:
            segments.append(_Segment([word.piece for word in words[index : index + count]], True))
            index += count
            continue
        word = words[index]
        figures = is_figure_word(word.text) and bool(segments) and is_figure_word(segments[-1].text)
        if segments and not segments[-1].label and not figures:
            segments[-1].pieces.append(word.piece)
        else:
            segments.append(_Segment([word.piece], False))
        index += 1
    return segments


def _label_length(words: Sequence[Word], index: int) -> int:
    """In how many words a label begins here, the longest; 0 where none does."""
    text = ""
    found = 0
    for count in range(1, min(6, len(words) - index) + 1):
        text += words[index + count - 1].text
        if not is_form_label_prefix(text):
            break
        if is_form_label(text):
            found = count
    return found
