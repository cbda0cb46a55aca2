"""Headers of which every cell is printed once, where blanks show what hangs below what: a cell that spans columns comes
once, one that goes on from the row above is blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.model.table import Row
from workbench.tables.text.cells.printed_rows import PieceRow, is_numbering, texts_of
from workbench.tables.text.cells.spans import header_cost, place_header_row
from workbench.tables.text.header.hanging import is_ratio
from workbench.tables.text.lines import EMPTY, cell_of

_ALONE = 3
"""What it costs that a label stands alone below another."""
_FOLLOWS = 1
"""What it costs that those below a label begin with a ratio, which follows what it compares."""


@dataclass(frozen=True, slots=True)
class HungHeader:
    """The rows of such a header, and over which cells of its lowest row of labels each of their cells stands."""

    rows: tuple[PieceRow, ...]
    starts: tuple[tuple[int, ...], ...]
    """The first of these cells for each cell of the rows of labels."""

    @property
    def width(self) -> int:
        """Over how many columns it stands."""
        return len(self.starts[-1])

    def over(self, width: int, kinds: Sequence[str]) -> HungHeader:
        """The header over more columns than its lowest row has cells, `kinds` what these hold."""
        places = place_header_row(self._leaves(), width, None, kinds)
        return HungHeader(self.rows, tuple(tuple(places[start] for start in row) for row in self.starts))

    def _leaves(self) -> list[str]:
        """The lowest label above each cell of the last row."""
        leaves = [""] * len(self.starts[-1])
        for row, starts in zip(self.rows, self.starts, strict=False):
            for text, start in zip(texts_of(row), starts, strict=True):
                leaves[start] = text or leaves[start]
        return leaves

    def starts_of(self, row: PieceRow) -> tuple[int, ...] | None:
        """The columns in which the cells of a row begin that has as many as one of the header; None where none has."""
        return next((starts for starts in reversed(self.starts) if len(starts) == len(row)), None)

    def laid(self, width: int) -> Iterator[Row]:
        """The rows of the header, each label over all columns up to the next cell."""
        for number, row in enumerate(self.rows):
            labels = number < len(self.starts)
            starts = self.starts[number] if labels else self.starts_of(row) or range(len(row))
            cells = [EMPTY] * width
            for cell, start, end in zip(row, starts, [*starts[1:], width], strict=True):
                cells[start : end if labels else start + 1] = [cell_of(cell)] * (end - start if labels else 1)
            yield tuple(cells[:width])


def hung_header(header: Sequence[PieceRow], width: int) -> HungHeader | None:
    """The header that these rows make over rows of so many cells, None where blanks do not show what hangs below what.
    It has more columns than that where the cells of those rows span as those of one of its own do."""
    labels = [row for row in header if not is_numbering(row)]
    texts = list(map(texts_of, labels))
    if len(labels) < 2 or labels != header[: len(labels)] or not any("" in row for row in texts[1:]):
        return None
    if "" in texts[0][1:]:
        # Nothing above goes on there: blanks are the rest of a span.
        return None
    parents = [_parents(above, below) for above, below in pairwise(texts)]
    starts = [tuple(range(len(labels[-1])))]
    for found in reversed(parents):
        if found is None:
            return None
        starts.insert(0, tuple(starts[0][found.index(cell)] for cell in range(found[-1] + 1)))
    if len(labels[-1]) > width and not any(len(row) == width for row in labels):
        return None
    return HungHeader(tuple(header), tuple(starts))


def _parents(above: Sequence[str], below: Sequence[str]) -> list[int] | None:
    """The cell above of each cell below: a blank has one of its own, labels share that of a label."""
    best: list[dict[int, tuple[int, int, int]]] = [{0: (0, 0, 0)}]
    for cell, text in enumerate(above):
        following: dict[int, tuple[int, int, int]] = {}
        for start, (cost, uneven, _) in best[cell].items():
            for end in range(start + 1, len(below) - (len(above) - cell - 1) + 1):
                own = _cost(text, below, start, end)
                if own is None:
                    break
                # Of equal ways the one that shares out evenly.
                way = (cost + own, uneven + (end - start) ** 2, start)
                following[end] = min(way, following.get(end, way))
        best.append(following)
    if len(below) not in best[-1]:
        return None
    parents: list[int] = []
    end = len(below)
    for cell in range(len(above) - 1, -1, -1):
        start = best[cell + 1][end][2]
        parents[:0] = [cell] * (end - start)
        end = start
    return parents


def _cost(text: str, below: Sequence[str], start: int, end: int) -> int | None:
    """What it costs that a label stands over these cells, None where it cannot: over a blank stands one cell."""
    if not below[end - 1]:
        return 0 if end - start == 1 else None
    if not text:
        return None
    ratio = _FOLLOWS if is_ratio(below[start]) else 0
    return header_cost(text, start, end, below, ()) + ratio + (_ALONE if end - start == 1 else 0)
