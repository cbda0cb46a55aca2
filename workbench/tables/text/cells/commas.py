"""Tables in lines of cells apart by commas or semicolons, as spreadsheets are saved; a cell with one in it stands in
quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from workbench.tables.raw import RawTable
from workbench.tables.text.captions import captions_before
from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.cells.tsv import is_beside_table, tables_in_place
from workbench.tables.text.lines import Line, text_of

_SIGNS = ",，;；"
"""What may stand between cells: commas and semicolons, of Latin and of Chinese script."""
_SENTENCE = re.compile(r"[\u4e00-\u9fff）”][。：]$")
"""How a line of Chinese ends that is no row of cells, though such commas stand in it."""
_TOLD = re.compile(r"[\u4e00-\u9fff]\s*-?\d[\d,]*(?:\.\d+)?\s*(?:[亿万千百]*元|[%％])")
"""A figure that a sentence tells with its unit; a cell holds a label or a figure."""
_FEWEST_TOLD = 2
_OTHER_LAYOUT = re.compile(r"[\t|]|\d\s+\d|\S\s{2,}\S")
_THOUSANDS = re.compile(r"(?<=\d)(?<!\.\d)(?<!\.\d\d)(?<!\.\d{3})(?<!\.\d{4})(?<!\.\d{6}),(?=\d{3}(?!\d))")
_QUOTED = re.compile(r'"[^"]*"')
_FEWEST_ROWS = 3
_FEWEST_CELLS = 3
_LEAST_LIKELY = 0.6
"""The share of lines with as many cells as the next that makes a file one of comma-separated cells."""
_FEWEST_IN_RUN = 5
"""So many commas stand in the rows of a run below its first."""
_LONGEST_CELL = 60
_FEWEST_NAMES = 3
"""So many columns are numbered at least where a data frame was saved."""


def stands_between_commas(lines: Sequence[Line]) -> list[bool]:
    """For each line whether it is a row of cells apart by one sign: three lines or more of as many cells each, short
    ones, with figures among them; where there are such, other runs of as many cells too. Sentences and figures with
    thousands set off by commas are none."""
    return _signs(lines)[1]


def comma_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of comma-separated cells in these lines, in order. Text between them is left out."""
    tables: list[RawTable] = []
    above: list[Line] = []
    sign, marks = _signs(lines)
    marks = [inside and not is_beside_table(sign.row(line)) for inside, line in zip(marks, lines, strict=True)]
    for inside, group in groupby(zip(marks, lines, strict=True), key=itemgetter(0)):
        stretch = [line for _, line in group]
        if inside:
            rows = _without_index([sign.row(line) for line in stretch])
            tables.extend(tables_in_place(rows, captions_before(above)))
        above = [] if inside else stretch
    return tables


def _signs(lines: Sequence[Line]) -> tuple[_Sign, list[bool]]:
    """The sign that stands between the cells of most lines, and these lines marked."""
    ways = [(sign, sign.rows(lines)) for sign in map(_Sign, _SIGNS)]
    return max(ways, key=lambda way: sum(way[1]))


def _without_index(rows: Sequence[PieceRow]) -> list[PieceRow]:
    """Rows without those of 0, 1, 2 … that data frames name their columns by,
    and without the running number before each row below such a one."""
    kept: list[PieceRow] = []
    number = -1
    for row in rows:
        texts = [text_of(cell) for cell in row]
        indexed = len(texts) > 1 and not texts[0]
        names = texts[1:] if indexed else texts
        if len(names) >= _FEWEST_NAMES - indexed and names == list(map(str, range(len(names)))):
            number = 0 if indexed else -1
        elif number >= 0 and texts[0] == str(number):
            number += 1
            kept.append(row[1:])
        else:
            number = -1
            kept.append(row)
    return kept


def _tells(text: str) -> bool:
    """Whether a line is of a sentence that tells several figures, between commas of whatever script."""
    return len(_TOLD.findall(text)) >= _FEWEST_TOLD


@dataclass(frozen=True)
class _Sign:
    """A sign that may stand between cells."""

    sign: str

    @cached_property
    def _cell(self) -> re.Pattern[str]:
        return re.compile(rf'(?:"((?:[^"]|"")*)"|([^{self.sign}]*))(?:{self.sign}|$)')

    def row(self, line: Line) -> PieceRow:
        """The cells of a line."""
        return [line.pieces(start, end) for start, end in self._cells(line)]

    def rows(self, lines: Sequence[Line]) -> list[bool]:
        """The lines marked that are rows of cells apart by this sign."""
        if sum(line.text.count(self.sign) > 1 for line in lines) < _FEWEST_ROWS:
            return [False] * len(lines)
        sure = self._marked(lines, self._count, _FEWEST_ROWS)
        if not any(sure):
            return sure
        likely = self._marked(lines, self._loose_count, 2)
        if sum(likely) < _LEAST_LIKELY * sum(not line.blank for line in lines):
            likely = self._marked(lines, self._plain_count, 2, _FEWEST_IN_RUN)
        return [first or second for first, second in zip(sure, likely, strict=True)]

    def _marked(self, lines: Sequence[Line], count_of: Callable[[Line], int], fewest: int, size: int = 0) -> list[bool]:
        """The lines marked that stand in runs of at least so many rows of one count of cells, and of such a `size`; a
        sure run holds figures."""
        found: list[bool] = []
        for count, group in groupby(((count_of(line), line) for line in lines), key=itemgetter(0)):
            rows = [line for _, line in group]
            enough = count >= _FEWEST_CELLS - (fewest < _FEWEST_ROWS) and len(rows) >= fewest
            enough = enough and (count - 1) * (len(rows) - 1) >= size
            if enough and fewest >= _FEWEST_ROWS:
                enough = sum(map(self._has_figure, rows)) * 2 >= len(rows)
            found += [enough] * len(rows)
        return found

    def _count(self, line: Line) -> int:
        """How many cells a line has, 0 where it is no row."""
        if self.sign not in self._without_thousands(line.text) or _OTHER_LAYOUT.search(line.text) or _tells(line.text):
            return 0
        cells = list(self._cells(line))
        return len(cells) if all(end - start <= _LONGEST_CELL for start, end in cells) else 0

    def _loose_count(self, line: Line) -> int:
        """How many cells a line of a file of such cells has, 0 where it is no row of it."""
        if self.sign not in line.text or "\t" in line.text or _tells(line.text):
            return 0
        if not self.sign.isascii() and _SENTENCE.search(line.text.rstrip()):
            return 0
        cells = list(self._cells(line))
        return (
            len(cells)
            if all(end - start <= _LONGEST_CELL or line.text[end : end + 1] == '"' for start, end in cells)
            else 0
        )

    def _plain_count(self, line: Line) -> int:
        """The same, 0 where a comma outside quotation marks may set off thousands."""
        bare = _QUOTED.sub("", line.text)
        return 0 if self.sign not in self._without_thousands(bare) or self._sets_off(bare) else self._loose_count(line)

    def _has_figure(self, line: Line) -> bool:
        return any(kind_of(line.text[start:end].strip()) == "figure" for start, end in self._cells(line))

    def _cells(self, line: Line) -> Iterator[tuple[int, int]]:
        """Where the cells of a line stand in it, quotation marks left out."""
        position = 0
        while position <= len(line.text):
            match = self._cell.match(line.text, position)
            if match is None:
                return
            yield match.span(1) if match[1] is not None else match.span(2)
            if match.end() == len(line.text) and not match[0].endswith(self.sign):
                return
            position = match.end()

    def _sets_off(self, text: str) -> bool:
        """Whether this sign may set off thousands in a text."""
        return self.sign == "," and _THOUSANDS.search(text) is not None

    def _without_thousands(self, text: str) -> str:
        return _THOUSANDS.sub("", text) if self.sign == "," else text
