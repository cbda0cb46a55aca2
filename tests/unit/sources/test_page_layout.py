"""Characters with places become lines of text that stand as they do on the page."""

from __future__ import annotations

from array import array

import pytest

from workbench.sources.page_layout import lay_out
from workbench.sources.print_runs import find_runs

Word = tuple[str, float, float, float]
"""A word with the x of its left side, its top, and the height of its characters, which are as wide as high."""


def laid_out(*words: Word, width: float = 10.0) -> str:
    text, boxes = "", array("f")
    for word, left, top, height in words:
        text += word + "\n"
        for index in range(len(word)):
            boxes.extend((left + width * index, top, left + width * (index + 1), top + height))
        boxes.extend((0.0, 0.0, 0.0, 0.0))
    return lay_out(find_runs(text, boxes), boxes).text


@pytest.mark.parametrize(
    ("words", "text"),
    [
        pytest.param(
            [("一", 0, 104.2, 1), ("、本年收入", 10, 100, 10), ("二、本年支出", 0, 112, 10)],
            "一、本年收入\n二、本年支出",
            id="a stroke without the height of print stands on the line beside it",
        ),
        pytest.param(
            [("上行", 0, 100, 10), ("下行", 0, 111, 10), ("—", 30, 115, 1), ("远", 60, 104, 10)],
            "上行        远\n下行 —",
            id="of two lines a stroke takes the one whose print is level with it",
        ),
        pytest.param(
            [("一", 0, 104.2, 1), ("一", 0, 116.2, 1)],
            "一\n一",
            id="strokes alone are lines of their own",
        ),
        pytest.param(
            [("支出", 0, 100, 10), ("数字", 40, 100, 10), ("5", 0, 112, 3), ("1", 0, 115, 3), ("1", 0, 118, 3)],
            "支出    数字\n\n5\n1\n1",
            id="digits on their side stand below each other, each of them",
        ),
        pytest.param(
            [("合计", 0, 100, 10), ("合计", 0.8, 100, 10), ("合计", 60, 100, 10)],
            "合计        合计",
            id="print set twice in one place to look bold stands once",
        ),
        pytest.param(
            [("上", 0, 100, 10), ("下", 0, 104, 10)],
            "上\n下",
            id="what stands under another begins a line at however narrow a pitch",
        ),
        pytest.param(
            [("甲", 0, 100, 10), ("乙", 20, 104, 10)],
            "甲 乙",
            id="what stands beside another is on its line though it is set lower",
        ),
        pytest.param(
            [("甲", 0, 100, 10), ("乙", 20, 105, 10)],
            "甲\n    乙",
            id="what is set lower by half its height is on a line of its own",
        ),
        pytest.param(
            [("甲", 0, 100, 10), ("小小", 40, 102.5, 5), ("大", 68, 100, 10)],
            "甲      小小  大",
            id="a gap is as wide as the smaller print beside it makes it",
        ),
        pytest.param(
            [("甲行", 0, 100, 10), ("乙行", 0, 112, 10), ("丙行", 0, 124, 10), ("丁行", 0, 148, 10)],
            "甲行\n乙行\n丙行\n\n丁行",
            id="twice the usual pitch is an empty line",
        ),
    ],
)
def test_lines_stand_as_on_the_page(words: list[Word], text: str) -> None:
    lines = laid_out(*words).splitlines()
    assert [line.rstrip() for line in lines] == [line.rstrip() for line in text.splitlines()]
