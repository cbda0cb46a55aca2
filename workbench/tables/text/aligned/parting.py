"""Where columns part in text that is laid out by blanks: between cells that stand beside each other, though a few cells
(a centred total, a label that reaches into its neighbour's room) stand across."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, groupby, pairwise

from workbench.tables.text.aligned.places import Placed, PlacedLine, strips
from workbench.tables.text.figures import is_figure_word

_MOST_ACROSS = 0.1
"""For how many cells beside each other one cell may stand across the place where columns part."""
_MOST_BEYOND = 0.3
_FARTHEST = 2
"""What part of a cell, and how many characters of it, may reach over the place where columns part."""
_CLOSE = 3
"""So many blanks between two cells at the most show where their columns part, though others stand across."""
_LEAST_OF_BOTH, _MOST_SHARED = 2, 5
"""So many lines with a figure and a text show two columns that share no more characters than these."""
_ONE_BLANK = 1
_LEAST_BESIDE = 3
"""So many lines must show a place to part columns at which cells stand across."""

Extent = tuple[float, float]
"""Where a column, or a label, begins and ends."""


def strips_of(lines: Sequence[PlacedLine], em: float, labels: Sequence[Extent] = ()) -> list[Extent]:
    """The vertical strips that the words of these lines cover: the columns. Codes each a blank before their names are
    one column with them where only one of the `labels` stands over both."""
    shown = _without_totals([line.cells for line in lines])
    cells = [cell for line in shown for cell in line]
    if not lines or lines[0].line.page.boxes:
        return strips(cells, 0.3 * em)
    return _parted(shown, cells, labels)


def _without_totals(lines: Sequence[Sequence[Placed]]) -> list[Sequence[Placed]]:
    """The cells of lines but for the name of a total before its figures, or before none: it is centred over all columns
    of names and codes, and shows none of them where other lines do, or where no line prints a figure."""
    totals = [cells[0].names_total and all(is_figure_word(cell.text) for cell in cells[1:]) for cells in lines]
    others = [cells for total, cells in zip(totals, lines, strict=True) if not total]
    named = any(not is_figure_word(cell.text) for cells in others for cell in cells)
    blank = not any(is_figure_word(cell.text) for cells in lines for cell in cells)
    return [cells[1:] if total and (named or blank) else cells for total, cells in zip(totals, lines, strict=True)]


def _parted(lines: Sequence[Sequence[Placed]], cells: Sequence[Placed], labels: Sequence[Extent]) -> list[Extent]:
    if not cells:
        return []
    first, end = int(min(cell.x0 for cell in cells)), int(max(cell.x1 for cell in cells)) + 1
    across = _counts([(cell.x0 + 1, cell.x1) for cell in cells], first, end)
    beside = _counts([(a.x1, b.x0 + 1) for line in lines for a, b in pairwise(line)], first, end)
    covered = _counts([(cell.x0, cell.x1) for cell in cells], first, end)
    free = _runs(across, covered, beside)
    taken = {x for run in free for x in run}
    wide = _counts([(cell.x0 + 1 + _edge(cell), cell.x1 - _edge(cell)) for cell in cells], first, end)
    close = _counts(
        [(a.x1, b.x0 + 1) for line in lines for a, b in pairwise(line) if b.x0 - a.x1 <= _CLOSE], first, end
    )
    crossed = [run for run in _crossed_runs(wide, close) if not taken.intersection(run)]
    partings = sorted(min(run, key=lambda x: (across[x], -beside[x])) for run in (*free, *crossed))
    edges = [float(first), *(float(first + x) for x in partings), float(end)]
    found: list[tuple[Extent, list[Placed]]] = []
    for left, right in pairwise(edges):
        inside = [cell for cell in cells if min(cell.x1, right) - max(cell.x0, left) > (cell.x1 - cell.x0) / 2]
        if inside:
            strip = max(left, min(cell.x0 for cell in inside)), min(right, max(cell.x1 for cell in inside))
            found.append((strip, inside))
    following = [*(strip[0] for strip, _ in found[1:]), float(end)]
    parted = []
    for (strip, inside), room in zip(found, following, strict=True):
        over = sum(x1 > strip[0] and x0 < room for x0, x1 in labels)
        parted += _by_kind(inside, named_once=over == 1) or [strip]
    return parted


def _by_kind(cells: Sequence[Placed], *, named_once: bool) -> list[Extent]:
    """The two strips of one in which figures stand before texts, or texts before figures, in several lines: texts of
    lines without the figure may begin where it would end, and names of shorter codes where a code begins. None where it
    is one column."""
    kinds = [is_figure_word(cell.text) for cell in cells]
    lines: dict[int, list[Placed]] = {}
    for cell in sorted(cells, key=lambda cell: cell.x0):
        lines.setdefault(cell.line, []).append(cell)
    orders = {number: _kinds(found) for number, found in lines.items()}
    both = [found for number, found in lines.items() if len(orders[number]) > 1]
    shown = {order for order in orders.values() if len(order) > 1}
    if len(both) < _LEAST_OF_BOTH or shown not in ({(True, False)}, {(False, True)}):
        return []
    codes = all(found[0].text.isdecimal() for found in both)
    if named_once and codes and all(found[1].x0 - found[0].x1 <= _ONE_BLANK for found in both):
        return []
    leads = next(iter(shown))[0]
    first = [cell for cell, figure in zip(cells, kinds, strict=True) if figure == leads]
    second = [cell for cell, figure in zip(cells, kinds, strict=True) if figure != leads]
    left, right = [(min(c.x0 for c in side), max(c.x1 for c in side)) for side in (first, second)]
    if (
        left[0] > right[0]
        or (left[0] == right[0] and not codes)
        or left[1] >= right[1]
        or left[1] - right[0] > _MOST_SHARED
    ):
        return []
    return [left, right]


def _kinds(cells: Sequence[Placed]) -> tuple[bool, ...]:
    """Whether cells side by side are figures, those of one kind beside each other counted once."""
    return tuple(kind for kind, _ in groupby(is_figure_word(cell.text) for cell in cells))


def _edge(cell: Placed) -> int:
    """How much of a cell may reach into its neighbour's room: a cell is pushed to the right by the one before it."""
    return min(int(_MOST_BEYOND * (cell.x1 - cell.x0)), _FARTHEST)


def _runs(across: Sequence[int], covered: Sequence[int], beside: Sequence[int]) -> list[list[int]]:
    """Neighbouring places between cells beside each other at which none stands."""
    runs: list[list[int]] = [[]]
    for x, count in enumerate(beside):
        if not count or across[x] or (x and covered[x - 1]):
            runs.append([])
        if count and not across[x]:
            runs[-1].append(x)
    return [run for run in runs if run]


def _crossed_runs(across: Sequence[int], beside: Sequence[int]) -> list[list[int]]:
    """Neighbouring places between many cells beside each other at which few stand across."""
    runs: list[list[int]] = [[]]
    for x, count in enumerate(beside):
        if count >= _LEAST_BESIDE and across[x] <= _MOST_ACROSS * count:
            runs[-1].append(x)
        else:
            runs.append([])
    return [run for run in runs if run]


def _counts(stretches: Sequence[tuple[float, float]], first: int, end: int) -> list[int]:
    """How many stretches hold each place, from their start to before their end."""
    steps = [0] * (end - first + 1)
    for start, stop in stretches:
        if stop > start:
            steps[int(start) - first] += 1
            steps[min(int(stop), end) - first] -= 1
    return list(accumulate(steps[:-1]))
