"""Lists of projects in running text, each with its indicators beside it: 项目名称 | 预算数 | 一级指标 | 二级指标.

The cells of a project run down beside all rows of its indicators. They are printed before the first of these, on its
line or above it, where they are set at the top, and between two lines of them, where they are set in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from workbench.model.amount import match_key
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_first_indicator, is_second_indicator
from workbench.tables.text.forms.indicators import IndicatorRow, indicator_rows, parted
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import column_kind

_MOST_WORDS = 4
"""In so many words the name of an indicator is printed at the most."""
_Line = Sequence[Word]


def project_rows(words: Sequence[Word], leads: Sequence[str], labels: Sequence[str]) -> list[IndicatorRow]:
    """The rows of a list of projects: `leads` are the labels of the columns of a project, `labels` those behind the
    second level of indicators."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    begins = [_begin_of_indicators(line) for line in lines]
    name = next((_first_level(line[at:])[0] for line, at in zip(lines, begins, strict=True) if at >= 0), "")
    starts = [
        index
        for index, (line, at) in enumerate(zip(lines, begins, strict=True))
        if at >= 0 and name and _first_level(line[at:])[0] == name
    ]
    if not starts:
        return parted(indicator_rows(words, labels, two_levels=True), labels)
    found: list[IndicatorRow] = []
    above: Sequence[_Line] = lines[: starts[0]]
    before = bool(above)
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        last = max(index for index in range(start, stop) if begins[index] >= 0)
        end = _end_of_row(lines, last, begins[last], stop, len(labels)) if before and stop < len(lines) else stop
        cells, rows = _parted(lines[start:end], begins[start:end], len(leads))
        own = parted(indicator_rows(rows, labels, two_levels=True), labels)
        own[0].project = _cells([*above, *cells], leads)
        found.extend(own)
        above = lines[end:stop]
    return found


def _parted(lines: Sequence[_Line], begins: Sequence[int], leads: int) -> tuple[list[_Line], list[Word]]:
    """The lines of the cells of a project, and the words of its indicators: what stands before the names of indicators,
    what goes on with that on lines of several words, and a line of as many words as a project has cells."""
    cells: list[_Line] = []
    words: list[Word] = []
    beside = False
    for line, begin in zip(lines, begins, strict=True):
        beside = beside or begin > 0
        whole = begin < 0 and not cells and len(line) == leads > 1
        end = len(line) if whole else begin if begin >= 0 else int(beside and len(line) > 1)
        if end:
            cells.append(line[:end])
        words.extend(word._replace(first=index == 0) for index, word in enumerate(line[end:]))
    return cells, words


def _begin_of_indicators(line: _Line) -> int:
    """At which word of a line the names of its indicators begin: a first level and a second one, or, first on the line
    or behind texts, a second one; -1 where none does."""
    for index in range(len(line)):
        name, count = _first_level(line[index:])
        if name and (index + count == len(line) or _second_level(line[index + count :])):
            return index
    return next((index for index in range(len(line)) if _second_level(line[index:])), -1)


def _first_level(words: _Line) -> tuple[str, int]:
    """The name of an indicator of the first level with which words begin, and of how many words it is."""
    return _named(words, second=False)


def _second_level(words: _Line) -> int:
    return _named(words, second=True)[1]


def _named(words: _Line, *, second: bool) -> tuple[str, int]:
    text = ""
    for count, word in enumerate(words[:_MOST_WORDS], 1):
        text += match_key(word.text)
        if is_second_indicator(text) if second else is_first_indicator(text):
            return text, count
    return "", 0


def _end_of_row(lines: Sequence[_Line], last: int, begin: int, stop: int, columns: int) -> int:
    """The number of the line after the row that begins on line `last`: up to where it has a text in every column."""
    words = lines[last][begin:]
    names = _first_level(words)[1]
    names += _second_level(words[names:])
    filled = len(words) - names
    end = last + 1
    while filled < columns and end < stop - 1:
        filled += len(lines[end])
        end += 1
    return end


def _cells(lines: Sequence[_Line], leads: Sequence[str]) -> list[tuple[Piece, ...]]:
    """What stands in each column of a project: an amount where its label says so, texts line by line beside each other,
    or, where no line has them all, below each other."""
    amounts = [column for column, label in enumerate(leads) if column_kind(label) == "figure"]
    texts = [column for column in range(len(leads)) if column not in amounts]
    cells: list[list[Piece]] = [[] for _ in leads]
    left = list(amounts)
    beside = max((sum(not is_figure_word(word.text) for word in line) for line in lines), default=0)
    for number, line in enumerate(lines):
        words = [word for word in line if not (left and is_figure_word(word.text))]
        for word in line:
            if word not in words and left:
                cells[left.pop(0)].append(word.piece)
        if beside >= len(texts):
            # Of texts that are wrapped the later ones are longer.
            columns = texts[-len(words) :] if words else []
        else:
            columns = [texts[min(number, len(texts) - 1)]] * len(words)
        for column, word in zip([*columns, *[columns[-1]] * len(words)] if columns else [], words, strict=False):
            cells[column].append(word.piece)
    return [tuple(cell) for cell in cells]
