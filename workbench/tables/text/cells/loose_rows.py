"""Cells in order, the empty ones too, cut into rows of one length where that does not hold all through: blank lines
stand between the parts of a table that pages held, the header comes again, and the label of a total spans columns.

What most columns hold is told by the first rows; the cheapest way to read all cells so is found by dynamic programming.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.tables.text.cells.body import Body
from workbench.tables.text.cells.cell_rows import LONGEST_LABEL, Cell, Layout, header_of, is_figure_cell
from workbench.tables.text.cells.periods import class_of, likely_widths
from workbench.tables.text.cells.printed_header import printed_header
from workbench.tables.text.cells.printed_rows import PieceRow, is_numbering
from workbench.tables.text.lines import key_of, text_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, is_known

_NARROWEST = 3
_FEWEST_ROWS = 3
_MOST_WIDTHS = 3
_MOST_LABELS = 80
_MOST_ARRANGED, _MOST_SPANNED = 3, 3
_DEAREST_HEADER = 1.2
"""A header that costs more is none here, where rows are less sure."""
_TOTAL = re.compile(r"(?:合计|总计|小计)$")
_WRONG, _SKIPPED, _SPANNED, _SPANNED_NAME, _REPEATED, _CUT = 4.0, 0.5, 0.2, 1.5, 0.2, 0.3
"""What it costs that a cell holds something else than its column, that a blank line is none, that the label of a total
or another name spans columns, that the header comes again, that the last row is cut short."""
_LEFT = 2.0
"""What each cell costs that stands behind the last row."""
_SUITED = {("figure", "digits"), ("digits", "total"), ("text", "total")}
_BEAM = 9.0
_DEAREST_ROW = 0.45


@dataclass(frozen=True, slots=True)
class _Body:
    """The labels above a body, its rows, what their columns hold, what they cost,
    and the first printed cell behind them."""

    labels: list[Cell]
    width: int
    kinds: tuple[str, ...]
    rows: list[PieceRow]
    cost: float
    following: Cell


@dataclass(frozen=True, slots=True)
class LooseLayout:
    """A table, and the first printed cell behind it."""

    layout: Layout
    following: Cell


def loose_layout(cells: Sequence[Cell]) -> LooseLayout | None:
    """The likeliest way to cut cells into rows that begin with a header; None where they make no table so."""
    first = next((index for index, cell in enumerate(cells) if is_figure_cell(cell)), None)
    if first is None or not 2 <= first <= _MOST_LABELS:
        return None
    widths = likely_widths([class_of(cell) for cell in cells[first:]], _NARROWEST, _FEWEST_ROWS)[:_MOST_WIDTHS]
    total = key_of(cells[first - 1]) in TOTALS
    bodies: list[_Body] = []
    for spanned in range(_MOST_SPANNED + 1 if total else 1):
        # The label of a total in the first row may span columns too.
        filled = [*cells[:first], *[()] * spanned, *cells[first:]]
        classes = ["total" if key_of(cell) in TOTALS else class_of(cell) for cell in filled]
        for width in widths:
            for begin in range(max(first + spanned - width + 1, 2), first + 1):
                body = _read(filled, classes, width, begin)
                bodies += [replace(body, cost=body.cost + _SPANNED * spanned)] if body is not None else []
    bodies.sort(key=lambda body: body.cost)
    found = [
        _headed(body, header)
        for body in bodies
        if (header := printed_header(body.labels, body.width, Body(body.kinds)))
    ]
    for body in bodies[: 0 if found else _MOST_ARRANGED]:
        header = header_of(body.labels, body.width, Body(body.kinds))
        found += [_headed(body, header)] if header is not None else []
    return min(filter(None, found), key=lambda loose: loose.layout.misfit, default=None)


def _headed(body: _Body, header: tuple[list[PieceRow], float]) -> LooseLayout | None:
    if header[1] > _DEAREST_HEADER:
        return None
    count = next((index for index, row in enumerate(body.rows) if not is_numbering(row)), 0)
    layout = Layout([*header[0], *body.rows[:count]], body.rows[count:], header[1] + body.cost)
    return LooseLayout(layout, body.following)


def _read(cells: Sequence[Cell], kinds: Sequence[str], width: int, begin: int) -> _Body | None:
    labels = list(cells[:begin])
    levels = 0
    while levels < width and begin + levels < len(cells) and key_of(cells[begin + levels]) in LEVELS:
        levels += 1
    if levels:
        # 类 款 项 stand in the first row of the body.
        labels += [*cells[begin : begin + levels], *[()] * (width - levels)]
        kinds = [*kinds[:begin], *[""] * levels, *kinds[begin + levels :]]
        cells = [*cells[:begin], *[()] * levels, *cells[begin + levels :]]
    while labels and not labels[0]:
        del labels[0]
    texts = [text_of(cell) for cell in labels if cell]
    if sum(map(is_known, texts)) * 2 < len(texts):
        return None
    columns = _columns(_without_zeros(cells, kinds), width, begin)
    if columns is None or "figure" not in columns or "text" not in columns:
        return None
    rows, cost, taken = _rows(cells, kinds, columns, begin, [key_of(cell) for cell in labels])
    if len(rows) < _FEWEST_ROWS or cost > _DEAREST_ROW * len(rows):
        return None
    held = tuple("text" if kind == "digits" else kind for kind in columns)
    return _Body(labels, width, held, rows, cost, next(filter(None, cells[taken:]), ()))


def _without_zeros(cells: Sequence[Cell], kinds: Sequence[str]) -> list[str]:
    """What cells hold: a nought is an amount, and no code."""
    return [
        "figure" if kind == "digits" and text_of(cell) == "0" else kind for cell, kind in zip(cells, kinds, strict=True)
    ]


def _columns(kinds: Sequence[str], width: int, begin: int) -> list[str] | None:
    """What the columns hold by the rows from `begin` on, as long as these agree; None where the first ones do not."""
    columns = [""] * width
    count = 0
    for start in range(begin, len(kinds) - width + 1, width):
        row = ["" if kind == "total" else kind for kind in kinds[start : start + width]]
        if not any(row):
            break
        pairs = list(zip(columns, row, strict=True))
        if any("text" in (one, other) and one != other and one and other for one, other in pairs):
            break
        columns = [_both(one, other) for one, other in pairs]
        count += 1
    return columns if count >= _FEWEST_ROWS else None


def _both(one: str, other: str) -> str:
    return one or other if not (one and other) else one if one == other else "figure"


def _rows(
    cells: Sequence[Cell], kinds: Sequence[str], columns: Sequence[str], begin: int, repeat: Sequence[str]
) -> tuple[list[PieceRow], float, int]:
    """The rows from `begin` on, what they cost, and where they end. `best[index][column]` is what it costs to read the
    cells up to `index` with the next one in `column`, and from where."""
    width, count = len(columns), len(cells)
    best: list[dict[int, tuple[float, int, int]]] = [{} for _ in range(count + 1)]
    best[begin][0] = (0.0, begin, -1)
    left = [0.0] * (count + 1)
    for index in range(count - 1, -1, -1):
        left[index] = left[index + 1] + (_LEFT if kinds[index] else 0.0)
    ends: list[tuple[float, int, int]] = []
    for index in range(begin, count):
        states = best[index]
        if not states:
            continue
        least = min(cost for cost, _, _ in states.values())
        for column, (cost, _, _) in states.items():
            if cost > least + _BEAM:
                continue
            if column == 0:
                ends.append((cost + left[index], index, 0))
            for end, following, more in _steps(cells, kinds, columns, index, column, repeat):
                entry = best[end].get(following)
                if entry is None or cost + more < entry[0]:
                    best[end][following] = (cost + more, index, column)
    ends += [(cost + (_CUT if column else 0.0), count, column) for column, (cost, _, _) in best[count].items()]
    if not ends:
        return [], 0.0, begin
    cost, end, column = min(ends)
    return _traced(cells, best, begin, end, column, width), cost, end


def _steps(
    cells: Sequence[Cell], kinds: Sequence[str], columns: Sequence[str], index: int, column: int, repeat: Sequence[str]
) -> Iterator[tuple[int, int, float]]:
    """Where reading goes on behind a cell in a column, and what that costs."""
    width = len(columns)
    kind, held = kinds[index], columns[column]
    wrong = bool(kind) and bool(held) and kind != held and (held, kind) not in _SUITED
    yield index + 1, (column + 1) % width, _WRONG if wrong else 0.01 if not kind else 0.0
    if column == 0 and not kind:
        yield index + 1, 0, _SKIPPED
    if column == 0 and kind and len(repeat) > 1 and key_of(cells[index]) == repeat[0]:
        end = index + len(repeat)
        if [key_of(cell) for cell in cells[index:end]] == list(repeat):
            yield end, 0, _REPEATED
    if kind in ("text", "total"):
        label = text_of(cells[index])
        cost = _SPANNED if _TOTAL.search(label) else _SPANNED_NAME if len(label) <= LONGEST_LABEL else _WRONG
        for following in range(column + 2, width):
            if columns[following - 1] == "figure" or (column > 0 and columns[column - 1] == "text"):
                break
            yield index + 1, following, cost


def _traced(
    cells: Sequence[Cell],
    best: Sequence[dict[int, tuple[float, int, int]]],
    begin: int,
    end: int,
    column: int,
    width: int,
) -> list[PieceRow]:
    """The rows on the cheapest way to `end`."""
    steps: list[tuple[int, int, int]] = []
    index = end
    while index > begin:
        _, before, at = best[index][column]
        steps.append((before, at, column))
        index, column = before, at
    rows: list[PieceRow] = []
    row: PieceRow = [()] * width
    for number, (before, at, following) in enumerate(reversed(steps)):
        after = steps[len(steps) - 2 - number][0] if number + 1 < len(steps) else end
        if after - before == 1 and not (at == following == 0):
            row[at] = cells[before]
        if following == 0 and any(row):
            rows.append(row)
            row = [()] * width
    return [*rows, row] if any(row) else rows
