"""The lines that the source text is drawn in: which are folded at the edge of the pane, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.tui.drawing.display import fold, shown, width

_COLUMN_GAP = re.compile(" {3,}")
_WIDE_GAP = " " * 8


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


def lines_of(page: int, start: int, text: str, room: int, wrapping: Wrapping) -> Iterator[SourceLine]:
    """The drawn lines of one line of a page, which begins at `start` of its text."""
    end = start + len(text)
    if 3 * len(text) <= room and wrapping is not Wrapping.NONE:
        yield SourceLine(page, start, end)
        return
    laid_out = wrapping is Wrapping.NONE or (wrapping is Wrapping.PROSE and _is_laid_out(text))
    size = width(shown(text))
    if size <= room or laid_out:
        yield SourceLine(page, start, end, wide=laid_out, cells=size)
        return
    first = 0
    for place in fold(text, room):
        yield SourceLine(page, start + first, start + place)
        first = place
    yield SourceLine(page, start + first, end)
