"""Figures with other texts in some cells, told without the document that would print them."""

from __future__ import annotations

import pytest

from tests.injector.documents import sample
from workbench.checks.figures import Figures
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document

DOCUMENT = sample(3).document


def cells(document: Document) -> list[CellRef]:
    refs = [ref for table in document.tables for ref in table.refs()]
    return [*refs, *(CellRef(stated.id, 0, 0) for stated in document.stated)]


@pytest.mark.parametrize("text", ["12.345678", "7", "", "——", "约3万元"])
@pytest.mark.parametrize("place", [5, 60, -1])
def test_they_read_as_those_of_the_document_with_the_edits(place: int, text: str) -> None:
    figures = Figures(DOCUMENT)
    refs = cells(DOCUMENT)
    printed = [figures.read(ref) for ref in refs]
    changed = dict.fromkeys((refs[place], refs[place - 7]), text)
    edits = tuple(SetCell(ref, DOCUMENT.cell(ref).text, text) for ref in changed)
    tried, moved = figures.with_texts(changed)
    after, as_moved = figures.after(apply_edits(DOCUMENT, edits), tuple(changed))
    assert [tried.read(ref) for ref in refs] == [after.read(ref) for ref in refs]
    assert moved == as_moved
    assert [figures.read(ref) for ref in refs] == printed


def test_a_cell_that_is_not_there_is_told() -> None:
    with pytest.raises(IndexError):
        Figures(DOCUMENT).with_texts({CellRef(DOCUMENT.tables[0].id, 999, 0): "1.00"})
