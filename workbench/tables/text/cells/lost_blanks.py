"""Whether lines of TAB-separated cells are those of a sheet, and whether conversion dropped the blank cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.tables.text.lines import Line

_BLANK_CELL = re.compile(r"\t *\t")
_FIGURE_CELL = re.compile(r"\t *-?\d[\d,]*(?:\.\d+)? *(?:\t|$)")
_FEWEST_PAIRS, _UNEVEN = 6, 8
"""So many pairs of rows are judged; one in so many that are of different lengths is much."""


def is_sheet(lines: Sequence[Line]) -> bool:
    """Whether these are the rows of a spreadsheet as conversion leaves them: every row begins with a TAB."""
    return all(line.text.startswith("\t") for line in lines if "\t" in line.text.strip(" "))


def has_lost_blanks(lines: Sequence[Line]) -> bool:
    """Whether these are sheets of which conversion dropped the blank cells: every row begins with a TAB, nowhere do two
    stand together, and rows are of different lengths; or text in which a TAB only parts what stands apart: no cell is
    blank, and rows of figures below each other are of different lengths."""
    rows = [line.text.strip(" ") for line in lines if "\t" in line.text]
    if any(row.endswith("\t") or _BLANK_CELL.search(row) for row in rows):
        return False
    if all(row.startswith("\t") for row in rows):
        return len({row.count("\t") for row in rows if row.count("\t") > 1}) > 1
    return not any(row.startswith("\t") for row in rows) and _are_uneven(lines)


def _are_uneven(lines: Sequence[Line]) -> bool:
    """Whether rows with figures often have another number of cells than the row with figures above."""
    counts = [
        line.text.count("\t") if "\t" in line.text and _FIGURE_CELL.search(line.text) else 0
        for line in lines
        if not line.blank
    ]
    pairs = [(above, below) for above, below in pairwise(counts) if above and below]
    return len(pairs) >= _FEWEST_PAIRS and sum(a != b for a, b in pairs) * _UNEVEN >= len(pairs)
