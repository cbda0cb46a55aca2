"""Grids that no rule draws: columns of figures parted by white space, as spreadsheets print them without borders.

A strip of the page in which no row prints anything parts two columns. Rows begin where a line has a figure, a code or
a numbered label; the other lines of a wrapped label go with the row that they stand nearest to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from workbench.fiscal.captions import caption_of_line, is_note, is_table_number, title_of_line
from workbench.fiscal.headers import is_numbering_row
from workbench.model.source import Box, Grid, GridCell, Page
from workbench.tables.ruled.printed import AMOUNT, DASHES, Piece, PrintedLine, column_of, lines_of
from workbench.tables.ruled.whitespace_header import header_cells, match_names

_FEWEST_AMOUNTS, _FEWEST_ROWS = 6, 3
_FIGURES_OF_A_LONE_ROW = 4
_PARTS_FIGURES, _PARTS_WORDS = 0.14, 0.6
"""In heights of print: the white space beside figures, and between words, that parts two columns."""
_WORDS_APART = 0.45
"""In heights of print: columns that are all further apart than this are apart in the text of the page, too."""
_BLOCKS = 0.03
"""The share of the rows that may print across a strip: a label too long for its column."""
_OWN_ROW = 0.8
"""Of the usual distance of rows: a line of words so far from the rows around it is a row of its own."""
_FIGURES_IN_COLUMNS = 0.85
_PAGE_NUMBER = re.compile(r"^(?:[-—－–\s]*\d{1,3}[-—－–\s]*|第\s*\d+\s*页.*|\d+\s*/\s*\d+)$")
_PROSE = re.compile(r"[。；]|[，,：:]$")
_LONGEST_LABEL = 40
_MOST_COLUMNS = 60
_PADDING = 1.5
"""Points between the print of a cell and its side."""


def find_whitespace_grids(page: Page, *, continued: bool = False) -> tuple[Grid, ...]:
    """The grids on a page without rules, from the top down; none where its figures stand in no columns.

    Where a table may be `continued` from the page before, a few figures at the top of the page are enough.
    """
    amounts = len(AMOUNT.findall(page.text))
    if len(page.boxes) < 4 * len(page.text) or amounts < (1 if continued else _FEWEST_AMOUNTS):
        return ()
    stretches = list(_stretches(lines_of(page)))
    if amounts < _FEWEST_AMOUNTS:
        del stretches[1:]
    grids = (_grid(stretch, continued=continued and not index) for index, stretch in enumerate(stretches))
    return tuple(grid for grid in grids if grid is not None)


def _stretches(lines: Sequence[PrintedLine]) -> Iterator[list[PrintedLine]]:
    """The lines between titles, captions, notes and running text, where there are figures among them."""
    stretch: list[PrintedLine] = []
    for line in lines:
        if _PAGE_NUMBER.match(line.text):
            continue
        if _parts_tables(line):
            if stretch:
                yield stretch
            stretch = []
        else:
            stretch.append(line)
    if stretch:
        yield stretch


def _parts_tables(line: PrintedLine) -> bool:
    """Whether a line stands outside of tables."""
    text = line.text
    if line.amounts and not _PROSE.search(text):
        return False
    if is_note(text) or is_table_number(text) or (_PROSE.search(text) and len(text) > _LONGEST_LABEL):
        return True
    caption = caption_of_line(text)
    if caption.unit or (caption.entity and len(line.pieces) <= 3):
        return True
    return len(line.pieces) <= 2 and len(text) > 4 and title_of_line(text).endswith("表")


def _grid(lines: list[PrintedLine], *, continued: bool = False) -> Grid | None:
    """The grid of a stretch of lines, None where its figures stand in no columns."""
    first = _first_row(lines)
    if first is None:
        return None
    header, body = lines[:first], lines[first:]
    rows_with_amounts = sum(bool(line.amounts) for line in body)
    lone = any(line.amounts >= _FIGURES_OF_A_LONE_ROW for line in body)
    if rows_with_amounts < (1 if continued else _FEWEST_ROWS) and not lone:
        return None
    strips = _strips(body)
    if not continued and all(end - begin > _WORDS_APART * body[0].height for begin, end in strips):
        return None
    columns = _with_dashes(_columns(strips, body), body)
    header = _header_of(header, body[0])
    columns, centres = match_names(columns, header)
    if not 2 <= len(columns) <= _MOST_COLUMNS:
        return None
    edges = _settled_edges(columns, body, centres)
    rows = _rows(body, edges)
    if not _holds_figures(rows, len(columns)):
        return None
    cells, height = header_cells(header, edges)
    for number, row in enumerate(rows, height):
        for column, pieces in sorted(row.items()):
            cells.append(GridCell(number, column, 1, 1, tuple((piece.start, piece.end) for piece in pieces)))
    inside = [*header, *body]
    places = [place for line in inside for piece in line.pieces for place in (piece.start, piece.end)]
    top = inside[0].middle - inside[0].height / 2
    bottom = inside[-1].middle + inside[-1].height / 2
    box = Box(edges[0], top - 1, edges[-1], bottom + 1)
    return Grid(height + len(rows), len(columns), tuple(cells), min(places), max(places), box, tuple(edges))


def _first_row(lines: Sequence[PrintedLine]) -> int | None:
    """The first line of the body: one with a figure that does not number the columns, or with a numbered label."""
    for index, line in enumerate(lines):
        if line.begins_row and not is_numbering_row([piece.text for piece in line.pieces]):
            return index
    return None


def _header_of(lines: Sequence[PrintedLine], below: PrintedLine) -> list[PrintedLine]:
    """The lines of the header: those above the body with no large gap between them."""
    header: list[PrintedLine] = []
    for line in reversed(lines):
        if below.middle - line.middle > 4.5 * max(line.height, below.height) or len(header) >= 12:
            break
        header.insert(0, line)
        below = line
    return header


def _strips(body: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The strips of white space that part the columns of these lines: from where to where."""
    height = median(line.height for line in body)
    ends = sorted(
        end
        for line in body
        for piece in _split(line.pieces, _PARTS_FIGURES * height)
        for end in ((piece[0], -1), (piece[1], 1))
    )
    allowed = int(_BLOCKS * len(body))
    strips: list[tuple[float, float]] = []
    depth, begin = 0, None
    for x, step in ends:
        depth -= step
        if depth <= allowed:
            if begin is None and step > 0:
                begin = x
        elif begin is not None:
            if x - begin >= _PARTS_FIGURES * height:
                strips.append((begin, x))
            begin = None
    return [
        strip for strip in strips if strip[1] - strip[0] >= _PARTS_WORDS * height or _is_beside_figures(strip, body)
    ]


def _split(pieces: Sequence[Piece], gap: float) -> list[tuple[float, float]]:
    """The extents of words; neighbours nearer than `gap` are one."""
    found: list[tuple[float, float]] = []
    for piece in pieces:
        if found and piece.x0 - found[-1][1] < gap:
            found[-1] = (found[-1][0], piece.x1)
        else:
            found.append((piece.x0, piece.x1))
    return found


def _is_beside_figures(strip: tuple[float, float], body: Sequence[PrintedLine]) -> bool:
    """Whether the words that stand close to a strip on both its sides are figures on one side of it."""
    close = 1.2 * body[0].height
    near = beside = 0
    for line in body:
        left = [piece for piece in line.pieces if piece.x1 <= strip[0] + 0.5 and strip[0] - piece.x1 < close]
        right = [piece for piece in line.pieces if piece.x0 >= strip[1] - 0.5 and piece.x0 - strip[1] < close]
        if left and right:
            near += 1
            beside += left[-1].is_figure or right[0].is_figure
    return near == 0 or beside >= 0.8 * near


def _columns(strips: Sequence[tuple[float, float]], body: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """The extents of the columns between the strips."""
    left = min(piece.x0 for line in body for piece in line.pieces)
    right = max(piece.x1 for line in body for piece in line.pieces)
    bounds = [left, *(place for strip in strips if left < strip[0] and strip[1] < right for place in strip), right]
    return list(zip(bounds[::2], bounds[1::2], strict=True))


def _with_dashes(columns: list[tuple[float, float]], body: Sequence[PrintedLine]) -> list[tuple[float, float]]:
    """`columns` with those that hold nothing but dashes made one with the figures beside them that they stand for."""
    edges = _edges(columns)
    rows = [_cells_of(line, edges) for line in body]
    joined: list[tuple[float, float]] = []
    held: set[int] = set()
    held_dashes = False
    for column, (left, right) in enumerate(columns):
        pieces = [piece for row in rows for piece in row.get(column, ())]
        dashes = bool(pieces) and not any(piece.text.strip(DASHES) for piece in pieces)
        figures = bool(pieces) and all(piece.is_figure for piece in pieces)
        apart = not any(column in row and held & row.keys() for row in rows)
        if joined and held and apart and figures and (dashes or held_dashes):
            joined[-1] = (joined[-1][0], right)
            held.add(column)
            held_dashes = held_dashes and dashes
        else:
            joined.append((left, right))
            held, held_dashes = ({column} if figures else set()), dashes
    return joined


def _edges(columns: Sequence[tuple[float, float]]) -> list[float]:
    """Where one column ends and the next begins, half way between them."""
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    return [columns[0][0] - _PADDING, *inner, columns[-1][1] + _PADDING]


def _settled_edges(
    columns: Sequence[tuple[float, float]], body: Sequence[PrintedLine], centres: dict[int, float]
) -> list[float]:
    """The edges where the cells have them: beside figures set to the right and labels set to the left, and as far on
    the other side of the middle of a column as its name says, for names are centred. `centres` are those middles."""
    edges = _edges(columns)
    sides = _sides(body, edges, centres)
    for index, ((_, end), (begin, _)) in enumerate(pairwise(columns)):
        if sides[index] == "right":
            edge = end + _PADDING
        elif sides[index + 1] == "left":
            edge = begin - _PADDING
        elif sides[index] == "left" and index in centres:
            edge = 2 * centres[index] - edges[index]
        elif sides[index + 1] == "right" and index + 1 in centres:
            edge = 2 * centres[index + 1] - columns[index + 1][1] - _PADDING
        else:
            continue
        edges[index + 1] = min(max(edge, end), begin)
    last = len(columns) - 1
    if sides[last] != "right" and last in centres:
        edges[-1] = max(edges[-1], 2 * centres[last] - edges[-2])
    return edges


def _sides(body: Sequence[PrintedLine], edges: Sequence[float], centres: dict[int, float]) -> list[str]:
    """For each column the side that its words are set to: the one where their ends differ least; for a lone word the
    one that it lies to of the middle of the column."""
    pieces: list[list[Piece]] = [[] for _ in edges[1:]]
    for line in body:
        for column, found in _cells_of(line, edges).items():
            pieces[column] += found if found[0].is_figure else found[:1]
    sides = []
    for column, found in enumerate(pieces):
        if found and column in centres and _spread_of([piece.x1 - piece.x0 for piece in found]) < _PADDING:
            # words of one width stand as well to one side as to the other
            off = (found[0].x0 + found[0].x1) / 2 - centres[column]
            sides.append("right" if off > _PADDING else "left" if off < -_PADDING else "centre")
            continue
        spread = [
            (_spread_of([piece.x1 for piece in found if piece.text.strip(DASHES)]), "right"),
            (_spread_of([piece.x0 for piece in found if piece.text.strip(DASHES)]), "left"),
            (_spread_of([(piece.x0 + piece.x1) / 2 for piece in found]) + 0.5, "centre"),
        ]
        sides.append(min(spread)[1] if len(found) > 1 else "centre")
    return sides


def _spread_of(places: Sequence[float]) -> float:
    """How far places lie from their median on average."""
    middle = median(places) if places else 0.0
    return sum(abs(place - middle) for place in places) / max(len(places), 1)


_Row = dict[int, list[Piece]]


def _cells_of(line: PrintedLine, edges: Sequence[float]) -> _Row:
    """The words of a line by column; one that runs over an edge stands where it begins, a figure where it ends."""
    row: _Row = {}
    for piece in line.pieces:
        at = piece.x1 - 1 if piece.is_figure else piece.x0 + 1
        row.setdefault(column_of(edges, at), []).append(piece)
    return row


def _rows(body: Sequence[PrintedLine], edges: Sequence[float]) -> list[_Row]:
    """The rows, each with its words by column from the top down."""
    starts = [line for line in body if line.begins_row]
    pitches = [below.middle - above.middle for above, below in pairwise(starts)]
    pitch = median(pitches) if pitches else 2 * body[0].height
    cells = [_cells_of(line, edges) for line in body]
    owners: list[int] = []
    for index, line in enumerate(body):
        owners.append(index if line.begins_row else _owner(index, body, cells, pitch))
    rows: list[_Row] = []
    for owner in sorted(set(owners)):
        row: _Row = {}
        for index, own in enumerate(owners):
            if own == owner:
                for column, pieces in cells[index].items():
                    row.setdefault(column, []).extend(pieces)
        rows.append(row)
    return rows


def _owner(index: int, body: Sequence[PrintedLine], cells: Sequence[_Row], pitch: float) -> int:
    """The row that a line of words belongs to: that above or below it, or itself."""
    above = next((place for place in range(index - 1, -1, -1) if body[place].begins_row), None)
    below = next((place for place in range(index + 1, len(body)) if body[place].begins_row), None)
    line = body[index]
    distances = [(abs(body[place].middle - line.middle), place) for place in (above, below) if place is not None]
    if not distances or min(distances)[0] >= _OWN_ROW * pitch:
        return index
    for _, place in sorted(distances):
        if abs(body[place].middle - line.middle) < _OWN_ROW * pitch and not any(
            column in cells[place] for column in cells[index]
        ):
            return place
    return min(distances)[1]


def _holds_figures(rows: Sequence[_Row], width: int) -> bool:
    """Whether the amounts stand in columns of figures."""
    figures = [0] * width
    filled = [0] * width
    amounts = [0] * width
    for row in rows:
        for column, pieces in row.items():
            filled[column] += 1
            figures[column] += all(piece.is_figure for piece in pieces)
            amounts[column] += sum(bool(AMOUNT.search(piece.text)) for piece in pieces)
    in_columns = sum(
        amount for amount, figure, count in zip(amounts, figures, filled, strict=True) if figure >= 0.6 * count
    )
    return in_columns >= _FIGURES_IN_COLUMNS * max(sum(amounts), 1)
