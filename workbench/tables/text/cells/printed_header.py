"""The labels of a header whose cells come in order, the empty ones too, cut into the rows that print them: a cell that
spans columns comes once and one that goes on from the row above is blank, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice, pairwise

from workbench.fiscal.headers import is_level
from workbench.tables.text.cells.body import Body
from workbench.tables.text.cells.header_shape import put_below, spanned_columns
from workbench.tables.text.cells.printed_rows import PieceRow, texts_of
from workbench.tables.text.cells.spans import header_cost
from workbench.tables.text.header.costs import disorder
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.lines import Piece, text_of
from workbench.tables.text.vocabulary import TOTALS, column_kind, is_known, is_spanner

_MOST_ROWS = 4
_MOST_CUTS = 60
_ROW, _SPARE, _ALIKE = 0.15, 0.5, 1.0
"""What each row but one costs, each spanner more than those that blanks show, and a row of labels under as many."""
_DEAREST = 6.0
"""A header that costs more is none."""
_MOST_SPANNED = 15
"""So many columns a label spans at the most."""
_AGAIN = 4
"""What a label that comes twice below another costs there: here it is one cell."""
_UNLIKE = 0.05
"""What a header costs for each point that its spans cost."""
_UNKNOWN = 0.5
"""What a header costs in which less than half of the labels are known."""
_CODE = re.compile(r"编码$|代码$|编号$|^[类款项目]$")

Cell = tuple[Piece, ...]


def printed_header(
    labels: Sequence[Cell], width: int, body: Body, most: float = _DEAREST
) -> tuple[list[PieceRow], float] | None:
    """The rows of a header of so many columns, each label in the first column that it stands over, and how badly they
    suit the body; None where blanks do not show them, or all of them cost `most`. Columns of the body may hold
    `"digits"`, which are codes."""
    best: tuple[list[PieceRow], float] | None = None
    # Every column has a label of its own, and few are spanners.
    if not width <= sum(map(bool, labels)) <= 2 * width:
        return None
    held = ["text" if kind == "digits" else kind for kind in body.kinds]
    for lengths, spare in islice(_cuts([text_of(cell) for cell in labels], width, _MOST_ROWS), _MOST_CUTS):
        edges = [0]
        for length in lengths:
            edges.append(edges[-1] + length)
        least = spare + _ROW * (len(lengths) - 1)
        if least >= most:
            continue
        placed = _placed([list(labels[start:end]) for start, end in pairwise(edges)], width, held)
        if placed is None:
            continue
        rows, unlike = placed
        cost = least + _UNLIKE * max(unlike, 0) + _misfit(rows, body)
        if cost < most:
            best, most = (rows, cost), cost
    return best


def header_of_rows(rows: Sequence[PieceRow], width: int, body: Body) -> tuple[list[PieceRow], float] | None:
    """The same of rows that are known, the last over all columns; None where they cannot stand so."""
    if any(len(row) > width for row in rows) or len(rows[-1]) != width:
        return None
    held = ["text" if kind == "digits" else kind for kind in body.kinds]
    placed = _placed(rows, width, held)
    return (placed[0], _UNLIKE * max(placed[1], 0) + _misfit(placed[0], body)) if placed is not None else None


def header_in_place(labels: Sequence[Cell], width: int, body: Body) -> tuple[list[PieceRow], float] | None:
    """The rows of a header in which blanks stand behind each spanner as far as it reaches, and what runs down comes
    once, and how badly they suit the body; None where the labels make no such rows."""
    rows = _below_spans(labels, width)
    if rows is None:
        return None
    held = ["text" if kind == "digits" else kind for kind in body.kinds]
    return rows, _UNLIKE * max(_unlike(rows, held), 0) + _misfit(rows, body)


def _below_spans(labels: Sequence[Cell], width: int) -> list[PieceRow] | None:
    """Rows of which each below the first has a cell for each column that the one above spans, and no other."""
    columns: Sequence[int] = range(width)
    rows = [list(labels[:width])]
    printed = width
    while printed < len(labels):
        columns = spanned_columns(rows[-1], columns)
        if not columns or printed + len(columns) > len(labels):
            return None
        rows.append(put_below(labels[printed : printed + len(columns)], columns, width))
        printed += len(columns)
    return rows if len(rows) > 1 else None


def _unlike(rows: Sequence[PieceRow], kinds: Sequence[str]) -> int:
    """What it costs that the spanners of such rows stand over the labels below them."""
    below, cost = texts_of(rows[-1]), 0
    for row in reversed(rows[:-1]):
        texts = texts_of(row)
        starts = [column for column, text in enumerate(texts) if text]
        for start, following in pairwise([*starts, len(texts)]):
            spanned = [column for column in range(start + 1, following) if below[column]]
            end = spanned[-1] + 1 if spanned and below[start] else start + 1
            cost += header_cost(texts[start], start, end, below, kinds) if below[start] else 0
            below[start:end] = [texts[start]] * (end - start)
    return cost


def _placed(rows: Sequence[PieceRow], width: int, kinds: Sequence[str]) -> tuple[list[PieceRow], int] | None:
    """The rows over all columns, each cell in its first one, and what the spans cost; None where they cannot be."""
    placed: list[PieceRow] = [list(rows[-1])]
    below, cost = texts_of(rows[-1]), 0
    begins = [True] * (width + 1)
    for row in reversed(rows[:-1]):
        texts = texts_of(row)
        found = _spans(texts, below, begins, kinds)
        if found is None:
            return None
        cells: PieceRow = [()] * width
        below = [""] * width
        for cell, text, start, end in zip(row, texts, found[0], [*found[0][1:], width], strict=True):
            cells[start] = cell
            below[start:end] = [text] * (end - start)
            begins[start + 1 : end] = [False] * (end - start - 1)
        placed.insert(0, cells)
        cost += found[1]
    return placed, cost


def _spans(
    texts: Sequence[str], below: Sequence[str], begins: Sequence[bool], kinds: Sequence[str]
) -> tuple[list[int], int] | None:
    """The first column of each cell of a row above another, of which each column `begins` a cell or goes on with one,
    and what that costs: over a blank stands a cell of its own, over labels one that may span them.
    None where the cells do not come out."""
    width = len(below)
    ends = list(range(1, width + 1))
    for column in range(width - 2, -1, -1):
        if below[column] and below[column + 1]:
            ends[column] = ends[column + 1]
    levels = _level_ends(below)
    told, held = tuple(below), tuple(kinds)
    best: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for index, text in enumerate(texts):
        following: dict[int, tuple[int, int]] = {}
        left = len(texts) - index - 1
        for start, (cost, _) in best[index].items():
            reach = ends[start] if text and start < width else max(start + 1, levels[start])
            last = min(reach, start + _MOST_SPANNED, width - left) if start < width else 0
            for end in range(start + 1, last + 1):
                if not begins[end]:
                    continue
                again = sum(not value for value in begins[start + 1 : end])
                own = _cost(text, start, end, told, held) - _AGAIN * again if text and below[start] else 0
                total = cost + own
                if end not in following or total < following[end][0]:
                    following[end] = (total, start)
        best.append(following)
    if width not in best[-1]:
        return None
    starts: list[int] = []
    end = width
    for index in range(len(texts), 0, -1):
        end = best[index][end][1]
        starts.append(end)
    return starts[::-1], best[-1][width][0]


@lru_cache(maxsize=16384)
def _cost(text: str, start: int, end: int, below: tuple[str, ...], kinds: tuple[str, ...]) -> int:
    """What it costs that a label spans columns; the same labels are asked for many ways to cut those above."""
    return header_cost(text, start, end, below, kinds)


def _level_ends(texts: Sequence[str]) -> list[int]:
    """For each column that a level of codes (类 款 项) names, behind the last of those beside each other: one cell that
    goes on from above may stand over them. 0 for others."""
    ends = [0] * (len(texts) + 1)
    for column in range(len(texts) - 1, -1, -1):
        if is_level(texts[column]):
            ends[column] = ends[column + 1] or column + 1
    return ends


def _cuts(texts: Sequence[str], width: int, most: int) -> Iterator[tuple[list[int], float]]:
    """The lengths that rows may have, the last over all columns, and how many spanners more than needed they have."""
    count = len(texts)
    if count < width or not any(texts[count - width :]):
        return
    if count == width:
        if all(texts):
            yield [width], 0.0
        return
    for upper, spare in _upper(texts[: count - width], texts[count - width :], most - 1):
        yield [*upper, width], spare


def _upper(texts: Sequence[str], below: Sequence[str], most: int) -> Iterator[tuple[list[int], float]]:
    """The lengths of the rows above a row: the last of them has a cell for each blank and for each run of labels below,
    more where spanners stand side by side."""
    count = len(texts)
    least = sum(_groups(list(run)) for _, run in groupby(below, bool))
    for length in range(max(least, -(-count // most)), min(len(below), count) + 1):
        row = texts[count - length :]
        spare = 0.0 if all(below) and length > 1 else _SPARE * (length - least)
        alike = _ALIKE if all(row) and length == len(below) else 0.0
        if length == count:
            if all(row):
                yield [length], spare + alike
        elif most > 1 and any(row):
            for upper, more in _upper(texts[: count - length], row, most - 1):
                yield [*upper, length], spare + alike + more


def _groups(run: Sequence[str]) -> int:
    """How many cells stand over a run: each blank has its own, and labels one spanner, or as many as totals among them
    begin groups (小计 人员经费 公用经费 小计 …)."""
    if not run[0]:
        return len(run)
    totals = sum(text in TOTALS for text in run)
    return max(totals if run[0] in TOTALS else totals + 1, 1) if totals > 1 else 1


def _misfit(rows: Sequence[PieceRow], body: Body) -> float:
    """How many columns hold something else than their lowest label tells, how unlike the order of columns is, and in
    how many rows the sums that the labels promise do not hold."""
    texts = list(map(texts_of, rows))
    leaves = [next(filter(None, reversed(column)), "") for column in zip(*texts, strict=True)]
    wrong = sum(_is_wrong(leaf, kind) for leaf, kind in zip(leaves, body.kinds, strict=True) if leaf)
    printed = [text for row in texts for text in row if text]
    order = disorder(HeaderText((tuple(leaves),)))
    unknown = _UNKNOWN if sum(map(is_known, printed)) * 2 < len(printed) else 0.0
    return wrong + order + unknown + body.broken(_with_spans(texts))


def _with_spans(rows: Sequence[Sequence[str]]) -> HeaderText:
    """What a header says, each spanner repeated over the labels beside each other that stand below it."""
    whole: list[list[str]] = [list(rows[-1])]
    beneath = list(rows[-1])
    for row in reversed(rows[:-1]):
        texts = list(row)
        for column in range(1, len(texts)):
            if not texts[column] and beneath[column] and beneath[column - 1]:
                texts[column] = texts[column - 1]
        whole.insert(0, texts)
        beneath = [near or far for near, far in zip(texts, beneath, strict=True)]
    return HeaderText(tuple(map(tuple, whole)))


def _is_wrong(leaf: str, kind: str) -> bool:
    """Whether a label tells of something else than its column holds:
    over nothing but blanks stand neither a spanner nor a total."""
    told = column_kind(leaf)
    if not kind:
        return is_spanner(leaf) or leaf in TOTALS
    if _CODE.search(leaf):
        return kind != "digits" and told != kind
    return bool(told) and told != ("text" if kind == "digits" else kind)
