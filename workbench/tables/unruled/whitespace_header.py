"""The header of a table without rules: which columns each name stands over.

A name stands over one column, or it is centred over several that have lower names of their own. The names of one line
part the columns between them so that each is centred on its own as well as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from workbench.fiscal.headers import is_numbering_row
from workbench.model.amount import match_key
from workbench.model.source import GridCell
from workbench.tables.unruled.header_names import ROW_WORDS, Name, numbers_columns
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.name_matching import match_names
from workbench.tables.unruled.sides import Sides

_SAME_LINE = 0.45
_UNCOVERED, _UNCOVERED_COLUMN, _BLANK = 6.0, 1.0, 12.0
"""In points of being out of the centre: what it costs that no name of a line stands over some column with a lower name,
each of them, and each column without one that a name of the line stands over."""
_UNSURE = 0.5
"""The name of a column may stand lower or beside."""
_LONE = 4.0
"""As much: what it costs that a name with lower names below it stands over one column."""

_State = tuple[int, int, bool]
"""How many columns and names are placed, and whether a column is left without a name above its own."""
_Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Placed:
    """A name and the columns that it stands over, and its row and rows."""

    name: Name
    left: int
    right: int
    row: int = 0
    last: int = 0


def header_cells(
    names: Sequence[Name], leaves: dict[int, Name], sides: Sides, rules: LevelRules, *, guessed: bool = False
) -> tuple[list[GridCell], int]:
    """The cells of the header with their spans, and how many rows it has; `leaves` are the names of single columns. The
    sides are `guessed` from the names where the table is blank."""
    edges = sides.edges
    numbers, beside, others = _numbering_line(names)
    if numbers:
        leaves = match_names(list(pairwise(edges)), [*others, *beside], complete=True, left=sides.left)[1]
    placed = [_Placed(name, column, column) for column, name in leaves.items()]
    single = {id(name) for name in leaves.values()}
    lines = _lines([name for name in others if id(name) not in single])
    placed += _spanners(lines, placed, sides, rules, guessed=guessed)
    height = _stack(placed, len(edges) - 1)
    if numbers:
        row = max((entry.row for entry in placed if entry.name in beside), default=height)
        for entry in placed:
            if entry.name not in beside:
                entry.last = min(entry.last, row - 1)
        placed += _number(numbers, sides, row)
        height = row + 1
    cells = [
        GridCell(
            entry.row,
            entry.left,
            entry.last - entry.row + 1,
            entry.right - entry.left + 1,
            tuple((piece.start, piece.end) for piece in entry.name.pieces),
        )
        for entry in sorted(placed, key=lambda entry: (entry.row, entry.left))
    ]
    return cells, height


def without_numbers(names: Sequence[Name]) -> list[Name]:
    """The names but for the numbers of the columns, where a line has such; all where there are no others."""
    _, beside, others = _numbering_line(names)
    return [*others, *beside] or list(names)


def _lines(names: Sequence[Name]) -> list[list[Name]]:
    """Names line by line, from the top."""
    lines: list[list[Name]] = []
    for name in sorted(names, key=lambda name: name.top):
        if lines and name.top - lines[-1][0].top <= _SAME_LINE * name.height:
            lines[-1].append(name)
        else:
            lines.append([name])
    return [sorted(line, key=lambda name: name.x0) for line in lines]


def _numbering_line(names: Sequence[Name]) -> tuple[list[Name], list[Name], list[Name]]:
    """The names of the line that numbers the columns, those beside and below it, and all others."""
    for line in reversed(_lines(names)):
        numbers = [name for name in line if numbers_columns(name.text)]
        if is_numbering_row([name.text for name in numbers]):
            top = line[0].top - _SAME_LINE * line[0].height
            beside = [name for name in names if name.bottom > top and name not in numbers]
            return numbers, beside, [name for name in names if name.bottom <= top]
    return [], [], list(names)


def _spanners(
    lines: Sequence[Sequence[Name]], leaves: Sequence[_Placed], sides: Sides, rules: LevelRules, *, guessed: bool
) -> list[_Placed]:
    """The columns that the names of all lines stand over, placed from the lowest line up or from the highest down: what
    is placed first binds the others, and where it is wrong they fit worse. Where the sides of the columns are `guessed`
    from the lowest names, these are what is sure."""
    ways: list[tuple[float, list[_Placed]]] = []
    for ordered in (lines[::-1],) if guessed or len(lines) < 2 else (lines[::-1], lines):
        found: list[_Placed] = []
        total = 0.0
        for line in ordered:
            cost, spanners = _over(line, [*leaves, *found], sides, rules)
            total += cost
            found += spanners
        ways.append((total, found))
    return min(ways, key=lambda way: way[0])[1]


def _over(
    line: Sequence[Name], placed: Sequence[_Placed], sides: Sides, rules: LevelRules
) -> tuple[float, list[_Placed]]:
    """The columns that each name of a line stands over: those parts of all columns that cost least;
    and what they cost."""
    edges = sides.edges
    lower = _lower(line[0], placed, sides, rules)
    top = line[0].top
    wider = [(entry.left, entry.right + 1, entry.name.top > top) for entry in placed if entry.left != entry.right]
    width = len(edges) - 1
    best: dict[_State, tuple[float, _Spans]] = {(0, 0, False): (0.0, ())}
    for state in product(range(width + 1), range(len(line) + 1), (False, True)):
        if state not in best:
            continue
        (column, count, skipped), (cost, spans) = state, best[state]
        if column < width:
            certain = lower[column] == 1.0
            more = _UNCOVERED * (certain and not skipped) + _UNCOVERED_COLUMN * lower[column]
            _keep(best, (column + 1, count, skipped or certain), cost + more, spans)
        if count == len(line):
            continue
        for end in range(column + 1, width + 1):
            if any(_cuts(column, end, other) for other in wider):
                continue
            more = _misfit(line[count], column, end, sides)
            more += sum(_BLANK * (own == 0.0) + _UNCOVERED_COLUMN * (own == _UNSURE) for own in lower[column:end])
            more += _LONE * (end - column == 1 and lower[column] > 0)
            _keep(best, (end, count + 1, skipped), cost + more, (*spans, (column, end - 1)))
    found = [best[width, len(line), skipped] for skipped in (False, True) if (width, len(line), skipped) in best]
    if not found:
        return 0.0, []
    cost, spans = min(found)
    return cost, [_Placed(name, *span) for name, span in zip(line, spans, strict=True)]


def _cuts(first: int, end: int, other: tuple[int, int, bool]) -> bool:
    """Whether a name over these columns stands over a part only of what a lower name does, or over the side of a higher
    one; `other` is where that one begins and ends, and whether it is lower."""
    left, right, lower = other
    if lower:
        return left < first < right or left < end < right
    return first < left < end or first < right < end


def _keep(best: dict[_State, tuple[float, _Spans]], state: _State, cost: float, spans: _Spans) -> None:
    if state not in best or cost < best[state][0]:
        best[state] = cost, spans


def _misfit(name: Name, first: int, end: int, sides: Sides) -> float:
    """How far a name lies from where it would stand over the columns from `first` to before `end`."""
    if sides.left:
        return abs(sides.edges[first] + sides.padding - name.x0)
    return abs((sides.edges[first] + sides.edges[end]) / 2 - name.centre)


def _lower(name: Name, placed: Sequence[_Placed], sides: Sides, rules: LevelRules) -> list[float]:
    """For each column whether its own name stands lower than a name above: 1 where it does, 0 where it does not."""
    lower = [0.0] * (len(sides.edges) - 1)
    lowest = max((entry.name.bottom for entry in placed), default=name.bottom)
    for entry in placed:
        if entry.left == entry.right and entry.name.top - name.bottom >= 0.6 * name.height:
            # a name half way down may as well reach over the whole height beside this one
            half_way = abs(entry.name.top + entry.name.bottom - name.bottom - lowest) < 0.6 * name.height
            lower[entry.left] = (0.0 if sides.left else _UNSURE) if half_way else 1.0
    below = [level for level in rules.between(name.bottom, lowest) if level.covers(name.centre)]
    for level in below[:1]:
        tops = {entry.left: entry.name.top for entry in placed if entry.left == entry.right}
        lower = [
            float(tops.get(column, level.y) > level.y and level.covers((left + right) / 2))
            for column, (left, right) in enumerate(pairwise(sides.edges))
        ]
    return lower


def _stack(placed: list[_Placed], width: int) -> int:
    """Gives each name its row and how far it reaches down; how many rows there are."""
    depth = [0] * width
    below: list[list[_Placed]] = [[] for _ in range(width)]
    for entry in sorted(placed, key=lambda entry: (entry.left == entry.right, entry.name.top)):
        columns = range(entry.left, entry.right + 1)
        entry.row = max(depth[column] for column in columns)
        for column in columns:
            depth[column] = entry.row + 1
            below[column].append(entry)
    height = max(depth, default=0)
    for entry in placed:
        nexts = [
            next((lower.row for lower in below[column] if lower.row > entry.row), height)
            for column in range(entry.left, entry.right + 1)
        ]
        entry.last = min(nexts) - 1
    return height


def _number(line: Sequence[Name], sides: Sides, row: int) -> list[_Placed]:
    """The names of the line that numbers the columns, in a row of their own."""
    edges = sides.edges
    found: list[_Placed] = []
    first = 0
    for name in sorted(line, key=lambda name: name.x0):
        spans = [
            (_misfit(name, left, right + 1, sides) + (right > left), left, right)
            for left in range(first, len(edges) - 1)
            for right in range(left, len(edges) - 1)
            if edges[left] <= name.centre <= edges[right + 1] and (right == left or match_key(name.text) in ROW_WORDS)
        ]
        if not spans:
            continue
        _, left, right = min(spans)
        found.append(_Placed(name, left, right, row, row))
        first = right + 1
    return found
