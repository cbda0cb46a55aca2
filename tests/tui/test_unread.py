"""What was not read: amounts that stand in no table, whose finding has no cell, and what a reader read past."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_a_reader_read_past_is_said_in_the_queue(tmp_path: Path, language: str) -> None:
    document = analysis().document
    source = replace(document.source, warnings=("page 2: the page is an image without text and was not read",))
    async with running([analysis_of(replace(document, source=source))], tmp_path, language=language) as it:
        assert ("noticed while reading: 1 (p)" if language == "en" else "读取时发现 1 处情况（p）") in it.status
        await it.press("p")
        assert ("page 2: the page is an image" if language == "en" else "第 2 页：该页是没有文字的图片") in it.text
