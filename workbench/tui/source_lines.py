"""The lines that the source text is drawn in: which are folded at the edge of the pane, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.tui.display import fold, shown, width

_LAID_OUT = re.compile(r"\S(?: {3,}|\t)\S.* {3,}\S| {3,}\S.*\t\S|\S {8,}\S")
"""A line whose parts stand in columns: folding it would part the columns."""


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


def lines_of(page: int, start: int, text: str, room: int, wrapping: Wrapping) -> Iterator[SourceLine]:
    """The drawn lines of one line of a page, which begins at `start` of its text."""
    end = start + len(text)
    if 3 * len(text) <= room and wrapping is not Wrapping.NONE:
        yield SourceLine(page, start, end)
        return
    laid_out = wrapping is Wrapping.NONE or (wrapping is Wrapping.PROSE and bool(_LAID_OUT.search(text)))
    size = width(shown(text))
    if size <= room or laid_out:
        yield SourceLine(page, start, end, wide=laid_out, cells=size)
        return
    first = 0
    for place in fold(text, room):
        yield SourceLine(page, start + first, start + place)
        first = place
    yield SourceLine(page, start + first, end)
