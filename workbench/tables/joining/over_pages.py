"""Pieces of tables on consecutive pages → whole tables.

A piece goes on with the last table of the page before where it has that table's column rules, nothing stands between
them but furniture, and no title above it says that it is another table. An equal header alone never joins: different
statements share one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from workbench.fiscal.headers import is_header_word
from workbench.model.amount import match_key
from workbench.tables.grids.header import header_height
from workbench.tables.grids.pieces import Piece, repeated_header, united_pieces
from workbench.tables.grids.spans import SpanGrid
from workbench.tables.grids.surroundings import Captions, captions_of_row, is_continued_title, is_marked_continued
from workbench.tables.joining.beside import joined_beside, rows_beside
from workbench.tables.joining.broken_rows import with_broken_row
from workbench.tables.joining.in_file import are_sheets, is_another_form, joined_in_file
from workbench.tables.joining.soft_columns import in_columns_of
from workbench.tables.raw import Origin

_NEAR = 4.0
"""Column rules of two pages closer than this, in points, are the same."""
_FEWEST_SCALED = 5
"""So many column rules in the same proportions are those of one table."""


def join_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, in document order, with those that go on over a page break made one."""
    joining = Joining()
    return [*(table for piece in pieces for table in joining.add(piece)), *joining.finish()]


class Joining:
    """Tables as their pieces come, one after the other."""

    def __init__(self) -> None:
        self._table: Piece | None = None
        self._run: list[Piece] = []
        """The pieces of that table."""
        self._right: list[Piece] = []
        """Those that may be its right half."""

    def add(self, piece: Piece) -> list[Piece]:
        """The tables that have ended where `piece` comes next."""
        if self._right:
            self._right.append(piece)
            return self._with_right() if len(self._right) == len(self._run) else []
        told = _captions_alone(self._table, piece) if self._table else None
        if told is not None:
            self._table = None
            return self._begin(replace(piece, captions=piece.captions.over(told)))
        whole = _joined(self._table, piece) if self._table else None
        if whole is not None:
            self._table = whole
            self._run.append(piece)
            return []
        if len(self._run) > 1 and joined_beside(self._run[0], piece):
            self._right = [piece]
            return []
        return self._begin(piece)

    def finish(self) -> list[Piece]:
        """The last tables."""
        ended = self._without_right()
        return [*ended, *(self.finish() if self._right else [self._table] if self._table else [])]

    def _begin(self, piece: Piece) -> list[Piece]:
        ended = [self._table] if self._table else []
        self._table, self._run = piece, [piece]
        return ended

    def _with_right(self) -> list[Piece]:
        both = _with_right_half(self._run, self._right)
        if both is None:
            return self._without_right()
        self._table, self._run, self._right = both, [], []
        return []

    def _without_right(self) -> list[Piece]:
        """The tables that have ended if what was taken for a right half begins another table."""
        right, self._right = self._right, []
        ended = self._begin(right[0]) if right else []
        return [*ended, *(table for piece in right[1:] for table in self.add(piece))]


def _with_right_half(run: list[Piece], following: list[Piece]) -> Piece | None:
    """The table of which `run` are the pieces of the left half, one a page, where those of the right half follow them,
    as spreadsheets print long and wide sheets; None where they do not."""
    whole: Piece | None = None
    for left, right in zip(run, following, strict=True):
        wide = joined_beside(left, right) or (rows_beside(left, right) if whole else None)
        if wide is None:
            return None
        if whole is None:
            whole = wide
            continue
        columns = common_columns(whole.grid, wide.grid)
        if columns is None:
            return None
        upper, lower = columns
        body = lower.rows_from(repeated_header(upper, lower))
        whole = united_pieces(whole, wide, with_broken_row(upper, body) or upper.below(body))
    return whole


def _captions_alone(table: Piece, piece: Piece) -> Captions | None:
    """What `table` tells of `piece` where it ends its page with a frame of captions, and none stand over `piece`, with
    which the next page begins; None where it is a table."""
    if piece.captions.title or not (table.last and piece.first and _is_next_page(table, piece)):
        return None
    told = captions_of_row(table.grid)
    return None if told is None else told.over(table.captions)


def _joined(table: Piece, piece: Piece) -> Piece | None:
    """`table` with `piece` at its end, or None where `piece` is another table."""
    if table.origin is piece.origin is Origin.NATIVE and (
        table.pages[-1] == piece.pages[0] or are_sheets(table, piece)
    ):
        return joined_in_file(table, piece)
    if not (table.last and piece.first and _is_next_page(table, piece)):
        return None
    title = piece.captions.title
    if title and not is_continued_title(title, table.captions.title):
        return None
    if not is_marked_continued(title) and is_another_form(table.grid, piece.grid, titled=bool(title)):
        return None
    if piece.origin is Origin.NATIVE and not is_marked_continued(title):
        return None
    if piece.captions.entity and table.captions.entity not in ("", piece.captions.entity):
        return None
    if table.origin is Origin.WHITESPACE and piece.origin is Origin.WHITESPACE:
        placed = in_columns_of(table.grid, piece.grid)
        if placed is None:
            return None
        upper, (lower, repeated) = table.grid, placed
        if not repeated and (header_height(lower) or (table.text_below and not title)):
            return None
        return united_pieces(table, piece, with_broken_row(upper, lower) or upper.below(lower))
    columns = common_columns(table.grid, piece.grid)
    if columns is None and header_height(table.grid) == table.grid.row_count:
        columns = common_columns(table.grid, piece.grid, 2 * _NEAR)
    if columns is None:
        return joined_beside(table, piece)
    upper, lower = columns
    repeated = repeated_header(upper, lower)
    text_between = table.text_below and not _is_drawn_twice(table.next_text, lower)
    apart = piece.captions.prose or text_between or (table.notes and header_height(lower) > 0)
    anew = _begins_anew(lower) and (apart or not _is_upper_half(upper, lower))
    if not repeated and (anew or (apart and not title)):
        return None
    body = lower.rows_from(repeated)
    return united_pieces(table, piece, with_broken_row(upper, body) or upper.below(body))


def _is_next_page(table: Piece, piece: Piece) -> bool:
    """Whether a piece stands on one of the two pages after that on which a table ends."""
    pages = piece.pages[0] - table.pages[-1]
    return pages in (1, 2) or (pages == 0 and table.half < piece.half)


def _is_drawn_twice(text: str, grid: SpanGrid) -> bool:
    """Whether `text`, below a table, is the first row of `grid`, which the writer drew at the foot of the page before
    it put it on the next one."""
    first = next(iter(grid.by_row(0, 1)), [])
    return bool(text) and text == match_key("".join(cell.text for cell in first))


def common_columns(upper: SpanGrid, lower: SpanGrid, near: float = _NEAR) -> tuple[SpanGrid, SpanGrid] | None:
    """Both grids in the columns of the one that has more; None where their column rules differ.

    Merged cells may leave a piece with fewer rules than the table has (the last row of a table alone on its page). The
    pages may be shifted against each other, but the tables must have one width. Rules closer than `near`, in points,
    are the same: of a header without the body that gives its columns their widths, some are a little off.
    """
    if not upper.edges or not lower.edges:
        if upper.edges or lower.edges or upper.column_count != lower.column_count:
            return None
        return upper, lower
    shift = upper.edges[0] - lower.edges[0]
    moved = tuple(edge + shift for edge in lower.edges)
    if abs(upper.edges[-1] - moved[-1]) > _NEAR:
        scaled = _scaled(upper.edges, lower.edges)
        return None if scaled is None else (upper, replace(lower, edges=scaled))
    starts = _starts(moved, upper.edges, near)
    if starts is not None:
        return upper, lower.with_columns(starts, upper.column_count, upper.edges)
    starts = _starts(upper.edges, moved, near)
    if starts is not None:
        return upper.with_columns(starts, lower.column_count, moved), replace(lower, edges=moved)
    return None


def _scaled(upper: tuple[float, ...], lower: tuple[float, ...]) -> tuple[float, ...] | None:
    """The column rules of the lower piece in the width of the upper one, where both have the same columns in
    proportion: the page after is of another size, or turned. None where they do not."""
    if len(upper) != len(lower) or len(upper) < _FEWEST_SCALED:
        return None
    scale = (upper[-1] - upper[0]) / max(lower[-1] - lower[0], 1.0)
    scaled = tuple(upper[0] + (edge - lower[0]) * scale for edge in lower)
    near = all(abs(one - other) <= _NEAR * max(scale, 1.0) for one, other in zip(upper, scaled, strict=True))
    return upper if near else None


def _starts(fewer: tuple[float, ...], more: tuple[float, ...], reach: float) -> list[int] | None:
    """For each edge of `fewer` the index of the same edge in `more`; None where one is missing."""
    starts: list[int] = []
    for edge in fewer:
        near = range(bisect_left(more, edge - reach), bisect_right(more, edge + reach))
        index = min(near, key=lambda number: abs(more[number] - edge), default=None)
        if index is None or (starts and index <= starts[-1]):
            return None
        starts.append(index)
    return starts


def _begins_anew(grid: SpanGrid) -> bool:
    """Whether a piece begins with a header of its own."""
    first = next(iter(grid.by_row(0, 1)), [])
    return len(first) > 1 and all(is_header_word(cell.text) for cell in first) and header_height(grid) > 0


def _is_upper_half(upper: SpanGrid, lower: SpanGrid) -> bool:
    """Whether a page ends within a header: all of `upper` is header, and names that span columns in its last row have
    names of their own below them in `lower`."""
    if header_height(upper) != upper.row_count:
        return False
    last = [cell for cell in upper.cells if cell.text and cell.row + cell.row_span == upper.row_count]
    below = {cell.column for cell in next(iter(lower.by_row(0, 1)), [])}
    wide = [range(cell.column, cell.column + cell.column_span) for cell in last if cell.column_span > 1]
    return bool(wide) and all(below.issuperset(columns) for columns in wide)
