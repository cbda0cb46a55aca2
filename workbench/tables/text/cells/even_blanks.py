"""Rows whose cells are apart by the same number of blanks everywhere, as a TAB becomes where a text is copied: a blank
cell leaves twice as many. With a TAB for each they are rows of cells like others. So are those whose cells are apart by
two TABs everywhere, as some programs write the text of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from workbench.tables.text.lines import Line

_GAP = re.compile(r" {2,}")
_TABS = re.compile(r"\t+")
_APART = re.compile(r"(?<=\S) {2,}(?=\S)")
_WIDTHS = range(2, 9)
_FEWEST_GAPS, _MOST_ODD = 20, 0.03
"""So many gaps are judged; the share of them that may be no multiple of the width."""
_FEWEST_A_ROW, _MOST_IN_ROW = 1.5, 100
"""So many gaps stand in rows, a list of contents has one; no row of a table has more."""
_BLANK = 0.05
"""The share of gaps that blank cells make wider, or that stand before or behind a row, where blank cells were kept."""
_FEWEST_PAIRS, _LIKE = 6, 0.9
"""So many pairs of rows are judged; the share of them that have as many cells where no cell is blank."""


def tabbed_at_even_blanks(lines: Sequence[Line]) -> list[Line]:
    """The lines, with a TAB at the beginning of every gap of one cell's width; as they are where gaps are of any width,
    where blank cells left none, or where single TABs or bars part cells."""
    if _are_double_tabs(lines):
        return [line._replace(text=line.text.replace("\t\t", "\t ")) for line in lines]
    width = _width_of(lines)
    return [_tabbed(line, width) for line in lines] if width else list(lines)


def _are_double_tabs(lines: Sequence[Line]) -> bool:
    """Whether cells are apart by two TABs wherever they are."""
    runs = [len(run) for line in lines if "\t" in line.text for run in _TABS.findall(line.text)]
    return len(runs) >= _FEWEST_GAPS and not any(run % 2 for run in runs)


def _width_of(lines: Sequence[Line]) -> int:
    """How many blanks part two cells everywhere; 0 where no number does."""
    if any("\t" in line.text or "|" in line.text for line in lines):
        return 0
    rows = [line.text for line in lines if _APART.search(line.text)]
    found = [_APART.findall(row) for row in rows]
    gaps = Counter(len(gap) for row in found for gap in row)
    count = gaps.total()
    if any(len(row) > _MOST_IN_ROW for row in found):
        return 0
    if count < _FEWEST_GAPS or count < _FEWEST_A_ROW * len(rows):
        return 0
    width = max(gaps, key=lambda gap: (gaps[gap], -gap))
    even = sum(number for gap, number in gaps.items() if gap % width == 0)
    if width not in _WIDTHS or count - even > _MOST_ODD * count:
        return 0
    outside = sum(row.startswith("  ") + row.endswith("  ") for row in rows)
    kept = even - gaps[width] + outside >= _BLANK * count
    return width if kept or _are_alike(rows, width) else 0


def _are_alike(rows: Sequence[str], width: int) -> bool:
    """Whether rows below each other nearly all have as many cells."""
    counts = [row.count(" " * width) for row in rows]
    alike = [above == below for above, below in pairwise(counts)]
    return len(alike) >= _FEWEST_PAIRS and sum(alike) >= _LIKE * len(alike)


def _tabbed(line: Line, width: int) -> Line:
    """A row with a TAB for each edge between cells, every other character in its place."""
    if not _APART.search(line.text) and not (line.text.strip() and line.text.endswith("  ")):
        return line
    edge = "\t" + " " * (width - 1)
    text = _GAP.sub(lambda gap: edge * (len(gap[0]) // width) + " " * (len(gap[0]) % width), line.text)
    return line._replace(text=text)
