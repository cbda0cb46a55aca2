"""Indicator grids of performance forms in running text: 一级指标 | 二级指标 | 三级指标 | … with every cell wrapped.

A row begins where a second-level indicator is named; its further cells are a sequence of pieces of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from workbench.model.amount import match_key
from workbench.model.display_width import display_width
from workbench.tables.text.form_words import indicator_family, is_first_indicator, is_second_indicator
from workbench.tables.text.forms.indicator_columns import COMPARES, IndicatorColumns
from workbench.tables.text.forms.levels_by_place import levels_by_place
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece, text_of

_VALUE = re.compile(r"^(?:[≥≤＝=<>＜＞≧≦≠]|大于|小于|不少于|不低于|不超过|不高于|\d)")
_SCORE = re.compile(r"^\d{1,3}(?:\.\d+)?$")
_TOTALS = frozenset({"合计", "总计", "总分"})
_WIDEST_VALUE = 16
_SHORTEST_NAME = 3
_SEVERAL = 2
_VALUE_LABEL = re.compile(r"(?:指标值|目标值|完成值|^值|分值|得分|权重)(?:\(.*\))?$")
_DATE_WORD = re.compile(r"^[年月日第至到约共达]$|\d[第至到]$")
_YEAR = re.compile(r"(?:19|20)\d\d年$")
_MONTH = re.compile(r"^(?:1[0-2]|0?[1-9])(?:月|$)")
_DAY = re.compile(r"^\d{1,2}[日号]")


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
    """One row: the pieces of the first and the second level, and of each further column; `project` are the cells left
    of them, where a list prints the indicators of several projects."""

    first: list[Piece] = field(default_factory=list)
    second: list[Piece] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    project: list[tuple[Piece, ...]] = field(default_factory=list)


def indicator_rows(words: Sequence[Word], labels: Sequence[str], *, two_levels: bool) -> list[IndicatorRow]:
    """The rows that the words below an indicator header make up; `labels` are those of the columns behind its one or
    `two_levels`."""
    columns = IndicatorColumns.of(labels)
    placed = levels_by_place(words, labels) if two_levels else {}
    rows: list[IndicatorRow] = []
    first: list[Piece] = []
    index = 0
    last_line = -1
    while index < len(words):
        word = words[index]
        if rows and _ends_second(rows[-1], words, index):
            rows[-1].second = [*rows[-1].second, word.piece]
            last_line = word.line
            index += 1
            continue
        if rows and _names_block(rows[-1], words, index):
            rows[-1].first = [word.piece]
            last_line = word.line
            index += 1
            continue
        if rows and _leads_name(rows[-1], word):
            rows[-1].first = [word.piece]
            last_line = word.line
            index += 1
            continue
        level, count = (placed[index], 1) if index in placed else _stub(words, index, bool(first))
        pieces = [taken.piece for taken in words[index : index + count]]
        if level == 1:
            if first:
                rows.append(IndicatorRow(first))
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
            _add_word(rows[-1].parts, word, columns, cut=cut)
            index += 1
        last_line = words[index - 1].line
    return rows


def _names_block(row: IndicatorRow, words: Sequence[Word], index: int) -> bool:
    """Whether the last word of a line names the first-level indicator of the rows around it: its cell runs down beside
    them, and is drawn after the row in their middle."""
    word, following = words[index], words[index + 1 : index + 2]
    last = not word.first and (not following or following[0].first)
    return last and bool(row.second and row.parts) and not row.first and is_first_indicator(match_key(word.text))


def _leads_name(row: IndicatorRow, word: Word) -> bool:
    """Whether a line begins with the first-level indicator of the row above, of which only the second level has been
    named: that is wrapped, and its first line is drawn above the middle of the row."""
    if not word.first or not row.second or row.first or row.parts:
        return False
    return is_first_indicator(match_key(word.text)) and _kind_of_first([word.piece]) == _kind(row.second)


def _ends_second(row: IndicatorRow, words: Sequence[Word], index: int) -> bool:
    """Whether the first word of a line ends the name of the second-level indicator of the row above, which is wrapped:
    服务对象满意度 … | 指标."""
    word = words[index]
    if not word.first or not row.second or not row.parts or _stub(words, index, False)[0]:
        return False
    name = match_key("".join(piece.text for piece in row.second))
    return is_second_indicator(name + match_key(word.text))


def _stub(words: Sequence[Word], index: int, fresh: bool) -> tuple[int, int]:
    """Whether a first-level (1) or second-level (2) indicator is named here, and in how many words."""
    text = ""
    found = (0, 0)
    for count in range(1, min(5, len(words) - index + 1)):
        word = words[index + count - 1]
        text += match_key(word.text)
        if len(text) > 12:
            break
        first = words[index].first and (is_first_indicator(text) or _is_total(words, index, text))
        if is_second_indicator(text) and (words[index].first or fresh):
            found = (1 if first and _names_second(words, index + count) else 2, count)
        elif first:
            found = (1, count)
    return found


def _is_total(words: Sequence[Word], index: int, text: str) -> bool:
    """Whether a line begins here that is the total of the grid: 合计 and nothing but scores."""
    line = words[index].line
    scores = list(takewhile(lambda word: word.line == line, words[index + 1 : index + 5]))
    return text in _TOTALS and bool(scores) and all(_SCORE.match(word.text) for word in scores)


def _names_second(words: Sequence[Word], index: int) -> bool:
    """Whether a second-level indicator is named by the next words."""
    text = ""
    for word in words[index : index + 3]:
        text += match_key(word.text)
        if is_second_indicator(text):
            return True
    return False


def _add_word(parts: list[Part], word: Word, columns: IndicatorColumns, *, cut: bool) -> None:
    last = parts[-1].words[-1] if parts else None
    beside = last is not None and last.line == word.line and not columns.apart(last.text, word.text)
    if last is not None and beside and _surely_joined(last.text, word.text):
        parts[-1].add(word)
    else:
        parts.append(Part.of(word, cut=cut))


def _surely_joined(left: str, right: str) -> bool:
    if left[-1].isascii() and left[-1].isalnum() and not right[0].isascii():
        return not COMPARES.match(right) and (len(right) <= 3 or not (COMPARES.match(left) or _SCORE.match(left)))
    if _DATE_WORD.search(left) and right[0].isdigit():
        return True
    if (_YEAR.search(left) and _MONTH.match(right)) or (left.endswith("月") and _DAY.match(right)):
        return True
    return bool(COMPARES.match(left)) and len(left) == 1


def named_first(rows: Sequence[IndicatorRow]) -> list[IndicatorRow]:
    """The rows, an indicator of the first level whose name stands in the middle of its block named in the first row of
    that: the rows above without one are of its kind, and of no kind of the one before."""
    found = list(rows)
    for index, row in enumerate(found):
        kind = _kind_of_first(row.first)
        first = index
        while kind and first and not found[first - 1].first and _kind(found[first - 1].second) == kind:
            first -= 1
        before = next((_kind_of_first(above.first) for above in reversed(found[:first]) if above.first), "")
        if first < index and before != kind:
            found[first].first, row.first = row.first, []
    return found


def _kind_of_first(pieces: Sequence[Piece]) -> str:
    """The kind of an indicator of the first level, where 成本指标 stands beside 产出指标 and not below it."""
    return "成本" if match_key(text_of(pieces)) == "成本指标" else _kind(pieces)


def _kind(pieces: Sequence[Piece]) -> str:
    return indicator_family(text_of(pieces)) if pieces else ""


def parted(rows: Sequence[IndicatorRow], labels: Sequence[str]) -> list[IndicatorRow]:
    """The rows, a block of several indicators cut before each: the second level is printed once for all of them.
    `labels` are those of the columns behind the second level."""
    found: list[IndicatorRow] = []
    values = sum(bool(_VALUE_LABEL.search(match_key(label))) for label in labels)
    for row in rows:
        lines = [list(line) for _, line in groupby(row.parts, key=lambda part: part.words[0].line)]
        block = _Block(len(labels), values)
        for index, line in enumerate(lines):
            begins = block.begins_anew(line, lines[index + 1] if index + 1 < len(lines) else ())
            if index == 0 or begins:
                found.append(row if index == 0 else IndicatorRow())
                found[-1].parts = []
                block.clear()
            block.add(line)
            found[-1].parts.extend(line)
        if not lines:
            found.append(row)
    return found


@dataclass(slots=True)
class _Block:
    """What is known of the indicator that is being read: in how many columns it may stand, how many of them hold values
    or scores, and how many values it has so far."""

    columns: int
    values: int
    seen: int = 0
    whole: bool = False

    def clear(self) -> None:
        """Another indicator begins."""
        self.seen, self.whole = 0, False

    def add(self, line: Sequence[Part]) -> None:
        """A line goes on with it."""
        self.whole = self.whole or (not self.seen and len(line) >= self.columns)
        self.seen += sum(map(_is_value, line))

    def begins_anew(self, line: Sequence[Part], below: Sequence[Part]) -> bool:
        """Whether a line names another indicator: it fills the columns as the first one did, or it has a text and
        values, and the indicator before has all of its own. Its first value may be a line of its own below."""
        if line[0].cut:
            return False
        if self.whole and len(line) >= self.columns:
            return True
        values = sum(map(_is_value, line))
        if self.values >= _SEVERAL and len(line) == len(below) == 1:
            values += _is_value(below[0])
        named = not _is_value(line[0]) and len(line[0].text) >= _SHORTEST_NAME
        return named and 0 < self.values <= self.seen and values > 0


def _is_value(part: Part) -> bool:
    return bool(_VALUE.match(part.text)) and part.width <= _WIDEST_VALUE
