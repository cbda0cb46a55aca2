"""Figures that stand so close together that blanks may show no columns: whether they go by where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.parting import Extent
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.promises import count_around_figures, count_broken, count_held
from workbench.tables.text.figures import is_figure_word

_ONE_BLANK, _MOST_TIGHT = 1.0, 0.25
"""What part of the figures beside each other may be only a blank apart."""
_CODE = re.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
_FEWEST_NUMBERED = 5
"""So many lines in a row are numbered."""


def gaps_between_figures(lines: Sequence[PlacedLine]) -> list[Extent]:
    """The gaps between figures beside each other, the levels of a code before a name left out."""
    if not lines or lines[0].line.page.boxes:
        return []
    return [
        (before.x1, after.x0)
        for line in lines
        for before, after, behind in _threes(_behind_code(line.cells))
        if is_figure_word(before.text) and is_figure_word(after.text) and not _begins_block(after, behind)
    ]


def _threes(cells: Sequence[Placed]) -> Iterator[tuple[Placed, Placed, Placed | None]]:
    """Cells beside each other, with the one behind them."""
    return zip(cells, cells[1:], [*cells[2:], None], strict=False)


def _begins_block(cell: Placed, behind: Placed | None) -> bool:
    """Whether a cell is the code before a name, with which another block of accounts begins."""
    return bool(_CODE.match(cell.text)) and behind is not None and not is_figure_word(behind.text)


def _are_numbered(lines: Sequence[PlacedLine]) -> bool:
    """Whether whole numbers behind names count on from line to line, many times."""
    runs: dict[int, int] = {}
    for line in lines:
        for cell in _behind_code(line.cells)[1:]:
            if cell.text.isdecimal():
                number = int(cell.text)
                runs[number] = max(runs.get(number, 0), runs.get(number - 1, 0) + 1)
    return max(runs.values(), default=0) >= _FEWEST_NUMBERED


def _behind_code(cells: Sequence[Placed]) -> Sequence[Placed]:
    """The cells of a line from its first text on, all where it has none."""
    return cells[next((index for index, cell in enumerate(cells) if not is_figure_word(cell.text)), 0) :]


def are_tight(gaps: Sequence[Extent]) -> bool:
    """Whether too many of the gaps are only a blank wide for these to show columns."""
    return sum(gap[1] - gap[0] <= _ONE_BLANK for gap in gaps) > _MOST_TIGHT * len(gaps)


def is_likelier(table: RawTable, running: RawTable, lines: Sequence[PlacedLine], gaps: Sequence[Extent]) -> bool:
    """Whether close figures go by where they stand: they break fewer of the promised sums so, or keep more. Where
    there are as many, fewer cells take together what stands on both sides of a figure; or else lines are numbered
    behind their names, which only their place tells from amounts, and no figure stands across the blanks."""
    broken, others = count_broken(table), count_broken(running)
    if broken == others:
        broken, others = count_held(running), count_held(table)
    if broken == others:
        broken, others = count_around_figures(table, lines), count_around_figures(running, lines)
    if broken != others or not _are_numbered(lines):
        return broken < others
    figures = [cell for line in lines for cell in line.cells if is_figure_word(cell.text)]
    across = {gap for gap in set(gaps) if any(cell.x0 < gap[1] and cell.x1 > gap[0] for cell in figures)}
    return sum(gap in across and gap[1] - gap[0] <= _ONE_BLANK for gap in gaps) <= _MOST_TIGHT * len(gaps)
