"""Ruled lines and characters of a page → the grids that they draw.

Inside a frame the levels of the vertical and horizontal lines cut out elementary boxes, and boxes with no line between
them are one cell: spans come out exactly.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from struct import Struct

from workbench.model.amount import FigureKind, read_figure
from workbench.model.source import Box, Grid, GridCell, GridCellDraft, Page
from workbench.tables.ruled.frames import Frame, OpenCell, Word, find_frames, open_cells
from workbench.tables.ruled.overflow import return_overflow
from workbench.tables.ruled.unruled_rows import with_unruled_rows
from workbench.tables.ruled.upright_print import FEWEST_DOWN, columns_of_print

_SAME_LINE = 0.45
"""Characters whose vertical centres differ by less than this share of their height stand on one line; some writers
set figures and ideographs of one line on baselines three to four points apart."""

_LEAST_RULED = 0.45
"""Boxes joined by arrows rule off less than this share of the grid that their sides span; tables with many merged
cells rule off two thirds and more."""

_LEAN = 0.2
"""A rule that lies further inside a character than this share of its width cuts it."""

Run = tuple[OpenCell | None, int, int]

_WORD = re.compile(r"\S+")
_SIDES = Struct("4f").unpack_from


def find_grids(page: Page) -> tuple[Grid, ...]:
    """The grids that the ruled lines of `page` draw, from the top down, with the text that stands in their cells.

    Frames of a single cell (a box around prose or around the page) are none. A character belongs to the cell that its
    centre is in; the pieces of a cell are in reading order.
    """
    frames = [frame for frame in find_frames(page.lines) if _is_grid(frame)]
    if not frames:
        return ()
    frames.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    opened = [open_cells(frame) for frame in frames]
    _fill(page, frames, opened)
    ruled_off = [with_unruled_rows(page.text, frame, cells) for frame, (cells, _) in zip(frames, opened, strict=True)]
    if ruled_off != frames:
        frames, opened = ruled_off, [open_cells(frame) for frame in ruled_off]
        _fill(page, frames, opened)
    for cells, _ in opened:
        return_overflow(cells, page.text)
    grids = [_close(page.text, frame, cells) for frame, (cells, _) in zip(frames, opened, strict=True)]
    return tuple(grid for grid in grids if len(grid.cells) > 1)


def _is_grid(frame: Frame) -> bool:
    """Whether a frame has several cells, most of them ruled off; the boxes and arrows of a chart are not."""
    return (len(frame.xs) - 1) * (len(frame.ys) - 1) > 1 and frame.ruled_share >= _LEAST_RULED


def _fill(page: Page, frames: Sequence[Frame], opened: Sequence[tuple[list[OpenCell], list[list[int]]]]) -> None:
    """Puts the words of the page into the cells; a word that runs over the side of a cell is cut there."""
    boxes = page.boxes
    if len(boxes) < 4 * len(page.text):
        return
    places = [
        (frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1], frame.xs, frame.ys, owners, cells)
        for frame, (cells, owners) in zip(frames, opened, strict=True)
    ]
    places.sort(key=lambda place: (place[2] - place[0]) * (place[3] - place[1]))

    def cell_at(x: float, y: float) -> OpenCell | None:
        for left, top, right, bottom, xs, ys, owners, cells in places:
            if left <= x < right and top <= y < bottom:
                return cells[owners[bisect_right(ys, y) - 1][bisect_right(xs, x) - 1]]
        return None

    alone = len(places) == 1
    new_word: Callable[..., Word] = tuple.__new__
    for match in _WORD.finditer(page.text):
        start, end = match.span()
        x0, top, x1, bottom = _SIDES(boxes, 16 * start)
        y = (top + bottom) / 2
        cell = cell_at((x0 + x1) / 2, y)
        if end - start > 1:
            last_x0, last_top, last_x1, last_bottom = _SIDES(boxes, 16 * end - 16)
            last_x, last_y = (last_x0 + last_x1) / 2, (last_top + last_bottom) / 2
            # the frame need not be looked through again for an end that stands level with the beginning
            inside = alone and cell is not None and last_y == y and cell.left <= last_x < cell.right
        else:
            inside = True
        if inside or cell_at(last_x, last_y) is cell:
            if cell is not None:
                cell.words.append(new_word(Word, (y, bottom - top, x0, start, end)))
            continue
        for owner, begin, stop in _without_overflow(page, _runs(cell_at, boxes, start, end)):
            if owner is not None:
                left, top, _, bottom = _SIDES(boxes, 16 * begin)
                owner.words.append(Word((top + bottom) / 2, bottom - top, left, begin, stop))


def _runs(cell_at: Callable[[float, float], OpenCell | None], boxes: array[float], start: int, end: int) -> list[Run]:
    """A word in pieces, cut where its characters pass from one cell to the next."""
    runs: list[Run] = []
    for index in range(start, end):
        x0, top, x1, bottom = _SIDES(boxes, 16 * index)
        cell = cell_at((x0 + x1) / 2, (top + bottom) / 2)
        if runs and runs[-1][0] is cell:
            runs[-1] = (cell, runs[-1][1], index + 1)
        else:
            runs.append((cell, index, index + 1))
    return runs


def _without_overflow(page: Page, runs: list[Run]) -> list[Run]:
    """Pieces of a word where those are one again that a rule would cut in the middle of a character: text too long for
    its cell runs over into the next. A figure belongs to the cell that it ends in, other text to where it begins."""
    whole = [runs[0]]
    for cell, begin, end in runs[1:]:
        before, start, _ = whole[-1]
        edge = cell.left if cell is not None else before.right if before is not None else 0.0
        left, right = page.boxes[4 * begin - 4 : 4 * begin - 1 : 2], page.boxes[4 * begin : 4 * begin + 3 : 2]
        inside = left[1] - _LEAN * (left[1] - left[0]) > edge or right[0] + _LEAN * (right[1] - right[0]) < edge
        if not inside:
            whole.append((cell, begin, end))
            continue
        is_figure = read_figure(page.text[start:end]).kind is FigureKind.NUMBER
        owner = cell if before is None or (is_figure and cell is not None) else before
        whole[-1] = (owner, start, end)
    return whole


def _close(text: str, frame: Frame, cells: Sequence[OpenCell]) -> Grid:
    closed: list[GridCell] = []
    places: list[tuple[int, int]] = []
    for cell in cells:
        pieces: tuple[tuple[int, int], ...] = ()
        if cell.words:
            pieces = _pieces(text, cell.words)
            places += pieces
        made = GridCellDraft(cell.row, cell.column, cell.row_span, cell.column_span, pieces)
        made.__class__ = GridCell
        closed.append(made)
    return Grid(
        len(frame.ys) - 1,
        len(frame.xs) - 1,
        tuple(closed),
        min([start for start, _ in places], default=0),
        max([end for _, end in places], default=0),
        Box(frame.xs[0], frame.ys[0], frame.xs[-1], frame.ys[-1]),
        tuple(frame.xs),
    )


def _pieces(text: str, words: list[Word]) -> tuple[tuple[int, int], ...]:
    """The words of a cell in reading order; words of one line with only spaces between them in the text are one."""
    if len(words) == 1:
        return ((words[0][3], words[0][4]),)
    pieces: list[tuple[int, int]] = []
    lines = _text_lines(words)
    down = columns_of_print(words) if len(lines) >= FEWEST_DOWN else []
    if down:
        return tuple((begin, end) for column in down for *_, begin, end in column)
    for line in lines:
        line.sort(key=lambda word: word[2])
        begin, end = line[0][3:]
        for *_, next_begin, next_end in line[1:]:
            if next_begin >= end and (next_begin == end or text[end:next_begin].isspace()):
                end = next_end
            else:
                pieces.append((begin, end))
                begin, end = next_begin, next_end
        pieces.append((begin, end))
    return tuple(pieces)


def _text_lines(
    words: list[Word],
) -> list[list[Word]]:
    """The words of a cell line by line, from the top down."""
    lines: list[list[Word]] = []
    for word in sorted(words):
        if lines and word[0] - lines[-1][0][0] <= _SAME_LINE * max(word[1], lines[-1][0][1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines
