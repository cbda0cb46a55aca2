"""How a text that gives cells column by column, or block by block, goes through the cells of a statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from workbench.tables.text.columns.sums import Amount, Statement, UnprovenError, Vector


class ReadingPath(NamedTuple):
    """In how many pieces the amounts are read, and the column of each, in the order of the text."""

    pieces: int
    columns: list[int]


class _State(NamedTuple):
    """How many amounts of each column are read, and the column of the last one, -1 before the first."""

    read: Vector
    last: int


class _Way(NamedTuple):
    """How many pieces lead to a state, and the state before it."""

    pieces: int
    before: _State


def reading_path(statement: Statement, placed: Sequence[Vector]) -> ReadingPath | None:
    """The way through a placement that is made of the fewest pieces; None where the amounts of a column do not come
    from the top to the bottom. A piece goes on with what stands next in its column or row."""
    width = len(placed[0])
    columns = [[index for index, own in enumerate(placed) if own[column]] for column in range(width)]
    start = _State((0,) * width, -1)
    ways: dict[_State, _Way] = {start: _Way(1, start)}
    steps = []
    for amount in statement.amounts:
        following: dict[_State, _Way] = {}
        for state, way in ways.items():
            statement.spend()
            for column, rows in enumerate(columns):
                row = rows[state.read[column]] if state.read[column] < len(rows) else -1
                if row < 0 or Amount(placed[row][column], statement.rows[row].page) != amount:
                    continue
                read = tuple(count + (number == column) for number, count in enumerate(state.read))
                pieces = way.pieces + (not _goes_on(placed, columns, state, row, column))
                known = following.get(_State(read, column))
                if known is None or pieces < known.pieces:
                    following[_State(read, column)] = _Way(pieces, state)
        steps.append(following)
        ways = following
    end = tuple(map(len, columns))
    ends = [state for state in ways if state.read == end]
    if not ends:
        return None
    state = min(ends, key=lambda state: ways[state].pieces)
    pieces = ways[state].pieces
    taken: list[int] = []
    for known_ways in reversed(steps):
        taken.append(state.last)
        state = known_ways[state].before
    return ReadingPath(pieces, taken[::-1])


def _goes_on(placed: Sequence[Vector], columns: Sequence[list[int]], state: _State, row: int, column: int) -> bool:
    """Whether a cell is the next in the column of the one read before it, or in its row."""
    if state.last < 0 or column == state.last:
        return column == state.last
    own = columns[state.last][state.read[state.last] - 1]
    return own == row and state.last < column and not any(placed[row][state.last + 1 : column])


def likeliest(statement: Statement, found: Sequence[list[Vector]]) -> list[Vector]:
    """Of several placements the one that is read in the fewest pieces. Raises UnprovenError where that tells none."""
    if len(found) == 1:
        return found[0]
    paths = [(path.pieces, rows) for rows in found if (path := reading_path(statement, rows)) is not None]
    least = min((pieces for pieces, _ in paths), default=0)
    best = [rows for pieces, rows in paths if pieces == least]
    if len(best) != 1:
        raise UnprovenError
    return best[0]
