"""Tables in pages that mark none: Word text with TAB cells, lines of TAB-separated cells, running text."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.source import Page
from workbench.tables.raw import RawTable
from workbench.tables.text_linear import linear_tables
from workbench.tables.text_lines import lines_of
from workbench.tables.text_tabbed import is_cell_line, tabbed_tables


def locate_text_tables(pages: Sequence[Page]) -> list[RawTable]:
    """The tables of these pages in document order, from the layout of their text alone."""
    lines = lines_of(pages)
    tables: list[RawTable] = []
    if any(is_cell_line(line) for line in lines):
        tables.extend(tabbed_tables(lines))
    else:
        tables.extend(linear_tables(lines))
    return tables
