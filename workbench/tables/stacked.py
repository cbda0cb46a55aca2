"""Grids that hold several tables one below the other → one grid each."""

from __future__ import annotations

from workbench.fiscal.captions import title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.tables.spans import SpanCell, SpanGrid


def split_stacked(grid: SpanGrid) -> list[SpanGrid]:
    """The tables in `grid`: it is cut above each title that stands alone in a row below an empty row."""
    rows = grid.by_row()
    cuts = [0]
    for index in range(1, len(rows) - 1):
        if not rows[index - 1] and _is_title_row(rows[index]) and any(rows[cuts[-1] : index]):
            cuts.append(index)
    if len(cuts) == 1:
        return [grid]
    return [grid.rows_from(first, last) for first, last in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _is_title_row(cells: list[SpanCell]) -> bool:
    if len(cells) != 1:
        return False
    title = title_of_line(cells[0].text)
    return bool(title) and form_of_title(title) is not None
