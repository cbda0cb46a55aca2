"""Samples edited at random, in shape too, with the real checks and repairs: what is reopened is what was left.

`WORKBENCH_STEPS=500` sets how many steps each sample is given; 20 are for every day, on two samples.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    MergeRows,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetHeaderRows,
    SetTitle,
    SetUnit,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
    apply_edit,
)
from workbench.model.record import Verdict
from workbench.model.table import CellRef, Document, Form, Row, Table
from workbench.pipeline import Analysis, analyse
from workbench.review import ReviewSession
from workbench.sources import read_source
from workbench.tables import parse

STEPS = int(os.environ.get("WORKBENCH_STEPS", "20"))
NAMES = ("shixi_medical_insurance_2022.txt", "donglin_agriculture_2020.pdf")
SAMPLES = sorted(
    path.name for path in (ROOT / "sample_docs").iterdir() if path.suffix in (".txt", ".pdf", ".xlsx", ".docx")
)


def texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def shape_edits(chance: random.Random, document: Document, table: Table, row: int, column: int) -> list[Edit]:
    """One edit of every kind at a place; not all of them fit."""
    ref, shown = CellRef(table.id, row, column), table.rows[row][column].text
    below = texts(table.rows[row + 1]) if row + 1 < len(table.rows) else ()
    right = table.rows[row][column + 1].text if column + 1 < table.width else ""
    head = table.header[0][column].text if table.header else ""
    return [
        SetHeaderCell(CellRef(table.id, 0, column), head, "预算数"),
        ShiftCells(ref, chance.choice([1, -1]), texts(table.rows[row])[column:]),
        InsertRows(table.id, row, (("新",) * table.width,)),
        DeleteRows(table.id, row, (texts(table.rows[row]),)),
        InsertColumn(table.id, column, ("新",) * len(table.header)),
        DeleteColumn(table.id, column, tuple(line[column].text for line in table.header + table.rows)),
        MergeRows(table.id, row, (texts(table.rows[row]), below)),
        SplitRow(table.id, row, (1,) * table.width, texts(table.rows[row])),
        MergeCells(ref, (shown, right)),
        SplitCell(ref, 1, shown),
        JoinTables(table.id, chance.choice(document.tables).id),
        SplitTable(table.id, row, f"{table.id}x"),
        SetHeaderRows(table.id, len(table.header), chance.randrange(4)),
        SetForm(table.id, table.form.value, chance.choice(list(Form)).value),
        SetUnit(table.id, table.unit, chance.choice(["元", "万元", "亿元", ""])),
        SetTitle(table.id, table.title, "题"),
        DeleteTable(table.id, table.title),
    ]


def some_edit(chance: random.Random, document: Document) -> Edit:
    """An edit at random; every other one gives a cell another text."""
    table = chance.choice([table for table in document.tables if table.rows and table.width])
    row, column = chance.randrange(len(table.rows)), chance.randrange(table.width)
    if chance.random() < 0.5:
        shown = table.rows[row][column].text
        return SetCell(CellRef(table.id, row, column), shown, chance.choice(["", "1.00", "——", "合计", f"{shown}9"]))
    return chance.choice(shape_edits(chance, document, table, row, column))


def take(chance: random.Random, session: ReviewSession, reopen: Callable[[], ReviewSession]) -> ReviewSession:
    """One command at random."""
    findings = session.state.findings
    match chance.choice(["edit"] * 6 + ["undo", "undo", "redo", "decide", "accept", "save", "reopen"]):
        case "edit":
            session.apply((some_edit(chance, session.state.document),))
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "save":
            session.save()
        case "decide" if findings:
            finding = chance.choice(findings).finding
            session.decide(finding.id, chance.choice(list(Verdict)), cell=next(iter(finding.cells), None))
        case "accept" if findings:
            session.accept(chance.choice(findings).finding.id)
        case "reopen":
            session.close()
            return reopen()
    return session


@pytest.mark.parametrize("name", NAMES if STEPS <= 20 else SAMPLES)
def test_what_is_reopened_is_what_was_left(name: str, tmp_path: Path) -> None:
    path = ROOT / "sample_docs" / name
    analysis: Analysis = analyse(path)
    chance = random.Random(STEPS)

    def reopen() -> ReviewSession:
        return ReviewSession.open(path, records=tmp_path, reviewer="李文", analysis=analysis)

    session = reopen()
    for number in range(STEPS):
        before = session.state
        try:
            after = take(chance, session, reopen)
        except EditError:
            assert session.state is before, "an edit that does not fit changed something"
            continue
        if after is not session:
            session = after
            assert session.state.document == before.document, f"step {number}"
            assert session.state.stale == () and session.state.differences == ()
            left = [(item.finding.id, item.decision, item.stale) for item in before.findings]
            assert [(item.finding.id, item.decision, item.stale) for item in session.state.findings] == left
        if not number % 40:
            while session.state.can_undo:
                session.undo()
            assert session.state.document == analysis.document
    session.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_every_cell_prints_what_its_places_print_after_any_edits(name: str) -> None:
    document = original = parse(read_source(ROOT / "sample_docs" / name))
    chance = random.Random(7)
    for number in range(4 * STEPS):
        document = document if len(document.tables) > 1 else original
        edit = some_edit(chance, document)
        try:
            document = apply_edit(document, edit)
        except EditError:
            continue
        for table in document.tables:
            for cell in (cell for row in table.header + table.rows for cell in row):
                shown = "".join(document.source.text_of(anchor) for anchor in cell.anchors)
                assert "".join(shown.split()) == "".join(cell.printed.split()), (number, edit)
