"""The words of table headers: what makes a row a header, a row of totals, or one that numbers the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.toml_file import shipped_toml

_COLUMN_NUMBER = re.compile(r"^[（(\[]?(\d{1,2}|[A-Z])[）)\]]?(?:[=＝].*|栏.*)?$", re.IGNORECASE)
_ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．](?!\d)|其中[:：]|[①-⑳])"
)
_CODE = re.compile(r"^\d{3}(?:\d{2}){0,2}$")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_YEAR_WORD = re.compile(r"(?:19|20)\d\d(?:年(?:度)?(?:预算|决算|执行)?数?|[-—](?:预算|决算|执行)数)")
"""2030年预算数; 2030-预算数 on pages that lost the 年."""
_TRANSLATION = re.compile(r"(?<=[一-鿿%)])[A-Za-z][A-Za-z.,'&/-]*$")
"""The same in another language, behind a name without white space: 合计Total."""
_LONGEST_LEVEL = 3
"""A code of one level has no more digits."""
_PART_OF_YEAR_WORD = re.compile("[0-9年度预算决执行数]+")


@dataclass(frozen=True, slots=True)
class _Words:
    above_one_column: frozenset[str]
    words: frozenset[str]
    print_of_words: str
    """All words, one a line."""
    endings: tuple[str, ...]
    totals: frozenset[str]
    numbering: frozenset[str]
    levels: frozenset[str]
    inner: frozenset[str]


@cache
def _vocabulary() -> _Words:
    data = shipped_toml("workbench.fiscal", "headers.toml")
    above_one_column = frozenset(match_key(word) for word in data["above_one_column"])
    words = above_one_column | {match_key(word) for word in data["others"]}
    return _Words(
        above_one_column,
        words,
        "\n".join(words),
        tuple(data["endings"]),
        frozenset(data["totals"]),
        frozenset(match_key(word) for word in data["numbering"]),
        frozenset(data["levels"]),
        frozenset(data["inner"]),
    )


def labels_of_one_column() -> frozenset[str]:
    """The header words that stand above one column, as keys."""
    return _vocabulary().above_one_column


@lru_cache(maxsize=8192)
def is_header_word(text: str) -> bool:
    """Whether a cell with this text is, by itself, part of a header."""
    key = _TRANSLATION.sub("", match_key(text))
    return key in _vocabulary().words or bool(_YEAR_WORD.fullmatch(key))


@lru_cache(maxsize=8192)
def may_be_part_of_header_word(text: str) -> bool:
    """Whether a header word may be made of this text alone, or of it and others where it is wrapped or spaced out."""
    key = match_key(text)
    return key in _vocabulary().print_of_words or bool(_PART_OF_YEAR_WORD.fullmatch(key))


@lru_cache(maxsize=8192)
def may_be_header(text: str) -> bool:
    """Whether a cell with this text can be part of a header where its place agrees."""
    key = match_key(text)
    if is_header_word(text) or _YEAR.match(key):
        return True
    stem = re.sub(r"[（(][^（）()]*[）)]$", "", key)
    return len(key) <= 30 and not _ENUMERATED.match(key) and stem.endswith(_vocabulary().endings)


def is_total_label(text: str) -> bool:
    """Whether this labels a row of totals, or says that there is nothing."""
    return _TRANSLATION.sub("", match_key(text)) in _vocabulary().totals


def is_level(text: str) -> bool:
    """Whether this names a level of codes (类, 款, 项)."""
    return match_key(text) in _vocabulary().levels


def names_codes(text: str) -> bool:
    """Whether this labels codes, which may stand level by level in columns of their own."""
    return match_key(text).endswith(("编码", "代码"))


def are_levels_of_codes(texts: Iterable[str]) -> bool:
    """Whether texts are the codes of one level (01, 05), as they stand in a column of their own, or blank."""
    printed = [text for text in texts if text]
    return bool(printed) and all(text.isdigit() and len(text) <= _LONGEST_LEVEL for text in printed)


def is_enumerated(text: str) -> bool:
    """Whether a label begins with its number in an enumeration (一、 （二） 3. 其中：)."""
    return bool(_ENUMERATED.match(match_key(text)))


@lru_cache(maxsize=8192)
def is_body_figure(text: str) -> bool:
    """Whether a cell can only stand in the body: a figure or an account code, and not a year."""
    key = match_key(text)
    if _YEAR.match(key):
        return False
    return bool(_CODE.match(key)) or read_figure(key).kind in (FigureKind.NUMBER, FigureKind.GARBLED)


def is_numbering_row(texts: Sequence[str]) -> bool:
    """Whether the texts of a row only number its columns: 1 2 3 … or A B C …, with 栏次, ** or 甲 beside them."""
    numbers = numbers_of_columns(texts)
    if len(numbers) == 1:
        return any(match_key(text) in ("栏次", "**", "行次") for text in texts)
    return bool(numbers) and numbers[0] <= 2


def numbers_of_columns(texts: Sequence[str]) -> list[int]:
    """The numbers, each the one after that before, that the texts of a row give its columns (7=8+9, 8, 9); none where
    they print anything else."""
    numbers: list[int] = []
    for text in texts:
        key = match_key(text)
        if not key:
            continue
        match = _COLUMN_NUMBER.match(key)
        if match:
            numbers.append(int(match[1]) if match[1].isdigit() else ord(match[1].upper()) - ord("A") + 1)
        elif key not in _vocabulary().numbering:
            return []
    return numbers if all(later - earlier == 1 for earlier, later in pairwise(numbers)) else []


def inner_header_words(texts: Sequence[str]) -> int:
    """How many of the texts name a column of the inner grid of a form (一级指标, 指标值 …)."""
    return sum(map(_is_inner_word, texts))


@lru_cache(maxsize=8192)
def _is_inner_word(text: str) -> bool:
    return match_key(text) in _vocabulary().inner
