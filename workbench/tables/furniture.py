"""The lines of a page outside its tables, and which of them are furniture: heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

from workbench.fiscal.captions import caption_of_line, title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.source import Anchor, Page

_PAGE_NUMBER = re.compile(
    r"^(?:[-－—–~·•.]*第?\d{1,4}[-－—–~·•.]*|第[\d一二三四五六七八九十百]{1,5}页(?:[,，/]?共[\d一二三四五六七八九十百]{1,5}页)?"
    r"|\d{1,4}/\d{1,4}|page\d{1,4}(?:of\d{1,4})?|[ivx]{1,5})$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"[^\n\f]*\S[^\n\f]*")
_DEPTH = 3
"""How many lines at the head and the foot of a page may be furniture."""
_LEAST_PAGES = 3


@dataclass(frozen=True, slots=True)
class TextLine:
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


def lines_of(page: Page) -> list[TextLine]:
    """The lines of the page text that print something, in their order."""
    nan = float("nan")
    boxes = page.boxes
    lines = []
    for match in _LINE.finditer(page.text):
        text = match.group().strip()
        start = match.start() + match.group().index(text[0])
        end = start + len(text)
        if 4 * end <= len(boxes) and not isnan(boxes[4 * start]):
            place = (boxes[4 * start + 1], boxes[4 * start + 3], boxes[4 * start], boxes[4 * end - 2])
        else:
            place = (nan, nan, 0.0, 0.0)
        lines.append(TextLine(page.number, start, end, text, *place))
    return lines


def furniture_keys(pages: Iterable[Sequence[TextLine]]) -> frozenset[str]:
    """What is printed at the head or foot of several pages, figures left out of the comparison.

    `pages` are the lines outside tables of each page. Titles of statements and their captions are never furniture:
    they are repeated where a table goes on.
    """
    counts: Counter[str] = Counter()
    number = 0
    for lines in pages:
        number += 1
        counts.update({_key(line.text) for line in (*lines[:_DEPTH], *lines[-_DEPTH:])})
    least = _LEAST_PAGES if number > 4 else 2
    return frozenset(key for key, count in counts.items() if count >= least and count * 5 >= number and key)


def without_furniture(lines: Sequence[TextLine], keys: frozenset[str]) -> list[TextLine]:
    """`lines` (those outside tables of one page) without the furniture at their head and foot."""
    first, last = 0, len(lines)
    while first < last and first < _DEPTH and is_furniture(lines[first].text, keys):
        first += 1
    while last > first and len(lines) - last < _DEPTH and is_furniture(lines[last - 1].text, keys):
        last -= 1
    return list(lines[first:last])


def is_furniture(text: str, keys: frozenset[str]) -> bool:
    """Whether a line at the head or foot of a page is a page number or repeated there."""
    key = match_key(text)
    return bool(_PAGE_NUMBER.match(key)) or (_key(text) in keys)


def _key(text: str) -> str:
    title = title_of_line(text)
    if (title and form_of_title(title) is not None) or caption_of_line(text):
        return ""
    return _DIGITS.sub("#", match_key(text))


def outside(lines: Sequence[TextLine], areas: Iterable[tuple[float, float]]) -> list[TextLine]:
    """The lines whose centre is in none of the vertical ranges `areas`."""
    ranges = list(areas)
    kept = []
    for line in lines:
        centre = (line.top + line.bottom) / 2
        if not any(top <= centre <= bottom for top, bottom in ranges):
            kept.append(line)
    return kept


def pages_without_furniture(pages: Mapping[int, Sequence[TextLine]]) -> dict[int, list[TextLine]]:
    """For each page number its lines without furniture, found over all the pages given."""
    keys = furniture_keys(pages.values()) if len(pages) > 1 else frozenset()
    return {number: without_furniture(lines, keys) for number, lines in pages.items()}
