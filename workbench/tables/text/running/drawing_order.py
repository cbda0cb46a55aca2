"""Lines of pages that were taken in the order in which they were drawn, put back into the order in which they stand.

What is set in another font is drawn last: the title of a table, and names of rows or columns that hold digits or
brackets of another font, come after the rows of their page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from workbench.fiscal.captions import caption_of_line, is_note, title_of_line
from workbench.fiscal.codes import is_account_name
from workbench.tables.text.captions import is_caption
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line
from workbench.tables.text.running.late_labels import with_labels
from workbench.tables.text.running.row_runs import ACCOUNT, CODE
from workbench.tables.text.vocabulary import (
    NEW_LABEL,
    TOTALS,
    is_known,
    is_known_prefix,
    looks_like_label,
)

_FARTHEST = 10
"""So many lines at the end of a page may hold its title and what is drawn with it."""
_NUMERALS = "一二三四五六七八九十"
_ORDINAL = re.compile(r"^(\d{1,2}|[一二三四五六七八九十]{1,3})([.．、])")
_NUMBER = re.compile(r"^\d{1,2}[.．、]")
_LONGEST = 60
_MOST_WORDS = 8
_FEW = 4
"""At most one page in so many begins as if the title at the end of the page before were its own."""


@dataclass(slots=True)
class _Page:
    """The lines of a page on which something is printed: its own, the title drawn last, what is drawn after it."""

    lines: list[Line]
    title: Line | None = None
    rest: list[Line] | None = None
    captioned: bool = False
    """Whether it begins with captions that stand below no title."""


def in_page_order(printed: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of the pages as they stand there. They stay as they are where titles do not come last on the very pages
    that begin with captions alone."""
    lines = list(chain.from_iterable(printed))
    pages = [_Page([line for line in page if not line.blank]) for page in printed]
    if len(pages) < 2:
        return lines
    for page in pages:
        _take_title(page)
    ended = sum(page.title is not None for page in pages)
    begun = sum(upper.title is not None and lower.captioned and not lower.title for upper, lower in pairwise(pages))
    # A title at the end of a page may be that of a table which begins on the next one.
    if not ended or begun * _FEW > ended:
        return lines
    ordered: list[Line] = []
    header: list[str] = []
    for page in pages:
        if page.title is None:
            page.lines = _headed_alike(page.lines, header)
        found = _ordered(page)
        if page.title is not None:
            header = [line.text.strip() for line in takewhile(lambda line: not _is_row(line), found)]
        ordered += found
    return ordered


def _headed_alike(lines: list[Line], header: Sequence[str]) -> list[Line]:
    """The lines of a page, the header of the page before, which it repeats, in the same order."""
    begin = next((index for index, line in enumerate(lines) if _is_row(line)), 0)
    texts = [line.text.strip() for line in lines[:begin]]
    if not begin or not set(texts) <= set(header):
        return lines
    return [*sorted(lines[:begin], key=lambda line: header.index(line.text.strip())), *lines[begin:]]


def _take_title(page: _Page) -> None:
    """Find the title among the last lines, with nothing but short names and captions after it."""
    lines = page.lines
    first = lines[0].text.strip() if lines else ""
    page.captioned = bool(first) and not title_of_line(first) and (is_caption(first) or bool(caption_of_line(first)))
    if not page.captioned:
        return
    for index in range(len(lines) - 1, max(len(lines) - 1 - _FARTHEST, 1), -1):
        text = lines[index].text.strip()
        if title_of_line(text) and "表" in text[-12:]:
            before = lines[:index]
            if not any(title_of_line(line.text.strip()) and line.text.rstrip().endswith("表") for line in before):
                page.title, page.rest, page.lines = lines[index], lines[index + 1 :], before
            return
        if not (is_caption(text) or is_note(text) or _is_name(lines[index])):
            return


def _is_name(line: Line) -> bool:
    """Whether a line may be a name, or a few names, without a figure."""
    text = _NUMBER.sub("", line.text.strip())
    words = text.split()
    return (
        len(text) <= _LONGEST and len(words) <= _MOST_WORDS and not any(map(is_figure_word, words)) and "。" not in text
    )


def _ordered(page: _Page) -> list[Line]:
    """The lines of a page: title, captions, header, rows with their names, notes."""
    body = list(page.lines)
    if page.title is not None:
        rest = page.rest or []
    else:
        end = len(body)
        while end and _is_name(body[end - 1]):
            end -= 1
        body, rest = (body[:end], body[end:]) if end > 0 and _is_row(body[end - 1]) else (body, [])
    captions = [line for line in rest if is_caption(line.text.strip())]
    notes = [line for line in rest if is_note(line.text.strip())]
    names = _names([line for line in rest if line not in captions and line not in notes])
    top = 0
    while top < len(body) and is_caption(body[top].text.strip()):
        top += 1
    begin = next((index for index in range(top, len(body)) if _is_row(body[index])), len(body))
    rows, left = _with_names(body[begin:], names)
    title = [page.title] if page.title is not None else []
    labels = [name for name in left if not title or any(map(looks_like_label, _text(name).split()))]
    texts = [line for name in left if name not in labels for line in name]
    header = with_labels(body[top:begin], labels) if title else [*body[top:begin], *chain.from_iterable(labels)]
    return [*title, *body[:top], *captions, *header, *rows, *texts, *notes]


def _is_row(line: Line) -> bool:
    words = line.text.split()
    return any(map(is_figure_word, words)) or bool(words and words[0] in TOTALS and len(words) > 1)


def _names(lines: Sequence[Line]) -> list[list[Line]]:
    """The names on these lines: one goes on in the next line where that begins none by itself."""
    names: list[list[Line]] = []
    for line in lines:
        text = line.text.strip()
        begun = "".join(part.text.strip() for part in names[-1]) if names else ""
        more = (
            begun
            and not NEW_LABEL.match(text)
            and (NEW_LABEL.match(begun) or (not is_known(begun) and is_known_prefix(begun)))
        )
        if more and not is_account_name(text):
            names[-1].append(line)
        else:
            names.append([line])
    return names


def _text(name: Sequence[Line]) -> str:
    return "".join(line.text.strip() for line in name)


def _with_names(rows: Sequence[Line], names: Sequence[Sequence[Line]]) -> tuple[list[Line], list[Sequence[Line]]]:
    """The rows with the names that they lack, put before their first amount; and the names that are left. A numbered
    name stands below the one that it follows; others come in the order of their rows, after names of columns."""
    lacking = [index for index, row in enumerate(rows) if _lacks_name(row)]
    numbered = [name for name in names if _ORDINAL.match(_text(name))]
    places: dict[int, Sequence[Line]] = {}
    if numbered:
        following = lacking[0] if lacking else 0
        for name in numbered:
            before = _before(_text(name))
            upper = next((index for index, row in enumerate(rows) if before and row.text.startswith(before)), None)
            following = following if upper is None else upper + 1
            while following in places:
                following += 1
            places[following] = name
            following += 1
    elif 0 < len(lacking) <= len(names):
        places = dict(zip(lacking, names[len(names) - len(lacking) :], strict=True))
    if any(place >= len(rows) for place in places):
        return list(rows), list(names)
    placed = [line for index, row in enumerate(rows) for line in _named(row, places.get(index, ()))]
    return placed, [name for name in names if name not in places.values()]


def _before(text: str) -> str:
    """The number before that of a numbered name, as it is printed: 二、 before 三、, "" before the first."""
    match = _ORDINAL.match(text)
    if match is None:
        return ""
    if match[1].isdigit():
        return f"{int(match[1]) - 1}{match[2]}" if int(match[1]) > 1 else ""
    place = _NUMERALS.find(match[1])
    return _NUMERALS[place - 1] + match[2] if len(match[1]) == 1 and place > 0 else ""


def _named(row: Line, name: Sequence[Line]) -> Iterable[Line]:
    if not name:
        return (row,)
    cut = sum(len(word) + 1 for word in _codes(row))
    if not cut:
        return (*name, row)
    upper, lower = (
        row._replace(end=row.start + cut, text=row.text[:cut]),
        row._replace(start=row.start + cut, text=row.text[cut:]),
    )
    return (upper, *name, lower)


def _codes(row: Line) -> list[str]:
    """The words of a row before which no name stands: 2010301, or 201 03 01."""
    words = row.text.split(" ")
    if not ACCOUNT.match(words[0]) and not CODE.match(words[0]):
        return []
    return list(takewhile(str.isdigit, words))


def _lacks_name(row: Line) -> bool:
    """Whether a row begins with a figure beside a text, or has nothing between its codes and its figures."""
    words = row.text.split()
    codes = len(_codes(row))
    return codes < len(words) and is_figure_word(words[codes]) and (codes > 0 or not all(map(is_figure_word, words)))
