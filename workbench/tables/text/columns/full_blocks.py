"""Tables whose columns come as blocks of as many figures as there are names: no cell of them is blank.

How many names stand below each other tells how many figures each column has, so nothing is left open but which of the
figures of a flow of several columns is whose (they come row by row) and what the labels of the head stand above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby, islice

from workbench.model.amount import read_figure
from workbench.tables.text.columns.block_names import LabelLine, Stub, is_mixed, names_of
from workbench.tables.text.columns.block_sums import codes_add_up, total_of_columns
from workbench.tables.text.columns.flows import CODES, FIGURES, NAMES, Flow, Words
from workbench.tables.text.header.rows import Label
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import TOTALS, column_kind

_MOST_COLUMNS = 24
_FEWEST_NUMBERS = 2
_LONGEST_PAGE_NUMBER = 3
_FEWEST_ROWS, _MOST_NAMINGS, _MOST_PIECES = 3, 12, 4


@dataclass(slots=True)
class BlockRow:
    """A row: its codes, its name, and its figures from the left to the right."""

    codes: Label
    name: Label
    figures: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Blocks:
    """Rows, and the lines that are none of their names: labels."""

    rows: list[BlockRow]
    labels: list[LabelLine]
    numbering: Words
    flows: list[int]
    """The number of the flow that each column of figures stands in, on the first page."""

    @property
    def width(self) -> int:
        """How many columns of figures there are."""
        return len(self.flows)


def full_blocks(flows: Sequence[Flow]) -> Iterator[Blocks]:
    """The ways to read the flows of a section as full blocks with the same number of columns on each page whose columns
    add up, those of the most figures first. Pages before the first and behind the last that can be read so may be of
    other tables."""
    pages = [_Page([*group]) for _, group in groupby(flows, key=lambda flow: flow.page)]
    found = sorted(
        (way for width in range(1, _MOST_COLUMNS + 1) for way in _grids(pages, width)), key=_size, reverse=True
    )
    for grids in found:
        columns = [
            [read_figure(piece.text).value or Decimal(0) for piece in column]
            for column in zip(*(row for grid in grids for row in grid.rows), strict=True)
        ]
        total = total_of_columns(columns)
        if total is not None:
            yield from islice(_named(grids, total), _MOST_NAMINGS)
        elif any(flow.has(CODES) for flow in flows):
            yield from (
                blocks
                for blocks in islice(_named(grids, None), _MOST_NAMINGS)
                if not any(key_of(row.name).endswith(TOTALS) for row in blocks.rows)
                and codes_add_up(_coded_rows(blocks), columns)
            )


def _coded_rows(blocks: Blocks) -> list[tuple[str, str]]:
    return [(key_of(row.codes), key_of(row.name)) for row in blocks.rows]


def _size(grids: Sequence[Grid]) -> int:
    return sum(len(row) for grid in grids for row in grid.rows)


def _grids(pages: Sequence[_Page], width: int) -> Iterator[list[Grid]]:
    """The ways to read neighbouring pages as figures in so many columns."""
    found = [page.grids(width) for page in pages]
    begun = next((number for number, ways in enumerate(found) if ways), len(pages))
    rest: list[Grid] = []
    for ways in found[begun + 1 :]:
        if not ways:
            break
        rest.append(ways[0])
    if begun < len(pages):
        for first in found[begun]:
            yield [first, *rest]
            if rest:
                yield [first]


def _named(grids: Sequence[Grid], total: int | None) -> Iterator[Blocks]:
    """The rows of grids with their names, of which the one at `total` (0, or -1: the last) names a total."""
    ways = [
        grid.page.named(grid, total if (number == 0 and total == 0) or (number == len(grids) - 1 and total) else None)
        for number, grid in enumerate(grids)
    ]
    later: list[BlockRow] = []
    for way in ways[1:]:
        following = next(way, None)
        if following is None:
            return
        later.extend(following[0])
    for rows, labels in ways[0]:
        yield Blocks([*rows, *later], labels, grids[0].page.numbering, grids[0].page.flows_of(grids[0].rows))


def _is_page_number(flow: Flow) -> bool:
    words = [word for run in flow.runs for word in run.words]
    return len(words) == 1 and words[0].text.isdigit() and len(words[0].text) <= _LONGEST_PAGE_NUMBER


def _numbering(flows: Sequence[Flow]) -> Words:
    """The numbers of the columns, above the first of them 1."""
    numbering: Words = []
    for flow in flows:
        for word in flow.words(FIGURES):
            if word.text != str(len(numbering) + 1):
                break
            numbering.append(word)
    return numbering if len(numbering) >= _FEWEST_NUMBERS else []


@dataclass(slots=True)
class Grid:
    """The figures of a page in rows and columns, and the numbers of the flows that they and their names are of."""

    page: _Page
    rows: list[list[Piece]]
    flows: Sequence[int]


class _Page:
    """Reads the flows of a page as rows of figures."""

    def __init__(self, flows: Sequence[Flow]) -> None:
        self._flows = [flow for flow in flows if not _is_page_number(flow)]
        self.numbering = _numbering(self._flows)
        numbers = {id(word) for word in self.numbering}
        self._figures = [[word for word in flow.words(FIGURES) if id(word) not in numbers] for flow in self._flows]
        self._mixed = [
            is_mixed(flow) and not _is_regular(flow, own) for flow, own in zip(self._flows, self._figures, strict=True)
        ]

    def grids(self, width: int) -> list[Grid]:
        """The ways to read it as rows of so many figures: one block of all flows, or of those of which each is of as
        many rows as the others, what stands between them left out."""
        runs = self._runs()
        counts = {sum(map(len, run)) for run in runs}
        heights = {count // parts for count in counts for parts in range(1, width + 1) if count % parts == 0}
        found = []
        for height in sorted(heights, reverse=True):
            if height < _FEWEST_ROWS:
                break
            used = self._used(height)
            if sum(len(self._figures[number]) for number in used) == height * width and self._are_together(used):
                found.append(Grid(self, self._rows(used, height), used))
        below = self._below_each_other(width)
        if below is not None and all(len(below) != len(grid.rows) for grid in found):
            found.append(Grid(self, below, range(len(self._flows))))
        return found

    def _are_together(self, flows: Sequence[int]) -> bool:
        """Whether no figures stand between these flows, as those of a column with blanks would."""
        own = [number for number in flows if self._figures[number]]
        between = set(range(own[0], own[-1])) - set(own)
        return not any(self._figures[number] for number in between)

    def _below_each_other(self, width: int) -> list[list[Piece]] | None:
        """The rows of blocks one below the other, each of neighbouring flows of just so many columns; None where the
        flows of figures are no such blocks."""
        own = [(number, figures) for number, figures in enumerate(self._figures) if figures and not self._mixed[number]]
        if len(own) < len([figures for figures in self._figures if figures]):
            return None
        rows: list[list[Piece]] = []
        start = alone = 0
        while start < len(own):
            first = len(own[start][1])
            block = next(
                (
                    found
                    for parts in range(1, width + 1)
                    if first % parts == 0 and (found := _block_at(own, start, first // parts, width))
                ),
                None,
            )
            if block is None:
                return None
            height = sum(len(figures) for _, figures in block) // width
            alone += height == 1
            rows.extend(self._rows([number for number, _ in block], height))
            start += len(block)
        return rows if len(rows) >= _FEWEST_ROWS and alone * 2 < len(rows) else None

    def _runs(self) -> Iterator[list[Words]]:
        """The figures of each flow, and those of neighbouring flows together: the last row of a column may stand lower
        and be a flow of its own."""
        own = [figures for figures, mixed in zip(self._figures, self._mixed, strict=True) if figures and not mixed]
        for start in range(len(own)):
            for end in range(start + 1, min(start + _MOST_PIECES, len(own)) + 1):
                yield own[start:end]

    def _used(self, height: int) -> list[int]:
        """The flows of figures that make columns of so many rows, one alone or a few neighbours, and those of names."""
        used: list[int] = []
        number = 0
        while number < len(self._flows):
            if not self._figures[number]:
                used.append(number)
                number += 1
                continue
            count, end, piece = 0, 0, number
            while piece < len(self._flows) and piece < number + 2 * _MOST_PIECES and not self._mixed[piece]:
                if piece > number and not self._figures[piece] and self._flows[piece].lines():
                    break
                count += len(self._figures[piece])
                piece += 1
                if count % height == 0:
                    end = piece
                    break
            used.extend(range(number, end))
            number = max(end, number + 1)
        return used

    def _rows(self, flows: Sequence[int], height: int) -> list[list[Piece]]:
        rows: list[list[Piece]] = [[] for _ in range(height)]
        waiting: Words = []
        for number in flows:
            waiting.extend(self._figures[number])
            step, more = divmod(len(waiting), height)
            if more:
                continue
            for index, row in enumerate(rows):
                row.extend(waiting[index * step : (index + 1) * step])
            waiting = []
        return rows

    def named(self, grid: Grid, total: int | None) -> Iterator[tuple[list[BlockRow], list[LabelLine]]]:
        """The ways to name the rows of a grid of this page, and the lines that are labels."""
        for stubs, labels in names_of([(number, self._flows[number]) for number in grid.flows], len(grid.rows)):
            rows = (
                None
                if any(column_kind(key_of(stub.name)) == "text" for stub in stubs)
                else self._coded(grid.flows, stubs)
            )
            if rows is None or (total is not None and not key_of(rows[total].name).endswith(TOTALS)):
                continue
            for row, figures in zip(rows, grid.rows, strict=True):
                row.figures.extend(figures)
            yield rows, labels

    def flows_of(self, rows: Sequence[Sequence[Piece]]) -> list[int]:
        """The number of the flow that each column of rows begins in."""
        at = {id(word): number for number, figures in enumerate(self._figures) for word in figures}
        return [at[id(word)] for word in rows[0]]

    def _coded(self, flows: Sequence[int], stubs: Sequence[Stub]) -> list[BlockRow] | None:
        """The rows of names, with the codes that stand in flows of their own; None where these are not as many."""
        coding = [self._flows[number] for number in flows if self._flows[number].has(CODES)]
        alone = [flow for flow in coding if _codes_alone(flow)]
        if not alone:
            return [BlockRow(*stub) for stub in stubs]
        codes = [word for flow in alone for word in flow.words(CODES)]
        coded = [number for number, stub in enumerate(stubs) if key_of(stub.name) not in TOTALS]
        if len(coded) != len(codes) or any(stub.codes for stub in stubs):
            return None
        at = dict(zip(coded, codes, strict=True))
        return [BlockRow((at[number],) if number in at else (), stub.name) for number, stub in enumerate(stubs)]


def _is_regular(flow: Flow, figures: Sequence[Piece]) -> bool:
    """Whether a flow prints rows, each of a name and then as many figures as the others."""
    own = {id(word) for word in figures}
    counts: list[int] = []
    for run in flow.runs:
        if run.kind == NAMES:
            counts.append(0)
        elif run.kind == FIGURES:
            if not counts:
                return False
            counts[-1] += sum(id(word) in own for word in run.words)
    return len(set(counts)) == 1


def _codes_alone(flow: Flow) -> bool:
    """Whether the codes of a flow stand before no names."""
    kinds = [run.kind for run in flow.runs]
    return NAMES not in kinds[kinds.index(CODES) :]


def _block_at(own: Sequence[tuple[int, Words]], start: int, height: int, width: int) -> list[tuple[int, Words]] | None:
    """The flows from one on that make just so many columns of so many rows."""
    count = 0
    for end in range(start, len(own)):
        count += len(own[end][1])
        if len(own[end][1]) % height or count > height * width:
            return None
        if count == height * width:
            return list(own[start : end + 1])
    return None
