"""A finding as text, for letters and working papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import analysis
from workbench.tui.app import WorkbenchApp


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("page 2", "proposed: ", "source is wrong")), ("zh", ("第 2 页", "建议：", "原文有误"))],
)
async def test_a_finding_is_copied_with_document_page_fix_and_ruling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: tuple[str, str, str]
) -> None:
    copied: list[str] = []
    monkeypatch.setattr(WorkbenchApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    async with running([analysis()], tmp_path, language=language) as it:
        await it.press("enter", "3", "Y")
        page, proposed, ruled = words
        document, finding, fix = copied[-1].splitlines()
        assert document.startswith("青禾县医疗保障局2024年部门预算 (qinghe.txt)") and document.endswith(page)
        assert "808.50" in finding and fix.startswith(proposed) and "808.50 → 880.50" in fix
        await it.press("a")
        await it.type("confirmed by phone")
        await it.press("enter", "[", "D", "3", "g", "g", "Y")
        assert ruled in copied[-1].splitlines()[-1] and copied[-1].endswith("confirmed by phone")


async def test_in_the_table_the_same_key_copies_the_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(WorkbenchApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "2", "Y")
        assert copied == ["808.50"]
