"""The lines of text pages, the pieces of which cells are made, and cells made from pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.model.table import Cell

_REMNANT = re.compile(
    r"^#{1,6}[ \t]+|<br\s*/?>|\[(?:bookmark|image|footnote|endnote|comment|hyperlink|field|shape|chart)\s*:[^\[\]\n]*\]"
)
"""What conversions from Word and to Markdown leave behind in the text; printed on no page."""
_TRIM = " \t\r\f\v\u3000\xa0\u200b\ufeff"
_BLANKS = re.compile(rf"[{_TRIM}]+")
_WORD = re.compile(rf"[^{_TRIM}]+")
_BREAK = "\v"
"""Stands for a line break in a cell."""
_MOST_BREAKS = 10
_OPEN_QUOTES = re.compile(r'(?:^|[,\t])"[^"\t]*$')
_GAP = re.compile(r"[ \u3000\xa0]")
_JUSTIFIED = re.compile(r"(?<=[⺀-鿿豈-﫿（）“”、：])[ \u3000\xa0]+(?=[⺀-鿿豈-﫿（）“”、：])")


class Piece(NamedTuple):
    """A stretch of one line of a page: the characters `start:end` of the text of `page`, without blanks at its ends."""

    page: Page
    start: int
    end: int
    text: str


class Line(NamedTuple):
    """One line of a page, `start:end` in the page text, without its line break."""

    page: Page
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it, not even an empty cell."""
        return "\t" not in self.text and not self.text.strip(_TRIM)

    @property
    def broken(self) -> bool:
        """Whether a picture or the like that conversion left out stands at its end, so that the next line may go on."""
        return self.text.rstrip(_TRIM).endswith("]") and bool(_REMNANT.search(self.text))

    def pieces(self, start: int = 0, end: int | None = None) -> tuple[Piece, ...]:
        """The printed pieces between two offsets in the line: trimmed, conversion remnants left out."""
        stop = len(self.text) if end is None else end
        found: list[Piece] = []
        if "[" in self.text or "<br" in self.text or self.text.startswith("#"):
            for match in _REMNANT.finditer(self.text, start, stop):
                _add_trimmed(found, self, start, match.start())
                start = match.end()
        _add_trimmed(found, self, start, stop)
        return tuple(found)

    def words(self) -> tuple[Piece, ...]:
        """Its printed pieces, cut at every blank."""
        page, first, _, text = self
        if "[" not in text and "<br" not in text and not text.startswith("#"):
            places = [match.span() for match in _WORD.finditer(text)]
            return tuple([Piece(page, first + start, first + end, text[start:end]) for start, end in places])
        found: list[Piece] = []
        for piece in self.pieces():
            start = piece.start
            for match in _BLANKS.finditer(piece.text):
                found.append(_cut(piece, start, piece.start + match.start()))
                start = piece.start + match.end()
            found.append(piece if start == piece.start else _cut(piece, start, piece.end))
        return tuple(found)


def _cut(piece: Piece, start: int, end: int) -> Piece:
    return Piece(piece.page, start, end, piece.page.text[start:end])


def _add_trimmed(found: list[Piece], line: Line, start: int, end: int) -> None:
    text = line.text[start:end]
    if _BREAK in text:
        for part in text.split(_BREAK):
            _add_trimmed(found, line, start, start + len(part))
            start += len(part) + 1
        return
    body = text.strip(_TRIM)
    if body:
        first = line.start + start + len(text) - len(text.lstrip(_TRIM))
        found.append(Piece(line.page, first, first + len(body), body))


def with_quoted_breaks(lines: Sequence[Line]) -> list[Line]:
    """The lines, those made one between which a cell in quotation marks goes on, as spreadsheets save a line break."""
    found: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end = index + 1
        if line.text.count('"') % 2 and _OPEN_QUOTES.search(line.text):
            rest = range(index + 1, min(index + _MOST_BREAKS, len(lines)))
            last = next((number for number in rest if lines[number].text.count('"') % 2), None)
            if last is not None and lines[last].page is line.page:
                end = last + 1
                text = _BREAK.join(part.text for part in lines[index:end])
                line = Line(line.page, line.start, lines[last].end, text)
        found.append(line)
        index = end
    return found


def lines_of(pages: Iterable[Page]) -> list[Line]:
    """All lines of the pages in order; a form feed ends a line as a line break does."""
    lines: list[Line] = []
    for page in pages:
        start = 0
        for text in re.split(r"[\n\f]", page.text):
            lines.append(Line(page, start, start + len(text), text))
            start += len(text) + 1
    return lines


def cell_of(pieces: Sequence[Piece], *, inferred: bool = False) -> Cell:
    """The cell that these pieces make up, wrapped lines joined: a blank stays only between two words of Latin script
    or two figures."""
    if not pieces:
        return EMPTY
    whole = _whole_lines(pieces)
    return Cell(
        text_of(whole),
        tuple(piece.page.anchor(piece.start, piece.end) for piece in whole),
        inferred=inferred,
        confidence=_confidence(whole),
    )


def _whole_lines(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, neighbours on one line made one."""
    whole: list[Piece] = []
    for piece in pieces:
        last = whole[-1] if whole else None
        if last is not None and last.page is piece.page and last.end <= piece.start:
            between = piece.page.text[last.end : piece.start]
            if not between.strip(_TRIM) and "\t" not in between:
                whole[-1] = _cut(last, last.start, piece.end)
                continue
        whole.append(piece)
    return whole


EMPTY = Cell("")


def text_of(pieces: Iterable[Piece]) -> str:
    """The text that these pieces make up, as `cell_of` prints it."""
    printed = ""
    for piece in pieces:
        printed = _join_texts(printed, piece.text)
    return printed


def key_of(pieces: Iterable[Piece]) -> str:
    """The text of these pieces for comparing: NFKC, without white space."""
    return match_key("".join([piece.text for piece in pieces]))


def _join_texts(left: str, right: str) -> str:
    """Two wrapped pieces as one text."""
    if not right.isascii() and _GAP.search(right):
        right = _JUSTIFIED.sub("", right)
    if left and right and _is_latin(left[-1]) and _is_latin(right[0]):
        return f"{left} {right}"
    return left + right


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _confidence(pieces: Sequence[Piece]) -> float | None:
    values = [
        value for piece in pieces if piece.page.confidences for value in piece.page.confidences[piece.start : piece.end]
    ]
    return min(values) if values else None
