"""The words of a page line by line, with what tells figures from names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isnan
from statistics import median

from workbench.fiscal.headers import is_body_figure, is_enumerated, is_total_label
from workbench.model.amount import FigureKind, read_figure
from workbench.model.source import Page

AMOUNT = re.compile(r"\d\.\d{1,6}(?!\d)|\d,\d{3}(?!\d)")
"""What a word holds that is an amount and no count, code or number."""
DASHES = "-—－–―"
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class Piece:
    """Characters `start:end` of the page text that stand together on one line."""

    start: int
    end: int
    x0: float
    x1: float
    text: str

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, a code or a dash."""
        return is_body_figure(self.text) or not self.text.strip(DASHES)


@dataclass(slots=True)
class PrintedLine:
    """A line of the page and its words."""

    middle: float
    height: float
    text: str
    pieces: list[Piece] = field(default_factory=list)

    @property
    def amounts(self) -> int:
        """How many of its words are amounts."""
        if not AMOUNT.search(self.text):
            return 0
        return sum(
            1
            for piece in self.pieces
            if AMOUNT.search(piece.text) and read_figure(piece.text).kind is FigureKind.NUMBER
        )

    @property
    def begins_row(self) -> bool:
        """Whether it holds a figure, a code, a dash or the beginning of a numbered label, or says that it is a total."""
        return any(piece.is_figure for piece in self.pieces) or (
            bool(self.pieces) and (is_enumerated(self.pieces[0].text) or is_total_label(self.text))
        )


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
            left, top, _, bottom = boxes[4 * begin : 4 * begin + 4]
            if isnan(left):
                continue
            tops.append(top)
            bottoms.append(bottom)
            pieces.append(Piece(begin, end, left, boxes[4 * end - 2], word.group()))
        if pieces:
            top, bottom = (tops[0], bottoms[0]) if len(pieces) == 1 else (median(tops), median(bottoms))
            lines.append(PrintedLine((top + bottom) / 2, max(bottom - top, 1.0), printed.strip(), pieces))
        start += len(printed) + 1
    return lines


def column_of(edges: Sequence[float], x: float) -> int:
    """The column that a place is in; beyond the edges the first or the last."""
    return min(max(bisect_right(edges, x) - 1, 0), len(edges) - 2)
