"""The lines that may hold the words of a header: up to a figure, a sentence, a caption,
or the row that numbers columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.tables.text.header.form_places import begins_indicators
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import LEVELS, NEW_LABEL, column_kind, is_known, is_known_prefix

MOST_LINES = 90
MOST_WORDS = 240
"""More lines or words make no header."""
_SENTENCE = re.compile(r"[。；！？]|，.*，")
_YEAR = re.compile(r"^(?:19|20)\d\d(?:年.*)?$")
_CAPTION_WORD = re.compile(r"(?:^|\s)(?!其中)[^（(\s]*[:：](?!$)")
_TOTALS = frozenset({"合计", "总计"})
_NO_NUMBER = re.compile(r"^(?:\*+|甲|乙|丙|栏次|行次|列次)$")


def header_words(lines: Sequence[TextLine], position: int) -> tuple[list[Word], int, tuple[Piece, ...]]:
    """The words from a line on that may be of a header, the number of the line after them, and the cells of the row
    that numbers the columns where one ends them."""
    words: list[Word] = []
    for line in lines[position : position + MOST_LINES]:
        if _is_numbering(line):
            return words, line.number + 1, tuple(word.piece for word in line.words)
        below = _numbering_below(lines, line.number) if words and len(line.words) == 1 else ()
        if below:
            return words, line.number + len(below), below
        if _is_no_header(line.line.text) or said_again(lines, line.number, position):
            break
        if words and NEW_LABEL.match(line.key) and not is_known_prefix(line.words[0].text):
            break
        if words and words[-1].text in LEVELS and words[-2:][0].text in LEVELS and _is_total_row(lines, line):
            break
        if words and begins_indicators(words, lines[line.number : line.number + 3]):
            break
        if any(is_figure(word.text) for word in line.words):
            break
        words.extend(line.words)
        if len(words) > MOST_WORDS:
            break
    return words, words[-1].line + 1 if words else position, ()


def _is_total_row(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line below 类 款 项 begins with the total of the rows, with no label of another column behind it."""
    after = [*line.words[1:], *(word for below in lines[line.number + 1 : line.number + 2] for word in below.words)]
    labelled = bool(after) and is_known(after[0].text) and column_kind(after[0].text) == "figure"
    return line.words[0].text in _TOTALS and not labelled


def said_again(lines: Sequence[TextLine], position: int, first: int) -> int:
    """How many of the lines before `position`, two or more and none before `first`, are printed once more right there;
    they end with the levels of codes, of which no header has two sets."""
    if position - first < 2 or not "".join(line.key for line in lines[position - 3 : position]).endswith("类款项"):
        return 0
    for count in range(2, position - first + 1):
        if lines[position - 1].key != lines[min(position + count, len(lines)) - 1].key:
            continue
        before, after = lines[position - count : position], lines[position : position + count]
        if [line.key for line in before] == [line.key for line in after]:
            return count
    return 0


def _numbering_below(lines: Sequence[TextLine], position: int) -> tuple[Piece, ...]:
    """The row that numbers the columns where each of its cells is a line of its own, () where none begins here."""
    pieces: list[Piece] = []
    count = 0
    for line in lines[position : position + MOST_LINES]:
        key = line.key
        if len(line.words) != 1 or not (key == str(count + 1) or _NO_NUMBER.match(key)):
            break
        count += key == str(count + 1)
        pieces.append(line.words[0].piece)
    return tuple(pieces) if count >= 2 else ()


@lru_cache(maxsize=4096)
def _is_no_header(text: str) -> bool:
    """Whether a line is a sentence, or a caption as 单位：万元 is one."""
    text = text.strip()
    return bool(_SENTENCE.search(text)) or len(text) > 120 or bool(_CAPTION_WORD.search(text))


@lru_cache(maxsize=8192)
def is_figure(text: str) -> bool:
    """Whether a word is a figure and no year."""
    if _YEAR.match(text):
        return False
    return read_figure(text).kind in (FigureKind.NUMBER, FigureKind.GARBLED)


def _is_numbering(line: TextLine) -> bool:
    if len(line.words) < 2:
        return False
    keys = [match_key(word.text) for word in line.words]
    keys = [key for key in keys if not _NO_NUMBER.match(key)]
    numbers = [re.match(r"(\d{1,2})(?:=.*)?$", key) for key in keys]
    return len(keys) >= 2 and all(number and int(number[1]) == index + 1 for index, number in enumerate(numbers))
