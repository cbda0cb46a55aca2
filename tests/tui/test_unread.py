"""Amounts that stand in no table: the finding has no cell, and the source shows them all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import analysis, analysis_of
from workbench.model.source import Page
from workbench.pipeline import Analysis
from workbench.tables.unread import unread_amounts


def with_an_unread_line() -> Analysis:
    document = analysis().document
    page = Page(len(document.source.pages) + 1, "\n" * 60 + "    国防支出      7.20     8.30\n")
    document = replace(document, source=replace(document.source, pages=(*document.source.pages, page)))
    return analysis_of(replace(document, unread=unread_amounts(document.source.pages, document.tables)))


async def test_the_source_goes_to_what_no_table_holds(tmp_path: Path) -> None:
    async with running([with_an_unread_line()], tmp_path) as it:
        await it.press("enter")
        assert "国防支出" not in it.text
        await it.press("n")
        assert "7.20, 8.30" in it.review.detail.text
        assert "国防支出" in it.text
        await it.press("N")
        assert "国防支出" not in it.text
