"""Grids that hold several tables one below the other → one grid each."""

from __future__ import annotations

from workbench.fiscal.captions import caption_of_line, title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.tables.spans import SpanCell, SpanGrid

_FEWEST_ROWS = 3


def split_stacked(grid: SpanGrid) -> list[SpanGrid]:
    """The tables in `grid`: it is cut above each title that stands alone in a row below an empty row, or over all
    columns and above captions (tables of a text document that nothing parts are one to it)."""
    rows = grid.by_row()
    cuts = [0]
    for index in range(1, len(rows) - 1):
        if not _is_title_row(rows[index]) or not any(rows[cuts[-1] : index]):
            continue
        whole = rows[index][0].column_span == grid.column_count and index - cuts[-1] >= _FEWEST_ROWS
        if not rows[index - 1] or (whole and _is_caption_row(rows[index + 1])):
            cuts.append(index)
    if len(cuts) == 1:
        return [grid]
    return [grid.rows_from(first, last) for first, last in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _is_title_row(cells: list[SpanCell]) -> bool:
    if len(cells) != 1:
        return False
    title = title_of_line(cells[0].text)
    return bool(title) and form_of_title(title) is not None


def _is_caption_row(cells: list[SpanCell]) -> bool:
    """Whether a row tells the unit of the table below it."""
    return 0 < len(cells) <= 3 and any(caption_of_line(cell.text).unit for cell in cells)
