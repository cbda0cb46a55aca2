"""Columns that rows show though the labels understood of their header name them not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.rows import Header, HeaderText, Label
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.body_shape import first_figure
from workbench.tables.text.running.slots import Kind, Slot, slots_of

_FEWEST_ROWS, _FEWEST_FIGURES = 3, 2
_RARELY = 5
"""So many rows at least, of so many figures or more each; one line in so many may be otherwise."""


def with_unnamed_columns(header: Header, words: Sequence[Word]) -> Header:
    """A header with blank labels for columns that it lacks: where nearly all lines of a body print a name and as many
    figures, one for the names, and those of figures at its end. Rows are never pressed into fewer columns."""
    slots = slots_of(header.text)
    figures = _figures_of_lines(words)
    if not figures or any(slot.side or slot.kind is Kind.COUNTER for slot in slots):
        return header
    named = slots[0].kind is not Kind.FIGURES
    room = sum(len(slot.columns) for slot in slots if slot.kind is Kind.FIGURES)
    if _texts_behind(slots) or (named and room >= figures):
        return header
    return _padded(header, before=not named, behind=max(figures - room, 0))


def _figures_of_lines(words: Sequence[Word]) -> int:
    """How many figures stand behind the name on nearly every line, 0 where lines differ."""
    counts: Counter[int] = Counter()
    for _, line in groupby(words, key=lambda word: word.line):
        texts = [word.text for word in line]
        start = first_figure(texts)
        whole = start > 0 and not any(map(is_figure_word, texts[1:start]))
        counts[len(texts) - start if whole else 0] += 1
    (count, rows), total = (counts.most_common(1) or [(0, 0)])[0], counts.total()
    return count if rows >= _FEWEST_ROWS and count >= _FEWEST_FIGURES and (total - rows) * _RARELY <= total else 0


def _texts_behind(slots: Sequence[Slot]) -> bool:
    """Whether a header has columns of texts right of those of figures."""
    figures = [slot.kind is Kind.FIGURES for slot in slots]
    return True in figures and not all(figures[figures.index(True) :])


def _padded(header: Header, *, before: bool, behind: int) -> Header:
    """A header with blank columns at its ends."""
    blank: Label = ()
    rows = tuple(((blank,) * before + row + (blank,) * behind) for row in header.rows)
    text = HeaderText(tuple((("",) * before + row + ("",) * behind) for row in header.text.rows))
    return replace(header, rows=rows, text=text)
