"""Which lines of a body that stands in columns make one row, where nothing but their order tells.

A label is wrapped around the line with its figures, or below it. A line of text alone belongs to the row above it or to
the one below it: the likelier way leaves no row without a label, makes labels that are known, and breaks lines only
where they are full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from workbench.fiscal.codes import is_account_name
from workbench.model.amount import match_key
from workbench.model.display_width import display_width
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Piece, text_of
from workbench.tables.text.running.by_height import shares
from workbench.tables.text.vocabulary import NEW_LABEL, column_kind

SpreadRow = Sequence[tuple[Piece, ...]]
"""What a line prints in each column."""

_TOTAL = re.compile(r"(?:合计|总计|小计)$")
_MOSTLY = 0.7
_UP = 0.05
_DOWN = 0.3
_UNNAMED = 1.5
_BEGINS = 2.0
_UNKNOWN = 0.3
_SHORT = 0.6
_UNCLOSED = 1.5
"""What it costs that a label has a line more below its figures than above, or less; that a row has none; that one
begins inside another; that it is not known; that it is broken where its line is not full; that it opens a bracket that
it does not close, or the other way about."""
_TOLERANCE = 0.06
"""How much more a row may cost where labels stand around their figures than where they stand below or above them."""


class _Style(Enum):
    """Where the figures stand beside a label of several lines."""

    MIDDLE = auto()
    TOP = auto()
    BOTTOM = auto()


@dataclass(frozen=True, slots=True)
class _Body:
    """The lines of a body and the columns of labels among its columns: how wide they are, and whether their labels are
    numbered."""

    rows: Sequence[SpreadRow]
    names: dict[int, int]
    numbered: frozenset[int]

    def begins(self, row: SpreadRow, column: int) -> bool:
        """Whether a label begins in a cell, by its number or its word."""
        return bool(row[column]) and begins_row(text_of(row[column]))


def owners_of(rows: Sequence[SpreadRow], leaves: Sequence[str]) -> list[int]:
    """For each line the line whose row it belongs to."""
    names = {
        column: max((display_width(text_of(row[column])) for row in rows), default=0)
        for column, leaf in enumerate(leaves)
        if _holds_texts(rows, column, leaf)
    }
    body = _Body(rows, names, frozenset(column for column in names if _is_numbered(rows, column, names)))
    anchors = [index for index in range(len(rows)) if not _is_wrapped(body, index)]
    if not anchors or len(anchors) == len(rows):
        return list(range(len(rows)))
    rests = [end - start - 1 for start, end in zip([-1, *anchors], [*anchors, len(rows)], strict=True)]
    ways = {style: shares(rests, _Costs(body, anchors, style)) for style in _Style}
    best = min(_Style, key=lambda style: ways[style][1] - (_TOLERANCE * len(rows) if style is _Style.MIDDLE else 0.0))
    owners: list[int] = []
    for anchor, below in zip(anchors, ways[best][0], strict=True):
        owners.extend([anchor] * (anchor + 1 + below - len(owners)))
    return owners


def _holds_texts(rows: Sequence[SpreadRow], column: int, leaf: str) -> bool:
    """Whether a column holds labels: mostly words, no figures or codes."""
    printed = [text_of(row[column]) for row in rows if row[column]]
    words = sum(not text.isascii() and not is_figure_word(text) for text in printed)
    return words > _MOSTLY * len(printed) and column_kind(leaf) != "figure"


def _is_numbered(rows: Sequence[SpreadRow], column: int, names: dict[int, int]) -> bool:
    """Whether the labels beside figures mostly begin with a number of their own."""
    beside = [text_of(row[column]) for row in rows if row[column] and not _is_text(row, names)]
    return sum(map(begins_row, beside)) > _MOSTLY * len(beside)


def _is_text(row: SpreadRow, names: dict[int, int]) -> bool:
    return not any(pieces for column, pieces in enumerate(row) if column not in names)


def begins_row(text: str) -> bool:
    """Whether a text begins a label of its own."""
    return bool(NEW_LABEL.match(match_key(text))) or bool(_TOTAL.search(match_key(text)))


def is_rest(row: SpreadRow, names: set[int]) -> bool:
    """Whether a line prints only text in label columns that begins no label of its own."""
    printed = [column for column, pieces in enumerate(row) if pieces]
    if not printed or any(column not in names for column in printed):
        return False
    return not any(begins_row(text_of(row[column])) or is_figure_word(text_of(row[column])) for column in printed)


def _is_wrapped(body: _Body, index: int) -> bool:
    """Whether a line is a part of a label: words that begin none, or that begin one which goes on beside the figures
    below."""
    row = body.rows[index]
    if not _is_text(row, body.names):
        return False
    begun = [column for column in body.names if body.begins(row, column)]
    if not begun:
        return any(row)
    following = next((below for below in body.rows[index + 1 :] if not is_rest(below, set(body.names))), None)
    return following is not None and all(
        column in body.numbered
        and bool(following[column])
        and not body.begins(following, column)
        and not _is_text(following, body.names)
        for column in begun
    )


class _Costs:
    """What it costs that so many lines above and below an anchor are of its row."""

    def __init__(self, body: _Body, anchors: Sequence[int], style: _Style) -> None:
        self._body = body
        self._anchors = anchors
        self._style = style

    def __call__(self, number: int, above: int, below: int) -> float:
        anchor = self._anchors[number]
        rows = self._body.rows[anchor - above : anchor + 1 + below]
        return self._uneven(rows, above, below) + sum(self._label(rows, column) for column in self._body.names)

    def _uneven(self, rows: Sequence[SpreadRow], above: int, below: int) -> float:
        if self._style is _Style.TOP:
            return float(above)
        if self._style is _Style.BOTTOM:
            return float(below)
        wrapped = {column for row in (*rows[:above], *rows[above + 1 :]) for column, pieces in enumerate(row) if pieces}
        if not any(rows[above][column] for column in wrapped):
            return float(abs(above - below))
        return min(abs(above - below), _UP + abs(above + 1 - below), _DOWN + abs(above - 1 - below))

    def _label(self, rows: Sequence[SpreadRow], column: int) -> float:
        """What it costs that the cells of these lines are one label."""
        cells = [row[column] for row in rows if row[column]]
        if not cells:
            return _UNNAMED if len(self._body.names) == 1 else 0.0
        texts = [text_of(cell) for cell in cells]
        begun = sum(begins_row(text) for text in texts[1:])
        short = sum(display_width(text) < self._body.names[column] - 2 for text in texts[:-1])
        label = match_key("".join(texts))
        unclosed = label.count("(") != label.count(")")
        known = is_account_name("".join(texts)) or len(texts) == len(rows) == 1
        return _BEGINS * begun + _SHORT * short + _UNCLOSED * unclosed + (0.0 if known else _UNKNOWN)
