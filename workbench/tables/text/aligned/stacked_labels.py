"""The labels of a header whose words stand where they are printed: words stacked above each other may be one label."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, replace

from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.wrapped_labels import Stacked, stacks_in_order, words_apart
from workbench.tables.text.header.rows import Label
from workbench.tables.text.header.words import Word, labels_of
from workbench.tables.text.lines import text_of
from workbench.tables.text.vocabulary import LEVELS

_ROOM = 0.6
"""What part of the way between the labels at its sides a label may take: half, and a little more where these are
short."""


@dataclass(frozen=True, slots=True)
class HeaderLabel:
    """A label of the header with its extent and the first and last line it stands on."""

    pieces: Label
    x0: float
    x1: float
    top: int
    bottom: int

    @property
    def middle(self) -> float:
        """The middle of its extent."""
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        """What it prints."""
        return text_of(self.pieces)


def header_labels(lines: Sequence[PlacedLine]) -> list[HeaderLabel]:
    """The labels of the header: words stacked above each other are one label where the known labels say so."""
    boxed = any(line.line.page.boxes for line in lines)
    levels = {cell.pieces[0].start for line in lines for cell in _levels_beside(line)}
    labels: list[HeaderLabel] = []
    for stack in _stacks(lines) if boxed else stacks_in_order(lines, _stands_below(lines)):
        words = [
            Word(piece, cell.line, True, not index and (not at or stack[at - 1].line < cell.line), piece.text)
            for at, cell in enumerate(stack)
            for index, piece in enumerate(cell.pieces)
        ]
        of_piece = {(piece.start, piece.end): cell for cell in stack for piece in cell.pieces}
        for pieces in _with_ends(labels_of(words), levels):
            cells = [of_piece[piece.start, piece.end] for piece in pieces]
            x0, x1 = _extent(cells)
            labels.append(HeaderLabel(pieces, x0, x1, cells[0].line, cells[-1].line))
    return labels


def _levels_beside(line: PlacedLine) -> list[Placed]:
    """The levels of a code in a line (类 款 项), of which several stand side by side: one that stands by itself is the
    last character of a label."""
    runs: list[list[Placed]] = [[]]
    for cell in line.cells:
        if cell.text in LEVELS:
            runs[-1].append(cell)
        else:
            runs.append([])
    return [cell for run in runs if len(run) > 1 for cell in run]


def _with_ends(labels: Sequence[Label], levels: Set[int]) -> list[Label]:
    """The labels of a stack, each character that stands alone put to the label above, the last line of which it is, and
    a word in Latin letters to the one before; not the level of a code, which begin at the places `levels`."""
    found: list[Label] = []
    for label in labels:
        text = text_of(label)
        latin = text.isascii() and text.isalpha()
        if found and (latin or len(text) == 1) and label[0].start not in levels:
            found[-1] = (*found[-1], *label)
        else:
            found.append(label)
    return found


def _extent(cells: Sequence[Placed]) -> tuple[float, float]:
    """Where a label stands: its words but those that were pushed beside its first line."""
    first = [cell for cell in cells if cell.line == cells[0].line]
    x0, x1 = min(cell.x0 for cell in first), max(cell.x1 for cell in first)
    over = [cell for cell in cells if min(cell.x1, x1) > max(cell.x0, x0)]
    return min(cell.x0 for cell in over), max(cell.x1 for cell in over)


def _stacks(lines: Sequence[PlacedLine]) -> list[list[Placed]]:
    """The words of a header, those that stand right below each other together."""
    stacks: list[list[Placed]] = []
    for number, line in enumerate(lines):
        for cell in line.cells:
            stack = next((stack for stack in stacks if _stands_on(stack[-1], cell)), None)
            if stack is None or _has_room(stack[-1], cell, lines[:number], line):
                stacks.append([cell])
            else:
                stack.append(cell)
    return stacks


def _stands_below(lines: Sequence[PlacedLine]) -> Callable[[int], Stacked]:
    """For the number of a line whether one of its words stands right below another and does not hang under it."""
    parted = [replace(line, cells=words_apart(line)) for line in lines]
    return lambda number: (
        lambda above, cell: _stands_on(above, cell) and not _has_room(above, cell, parted[:number], parted[number])
    )


def _has_room(above: Placed, cell: Placed, upper: Sequence[PlacedLine], line: PlacedLine) -> bool:
    """Whether a label has room to stand in one line, so that it would not go on below: it is the spanner of that cell
    and of the labels beside it, over which nothing else stands."""
    index = line.cells.index(cell)
    if not 0 < index < len(line.cells) - 1:
        return False
    left, right = line.cells[index - 1], line.cells[index + 1]
    over = [other for other_line in upper for other in other_line.cells]
    if any(min(other.x1, side.x1) > max(other.x0, side.x0) for other in over for side in (left, right)):
        return False
    return (above.x1 - above.x0) + (cell.x1 - cell.x0) <= _ROOM * (right.middle - left.middle)


def _stands_on(above: Placed, cell: Placed) -> bool:
    """Whether a cell stands right below another, in the middle of it."""
    width = max(above.x1 - above.x0, cell.x1 - cell.x0)
    overlap = min(above.x1, cell.x1) - max(above.x0, cell.x0)
    return 1 <= cell.line - above.line <= 2 and overlap > 0 and abs(above.middle - cell.middle) <= 0.3 * width
