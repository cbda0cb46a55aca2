"""The columns of a table that no rule parts: a strip of the page in which no row prints anything parts two columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise, product
from operator import itemgetter
from statistics import median

from workbench.fiscal.headers import is_numbering_row, is_total_label
from workbench.tables.unruled.printed import DASHES, Piece, PrintedLine

Extent = tuple[float, float]

_PARTS_FIGURES, _PARTS_WORDS = 0.14, 0.6
"""In heights of print: the white space beside figures, and between words, that parts two columns."""
_BLOCKS = 0.03
"""The share of the rows that may print across a strip: a label too long for its column."""
PADDING = 1.5
"""Points between the print of a cell and its side, at the least."""
_FEWEST_NUMBERED, _MOST_IN_ONE = 3, 6
_NOTHING = DASHES + "0."


def columns_of(body: Sequence[PrintedLine], centres: Sequence[float] = (), words: float = _PARTS_WORDS) -> list[Extent]:
    """The extents of the columns of these lines; `centres` are the middles of the lowest names above them, and `words`
    further apart than so many heights of print are in columns of their own."""
    strips = _strips(body, centres, words)
    left = min(piece.x0 for line in body for piece in line.pieces)
    right = max(piece.x1 for line in body for piece in line.pieces)
    bounds = [left, *(place for strip in strips if left < strip[0] and strip[1] < right for place in strip), right]
    return _with_parted_figures(list(zip(bounds[::2], bounds[1::2], strict=True)), body, centres)


def _strips(body: Sequence[PrintedLine], centres: Sequence[float], words: float) -> list[Extent]:
    """The strips of white space that part the columns of these lines: from where to where. Between two names of columns
    a narrow one does."""
    height = median(line.height for line in body)
    ends = sorted(
        end
        for line in body
        for piece in _split(_without_total(line.pieces), _PARTS_FIGURES * height)
        for end in ((piece[0], -1), (piece[1], 1))
    )
    allowed = int(_BLOCKS * len(body))
    strips: list[Extent] = []
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
    wide = [strip for strip in strips if strip[1] - strip[0] >= words * height or _is_beside_figures(strip, body)]
    for left, right in pairwise(centres):
        between = [strip for strip in strips if left < strip[0] and strip[1] < right]
        if between and not any(left < (begin + end) / 2 < right for begin, end in wide):
            wide.append(max(between, key=lambda strip: strip[1] - strip[0]))
    return sorted(wide)


def _without_total(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The words of a line without the label of a total, which may be centred over several columns."""
    for count in range(1, len(pieces)):
        if pieces[count].is_figure:
            return pieces[count:] if is_total_label("".join(piece.text for piece in pieces[:count])) else pieces
    return pieces


def _split(pieces: Sequence[Piece], gap: float) -> list[Extent]:
    """The extents of words; neighbours nearer than `gap` are one."""
    found: list[Extent] = []
    for piece in pieces:
        if found and piece.x0 - found[-1][1] < gap:
            found[-1] = (found[-1][0], piece.x1)
        else:
            found.append((piece.x0, piece.x1))
    return found


def _is_beside_figures(strip: Extent, body: Sequence[PrintedLine]) -> bool:
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


def _with_parted_figures(columns: list[Extent], body: Sequence[PrintedLine], centres: Sequence[float]) -> list[Extent]:
    """`columns` with those of figures made one that never stand in one row and have one name between them, or that hold
    nothing but dashes or zeros: figures of one column may be set to different sides."""
    edges = halfway_edges(columns)
    rows = [cells_of(line, edges) for line in body]
    joined: list[Extent] = []
    held: set[int] = set()
    held_nothing = False
    for column, (left, right) in enumerate(columns):
        pieces = [piece for row in rows for piece in row.get(column, ())]
        nothing = bool(pieces) and not any(piece.text.strip(_NOTHING) for piece in pieces)
        figures = bool(pieces) and all(piece.is_figure for piece in pieces)
        apart = not any(column in row and held & row.keys() for row in rows)
        if joined and held and apart and figures:
            begin = columns[min(held) - 1][1] if min(held) else float("-inf")
            end = columns[column + 1][0] if column + 1 < len(columns) else float("inf")
            named = sum(begin <= centre <= end for centre in centres)
            if nothing or held_nothing or (named == 1 and len(centres) > 1):
                joined[-1] = (joined[-1][0], right)
                held.add(column)
                held_nothing = held_nothing and nothing
                continue
        joined.append((left, right))
        held, held_nothing = ({column} if figures else set()), nothing
    return joined


def numbers_of(lines: Sequence[PrintedLine]) -> list[float]:
    """Where the numbers of the columns stand, if one of these lines has nothing else; else nothing."""
    for line in reversed(lines):
        texts = [piece.text for piece in line.pieces]
        if all(map(str.isdigit, texts)) and is_numbering_row(texts):
            return [(piece.x0 + piece.x1) / 2 for piece in line.pieces]
    return []


def one_a_number(columns: list[Extent], numbers: Sequence[float]) -> list[Extent]:
    """`columns` with those made one that have no number of their own, so that the least white space goes."""
    if len(numbers) < _FEWEST_NUMBERED or len(columns) < 2 or not numbers[0] < columns[1][0]:
        return columns
    count = len(columns)
    best: dict[tuple[int, int], tuple[float, list[Extent]]] = {(0, 0): (0.0, [])}
    for first, used in product(range(count), range(len(numbers))):
        if (first, used) not in best:
            continue
        cost, groups = best[first, used]
        before = columns[first - 1][1] if first else float("-inf")
        for last in range(first + 1, min(first + _MOST_IN_ONE, count) + 1):
            after = columns[last][0] if last < count else float("inf")
            own = next((index for index in range(used, len(numbers)) if before <= numbers[index] < after), None)
            if own is None:
                continue
            gaps = sum(right[0] - left[1] for left, right in pairwise(columns[first:last]))
            state = (last, own + 1)
            if state not in best or cost + gaps < best[state][0]:
                best[state] = (cost + gaps, [*groups, (columns[first][0], columns[last - 1][1])])
    ways = [way for (done, _), way in best.items() if done == count]
    return min(ways, key=itemgetter(0))[1] if ways else columns


def halfway_edges(columns: Sequence[Extent]) -> list[float]:
    """Where one column ends and the next begins, half way between them."""
    inner = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    return [columns[0][0] - PADDING, *inner, columns[-1][1] + PADDING]


def cells_of(line: PrintedLine, edges: Sequence[float]) -> dict[int, list[Piece]]:
    """The words of a line by column; one that runs over an edge stands where it begins, a figure where it ends."""
    row: dict[int, list[Piece]] = {}
    last = len(edges) - 2
    for piece in line.pieces:
        column = bisect_right(edges, piece.x1 - 1 if piece.is_figure else piece.x0 + 1, 1, last + 1) - 1
        if column in row:
            row[column].append(piece)
        else:
            row[column] = [piece]
    return row
