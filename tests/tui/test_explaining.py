"""All of a finding, to read: its rule, every check that fails with it, every proposal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import analysis
from workbench.config.messages import CATALOGUE
from workbench.model.check import Family


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("A total column is the sum of its parts", "Rule that the document itself is wrong", "equation 2 of")),
        ("zh", ("合计列等于各分项列之和", "裁定原文本身有误", "算式 2/")),
    ],
)
async def test_a_finding_is_explained_whole(tmp_path: Path, language: str, words: tuple[str, str, str]) -> None:
    async with running([analysis()], tmp_path, language=language, size=(120, 60)) as it:
        await it.press("enter")
        item = it.review.finding()
        assert item is not None and len(item.finding.results) > 1
        await it.press("z", "?")
        said = it.app.screen.text  # type: ignore[attr-defined]
        rule, way, second = words
        assert rule in said and second in said and "808.50 → 880.50" in said
        for result in item.finding.results:
            assert result.check.title.text(language) in said
        assert any(line.startswith("a  ") and way in line for line in said.splitlines())
        await it.press("escape")
        assert it.review.finding() == item


async def test_where_there_is_no_finding_there_is_nothing_to_explain(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        it.review.look.finding = ""
        await it.press("z", "?")
        assert "explain: " in it.status and "no finding" in it.status


def test_every_rule_family_says_what_it_demands() -> None:
    assert all(f"rule.{family.value}" in CATALOGUE for family in Family)
