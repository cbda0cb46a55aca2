"""The sides that the cells of a table without rules must have had.

Where between the print of two columns one cell ends and the next begins is not printed; it follows from what is:
figures are set to the right of their cell and labels to the left, all by the same padding,
and names are centred over their columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workbench.tables.unruled.print_columns import PADDING, Extent, cells_of, halfway_edges
from workbench.tables.unruled.printed import DASHES, Piece, PrintedLine

_WIDEST_PADDING = 14.0
_ROUNDS = 150
_PRINT, _NAMES, _START = 1.0, 0.7, 0.05
"""What the side of a cell that its print shows, that its name does, and half of the white space weigh."""
_TELLING = 6.0
"""In points: how much wider or narrower than its column a name is that tells how names are set."""
_SAME_BEGIN = 1.0
"""In points: names and labels set to the left begin as near to each other as this."""
_SETTLED = 0.005
"""Sides that no round moves further than this, in points, stay where they are."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Where columns end, the usual blank between a side and the print, and whether names are set to the left."""

    edges: list[float]
    padding: float = PADDING
    left: bool = False


@dataclass(frozen=True, slots=True)
class NamePlaces:
    """Where the names of columns stand: the middle of each, or where it begins if names are set to the left."""

    places: dict[int, float]
    left: bool = False


def settled_edges(
    columns: Sequence[Extent],
    body: Sequence[PrintedLine],
    names: NamePlaces,
    sides: tuple[float, float] | None = None,
) -> tuple[list[float], float]:
    """The sides of the columns where print, names and padding agree best, and that padding; `sides` are those of the
    table where rules show them."""
    edges = halfway_edges(columns)
    if sides is not None:
        edges[0], edges[-1] = min(edges[0], sides[0]), max(edges[-1], sides[1])
    aligned = _alignments(body, edges, {} if names.left else names.places)
    bounds = [
        (edges[0] - _WIDEST_PADDING, columns[0][0]),
        *((before[1], after[0]) for before, after in pairwise(columns)),
        (columns[-1][1], edges[-1] + 6 * _WIDEST_PADDING),
    ]
    fixed = {0, len(columns)} if sides is not None else set()
    padding = PADDING
    start = list(edges)
    for _ in range(_ROUNDS):
        earlier = [*edges, padding]
        for index in range(len(edges)):
            if index in fixed:
                continue
            places = _places(index, edges, padding, aligned, names)
            places.append((start[index], _START))
            weight = sum(part for _, part in places)
            place = sum(x * part for x, part in places) / weight
            edges[index] = min(max(place, bounds[index][0]), bounds[index][1])
        padding = _padding(edges, aligned)
        if max(abs(now - then) for now, then in zip([*edges, padding], earlier, strict=True)) < _SETTLED:
            break
    return edges, padding


def _places(
    index: int, edges: Sequence[float], padding: float, aligned: Sequence[tuple[str, float]], names: NamePlaces
) -> list[tuple[float, float]]:
    """Where the side `index` of the columns would be by the print and the names on both its sides, and what weight each
    of these has."""
    places: list[tuple[float, float]] = []
    if index < len(aligned):
        if aligned[index][0] == "left":
            places.append((aligned[index][1] - padding, _PRINT))
        if index in names.places:
            place = names.places[index]
            places.append((place - padding if names.left else 2 * place - edges[index + 1], _NAMES))
    if index:
        if aligned[index - 1][0] == "right":
            places.append((aligned[index - 1][1] + padding, _PRINT))
        if index - 1 in names.places and not names.left:
            places.append((2 * names.places[index - 1] - edges[index - 1], _NAMES))
    return places


def set_to_left(columns: Sequence[Extent], names: dict[int, Extent], body: Sequence[PrintedLine]) -> bool:
    """Whether the names with these extents over their columns are set to the left, as the labels below them.

    A name about as wide as its column tells nothing, and nor do figures of one width.
    """
    found = _words_by_column(body, halfway_edges(columns))
    aligned = [_alignment(pieces, None) for pieces in found]
    offs = [
        abs(names[column][0] - x)
        for column, (side, x) in enumerate(aligned)
        if side == "left"
        and column in names
        and not (found[column][0].is_figure and _is_of_one_width(found[column]))
        and abs(columns[column][1] - columns[column][0] - names[column][1] + names[column][0]) > _TELLING
    ]
    return bool(offs) and median(offs) <= _SAME_BEGIN


def padding_of(body: Sequence[PrintedLine], edges: Sequence[float]) -> float:
    """The usual distance of print from the sides of its columns."""
    return _padding(edges, _alignments(body, edges, {}))


def _padding(edges: Sequence[float], aligned: Sequence[tuple[str, float]]) -> float:
    """The usual distance of print from the side that it is set to."""
    found = [
        edges[index + 1] - x if side == "right" else x - edges[index]
        for index, (side, x) in enumerate(aligned)
        if side in ("left", "right")
    ]
    # words of one width are as well set to the side that they are far from
    return min(max(sorted(found)[len(found) // 4], PADDING), _WIDEST_PADDING) if found else PADDING


def _alignments(
    body: Sequence[PrintedLine], edges: Sequence[float], centres: dict[int, float]
) -> list[tuple[str, float]]:
    """For each column the side that its words are set to, and where that is; for words of one width the side that they
    lie to of the middle of the column."""
    return [_alignment(found, centres.get(column)) for column, found in enumerate(_words_by_column(body, edges))]


def _words_by_column(body: Sequence[PrintedLine], edges: Sequence[float]) -> list[list[Piece]]:
    """The words of each column that begin a cell, and all its figures."""
    pieces: list[list[Piece]] = [[] for _ in edges[1:]]
    for line in body:
        for column, found in cells_of(line, edges).items():
            pieces[column] += found if found[0].is_figure else found[:1]
    return pieces


def _is_of_one_width(pieces: Sequence[Piece]) -> bool:
    return _spread_of([piece.x1 - piece.x0 for piece in pieces]) < PADDING


def _alignment(pieces: Sequence[Piece], centre: float | None) -> tuple[str, float]:
    if not pieces:
        return "", 0.0
    left = min(piece.x0 for piece in pieces)
    right = max(piece.x1 for piece in pieces)
    if centre is not None and _is_of_one_width(pieces):
        # words of one width stand as well to one side as to the other
        off = (pieces[0].x0 + pieces[0].x1) / 2 - centre
        side = "right" if off > PADDING else "left" if off < -PADDING else "centre"
    elif len(pieces) > 1:
        words = [piece for piece in pieces if piece.text.strip(DASHES)]
        side = min(
            (_spread_of([piece.x1 for piece in words]), "right"),
            (_spread_of([piece.x0 for piece in words]), "left"),
            (_spread_of([(piece.x0 + piece.x1) / 2 for piece in pieces]) + 0.5, "centre"),
        )[1]
    else:
        side = "centre"
    return side, {"left": left, "right": right}.get(side, (left + right) / 2)


def _spread_of(places: Sequence[float]) -> float:
    """How far places lie from their median on average."""
    middle = median(places) if places else 0.0
    return sum(abs(place - middle) for place in places) / max(len(places), 1)
