"""Drawn pages → tables: each file of tests/cases/tables_ruled is a drawing and the tables that it must give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.drawn_pages import draw_source
from workbench.model.table import Document
from workbench.tables import parse

DRAWN = sorted((CASES / "tables_ruled").glob("*.txt"))


def _said(document: Document) -> list[str]:
    lines = []
    for table in document.tables:
        lines.append(f"{table.id} {table.form} {table.unit} {table.title}")
        lines += ["H " + " | ".join(cell.printed for cell in row) for row in table.header]
        lines += ["  " + " | ".join(cell.printed for cell in row) for row in table.rows]
        lines += [f"N {note}" for note in table.notes]
    return lines


@pytest.mark.parametrize("case", DRAWN, ids=lambda path: path.stem)
def test_drawn_tables_are_read(case: Path) -> None:
    _, drawing, expected = case.read_text(encoding="utf-8").split("====\n")

    document = parse(draw_source(drawing))

    assert [line.rstrip() for line in _said(document)] == [line.rstrip() for line in expected.rstrip("\n").split("\n")]


@pytest.mark.parametrize("case", DRAWN, ids=lambda path: path.stem)
def test_anchors_make_up_what_is_printed(case: Path) -> None:
    source = draw_source(case.read_text(encoding="utf-8").split("====\n")[1])

    for table in parse(source).tables:
        for cell in (cell for row in (*table.header, *table.rows) for cell in row):
            pieces = "".join(source.text_of(anchor) for anchor in cell.anchors)
            assert "".join(pieces.split()) == "".join(cell.printed.split())
            assert all(anchor.box is not None for anchor in cell.anchors)
