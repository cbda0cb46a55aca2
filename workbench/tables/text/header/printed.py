"""The printed lines of running text: page numbers and empty lines left out, each with its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from workbench.model.amount import match_key
from workbench.tables.text.header.glued import labels_inside_total, parts_of, row_starts
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Line, Piece, key_of
from workbench.tables.text.vocabulary import LEVELS, is_known

_PAGE_NUMBER = re.compile(r"^(?:[-—–－]+\s*\d{1,4}\s*[-—–－]+|第\s*\d{1,4}\s*页.*|\d{1,4}\s*/\s*\d{1,4})$")

_NUMBERS = "栏次"
_INDICATORS = re.compile(r"^一级指标")


class TextLine(NamedTuple):
    """A printed line: its number among the printed lines, whether empty lines stand before it, its words."""

    line: Line
    number: int
    gap: bool
    words: tuple[Word, ...]
    key: str
    """What it prints, for comparing: NFKC, without white space."""


def printed_lines(lines: Sequence[Line]) -> list[TextLine]:
    """The lines on which something is printed, page numbers left out."""
    found: list[TextLine] = []
    gap = True
    for line in lines:
        pieces = tuple(part for piece in line.words() for part in parts_of(piece))
        if not pieces:
            gap = True
            continue
        if len(pieces) <= 5 and _PAGE_NUMBER.match(line.text.strip()):
            continue
        for part in _lines_of(pieces):
            number = len(found)
            words = tuple(Word(piece, number, gap, index == 0, piece.text) for index, piece in enumerate(part))
            key = match_key(line.text) if len(part) == len(pieces) else key_of(part)
            found.append(TextLine(line, number, gap, words, key))
            gap = False
    return found


def _lines_of(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """The last line of a header and the first row below it, where both are printed on one line: the levels of codes
    are centred on two rows (类 款 项 合计 2,946.25), or the label of the total is. Known labels behind levels are of
    the header. What stands before 一级指标 heads the indicators. The row that numbers the columns (栏次 1 2) may stand
    behind the labels as well."""
    if len(pieces) > 2 and _INDICATORS.match(pieces[1].text) and not _INDICATORS.match(pieces[0].text):
        return [pieces[:1], pieces[1:]]
    numbering = _numbering([piece.text for piece in pieces])
    if numbering:
        return [pieces[:numbering], pieces[numbering:]]
    starts = row_starts([piece.text for piece in pieces])
    if starts:
        return [pieces[start:end] for start, end in pairwise([0, *starts, len(pieces)])]
    inside = labels_inside_total([piece.text for piece in pieces])
    if inside is not None:
        start, stop = inside
        return [pieces[start:stop], pieces[:start] + pieces[stop:]]
    if pieces[0].text not in LEVELS:
        return [pieces]
    count = next((index for index, piece in enumerate(pieces) if piece.text not in LEVELS), 0)
    rest = pieces[count:]
    labels = len(rest) > 1 and all(is_known(piece.text) for piece in rest)
    return [pieces] if count < 2 or labels else [pieces[:count], rest]


def _numbering(texts: Sequence[str]) -> int:
    """Where the row that numbers the columns begins behind known labels, 0 where none does."""
    start = texts.index(_NUMBERS) if _NUMBERS in texts else 0
    numbers = [text for text in texts[start:] if text != _NUMBERS]
    behind = start > 1 and all(map(is_known, texts[:start])) and numbers == list(map(str, range(1, len(numbers) + 1)))
    return start if behind and numbers else 0
