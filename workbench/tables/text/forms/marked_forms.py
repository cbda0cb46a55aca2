"""Performance forms of which every cell ends with a bar, and the tables of such cells around them."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.raw import RawTable
from workbench.tables.text.cells.marked_cells import marked_cell_tables, stands_in_marked_cells
from workbench.tables.text.forms.form_cells import Cell, FormCells, PrintedCells, forms_of_cells
from workbench.tables.text.lines import Line, text_of


def tables_of_marked_cells(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of cells that end with bars in these lines: the forms, then what the lines around them hold."""
    forms = _forms(lines)
    edges = [-1, *(edge for form in forms for edge in (form.first, form.last)), len(lines)]
    rest = [lines[last + 1 : first] for last, first in zip(edges[::2], edges[1::2], strict=True)]
    return [form.table for form in forms] + [table for stretch in rest for table in marked_cell_tables(stretch)]


def _forms(lines: Sequence[Line]) -> list[FormCells]:
    """The forms; a line outside of marked cells is a cell as well, and one with nothing but its bar an empty cell."""
    bare = [line._replace(text=text, end=line.start + len(text)) for line in lines for text in [line.text.rstrip("| ")]]
    cells: list[Cell] = []
    numbers: list[int] = []
    pieces: Cell = ()
    for number, (line, inside) in enumerate(zip(lines, stands_in_marked_cells(lines), strict=True)):
        if line.blank:
            continue
        pieces += bare[number].pieces()
        if line.text.rstrip().endswith("|") or not inside:
            cells.append(pieces)
            numbers.append(number)
            pieces = ()
    texts = [text_of(cell) for cell in cells]
    return list(forms_of_cells(bare, PrintedCells(cells, numbers, texts, kept=True)))
