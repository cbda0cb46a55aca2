"""Grids that no rule draws, or only level rules do: columns of figures parted by white space.

A strip of the page in which no row prints anything parts two columns. Rows begin where a line has a figure, a code or
a numbered label; the other lines of a wrapped label go with the row that they stand level with. Rules between the rows
part them where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.fiscal.headers import is_header_word, is_numbering_row, is_total_label
from workbench.model.source import Box, Grid, GridCell, Page
from workbench.tables.unruled.form_grids import end_of_form, form_grid, form_of
from workbench.tables.unruled.header_end import header_and_body, names_above
from workbench.tables.unruled.header_names import Header, Name
from workbench.tables.unruled.level_rules import LevelRules, level_rules
from workbench.tables.unruled.named_columns import (
    NamedColumns,
    columns_between,
    fit_between,
    named_columns,
    ruled_edges,
)
from workbench.tables.unruled.page_head import without_head
from workbench.tables.unruled.print_columns import cells_of
from workbench.tables.unruled.print_rows import rows_of
from workbench.tables.unruled.printed import FEWEST_AMOUNTS, Piece, PrintedLine, may_be_header
from workbench.tables.unruled.spanning_labels import RowCell
from workbench.tables.unruled.stretches import is_page_number, printed_lines, stretches_of
from workbench.tables.unruled.whitespace_header import header_cells

_FEWEST_ROWS = 3
_FEWEST_NAMES, _MOST_LINES_OF_BLANK = 3, 3
_NAMED = 0.4
"""The share of the words of a header that must be known names where figures are too few to tell."""
_NAMED_OF_ALL = 2
"""Above a table that goes on stand names for more than one column in so many."""
_FIGURES_OF_A_LONE_ROW = 4
_FIGURES_IN_COLUMNS = 0.85
_MOST_COLUMNS = 60
_SAME_SIDE = 3.0
"""In points: the rules of a table begin and end as near as this on all its pages."""
_SPANS = 4.0
"""In points: the label of a total is centred over several columns to this exactness."""
_SAME_BEGIN, _FEWEST_ALIKE = 1.0, 3
"""In points: so many labels that begin as near to each other as this are set to the left."""


def find_whitespace_grids(page: Page, above: Grid | None = None, before: Page | None = None) -> tuple[Grid, ...]:
    """The grids on a page without rules, from the top down; none where its figures stand in no columns.

    Where the table `above` may go on from the page before, a few figures at the top of the page are enough. What the
    page `before` prints at its head is none of a table.
    """
    if len(page.boxes) < 4 * len(page.text):
        return ()
    printed = without_head(page, printed_lines(page), before)
    return tuple(_grids_and_forms(page, printed, above))


def _grids_and_forms(page: Page, lines: list[PrintedLine], above: Grid | None) -> Iterator[Grid]:
    """The grids of tables and forms in these lines of a page."""
    form = form_of(lines)
    if form is None:
        yield from _grids(page, lines, above)
        return
    begin, end = form
    top = lines[begin - 1].middle if begin else 0.0
    bottom = lines[end].middle if end < len(lines) else float("inf")
    rules = level_rules(page.lines, top, bottom)
    end = begin + end_of_form(lines[begin:end], rules)
    inside = [line for line in lines[begin:end] if not is_page_number(line, lines)]
    yield from _grids(page, lines[:begin], above)
    yield form_grid(inside, rules)
    yield from _grids_and_forms(page, lines[end:], None)


def _grids(page: Page, printed: list[PrintedLine], above: Grid | None) -> Iterator[Grid]:
    """The grids of tables in these lines of a page."""
    amounts = sum(line.amounts for line in printed)
    for stretch in stretches_of(printed):
        rules = level_rules(page.lines, stretch.top, stretch.bottom)
        lines = _above_the_last_rule(stretch.lines, rules)
        grid = _further_grid(lines, rules, above.column_edges) if above is not None and not stretch.top else None
        known = stretch.counted or amounts >= FEWEST_AMOUNTS
        grid = grid or _grid(lines, rules, known=known) or _blank_grid(lines, rules)
        if grid is not None:
            yield grid


def _above_the_last_rule(lines: list[PrintedLine], rules: LevelRules) -> list[PrintedLine]:
    """The lines of a table but for those at their end that stand below the rule that closes it: they have no figures,
    and those above it do."""
    last = rules.last_whole
    end = next((index for index, line in enumerate(lines) if last is not None and line.middle > last), len(lines))
    figures = [any(piece.is_figure for piece in line.pieces) for line in lines]
    return lines[:end] if any(figures[:end]) and not any(figures[end:]) else lines


def _grid(lines: list[PrintedLine], rules: LevelRules, *, known: bool) -> Grid | None:
    """The grid of a stretch of lines, None where its figures stand in no columns.

    Where the page is not `known` to hold amounts enough, and in tables of a row or two, the names of the header must be
    those of a statement.
    """
    parts = header_and_body(lines, rules)
    if parts is None:
        return None
    above, body = parts
    names = names_above(above, body[0])
    amounts = [line.amounts for line in body] if known else []
    counted = max(amounts, default=0) >= _FIGURES_OF_A_LONE_ROW or sum(map(bool, amounts)) >= _FEWEST_ROWS
    if not counted and not (may_be_header(names) and any(piece.is_figure for line in body for piece in line.pieces)):
        return None
    columns = named_columns(Header(names, _pitch(body)), body, rules)
    edges, named = columns.sides.edges, _is_named(columns.names)
    if not 2 <= len(edges) - 1 <= _MOST_COLUMNS or not (counted or named):
        return None
    cells, row_count = rows_of(body, edges, rules)
    if not _holds_figures(cells, len(edges) - 1, amounts=not named):
        return None
    return _closed([*names, *body], cells, row_count, _header_cells(columns, rules), edges)


def _pitch(body: Sequence[PrintedLine]) -> float:
    """The least distance of lines with figures."""
    heights = [line.middle for line in body if any(piece.is_figure for piece in line.pieces)]
    return min((low - high for high, low in pairwise(heights)), default=0.0)


def _blank_grid(lines: list[PrintedLine], rules: LevelRules) -> Grid | None:
    """The grid of a table that is left blank: its header, and at most the label of its total; None for other lines."""
    first = next((index for index, line in enumerate(lines) if is_total_label(line.text)), len(lines))
    header, body = Header(lines[:first]), lines[first:]
    figures = [line for line in header.lines if any(piece.is_figure for piece in line.pieces)]
    if any(not is_numbering_row([piece.text for piece in line.pieces]) for line in figures):
        return None
    if (
        not may_be_header(header.lines)
        or len(body) > _MOST_LINES_OF_BLANK
        or any(not is_total_label(line.text) for line in body)
    ):
        return None
    columns = named_columns(header, [], rules)
    edges = columns.sides.edges
    known = sum(is_header_word(name.text) for name in columns.names)
    if len(columns.leaves) < _FEWEST_NAMES or known < max(_FEWEST_NAMES, 0.6 * len(columns.names)):
        return None
    cells = [RowCell(row, min(cells_of(line, edges)), line.pieces) for row, line in enumerate(body)]
    return _closed(lines, cells, len(body), _header_cells(columns, rules, guessed=True), edges)


def _further_grid(lines: list[PrintedLine], rules: LevelRules, edges: Sequence[float]) -> Grid | None:
    """The grid of lines that go on with a table with these sides of columns, None where they do not fit in them."""
    parts = header_and_body(lines, rules)
    if parts is None or not edges:
        return None
    header, body = Header(parts[0], _pitch(parts[1])), parts[1]
    if not any(is_header_word(piece.text) for line in header.lines for piece in line.pieces):
        header, body = Header([]), lines
    ruled = rules.sides
    if ruled is not None and max(abs(ruled[0] - edges[0]), abs(ruled[1] - edges[-1])) > _SAME_SIDE:
        return None
    if header.lines and not _same_sides(ruled_edges(body, rules), edges):
        return None  # under names of its own other columns stand: the right half of the table, or another one
    if not fit_between(body, edges):
        return None
    columns = columns_between(edges, header, body, rules)
    if header.lines and _NAMED_OF_ALL * len(columns.leaves) <= len(edges) - 1:
        return None  # a table with fewer columns begins here
    cells, row_count = rows_of(body, edges, rules)
    return _closed(lines, cells, row_count, _header_cells(columns, rules), edges)


def _same_sides(ruled: Sequence[float], edges: Sequence[float]) -> bool:
    """Whether rules show columns with these sides, or none."""
    if not ruled:
        return True
    return len(ruled) == len(edges) and all(
        abs(own - other) <= _SAME_SIDE for own, other in zip(ruled, edges, strict=True)
    )


def _header_cells(columns: NamedColumns, rules: LevelRules, *, guessed: bool = False) -> tuple[list[GridCell], int]:
    return header_cells(columns.names, columns.leaves, columns.sides, rules, guessed=guessed)


def _closed(
    inside: Sequence[PrintedLine],
    cells: Sequence[RowCell],
    row_count: int,
    header: tuple[list[GridCell], int],
    edges: Sequence[float],
) -> Grid:
    """The grid of a header and the rows below it."""
    _widen_totals(cells, edges)
    top_cells, height = header
    printed = [
        GridCell(
            cell.row + height,
            cell.column,
            cell.row_span,
            cell.column_span,
            tuple((piece.start, piece.end) for piece in cell.pieces),
        )
        for cell in cells
    ]
    places = [place for line in inside for piece in line.pieces for place in (piece.start, piece.end)]
    top = inside[0].middle - inside[0].height / 2
    bottom = inside[-1].middle + inside[-1].height / 2
    return Grid(
        height + row_count,
        len(edges) - 1,
        (*top_cells, *printed),
        min(places),
        max(places),
        Box(edges[0], top - 1, edges[-1], bottom + 1),
        tuple(edges),
    )


def _widen_totals(cells: Sequence[RowCell], edges: Sequence[float]) -> None:
    """Lets the label of a total that begins a row reach over the blank columns that it is centred over."""
    rows: dict[int, list[RowCell]] = {}
    begins: dict[int, list[float]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
        begins.setdefault(cell.column, []).append(cell.pieces[0].x0)
    for row in rows.values():
        first = row[0]
        alike = sum(abs(x - first.pieces[0].x0) < _SAME_BEGIN for x in begins[first.column])
        if alike >= _FEWEST_ALIKE and first.column:
            continue  # it is set to the left of its column, as the labels there are
        limit = row[1].column if len(row) > 1 else len(edges) - 1
        if limit < 2 or not is_total_label("".join(piece.text for piece in first.pieces)):
            continue
        centre = (first.pieces[0].x0 + first.pieces[-1].x1) / 2
        off, spanned = min((abs((edges[0] + edges[end]) / 2 - centre), end) for end in range(1, limit + 1))
        own = abs((edges[first.column] + edges[first.column + 1]) / 2 - centre)
        if off <= _SPANS and off < own and spanned > 1:
            first.column, first.column_span = 0, spanned


def _is_named(names: Sequence[Name]) -> bool:
    """Whether the names of a header are those of columns of figures."""
    known = sum(is_header_word(name.text) for name in names)
    return known >= _FEWEST_NAMES and known >= _NAMED * len(names)


def _beyond_code(cell: RowCell) -> Sequence[Piece]:
    """The words of a cell without the code that a label in it begins with."""
    return cell.pieces[1:] if len(cell.pieces) > 1 and not cell.pieces[1].is_figure else cell.pieces


def _holds_figures(cells: Sequence[RowCell], width: int, *, amounts: bool) -> bool:
    """Whether the figures stand in columns of figures; those that are `amounts` alone where it says so."""
    figures = [0] * width
    filled = [0] * width
    counted = [0] * width
    for cell in cells:
        filled[cell.column] += 1
        figures[cell.column] += all(piece.is_figure for piece in cell.pieces)
        counted[cell.column] += sum(piece.is_amount if amounts else piece.is_figure for piece in _beyond_code(cell))
    in_columns = sum(
        amount for amount, figure, count in zip(counted, figures, filled, strict=True) if figure >= 0.6 * count
    )
    return in_columns >= _FIGURES_IN_COLUMNS * max(sum(counted), 1)
