"""Checks built again after an edit are those that a fresh start gives: the same ones, in the same order, of the same
names, with the same results, and the same cells decide on them; whatever was edited. So are those that an edit of a
figure was only met with."""

from __future__ import annotations

import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.disclosures.documents import random_document
from tests.generator.content import random_disclosure
from workbench.checks import Reconciliation
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    EditError,
    InsertRows,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetTitle,
    SetUnit,
    SplitTable,
    apply_edit,
)
from workbench.model.table import CellRef, Document, Form, Table
from workbench.tables.interchange.from_json import document_from_json

SEEDS = st.integers(min_value=0, max_value=100_000)
TEXTS = ("", "12.5", "——", "合计", "基本支出", "20101", "301", "2024年", "8O.00")


def made(seed: int) -> Document:
    """A made-up document: of one of two generators, with running text or without."""
    if seed % 3 == 0:
        return document_from_json(random_disclosure(seed).gold(), "made up")
    return random_document(seed, "budget" if seed % 2 else "final_account").with_text()


def any_edit(document: Document, rng: random.Random) -> Edit:
    """An edit of any kind, of a table or of a figure of the text."""
    table = rng.choice(document.tables)
    row, column = rng.randrange(len(table.rows)), rng.randrange(table.width)
    match rng.randrange(14):
        case 0 if document.stated:
            stated = rng.choice(document.stated)
            return SetCell(CellRef(stated.id, 0, 0), stated.value, rng.choice((*TEXTS, stated.value + "1")))
        case 1:
            return DeleteRows(table.id, row, (_texts(table, row),))
        case 2:
            return InsertRows(table.id, row, (_texts(table, rng.randrange(len(table.rows))),))
        case 3:
            return SetForm(table.id, table.form.value, rng.choice(list(Form)).value)
        case 4:
            return SetUnit(table.id, table.unit, rng.choice(("元", "万元", "")))
        case 5:
            return SetTitle(table.id, table.title, f"{table.title}（续）")
        case 6 if table.header:
            place = CellRef(table.id, rng.randrange(len(table.header)), column)
            before = table.header[place.row][column].text
            return SetHeaderCell(place, before, rng.choice((*TEXTS, "项目支出", "上年数")))
        case 7:
            cells = (*(row[column].text for row in table.header), *(row[column].text for row in table.rows))
            return DeleteColumn(table.id, column, cells)
        case 8:
            return SplitTable(table.id, row, f"{table.id}x")
        case 9:
            return DeleteTable(table.id, table.title)
        case _:
            before = table.cell(row, column).text
            return SetCell(CellRef(table.id, row, column), before, rng.choice((*TEXTS, before + "1", before[:-1])))


def _texts(table: Table, row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in table.rows[row])


@settings(max_examples=examples(12), deadline=None)
@given(SEEDS)
@example(420)
@example(7850)
def test_built_again_is_built_anew(seed: int) -> None:
    rng = random.Random(seed)
    states = [Reconciliation.of(made(seed))]
    for _ in range(5):
        # A step may also be taken from an earlier state, as after an undo.
        before = states[-1] if rng.random() < 0.7 else rng.choice(states)
        edit = any_edit(before.document, rng)
        try:
            document = apply_edit(before.document, edit)
        except EditError:
            continue
        if not document.tables or not all(table.rows and table.width for table in document.tables):
            continue
        again, anew = before.rebuilt(document), Reconciliation.of(document)
        assert [check.id for check in again.checks] == [check.id for check in anew.checks], edit
        assert again.results == anew.results, edit
        assert again.checks == anew.checks, edit
        assert again.guards == anew.guards, edit
        assert again.decisions == anew.decisions, edit
        assert before.after(document, (edit,)).results == anew.results, edit
        assert all(result.check is check for result, check in zip(again.results, again.checks, strict=True))
        states.append(again)
