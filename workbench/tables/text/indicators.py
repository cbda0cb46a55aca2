"""Indicator grids of performance forms in running text: 一级指标 | 二级指标 | 三级指标 | … with every cell wrapped.

A row begins where a second-level indicator is named; its further cells are a sequence of pieces of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.model.amount import match_key
from workbench.tables.text.header_words import Word
from workbench.tables.text.lines import Piece, display_width
from workbench.tables.text.vocabulary import is_first_indicator, is_second_indicator

COMPARES = re.compile(r"^[≥≤＝=<>＜＞≧≦]")
"""How a value begins that is not to be met but bounded."""
_DATE_WORD = re.compile(r"(?:^|\d)[年月日第至到]$|^[第约共达]$")


@dataclass(slots=True)
class Part:
    """Words of one line that are surely of one cell; `cut` says that a page break stands before them."""

    words: list[Word]
    text: str
    width: int
    cut: bool = False

    @classmethod
    def of(cls, word: Word, *, cut: bool) -> Part:
        """The part that begins with a word."""
        return cls([word], word.text, display_width(word.text), cut)

    def add(self, word: Word) -> None:
        """Put another word of the line behind it."""
        self.words.append(word)
        self.text += " " + word.text
        self.width = display_width(self.text)

    @property
    def first(self) -> Word:
        """Its first word."""
        return self.words[0]


@dataclass(slots=True)
class IndicatorRow:
    """One row: the pieces of the first and the second level, and of each further column."""

    first: list[Piece] = field(default_factory=list)
    second: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def indicator_rows(words: Sequence[Word]) -> list[IndicatorRow]:
    """The rows that the words below an indicator header make up."""
    rows: list[IndicatorRow] = []
    first: list[Piece] = []
    index = 0
    last_line = -1
    while index < len(words):
        word = words[index]
        level, count = _stub(words, index, bool(first))
        pieces = [taken.piece for taken in words[index : index + count]]
        if level == 1:
            first = pieces
            index += count
        elif level == 2:
            rows.append(IndicatorRow(first, pieces))
            first = []
            index += count
        else:
            if not rows or first:
                rows.append(IndicatorRow(first))
                first = []
            cut = last_line >= 0 and word.line > last_line + 1
            _add_word(rows[-1].parts, word, cut=cut)
            index += 1
        last_line = words[index - 1].line
    return rows


def _stub(words: Sequence[Word], index: int, fresh: bool) -> tuple[int, int]:
    """Whether a first-level (1) or second-level (2) indicator is named here, and in how many words."""
    text = ""
    found = (0, 0)
    for count in range(1, min(5, len(words) - index + 1)):
        word = words[index + count - 1]
        text += match_key(word.text)
        if len(text) > 12:
            break
        first = is_first_indicator(text) and words[index].first
        if is_second_indicator(text) and (words[index].first or fresh):
            found = (1 if first and _names_second(words, index + count) else 2, count)
        elif first:
            found = (1, count)
    return found


def _names_second(words: Sequence[Word], index: int) -> bool:
    """Whether a second-level indicator is named by the next words."""
    text = ""
    for word in words[index : index + 3]:
        text += match_key(word.text)
        if is_second_indicator(text):
            return True
    return False


def _add_word(parts: list[Part], word: Word, *, cut: bool) -> None:
    last = parts[-1].words[-1] if parts else None
    if last is not None and last.line == word.line and _surely_joined(last.text, word.text):
        parts[-1].add(word)
    else:
        parts.append(Part.of(word, cut=cut))


def _surely_joined(left: str, right: str) -> bool:
    if left[-1].isascii() and left[-1].isalnum() and not right[0].isascii():
        return not COMPARES.match(right) and (len(right) <= 3 or not COMPARES.match(left))
    if _DATE_WORD.search(left) and right[0].isdigit():
        return True
    return bool(COMPARES.match(left)) and len(left) == 1


def parted(rows: Sequence[IndicatorRow], count: int) -> list[IndicatorRow]:
    """The rows, a block in which several lines each fill all `count` further columns cut before each such line: the
    second level is printed once for all its indicators."""
    found: list[IndicatorRow] = []
    for row in rows:
        lines = [list(line) for _, line in groupby(row.parts, key=lambda part: part.words[0].line)]
        whole = [len(line) >= count and (index == 0 or not line[0].cut) for index, line in enumerate(lines)]
        if sum(whole) < 2 or not whole[0]:
            found.append(row)
            continue
        for index, line in enumerate(lines):
            if whole[index]:
                found.append(row if index == 0 else IndicatorRow())
                found[-1].parts = []
            found[-1].parts.extend(line)
    return found
