"""The findings of a document narrowed to a kind: they alone are listed and gone through, until none is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import ROWS, analysis
from workbench.tui.models.kinds import Kind, kinds_of

SEVERAL = tuple(
    (*row[:2], "999.00", *row[3:]) if row[0] == "2101505" else ("20899", *row[1:]) if row[0] == "20805" else row
    for row in ROWS
)
"""Besides the total of 21015, that of 2101505 is wrong, and 20805 bears the code of another account."""


def rules(it: Driver) -> list[str]:
    return [item.finding.check.name for item in it.review.state.findings]


def listed(it: Driver) -> list[str]:
    return [line.key for line in it.review.findings.lines]


async def narrowed(it: Driver, words: str) -> None:
    await it.press("F")
    await it.type(words)
    await it.press("enter")


async def test_one_rule_is_listed_gone_through_and_left_when_none_of_it_is_open(tmp_path: Path) -> None:
    async with running([analysis(rows=SEVERAL)], tmp_path) as it:
        await it.press("enter")
        whole = listed(it)
        kind = next(
            kind
            for kind, _ in kinds_of(it.review.state.open_findings, it.review.state.document)
            if kind.facet == "rule"
        )
        of_kind = [item.finding.id for item in it.review.state.findings if kind.has(item, it.review.state.document)]
        assert 0 < len(of_kind) < len(whole)
        await narrowed(it, it.review.kind_words(kind))
        assert listed(it) == of_kind and it.review.look.finding == of_kind[0]
        title = next(line for line in it.lines if "findings  " in line)
        assert f"{it.review.kind_words(kind)}" in title and f"{len(of_kind)} of {len(whole)}" in title
        assert "lists all again" in it.status
        for _ in range(len(of_kind) + 1):
            await it.press("n")
            assert it.review.look.finding in of_kind
        await it.press("[", "D")
        for _ in of_kind:
            await it.press("a", "enter")
        assert it.review.look.kind is None and listed(it) == whole
        assert it.review.look.finding not in of_kind and "all are listed again" in it.status


async def test_escape_lists_all_again_before_it_leaves(tmp_path: Path) -> None:
    async with running([analysis(rows=SEVERAL)], tmp_path) as it:
        await it.press("enter")
        whole = listed(it)
        await narrowed(it, "rule")
        assert len(listed(it)) < len(whole)
        await it.press("escape")
        assert listed(it) == whole and it.app.screen is it.review
        await it.press("escape")
        assert it.app.screen is it.queue


async def test_all_safe_fixes_are_those_of_what_is_listed(tmp_path: Path) -> None:
    async with running([analysis(rows=SEVERAL)], tmp_path) as it:
        await it.press("enter")
        safe = [line.finding for line in it.review._safe_fixes()]
        assert safe
        of_safe = {item.finding.check.name for item in it.review.state.findings if item.finding.id in safe}
        other = next(
            item.finding.check.name for item in it.review.state.findings if item.finding.check.name not in of_safe
        )
        it.review.look.kind = Kind("rule", other)
        it.review.draw_state()
        assert not it.review._safe_fixes()
        await it.press("C")
        assert "take all safe" in it.status and not it.review.state.record.corrections
        await it.press("escape", "C", "enter")
        assert it.review.state.record.corrections


async def test_a_finding_that_is_not_listed_lists_all_when_it_is_gone_to(tmp_path: Path) -> None:
    async with running([analysis(rows=SEVERAL)], tmp_path) as it:
        await it.press("enter")
        whole, first = listed(it), it.review.look.finding
        await it.press("a", "enter")
        here = it.review.finding()
        assert here is not None
        it.review.look.kind = Kind("rule", here.finding.check.name)
        it.review.draw_state()
        await it.press("u")
        assert it.review.look.finding == first and first in listed(it)
        assert it.review.look.kind is None or len(listed(it)) < len(whole)


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_kind_has_its_words(tmp_path: Path, language: str) -> None:
    async with running([analysis(rows=SEVERAL)], tmp_path, language=language) as it:
        await it.press("enter", "F")
        counts = kinds_of(it.review.state.open_findings, it.review.state.document)
        assert {kind.facet for kind, _ in counts} >= {"rule", "fix"}
        for kind, count in counts:
            words = it.review.kind_words(kind)
            assert any(words[:10] in line and str(count) in line for line in it.lines), words


async def test_where_all_are_alike_there_is_nothing_to_narrow_to(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "F")
        assert it.app.screen is it.review and "narrow by" in it.status
