"""Ruling once more as before: on the next finding, in the next document, on all findings of one rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import analysis, analysis_of, document
from workbench.model.record import Verdict
from workbench.pipeline import Analysis


def slipped(*totals: str) -> list[tuple[str, ...]]:
    """Many rows, of which some are not the sum of their parts, each by another amount."""
    totals = totals or ("4.70", "3.19", "92.04", "2.5")
    good = [(f"3{n:02}", f"备用项目{n}", "3.00", "1.00", "2.00") for n in range(5 * len(totals))]
    for n, total in enumerate(totals):
        good[5 * n] = (f"3{5 * n:02}", f"备用项目{5 * n}", total, "1.00", "2.00")
    return good


def two_documents() -> list[Analysis]:
    """Each with two findings of one rule."""
    return [analysis("a.txt", rows=slipped()), analysis("b.txt", entity="白水县教育局", rows=slipped())]


async def test_the_last_ruling_is_given_once_more_also_in_the_next_document(tmp_path: Path) -> None:
    async with running(two_documents(), tmp_path) as it:
        await it.press("enter", ";")
        assert "nothing was ruled yet" in it.status
        await it.press("x")
        await it.type("rounded")
        await it.press("enter")
        assert "; same again" in it.keys
        await it.press(";")
        decisions = it.review.state.record.decisions
        assert [(d.verdict, d.note) for d in decisions] == [(Verdict.WAIVED, "rounded")] * 2
        assert decisions[0].finding != decisions[1].finding
        await it.press(";")
        assert len(it.review.state.record.decisions) == 2, "nothing is open any more"
        await it.press("J", ";")
        assert [d.note for d in it.review.state.record.decisions] == ["rounded"]


async def test_all_open_findings_of_the_rule_are_ruled_alike_after_a_look_at_them(tmp_path: Path) -> None:
    async with running(two_documents(), tmp_path) as it:
        await it.press("enter", "a", "enter", "z", ";")
        assert "no other finding of this rule" in it.status
        await it.press("J", "z", ";")
        assert "rule so on all 2? source is wrong 部门支出总表" in it.text
        await it.press("escape")
        assert not it.review.state.record.decisions
        await it.press("z", ";", "enter")
        assert [d.verdict for d in it.review.state.record.decisions] == [Verdict.SOURCE_ERROR] * 2
        assert not it.review.state.open_findings and "2 findings" in it.status
        await it.press("u")
        assert len(it.review.state.open_findings) == 2 and "undone: 2 steps taken at once" in it.status
        await it.press("U")
        assert not it.review.state.open_findings and "redone: 2 steps taken at once" in it.status


async def test_many_alike_are_offered_at_once_and_those_of_one_table_first(tmp_path: Path) -> None:
    made = document("a.txt", rows=slipped("4.70", "3.19", "92.04", "2.5", "7.31", "55.16", "8.02", "61.9"))
    both = replace(made, tables=(*made.tables, replace(made.tables[1], id="t03", title="部门支出明细表")))
    async with running([analysis_of(both)], tmp_path) as it:
        await it.press("enter")
        assert {
            line.strip()[4:].split("  ")[1][:2] for line in it.lines if "备用项目0" in line and "row sum" in line
        } == {
            "t2",
            "t3",
        }
        await it.press("a", "enter")
        here = it.review.finding().finding.cells[0].table  # type: ignore[union-attr]
        ids = [item.finding.id for item in it.review.state.open_findings if item.finding.cells[0].table == here]
        assert f"z; rules so on {len(ids)} more like it" in it.status
        await it.press("z", ";")
        assert f"rule so on all {len(ids)}? source is wrong {it.review.table().title}" in it.text  # type: ignore[union-attr]
        await it.press("enter")
        left = {item.finding.cells[0].table for item in it.review.state.open_findings}
        assert len(left) == 1 and here not in left


async def test_findings_that_are_called_the_same_are_told_apart_by_their_rows(tmp_path: Path) -> None:
    rows = [
        *slipped("4.70", "3.19"),
        ("", "其他项目", "8.02", "1.00", "2.00"),
        *slipped()[1:4],
        ("", "其他项目", "61.9", "1.00", "2.00"),
    ]
    async with running([analysis("a.txt", rows=rows)], tmp_path) as it:
        await it.press("enter")
        named = [piece.text for line in it.review.findings.lines for piece in line.pieces if "其他项目" in piece.text]
        assert sorted(named) == ["#11 其他项目 · 合计", "#15 其他项目 · 合计"]
        assert all(any(name in line for line in it.lines) for name in named)
