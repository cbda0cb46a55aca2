"""Texts that fill their columns, so that only a blank parts them from the next, where texts of other lines begin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.wrapped_labels import words_of
from workbench.tables.text.figures import is_figure_word

_FEWEST_BEGIN = 2
"""So many lines show where a column of texts begins."""


def texts_apart(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a body, a cell of words a blank apart cut where the texts of other lines begin."""
    if not lines or lines[0].line.page.boxes:
        return list(lines)
    begins = Counter(cell.x0 for line in lines for cell in line.cells[1:] if not is_figure_word(cell.text))
    return [
        replace(line, cells=tuple(part for cell in line.cells for part in _parts(cell, begins)))
        if any(len(cell.pieces) > 1 for cell in line.cells)
        else line
        for line in lines
    ]


def _parts(cell: Placed, begins: Counter[float]) -> Iterator[Placed]:
    part: list[Placed] = []
    for word in words_of(cell):
        if part and begins[word.x0] >= _FEWEST_BEGIN:
            yield _whole(part)
            part = []
        part.append(word)
    yield _whole(part)


def _whole(words: Sequence[Placed]) -> Placed:
    pieces = tuple(piece for word in words for piece in word.pieces)
    return replace(words[0], pieces=pieces, x1=words[-1].x1)
