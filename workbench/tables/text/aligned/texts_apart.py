"""Texts that fill their columns, so that only a blank parts them from the next: cut where texts of other lines begin,
or where the label of a form does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.wrapped_labels import words_of
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_form_label

_FEWEST_BEGIN = 3
"""So many words begin where a column of texts does, those that only a blank parts from the text before among them."""


def texts_apart(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a body, a cell of words a blank apart cut where the texts of other lines begin."""
    if not lines or lines[0].line.page.boxes:
        return list(lines)
    alone = {cell.x0 for line in lines for cell in line.cells[1:] if not is_figure_word(cell.text)}
    words = Counter(word.x0 for line in lines for cell in line.cells for word in words_of(cell))
    begins = {x for x in alone if words[x] >= _FEWEST_BEGIN}
    return [_cut(line, lambda word: word.x0 in begins) for line in lines]


def labels_apart(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of the labels and values of a form, cut where a label stands a blank behind a value."""
    return [_cut(line, lambda word: is_form_label(word.text)) for line in lines]


def _cut(line: PlacedLine, begins: Callable[[Placed], bool]) -> PlacedLine:
    """A line, each cell of several words cut before those that begin another."""
    if all(len(cell.pieces) == 1 for cell in line.cells):
        return line
    return replace(line, cells=tuple(part for cell in line.cells for part in _parts(cell, begins)))


def _parts(cell: Placed, begins: Callable[[Placed], bool]) -> Iterator[Placed]:
    part: list[Placed] = []
    for word in words_of(cell):
        if part and begins(word):
            yield _whole(part)
            part = []
        part.append(word)
    yield _whole(part)


def _whole(words: Sequence[Placed]) -> Placed:
    pieces = tuple(piece for word in words for piece in word.pieces)
    return replace(words[0], pieces=pieces, x1=words[-1].x1)
