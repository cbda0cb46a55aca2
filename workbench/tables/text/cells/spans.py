"""Where the cells of a row stand when the row prints fewer cells than the table has columns.

A cell that spans columns is printed once. Which cells span, and how far, follows from the row below (a run of labels
hangs under one spanner, a blank continues the cell above) and from what stands in the columns (labels of amounts
above figures).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from workbench.fiscal.codes import is_name_of, names_of
from workbench.model.amount import FigureKind, read_figure
from workbench.tables.text.vocabulary import TOTALS, column_kind, is_spanner, may_stand_under

_FORBIDDEN = 10**6
_CODE_ELSEWHERE = 8
"""What it costs that the code of an account does not stand over its name."""
_STUBS = frozenset({"项目", "科目编码", "科目名称", "编码", "名称", "类"})
"""Labels with which the columns below a spanner begin."""
"""Labels that stand first of those below a spanner, where one of them does."""


@lru_cache(maxsize=16384)
def kind_of(text: str) -> str:
    """What a body text is: `"figure"`, `"text"`, or `""` for a blank."""
    kind = read_figure(text).kind
    if kind is FigureKind.BLANK:
        return ""
    return "figure" if kind in (FigureKind.NUMBER, FigureKind.DASH) and not _is_code(text) else "text"


def _is_code(text: str) -> bool:
    return text.isdigit() and ((len(text) >= 3 and text[0] in "23") or (text.startswith("0") and len(text) > 1))


def column_kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """What stands in each column of full rows: `"figure"`, `"text"`, or `""` where all is blank or undecided."""
    kinds = []
    for column in range(width):
        found = [kind_of(row[column]) for row in rows]
        figures, texts = found.count("figure"), found.count("text")
        kinds.append("figure" if figures > 2 * texts else "text" if texts > 2 * figures else "")
    return kinds


def place_header_row(cells: Sequence[str], width: int, below: Sequence[str] | None, kinds: Sequence[str]) -> list[int]:
    """The first column of each cell of a header row with at most `width` cells.

    `below` is the row beneath, already placed (spanned labels repeated), None for the lowest row; `kinds` what stands
    in the body columns.
    """

    def cost(cell: str, start: int, end: int) -> int:
        return header_cost(cell, start, end, below, kinds)

    return _place(cells, width, cost)


def cells_below(above: int, row: Sequence[object]) -> list[int] | None:
    """Below which of so many cells of the row above each cell of a row stands, where its blanks tell it: a blank goes
    on with the cell above, labels beside each other hang below one. None where the cells above are not so many."""
    groups = [-1]
    for index, cell in enumerate(row):
        groups.append(groups[-1] + (not cell or not index or not row[index - 1]))
    return groups[1:] if groups[-1] + 1 == above and not all(row) else None


def place_body_row(cells: Sequence[str], kinds: Sequence[str], levels: Sequence[bool] = ()) -> list[int]:
    """The first column of each cell of a body row that prints fewer cells than there are columns; in those of `levels`
    stand codes."""

    def cost(cell: str, start: int, end: int) -> int:
        kind = kind_of(cell)
        wrong = 4 if kind and kinds[start] and kind != kinds[start] else 0
        wrong += 4 if levels and levels[start] and cell and not cell.isdigit() else 0
        return wrong + (end - start - 1) * (3 if kind == "figure" else 1 if cell else 2)

    return _place(cells, len(kinds), cost)


def pull_back(cells: Sequence[str], kinds: Sequence[str]) -> list[int]:
    """The column of each cell of a row that prints more cells than there are columns: blanks were put in and pushed
    the others to the right; those blanks are left out whose absence brings texts and figures to their columns."""
    width = len(kinds)
    best: list[dict[int, tuple[int, bool]]] = [{0: (0, False)}]
    for index, cell in enumerate(cells):
        following: dict[int, tuple[int, bool]] = {}
        for column, (cost, _) in best[index].items():
            if column < width:
                kind = kind_of(cell)
                wrong = 4 if kind and kinds[column] and kind != kinds[column] else 0
                if column + 1 not in following or cost + wrong < following[column + 1][0]:
                    following[column + 1] = (cost + wrong, True)
            dropped = cost if not cell else cost + _FORBIDDEN // 4 if column < width else cost + 50
            if column not in following or dropped < following[column][0]:
                following[column] = (dropped, False)
        best.append(following)
    column = min(best[-1], key=lambda end: (best[-1][end][0], -end))
    starts: list[int] = []
    for index in range(len(cells), 0, -1):
        placed = best[index][column][1]
        column -= placed
        starts.append(min(column, width - 1))
    return starts[::-1]


def _begins_stub(label: str) -> bool:
    """Whether the stub of a table begins with this label: 项目, or the codes of any classification."""
    return label in _STUBS or label.endswith(("编码", "代码"))


def header_cost(cell: str, start: int, end: int, below: Sequence[str] | None, kinds: Sequence[str]) -> int:
    """What it costs that a cell of a header stands over the columns `start:end` of the row below it, already placed, or
    of the body."""
    span = end - start
    total = 0
    if below is not None:
        beneath = below[start:end]
        if span > 1:
            blanks = sum(1 for text in beneath if not text)
            total += 8 * blanks if blanks < span else 3 * span
            total += 0 if cell else 6
        elif not beneath[0] and not cell:
            total += 3
        labels = [text for text in beneath if text]
        total += 4 * (len(labels) - len(set(labels)))
        total += 3 * sum(text in _STUBS for text in labels[1:] if not _begins_stub(labels[0]))
        total += 3 * sum(text == "项目" for text in labels[1:] if _begins_stub(labels[0]))
        total += 2 * sum(text in TOTALS for text in labels[1:])
        if cell and is_spanner(cell):
            total -= sum(1 for text in labels if may_stand_under(text, cell))
            total += 2 if labels and not any(may_stand_under(text, cell) for text in labels) else 0
        if span > 1 and cell and column_kind(cell) == "text":
            total += sum(column_kind(text) == "figure" for text in labels)
        if any(beneath) and start > 0 and beneath[0] and beneath[0] == below[start - 1]:
            total += 5
        total += 4 if cell and _parts_group(below, start) else 0
        if cell.isdigit() and names_of(cell):
            total += 0 if span == 1 and is_name_of(beneath[0], cell) else _CODE_ELSEWHERE
        if end < len(below) and beneath[-1] and beneath[-1] == below[end]:
            total += 5
    elif span > 1:
        total += 2 * (span - 1)
        if cell and column_kind(cell) == "figure":
            total += 2 * (span - 1)
    if below is None or not any(below[start:end]):
        label = column_kind(cell) if cell else ""
        for column in range(start, end):
            if label and kinds[column] and label != kinds[column]:
                total += 2
    return total


def _parts_group(below: Sequence[str], start: int) -> bool:
    """Whether a column stands inside one of the groups of labels that a row repeats (预算数 决算数 预算数 决算数)."""
    return below[start] not in ("", below[0]) and below[start] in _repeated(tuple(below))


@lru_cache(maxsize=1024)
def _repeated(below: tuple[str, ...]) -> frozenset[str]:
    """The labels of the group that a row begins with and that comes again and again, none where there is no such."""
    size = below.index(below[0], 1) if below[0] in below[1:] else 0
    group = below[:size]
    whole = len(below) // size * size if size else 0
    alike = size > 1 and all(group) and below[:whole] == group * (whole // size)
    return frozenset(group) if alike else frozenset()


def _place(cells: Sequence[str], width: int, cost: Callable[[str, int, int], int]) -> list[int]:
    """The cheapest way to lay `cells` over `width` columns in order, each over one column or more. Of equal ways the
    one whose spans are furthest right."""
    count = len(cells)
    if count >= width:
        return list(range(count))
    best = [[_FORBIDDEN] * (width + 1) for _ in range(count + 1)]
    back = [[0] * (width + 1) for _ in range(count + 1)]
    best[0][0] = 0
    for index in range(count):
        for end in range(index + 1, width - (count - index - 1) + 1):
            for start in range(index, end):
                if best[index][start] >= _FORBIDDEN:
                    continue
                total = best[index][start] + cost(cells[index], start, end)
                if total < best[index + 1][end]:
                    best[index + 1][end] = total
                    back[index + 1][end] = start
    starts: list[int] = []
    end = width
    for index in range(count, 0, -1):
        end = back[index][end]
        starts.append(end)
    return starts[::-1]
