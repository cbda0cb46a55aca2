"""Names that are printed down a cell, one character below another, in columns from right to left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from workbench.tables.ruled.frames import Word

FEWEST_DOWN = 2
"""So many lines a cell has at least whose print runs down."""
_CLOSE = 1.12
"""Characters that follow each other stand so near, in heights; lines are set further apart."""
_BESIDE = 0.9
"""The left sides of characters of one column are not further apart, in heights: a sign may be narrow."""


def columns_of_print(words: Sequence[Word]) -> list[list[Word]]:
    """The columns of a cell that is printed downwards, the right one first; none where it is printed in lines.

    Print runs the way in which its characters follow each other without a gap: the next column, like the next line,
    stands further away.
    """
    if any(word.end - word.start != 1 for word in words):
        return []
    height = median(word.height for word in words)
    columns: list[list[Word]] = []
    for word in sorted(words, key=lambda word: -word.left):
        if columns and columns[-1][-1].left - word.left <= _BESIDE * height:
            columns[-1].append(word)
        else:
            columns.append([word])
    sideways = [right[-1].left - left[-1].left for right, left in pairwise(columns)]
    for column in columns:
        column.sort()
    downwards = [below.centre - above.centre for column in columns for above, below in pairwise(column)]
    if not sideways or not downwards or max(downwards) >= min(sideways):
        return []
    return columns if median(downwards) <= _CLOSE * height else []
