"""Frames whose rows are not all ruled off: one tall box with the lines of many rows is cut between these.

A cell that holds several whole figures, one below the other, cannot be one cell. Its box is cut between the lines that
hold figures, codes or the beginnings of labels; a wrapped label goes with the nearest of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.fiscal.headers import is_body_figure, is_enumerated, may_be_header
from workbench.model.amount import FigureKind, read_figure
from workbench.tables.ruled.frames import Frame, OpenCell

_SAME_LINE = 0.45
"""As in `grid`: the share of their height by which characters of one line may lie apart."""


_HEADER_CELLS = 3
"""A line with text in so many cells is no wrapped label."""


def with_unruled_rows(text: str, frame: Frame, cells: Sequence[OpenCell]) -> Frame:
    """`frame` with a level for each row that no rule divides from the next; `frame` itself where there is none."""
    tall: dict[int, list[OpenCell]] = {}
    for cell in cells:
        if cell.row_span == 1 and len(cell.words) > 1 and _holds_figures(text, cell):
            tall[cell.row] = []
    if not tall:
        return frame
    for cell in cells:
        if cell.row in tall:
            tall[cell.row].append(cell)
    ys, walls, ceilings = [frame.ys[0]], [], [frame.ceilings[0]]
    for row, (level, wall) in enumerate(zip(frame.ys[1:], frame.walls, strict=True)):
        cuts = _cuts(text, tall[row]) if row in tall else []
        ys += [*cuts, level]
        walls += [wall] * (len(cuts) + 1)
        ceilings += [-1] * len(cuts) + [frame.ceilings[row + 1]]
    return Frame(frame.xs, ys, walls, ceilings)


@dataclass(slots=True)
class _Line:
    """One line of text over the cells of a row."""

    centre: float
    height: float
    texts: dict[int, str] = field(default_factory=dict)
    """For each cell that has a part in it (by its column) what is printed there."""

    @property
    def begins_row(self) -> bool:
        """Whether it holds a figure, a code or the beginning of a label, or fills several columns as a header does."""
        texts = self.texts.values()
        return len(texts) >= _HEADER_CELLS or any(is_body_figure(text) or is_enumerated(text) for text in texts)


def _lines(text: str, cells: Sequence[OpenCell]) -> list[_Line]:
    """The lines of text in cells of one row, from the top down."""
    lines: list[_Line] = []
    for word, column in sorted((word, cell.column) for cell in cells for word in cell.words):
        if not lines or word.centre - lines[-1].centre > _SAME_LINE * max(word.height, lines[-1].height):
            lines.append(_Line(word.centre, word.height))
        texts = lines[-1].texts
        texts[column] = texts.get(column, "") + text[word.start : word.end]
    return lines


def _holds_figures(text: str, cell: OpenCell) -> bool:
    """Whether the cell holds several whole figures below each other, and not one figure or code that is wrapped."""
    lines = [line.texts[cell.column] for line in _lines(text, [cell])]
    figures = [line for line in lines if read_figure(line).kind is FigureKind.NUMBER]
    if len(figures) < 2 or (len(figures) < len(lines) and not may_be_header(lines[0])):
        return False
    joined = "".join(figures)
    return not joined.isdigit() and read_figure(joined).kind is not FigureKind.NUMBER


def _cuts(text: str, cells: Sequence[OpenCell]) -> list[float]:
    """The levels between the rows that stand in `cells`."""
    lines = _lines(text, cells)
    begins = [line.centre for line in lines if line.begins_row]
    owners = [min(begins, key=lambda begin: (abs(begin - line.centre), begin)) for line in lines]
    return [
        (lines[index].centre + lines[index + 1].centre) / 2
        for index in range(len(lines) - 1)
        if owners[index] != owners[index + 1]
    ]
