"""Where amounts stand in a statement of which nothing is known but its rows and the order of the cells in each column.

Whatever else a reader mixes up, the cells of one column come from the top to the bottom. So the totals of all rows are
looked for among the amounts of a page as the sequence in which each row is the sum of the rows that it is made of; what
is left are the parts that these totals add up, column by column, each column the sum of its rows as well. Everything
printed must find its place. Where that can be in several ways, the one is right that is read in the fewest pieces.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.tables.text.columns.parts import MOST_PARTS, Parts
from workbench.tables.text.columns.reading_path import reading_path
from workbench.tables.text.columns.sums import Amount, Statement, UnprovenError, Vector
from workbench.tables.text.columns.totals import Totals

_MOST_WAYS = 200


def placement(statement: Statement, parts: int) -> list[Vector]:
    """For each row its total and, behind that, its parts in those of so many columns that hold any, 0 for a blank:
    which column is which is not told. Raises UnprovenError."""
    for statement.rounded in (False, True):
        found: list[list[Vector]] = []
        for totals in Totals(statement, divided=parts > 0).ways():
            found.extend(rows for rows in _with_parts(statement, totals, parts) if rows not in found)
            if len(found) > _MOST_WAYS:
                raise UnprovenError
        if found:
            return found[0] if len(found) == 1 else _likeliest(statement, found)
    raise UnprovenError


def _with_parts(statement: Statement, totals: Sequence[int], count: int) -> list[list[Vector]]:
    """The ways to place what is no total; of two columns the one with the larger amounts comes first."""
    left = Counter(statement.amounts)
    left.subtract(Amount(total, row.page) for total, row in zip(totals, statement.rows, strict=True))
    found: list[list[Vector]] = []
    for way in Parts(statement, totals, left, min(count, MOST_PARTS)).ways():
        used = sorted((column for column in zip(*way, strict=True) if any(column)), reverse=True)
        rows = list(zip(totals, *used, strict=True))
        if rows not in found:
            found.append(rows)
        if len(found) > _MOST_WAYS:
            raise UnprovenError
    return found


def _likeliest(statement: Statement, found: Sequence[list[Vector]]) -> list[Vector]:
    """Of several placements the one that is read in the fewest pieces. Raises UnprovenError where that tells none."""
    paths = [(path.pieces, rows) for rows in found if (path := reading_path(statement, rows)) is not None]
    least = min((pieces for pieces, _ in paths), default=0)
    best = [rows for pieces, rows in paths if pieces == least]
    if len(best) != 1:
        raise UnprovenError
    return best[0]
