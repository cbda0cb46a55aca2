"""A page's text and the tables found on it, as extractors give them beside each other → the tables in their places: the
lines of the text that print a table's cells are that table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.sources.grid_text import PlannedGrid

_BLANKS = re.compile(r"\s+")
_SPREAD = 4
"""So many lines of a table's wrapped cells may stand together that are cut otherwise than the cells."""
_FEWEST = 2
"""So many cells of a table tell that a line is one of it, or a cell of so many characters."""


def tables_in_text(text: str, grids: Sequence[PlannedGrid]) -> Iterator[str | PlannedGrid]:
    """The lines of `text` and the tables in order; a table of which no line is found, where the one before it ends."""
    lines = [line for line in text.split("\n") if line.strip()]
    done = 0
    for grid in grids:
        first, last = _place(lines, done, _pieces(grid))
        yield from lines[done:first]
        yield grid
        done = last
    yield from lines[done:]


def _place(lines: Sequence[str], start: int, pieces: frozenset[str]) -> tuple[int, int]:
    """The first line of a table and the line after its last one."""
    first = last = None
    for index in range(start, len(lines)):
        count, length = _cells(_BLANKS.sub("", lines[index]), pieces)
        if first is None and (count >= _FEWEST or (count and length >= 2 * _FEWEST)):
            first = index
        if first is not None:
            if count:
                last = index
            elif last is not None and (index - last > _SPREAD or "。" in lines[index]):
                break
    if first is None or last is None:
        return start, start
    # A short cell alone tells nothing of itself; right above the table it is one of its header.
    while first > start and _cells(_BLANKS.sub("", lines[first - 1]), pieces)[0]:
        first -= 1
    return first, last + 1


def _cells(line: str, pieces: frozenset[str]) -> tuple[int, int]:
    """How many cells make up a line, and of how many characters the longest is; 0 where they do not make it up."""
    known = {len(piece) for piece in pieces}
    counts: list[int | None] = [0] + [None] * len(line)
    lengths = [0] * (len(line) + 1)
    for end in range(1, len(line) + 1):
        for length in known:
            before = counts[end - length] if length <= end else None
            if before is not None and line[end - length : end] in pieces:
                counts[end], lengths[end] = before + 1, max(lengths[end - length], length)
    return counts[-1] or 0, lengths[-1]


def _pieces(grid: PlannedGrid) -> frozenset[str]:
    """What the cells of a table print on a line each, without blanks."""
    texts = (content for cell in grid.cells for content in cell.content if isinstance(content, str))
    return frozenset(_BLANKS.sub("", line) for text in texts for line in text.split("\n")) - {""}
