"""The cells of a row of indicators in running text: the pieces of lines behind its names, dealt to columns.

Where one cell ends and the next begins is decided by how text is wrapped: a line inside a cell is as long as its column
allows, the next word would not have fitted; what a page break cut off goes on in the columns that were full.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from workbench.fiscal.counting import any_counting_word
from workbench.model.display_width import display_width
from workbench.tables.text.forms.indicator_columns import COMPARES, IndicatorColumns, is_operator, is_unit
from workbench.tables.text.forms.indicators import IndicatorRow, Part
from workbench.tables.text.lines import Piece

_NEVER = 1e9
_MOST_PARTS = 14
_SKIP, _UNNAMED, _NO_VALUE = 2.5, 0.5, 0.3
"""What it costs that a cell is blank, and that it is the one that names the indicator, or the one with its value."""
_DEAREST = 7
"""A cell that costs so much more than it began with does not go on."""
_LEAST_SHARED = 5
"""How many characters two rows must end with alike for it to mean something."""
_SHORT = "无有是否高中低优良"
"""Single characters that may fill a cell."""
_VALUE = re.compile(r"^(?:[≥≤＝=<>＜＞≧≦≠]|大于|小于|不少于|不低于|不超过|不高于|\d)")
_CITES = re.compile(r"[〔【《\[［]|^(?:根据|按照|依据|按文件)")
_NUMBER_OF = re.compile(r"^[〔【\[［]")
"""The number of a document; its name stands before it."""
_COMPLETE = re.compile(rf"^[≥≤＝=<>＜＞≧≦]?\s*[\d.,]+\s*(?:%|％|万?元(?:/人)?|{any_counting_word()})$")
_UNBROKEN = re.compile(r"[A-Za-z0-9.,%]+")
_SCORE = re.compile(r"^\d+(?:\.\d+)?[%％]?$|^[-—–]+$")
_NO_SCORE = 3.0
"""What it costs that a score is no number, or has several parts, or that a number stands for words; so of operators."""
_NO_UNIT = 1.5
"""What it costs that nothing is counted in what stands in the column of units."""


@dataclass(slots=True)
class Widths:
    """How wide the lines of each column may be, 0 where that is not known."""

    of: list[int]
    most: list[int]
    """The widest line seen in each column."""

    @classmethod
    def unknown(cls, count: int) -> Widths:
        """No column is known."""
        return cls([0] * count, [0] * count)


def column_widths(rows: Sequence[IndicatorRow], labels: Sequence[str]) -> Widths:
    """How wide the columns are, by the lines that were wrapped in them at a first reading."""
    unknown = Widths.unknown(len(labels))
    wrapped: list[Counter[int]] = [Counter() for _ in labels]
    most = [0] * len(labels)
    for row in rows:
        for column, cell in enumerate(split_cells(row, labels, unknown)):
            lines = _lines_of(cell)
            for text, _ in pairwise(lines):
                wrapped[column][display_width(text)] += 1
            most[column] = max([most[column], *(display_width(text) for text in lines)])
    return Widths([_usual(counts) for counts in wrapped], most)


def _usual(counts: Counter[int]) -> int:
    """The greatest width that more than one line in ten has."""
    total = sum(counts.values())
    if total < 3:
        return 0
    return max((width for width, count in counts.items() if count * 10 > total), default=0)


def _lines_of(parts: Sequence[Part]) -> list[str]:
    lines: list[str] = []
    last = -1
    for part in parts:
        if part.first.line == last:
            lines[-1] += " " + part.text
        else:
            lines.append(part.text)
        last = part.first.line
    return lines


def shared_endings(rows: Sequence[IndicatorRow]) -> list[int]:
    """For each row how many of its last parts the row above or below ends with too: the basis of all indicators of a
    form is often one and the same."""
    texts = [[part.text for part in row.parts] for row in rows]
    shared = [0] * len(rows)
    for index, (above, below) in enumerate(pairwise(texts)):
        count = 0
        while count < min(len(above), len(below)) - 1 and above[-count - 1] == below[-count - 1]:
            count += 1
        if count and sum(len(text) for text in above[-count:]) >= _LEAST_SHARED:
            shared[index], shared[index + 1] = max(shared[index], count), max(shared[index + 1], count)
    return shared


def split_cells(row: IndicatorRow, labels: Sequence[str], widths: Widths, ending: int = 0) -> list[list[Part]]:
    """The parts of a row, one list for each column of `labels`; the last `ending` parts are likely the last cell."""
    cells: list[list[Part]] = [[] for _ in labels]
    start = 0
    for index in range(1, len(row.parts) + 1):
        if index < len(row.parts) and not row.parts[index].cut:
            continue
        run = row.parts[start:index]
        full = [_fullness(cell, widths.of[column] or widths.most[column]) for column, cell in enumerate(cells)]
        mark = max(len(row.parts) - ending - start, 0) if ending else -1
        for column, parts in enumerate(_Run(run, labels, widths, full if start else None, mark).dealt()):
            cells[column].extend(parts)
        start = index
    return cells


def _fullness(cell: Sequence[Part], width: int) -> float:
    """How far the last line of a cell fills its column, from 0 to 1."""
    if not cell:
        return 0.0
    used = display_width(_lines_of(cell)[-1])
    return 1.0 if not width or used >= width - 3 else float((used / width) ** 4)


class _Join(NamedTuple):
    """What it costs that a part is of one cell with the part before: `cost`, and where it begins a line the widths that
    tell whether it would have fitted on the line above, else None."""

    cost: float
    same_line: bool
    unit: int | None


class _Run:
    """Parts that are dealt to columns from left to right, what can be known of each looked at once.

    `goes_on` says how full the columns were before a page break, None for the beginning of a row; the last cell likely
    begins at part `mark`.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        labels: Sequence[str],
        widths: Widths,
        goes_on: Sequence[float] | None,
        mark: int,
    ) -> None:
        self._parts = parts
        self._widths = widths.of
        self._goes_on = goes_on
        self._mark = mark
        columns = IndicatorColumns.of(labels)
        self._values, self._scores = columns.values, columns.scores
        self._operators, self._units = columns.operators, columns.units
        self._begins = {
            value: [_begin_cost(parts, at, value or any(self._operators), goes_on) for at in range(len(parts))]
            for value in set(self._values)
        }
        self._joins = [_join(left, right, goes_on is None) for left, right in pairwise(parts)]

    def dealt(self) -> list[list[Part]]:
        """The parts of each column, the cheapest way."""
        parts, count, columns = self._parts, len(self._parts), len(self._values)
        best = [[_NEVER] * (columns + 1) for _ in range(count + 1)]
        back: list[list[int]] = [[0] * (columns + 1) for _ in range(count + 1)]
        best[0][0] = 0.0
        scored = any(self._scores)
        for column in range(columns):
            unlikely = _UNNAMED if column == 0 else _NO_VALUE if self._values[column] and not scored else 0.0
            skip = _SKIP + unlikely if self._goes_on is None else 0.6 * self._goes_on[column]
            for start in range(count + 1):
                base = best[start][column]
                if base >= _NEVER:
                    continue
                if base + skip < best[start][column + 1]:
                    best[start][column + 1], back[start][column + 1] = base + skip, start
                if start == count:
                    continue
                for end, cost in self._ends(start, column, base):
                    if cost < best[end][column + 1]:
                        best[end][column + 1], back[end][column + 1] = cost, start
        if best[count][columns] >= _NEVER:
            return [list(parts), *([] for _ in self._values[1:])]
        cells: list[list[Part]] = []
        end = count
        for column in range(columns, 0, -1):
            start = back[end][column]
            cells.append(list(parts[start:end]))
            end = start
        return cells[::-1]

    def _ends(self, start: int, column: int, base: float) -> Iterator[tuple[int, float]]:
        """Where a cell of a column that begins at a part may end, and what that costs; `base` is what the parts before
        it cost."""
        parts, width, value = self._parts, self._widths[column], self._values[column]
        last_column = column == len(self._values) - 1
        cost = base + self._entry(start, column)
        used, whole = 0, ""
        for end in range(start + 1, min(start + _MOST_PARTS, len(parts)) + 1):
            part = parts[end - 1]
            if value:
                cost += _value_cost(whole, part.text)
                whole += part.text
            if start < self._mark < end and not last_column:
                cost += 1.0
            if end - start > 1:
                join = self._joins[end - 2]
                cost += join.cost + (_NO_SCORE if self._scores[column] else 0.0)
                if width and join.unit is not None:
                    cost += (1.6 if used + join.unit <= width - 1 else 0.0) + (3.0 if part.width > width + 1 else 0.0)
                used = used + 1 + part.width if join.same_line else part.width
            else:
                used = part.width
                cost += 3.0 if width and part.width > width + 1 else 0.0
            yield end, cost
            if cost > base + _DEAREST:
                return

    def _entry(self, start: int, column: int) -> float:
        """What it costs that a cell of a column begins at a part."""
        cost = self._begins[self._values[column]][start]
        if any(self._scores) and not self._values[column]:
            cost += _NO_SCORE if self._scores[column] != bool(_SCORE.match(self._parts[start].text)) else 0.0
        if any(self._operators):
            cost += _NO_SCORE * (self._operators[column] != is_operator(self._parts[start].text))
        if self._units[column] and not is_unit(self._parts[start].text):
            cost += _NO_UNIT
        before = self._widths[column - 1] if column else 0
        if before and start and self._parts[start].first.gap and self._parts[start - 1].width >= before - 1:
            cost += 1.0
        if self._goes_on is not None:
            cost += 2.0 * (1 - self._goes_on[column])
        if 0 <= self._mark <= start:
            cost += -2.0 if column == len(self._values) - 1 else 2.0
        return cost


def _value_cost(before: str, text: str) -> float:
    """What it costs that a part belongs to a value behind what it has: documents are cited as its basis, not in it, and
    a complete value is followed by nothing."""
    cost = 2.5 if _CITES.search(text) else 0.0
    return cost + 1.2 if before and _COMPLETE.match(before) else cost


def _begin_cost(parts: Sequence[Part], start: int, value: bool, goes_on: Sequence[float] | None) -> float:
    """What it costs that a cell begins at a part."""
    text = parts[start].text
    cost = 0.0
    if _NUMBER_OF.match(text):
        cost += 2.0
    if COMPARES.match(text):
        cost += -1.0 if value else 2.0
    elif value and not _VALUE.match(text) and display_width(text) > 20:
        cost += 1.0
    if goes_on is None and len(text) == 1 and not text.isascii() and text not in _SHORT:
        cost += 1.5
    if start == 0:
        return cost
    left, right = parts[start - 1].words[-1], parts[start].first
    if right.text[0] in "，。；、）)：":
        cost += 3.0
    if left.line == right.line:
        if not left.text[-1].isascii() and right.text[0].isdigit():
            return cost + 0.3
        return cost + (0.8 if right.text[0].isascii() and right.text[0].isalpha() else 0.0)
    return cost + (0.5 if right.gap else 0.0)


def _join(left: Part, right: Part, fresh: bool) -> _Join:
    """What it costs that two neighbouring parts are of one cell; `fresh` says that no page break stands before them."""
    first = right.words[0]
    same_line = left.words[0].line == first.line
    if COMPARES.match(right.text):
        return _Join(3.0, same_line, None)
    if not same_line:
        return _Join(0.0 if first.gap else 0.9, same_line, _unit(right.text))
    if left.text[-1].isascii() or right.text[0].isascii():
        return _Join(0.7, same_line, None)
    # The short end of a wrapped line stands first on its line; below a page break the ends of several cells do.
    rest = len(left.text) <= 2 and (left.first.first and left.first.gap if fresh else not left.first.first)
    return _Join(0.6 if rest else 1.8, same_line, None)


def _unit(text: str) -> int:
    """How wide the first bit of a text is that is not broken."""
    match = _UNBROKEN.match(text)
    return len(match[0]) + 1 if match else display_width(text[0])


def pieces_of(cell: Sequence[Part]) -> list[Piece]:
    """The pieces of a cell, in order."""
    return [word.piece for part in cell for word in part.words]
