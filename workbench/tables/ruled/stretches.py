"""Lines of a page → the stretches of them that may hold a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median

from workbench.fiscal.captions import caption_of_line, is_note, is_table_number, title_of_line
from workbench.model.source import Page
from workbench.tables.ruled.printed import PrintedLine, lines_of

_PAGE_NUMBER = re.compile(r"^(?:[-—－–\s]*\d{1,3}[-—－–\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+)$")
_PROSE = re.compile(r"[。；]|[，,：:]$")
_IDEOGRAPHS = re.compile("[一-鿿]{2,}")
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


def stretches_of(lines: Sequence[PrintedLine]) -> Iterator[tuple[list[PrintedLine], float, float]]:
    """The lines between titles, captions, notes and running text, where there are figures among them, and between which
    heights they stand."""
    stretch: list[PrintedLine] = []
    top = 0.0
    for line in lines:
        if _parts_tables(line) or is_page_number(line, lines):
            if stretch:
                yield stretch, top, line.middle
            stretch = []
            top = line.middle
        else:
            stretch.append(line)
    if stretch:
        yield stretch, top, float("inf")


def is_page_number(line: PrintedLine, lines: Sequence[PrintedLine]) -> bool:
    """Whether a line prints nothing but the number of the page: a bare one is at the head or foot of its `lines`."""
    if not _PAGE_NUMBER.match(line.text):
        return False
    return not line.text.isdigit() or any(line is other for other in (*lines[:_ENDS], *lines[-_ENDS:]))


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
