"""The numbers of rows (序号, 行次): which columns count them, and what they say of a row that is two, or lacks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import nearly_all

_FEWEST = 3


def countings(layout: TableLayout) -> tuple[int, ...]:
    """The columns that count the rows, one by one: one for each half of the table that has one."""
    if layout.countings is None:
        layout.countings = tuple(_find_countings(layout))
    return layout.countings


def _find_countings(layout: TableLayout) -> Iterator[int]:
    last = layout.segments[-1][0] if layout.segments else layout.table.width
    amounts = {column for segment in layout.segments for column in segment}
    for column in range(last):
        if column in amounts:
            continue
        numbers = [text for texts in layout.texts if (text := texts[column].strip()).isdecimal()]
        steps = [int(below) - int(above) == 1 for above, below in pairwise(numbers)]
        # One number that is odd makes two steps that are.
        if len(steps) >= _FEWEST and (nearly_all(steps) or sum(steps) >= max(_FEWEST, len(steps) - 2)):
            yield column


def cut_numbers(layout: TableLayout, row: int) -> dict[int, int]:
    """Where the numbers of a row that is two part, by the column that counts."""
    found = {}
    for column in countings(layout):
        text = layout.texts[row][column]
        digits = "".join(text.split())
        for length in range(1, len(digits)) if digits.isdecimal() else ():
            one, two = digits[:length], digits[length:]
            if int(two) - int(one) == 1 and two[0] != "0":
                found[column] = len(text) - len(text[length:].lstrip())
                break
    return found


def numbers_between(layout: TableLayout, place: int) -> dict[int, str]:
    """The numbers that a row put in at `place` would have, by the columns that count the rows and leave one out."""
    found = {}
    for column in countings(layout) if place else ():
        above = layout.texts[place - 1][column].strip()
        below = layout.texts[place][column].strip() if place < len(layout.texts) else ""
        if above.isdecimal() and (not below or (below.isdecimal() and int(below) - int(above) == 2)):
            found[column] = str(int(above) + 1)
    return found
