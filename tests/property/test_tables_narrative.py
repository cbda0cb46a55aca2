"""Any text is read to the end, and every figure found stands where its anchors say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from workbench.model.source import Page
from workbench.model.table import StatedKind
from workbench.tables.narrative.stated import stated_figures

WORDS = st.sampled_from(
    [
        "2031年", "收入预算", "支出决算为", "基本支出", "项目支出", "“三公”经费", "公务接待费", "其中：", "其中", "包括", "主要用于以下方面：",
        "如下：", "占", "完成年初预算的", "比上年增加", "较2030年预算减少", "增长", "下降", "持平", "与2030年相比", "共有车辆", "以上", "及",
        "12.50", "1,234.56", "0", "7", "10", "100", "万元", "元", "亿元", "%", "％", "辆", "人", "万", "元/人", "XX万元", "收入万元",
        "，", "。", "；", "：", "、", "（", "）", "(", ")", "=", "*", "×", "+", "\n", "\n（一）", "\n1、", "\n一、", " ", "\t", "\f", "-", "第",
        "１２．５", "﻿", "—", "教育支出（类）普通教育（款）小学教育（项）", "科目",
    ]
)  # fmt: skip
SENTENCES = st.sampled_from(
    [
        "2031年收入预算1,234.56万元，比上年增加12.50万元，增长1.02%。", "其中：基本支出700.50万元，项目支出500万元；",
        "公务接待费7万元，占10.5%，接待24批次、210人次。", "教育支出（类）普通教育（款）小学教育（项）支出决算为80.38万元。\n",
        "“三公”经费8万元，与2030年预算持平。", "共有车辆3辆，", "\n（一）因公出国（境）费0万元。",
    ]
)  # fmt: skip
"""Text that states something, so that what is said of figures is said of some."""
TEXTS = st.lists(st.one_of(WORDS, WORDS, SENTENCES), max_size=30).map("".join)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_figures_stand_where_their_anchors_say(texts: list[str]) -> None:
    pages = [Page(number, text) for number, text in enumerate(texts, 1)]
    figures = stated_figures(pages, {})
    ids = [figure.id for figure in figures]
    assert len(set(ids)) == len(ids)
    for figure in figures:
        pieces = [pages[anchor.page - 1].text[anchor.start : anchor.end] for anchor in figure.cell.anchors]
        assert "".join("".join(pieces).split()) == figure.cell.printed
        assert figure.label
        assert figure.parent == "" or (figure.parent in ids and figure.parent != figure.id)
        assert figure.kind in (StatedKind.CHANGE, StatedKind.GROWTH) or figure.direction == 0


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(SENTENCES, min_size=3, max_size=8).map("".join), st.data())
def test_nothing_is_read_under_a_table(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    for figure in stated_figures([Page(1, text)], {1: [(start, end)]}):
        for anchor in figure.cell.anchors:
            assert anchor.end <= start or anchor.start >= end
