"""Keys as a reviewer's input method for Chinese leaves them: its marks are the keys, its characters are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import analysis, three_documents
from workbench.config.keymap import load_keymap
from workbench.tui.keys.sequence import SequenceReader


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("；", "ruling.repeat"), ("？", "app.help"), ("：", "app.line"), ("、", "search.open"), ("，", "search.previous"),
        ("。", "search.next"), ("＝", "equation.show"), ("＋", "column.wider"), ("】 c", "finding.cell_next"),
        ("【 t", "table.previous"), ("＄", "cursor.row_end"), ("￥", "cursor.row_end"), ("》", "view.wider"), ("Ａ", "suggestion.take_source"),
    ],
)  # fmt: skip
def test_marks_of_chinese_text_are_the_keys_they_stand_on(typed: str, command: str) -> None:
    bindings = load_keymap("default").resolve("review.table")
    reader, pressed = SequenceReader(), None
    for key in typed.split():
        pressed = reader.press(key, bindings)
    assert pressed is not None and pressed.command == command


def test_a_key_that_is_bound_to_such_a_mark_stays_what_it_is() -> None:
    reader = SequenceReader()
    assert reader.press("；", {("；",): "mine", (";",): "ruling.repeat"}).command == "mine"
    assert reader.press("】", {("]", "c"): "finding.cell_next"}).pending == ("]",)
    assert reader.press("【", {("]", "c"): "finding.cell_next"}).unknown == ("]", "【")


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_what_calls_nothing_is_answered(tmp_path: Path, language: str) -> None:
    async with running(three_documents(), tmp_path, language=language) as it:
        await it.press("c")
        assert ("c is no command here; ? lists the keys" if language == "en" else "c 在此处不是命令") in it.status
        await it.press("你")
        assert ("你 is no command: the input method is on" if language == "en" else "请切换到英文输入") in it.status
        await it.press("j")
        assert "你" not in it.status


async def test_a_review_goes_on_with_the_input_method_on(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await it.type("】c＝")
        assert "equation 1 of" in it.text
        await it.type("、")
        await it.type("行政")
        await it.press("enter")
        assert "search “行政”" in it.status


async def test_a_facet_of_the_filter_may_have_the_colon_of_chinese_text(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.type("、")
        await it.type("status：open")
        await it.press("enter")
        assert "青禾县" in it.text and "白杉市" not in it.text
