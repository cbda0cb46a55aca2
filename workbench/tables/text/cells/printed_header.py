"""The labels of a header whose cells come in order, the empty ones too, cut into the rows that print them: a cell that
spans columns comes once, one that goes on from the row above is blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice, pairwise

from workbench.tables.text.cells.segments import PieceRow, texts_of
from workbench.tables.text.cells.spans import place_header_row
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import column_kind, is_known

_MOST_ROWS = 4
_MOST_CUTS = 60
_ROW, _SPARE, _ALIKE = 0.15, 0.5, 1.0
"""What each row but one costs, each spanner more than those that blanks show, and a row of labels under as many."""
_UNKNOWN = 0.5
"""What a header costs in which less than half of the labels are known."""

Cell = tuple[Piece, ...]


def printed_header(labels: Sequence[Cell], width: int, kinds: Sequence[str]) -> tuple[list[PieceRow], float] | None:
    """The rows of a header of so many columns, each label in the first column that it stands over, and how badly they
    suit the body; None where blanks do not show them."""
    best: tuple[list[PieceRow], float] | None = None
    for lengths, spare in islice(_cuts([bool(cell) for cell in labels], width, _MOST_ROWS), _MOST_CUTS):
        edges = [0]
        for length in lengths:
            edges.append(edges[-1] + length)
        rows = _placed([list(labels[start:end]) for start, end in pairwise(edges)], width, kinds)
        cost = spare + _ROW * (len(rows) - 1) + _misfit(rows, kinds)
        if best is None or cost < best[1]:
            best = rows, cost
    return best


def _placed(rows: Sequence[PieceRow], width: int, kinds: Sequence[str]) -> list[PieceRow]:
    """The rows over all columns, each cell in its first one."""
    placed: list[PieceRow] = []
    below: list[str] | None = None
    for row in reversed(rows):
        texts = texts_of(row)
        starts = place_header_row(texts, width, below, kinds)
        cells: PieceRow = [()] * width
        below = [""] * width
        for cell, text, start, end in zip(row, texts, starts, [*starts[1:], width], strict=True):
            cells[start] = cell
            below[start:end] = [text] * (end - start)
        placed.insert(0, cells)
    return placed


def _cuts(printed: Sequence[bool], width: int, most: int) -> Iterator[tuple[list[int], float]]:
    """The lengths that rows may have, the last over all columns, and how many spanners more than needed they have."""
    count = len(printed)
    if count < width or not any(printed[count - width :]):
        return
    if count == width:
        if all(printed):
            yield [width], 0.0
        return
    for upper, spare in _upper(printed[: count - width], printed[count - width :], most - 1):
        yield [*upper, width], spare


def _upper(printed: Sequence[bool], below: Sequence[bool], most: int) -> Iterator[tuple[list[int], float]]:
    """The lengths of the rows above a row: the last of them has a cell for each blank and for each run of labels below,
    more where spanners stand side by side."""
    count = len(printed)
    least = sum(1 if value else len(list(run)) for value, run in groupby(below))
    for length in range(least, min(len(below), count) + 1):
        row = printed[count - length :]
        spare = 0.0 if all(below) and length > 1 else _SPARE * (length - least)
        alike = _ALIKE if all(row) and length == len(below) else 0.0
        if length == count:
            if all(row):
                yield [length], spare + alike
        elif most > 1 and any(row):
            for upper, more in _upper(printed[: count - length], row, most - 1):
                yield [*upper, length], spare + alike + more


def _misfit(rows: Sequence[PieceRow], kinds: Sequence[str]) -> float:
    """How many columns hold something else than their lowest label tells."""
    texts = list(map(texts_of, rows))
    leaves = [next(filter(None, reversed(column)), "") for column in zip(*texts, strict=True)]
    wrong = sum(
        bool(kind) and bool(told := column_kind(leaf)) and told != kind
        for leaf, kind in zip(leaves, kinds, strict=True)
        if leaf
    )
    printed = [text for row in texts for text in row if text]
    return float(wrong) + (_UNKNOWN if sum(map(is_known, printed)) * 2 < len(printed) else 0.0)
