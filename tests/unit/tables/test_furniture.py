"""Heads, feet and page numbers."""

from __future__ import annotations

from workbench.model.source import Page
from workbench.tables.furniture import Furniture, is_page_number, lines_of


def _kept(*texts: str) -> list[list[str]]:
    pages = [lines_of(Page(number, text)) for number, text in enumerate(texts, start=1)]
    furniture = Furniture()
    for lines in pages:
        furniture.add(lines)
    return [[line.text for line in furniture.stripped(lines)] for lines in pages]


def test_lines_have_their_place_in_the_page_text() -> None:
    text = "  甲 乙 \n\n\t丙\n"

    lines = lines_of(Page(1, text))

    assert [(line.text, text[line.start : line.end]) for line in lines] == [("甲 乙", "甲 乙"), ("丙", "丙")]


def test_heads_feet_and_page_numbers_go() -> None:
    page = "青禾县档案局2025年部门预算\n{0}的正文\n{0}再一行\n- {1} -\n"

    assert _kept(*(page.format(word, n) for n, word in enumerate("甲乙丙丁", start=1))) == [
        [f"{word}的正文", f"{word}再一行"] for word in "甲乙丙丁"
    ]


def test_a_head_that_counts_pages_goes() -> None:
    page = "第 {0} 页 共 4 页 档案局\n{1}\n"

    assert _kept(*(page.format(n, word) for n, word in enumerate("甲乙丙丁", start=1))) == [[w] for w in "甲乙丙丁"]


def test_titles_and_captions_repeated_by_a_long_table_stay() -> None:
    page = "部门支出总表\n单位：万元\n"

    assert _kept(page, page, page) == [["部门支出总表", "单位：万元"]] * 3


def test_a_line_in_the_middle_of_pages_stays() -> None:
    page = "{0}一\n{0}二\n{0}三\n说明如下\n{0}四\n{0}五\n{0}六\n"

    assert all("说明如下" in lines for lines in _kept(*(page.format(word) for word in "甲乙丙丁")))


def test_one_page_has_no_furniture_but_its_number() -> None:
    assert _kept("青禾县档案局\n正文\n1") == [["青禾县档案局", "正文"]]


def test_page_numbers_of_every_style() -> None:
    assert all(is_page_number(text) for text in ("5", "- 5 -", "— 12 —", "第 3 页", "第三页 共十页", "3/20", "Page 3"))
    assert not any(is_page_number(text) for text in ("5.00", "第三部分", "2025年", "20126 档案事务"))
