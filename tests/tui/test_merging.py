"""A colleague's record that arrives while the document is open: merged on saving, and said."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import ROWS, analysis
from workbench.model.edit import SetCell
from workbench.model.record import Verdict
from workbench.model.table import CellRef
from workbench.pipeline import Analysis
from workbench.review import ReviewSession

TOTAL = CellRef("t02", 0, 2)


def two_errors() -> Analysis:
    return analysis(rows=tuple((*row[:4], "42.00") if row[0] == "2101505" else row for row in ROWS))


def colleague(read: Analysis, records: Path, elsewhere: Path) -> None:
    """What a colleague did on another machine to the record as it was, put over the one that is open here."""
    elsewhere.mkdir()
    for path in records.glob("*.toml"):
        (elsewhere / path.name).write_bytes(path.read_bytes())
    with ReviewSession.open(read.path, records=elsewhere, reviewer="同事", analysis=read) as session:
        session.decide(session.state.findings[-1].finding.id, Verdict.WAIVED, note="已核")
        session.apply((SetCell(TOTAL, "120.00", "121.00"),))
        session.save()
    for path in elsewhere.glob("*.toml"):
        (records / path.name).write_bytes(path.read_bytes())


async def test_what_a_colleague_did_meanwhile_is_merged_and_said(tmp_path: Path) -> None:
    read, records = two_errors(), tmp_path / "records"
    with ReviewSession.open(read.path, records=records, reviewer="同事", analysis=read) as session:
        session.save()
    async with running([read], records) as it:
        await it.press("enter")
        colleague(read, records, tmp_path / "elsewhere")
        await it.press("c", "w")
        assert "what others did meanwhile (同事): 2 steps" in it.status
        assert it.review.state.document.cell(TOTAL).text == "121.00"
        await it.press("w")
        assert "saved" in it.status and "meanwhile" not in it.status


async def test_what_both_did_differently_is_said_with_the_key_that_settles_it(tmp_path: Path) -> None:
    read, records = two_errors(), tmp_path / "records"
    with ReviewSession.open(read.path, records=records, reviewer="同事", analysis=read) as session:
        session.save()
    async with running([read], records) as it:
        await it.press("enter")
        colleague(read, records, tmp_path / "elsewhere")
        it.review.session.apply((SetCell(TOTAL, "120.00", "130.00"),))
        await it.press("w")
        assert "changed differently by both: 1, zc settles it" in it.status
        await it.press("f12", "z", "c")
        assert "单元格 208 社会保障和就业支出 · 合计" in it.text
        await it.press("2")
        assert it.review.state.document.cell(TOTAL).text == "121.00"
