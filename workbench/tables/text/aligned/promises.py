"""How well a table that was read from close columns keeps the sums that its header promises: which of two readings of
the same lines is the likelier."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby, pairwise

from workbench.model.amount import FigureKind, match_key
from workbench.model.source import Anchor
from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.places import PlacedLine
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.running.promised_sums import Equation, equations_of

_MOSTLY = 0.5
_ROUNDING = Decimal("0.05")


def count_broken(table: RawTable) -> int:
    """In how many places a table breaks a sum across that its header promises, or has no one figure in a column of
    figures."""
    header, body = table.rows[: table.header_rows or 0], table.rows[table.header_rows or 0 :]
    columns = [column for column in range(table.width) if _holds_amounts([row[column].figure.kind for row in body])]
    equations = list(_equations(header, columns))
    sums = sum(_is_broken(equation, row) for equation in equations for row in body)
    strange = sum(
        row[column].figure.kind in (FigureKind.GARBLED, FigureKind.TEXT) for row in body for column in columns
    )
    return sums + strange


def count_held(table: RawTable) -> int:
    """In how many places a table keeps a sum across that its header promises, two parts of it or more being printed."""
    header, body = table.rows[: table.header_rows or 0], table.rows[table.header_rows or 0 :]
    columns = [column for column in range(table.width) if _holds_amounts([row[column].figure.kind for row in body])]
    return sum(
        sum(bool(row[part].figure.value) for part in equation.parts) > 1 and not _is_broken(equation, row)
        for equation in _equations(header, columns)
        for row in body
    )


def count_around_figures(table: RawTable, lines: Sequence[PlacedLine]) -> int:
    """How many cells of the body hold words of one of these lines between which a figure stands: no cell does."""
    starts = [(line.line.page.number, line.line.start) for line in lines]
    figures = [[placed.pieces[0].start for placed in line.cells if is_figure_word(placed.text)] for line in lines]
    return sum(
        any(_is_around(before, after, starts, figures) for before, after in pairwise(cell.anchors))
        for row in table.rows[table.header_rows or 0 :]
        for cell in row
    )


def _is_around(
    before: Anchor, after: Anchor, starts: Sequence[tuple[int, int]], figures: Sequence[Sequence[int]]
) -> bool:
    """Whether two places are on one of the lines that begin at `starts`, and one of its `figures` between them."""
    line = bisect_right(starts, (before.page, before.start)) - 1
    same = line >= 0 and line == bisect_right(starts, (after.page, after.start)) - 1
    return same and any(before.end <= figure < after.start for figure in figures[line])


def _holds_amounts(kinds: Sequence[FigureKind]) -> bool:
    """Whether most of what a column prints are numbers; one that is blank may be of amounts."""
    printed = [kind for kind in kinds if kind is not FigureKind.BLANK]
    return sum(kind is FigureKind.NUMBER for kind in printed) >= _MOSTLY * len(printed)


def _equations(header: Sequence[Row], columns: Sequence[int]) -> Iterator[Equation]:
    """The sums promised by the header for columns next to each other."""
    keys = [[match_key(cell.printed) for cell in row] for row in header]
    for _, run in groupby(enumerate(columns), key=lambda pair: pair[1] - pair[0]):
        yield from equations_of(keys, [column for _, column in run])


def _is_broken(equation: Equation, row: Row) -> bool:
    parts = [row[part].figure.value or Decimal(0) for part in equation.parts]
    return abs((row[equation.total].figure.value or Decimal(0)) - sum(parts)) > _ROUNDING
