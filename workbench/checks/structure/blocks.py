"""Parts and wholes in blocks of labels and values side by side, without a head (部门整体支出绩效目标表).

收入预算合计 | 9.00 | 其中：上级财政拨款 | 1.00
本级财政安排 | 7.00 | 其他资金         | 1.00

What 其中 takes apart stands left of it; its parts go on over the rows below, on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.rows import RowLabel


def beside_groups(panels: Sequence[Sequence[RowLabel]]) -> Iterator[RowGroup]:
    """The wholes left of a 其中 with their parts; only where the figures bear it out."""
    by_row = [{label.row: label for label in labels if label.key} for labels in panels]
    for left, right in pairwise(by_row):
        for row, label in right.items():
            whole = left.get(row)
            if label.of_which and whole is not None and not whole.of_which:
                parts = (label, *_below(left, right, row))
                yield RowGroup(GroupKind.CHILDREN, whole, (parts,), sure=False)


def is_beside(panels: Sequence[Sequence[RowLabel]], label: RowLabel) -> bool:
    """Whether a 其中 has the row that it takes apart left of it."""
    if not label.of_which or not label.panel:
        return False
    return any(other.row == label.row and other.key for other in panels[label.panel - 1])


def _below(left: Mapping[int, RowLabel], right: Mapping[int, RowLabel], row: int) -> Iterator[RowLabel]:
    while (row := row + 1) in left and not left[row].total and not (row in right and right[row].of_which):
        yield left[row]
        if row in right:
            yield right[row]
