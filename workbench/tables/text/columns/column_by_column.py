"""Signs that text gives a table column by column or in blocks, and not row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from workbench.fiscal.codes import is_account_name
from workbench.tables.text.columns.fragments import place_of
from workbench.tables.text.columns.section_words import ACCOUNT_CODE, SectionWords
from workbench.tables.text.lines import Line, key_of

_FEWEST_AMOUNTS, _RARELY, _OFTEN = 20, 3, 4
"""So many amounts alone on a line at least, one in so many of them beside words, an empty line for so many lines."""
_AMOUNT = re.compile(r"^-?\d[\d,]*[.,]\d+$")
_PROSE = re.compile(r"[，。；、“”]")
_NAME, _FIGURE = "name", "figure"
_FEWEST_CODES = 8


def come_in_columns(lines: Sequence[Line]) -> bool:
    """Whether codes of accounts mostly follow each other with no name between: columns are read one after the other."""
    words = [line.text.strip() for line in lines if not line.blank]
    codes = [bool(ACCOUNT_CODE.match(word)) for word in words]
    beside = sum(left and right for left, right in pairwise(codes))
    return sum(codes) >= _FEWEST_CODES and beside * 2 > sum(codes)


def are_blocks(lines: Sequence[Line]) -> bool:
    """Whether amounts stand on lines of their own, between empty lines: blocks of a page, one after the other."""
    alone = beside = blank = 0
    for line in lines:
        words = line.text.split()
        amounts = sum(bool(_AMOUNT.match(word)) for word in words)
        blank += not words
        alone += 0 < amounts == len(words)
        beside += 0 < amounts < len(words) and not _PROSE.search(line.text)
    return alone >= _FEWEST_AMOUNTS and beside * _RARELY <= alone and blank * _OFTEN >= len(lines)


def tell_no_rows(lines: Sequence[Line]) -> bool:
    """Whether amounts mostly follow each other on lines of their own, as no rows with names give them."""
    alone = [bool(line.text.split()) and all(map(_AMOUNT.match, line.text.split())) for line in lines if not line.blank]
    return sum(left and right for left, right in pairwise(alone)) >= _FEWEST_AMOUNTS


def _kinds(section: SectionWords) -> list[str]:
    """Which of the names of rows and the figures follow each other."""
    words = [(place_of(text), _NAME) for text in section.names if is_account_name(key_of(text))]
    words += [(place_of((piece,)), _FIGURE) for piece in section.figures]
    return [kind for _, kind in sorted(words)]


def is_in_columns(section: SectionWords) -> bool:
    """Whether most names of rows have no amount behind them, but the next name or code: columns are read one after the
    other."""
    behind = [right for left, right in pairwise([*_kinds(section), ""]) if left == _NAME]
    return behind.count(_FIGURE) * 2 < len(behind)


def longest_run(section: SectionWords) -> int:
    """How many figures follow each other with no name of a row between: more than a row has stand in columns."""
    return max((len(list(run)) for kind, run in groupby(_kinds(section)) if kind == _FIGURE), default=0)
