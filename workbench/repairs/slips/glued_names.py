"""Names that end in the figure of their row: a reader took the first figure behind a name for its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbench.model.amount import FigureKind, read_figure
from workbench.model.edit import SetCell
from workbench.model.table import CellRef
from workbench.repairs.evidence.layout import TableLayout

METHOD = "figure_in_name"
APART = 1.2
GLUED = 2.0
"""Without a blank between, a figure may be a part of the name."""

_DIGITS = frozenset("0123456789")
_FIGURE_BEHIND = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")


class Glued(NamedTuple):
    """One name with a figure behind it: what it costs to part them, and the edits that do."""

    cost: float
    figure: SetCell
    name: SetCell


def glued_names(layout: TableLayout) -> Iterator[Glued]:
    """The names of a table that end in an amount as the column beside them prints, where it is blank on their row."""
    for segment in layout.segments:
        column = segment[0]
        named = column - 1
        if named < 0:
            continue
        for row, texts in enumerate(layout.texts):
            if texts[named][-1:] in _DIGITS and not texts[column]:
                found = _parted(layout, row, named)
                if found is not None:
                    yield found


def _parted(layout: TableLayout, row: int, named: int) -> Glued | None:
    """The name and the figure of a cell apart; None where it says nothing but a figure, or ends in no amount."""
    printed = layout.texts[row][named]
    match = _FIGURE_BEHIND.search(printed)
    if match is None or read_figure(printed).kind is not FigureKind.TEXT:
        return None
    text, name = match.group(), printed[: match.start()]
    apart, decimals = name != name.rstrip(), read_figure(text).decimals
    if not (decimals or "," in text or (apart and not layout.style(named + 1).decimals)):
        return None
    table = layout.table.id
    label, blank = CellRef(table, row, named), CellRef(table, row, named + 1)
    return Glued(APART if apart else GLUED, SetCell(blank, "", text), SetCell(label, printed, name.rstrip()))
