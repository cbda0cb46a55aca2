"""What a misplaced figure looks like: a run shifted by a column, a figure or a block moved by a row, cells run together
or cut, rows or columns swapped; and where the figures would go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, combinations, groupby, islice
from math import comb

from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import without_rates
from workbench.repairs.slips.pieces import merged, split
from workbench.repairs.slips.places import Found, Moves, Wanted, holds, receptive, texts_in

SHIFTED = 3.4
MOVED_ROW = 3.6
MOVED_RUN = 3.5
TOGETHER = 1.0
LEFT_BEHIND = 2.5
MOVED_BLOCK = 3.8
BLANKS_LOST = 3.9
SHIFTED_TWICE = 4.0
OTHER_HALF = 4.4
_ONE_MORE_GAP = 0.4
SWAPPED_ROWS = 4.2
SWAPPED_CELLS = 4.6

_MOST_RUNS = 40
_MOST_SPREADS = 60
"""So many ways to spread the figures of a row again are tried."""


def of_row(layout: TableLayout, row: int, wanted: Wanted) -> Found:
    """The ways in which the figures of one row may have gone astray within it, or between it and the rows beside it, as
    far as they concern the cells of the row in the columns `wanted`; those that looks may tell apart.

    Each changes cells of the row, or gives it and a row beside it each other's figures: `asked.py` rests on that."""
    for segment in layout.segments:
        if wanted.isdisjoint(segment):
            continue
        for find in (_shifted, _blanks_lost, _swapped_cells, _swapped_below, _moved_rows, _moved_runs, _swapped_rows):
            yield from find(layout, row, segment, wanted)
    for segment in without_rates(layout, layout.segments):
        for find in (_moved_rows, _swapped_rows):
            yield from find(layout, row, segment, wanted)
    yield from _in_all_halves(layout, row, wanted)


def told_by_looks(layout: TableLayout, row: int, wanted: Wanted) -> Found:
    """The ways in which the looks of its cells alone may tell that a figure of this row was cut, or ran together with
    another one, or stands in the other half of the table."""
    for segment in layout.segments:
        if not wanted.isdisjoint(segment):
            yield from split(layout, row, segment, wanted)
            yield from merged(layout, row, segment, wanted)
    yield from _other_half(layout, row, wanted)


def _in_all_halves(layout: TableLayout, row: int, wanted: Wanted) -> Found:
    """The figures of a row of several halves stand a row above or below their own in all of them, or those of two rows
    changed places."""
    whole = tuple(column for segment in layout.segments for column in segment)
    if len(layout.segments) < 2 or wanted.isdisjoint(whole):
        return
    for method, cost, moves in chain(
        _moved_runs(layout, row, whole, wanted), _swapped_rows(layout, row, whole, wanted)
    ):
        moved = {column for (at, column), text in moves.items() if text != layout.texts[at][column]}
        if sum(not moved.isdisjoint(segment) for segment in layout.segments) > 1:
            yield method, cost, moves


def _shifted(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    """A run of figures stands one column beside its place: back over the blank at its end."""
    texts = texts_in(layout, row, segment)
    for run, stop, step, price in _runs_to_a_blank(texts):
        beyond = stop + step
        further = 0 <= beyond < len(texts) and receptive(texts[beyond]) is not None
        if wanted.isdisjoint([segment[place] for place in (*run, stop, beyond if further else stop)]):
            continue
        moves = {(row, segment[place + step]): texts[place] for place in run}
        moves[row, segment[run[0]]] = texts[stop]
        yield "shifted_column", SHIFTED + price, moves
        if further:
            moves = {(row, segment[place + 2 * step]): texts[place] for place in run}
            moves.setdefault((row, segment[run[0]]), texts[stop])
            moves.setdefault((row, segment[run[0] + step]), texts[beyond])
            yield "shifted_two_columns", SHIFTED_TWICE + price, moves


def _runs_to_a_blank(texts: list[str]) -> Iterator[tuple[range, int, int, float]]:
    """The runs of figures, to the right and to the left, with the blank at their end, the step and what the blank
    costs. That blank may itself be one of the row's own: the run goes on behind it to the next one."""
    count = len(texts)
    prices = [receptive(text) for text in texts]
    for step in (1, -1):
        for start in range(count):
            if prices[start] is not None:
                continue
            stop = start + step
            while 0 <= stop < count:
                price = prices[stop]
                if price is not None:
                    yield range(start, stop, step), stop, step, price
                    if not 0 <= stop + step < count or prices[stop + step] is not None:
                        break
                stop += step


def _blanks_lost(layout: TableLayout, row: int, segment: tuple[int, ...], _: Wanted) -> Found:
    """Figures of a row closed up to the left or to the right over several blanks: the ways to spread them again in
    their order over the columns that other rows fill, but for a run shifted by one."""
    for start, stop in _closed_up(texts_in(layout, row, segment)):
        yield from _spread(layout, row, segment[start:stop])


def _closed_up(texts: list[str]) -> Iterator[tuple[int, int]]:
    """The stretches of a row that are a run of figures and blanks at one end of it; those of one blank apart."""
    runs = [(full, len(list(cells))) for full, cells in groupby(map(holds, texts))]
    ends = [sum(length for _, length in runs[: place + 1]) for place in range(len(runs))]
    for place, (_, length) in enumerate(runs[:-1]):
        blanks, figures = sorted((runs[place], runs[place + 1]))
        # One figure alone among others was shifted.
        if blanks[1] > 1 and (figures[1] > 1 or len(runs) == 2):
            yield ends[place] - length, ends[place + 1]


def _spread(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """The ways to spread the figures of a stretch."""
    texts = texts_in(layout, row, segment)
    figures = [text for text in texts if holds(text)]
    count, free = len(figures), len(segment) - len(figures)
    to_the_left = texts[:count] == figures
    for places in _as_others_print(layout, row, segment, count):
        steps = [place - at for at, place in enumerate(places)]
        # So many blanks were lost before each figure: a step where it grows is a gap that was there.
        gaps = len({0 if to_the_left else free, *steps}) - 1
        if gaps and (gaps > 1 or max(steps) - min(steps) > 1 or steps[0] == steps[-1]):
            moves: Moves = {
                (row, column): layout.style(column).unfilled if holds(text) else text
                for column, text in zip(segment, texts, strict=True)
            }
            for place, text in zip(places, figures, strict=True):
                moves[row, segment[place]] = text
            yield "blanks_lost", BLANKS_LOST + _ONE_MORE_GAP * (gaps - 1), moves


def _as_others_print(layout: TableLayout, row: int, segment: tuple[int, ...], count: int) -> Iterable[tuple[int, ...]]:
    """The places that so many figures of a row may have in a stretch of columns: of those that other rows fill any,
    where there are few ways to choose, else those that another row fills together."""
    rows = layout.filled_together(segment)
    own = tuple(place for place, column in enumerate(segment) if layout.values(row)[column])
    filled = {places for places, count in rows.items() if count > (places == own)}
    usual = sorted({place for places in filled for place in places})
    if len(usual) <= count:
        usual = list(range(len(segment)))
    if comb(len(usual), count) <= _MOST_SPREADS:
        return combinations(usual, count)
    return sorted(places for places in filled if len(places) == count)


def _other_half(layout: TableLayout, row: int, wanted: Wanted) -> Found:
    """A figure of a table whose rows say two things side by side stands in the other half: in the same place of it, or
    where the row says nothing there."""
    for one, other in combinations(layout.segments, 2):
        if len(one) != len(other):
            yield from _out_of_unnamed_half(layout, row, one, other, wanted)
            continue
        for left, right in zip(one, other, strict=True):
            if left not in wanted and right not in wanted:
                continue
            texts = layout.texts[row][left], layout.texts[row][right]
            if holds(texts[0]) != holds(texts[1]):
                yield "other_half", OTHER_HALF, {(row, left): texts[1], (row, right): texts[0]}


def _out_of_unnamed_half(
    layout: TableLayout, row: int, one: tuple[int, ...], other: tuple[int, ...], wanted: Wanted
) -> Found:
    """The only figure of a half that has no label in this row stands in any blank of the half that has one."""
    texts = layout.texts[row]
    for half, beside in ((one, other), (other, one)):
        held = [column for column in half if holds(texts[column])]
        if len(held) != 1 or layout.named_within(row, half) or not layout.named_within(row, beside):
            continue
        for column in beside:
            if column in wanted and not holds(texts[column]):
                yield "other_half", OTHER_HALF, {(row, held[0]): "", (row, column): texts[held[0]]}


def _swapped_cells(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    texts = texts_in(layout, row, segment)
    for place in range(len(texts) - 1):
        if wanted.isdisjoint(segment[place : place + 2]):
            continue
        if holds(texts[place]) and holds(texts[place + 1]):
            left, right = (row, segment[place]), (row, segment[place + 1])
            yield "cells_swapped", SWAPPED_CELLS, {left: texts[place + 1], right: texts[place]}


def _swapped_below(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    """Two figures of one column, of this row and one beside it, changed places, and no others of their rows."""
    for other in (row - 1, row + 1) if len(segment) > 1 else ():
        if not 0 <= other < len(layout.texts):
            continue
        for column in wanted.intersection(segment):
            here, there = layout.texts[row][column], layout.texts[other][column]
            if holds(here) and holds(there) and here != there:
                yield "cells_swapped", SWAPPED_CELLS, {(row, column): there, (other, column): here}


def _moved_rows(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    """One figure, or all figures of the row, stand a row above or below their own."""
    texts = texts_in(layout, row, segment)
    for other in (row - 1, row + 1):
        if not 0 <= other < len(layout.table.rows):
            continue
        beside = texts_in(layout, other, segment)
        for place, column in enumerate(segment):
            if column not in wanted:
                continue
            for here, there in ((texts[place], beside[place]), (beside[place], texts[place])):
                price = receptive(there)
                if holds(here) and price is not None:
                    swap = {(row, column): beside[place], (other, column): texts[place]}
                    yield "moved_row", MOVED_ROW + price, swap
        held = [place for place, text in enumerate(texts) if holds(text)]
        other_held = [place for place, text in enumerate(beside) if holds(text)]
        if bool(held) != bool(other_held) and len(held) + len(other_held) > 1:
            moves: Moves = {}
            for place, column in enumerate(segment):
                moves[row, column], moves[other, column] = beside[place], texts[place]
            yield "moved_block", MOVED_BLOCK, moves


def _moved_runs(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    """Several figures of a row, one beside the other, stand a row above or below their own."""
    for here, there in ((row, row - 1), (row, row + 1), (row - 1, row), (row + 1, row)):
        if not (0 <= here < len(layout.table.rows) and 0 <= there < len(layout.table.rows)):
            continue
        texts, beside = texts_in(layout, here, segment), texts_in(layout, there, segment)
        held = [place for place, text in enumerate(texts) if holds(text)]
        taken = {place for place, text in enumerate(beside) if holds(text)}
        for first, last in islice(combinations(range(len(held)), 2), _MOST_RUNS):
            run = held[first : last + 1]
            if wanted.isdisjoint([segment[place] for place in run]) or not taken.isdisjoint(run):
                continue
            if len(run) == len(held) and not taken and segment in layout.segments:
                # All figures of a row go to an empty one: told with the rows that moved.
                continue
            moves: Moves = {}
            for place in run:
                moves[here, segment[place]], moves[there, segment[place]] = beside[place], texts[place]
            yield "moved_run", MOVED_RUN + _of_alike(texts, held, first, last), moves


def _of_alike(texts: list[str], held: list[int], first: int, last: int) -> float:
    """What it costs more, or less, to move a run of figures: a subtotal and its only part belong together, and one that
    leaves a figure of its own behind it was rather copied than moved."""
    around = [held[place] for place in (first - 1, last + 1) if 0 <= place < len(held)]
    run = {texts[place] for place in held[first : last + 1]}
    if any(texts[place] in run for place in around):
        return LEFT_BEHIND
    return -TOGETHER if len(run) == 1 else 0.0


def _swapped_rows(layout: TableLayout, row: int, segment: tuple[int, ...], _: Wanted) -> Found:
    for other in (row - 1, row + 1):
        if not 0 <= other < len(layout.table.rows):
            continue
        texts, beside = texts_in(layout, row, segment), texts_in(layout, other, segment)
        if any(map(holds, texts)) and any(map(holds, beside)):
            moves: Moves = {}
            for place, column in enumerate(segment):
                moves[row, column], moves[other, column] = beside[place], texts[place]
            yield "rows_swapped", SWAPPED_ROWS, moves
