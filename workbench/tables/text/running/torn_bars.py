"""Text between whose bars no cells stand: programs that guess the columns of a PDF tear its tables to pieces, cut rows
between cells and put two into one. There a bar is a blank, and the text is read as one that lost its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.model.source import Page
from workbench.tables.raw import RawTable
from workbench.tables.text.lines import Line
from workbench.tables.text.running.linear import linear_tables

_RULE = re.compile(r"^[|\t ]*-{3}[|\t :-]*$", re.MULTILINE)
_TWO_CELLS = re.compile(
    r"^(?:-?\d[\d,]*(?:,\d{3}|\.\d{2})\s+(?:[⺀-鿿（(]|-?\d[\d,]*[,.]\d)|[1-9]\d\d\s\d\d(?:\s\d\d)?$|\d\d\s+[⺀-鿿])"
)
"""A figure and the label or the figure right of it, levels of a code, the last level of a code and its name."""
_FIGURE = re.compile(r"\|\s*-?\d[\d,]*(?:,\d{3}|\.\d{2})\s*\|")
_FEWEST = 3


def are_torn(lines: Sequence[Line]) -> bool:
    """Whether several cells hold two, and lines without bars stand right beside rows,
    or rows of figures above a rule."""
    if not any(line.text.startswith("|") for line in lines):
        return False
    double = sum(
        bool(_TWO_CELLS.match(cell.strip()))
        for line in lines
        if line.text.startswith("|")
        for cell in line.text.split("|")
    )
    if double < _FEWEST:
        return False
    beside, ruled = 0, 0
    for above, below in pairwise(lines):
        barred = above.text.startswith("|"), below.text.startswith("|")
        beside += barred[0] != barred[1] and not above.blank and not below.blank
        ruled += bool(_RULE.match(below.text)) and bool(_FIGURE.search(above.text))
    return beside >= _FEWEST or ruled >= _FEWEST


def torn_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, their bars taken for blanks."""
    pages: dict[int, Page] = {}
    plain: list[Line] = []
    for line in lines:
        page = pages.get(id(line.page))
        if page is None:
            text = _RULE.sub(lambda match: " " * len(match[0]), line.page.text).replace("|", " ")
            page = pages.setdefault(id(line.page), replace(line.page, text=text))
        text = page.text[line.start : line.end]
        if text.strip() or not line.text.strip():
            plain.append(Line(page, line.start, line.end, text))
    return linear_tables(plain)
