"""Lines of a page → the stretches of them that may hold a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from workbench.fiscal.captions import caption_of_line, is_measure_line, is_note, is_table_number, title_of_line
from workbench.model.source import Page
from workbench.tables.unruled.printed import PrintedLine, lines_of

_PAGE_NUMBER = re.compile(r"^(?:[-—－–\s]*\d{1,3}[-—－–\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+)$")
_PROSE = re.compile(r"[。；]|[，,：:]$")
_SENTENCE, _ENDS_SENTENCE = re.compile(r"[，。；]"), re.compile(r"[。：]$")
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,2}部分|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])[^，。；：:]{2,36}(?:情况|说明|概况|解释|安排)$"
)
_WORDS_APART, _AMOUNT_APART = 1.0, 0.5
"""In heights of print: words of running text stand no further apart, amounts of tables further from what is beside."""
_NO_SUCH = re.compile(r"^(?:[本我该]?(?:部门|单位))?无此项(?:支出|收入|预算)。$")
_IDEOGRAPHS = re.compile("[一-鿿]{2,}")
_TABLE = re.compile(r"表(?:\s+[ -~]*)?$")
"""How titles end that say they are those of tables, also where another language says the same behind them."""
_NAME_WITH_UNIT = re.compile(r"(?:^|[一-鿿]{2})[（(][^（()）]{1,3}[）)]$")
"""A name that its unit stands behind. A caption tells one unit; where several names have theirs they head columns."""
_MOST_CAPTIONS = 3
"""Captions are whose table it is, its number and its unit: a line of more words, one with a unit, names columns."""
_CAPTION = re.compile(r"[:：]|单位")
_LONGEST_LABEL = 40
_ENDS = 2
"""So many lines at the head and at the foot of a page may be its number."""


def printed_lines(page: Page) -> list[PrintedLine]:
    """The lines of a page, as high as their characters are wide: fonts differ in what lies above and below."""
    lines = lines_of(page)
    shares = [
        (piece.x1 - piece.x0) / len(piece.text) / line.height
        for line in lines
        for piece in line.pieces
        if _IDEOGRAPHS.fullmatch(piece.text)
    ]
    if shares:
        share = median(shares)
        for line in lines:
            line.height *= share
    return lines


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that may hold a table, between which heights they stand, and whether what their amounts are counted in
    stands above them."""

    lines: list[PrintedLine]
    top: float
    bottom: float
    counted: bool


def stretches_of(lines: Sequence[PrintedLine]) -> Iterator[Stretch]:
    """The lines between titles, captions, notes and running text, where there are figures among them."""
    stretch: list[PrintedLine] = []
    top = 0.0
    counted = False
    for line in lines:
        if _parts_tables(line) or is_page_number(line, lines):
            if is_running_text(line):
                stretch = _without_headings(stretch)
            if stretch:
                yield Stretch(_without_sentences(stretch), top, line.middle, counted)
            stretch = []
            top = line.middle
            counted = bool(caption_of_line(line.text).unit)
        else:
            stretch.append(line)
    if stretch:
        yield Stretch(_without_sentences(stretch), top, float("inf"), counted)


def _without_headings(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines above running text but for its headings."""
    last = len(lines)
    while last and is_heading(lines[last - 1]):
        last -= 1
    return lines[:last]


def is_heading(line: PrintedLine) -> bool:
    """Whether a line is the heading of running text."""
    return bool(_HEADING.match(line.text)) and not line.amounts


def _without_sentences(lines: list[PrintedLine]) -> list[PrintedLine]:
    """The lines but for those above the first figures, up to a sentence, and those below the last, where one of them is
    a sentence: where each is a text alone."""
    figures = [index for index, line in enumerate(lines) if any(piece.is_figure for piece in line.pieces)]
    if not figures:
        return lines
    first, last = figures[0], figures[-1] + 1
    texts = list(takewhile(lambda line: len(line.pieces) == 1, lines[:first]))
    begin = max((number for number, line in enumerate(texts, start=1) if _ENDS_SENTENCE.search(line.text)), default=0)
    below = lines[last:]
    alone = all(len(line.pieces) == 1 for line in below)
    end = last if alone and any(_ENDS_SENTENCE.search(line.text) for line in below) else len(lines)
    return lines[begin:end]


def is_page_number(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a line prints nothing but the number of the page: a bare one is at the head or foot of its `lines`."""
    if not _PAGE_NUMBER.match(line.text):
        return False
    return not line.text.isdigit() or any(line is other for other in (*lines[:_ENDS], *lines[-_ENDS:]))


def is_running_text(line: PrintedLine) -> bool:
    """Whether a line is one of sentences: a long one that ends as these do, or whose words stand close together."""
    if _NO_SUCH.match(line.text):
        return True
    if _has_amount_apart(line):
        return False
    if len(line.text) <= _LONGEST_LABEL or not _SENTENCE.search(line.text):
        return bool(len(line.text) > _LONGEST_LABEL and _PROSE.search(line.text))
    if _PROSE.search(line.text):
        return True
    gaps = (after.x0 - before.x1 for before, after in pairwise(line.pieces))
    return max(gaps, default=0.0) <= _WORDS_APART * line.height


def _has_amount_apart(line: PrintedLine) -> bool:
    """Whether an amount stands in a line with room on both sides, as in a row of a table that ends in a sentence."""
    room = _AMOUNT_APART * line.height
    return any(
        piece.is_amount and piece.x0 - before.x1 > room and after.x0 - piece.x1 > room
        for before, piece, after in zip(line.pieces, line.pieces[1:], line.pieces[2:], strict=False)
    )


def _parts_tables(line: PrintedLine) -> bool:
    """Whether a line stands outside of tables."""
    text = line.text
    if is_running_text(line):
        return True
    if line.amounts and not _PROSE.search(text):
        return False
    if is_note(text) or is_table_number(text) or is_measure_line(text):
        return True
    caption = caption_of_line(text)
    if _names_units(line):
        return False
    if caption.unit or (caption.entity and len(line.pieces) <= 3):
        return True
    words = sum(not piece.text.isascii() for piece in line.pieces)
    return words <= 2 and len(text) > 4 and bool(_TABLE.search(title_of_line(text)))


def _names_units(line: PrintedLine) -> bool:
    """Whether the units of a line stand behind names of columns: several have one, or many names stand beside it."""
    counted = sum(bool(_NAME_WITH_UNIT.search(piece.text)) for piece in line.pieces)
    return counted > 1 or (counted == 1 and len(line.pieces) > _MOST_CAPTIONS and not _CAPTION.search(line.text))
