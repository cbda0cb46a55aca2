"""The block of labels and values above the indicators of a form of which every cell is known, the empty ones too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.form_words import is_form_label
from workbench.tables.text.lines import Piece

_LONGEST_LABEL = 16
_BRACKETS = re.compile(r"\s*[（(][^（()）]*[)）]$")
_FEWEST_NAMES, _FEWEST_ROWS = 2, 2
"""So many columns and rows of amounts make a small table."""
Cell = tuple[Piece, ...]
_BLANK: Cell = ()


class _Found(NamedTuple):
    """Rows, and the cell behind them."""

    rows: list[list[Cell]]
    end: int


def kept_block_rows(cells: Sequence[Cell], texts: Sequence[str]) -> list[list[Cell]]:
    """The rows: small tables of amounts beside the label that leads them, labels above as many texts, pairs."""
    rows: list[list[Cell]] = []
    index = 0
    while index < len(cells):
        found = _amounts(cells, texts, index) or _texts_below(cells, texts, index) or _pair(cells, texts, index)
        rows += found.rows
        index = found.end
    return [row for row in rows if any(row)]


def _amounts(cells: Sequence[Cell], texts: Sequence[str], lead: int) -> _Found | None:
    """A label, the names of columns behind it, and rows of a label and as many amounts; none where there are none. The
    column of the labels may have a name or a blank above it."""
    if not texts[lead] or len(texts[lead]) > _LONGEST_LABEL:
        return None
    figure = lead + 1
    while figure < len(texts) and kind_of(texts[figure]) != "figure" and len(texts[figure]) <= _LONGEST_LABEL:
        figure += 1
    names = list(cells[lead + 1 : figure - 1])
    if sum(map(bool, names)) < _FEWEST_NAMES or not all(names[1:]):
        return None
    for head in (names, [_BLANK, *names]) if names[0] else (names,):
        rows, end = _amount_rows(cells, texts, figure - 1, len(head) - 1)
        if len(rows) >= _FEWEST_ROWS:
            return _Found([[cells[lead], *head], *rows], end)
    return None


def _amount_rows(cells: Sequence[Cell], texts: Sequence[str], start: int, width: int) -> tuple[list[list[Cell]], int]:
    """The rows of a label and `width` amounts, and where they end. What stands last in the first of them may be a text
    that goes down beside all."""
    rows: list[list[Cell]] = []
    index = start
    while index < len(texts) and kind_of(texts[index]) == "text":
        ends = [index + 1 + width, index + width] if rows else [index + 1 + width]
        end = next((end for end in ends if _is_amount_row(texts, index, end, may_tell=not rows)), 0)
        if not end:
            break
        rows.append([_BLANK, *cells[index:end]])
        index = end
    return rows, index


def _is_amount_row(texts: Sequence[str], start: int, end: int, *, may_tell: bool) -> bool:
    """Whether what stands behind a label are amounts or blanks, and a text or nothing behind them."""
    amounts = texts[start + 1 : end - may_tell]
    whole = end < len(texts) and kind_of(texts[end]) == "text"
    return bool(amounts) and all(kind_of(text) != "text" for text in amounts) and (whole or end == len(texts))


def _texts_below(cells: Sequence[Cell], texts: Sequence[str], lead: int) -> _Found | None:
    """A label, two labels or more behind it, and below these a text each; none where it is not so."""
    end = lead
    while end < len(texts) and _is_label(texts[end]):
        end += 1
    names = end - lead - 1
    below = texts[end : end + names]
    if names < _FEWEST_NAMES or len(below) < names or any(map(_is_label, below)):
        return None
    return _Found([list(cells[lead:end]), [_BLANK, *cells[end : end + names]]], end + names)


def _is_label(text: str) -> bool:
    """Whether this is a label of a form, what is told of it in brackets left out (实施单位（盖章）)."""
    return is_form_label(_BRACKETS.sub("", text))


def _pair(cells: Sequence[Cell], texts: Sequence[str], index: int) -> _Found:
    """A label and its value, below what leads it; a text without a label alone."""
    if not _is_label(texts[index]):
        return _Found([[_BLANK, cells[index]]], index + 1)
    end = index + 1
    while end < len(texts) and _is_label(texts[end]):
        end += 1
    return _Found([list(cells[index : end + 1])], end + 1)
