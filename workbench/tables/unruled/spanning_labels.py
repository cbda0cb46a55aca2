"""Labels that stand once for several rows, in the middle of them: which rows each is the label of.

Where a label stands level with no row, the labels of its column part all rows from the first of them on, so that each
stands in the middle of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from workbench.fiscal.headers import is_total_label
from workbench.tables.unruled.printed import Piece

_OFF_ROW, _OFF_MIDDLE, _LEVEL = 0.3, 0.3, 0.1
"""In heights of rows: a label so far from the middle of its row is no label of that row; one no further from the middle
of several rows may be theirs, or no further than the last where all labels are level with a row."""
_LEVELS = (2, 3)
"""How long the codes of levels are: 208 05 05."""


@dataclass(slots=True)
class RowCell:
    """A cell of the body: its place, its spans, its words from the top down, and how high they stand."""

    row: int
    column: int
    pieces: list[Piece]
    y: float = 0.0
    row_span: int = 1
    column_span: int = 1


def span_rows(cells: Sequence[RowCell], bounds: Sequence[float]) -> None:
    """Gives the labels that stand for several rows the first of them and a span; `bounds` are the sides of the rows."""
    heights = _heights(cells, bounds)
    shift = median(y - (bounds[row] + bounds[row + 1]) / 2 for row, y in enumerate(heights))
    moved = [bound + shift for bound in bounds]
    columns: dict[int, list[RowCell]] = {}
    for cell in cells:
        columns.setdefault(cell.column, []).append(cell)
    for found in columns.values():
        labels = sorted(found, key=lambda cell: cell.y)
        coded = _are_codes(labels)
        if len(labels) == len(bounds) - 1 or not (coded or _may_span(labels)):
            continue
        usual = (bounds[-1] - bounds[0]) / len(heights)
        level = [abs(label.y - heights[label.row]) <= _OFF_ROW * usual for label in labels]
        above = _totals_above(labels) if all(level) else 0
        below = labels[above:]
        if below and (not all(level) or (below[0].row > above and not coded)):
            for label, (first, last) in zip(below, _parts(below, level[above:], moved, above), strict=False):
                label.row, label.row_span = first, last - first + 1


def _totals_above(labels: Sequence[RowCell]) -> int:
    """How many labels are those of totals, one a row from the first row on: they stand for no other rows."""
    rows = enumerate(labels)
    own = takewhile(lambda at: at[1].row == at[0] and is_total_label("".join(p.text for p in at[1].pieces)), rows)
    return sum(1 for _ in own)


def _heights(cells: Sequence[RowCell], bounds: Sequence[float]) -> list[float]:
    """How high the figures of each row stand: print may be set to the top or the bottom of its row."""
    figures: dict[int, list[float]] = {}
    for cell in cells:
        if all(piece.is_figure for piece in cell.pieces):
            figures.setdefault(cell.row, []).append(cell.y)
    return [
        median(figures[row]) if row in figures else (top + bottom) / 2
        for row, (top, bottom) in enumerate(pairwise(bounds))
    ]


def _may_span(labels: Sequence[RowCell]) -> bool:
    """Whether no figures are among the labels of a column, and no rule says how many rows they stand for."""
    return all(label.row_span == 1 and not any(piece.is_figure for piece in label.pieces) for label in labels)


def _are_codes(labels: Sequence[RowCell]) -> bool:
    """Whether the labels of a column are the codes of levels: one may stand for all that it is divided into."""
    texts = ["".join(piece.text for piece in label.pieces) for label in labels]
    return all(text.isdigit() and len(text) in _LEVELS for text in texts) and all(
        label.row_span == 1 for label in labels
    )


def _parts(
    labels: Sequence[RowCell], level: Sequence[bool], bounds: Sequence[float], begin: int = 0
) -> list[tuple[int, int]]:
    """The first and last row of each label where all rows from row `begin` on can be parted so, from the first label's
    on or, where all labels are `level` with a row, from row `begin` itself on; else nothing."""
    count = len(bounds) - 1
    usual = (bounds[-1] - bounds[0]) / count
    most = _LEVEL if all(level) else _OFF_MIDDLE
    best: dict[int, tuple[float, list[tuple[int, int]]]] = {
        row: (0.0, []) for row in range(begin, begin + 1 if all(level) else count)
    }
    for label, own_row in zip(labels, level, strict=True):
        following: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for first, (cost, spans) in best.items():
            for end in range(first + 1, count + 1):
                if own_row and not (first < label.row < end - 1 or first == label.row == end - 1):
                    continue
                off = 0.0 if own_row and end - first == 1 else abs((bounds[first] + bounds[end]) / 2 - label.y) / usual
                if off <= most and (end not in following or cost + off < following[end][0]):
                    following[end] = cost + off, [*spans, (first, end - 1)]
        best = following
    spans = best.get(count, (0.0, []))[1]
    return [] if all(first == last for first, last in spans) else spans
