"""The words of a section of a scattered text, sorted by what they are: labels of heads, codes, names of rows, figures.

A section is the text of one table: the pages from its title on, up to the page with the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.fiscal.captions import is_note, title_of_line, unit_of_line
from workbench.fiscal.codes import is_account_name, names_of
from workbench.model.amount import match_key
from workbench.tables.text.captions import is_caption, is_heading
from workbench.tables.text.columns.fragments import Text, rejoined
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line, Piece, key_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, is_known

_TABLE = re.compile(r"表\s*(?:[（(].*[）)])?$")
_SENTENCE = re.compile(r"[。；]|，.{6,}，")
_LEVEL = re.compile(r"^\d\d$")
ACCOUNT_CODE = re.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
"""A code of an account of the first, second or third level."""
_PART = re.compile(r"^其中:.")
_STANDS_ALONE = re.compile(r"^(?:项目|合计|总计|小计|.{0,6}[预决]算数|金额)$")
_CLASS = 3
_LONGEST = 4
"""A label or a name is wrapped over so many lines at the most."""


@dataclass(slots=True)
class SectionWords:
    """What stands in a section, each kind in the order of the text; `lines` are the numbers of its lines."""

    title: Line
    lines: list[int] = field(default_factory=list)
    heads: list[Text] = field(default_factory=list)
    names: list[Text] = field(default_factory=list)
    codes: list[Piece] = field(default_factory=list)
    levels: list[Piece] = field(default_factory=list)
    figures: list[Piece] = field(default_factory=list)
    unit: str = ""


def sections_of(lines: Sequence[Line]) -> Iterator[SectionWords]:
    """The sections of a text: a page with one title of a table, and the pages after it that have neither a title nor
    sentences. What stands on a page above its title is the table's as well: a reader that goes by columns comes to the
    title late."""
    section: SectionWords | None = None
    for _, group in groupby(enumerate(lines), key=lambda item: item[1].page.number):
        page = [(number, line) for number, line in group if not line.blank]
        titles = [number for number, line in page if _is_title(line)]
        prose = any(_is_prose(line) for _, line in page)
        if titles or prose:
            if section is not None:
                yield section
            section = None
        if len(titles) > 1 or (titles and prose):
            # the first of two titles may be that of the table above it as well as of the one below
            for start, end in zip(titles, [*titles[1:], len(lines)], strict=True):
                below = [(number, line) for number, line in page if start <= number < end]
                until = next((place for place, (_, line) in enumerate(below) if _is_prose(line)), len(below))
                yield _words_of(SectionWords(below[0][1]), below[:until])
        elif titles:
            section = _words_of(SectionWords(lines[titles[0]]), page)
        elif section is not None:
            _words_of(section, page)
    if section is not None:
        yield section


def _is_title(line: Line) -> bool:
    text = line.text.strip()
    return bool(title_of_line(text) and _TABLE.search(text)) and not is_known(text)


def _is_prose(line: Line) -> bool:
    text = line.text.strip()
    return (bool(_SENTENCE.search(text)) or is_heading(text)) and not is_note(text)


def _words_of(section: SectionWords, page: Sequence[tuple[int, Line]]) -> SectionWords:
    """The section with the words of a page added."""
    heads, names = len(section.heads), len(section.names)
    _sort_words(section, page)
    own = rejoined(section.heads[heads:], section.names[names:])
    section.heads[heads:] = [text for text in own if _is_head(key_of(text))]
    section.names[names:] = [text for text in own if not _is_head(key_of(text))]
    return section


def _sort_words(section: SectionWords, page: Sequence[tuple[int, Line]]) -> None:
    waiting: list[Piece] = []
    last = -2
    for number, line in page:
        text = line.text.strip()
        section.lines.append(number)
        if line is section.title or is_note(text):
            continue
        if is_caption(text):
            section.unit = section.unit or unit_of_line(text)
            continue
        if number != last + 1:
            _settle(section, waiting)
        last = number
        for word in line.words():
            if not is_figure_word(word.text):
                waiting.append(word)
                continue
            _settle(section, waiting)
            _sort(section, word)
    _settle(section, waiting)


def _sort(section: SectionWords, word: Piece) -> None:
    """Put a number with its like."""
    text = match_key(word.text)
    if _LEVEL.match(text):
        section.levels.append(word)
    elif ACCOUNT_CODE.match(text) and (names_of(text) or _is_below_class(section, text)):
        section.codes.append(word)
    else:
        section.figures.append(word)


def _is_below_class(section: SectionWords, text: str) -> bool:
    """Whether a whole number is likelier a code that is not listed: one below a class that is, where the code printed
    before it is of the same class."""
    return (
        len(text) > _CLASS
        and bool(names_of(text[:_CLASS]))
        and any(match_key(code.text)[:_CLASS] == text[:_CLASS] for code in section.codes[-1:])
    )


def _settle(section: SectionWords, waiting: list[Piece]) -> None:
    """Sort words that stand below each other without a gap: what makes a known label or a name together is one."""
    start = 0
    while start < len(waiting):
        ends = range(min(start + _LONGEST, len(waiting)), start, -1)
        end = next((end for end in ends if _is_whole(list(map(_key, waiting[start:end])))), start + 1)
        text = tuple(waiting[start:end])
        key = key_of(text)
        (section.heads if _is_head(key) else section.names).append(text)
        start = end
    waiting.clear()


def _key(piece: Piece) -> str:
    return key_of((piece,))


def _is_whole(keys: Sequence[str]) -> bool:
    """Whether words are one label or name. What is mostly a label by itself ends none."""
    whole = "".join(keys)
    return is_account_name(whole) or (_is_head(whole) and (len(keys) == 1 or not _STANDS_ALONE.match(keys[-1])))


def _is_head(key: str) -> bool:
    return is_known(key) or key in LEVELS or key in TOTALS or bool(_PART.match(key))
