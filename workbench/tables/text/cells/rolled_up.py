"""Lines into which a whole page is rolled up: converters to Markdown write the tables inside a cell of another on its
line, bars and all. Unrolled, each of its paragraphs and rows is a line again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from workbench.tables.text.lines import Line

_FEWEST_BARS = 60
"""No row of a table has so many cells."""
_PARAGRAPH = re.compile(r"\S+(?: \S+)*")
_APART = re.compile(r"^ {3}|\S {2,}\S| {3}$")
"""Two blanks stand where a paragraph ended."""
_RULE = re.compile(r"^ *:?-{3,}:? *$")
_LINE_END = " "
"""What is left of the end of a row between its last bar and the first of the next; a blank cell is wider, and only the
rest of a span looks the same."""


class _Cell(NamedTuple):
    """What stands between two bars, and where."""

    text: str
    start: int
    end: int


def unrolled(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, those that hold a page cut into its paragraphs and the rows of its tables."""
    if not any(_is_rolled_up(line) for line in lines):
        return lines
    return [part for line in lines for part in (_parts(line) if _is_rolled_up(line) else (line,))]


def _is_rolled_up(line: Line) -> bool:
    return line.text.count("|") >= _FEWEST_BARS and "\t" not in line.text


def _parts(line: Line) -> Iterator[Line]:
    cells: list[_Cell] = []
    for match in re.finditer(r"[^|]*", line.text):
        text = match.group()
        if not text:
            continue
        if not _APART.search(text):
            cells.append(_Cell(text, match.start(), match.end()))
            continue
        yield from _rows(line, cells)
        cells = []
        for paragraph in _PARAGRAPH.finditer(text):
            yield _part(line, match.start() + paragraph.start(), match.start() + paragraph.end())
    yield from _rows(line, cells)


def _rows(line: Line, cells: Sequence[_Cell]) -> Iterator[Line]:
    """The rows of a table. One is as long as most stretches without anything that may be the end of a row; what may be
    ends a row that is as long, or that would be longer with the next stretch, or before a stretch that is a row."""
    stretches = [list(group) for ends, group in groupby(cells, key=lambda cell: cell.text == _LINE_END) if not ends]
    lengths = Counter(map(len, stretches))
    width = max(lengths, key=lambda length: (lengths[length], length), default=0)
    row: list[_Cell] = []
    for index, cell in enumerate(cells):
        if cell.text == _LINE_END:
            following = next((n for n, other in enumerate(cells[index + 1 :]) if other.text == _LINE_END), width)
            if len(row) >= width or following == width or len(row) + 1 + following > width:
                yield from _row(line, row)
                row = []
                continue
        row.append(cell)
    yield from _row(line, row)


def _row(line: Line, row: Sequence[_Cell]) -> Iterator[Line]:
    """The line of a row, none where it prints nothing or rules the header off."""
    if row and any(cell.text.strip() and not _RULE.match(cell.text) for cell in row):
        yield _part(line, max(row[0].start - 1, 0), min(row[-1].end + 1, len(line.text)))


def _part(line: Line, start: int, end: int) -> Line:
    return line._replace(start=line.start + start, end=line.start + end, text=line.text[start:end])
