"""Anchors in a published file for tables that another extractor read from it.

Cells and source are compared without white space and in NFKC form. First the longest monotone chain of exact matches
(cells in reading order, places in reading order, weighted by length; Fredman 1975, by a Fenwick tree) fixes most
cells; then each other cell is looked for between its anchored neighbours: whole, in pieces (wrapped cells), and for
labels by the best partial match. Cells that are not found stay without anchors: the reviewer sees them marked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.source import Anchor, SourceDocument
from workbench.model.table import Cell, Document, Problem, Row, Table

_MOST_PLACES = 40
"""A text that stands in more places than this says nothing about where its cell is."""
_NEIGHBOURHOOD = 400
"""How many characters beyond the anchored neighbours a cell is looked for."""
_LEAST_LIKENESS = 85.0
_LEAST_LABEL = 4
_OF_A_NUMBER = frozenset("0123456789.,")
_NUMBER_GOES_ON = re.compile(r"\d|[.,]\d")


@dataclass(frozen=True, slots=True)
class _Squeezed:
    """The text of all pages without white space, in NFKC, with the page and offset that each character came from."""

    text: str
    pages: list[int]
    offsets: list[int]

    def goes_on(self, start: int, end: int) -> bool:
        """Whether the figure at `start:end` is part of a longer number, that begins before it or ends behind it."""
        return (self._joined(start) and self.text[start - 1] in _OF_A_NUMBER) or (
            self._joined(end) and bool(_NUMBER_GOES_ON.match(self.text, end))
        )

    def _joined(self, place: int) -> bool:
        """Whether the source prints the characters before and behind this place without a blank between."""
        if not 0 < place < len(self.text):
            return False
        return self.pages[place - 1] == self.pages[place] and self.offsets[place] - self.offsets[place - 1] <= 1


def anchor_to(document: Document, source: SourceDocument) -> Document:
    """The document with `source` as its source and every cell anchored there where it can be found.

    Says in `problems` how many figures were not found, since they cannot be shown beside their source.
    """
    squeezed = _squeeze(source)
    by_table = [[cell for row in table.header + table.rows for cell in row] for table in document.tables]
    cells = [cell for group in by_table for cell in group]
    cells += [stated.cell for stated in document.stated]
    places = _chain(cells, squeezed)
    _find_moved(by_table, places, squeezed)
    places = _fill_gaps(cells, squeezed, places)
    anchored = iter(
        replace(cell, anchors=tuple(_anchors(pieces, squeezed, source)))
        for cell, pieces in zip(cells, places, strict=True)
    )
    tables = tuple(_rebuilt(table, anchored) for table in document.tables)
    stated = tuple(replace(figure, cell=next(anchored)) for figure in document.stated)
    missing = sum(
        1
        for table in tables
        for row in table.rows
        for cell in row
        if not cell.anchors and read_figure(cell.printed).kind is FigureKind.NUMBER
    )
    problems = document.problems
    if missing:
        problems = (*problems, Problem(f"{missing} figures were not found in {source.path}"))
    return replace(document, source=source, tables=tables, stated=stated, problems=problems)


def _squeeze(source: SourceDocument) -> _Squeezed:
    parts: list[str] = []
    pages: list[int] = []
    offsets: list[int] = []
    for page in source.pages:
        for offset, character in enumerate(page.text):
            if character.isspace():
                continue
            normal = character if character.isascii() else "".join(unicodedata.normalize("NFKC", character).split())
            parts.append(normal)
            pages.extend([page.number] * len(normal))
            offsets.extend([offset] * len(normal))
    return _Squeezed("".join(parts), pages, offsets)


Pieces = tuple[tuple[int, int], ...]


def _chain(cells: list[Cell], squeezed: _Squeezed, used: Container[tuple[int, int]] = ()) -> list[Pieces]:
    """For each cell its place in the heaviest chain of exact matches that runs forward in cells and in source; places
    that are `used` are left out."""
    length = len(squeezed.text) + 1
    best_weight = [0] * (length + 1)
    best_match = [-1] * (length + 1)
    matches: list[tuple[int, int, int, int]] = []  # cell, start, end, match before
    found: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        key = match_key(cell.printed)
        if not key:
            continue
        if key not in found:
            free = [at for at in islice(_places(squeezed, key), _MOST_PLACES + 1) if (at, at + len(key)) not in used]
            found[key] = free if len(free) <= _MOST_PLACES else []
        waiting = []
        for start in found[key]:
            weight, before = _best_before(best_weight, best_match, start)
            matches.append((index, start, start + len(key), before))
            waiting.append((start + len(key), weight + len(key), len(matches) - 1))
        for end, weight, match in waiting:
            _raise(best_weight, best_match, end, weight, match)
    result: list[Pieces] = [()] * len(cells)
    _, match = _best_before(best_weight, best_match, length - 1)
    while match >= 0:
        index, start, end, match = matches[match]
        result[index] = ((start, end),)
    return result


def _find_moved(tables: list[list[Cell]], places: list[Pieces], squeezed: _Squeezed) -> None:
    """Gives the cells of tables that stand in another order than in the source their places, each table by itself: of
    those tables of which most was not found."""
    first = 0
    for cells in tables:
        numbers = range(first, first + len(cells))
        first += len(cells)
        told = [number for number in numbers if match_key(cells[number - numbers.start].printed)]
        if 2 * sum(bool(places[number]) for number in told) >= len(told):
            continue
        used = {span for pieces in places for span in pieces}
        own = _chain(cells, squeezed, used)
        if 2 * sum(map(bool, own)) > len(told):
            places[numbers.start : numbers.stop] = own


def _best_before(weights: list[int], matches: list[int], position: int) -> tuple[int, int]:
    """The heaviest chain that ends at or before `position` (prefix maximum of a Fenwick tree)."""
    weight, match, node = 0, -1, position + 1
    while node > 0:
        if weights[node] > weight:
            weight, match = weights[node], matches[node]
        node -= node & -node
    return weight, match


def _raise(weights: list[int], matches: list[int], position: int, weight: int, match: int) -> None:
    node = position + 1
    while node < len(weights):
        if weights[node] < weight:
            weights[node], matches[node] = weight, match
        node += node & -node


def _places(squeezed: _Squeezed, key: str, low: int = 0, high: int | None = None) -> Iterator[int]:
    """Where `key` stands between `low` and `high`, a figure as a token of its own: not inside a longer number."""
    figure = key[0].isdigit() or key[0] in "-+"
    start = squeezed.text.find(key, low, high)
    while start >= 0:
        if not (figure and squeezed.goes_on(start, start + len(key))):
            yield start
        start = squeezed.text.find(key, start + 1, high)


def _fill_gaps(cells: list[Cell], squeezed: _Squeezed, places: list[Pieces]) -> list[Pieces]:
    following: list[int | None] = [None] * len(cells)
    later: int | None = None
    for index in range(len(cells) - 1, -1, -1):
        following[index] = later
        if places[index]:
            later = places[index][0][0]
    used = {span for pieces in places for span in pieces}
    earlier = 0
    for index, cell in enumerate(cells):
        if places[index]:
            earlier = places[index][-1][1]
            continue
        key = match_key(cell.printed)
        if not key:
            continue
        end = following[index]
        low = max(0, earlier - _NEIGHBOURHOOD)
        high = min(len(squeezed.text), (end if end is not None else earlier) + _NEIGHBOURHOOD)
        places[index] = _search(key, squeezed, low, high, earlier, used)
        used.update(places[index])
    return places


def _search(key: str, squeezed: _Squeezed, low: int, high: int, near: int, used: set[tuple[int, int]]) -> Pieces:
    window = squeezed.text[low:high]
    spans = [(start, start + len(key)) for start in _places(squeezed, key, low, high)]
    free = [span for span in spans if span not in used]
    if free:
        return (min(free, key=lambda span: abs(span[0] - near)),)
    pieces = _in_pieces(key, squeezed, low, high)
    if pieces:
        return pieces
    if len(key) < _LEAST_LABEL or read_figure(key).kind is not FigureKind.TEXT:
        return ()
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(key, window, score_cutoff=_LEAST_LIKENESS)
    if found is None or found.dest_end <= found.dest_start:
        return ()
    return ((low + found.dest_start, low + found.dest_end),)


def _in_pieces(key: str, squeezed: _Squeezed, low: int, high: int) -> Pieces:
    """`key` as two pieces that stand one after the other with other text between (a wrapped cell), those of a figure
    not inside other numbers."""
    text, figure = squeezed.text, read_figure(key).kind is FigureKind.NUMBER
    for cut in range(len(key) - 1, 0, -1):
        head = text.find(key[:cut], low, high)
        if head < 0:
            continue
        tail = text.find(key[cut:], head + cut, high)
        if tail >= 0:
            pieces = ((head, head + cut), (tail, tail + len(key) - cut))
            return () if figure and any(squeezed.goes_on(*piece) for piece in pieces) else pieces
    return ()


def _anchors(pieces: Pieces, squeezed: _Squeezed, source: SourceDocument) -> Iterator[Anchor]:
    for start, end in pieces:
        first = start
        while first < end:
            page = squeezed.pages[first]
            last = first
            while last + 1 < end and squeezed.pages[last + 1] == page:
                last += 1
            yield source.page(page).anchor(squeezed.offsets[first], squeezed.offsets[last] + 1)
            first = last + 1


def _rebuilt(table: Table, cells: Iterator[Cell]) -> Table:
    def rows(grid: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(tuple(next(cells) for _ in row) for row in grid)

    header = rows(table.header)
    body = rows(table.rows)
    pages = {anchor.page for row in header + body for cell in row for anchor in cell.anchors}
    return replace(table, header=header, rows=body, pages=tuple(sorted(pages)) or table.pages, title_anchors=())
