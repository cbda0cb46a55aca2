from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import PDF_LAYOUTS
from workbench.checks import Reconciliation, describe
from workbench.model.check import Family
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import Cell, CellRef, Document
from workbench.pipeline import AnalysisOptions, analyse, verification
from workbench.pipeline.verification import doubtful_pages, with_disagreements
from workbench.sources import read_source
from workbench.tables import parse


@pytest.mark.parametrize("layout", ["ruled", "boxed"])
def test_two_readers_agree_on_a_good_document_and_not_on_a_tampered_cell(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_LAYOUTS[layout](random_disclosure(5)))
    document = parse(read_source(path))
    assert document.tables
    assert with_disagreements(document, path).disagreements == ()
    table = document.tables[2]
    row, column = next(
        (r, c) for r, cells in enumerate(table.rows) for c, cell in enumerate(cells) if cell.figure.decimals == 2
    )
    cell = table.cell(row, column)
    misread = replace(cell, printed="9" + cell.printed)
    wrong = replace(
        document, tables=(*document.tables[:2], table.with_cell(row, column, misread), *document.tables[3:])
    )
    checked = with_disagreements(wrong, path)
    assert [(d.ref, d.text) for d in checked.disagreements] == [(CellRef(table.id, row, column), cell.printed)]
    (result,) = (r for r in Reconciliation.of(checked).results if r.check.family is Family.READERS)
    assert result.failed
    assert cell.printed in describe(result, checked).en
    settled = apply_edit(checked, SetCell(CellRef(table.id, row, column), misread.printed, cell.printed))
    assert not [r for r in Reconciliation.of(settled).results if r.check.family is Family.READERS]


def test_only_doubtful_pages_are_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_LAYOUTS["ruled"](random_disclosure(5)))
    document = parse(read_source(path))
    table = document.tables[2]
    assert doubtful_pages(document, ()) == frozenset()
    assert doubtful_pages(document, [CellRef(table.id, 0, 2)]) == {table.pages[0]}
    unread = with_disagreements(document, path, frozenset({999}))
    assert unread is document


def test_a_cell_is_asked_about_only_where_its_page_was_read_again_and_its_place_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF_LAYOUTS["ruled"](random_disclosure(5)))
    document = parse(read_source(path))
    table = next(table for table in document.tables if table.pages[0] > 1)
    row, column = next(
        (r, c) for r, cells in enumerate(table.rows) for c, cell in enumerate(cells) if cell.figure.decimals == 2
    )

    def told(cell: Cell, page: int) -> int:
        tables = (table.with_cell(row, column, cell) if one.id == table.id else one for one in document.tables)
        checked = with_disagreements(replace(document, tables=tuple(tables)), path, frozenset({page}))
        return len(checked.disagreements)

    misread = replace(table.cell(row, column), printed="9" + table.cell(row, column).printed)
    (page,) = {anchor.page for anchor in misread.anchors}
    assert told(misread, page) == 1
    assert told(misread, page - 1) == 0
    nowhere = replace(misread, anchors=tuple(replace(anchor, box=None) for anchor in misread.anchors))
    assert told(nowhere, page) == 0


def test_a_second_reader_is_asked_of_its_own_only_where_a_page_is_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[tuple[str, frozenset[int]]] = []

    def with_pages(document: Document, path: Path, pages: frozenset[int] = frozenset()) -> Document:
        asked.append((path.name, pages))
        return with_disagreements(document, path, pages)

    monkeypatch.setattr(verification, "with_disagreements", with_pages)
    options = AnalysisOptions(verify="auto", suggest=False)
    wrong = analyse(ROOT / "sample_docs" / "donglin_agriculture_2020.pdf", options)
    ((name, pages),) = asked
    failing = {cell for finding in wrong.findings for cell in finding.cells}
    shown = {anchor.page for cell in failing for anchor in wrong.document.cell(cell).anchors}
    assert name == "donglin_agriculture_2020.pdf" and pages and shown <= pages < {1, 2, 3, 4, 5, 6, 7, 8, 9}
    assert not [finding for finding in wrong.findings if finding.check.family is Family.READERS], "it reads the same"
