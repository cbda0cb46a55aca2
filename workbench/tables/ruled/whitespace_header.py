"""The header of a table without rules: which columns each name stands over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.fiscal.headers import is_header_word, is_level
from workbench.model.amount import match_key
from workbench.model.source import GridCell
from workbench.tables.ruled.printed import Piece, PrintedLine, column_of

_ONE_NAME, _SPACED_NAME = 0.35, 4.5
"""In heights of print: words of a header nearer than this are one name; so are the characters of one spread out."""
_WRAPPED = 1.7
"""In heights of print: how far below the first line of a name its next line stands at most."""
_CENTRED = 4.0
"""In points: a name is centred over its columns to this exactness."""
_SPARE_NAME, _SPARE_SPANNER, _NAMELESS = 4.0, 0.2, 12.0
"""In heights of print: what a name of the lowest line without a column, one above it, and a column without a name cost."""
_NUMBERING = ("栏次", "行次", "**")


@dataclass(slots=True)
class _Name:
    """A name in the header: its words, and the first and last row and column that it stands over."""

    pieces: list[Piece]
    x0: float
    x1: float
    top: int
    bottom: int
    left: int = 0
    right: int = 0

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2


def match_names(
    columns: Sequence[tuple[float, float]], header: Sequence[PrintedLine]
) -> tuple[list[tuple[float, float]], dict[int, float]]:
    """The columns with those that only the header shows, and for each column with a name the middle of that name.

    Names and columns are matched in their order from the left, so that they are as near to each other as can be; a
    name of the lowest line without a column is one without figures.
    """
    names = _leaves(header)
    if not names:
        return list(columns), {}
    height = header[-1].height
    matches = _matches(columns, names, height)
    found: list[tuple[float, float, float | None]] = [
        (left, right, names[matches[index]].centre if index in matches else None)
        for index, (left, right) in enumerate(columns)
    ]
    matched = set(matches.values())
    for index, name in enumerate(names):
        if index not in matched and not _is_between_lower(name, header):
            found.append((name.x0, name.x1, name.centre))
    found.sort(key=lambda entry: (entry[0] + entry[1]) / 2)
    extents: list[tuple[float, float]] = []
    for left, right, _ in found:
        # a name may lie partly over the column beside its own
        extents.append(
            (max(left, extents[-1][1]) if extents else left, max(right, extents[-1][1] if extents else right))
        )
    return extents, {index: centre for index, (_, _, centre) in enumerate(found) if centre is not None}


def _is_between_lower(name: _Name, header: Sequence[PrintedLine]) -> bool:
    """Whether the nearest names on both sides of a name stand on lower lines: it stands over them, then."""
    others = [other for row in range(name.top, len(header)) for other in _names(header[row], row)]
    left = max((other for other in others if other.x1 <= name.x0), key=lambda other: other.x1, default=None)
    right = min((other for other in others if other.x0 >= name.x1), key=lambda other: other.x0, default=None)
    return left is not None and right is not None and min(left.top, right.top) > name.top


def _leaves(header: Sequence[PrintedLine]) -> list[_Name]:
    """The lowest names of the header: none has another name below it."""
    leaves: list[_Name] = []
    for row in range(len(header) - 1, -1, -1):
        for name in _names(header[row], row):
            if all(name.x1 <= other.x0 or name.x0 >= other.x1 for other in leaves):
                leaves.append(name)
    return sorted(leaves, key=lambda name: name.centre)


def _matches(columns: Sequence[tuple[float, float]], names: Sequence[_Name], height: float) -> dict[int, int]:
    """For each column the index of its name, where it has one."""
    last = max(name.bottom for name in names)
    skipped = [_SPARE_NAME * height if name.bottom == last else _SPARE_SPANNER * height for name in names]
    costs: list[list[float]] = [[0.0] * (len(names) + 1) for _ in range(len(columns) + 1)]
    steps: list[list[str]] = [[""] * (len(names) + 1) for _ in range(len(columns) + 1)]
    for column in range(len(columns) + 1):
        for place in range(len(names) + 1):
            choices: list[tuple[float, str]] = []
            if column and place:
                left, right = columns[column - 1]
                name = names[place - 1]
                apart = max(name.x0 - right, left - name.x1, 0.0)
                choices.append((costs[column - 1][place - 1] + apart, "both"))
            if place:
                choices.append((costs[column][place - 1] + skipped[place - 1], "name"))
            if column:
                choices.append((costs[column - 1][place] + _NAMELESS * height, "column"))
            if choices:
                costs[column][place], steps[column][place] = min(choices)
    matches: dict[int, int] = {}
    column, place = len(columns), len(names)
    while column or place:
        step = steps[column][place]
        if step == "both":
            matches[column - 1] = place - 1
        column -= step in ("both", "column")
        place -= step in ("both", "name")
    return matches


def header_cells(header: Sequence[PrintedLine], edges: Sequence[float]) -> tuple[list[GridCell], int]:
    """The cells of the header with their spans, and how many rows it has."""
    names: list[_Name] = []
    for row, line in enumerate(header):
        found = _names(line, row)
        _spread(found, edges, line, header[row + 1 :])
        for name in found:
            above = _wrapped_above(name, names, header)
            if above is None:
                names.append(name)
            else:
                above.pieces += name.pieces
                above.bottom = row
    _grow(names, len(header))
    cells = [
        GridCell(
            name.top,
            name.left,
            name.bottom - name.top + 1,
            name.right - name.left + 1,
            tuple((piece.start, piece.end) for piece in name.pieces),
        )
        for name in names
    ]
    return cells, len(header)


def _names(line: PrintedLine, row: int) -> list[_Name]:
    names: list[_Name] = []
    for piece in line.pieces:
        last = names[-1] if names else None
        spaced = last is not None and len(piece.text) == len(last.pieces[-1].text) == 1 and not piece.text.isascii()
        spaced = spaced and not is_level(piece.text)
        near = (_SPACED_NAME if spaced else _ONE_NAME) * line.height
        if last is not None and piece.x0 - last.x1 < near and not piece.text.isdigit():
            last.pieces.append(piece)
            last.x1 = piece.x1
        else:
            names.append(_Name([piece], piece.x0, piece.x1, row, row))
    return names


def _spread(names: Sequence[_Name], edges: Sequence[float], line: PrintedLine, below: Sequence[PrintedLine]) -> None:
    """Gives each name of a line the columns that it stands over: it is centred on them, and other names keep theirs.

    A name over another name of its own column that it need not be wrapped in stands over the columns beside it, too.
    """
    for name in names:
        name.left, name.right = column_of(edges, name.x0 + 1), column_of(edges, name.x1 - 1)
        middle = column_of(edges, name.centre)
        if name.right > name.left and _misfit(name, middle, middle, edges) < _CENTRED:
            # a long name in a narrow column
            name.left = name.right = middle
    under: set[int] = set()
    named: set[int] = set()
    for piece in (piece for lower in below for piece in lower.pieces if not _numbers_columns(piece.text)):
        column = column_of(edges, (piece.x0 + piece.x1) / 2)
        under.add(column)
        if is_header_word(piece.text):
            named.add(column)
    for index, name in enumerate(names):
        first = names[index - 1].right + 1 if index else 0
        last = names[index + 1].left - 1 if index + 1 < len(names) else len(edges) - 2
        best, span = _misfit(name, name.left, name.right, edges) - _CENTRED, (name.left, name.right)
        wrapped = _fills(name, edges, line.height) and name.left not in named
        if name.left == name.right and name.left in under and not wrapped:
            best = 1.5 * _CENTRED
        for left in range(first, name.left + 1):
            for right in range(name.right, last + 1):
                misfit = _misfit(name, left, right, edges)
                if right > left and misfit < best and {left, right} <= under:
                    best, span = misfit, (left, right)
        name.left, name.right = span


def _numbers_columns(text: str) -> bool:
    """Whether a word of the header only numbers columns, or says that the others do."""
    return text.isdigit() or match_key(text) in _NUMBERING


def _fills(name: _Name, edges: Sequence[float], height: float) -> bool:
    """Whether a name is as wide as its column, so that it may go on in the next line."""
    return name.x1 - name.x0 + 1.3 * height >= edges[name.right + 1] - edges[name.left]


def _misfit(name: _Name, left: int, right: int, edges: Sequence[float]) -> float:
    return abs((edges[left] + edges[right + 1]) / 2 - name.centre)


def _wrapped_above(name: _Name, names: Sequence[_Name], header: Sequence[PrintedLine]) -> _Name | None:
    """The name of which this is the next line: one over the same columns just above it; None where there is none."""
    if _numbers_columns(name.pieces[0].text):
        return None
    height = header[name.top].height
    for other in reversed(names):
        if (other.left, other.right) == (name.left, name.right):
            near = header[name.top].middle - header[other.bottom].middle < _WRAPPED * height
            return other if near else None
    return None


def _grow(names: Sequence[_Name], height: int) -> None:
    """Lets each name reach over the blank places below and above it."""
    taken = {
        (row, column)
        for name in names
        for row in range(name.top, name.bottom + 1)
        for column in range(name.left, name.right + 1)
    }
    for step, ahead in ((1, "bottom"), (-1, "top")):
        for name in sorted(names, key=lambda name: -step * name.top):
            row = getattr(name, ahead) + step
            while 0 <= row < height and all((row, column) not in taken for column in range(name.left, name.right + 1)):
                taken.update((row, column) for column in range(name.left, name.right + 1))
                setattr(name, ahead, row)
                row += step
