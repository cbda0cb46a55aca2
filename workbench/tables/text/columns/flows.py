"""Text in the order of a page's columns, cut at its empty lines into flows: what a column prints, or a few beside it.

A program that takes text from a page column by column prints each column as lines below each other, and columns that
stand close to each other row by row; then, behind an empty line, the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.fiscal.captions import is_note, title_of_line, unit_of_line
from workbench.fiscal.codes import names_of
from workbench.model.amount import match_key
from workbench.tables.text.captions import is_caption, is_heading
from workbench.tables.text.columns.section_words import ACCOUNT_CODE
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line, Piece
from workbench.tables.text.vocabulary import LEVELS, is_known

_TITLE = re.compile(r"表\s*(?:[（(].*[）)])?$")
_SENTENCE = re.compile(r"[。；]|，.{6,}，")
_CLASS = 3

Words = list[Piece]
NAMES, CODES, LOWER, FIGURES = "names", "codes", "lower", "figures"
_LEVELS = "levels"
_LEVEL = re.compile(r"^\d\d$")


@dataclass(slots=True)
class Run:
    """Lines below each other that print the same kind of words."""

    kind: str
    lines: list[Words]

    @property
    def words(self) -> Words:
        """All its words, from the top down."""
        return [word for line in self.lines for word in line]


@dataclass(slots=True)
class Flow:
    """The lines between two empty lines, cut into runs."""

    runs: list[Run]

    @property
    def page(self) -> int:
        """The page that it stands on."""
        return self.runs[0].lines[0][0].page.number

    def words(self, kind: str) -> Words:
        """Its words of a kind, from the top down."""
        return [word for run in self.runs if run.kind == kind for word in run.words]

    def lines(self) -> list[Words]:
        """Its lines of names."""
        return [line for run in self.runs if run.kind == NAMES for line in run.lines]

    def has(self, kind: str) -> bool:
        """Whether words of a kind are among them."""
        return any(run.kind == kind for run in self.runs)


@dataclass(slots=True)
class Section:
    """The text of one table: its title, the numbers of its first and its last line, its unit and its flows."""

    title: Line
    first: int
    last: int
    unit: str = ""
    flows: list[Flow] = field(default_factory=list)


def sections_of_flows(lines: Sequence[Line]) -> Iterator[list[Section]]:
    """For each title of a table the text that may be of it, the likeliest first: what is printed from the title on up
    to the next title, a sentence, a heading or a note; from the beginning of its page on and up to the beginning of the
    page of the next, or to the end of that page: a reader of columns comes to titles early or late."""
    marks = [(number, _is_title(line)) for number, line in enumerate(lines) if _is_title(line) or _ends(line)]
    starts = [0, *(number for number in range(1, len(lines)) if lines[number].page is not lines[number - 1].page)]
    page_start = {lines[number].page.number: number for number in starts if lines}
    for index, (number, is_title) in enumerate(marks):
        if not is_title:
            continue
        before = marks[index - 1][0] + (not marks[index - 1][1]) if index else 0
        end = marks[index + 1][0] if index + 1 < len(marks) else len(lines)
        top = max(before, page_start[lines[number].page.number])
        firsts = [number, top] if top < number else [number]
        lasts = [end]
        if index + 1 < len(marks) and marks[index + 1][1]:
            other = page_start[lines[end].page.number]
            bottom = next((start for start in starts if start > end), len(lines))
            after = marks[index + 2][0] if index + 2 < len(marks) else len(lines)
            lasts = [*([other] if number < other < end else []), end, min(bottom, after)]
        yield [_section(lines, first, number, last, end) for last in lasts for first in firsts]


def _is_title(line: Line) -> bool:
    text = line.text.strip()
    return bool(title_of_line(text) and _TITLE.search(text)) and not is_known(text)


def _ends(line: Line) -> bool:
    text = line.text.strip()
    return bool(_SENTENCE.search(text)) or is_heading(text) or is_note(text)


def _section(lines: Sequence[Line], first: int, title: int, end: int, following: int) -> Section:
    section = Section(lines[title], first, min(end, following) - 1, unit_of_line(lines[title].text.strip()))
    flow = 0
    printed: list[tuple[int, str, Words]] = []
    for number in range(first, end):
        line = lines[number]
        text = line.text.strip()
        flow += line.blank or (number > first and line.page is not lines[number - 1].page)
        if is_caption(text):
            section.unit = section.unit or unit_of_line(text)
        elif number not in (title, following):
            printed.extend((flow, kind, words) for kind, words in _parts(line.words()))
    levels = any(word.text in LEVELS for _, _, words in printed for word in words)
    for _, own in groupby(printed, key=lambda item: item[0]):
        parts = _settled([(kind, words) for _, kind, words in own], levels=levels)
        runs = [Run(kind, [words for _, words in run]) for kind, run in groupby(parts, key=lambda item: item[0])]
        section.flows.append(Flow(runs))
    return section


def _settled(parts: Sequence[tuple[str, Words]], *, levels: bool) -> list[tuple[str, Words]]:
    """The parts of a flow, its numbers of two digits sorted: levels of codes go on behind a code, or stand with names
    alone, or by themselves where the head has levels; and where amounts stand without names, whole numbers that look
    like codes are none."""
    kinds = {kind for kind, _ in parts}
    if kinds == {_LEVELS}:
        return [(LOWER if levels else FIGURES, words) for _, words in parts]
    if NAMES not in kinds and FIGURES in kinds:
        return [(FIGURES, words) for _, words in parts]
    found: list[tuple[str, Words]] = []
    for kind, words in parts:
        if kind == _LEVELS:
            follows = bool(found) and found[-1][0] == CODES
            kind = CODES if follows or (FIGURES not in kinds and kinds > {_LEVELS}) else FIGURES
        found.append((kind, words))
    return found


def _parts(words: Sequence[Piece]) -> Iterator[tuple[str, Words]]:
    """The words of a line: names, codes of accounts, figures."""
    for kind, group in groupby(words, key=_kind):
        yield kind, list(group)


def _kind(word: Piece) -> str:
    if not is_figure_word(word.text):
        return NAMES
    text = match_key(word.text)
    if _LEVEL.match(text):
        return _LEVELS
    return CODES if ACCOUNT_CODE.match(text) and names_of(text[:_CLASS]) else FIGURES
