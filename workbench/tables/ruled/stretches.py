"""Lines of a page → the stretches that may hold a table, and where in one its body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from workbench.fiscal.captions import caption_of_line, is_note, is_table_number, title_of_line
from workbench.fiscal.headers import is_header_word, is_numbering_row
from workbench.model.source import Page
from workbench.tables.ruled.printed import PrintedLine, lines_of

_PAGE_NUMBER = re.compile(r"^(?:[-—－–\s]*\d{1,3}[-—－–\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+)$")
_PROSE = re.compile(r"[。；]|[，,：:]$")
_IDEOGRAPHS = re.compile("[一-鿿]{2,}")
_LONGEST_LABEL = 40
_FARTHEST_LINE, _FARTHEST_NAMES = 4.5, 9.0
"""In heights of print: how far a line of the header stands above the next one, and one that begins with a known name."""
_MOST_HEADER_LINES = 30
"""Names printed downwards take a line for each character."""


def printed_lines(page: Page) -> list[PrintedLine]:
    """The lines of a page, as high as their characters are wide: fonts differ in what lies above and below."""
    lines = lines_of(page)
    shares = [
        (piece.x1 - piece.x0) / len(piece.text) / line.height
        for line in lines
        for piece in line.pieces
        if _IDEOGRAPHS.fullmatch(piece.text)
    ]
    share = median(shares) if shares else 1.0
    return [PrintedLine(line.middle, line.height * share, line.text, line.pieces) for line in lines]


def stretches_of(lines: Sequence[PrintedLine]) -> Iterator[tuple[list[PrintedLine], float, float]]:
    """The lines between titles, captions, notes and running text, where there are figures among them, and between which
    heights they stand."""
    stretch: list[PrintedLine] = []
    top = 0.0
    for line in lines:
        if _parts_tables(line) or is_page_number(line):
            if stretch:
                yield stretch, top, line.middle
            stretch = []
            top = line.middle
        else:
            stretch.append(line)
    if stretch:
        yield stretch, top, float("inf")


def is_page_number(line: PrintedLine) -> bool:
    """Whether a line prints nothing but the number of the page."""
    return bool(_PAGE_NUMBER.match(line.text))


def _parts_tables(line: PrintedLine) -> bool:
    """Whether a line stands outside of tables."""
    text = line.text
    if line.amounts and not _PROSE.search(text):
        return False
    if is_note(text) or is_table_number(text) or (_PROSE.search(text) and len(text) > _LONGEST_LABEL):
        return True
    caption = caption_of_line(text)
    if caption.unit or (caption.entity and len(line.pieces) <= 3):
        return True
    return len(line.pieces) <= 2 and len(text) > 4 and title_of_line(text).endswith("表")


def first_row(lines: Sequence[PrintedLine]) -> int | None:
    """The first line of the body: one with a figure that does not number the columns, or the labels just above it that
    are numbered or those of totals."""
    index = next((index for index, line in enumerate(lines) if _has_figures(line)), None)
    if index is None:
        return next((index for index, line in enumerate(lines) if line.begins_row), None)
    while index and lines[index - 1].begins_row and not any(piece.is_figure for piece in lines[index - 1].pieces):
        index -= 1
    return index


def header_of(lines: Sequence[PrintedLine], below: PrintedLine) -> list[PrintedLine]:
    """The lines of the header: those above the body with no large gap between them."""
    header: list[PrintedLine] = []
    for line in reversed(lines):
        near = _FARTHEST_NAMES if is_header_word(line.pieces[0].text) else _FARTHEST_LINE
        if below.middle - line.middle > near * max(line.height, below.height) or len(header) >= _MOST_HEADER_LINES:
            break
        header.insert(0, line)
        below = line
    return header


def _has_figures(line: PrintedLine) -> bool:
    """Whether figures stand in a line, and not only the numbers of the columns."""
    return any(piece.is_figure for piece in line.pieces) and not is_numbering_row([piece.text for piece in line.pieces])
