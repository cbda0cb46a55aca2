"""The columns of a table without upright rules, with the names that stand over them.

Where pieces of level rules meet they show the sides of the columns; elsewhere print, names and padding do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.tables.unruled.header_names import ROW_WORDS, Header, Name, leaves_of, names_of, numbers_columns
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.name_matching import match_names
from workbench.tables.unruled.print_columns import (
    Extent,
    cells_of,
    columns_of,
    halfway_edges,
    numbers_of,
    one_a_number,
)
from workbench.tables.unruled.printed import PrintedLine
from workbench.tables.unruled.sides import NamePlaces, Sides, padding_of, set_to_left, settled_edges
from workbench.tables.unruled.whitespace_header import without_numbers

_ANYWHERE = (0.0, 0.0)
"""The sides of columns where nothing is known of them."""


@dataclass(frozen=True, slots=True)
class NamedColumns:
    """The sides of columns, the names of their header, and those of single columns."""

    sides: Sides
    names: list[Name]
    leaves: dict[int, Name]


def named_columns(header: Header, body: Sequence[PrintedLine], rules: LevelRules) -> NamedColumns:
    """The columns of a table; where it is blank and has no body, those that its names show."""
    edges = ruled_edges(body, rules)
    if edges:
        return columns_between(edges, header, body, rules)
    if not body:
        return _settled([], header, body, rules)
    lowest = leaves_of(names_of(header, _ANYWHERE, 0.0, rules))
    printed = one_a_number(columns_of(body, [name.centre for name in lowest]), numbers_of(header.lines))
    if len(printed) == 1 and not rules.levels and not _figures_alone(body):
        # running text: whatever is named above it, no column of it holds figures
        return NamedColumns(Sides(halfway_edges(printed)), [], {})
    return _settled(printed, header, body, rules)


def _figures_alone(body: Sequence[PrintedLine]) -> bool:
    """Whether lines of figures have no words beside these, or few have: half of them at the most."""
    figures = [all(piece.is_figure for piece in line.pieces) for line in body if any(p.is_figure for p in line.pieces)]
    return 2 * sum(figures) >= len(figures)


def columns_between(
    edges: Sequence[float], header: Header, body: Sequence[PrintedLine], rules: LevelRules
) -> NamedColumns:
    """The columns between known sides."""
    sides = _ruled_sides(list(edges), header, body)
    names = names_of(header, edges, sides.padding, rules)
    return NamedColumns(sides, names, match_names(list(pairwise(edges)), names, complete=True)[1])


def fit_between(body: Sequence[PrintedLine], edges: Sequence[float]) -> bool:
    """Whether figures of these lines stand between `edges` and not across them."""
    figures = [piece for line in body for piece in line.pieces if piece.is_figure]
    inside = sum(
        edges[0] - 1 <= piece.x0
        and piece.x1 <= edges[-1] + 1
        and not any(piece.x0 + 1 < edge < piece.x1 - 1 for edge in edges)
        for piece in figures
    )
    rows = [cells_of(line, edges) for line in body]
    alone = sum(any(piece.is_figure for piece in pieces) for row in rows for pieces in row.values())
    return bool(figures) and min(inside, alone) >= 0.95 * len(figures)


def _settled(printed: list[Extent], header: Header, body: Sequence[PrintedLine], rules: LevelRules) -> NamedColumns:
    """The sides of the columns with those that only the header shows, its names, and those of single columns.

    Whether a name is wrapped shows once the sides of its column are known, and these follow from the names: the same
    ones a second time show no other sides.
    """
    sides = Sides(halfway_edges(printed or match_names([], names_of(header, _ANYWHERE, 0.0, rules))[0]), 0.0)
    names: list[Name] | None = None
    leaves: dict[int, Name] = {}
    for _ in range(2):
        found = names_of(header, sides.edges, sides.padding, rules)
        if found == names and not sides.left:
            break
        names = found
        columns, leaves = match_names(printed, _that_name_columns(names, printed), left=sides.left)
        above = [name for name in names if not numbers_columns(name.text)]
        own = leaves | match_names(columns, above, complete=True, left=sides.left)[1]
        own = {column: name for column, name in own.items() if name.text not in ROW_WORDS}
        left = set_to_left(columns, {column: (name.x0, name.x1) for column, name in own.items()}, body)
        places = {column: name.x0 if left else name.centre for column, name in own.items()}
        edges, padding = settled_edges(columns, body, NamePlaces(places, left), rules.sides)
        sides = Sides(edges, padding, left)
    return NamedColumns(sides, names or [], leaves)


def _that_name_columns(names: list[Name], printed: Sequence[Extent]) -> list[Name]:
    """The names but for the numbers of the columns, which stand over none that is neither printed nor named; all of a
    blank table where they count more columns than are named."""
    words = without_numbers(names)
    numbers = sum(name.text.isdigit() for name in names)
    return words if printed or len(match_names([], words)[0]) >= numbers else names


def _ruled_sides(edges: list[float], header: Header, body: Sequence[PrintedLine]) -> Sides:
    """The sides of columns that rules show, with the padding beside the print, and where names stand in them."""
    padding = padding_of(body, edges)
    first, off_left, off_middle = names_of(header, edges, padding, LevelRules()), 0.0, 0.0
    for column, name in match_names(list(pairwise(edges)), first, complete=True)[1].items():
        off_left += min(abs(name.x0 - edges[column] - padding), 2 * padding)
        off_middle += min(abs(name.centre - (edges[column] + edges[column + 1]) / 2), 2 * padding)
    return Sides(edges, padding, off_left < off_middle)


def ruled_edges(body: Sequence[PrintedLine], rules: LevelRules) -> list[float]:
    """The sides of the columns where the pieces of rules show them, and no figures stand across."""
    if rules.sides is None or not rules.cuts:
        return []
    left, right = rules.sides
    edges = [left, *(cut for cut in rules.cuts if left + 2 < cut < right - 2), right]
    return edges if not body or fit_between(body, edges) else []
