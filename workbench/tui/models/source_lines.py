"""The lines that the source text is drawn in: which are folded at the edge of the pane, and where; and which lines of a
page are one paragraph of prose, that is folded as a whole where the pane is narrower than the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workbench.tui.drawing.display import fold, shown, width

_COLUMN_GAP = re.compile(" {3,}")
_WIDE_GAP = " " * 8
_SEAM = re.compile(r"[ \u3000]*\n[ \u3000]*")
_ITEM = re.compile(r"第.{1,3}[部章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[、.．]")
_CHINESE = re.compile(r"[\u3001-\u9fff\uff00-\uffef“”]")
_STOPS = frozenset("。；：！？;:")
_RAGGED = 6
"""Cells by which the lines of a paragraph differ: marks that may not begin a line, figures that are not broken."""
_LEAST_MARGIN_LINES = 3
"""So many lines have to end at the right margin of a page for it to be one."""


def _is_laid_out(text: str) -> bool:
    """Whether the parts of a line stand in columns: folding it would part the columns."""
    if "   " not in text:
        return False
    inside = text.strip()
    return _WIDE_GAP in inside or len(_COLUMN_GAP.findall(inside)) > 1


class Wrapping(StrEnum):
    """Which lines are folded at the edge of the pane."""

    PROSE = "prose"
    """Lines that are not laid out in columns."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One drawn line: a range of a page's text, or the heading of a page (start -1). One that is `wide` scrolls
    sideways, any other has room."""

    page: int
    start: int
    end: int
    wide: bool = False
    cells: int = 0
    """How many cells it takes."""


def joined(text: str) -> str:
    """What is drawn of a piece of a page: without the breaks within a paragraph."""
    return _SEAM.sub("", text) if "\n" in text else text


def seams_of(text: str) -> frozenset[int]:
    """Where in a piece of a page the characters are that are not drawn."""
    return frozenset(place for seam in _SEAM.finditer(text) for place in range(*seam.span()))


def paragraphs_of(text: str, room: int, wrapping: Wrapping) -> Iterator[tuple[int, str]]:
    """The lines of a page with where they begin; lines that one paragraph of prose was broken into are one text, where
    they are longer than there is room. A line goes on in the next where it reaches the right margin of the page and the
    next one begins at the left margin, not farther in."""
    lines = text.split("\n")
    margins = _margins(lines, room) if wrapping is not Wrapping.NONE else None
    start = first = 0
    for number, line in enumerate(lines):
        end = start + len(line)
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if margins is None or not _goes_on(line, following, margins):
            yield first, text[first:end]
            first = end + 1
        start = end + 1


def _margins(lines: Sequence[str], room: int) -> tuple[int, int] | None:
    """Where the lines of prose begin and end on a page; None where they have room, and where there is no margin."""
    if max(map(len, lines)) * 2 <= room:
        return None
    ends = {number: _end(line) for number, line in enumerate(lines) if _is_prose(line)}
    right = max(ends.values(), default=0)
    whole = [number for number, end in ends.items() if end >= right - _RAGGED]
    if right <= room or len(whole) < _LEAST_MARGIN_LINES:
        return None
    return min(_indent(lines[number]) for number in whole), right


def _goes_on(line: str, following: str, margins: tuple[int, int]) -> bool:
    left, right = margins
    if not (_is_prose(line) and _is_prose(following)) or _end(line) < right - _RAGGED or _indent(following) > left + 1:
        return False
    last, next_text = line.rstrip()[-1], following.lstrip()
    words = last.isascii() and last.isalpha() and next_text[0].isascii() and next_text[0].isalpha()
    return not words and not (last in _STOPS and _ITEM.match(next_text))


def _is_prose(line: str) -> bool:
    """Whether a line is mostly words: a row of figures is none."""
    if "\t" in line or _is_laid_out(line):
        return False
    said = len(line) - line.count(" ") - line.count("\u3000")
    return said > 0 and 2 * len(_CHINESE.findall(line)) >= said


def _end(line: str) -> int:
    return width(shown(line.rstrip()))


def _indent(line: str) -> int:
    return width(shown(line[: len(line) - len(line.lstrip())]))


def lines_of(page: int, start: int, text: str, room: int, wrapping: Wrapping) -> Iterator[SourceLine]:
    """The drawn lines of one line or paragraph of a page, which begins at `start` of its text."""
    end = start + len(text)
    if 3 * len(text) <= room and wrapping is not Wrapping.NONE:
        yield SourceLine(page, start, end)
        return
    laid_out = wrapping is Wrapping.NONE or (wrapping is Wrapping.PROSE and _is_laid_out(text))
    seams = seams_of(text)
    size = width(shown(joined(text)))
    if size <= room or laid_out:
        yield SourceLine(page, start, end, wide=laid_out, cells=size)
        return
    first = 0
    drawn = [place for place in range(len(text)) if place not in seams]
    for place in (drawn[at] for at in fold(joined(text), room)):
        yield SourceLine(page, start + first, start + place)
        first = place
    yield SourceLine(page, start + first, end)
