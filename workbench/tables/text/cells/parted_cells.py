"""Tables as browsers copy them where cells hold paragraphs: a line with nothing but a TAB parts two cells,
several empty lines part two rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.fiscal.captions import is_note, is_table_number, title_of_line
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import captions_before, is_caption
from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.cells.tsv import tables_in_place
from workbench.tables.text.lines import Line, text_of

_FEWEST = 6
_MOST_OTHERS = 0.1
"""How many of the lines with TABs may hold something else, or stand far below the line before."""
_ROW_GAP = 3
"""So many empty lines part two rows."""


@dataclass(slots=True)
class _Grid:
    """The rows of one table and the lines of text above it."""

    above: list[Line]
    rows: list[PieceRow] = field(default_factory=list)

    def takes(self, line: Line) -> bool:
        """Whether a paragraph below the last cell is a part of it: the row may go on,
        and the text begins nothing else."""
        text = line.text.strip()
        if is_note(text) or is_caption(text) or is_table_number(text) or title_of_line(text) or text.endswith("。"):
            return False
        row = self.rows[-1]
        return len(row) < max(map(len, self.rows)) and kind_of(text_of(row[-1])) != "figure"


def are_parted(lines: Sequence[Line]) -> bool:
    """Whether nearly every TAB stands alone on its line, closely below the cell before it and apart from the next."""
    tabs, others, gap = 0, 0, 0
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if _is_blank(line):
            gap += 1
            continue
        if "\t" in line.text:
            tabs += 1
            apart = following is None or _is_blank(following)
            others += bool(line.text.strip("\t ")) or gap > 1 or not apart
        gap = 0
    return tabs >= _FEWEST and others <= _MOST_OTHERS * tabs


def parted_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order. Text between them is left out."""
    return [
        table
        for grid in _grids(lines)
        for table in tables_in_place(grid.rows, captions_before(grid.above))
        if grid.rows
    ]


def _is_blank(line: Line) -> bool:
    """Whether nothing is on a line; a wide blank alone is a cell that prints nothing."""
    return not line.text.strip(" \r")


def _grids(lines: Sequence[Line]) -> Iterator[_Grid]:
    grid = _Grid([])
    gap, after_tab, inside = 0, False, False
    for line in lines:
        if _is_blank(line):
            gap += 1
            continue
        if not line.text.strip(" \t\r"):
            if not inside:
                # The line above the first TAB is the first cell.
                first = grid.above.pop().pieces() if grid.above else ()
                if grid.rows:
                    yield grid
                    grid = _Grid(grid.above)
                grid.rows.append([first])
                inside = True
            grid.rows[-1].append(())
            after_tab = True
        elif inside and (after_tab or (gap < _ROW_GAP and grid.takes(line))):
            grid.rows[-1][-1] += line.pieces()
            after_tab = False
        elif inside and gap >= _ROW_GAP:
            grid.rows.append([line.pieces()])
            after_tab = False
        else:
            if inside:
                yield grid
                grid, inside = _Grid([]), False
            grid.above.append(line)
        gap = 0
    yield grid
