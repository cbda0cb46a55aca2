"""Small documents in every text layout, and the tables that they hold: tests/cases/tables_text/.

Beside each document stands NAME.tables: a line `# title | unit | part of` begins a table, `H` a header row, a line
without it a body row; cells are parted by ` | `, and `*` marks a cell of the body whose column was inferred.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.conftest import CASES
from workbench.model.source import Page
from workbench.model.table import Cell
from workbench.tables.raw import RawTable
from workbench.tables.text.locate import locate_text_tables

FOLDER = CASES / "tables_text"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".md"))


@cache
def located(path: Path) -> tuple[list[Page], list[RawTable]]:
    """The pages of a document and its tables, read once for all that is asked of them."""
    pages = pages_of(path.read_text(encoding="utf-8"))
    return pages, locate_text_tables(pages)


def pages_of(text: str) -> list[Page]:
    return [Page(number, page) for number, page in enumerate(text.split("\f"), 1)]


def printed(table: RawTable) -> list[str]:
    lines = [f"# {table.title} | {table.unit_text} | {table.part_of}"]
    for index, row in enumerate(table.rows):
        body = index >= (table.header_rows or 0)
        cells = " | ".join(cell.printed + "*" * (body and cell.inferred) for cell in row)
        lines.append(("  " if body else "H ") + cells)
    return lines


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_is_read_into_its_tables(path: Path) -> None:
    _, tables = located(path)
    found = [line.rstrip() for table in tables for line in printed(table)]
    expected = path.with_suffix(".tables").read_text(encoding="utf-8").splitlines()
    assert found == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_cell_shows_where_it_is_printed(path: Path) -> None:
    pages, tables = located(path)
    cells = [cell for table in tables for row in table.rows for cell in row]
    assert any(cell.printed for cell in cells)
    for cell in cells:
        assert source_of(cell, pages) == squeezed(cell.printed)


def source_of(cell: Cell, pages: list[Page]) -> str:
    return squeezed("".join(pages[anchor.page - 1].text[anchor.start : anchor.end] for anchor in cell.anchors))
