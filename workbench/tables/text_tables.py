"""Tables in pages that mark none: Word text with TAB cells, lines of TAB-separated cells, running text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from workbench.model.source import Page
from workbench.tables.raw import RawTable
from workbench.tables.text_columns import aligned_tables, is_aligned
from workbench.tables.text_linear import linear_tables
from workbench.tables.text_lines import Line, lines_of
from workbench.tables.text_tabbed import is_cell_line, tabbed_tables
from workbench.tables.text_tsv import is_row_line, tsv_tables

_Layout = Callable[[Sequence[Line]], list[RawTable]]


def locate_text_tables(pages: Sequence[Page]) -> list[RawTable]:
    """The tables of these pages in document order, from the layout of their text alone."""
    tables: list[RawTable] = []
    for layout, lines in _stretches(lines_of(pages)):
        tables.extend(layout(lines))
    return tables


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[_Layout, list[Line]]]:
    """The lines cut into stretches of one layout each."""
    yield _layout_of(lines), list(lines)


def _layout_of(lines: Sequence[Line]) -> _Layout:
    cells = sum(is_cell_line(line) for line in lines)
    rows = sum(is_row_line(line) and not is_cell_line(line) for line in lines)
    if rows > cells / 4 and rows >= 2:
        return tsv_tables
    if cells >= 2:
        return tabbed_tables
    if is_aligned(lines):
        return aligned_tables
    return linear_tables
