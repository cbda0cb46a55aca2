"""Tables in lines of comma-separated cells, as spreadsheets are saved; a cell with a comma in it stands in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from workbench.tables.raw import RawTable
from workbench.tables.text.captions import captions_before
from workbench.tables.text.lines import Line
from workbench.tables.text.segments import PieceRow
from workbench.tables.text.spans import kind_of
from workbench.tables.text.tsv import tables_in_place

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)')
_OTHER_LAYOUT = re.compile(r"[\t|]|\d\s+\d|\S\s{2,}\S")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_LONGEST_CELL = 60


def stands_between_commas(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it is a row of comma-separated cells: three lines or more of as many cells each, short
    ones, with figures among them. Sentences and figures with thousands set off by commas are none."""
    counts = [_count(line) for line in lines]
    found: list[bool] = []
    for count, group in groupby(zip(counts, lines, strict=True), key=itemgetter(0)):
        rows = [line for _, line in group]
        enough = count >= _FEWEST_CELLS and len(rows) >= _FEWEST_ROWS
        found += [enough and sum(map(_has_figure, rows)) * 2 >= len(rows)] * len(rows)
    return found


def comma_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of comma-separated cells in these lines, in order. Text between them is left out."""
    tables: list[RawTable] = []
    above: list[Line] = []
    for inside, group in groupby(zip(stands_between_commas(lines), lines, strict=True), key=itemgetter(0)):
        stretch = [line for _, line in group]
        if inside:
            rows: list[PieceRow] = [[line.pieces(start, end) for start, end in _cells(line)] for line in stretch]
            tables.extend(tables_in_place(rows, captions_before(above)))
        above = [] if inside else stretch
    return tables


def _count(line: Line) -> int:
    """How many cells a line has, 0 where it is no row."""
    if "," not in _THOUSANDS.sub("", line.text) or _OTHER_LAYOUT.search(line.text):
        return 0
    cells = list(_cells(line))
    return len(cells) if all(end - start <= _LONGEST_CELL for start, end in cells) else 0


def _has_figure(line: Line) -> bool:
    return any(kind_of(line.text[start:end].strip()) == "figure" for start, end in _cells(line))


def _cells(line: Line) -> Iterator[tuple[int, int]]:
    """Where the cells of a line stand in it, quotation marks left out."""
    position = 0
    while position <= len(line.text):
        match = _CELL.match(line.text, position)
        if match is None:
            return
        yield match.span(1) if match[1] is not None else match.span(2)
        if match.end() == len(line.text) and not match[0].endswith(","):
            return
        position = match.end()
