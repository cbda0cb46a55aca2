"""What the rows of a block of labels and values in a form are made of: labels, values, rows of small tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_form_label, is_form_label_prefix
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece, text_of

PUNCTUATION = re.compile(r"[，。；]")
_ENDED = re.compile(r"[。；！]$")
_AMOUNT = re.compile(r"^-?[\d,]+\.\d+[%％]?$")
PER_CENT = ("%", "％")
_LONGEST_LABEL = 16
"""A label that nobody knows is at most so long."""
SECTION = re.compile(r"(?:信息|情况)(?:[（(][^（()）]*[)）])?$")
"""What names the rows below it on a row of its own."""


@dataclass(slots=True)
class Segment:
    """A label or a value."""

    pieces: list[Piece]
    label: bool

    @property
    def text(self) -> str:
        """What it prints."""
        return text_of(self.pieces)

    @property
    def figure(self) -> bool:
        """Whether it prints a figure or a dash."""
        return bool(self.pieces) and is_figure_word(self.text)


def pairs_of(words: Sequence[Word]) -> list[Segment] | None:
    """Two labels, each with its value, in a form that has such lines: of the second one nobody may know.
    None where it is not so."""
    if len(words) != 4 or not is_form_label(words[0].text) or any(is_form_label(word.text) for word in words[1::2]):
        return None
    texts = [word.text for word in words]
    if len(texts[2]) > _LONGEST_LABEL or is_figure_word(texts[2]) or any(map(PUNCTUATION.search, texts)):
        return None
    return [Segment([word.piece], index % 2 == 0) for index, word in enumerate(words)]


def small_table_row(words: Sequence[Word], rows: Sequence[Sequence[Segment]], *, parted: bool) -> list[Segment] | None:
    """The cells of a row in which no label is known, where it tells of itself what they are: figures and their names, a
    sentence and its label, what stands below several labels; None where it does not."""
    if any(label_length(words, index) for index in range(len(words))) or len(words) < 2:
        return None
    if sum(bool(_AMOUNT.search(word.text)) for word in words) >= 2 and not PUNCTUATION.search(
        "".join(word.text for word in words)
    ):
        if not _is_led(rows) and _take_turns(words):
            return [Segment([word.piece], not is_figure_word(word.text)) for word in words]
        return [Segment([], False), *_figure_cells(words)]
    if not parted:
        return None
    above = rows[-1] if rows else []
    named = len(above) - 1 if len(above) > 2 and all(segment.label for segment in above) else 0
    texts = _texts_below(words, named)
    if texts:
        return [Segment([], False), *texts]
    lead = len(words[0].text) <= _LONGEST_LABEL and not PUNCTUATION.search(words[0].text)
    if lead and words[0].line == words[1].line and PUNCTUATION.search(words[1].text):
        rest = [word.piece for word in words[1:]]
        return [Segment([words[0].piece], True), Segment(rest, False)]
    return None


def _is_led(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether a label stands left of the rows of which the last one is above."""
    last = rows[-1] if rows else ()
    lone = len(last) == 1 and last[0].label and not SECTION.search(last[0].text)
    return lone or (len(last) > 1 and (not last[0].pieces or (last[0].label and last[1].label)))


def _take_turns(words: Sequence[Word]) -> bool:
    """Whether words are a text, a figure, a text, a figure."""
    return all(is_figure_word(word.text) == bool(index % 2) for index, word in enumerate(words))


def _figure_cells(words: Sequence[Word]) -> list[Segment]:
    """Each word a cell; a per cent sign that was wrapped goes to its figure."""
    cells: list[Segment] = []
    for word in words:
        if cells and cells[-1].figure and word.text in PER_CENT:
            cells[-1].pieces.append(word.piece)
        else:
            cells.append(Segment([word.piece], False))
    return cells


def _texts_below(words: Sequence[Word], count: int) -> list[Segment]:
    """So many texts, each wrapped or not, [] where it cannot be told where one ends."""
    if count < 2:
        return []
    texts = [Segment([words[0].piece], False)]
    for before, word in pairwise(words):
        if before.line == word.line and (len(words) == count or _ENDED.search(before.text)):
            texts.append(Segment([word.piece], False))
        else:
            texts[-1].pieces.append(word.piece)
    return texts if len(texts) == count else []


def label_length(words: Sequence[Word], index: int) -> int:
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
