"""Columns that only alignment shows: the strips that the words of the body leave free between them, each with the
header label that stands over it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.dealt_labels import dealt, holds_codes
from workbench.tables.text.aligned.heads_in_order import FARTHEST, are_set_left, count_short, in_order, some_in_order
from workbench.tables.text.aligned.parting import strips_of
from workbench.tables.text.aligned.places import PlacedLine
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import LEVELS, TOTALS, is_rare_spanner, is_spanner, may_stand_under

_NUMBERED = 3
"""A row of so many numbers numbers the columns: what stands over none of them spans some."""
_FEWEST_LEVELS, _CODE_LENGTHS = 2, (2, 3, 5, 7)
"""So many labels of levels stand beside each other, above codes of so many digits each: of one level or of all so
far."""
_FEWEST_ROWS, _EMPTY = 2, 0.5
"""So many rows of figures show where columns are; how wrong it is that a label stands over nothing, against one that
stands over another's column."""
_BOTH = 0.25
"""What part of the narrower of two labels beside each other may stand below or above the other."""
OF_NAMES = "栏次"
"""What stands in a row of numbers in place of that of the names."""
_CODE_AND_NAME = re.compile(r"[编代]码.*名称")


def columns_of(
    labels: Sequence[HeaderLabel], numbering: Sequence[PlacedLine], body: Sequence[PlacedLine], em: float
) -> list[Column]:
    """The strips of the body and of the numbering row, each with the label over it, and a column for each lowest label
    that stands over none. Where that leaves a strip or a label alone, and the lowest labels are as many as the strips,
    they go together in their order: labels are centred, figures set to a side."""
    lines = (*(_without_codes(line) for line in numbering), *body)
    lowest = sorted(lowest_of(labels, em), key=lambda label: label.middle)
    levelled = sum(label.text in LEVELS for label in lowest) >= _FEWEST_LEVELS
    named = [] if levelled else [(label.x0, label.x1) for label in lowest]
    columns = [Column(x0, x1) for x0, x1 in strips_of(lines, em, named)]
    for cell in [cell for line in lines for cell in line.cells] if columns else ():
        max(columns, key=lambda column: min(column.x1, cell.x1) - max(column.x0, cell.x0)).cells.append(cell)
    numbers = {line.number for line in numbering if sum(cell.text.isdigit() for cell in line.cells) >= _NUMBERED}
    columns = _with_numbers(columns, {line.number for line in numbering})
    strips = [Column(column.x0, column.x1, None, list(column.cells)) for column in columns]
    levels = _name_levels(lowest, columns)
    all_in_order = in_order(lowest, columns, em)
    boxed = bool(lines) and bool(lines[0].line.page.boxes)
    some = [] if boxed or are_set_left(columns) else some_in_order(lowest, columns)
    found = _under_labels([label for label in labels if label not in levels], columns, numbers, em)
    if all_in_order and any(column.leaf is None or not column.cells for column in found):
        found = all_in_order
    elif some and count_short(some) < count_short(found):
        found = some
    rows = sum(any(is_figure_word(cell.text) for cell in line.cells) for line in body)
    if boxed or rows < _FEWEST_ROWS or not _count_wrong(found, labels):
        return found
    others = dealt(labels, strips)
    return others if others and _count_wrong(others, labels) < _count_wrong(found, labels) else found


def lowest_of(labels: Sequence[HeaderLabel], em: float) -> list[HeaderLabel]:
    """The labels that stand over no others."""
    return [label for label in labels if not (_is_over_others(label, labels) or _spans(label, labels, em))]


def _count_wrong(columns: Sequence[Column], labels: Sequence[HeaderLabel]) -> float:
    """How many columns but those of codes have no label, how many labels stand before one that is printed left of them
    or are known to stand over others, and half as many as stand over nothing."""
    leaves = [column.leaf for column in columns if column.leaf is not None]
    crossed = sum(
        before.x0 >= (after.x0 + 1 if before.top <= after.bottom and after.top <= before.bottom else after.x1)
        and not _is_right_of(after, before)
        for before, after in pairwise(leaves)
    )
    spanners = sum(
        is_spanner(leaf.text)
        and any(other.top > leaf.bottom and may_stand_under(other.text, leaf.text) for other in labels)
        for leaf in leaves
    )
    blank = sum(column.leaf is not None and not column.cells for column in columns)
    unnamed = sum(column.leaf is None and bool(column.cells) and not holds_codes(column) for column in columns)
    return crossed + spanners + unnamed + _EMPTY * blank


def _without_codes(line: PlacedLine) -> PlacedLine:
    """A line that numbers the columns without the words that stand for no number but the last of them, over the names:
    those over codes are printed where there is room for them."""
    following = [*(cell.text for cell in line.cells[1:]), ""]
    again = [cell.text == after == OF_NAMES for cell, after in zip(line.cells, following, strict=True)]
    return replace(line, cells=tuple(cell for cell, left_out in zip(line.cells, again, strict=True) if not left_out))


def _with_numbers(columns: Sequence[Column], numbers: Set[int]) -> list[Column]:
    """The columns, one that holds nothing but its number made one with the nearest of the two beside it that has none
    and holds figures, or names where no number stands: numbers are centred, figures set to a side."""
    found = list(columns)
    for column in columns:
        if not column.lines or not column.lines <= numbers:
            continue
        place = found.index(column)
        beside = [found[at] for at in (place + 1, place - 1) if 0 <= at < len(found)]
        names = all(cell.text == OF_NAMES for cell in column.cells)
        free = [other for other in beside if not other.lines & numbers and other.holds_figures != names]
        nearest = min(free, key=lambda other: max(other.x0 - column.x1, column.x0 - other.x1), default=None)
        if nearest is not None:
            column.take(nearest)
            found.remove(nearest)
    return found


def _name_levels(lowest: Sequence[HeaderLabel], columns: list[Column]) -> Sequence[HeaderLabel]:
    """The labels of the levels of a code (类 款 项), each given to its column in their order: the first columns, which
    hold a code each a blank apart, not below the labels, which are spread over them. Where the codes stand in fewer
    columns the last levels have columns without any. None where the first columns are no such codes."""
    levels = [label for label in lowest if label.text in LEVELS]
    if len(levels) < _FEWEST_LEVELS or lowest[: len(levels)] != levels:
        return ()
    codes = next((index for index, column in enumerate(columns) if not _holds_codes(column)), len(columns))
    if not 0 < codes <= len(levels):
        return ()
    for column, label in zip(columns, levels, strict=False):
        column.leaf = label
    for label in levels[codes:]:
        end = columns[codes - 1].x1
        columns.insert(codes, Column(end, end, label))
        codes += 1
    return levels


def _holds_codes(column: Column) -> bool:
    """Whether a column holds codes, but for the names of totals."""
    codes = [cell.text for cell in column.cells if not cell.names_total]
    return bool(codes) and all(code.isdecimal() and len(code) in _CODE_LENGTHS for code in codes)


def _under_labels(labels: Sequence[HeaderLabel], columns: list[Column], numbers: Set[int], em: float) -> list[Column]:
    """The columns, each with the label that stands over it, and those of the labels that stand over none."""
    for label in sorted(labels, key=lambda label: (-label.bottom, label.x0)):
        over = [column for column in columns if min(column.x1, label.x1) - max(column.x0, label.x0) > 0]
        free = [column for column in over if column.leaf is None]
        if numbers and _is_above(label, labels) and not any(column.lines & numbers for column in free):
            continue
        if len(over) == 1 and free:
            over[0].widen(label)
        elif not over and not _spans(label, labels, em) and not _is_above(label, labels):
            beside = _beside(label, labels, columns)
            if beside is None:
                columns.append(Column(label.x0, label.x1, label))
            else:
                beside.leaf = label
        elif len(over) == 1 and _stands_beside(label, over[0].leaf, labels, em):
            columns.append(_beside_column(label, over[0]))
        elif len(over) == 2 and free and not _spans(label, labels, em):
            max(free, key=lambda column: min(column.x1, label.x1) - max(column.x0, label.x0)).leaf = label
    return _moved_up(_merged(_as_on_their_lines(sorted(columns, key=lambda column: column.x0))))


def _as_on_their_lines(columns: Sequence[Column]) -> list[Column]:
    """The columns from left to right, those beside each other of which one has no words, so that only their labels say
    where they stand, in the order of these on a line that both stand on: each line is laid out by itself."""
    found = list(columns)
    for at, (left, right) in enumerate(pairwise(columns)):
        if found[at] is left and left.leaf and right.leaf and not (left.cells and right.cells):
            found[at : at + 2] = [right, left] if _is_right_of(left.leaf, right.leaf) else [left, right]
    return found


def _is_right_of(label: HeaderLabel, other: HeaderLabel) -> bool:
    """Whether a label stands right of another on a line that both stand on."""
    starts = {_line_of(piece): piece.start for piece in other.pieces}
    return any(piece.start > starts.get(_line_of(piece), piece.start) for piece in label.pieces)


def _line_of(piece: Piece) -> tuple[int, int]:
    """The line that a piece is printed on."""
    return piece.page.number, piece.page.text.rfind("\n", 0, piece.start)


def _stands_beside(label: HeaderLabel, leaf: HeaderLabel | None, labels: Sequence[HeaderLabel], em: float) -> bool:
    """Whether a label stands beside the one that names a column, over none of its own: on the same lines, each of which
    is laid out by itself, and nothing stands below either."""
    if leaf is None:
        return False
    both = min(label.x1, leaf.x1) - max(label.x0, leaf.x0)
    on_a_line = _is_right_of(label, leaf) or _is_right_of(leaf, label)
    if not on_a_line and both > _BOTH * min(label.x1 - label.x0, leaf.x1 - leaf.x0):
        return False
    if min(label.bottom, leaf.bottom) < max(label.top, leaf.top):
        return False
    return not any(_is_over_others(one, labels) or _spans(one, labels, em) for one in (label, leaf))


def _beside_column(label: HeaderLabel, column: Column) -> Column:
    """A column without words for a label that reaches over one that another label names, on its side of it."""
    leaf = column.leaf or label
    if label.middle > leaf.middle:
        return Column(max(column.x1, label.x0), max(column.x1, label.x1), label)
    return Column(min(column.x0, label.x0), min(column.x0, label.x1), label)


def _beside(label: HeaderLabel, labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> Column | None:
    """The nearest column beside a label that stands over none, of those over which only labels stand that stand above
    others as well: figures are set to a side, and reach below the spanner."""
    near = [column for column in columns if column.leaf is None and column.gap_to(label) <= FARTHEST]
    below = [(column, [other for other in labels if column.gap_to(other) < 0]) for column in near]
    free = [column for column, over in below if over and all(_is_above(other, labels) for other in over)]
    return min(free, key=lambda column: column.gap_to(label), default=None)


def _moved_up(columns: list[Column]) -> list[Column]:
    """The columns, labels moved one to the right where figures set to the right reach below the next label: a label
    without figures, labels with some, figures without a label."""
    for start, column in enumerate(columns):
        if column.leaf is None or column.cells:
            continue
        end = start + 1
        while end < len(columns) and columns[end].leaf is not None and columns[end].cells:
            end += 1
        moves = end < len(columns) and columns[end].leaf is None and columns[end].holds_figures
        if moves and all(between.holds_figures for between in columns[start + 1 : end]):
            for index in range(end, start, -1):
                columns[index].leaf = columns[index - 1].leaf
            return _moved_up([*columns[:start], *columns[start + 1 :]])
    return columns


def _merged(columns: list[Column]) -> list[Column]:
    """The columns, a strip without a label made one with the label beside it that has nothing on the same lines:
    figures stand right of the middle of their label, texts left of it."""
    index = 0
    while index < len(columns):
        column = columns[index]
        if column.leaf is None and column.cells:
            figures = sum(is_figure_word(cell.text) and len(cell.text) > 2 for cell in column.cells)
            beside = (index - 1, index + 1) if figures * 2 > len(column.cells) else (index + 1, index - 1)
            other = next((i for i in beside if 0 <= i < len(columns) and _may_take(columns[i], column)), None)
            if other is not None:
                columns[other].take(column)
                columns.pop(index)
                index = max(index - 2, 0)
                continue
        index += 1
    return columns


def _may_take(labelled: Column, column: Column) -> bool:
    if labelled.leaf is None:
        return False
    label = labelled.leaf.text
    codes = sum(cell.text.isdecimal() for cell in column.cells) * 2 > len(column.cells) and column.x0 < labelled.x0
    both = _CODE_AND_NAME.search(label) or (label.endswith("科目") and not is_spanner(label))
    return not labelled.lines & column.lines or (codes and bool(both))


def _spans(label: HeaderLabel, labels: Sequence[HeaderLabel], em: float) -> bool:
    """Whether lower labels on both sides of the middle of a label may hang under it, or on its left side where no label
    stands right of it: one line may be set wider than another."""
    lower = [
        other.middle - label.middle
        for other in labels
        if other.top > label.bottom and may_stand_under(other.text, label.text)
    ]
    last = not is_rare_spanner(label.text) and all(other.middle <= label.middle for other in labels)
    return any(-12 * em < shift <= 0 for shift in lower) and (last or any(0 <= shift < 12 * em for shift in lower))


def _is_over_others(label: HeaderLabel, labels: Sequence[HeaderLabel]) -> bool:
    """Whether a lower label stands below any part of a label."""
    return any(other.top > label.bottom and min(other.x1, label.x1) > max(other.x0, label.x0) for other in labels)


def _is_above(label: HeaderLabel, labels: Sequence[HeaderLabel]) -> bool:
    """Whether the next labels on both sides of a label stand lower; a total stands over none, but beside its parts."""
    if label.text in TOTALS:
        return False
    left = max((other for other in labels if other.middle < label.middle), key=lambda other: other.middle, default=None)
    right = min(
        (other for other in labels if other.middle > label.middle), key=lambda other: other.middle, default=None
    )
    return all(other is not None and other.top > label.bottom for other in (left, right))
