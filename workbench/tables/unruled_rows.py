"""Frames whose rows are not all ruled off: one tall box with the lines of many rows is cut between these.

A cell that holds several whole figures, one below the other, cannot be one cell. Its box is cut between the lines that
hold figures, codes or the beginnings of labels; a wrapped label goes with the nearest of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.fiscal.headers import is_body_figure, is_enumerated
from workbench.model.amount import FigureKind, read_figure
from workbench.tables.frames import Frame, OpenCell

_SAME_LINE = 0.45
"""As in `grid`: the share of their height by which characters of one line may lie apart."""


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


def _lines(text: str, cells: Sequence[OpenCell]) -> list[tuple[float, float, list[str]]]:
    """The lines of text in cells of one row: vertical centre, height, and the words, from the top down."""
    lines: list[tuple[float, float, list[str]]] = []
    for word in sorted(word for cell in cells for word in cell.words):
        if not lines or word.centre - lines[-1][0] > _SAME_LINE * max(word.height, lines[-1][1]):
            lines.append((word.centre, word.height, []))
        lines[-1][2].append(text[word.start : word.end])
    return lines


def _holds_figures(text: str, cell: OpenCell) -> bool:
    """Whether the cell holds several whole figures below each other, and not one figure that is wrapped."""
    lines = ["".join(words) for _, _, words in _lines(text, [cell])]
    if len(lines) < 2 or any(read_figure(line).kind is not FigureKind.NUMBER for line in lines):
        return False
    return read_figure("".join(lines)).kind is not FigureKind.NUMBER


def _cuts(text: str, cells: Sequence[OpenCell]) -> list[float]:
    """The levels between the rows that stand in `cells`."""
    lines = _lines(text, cells)
    begins = [
        centre for centre, _, words in lines if any(is_body_figure(word) or is_enumerated(word) for word in words)
    ]
    owners = [min(begins, key=lambda begin: (abs(begin - centre), begin)) for centre, _, _ in lines]
    return [
        (lines[index][0] + lines[index + 1][0]) / 2
        for index in range(len(lines) - 1)
        if owners[index] != owners[index + 1]
    ]
