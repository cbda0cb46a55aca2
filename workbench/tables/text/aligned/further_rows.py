"""Rows at the top of a page of text that go on with the table of the page before, though their columns stand elsewhere
and print levels of codes that it has not yet: every row prints as many figures behind its name as every row before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from workbench.tables.text.aligned.full_rows import columns_of_full_rows, figures_behind_name
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word

_FEWEST_FIGURES, _FEWEST_ROWS = 4, 2
"""So many figures in so many rows of either page are told by their order alone."""


def rows_by_order(body: Sequence[PlacedLine], lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """Lines that are more rows of a table with this `body`, each figure moved to the column of its place in the row,
    codes and names to where those of the body stand. None where rows print more figures, or fewer."""
    before, after = ([figures_behind_name(line) for line in part] for part in (body, lines))
    full, more = [run for run in before if run], [run for run in after if run]
    counts = {len(run) for run in (*full, *more)}
    if min(len(full), len(more)) < _FEWEST_ROWS or len(counts) > 1 or max(counts) < _FEWEST_FIGURES:
        return []
    columns = columns_of_full_rows(full)
    there, here = _names_begin(body, before), _names_begin(lines, after)
    if len(more) * 2 < len(lines) or there is None or here is None:
        return []
    first, left = (min((line.cells[0] for line in part), key=lambda cell: cell.x0) for part in (body, lines))
    code_shift = first.x0 - left.x0 if len(first.text) == len(left.text) else 0.0
    found = []
    for line, run in zip(lines, after, strict=True):
        names = [
            _shifted(cell, min(cell.x0 + code_shift, there - 1 - (cell.x1 - cell.x0)), there)
            if is_figure_word(cell.text)
            else _shifted(cell, cell.x0 + there - here, columns[0][0])
            for cell in line.cells[: len(line.cells) - len(run)]
        ]
        found.append(replace(line, cells=(*names, *map(_set_right, run, columns))))
    return found


def _names_begin(lines: Sequence[PlacedLine], runs: Sequence[Sequence[Placed]]) -> float | None:
    """Where the names right before the figures mostly begin, but for those of totals; None where there are none."""
    names = [line.cells[-len(run) - 1] for line, run in zip(lines, runs, strict=True) if run]
    begins = [name.x0 for name in names if not name.names_total]
    return median(begins) if begins else None


def _shifted(cell: Placed, x0: float, end: float) -> Placed:
    """A cell that begins elsewhere, not reaching into what begins at an end."""
    return replace(cell, x0=x0, x1=max(min(x0 + cell.x1 - cell.x0, end - 1), x0 + 1))


def _set_right(cell: Placed, column: tuple[float, float]) -> Placed:
    return replace(cell, x0=max(column[0], column[1] - (cell.x1 - cell.x0)), x1=column[1])
