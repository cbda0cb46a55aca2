"""Words that are several cells: where a cell ends right where the next begins,
text from a page has no blank between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.rows import Label
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import (
    LEVELS,
    NEW_LABEL,
    TOTALS,
    column_kind,
    is_known,
    is_known_prefix,
    is_listed,
    is_spanner,
)

_LEAST_LABEL = 4
"""The fewest characters of a label that is cut off another."""
_LONGEST = 60
_LEVEL_RUN = re.compile(r"^(类款(?:项目?)?)(?=$|\d{3})")
_AMOUNT = re.compile(r"^[-−]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,6})?|\d+\.\d{2,6})(?=\D)")
_ONE_DECIMAL = re.compile(r"^[-−]?\d+\.\d(?=[（(]?[一二三四五六七八九十]{1,3}[、）)])")
"""An amount of one decimal before the number of a label: elsewhere it may number one itself (2.1 其中…)."""
_ONE_AMOUNT = re.compile(r"[-−]?\d{1,3}(?:,\d{3})*\.\d\d")
_AMOUNTS = re.compile(rf"^(?:{_ONE_AMOUNT.pattern}){{2,}}$")
"""Amounts of two decimals each, overprinted or set too close: where two decimals end the next one begins."""
_CODE_AND_NAME = re.compile(r"^([1-9]\d\d(?:\d\d){0,2})([^\W\d_].*)$")
_LEVEL_AND_NAME = re.compile(r"^(\d\d)([^\W\d_].*)$")
_CLASS = re.compile(r"^[1-9]\d\d$")
_TWO_DIGITS = re.compile(r"^\d\d$")
_WHOLE_OR_CLASS = re.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
_MOST_BLOCKS = 3
"""So many blocks of accounts stand side by side in one row at the most."""
_WHOLE_CODE = re.compile(r"^[1-9]\d\d(?:\d\d){1,2}$")


def parts_of(piece: Piece) -> tuple[Piece, ...]:
    """The cells that a printed word is made of: known labels, the levels of codes,
    an amount and the label behind it."""
    ends = _ends(piece.text)
    if not ends:
        return (piece,)
    starts = (0, *ends[:-1])
    return tuple(_cut(piece, start, end) for start, end in zip(starts, ends, strict=True))


@lru_cache(maxsize=16384)
def _ends(text: str) -> tuple[int, ...]:
    """Where each of the cells that a word is made of ends, () where it is one."""
    if len(text) < 2 or len(text) > _LONGEST:
        return ()
    levels = _LEVEL_RUN.match(text)
    if levels is not None:
        ends = tuple(range(1, levels.end() + 1))
        return ends if levels.end() == len(text) else (*ends, len(text))
    if _AMOUNTS.match(text):
        return tuple(match.end() for match in _ONE_AMOUNT.finditer(text))
    amount = _AMOUNT.match(text) or _ONE_DECIMAL.match(text)
    if amount is not None:
        return (amount.end(), len(text)) if NEW_LABEL.match(text[amount.end() :]) else ()
    return _ends_of_labels(text)


def _ends_of_labels(text: str) -> tuple[int, ...]:
    """Where each of two known labels ends that a word is made of where it begins as the label of a row does."""
    if len(text) < 2 * _LEAST_LABEL or not NEW_LABEL.match(text) or is_known(text):
        return ()
    cuts = range(len(text) - _LEAST_LABEL, _LEAST_LABEL - 1, -1)
    return next(((end, len(text)) for end in cuts if is_listed(text[:end]) and is_listed(text[end:])), ())


def labels_inside_total(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where in the words of a total row labels of the header stand, since the label of the total runs down over both:
    合计 0 20.00 合计 基本支出 项目支出 0; None where there are none."""
    if texts[0] not in TOTALS:
        return None
    start = next((index for index, text in enumerate(texts[1:], 1) if text in TOTALS), 0)
    stop = start
    while start and stop < len(texts) and is_known(texts[stop]):
        stop += 1
    figures = (*texts[1:start], *texts[stop:])
    return (start, stop) if stop - start > 2 and all(map(is_figure_word, figures)) else None


def row_starts(texts: Sequence[str]) -> list[int]:
    """Where in the words of a line the second and later rows begin, where it holds more rows than a row has blocks of
    accounts: each with a code and a name behind the figures of the row before, the last maybe a total."""
    if len(texts) < 3 * _MOST_BLOCKS or not _WHOLE_OR_CLASS.match(texts[0]):
        return []
    starts = [index for index in range(1, len(texts)) if _begins_row(texts, index)]
    return starts if len(starts) >= _MOST_BLOCKS else []


def _begins_row(texts: Sequence[str], index: int) -> bool:
    """Whether a word begins a row: a code before a name, or the label of a total, behind a figure."""
    if not is_figure_word(texts[index - 1]):
        return False
    if texts[index] in TOTALS:
        return True
    name = index + 1
    while name < len(texts) and name - index < len(LEVELS) and _TWO_DIGITS.match(texts[name]):
        name += 1
    return bool(_WHOLE_OR_CLASS.match(texts[index])) and name < len(texts) and not is_figure_word(texts[name])


def are_two_spanners(text: str) -> bool:
    """Whether a word is two labels that stand above several columns each."""
    for end in range(2, min(len(text) - 1, _LONGEST)):
        if not is_known_prefix(text[:end]):
            return False
        if is_spanner(text[:end]) and is_spanner(text[end:]):
            return True
    return False


def codes_apart(words: Sequence[Word], labels: Sequence[Label]) -> list[Word]:
    """The words of a body, codes that are glued to their names cut off, where the header has columns for both; and into
    their levels where it has a column for each: these are glued then as well."""
    keys = [key_of(label) for label in labels]
    if not name_codes_and_names(keys):
        return list(words)
    levels = are_levels(keys) and any(word.first and _CODE_AND_NAME.match(word.text) for word in words)
    found: list[Word] = []
    for word in words:
        found.extend(_parts(word, found[-1] if found else None, levels=levels))
    return found


def name_codes_and_names(keys: Sequence[str]) -> bool:
    """Whether header labels with these keys stand above codes and above the names that these are the codes of."""
    coded = are_levels(keys) or any(key.endswith(("编码", "代码")) for key in keys)
    return coded and any(column_kind(key) == "text" and key.endswith(("名称", "科目")) for key in keys)


def are_levels(keys: Sequence[str]) -> bool:
    """Whether some of these labels stand above the levels of a code, each in a column of its own (类 款 项)."""
    return sum(key in LEVELS for key in keys) > 1


def code_length(text: str, *, behind: bool) -> int:
    """How many characters of a word are the code that a name is glued to: a whole one, or `behind` one the next level
    of it; all where it is no such word."""
    match = (_LEVEL_AND_NAME if behind else _CODE_AND_NAME).match(text)
    return match.end(1) if match is not None else len(text)


def _parts(word: Word, before: Word | None, *, levels: bool) -> Iterator[Word]:
    """A word, or the code and the name that it is made of."""
    behind = before is not None and before.first and before.line == word.line and bool(_CLASS.match(before.text))
    end = code_length(word.text, behind=behind) if word.first or behind else len(word.text)
    code = word.text[:end]
    if levels and word.first and _WHOLE_CODE.match(code):
        starts = [0, *range(3, end, 2)]
    else:
        starts = [0]
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        yield _part(word, start, stop)
    if end < len(word.text):
        yield _part(word, end, len(word.text))


def _part(word: Word, start: int, end: int) -> Word:
    if start == 0 and end == len(word.text):
        return word
    piece = _cut(word.piece, start, end)
    return word._replace(piece=piece, text=piece.text, first=word.first and start == 0)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return piece._replace(start=piece.start + start, end=piece.start + end, text=piece.text[start:end])
