"""Figures that were cut in two, or ran together with another one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.evidence.column_style import ColumnStyle
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.fixed_point import read_units
from workbench.repairs.slips.places import Found, Moves, Wanted, holds, numbers_columns, texts_in

SPLIT = 3.0
MERGED = 1.5
_OVER_ROWS = 0.3
"""More for two that stood below each other."""
ROW_RAN_TOGETHER = 3.0
"""More for figures of one row where those of two ran together."""
_BEYOND, _TEN = 3.0, 10
"""More for pieces that together make so many times the largest figure of the table."""

_MERGED_WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|0)([1-9]\d{0,2}(?:,\d{3})*|0)")
FIGURE = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
_PIECES = re.compile(r"[\d.,]+|[(（][\d.,]+[)）]")
_TWO_ALIKE = re.compile(r"(?:[-—–]+\s+[-—–]+|\d{1,3}\s+\d{1,3})")
"""Two dashes, or two whole numbers, with a blank between."""
_MERGED_FIGURE = re.compile(r"[-\d.,%\s]+")

Joined = Iterator[tuple[str, float, Moves]]
"""The figure that pieces make, what it costs more to have it here or there, and where it stands then."""


def split(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Found:
    """One figure was cut in two, over neighbouring cells or over two rows."""
    if numbers_columns(layout, row):
        return
    for joined, more, moves in chain(_beside(layout, row, segment, wanted), _below(layout, row, segment, wanted)):
        yield "figure_split", SPLIT + more + _BEYOND * (abs(read_units(joined)[1]) > _TEN * layout.largest), moves


def _beside(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Joined:
    """Pieces in neighbouring cells of a row; what stands behind them may have been pushed on."""
    texts = texts_in(layout, row, segment)
    for place in range(len(texts) - 1):
        if wanted.isdisjoint(segment[place:]):
            break
        joined = joined_piece(texts[place], texts[place + 1], layout.style(segment[place]))
        if joined is None:
            continue
        left, right = (row, segment[place]), (row, segment[place + 1])
        yield joined, 0.0, {left: joined, right: ""}
        yield joined, 0.3, {left: "", right: joined}
        stop = place + 2
        while stop < len(texts) and holds(texts[stop]):
            stop += 1
        if stop > place + 2:
            moves = {left: joined, (row, segment[stop - 1]): ""}
            for index in range(place + 2, stop):
                moves[row, segment[index - 1]] = texts[index]
            yield joined, 0.2, moves


def _below(layout: TableLayout, row: int, segment: tuple[int, ...], wanted: Wanted) -> Joined:
    """Pieces one below the other."""
    for upper in (row - 1, row):
        if not 0 <= upper < len(layout.table.rows) - 1:
            continue
        for column in segment:
            if column not in wanted:
                continue
            above, below = layout.texts[upper][column], layout.texts[upper + 1][column]
            joined = joined_piece(above, below, layout.style(column))
            if joined is not None:
                yield joined, 0.0, {(upper, column): joined, (upper + 1, column): ""}
                yield joined, 0.3, {(upper, column): "", (upper + 1, column): joined}


def joined_piece(first: str, second: str, style: ColumnStyle) -> str | None:
    """Two pieces as the one figure they make, or None where they make none that this column would print."""
    if not first or not second or first.count(".") + second.count(".") > 1 or not _PIECES.fullmatch(first + second):
        return None
    figure = read_figure(first + second)
    if figure.kind is not FigureKind.NUMBER or not style.prints(figure.decimals):
        return None
    if (first + second).count(".") != (figure.decimals > 0) or (first[0] == "0" and first[1:2] != "."):
        return None
    whole = (read_figure(first), read_figure(second))
    if figure.decimals and all(piece.kind is FigureKind.NUMBER and piece.decimals == style.decimals for piece in whole):
        return None
    return first + second


def cuts_alike(text: str) -> list[tuple[str, str]]:
    """The ways a text with two points falls into two figures, whatever decimals its column prints: those in which both
    have as many, where there are any."""
    if text.count(".") != 2:
        return []
    parted = ((text[:place], text[place:]) for place in range(text.index(".") + 2, text.rindex(".")))
    found = [pair for pair in parted if all(map(FIGURE.fullmatch, pair))]
    return [pair for pair in found if len({len(piece.partition(".")[2]) for piece in pair}) == 1] or found


def merged(layout: TableLayout, row: int, segment: tuple[int, ...], _: Wanted) -> Found:
    """Two neighbouring figures, beside or below each other, ran together in one cell."""
    texts = texts_in(layout, row, segment)
    ways = [
        cuts(text, layout.style(column).decimals) or cuts_alike(text)
        for text, column in zip(texts, segment, strict=True)
    ]
    yield from _merged_below(layout, row, segment)
    if not any(ways):
        return
    more = ROW_RAN_TOGETHER if any(len(text) > 2 for text in texts) and ran_together(layout, row) else 0.0
    for place, found in enumerate(ways):
        for first, second in found:
            here = (row, segment[place])
            if place + 1 < len(texts) and not holds(texts[place + 1]):
                yield "figures_merged", MERGED + more, {here: first, (row, segment[place + 1]): second}
            if place > 0 and not holds(texts[place - 1]):
                yield "figures_merged", MERGED + more, {(row, segment[place - 1]): first, here: second}
            stop = place + 1
            while stop < len(texts) and holds(texts[stop]):
                stop += 1
            if place + 1 < stop < len(texts):
                moves = {here: first, (row, segment[place + 1]): second}
                for index in range(place + 1, stop):
                    moves[row, segment[index + 1]] = texts[index]
                yield "figures_merged", MERGED + more + 0.2, moves


def _merged_below(layout: TableLayout, row: int, segment: tuple[int, ...]) -> Found:
    """A figure of this row, or of one beside it, that stands on a line of its own in the cell below or above."""
    for upper in (row - 1, row):
        if not 0 <= upper < len(layout.texts) - 1:
            continue
        for column in segment:
            pair = layout.texts[upper][column], layout.texts[upper + 1][column]
            whole = next((text for text in pair if "\n" in text or " " in text), "")
            if not whole or holds(pair[pair[0] == whole]) or not layout.named(upper + (pair[0] == whole), column):
                continue
            for first, second in cuts(whole, layout.style(column).decimals):
                yield "figures_merged", MERGED + _OVER_ROWS, {(upper, column): first, (upper + 1, column): second}


def of_figures(text: str) -> bool:
    """Whether a text holds nothing but what figures are written with."""
    return any(map(str.isdigit, text)) and _MERGED_FIGURE.fullmatch(text) is not None


def ran_together(layout: TableLayout, row: int) -> bool:
    """Whether several cells of a row hold two things each: two rows, and no figures of one."""
    texts = enumerate(layout.texts[row])
    held = (
        _TWO_ALIKE.fullmatch(text) or cuts(text, layout.style(column).decimals)
        for column, text in texts
        if len(text) > 2
    )
    return sum(map(bool, held)) > 1


@lru_cache(maxsize=16384)
def cuts(text: str, decimals: int) -> tuple[tuple[str, str], ...]:
    """The ways `text` falls into two figures of `decimals` decimals; a zero beside a blank may have none."""
    pieces = text.split() if len(text) > 2 else []
    if len(pieces) == 2 and "0" in pieces and all(map(FIGURE.fullmatch, pieces)):
        return ((pieces[0], pieces[1]),)
    if len(text) < 2 or (decimals and text.count(".") < 2) or not _MERGED_FIGURE.fullmatch(text):
        return ()
    return tuple(_cut(text, decimals) if decimals else _cut_whole(text))


def _cut_whole(text: str) -> Iterator[tuple[str, str]]:
    apart = text.split(None, 1)
    if len(apart) > 1 and all(read_figure(piece).value is not None for piece in apart):
        yield apart[0], apart[1]
    parted = _MERGED_WHOLE.fullmatch(text)
    if parted:
        # Thousands parted by commas show where the first figure ends, and a zero is a figure by itself.
        yield parted[1], parted[2]


def _cut(text: str, decimals: int) -> Iterator[tuple[str, str]]:
    for offset in range(1, len(text)):
        first, second = text[:offset].strip(), text[offset:].strip()
        if not first or not second:
            continue
        figures = (read_figure(first), read_figure(second))
        if all(figure.kind is FigureKind.NUMBER and figure.decimals == decimals for figure in figures):
            yield first, second
