"""Indicator grids of performance forms in running text: 一级指标 | 二级指标 | 三级指标 | … with every cell wrapped.

A row begins where a second-level indicator is named. Its further cells are a sequence of pieces of lines, and where
one cell ends and the next begins is decided by how text is wrapped: a line inside a cell is as long as its column
allows, the next word would not have fitted; what a page break cut off goes on in the columns that were full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from workbench.model.amount import match_key
from workbench.tables.text.header_words import Word
from workbench.tables.text.lines import Piece, display_width
from workbench.tables.text.vocabulary import is_first_indicator, is_second_indicator

_NEVER = 1e9
_MOST_PARTS = 14
_LEAST_SHARED = 5
"""How many characters two rows must end with alike for it to mean something."""
_SHORT = "无有是否高中低优良"
"""Single characters that may fill a cell."""
_VALUE = re.compile(r"^(?:[≥≤＝=<>＜＞≧≦≠]|大于|小于|不少于|不低于|不超过|不高于|\d)")
_COMPARES = re.compile(r"^[≥≤＝=<>＜＞≧≦]")
_DATE_WORD = re.compile(r"(?:^|\d)[年月日第至到]$|^[第约共达]$")
_CITES = re.compile(r"[〔【《\[［]|^(?:根据|按照|依据|按文件)")
_NUMBER_OF = re.compile(r"^[〔【\[［]")
"""The number of a document; its name stands before it."""
_COMPLETE = re.compile(
    r"^[≥≤＝=<>＜＞≧≦]?\s*[\d.,]+\s*(?:%|％|万?元|个|次|人|户|天|年|家|项|件|台|万?人次?|小时|[万元]+/人)$"
)
_UNBROKEN = re.compile(r"[A-Za-z0-9.,%]+")
_VALUE_LABEL = re.compile(r"^(?:年度)?(?:指标值|目标值|值)$")


@dataclass(slots=True)
class _Part:
    """Words of one line that are surely of one cell; `cut` says that a page break stands before them."""

    words: list[Word]
    text: str
    width: int
    cut: bool = False

    @classmethod
    def of(cls, word: Word, *, cut: bool) -> _Part:
        """The part that begins with a word."""
        return cls([word], word.text, display_width(word.text), cut)

    def add(self, word: Word) -> None:
        """Put another word of the line behind it."""
        self.words.append(word)
        self.text += " " + word.text
        self.width = display_width(self.text)

    @property
    def first(self) -> Word:
        return self.words[0]


@dataclass(slots=True)
class IndicatorRow:
    """One row: the pieces of the first and the second level, and of each further column."""

    first: list[Piece] = field(default_factory=list)
    second: list[Piece] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)


@dataclass(slots=True)
class Widths:
    """How wide the lines of each column may be, 0 where that is not known."""

    of: list[int]
    most: list[int]
    """The widest line seen in each column."""

    @classmethod
    def unknown(cls, count: int) -> Widths:
        """No column is known."""
        return cls([0] * count, [0] * count)


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


def _add_word(parts: list[_Part], word: Word, *, cut: bool) -> None:
    last = parts[-1].words[-1] if parts else None
    if last is not None and last.line == word.line and _surely_joined(last.text, word.text):
        parts[-1].add(word)
    else:
        parts.append(_Part.of(word, cut=cut))


def _surely_joined(left: str, right: str) -> bool:
    if left[-1].isascii() and left[-1].isalnum() and not right[0].isascii():
        return not _COMPARES.match(right) and (len(right) <= 3 or not _COMPARES.match(left))
    if _DATE_WORD.search(left) and right[0].isdigit():
        return True
    return bool(_COMPARES.match(left)) and len(left) == 1


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


def column_widths(rows: Sequence[IndicatorRow], labels: Sequence[str]) -> Widths:
    """How wide the columns are, by the lines that were wrapped in them at a first reading."""
    unknown = Widths.unknown(len(labels))
    wrapped: list[Counter[int]] = [Counter() for _ in labels]
    most = [0] * len(labels)
    for row in rows:
        for column, cell in enumerate(split_cells(row, labels, unknown)):
            lines = _lines_of(cell)
            for text, _ in pairwise(lines):
                wrapped[column][display_width(text)] += 1
            most[column] = max([most[column], *(display_width(text) for text in lines)])
    return Widths([_usual(counts) for counts in wrapped], most)


def _usual(counts: Counter[int]) -> int:
    """The greatest width that more than one line in ten has."""
    total = sum(counts.values())
    if total < 3:
        return 0
    return max((width for width, count in counts.items() if count * 10 > total), default=0)


def _lines_of(parts: Sequence[_Part]) -> list[str]:
    lines: list[str] = []
    last = -1
    for part in parts:
        if part.first.line == last:
            lines[-1] += " " + part.text
        else:
            lines.append(part.text)
        last = part.first.line
    return lines


def shared_endings(rows: Sequence[IndicatorRow]) -> list[int]:
    """For each row how many of its last parts the row above or below ends with too: the basis of all indicators of a
    form is often one and the same."""
    texts = [[part.text for part in row.parts] for row in rows]
    shared = [0] * len(rows)
    for index, (above, below) in enumerate(pairwise(texts)):
        count = 0
        while count < min(len(above), len(below)) - 1 and above[-count - 1] == below[-count - 1]:
            count += 1
        if count and sum(len(text) for text in above[-count:]) >= _LEAST_SHARED:
            shared[index], shared[index + 1] = max(shared[index], count), max(shared[index + 1], count)
    return shared


def split_cells(row: IndicatorRow, labels: Sequence[str], widths: Widths, ending: int = 0) -> list[list[_Part]]:
    """The parts of a row, one list for each column of `labels`; the last `ending` parts are likely the last cell."""
    cells: list[list[_Part]] = [[] for _ in labels]
    start = 0
    for index in range(1, len(row.parts) + 1):
        if index < len(row.parts) and not row.parts[index].cut:
            continue
        run = row.parts[start:index]
        full = [_fullness(cell, widths.of[column] or widths.most[column]) for column, cell in enumerate(cells)]
        mark = max(len(row.parts) - ending - start, 0) if ending else -1
        for column, parts in enumerate(_assign(run, labels, widths, full if start else None, mark)):
            cells[column].extend(parts)
        start = index
    return cells


def _fullness(cell: Sequence[_Part], width: int) -> float:
    """How far the last line of a cell fills its column, from 0 to 1."""
    if not cell:
        return 0.0
    used = display_width(_lines_of(cell)[-1])
    return 1.0 if not width or used >= width - 3 else float((used / width) ** 4)


def _assign(
    parts: Sequence[_Part], labels: Sequence[str], widths: Widths, goes_on: Sequence[float] | None, mark: int
) -> list[list[_Part]]:
    """The cheapest way to deal parts to columns from left to right. `goes_on` says how full the columns were before a
    page break, None for the beginning of a row; the last cell likely begins at part `mark`."""
    count, columns = len(parts), len(labels)
    best = [[_NEVER] * (columns + 1) for _ in range(count + 1)]
    back: list[list[int]] = [[0] * (columns + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    values = [bool(_VALUE_LABEL.match(match_key(label))) for label in labels]
    for column in range(columns):
        width = widths.of[column]
        for start in range(count + 1):
            base = best[start][column]
            if base >= _NEVER:
                continue
            skip = base + (_skip_cost(goes_on, column))
            if skip < best[start][column + 1]:
                best[start][column + 1], back[start][column + 1] = skip, start
            if start == count:
                continue
            cost = base + _begin_cost(parts, start, values[column], goes_on)
            before = widths.of[column - 1] if column else 0
            if before and start and parts[start].first.gap and parts[start - 1].width >= before - 1:
                cost += 1.0
            if goes_on is not None:
                cost += 2.0 * (1 - goes_on[column])
            if 0 <= mark <= start:
                cost += -2.0 if column == columns - 1 else 2.0
            used, whole = 0, ""
            for end in range(start + 1, min(start + _MOST_PARTS, count) + 1):
                last = parts[end - 1]
                if values[column]:
                    cost += _value_cost(whole, last.text)
                    whole += last.text
                if start < mark < end and column < columns - 1:
                    cost += 1.0
                if end - start > 1:
                    cost += _join_cost(parts[end - 2], last, used, width, goes_on)
                same_line = end - start > 1 and parts[end - 2].words[0].line == last.words[0].line
                used = used + 1 + last.width if same_line else last.width
                if width and end - start == 1 and parts[start].width > width + 1:
                    cost += 3.0
                if cost < best[end][column + 1]:
                    best[end][column + 1], back[end][column + 1] = cost, start
                if cost > base + 7:
                    break
    cells: list[list[_Part]] = []
    end = count
    if best[count][columns] >= _NEVER:
        return [list(parts), *([] for _ in labels[1:])]
    for column in range(columns, 0, -1):
        start = back[end][column]
        cells.append(list(parts[start:end]))
        end = start
    return cells[::-1]


def _value_cost(before: str, text: str) -> float:
    """What it costs that a part belongs to a value behind what it has: documents are cited as its basis, not in it, and
    a complete value is followed by nothing."""
    cost = 2.5 if _CITES.search(text) else 0.0
    return cost + 1.2 if before and _COMPLETE.match(before) else cost


def _skip_cost(goes_on: Sequence[float] | None, column: int) -> float:
    if goes_on is None:
        return 2.5
    return 0.6 * goes_on[column]


def _begin_cost(parts: Sequence[_Part], start: int, value: bool, goes_on: Sequence[float] | None) -> float:
    """What it costs that a cell begins at a part."""
    text = parts[start].text
    cost = 0.0
    if _NUMBER_OF.match(text):
        cost += 2.0
    if _COMPARES.match(text):
        cost += -1.0 if value else 2.0
    elif value and not _VALUE.match(text) and display_width(text) > 20:
        cost += 1.0
    if goes_on is None and len(text) == 1 and not text.isascii() and text not in _SHORT:
        cost += 1.5
    if start == 0:
        return cost
    left, right = parts[start - 1].words[-1], parts[start].first
    if right.text[0] in "，。；、）)：":
        cost += 3.0
    if left.line == right.line:
        if not left.text[-1].isascii() and right.text[0].isdigit():
            return cost + 0.3
        return cost + (0.8 if right.text[0].isascii() and right.text[0].isalpha() else 0.0)
    return cost + (0.5 if right.gap else 0.0)


def _join_cost(left: _Part, right: _Part, used: int, width: int, goes_on: Sequence[float] | None) -> float:
    """What it costs that two neighbouring parts are of one cell; `used` is the width of the line so far."""
    if _COMPARES.match(right.text):
        return 3.0
    first = right.words[0]
    if left.words[0].line == first.line:
        if left.text[-1].isascii() or right.text[0].isascii():
            return 0.7
        # The short end of a wrapped line stands first on its line; below a page break the ends of several cells do.
        rest = len(left.text) <= 2 and (
            left.first.first and left.first.gap if goes_on is None else not left.first.first
        )
        return 0.6 if rest else 1.8
    cost = 0.0 if first.gap else 0.9
    if width:
        if used + _unit(right.text) <= width - 1:
            cost += 1.6
        if right.width > width + 1:
            cost += 3.0
    return cost


def _unit(text: str) -> int:
    """How wide the first bit of a text is that is not broken."""
    match = _UNBROKEN.match(text)
    return len(match[0]) + 1 if match else display_width(text[0])


def pieces_of(cell: Sequence[_Part]) -> list[Piece]:
    """The pieces of a cell, in order."""
    return [word.piece for part in cell for word in part.words]
