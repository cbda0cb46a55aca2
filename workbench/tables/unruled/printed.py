"""The words of a page line by line, with what tells figures from names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import isnan
from statistics import median
from struct import Struct

from workbench.fiscal.headers import (
    is_body_figure,
    is_enumerated,
    is_numbering_row,
    is_total_label,
    may_be_part_of_header_word,
)
from workbench.model.amount import FigureKind, read_figure
from workbench.model.source import Page
from workbench.tables.apart import words_stand_apart

AMOUNT = re.compile(r"\d\.\d{1,6}(?!\d)|\d,\d{3}(?!\d)")
"""What a word holds that is an amount and no count, code or number."""
_BARE = re.compile(r"-?(?:[1-9]\d{0,8}|0)")
_BARE_ROW = re.compile(r"(?<!\S)[1-9]\d{1,8}(?:[ \t]+-?[1-9]\d{0,8})+(?!\S)")
_YEAR = re.compile(r"20[0-3]\d")
"""Figures without decimals are amounts where they stand beside each other; codes and years do not count."""
DASHES = "-—－–―/／"
_UNIT = re.compile(r"单位[:：]\s*[百千万亿]*元")
FEWEST_AMOUNTS, FEWEST_IN_UNITS, FEWEST_NAMES = 6, 3, 3
"""What a page without rules holds at the least where there is a table on it: so many amounts, below what they are
counted in fewer, or so many names of columns above fewer."""
_WORD = re.compile(r"\S+")
_SIDES = Struct("4f").unpack_from


_STROKE = 0.5
"""A character that is not half as high as wide (一) does not tell how high print is."""


@dataclass(slots=True)
class Piece:
    """Characters `start:end` of the page text that stand together on one line."""

    start: int
    end: int
    x0: float
    x1: float
    text: str
    middle: float
    """How high it stands; print that is set a little higher or lower than a line is on it as well."""
    is_amount: bool = field(default=False, init=False, repr=False, compare=False)
    """Whether it is an amount and no count, code or number, as the words beside it tell."""
    _figure: bool | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, a code or a dash."""
        if self._figure is None:
            self._figure = is_body_figure(self.text) or not self.text.strip(DASHES)
        return self._figure


@dataclass(slots=True)
class PrintedLine:
    """A line of the page and its words."""

    middle: float
    height: float
    text: str
    pieces: list[Piece] = field(default_factory=list)
    amounts: int = field(default=0, init=False)
    """How many of its words are amounts."""

    def __post_init__(self) -> None:
        if AMOUNT.search(self.text):
            for piece in self.pieces:
                piece.is_amount = _is_amount(piece)
        if _BARE_ROW.search(self.text) and not is_numbering_row([piece.text for piece in self.pieces]):
            for piece, other in pairwise(self.pieces):
                if _is_bare(piece) and _is_bare(other):
                    piece.is_amount = other.is_amount = True
        self.amounts = sum(piece.is_amount for piece in self.pieces)

    @property
    def begins_row(self) -> bool:
        """Whether it holds a figure, a code, a dash or the beginning of a numbered label,
        or says that it is a total."""
        return any(piece.is_figure for piece in self.pieces) or (
            bool(self.pieces) and (is_enumerated(self.pieces[0].text) or is_total_label(self.text))
        )


def _is_amount(piece: Piece) -> bool:
    return bool(AMOUNT.search(piece.text)) and read_figure(piece.text).kind is FigureKind.NUMBER


def _is_bare(piece: Piece) -> bool:
    return bool(_BARE.fullmatch(piece.text)) and not _YEAR.fullmatch(piece.text)


def may_hold_a_table(text: str) -> bool:
    """Whether words of a page stand apart and it has amounts enough for a table, or words enough that names of columns
    are made of: pages of prose have not."""
    if not words_stand_apart(text):
        return False
    amounts = len(AMOUNT.findall(text)) + sum(len(row.split()) for row in _BARE_ROW.findall(text))
    fewest = FEWEST_IN_UNITS if _UNIT.search(text) else FEWEST_AMOUNTS
    return amounts >= fewest or _may_name_columns(text.split())


def may_be_header(lines: Iterable[PrintedLine]) -> bool:
    """Whether there are words enough on these lines that names of columns are made of."""
    return _may_name_columns(piece.text for line in lines for piece in line.pieces)


def _may_name_columns(words: Iterable[str]) -> bool:
    return sum(map(may_be_part_of_header_word, words)) >= FEWEST_NAMES


def lines_of(page: Page) -> list[PrintedLine]:
    """The lines of a page with places, from the top."""
    boxes, text = page.boxes, page.text
    lines: list[PrintedLine] = []
    start = 0
    for printed in text.split("\n"):
        pieces: list[Piece] = []
        tops: list[float] = []
        bottoms: list[float] = []
        for word in _WORD.finditer(text, start, start + len(printed)):
            begin, end = word.span()
            left, top, right, bottom = _SIDES(boxes, 16 * begin)
            if isnan(left):
                continue
            if bottom - top < _STROKE * (right - left) and end - begin > 1:
                top, bottom = boxes[4 * begin + 5], boxes[4 * begin + 7]
            tops.append(top)
            bottoms.append(bottom)
            pieces.append(Piece(begin, end, left, boxes[4 * end - 2], word.group(), (top + bottom) / 2))
        if pieces:
            top, bottom = (tops[0], bottoms[0]) if len(pieces) == 1 else (median(tops), median(bottoms))
            lines.append(PrintedLine((top + bottom) / 2, max(bottom - top, 1.0), printed.strip(), pieces))
        start += len(printed) + 1
    return lines


def column_of(edges: Sequence[float], x: float) -> int:
    """The column that a place is in; beyond the edges the first or the last."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)
