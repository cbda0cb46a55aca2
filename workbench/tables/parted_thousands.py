"""Amounts whose thousands a blank parts (12 345.6), as spreadsheets and some typists print them: read as if a comma
stood there, so that every amount is one word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import isnan

from workbench.model.source import Page

_PARTED = re.compile("(?<![\\d.,，．])[1-9]\\d{0,2}(?:[ \xa0\u2009\u202f]\\d{3})+\\.\\d+(?![\\d.,%％])")
_BLANKS = " \xa0\u2009\u202f"
_NO_AMOUNT = re.compile(r",0\d\d|,\d{3},\d{3}")
"""Digits that are no amount of their own: a nought begins them, or two groups of three stand before the point."""
_WHOLE = re.compile(r"(?<![\d.,])(?:\d{4,}|\d{1,3}(?:,\d{3})+)\.\d")
"""An amount of a thousand or more that no blank parts."""
_PROSE = re.compile("[。；]")
_FEWEST_PARTED, _SELDOM = 3, 10
"""So many amounts show that blanks part thousands; for so many there may be one elsewhere that none parts."""
_WIDEST = 1.2
"""In digits: how wide such a blank is at the most, where it is known."""


def with_commas(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages, commas in place of the blanks that part thousands, every character in its place; the very same pages
    where blanks part none. They do where amounts stand that cannot be two, and hardly any of a thousand or more is
    printed without."""
    found = [[(amount.start(), _closed(page, amount)) for amount in _PARTED.finditer(page.text)] for page in pages]
    closed = [text for amounts in found for _, text in amounts if "," in text]
    if len(closed) < _FEWEST_PARTED or not any(map(_NO_AMOUNT.search, closed)):
        return tuple(pages)
    rows = (line for page in pages for line in page.text.split("\n") if not _PROSE.search(line))
    if sum(len(_WHOLE.findall(row)) for row in rows) * _SELDOM > len(closed):
        return tuple(pages)
    return tuple(_with(page, amounts) if amounts else page for page, amounts in zip(pages, found, strict=True))


def _closed(page: Page, amount: re.Match[str]) -> str:
    """An amount with commas for its blanks, but for those as wide as the room between columns."""
    text = amount[0]
    places = [at for at, character in enumerate(text) if character in _BLANKS]
    for at in places:
        if not _is_wide(page, amount.start() + at):
            text = f"{text[:at]},{text[at + 1 :]}"
    return text


def _is_wide(page: Page, at: int) -> bool:
    """Whether the blank at this place is as wide as one between columns."""
    if not page.boxes:
        return False
    before, digit_end, after = (page.boxes[4 * at + side] for side in (-4, -2, 4))
    return isnan(after - before) or after - digit_end > _WIDEST * (digit_end - before)


def _with(page: Page, amounts: Sequence[tuple[int, str]]) -> Page:
    text = page.text
    for start, amount in amounts:
        text = text[:start] + amount + text[start + len(amount) :]
    return replace(page, text=text)
