"""Heads and numbers of pages in text with page breaks: what stands first or last on most pages, and counts them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from workbench.model.amount import match_key
from workbench.tables.text.captions import is_caption
from workbench.tables.text.lines import Line
from workbench.tables.text.vocabulary import is_known

_FEWEST_PAGES = 4
"""Of fewer pages nothing is told."""
_SHORTEST = 6
_FIGURE = re.compile(r"\d[\d,]*\.\d")
_NUMBER = re.compile(r"^\d{1,3}$")
_DOCUMENT = re.compile(r"[预决]算|公开|报告")
_EDGES = ((0, 1), (-1, -2))
"""The first line of a page and the one below it, the last and the one above it."""


def without_page_heads(lines: Sequence[Line]) -> list[Line]:
    """The lines without what most pages print alike as their first or last line and is no label, caption or title of a
    table, and without the numbers of pages right beside it or in its place."""
    lines = _without_counted(lines)
    pages = [[line for line in page if not line.blank] for _, page in groupby(lines, key=lambda line: line.page.number)]
    pages = [page for page in pages if len(page) > 1]
    if len(pages) < _FEWEST_PAGES:
        return lines
    left_out = {id(line) for edge in _EDGES for line in _heads(pages, *edge)}
    return [line for line in lines if id(line) not in left_out]


def _without_counted(lines: Sequence[Line]) -> list[Line]:
    """The lines without one that names the document and comes again and again with the next number on the line below it
    each time, as heads of pages do also where text shows no page breaks."""
    printed = [line for line in lines if not line.blank]
    found: dict[str, list[tuple[Line, Line]]] = {}
    for line, below in pairwise(printed):
        if _NUMBER.match(below.text.strip()) and _may_be_head(key := match_key(line.text)) and _DOCUMENT.search(key):
            found.setdefault(key, []).append((line, below))
    left_out: set[int] = set()
    for pairs in found.values():
        numbers = [int(below.text) for _, below in pairs]
        if len(pairs) >= _FEWEST_PAGES and all(left < right <= left + 2 for left, right in pairwise(numbers)):
            left_out.update(id(line) for pair in pairs for line in pair)
    return [line for line in lines if id(line) not in left_out]


def _heads(pages: Sequence[Sequence[Line]], outer: int, inner: int) -> Iterator[Line]:
    """The heads that stand in one place of pages, and the numbers there and next to them."""
    counts = Counter(match_key(page[outer].text) for page in pages)
    heads = {text for text, count in counts.items() if count * 2 > len(pages) and _may_be_head(text)}
    numbers = Counter(
        number for page in pages for place in (outer, inner) if (number := _offset(page[place])) is not None
    )
    offset, count = numbers.most_common(1)[0] if numbers else (0, 0)
    for page in pages:
        headed = match_key(page[outer].text) in heads
        if headed:
            yield page[outer]
        for place in (outer, inner) if headed else (outer,):
            if count * 2 > len(pages) and _offset(page[place]) == offset:
                yield page[place]


def _may_be_head(text: str) -> bool:
    table = text.rstrip("0123456789()（）").endswith("表")
    return len(text) >= _SHORTEST and not (table or is_caption(text) or is_known(text) or _FIGURE.search(text))


def _offset(line: Line) -> int | None:
    """By how much a line that is a number is more than the number of its page."""
    text = line.text.strip()
    return int(text) - line.page.number if _NUMBER.match(text) else None
