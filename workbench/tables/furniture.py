"""The lines of a page outside its tables, and which of them are furniture: heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import isnan
from struct import Struct
from typing import NamedTuple

from workbench.fiscal.captions import caption_of_line, is_note, title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.source import Anchor, Page

_PAGE_NUMBER = re.compile(
    r"^(?:[-－—–~·•.]*第?\d{1,4}[-－—–~·•.]*|第[\d一二三四五六七八九十百]{1,5}页(?:[,，/]?共[\d一二三四五六七八九十百]{1,5}页)?"
    r"|\d{1,4}/\d{1,4}|page\d{1,4}(?:of\d{1,4})?|[ivx]{1,5})$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"\S[^\n\f]*")
_SIDES = Struct("4f").unpack_from
_DEPTH = 3
"""How many lines at the head and the foot of a page may be furniture."""
_LEAST_PAGES = 3
_FEW_PAGES = 4
"""In a document of so few pages a line on two of them is furniture."""
_RAREST = 5
"""Furniture stands on at least one of so many pages."""


class TextLine(NamedTuple):
    """One line of page text, white space at its ends left out; `top` and `bottom` are NaN without geometry."""

    page: int
    start: int
    end: int
    text: str
    top: float
    bottom: float
    left: float = 0.0
    right: float = 0.0

    @property
    def anchor(self) -> Anchor:
        """Its place in the page text."""
        return Anchor(self.page, self.start, self.end)


def lines_of(page: Page, areas: Iterable[tuple[float, float]] = ()) -> list[TextLine]:
    """The lines of the page text that print something, in their order, but for those whose centre is in one of the
    vertical ranges `areas`."""
    ranges = list(areas)
    nan = float("nan")
    boxes = page.boxes
    lines = []
    for match in _LINE.finditer(page.text):
        start = match.start()
        if 4 * start < len(boxes) and not isnan(boxes[4 * start]):
            left, top, _, bottom = _SIDES(boxes, 16 * start)
            centre = (top + bottom) / 2
            for upper, lower in ranges:
                if upper <= centre <= lower:
                    break
            else:
                text = match.group().rstrip()
                end = start + len(text)
                lines.append(TextLine(page.number, start, end, text, top, bottom, left, boxes[4 * end - 2]))
        else:
            text = match.group().rstrip()
            lines.append(TextLine(page.number, start, start + len(text), text, nan, nan))
    return lines


class Furniture:
    """What is printed at the head or foot of several pages, figures left out of the comparison.

    Titles of statements and their captions are never furniture: they are repeated where a table goes on.
    """

    def __init__(self) -> None:
        self._pages = 0
        self._counts: Counter[str] = Counter()

    def add(self, lines: Sequence[TextLine]) -> None:
        """Counts the head and the foot of one page; `lines` are those outside its tables."""
        self._pages += 1
        self._counts.update({_key(line.text) for line in (*lines[:_DEPTH], *lines[-_DEPTH:])})

    def stripped(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """The lines of a page without the furniture at its head and foot."""
        first, last = 0, len(lines)
        while first < last and first < _DEPTH and self.holds(lines[first].text):
            first += 1
        while last > first and len(lines) - last < _DEPTH and self.holds(lines[last - 1].text):
            last -= 1
        return list(lines[first:last])

    def holds(self, text: str) -> bool:
        """Whether a line at the head or foot of a page is a page number, or repeated there."""
        if is_page_number(text):
            return True
        count = self._counts[_key(text)]
        least = _LEAST_PAGES if self._pages > _FEW_PAGES else 2
        return count >= least and count * _RAREST >= self._pages and bool(_key(text))


def is_page_number(text: str) -> bool:
    """Whether a line prints nothing but the number of a page."""
    return bool(_PAGE_NUMBER.match(match_key(text)))


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """A line for comparing heads and feet, "" for what is never furniture."""
    return "" if is_title_or_caption(text) else _DIGITS.sub("#", match_key(text))


def is_title_or_caption(text: str) -> bool:
    """Whether a line is the title of a statement, a caption or a note: it comes again where a table goes on."""
    title = title_of_line(text)
    return bool((title and form_of_title(title) is not None) or caption_of_line(text) or is_note(text))
