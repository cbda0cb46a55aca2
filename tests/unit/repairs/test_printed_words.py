"""The words of a document, kept from edit to edit."""

from __future__ import annotations

from dataclasses import replace

from tests.drawn_tables import read_document
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document
from workbench.repairs.slips.printed_words import PrintedWords

TABLES = """
## other 支出表一 万元
科目 | 合计
---
一般公共服务支出 | 8.00
档案事务 | 3.00
## other 支出表二 万元
科目 | 合计
---
档案 | 3.00
"""


def read(document: Document) -> PrintedWords:
    words = PrintedWords()
    words.turn_to(document)
    assert words.texts
    return words


def changed(document: Document, table: str, row: int, text: str) -> Document:
    ref = CellRef(table, row, 0)
    return apply_edits(document, (SetCell(ref, document.cell(ref).text, text),))


def test_after_edits_the_words_are_those_of_the_document_as_it_is() -> None:
    document = read_document(TABLES)
    one, two = (table.id for table in document.tables)
    words = read(document)
    assert not words.name_of_pieces("长廊修缮", one)
    for after in (
        changed(document, two, 0, "长廊"),
        changed(document, one, 1, "档案"),
        replace(document, tables=document.tables[1:]),
        replace(document, tables=tuple(replace(table, rows=table.rows[1:]) for table in document.tables)),
        document,
    ):
        words.turn_to(after)
        fresh = read(after)
        assert dict(words.texts) == dict(fresh.texts)
        for label in ("档案", "长廊", "档案事务"):
            assert words.name_of_pieces(label, one) == fresh.name_of_pieces(label, one)
            assert words.name(label, one) == fresh.name(label, one)


def test_what_was_asked_for_a_table_depends_on_words_and_not_on_figures() -> None:
    document = read_document(TABLES)
    one, two = (table.id for table in document.tables)
    words = read(document)
    words.name_of_pieces("长廊修缮", one)
    before = words.state
    assert words.state_for({one}) == before
    assert words.state_for({two}) is None
    figure = CellRef(one, 0, 1)
    words.turn_to(apply_edits(document, (SetCell(figure, document.cell(figure).text, "9.00"),)))
    assert words.state == before
    words.turn_to(changed(document, two, 0, "长廊"))
    assert words.state != before
