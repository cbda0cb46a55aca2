"""Text costs what its length costs, whatever it repeats; headers that are easily read are not searched to the end."""

from __future__ import annotations

import time

import pytest

from workbench.model.source import Page, SourceDocument
from workbench.tables import parse
from workbench.tables.text import header_tree, woven
from workbench.tables.text.header_words import Word
from workbench.tables.text.lines import lines_of


def _spent(text: str) -> float:
    source = SourceDocument("made.txt", "0" * 64, "text/plain", "text/1", (Page(1, text),))
    spent = []
    for _ in range(3):
        begin = time.process_time()
        parse(source)
        spent.append(time.process_time() - begin)
    return min(spent)


@pytest.mark.parametrize(
    ("piece", "count"),
    [("\n", 8000), ("1.00万元", 4000), ("减少1.00万元，", 3000), ("[bookmark:", 4000), ("预算收入1.00万元。", 2000)],
)
def test_four_times_the_text_does_not_cost_sixteen_times_as_much(piece: str, count: int) -> None:
    _spent(piece * 10)
    assert _spent(piece * 4 * count) < 10 * _spent(piece * count)


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for number, line in enumerate(lines_of([Page(1, text)])):
        words += [Word(piece, number, False, index == 0, piece.text) for index, piece in enumerate(line.words())]
    return words


def test_labels_that_are_known_as_they_stand_are_not_read_in_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[bool] = []
    best = woven._best
    monkeypatch.setattr(woven, "_best", lambda texts, *, woven: ways.append(woven) or best(texts, woven=woven))
    words = _words("科目编码 科目名称 合计\n基本支出 项目支出\n")
    woven._unwoven_spans.cache_clear()

    assert woven.unwoven(words) == words
    assert ways == [False]


def test_unlikely_ways_to_hang_labels_are_not_tried_where_a_likely_one_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[float] = []
    hang = header_tree.hang
    monkeypatch.setattr(
        header_tree, "hang", lambda upper, lower, limit: limits.append(limit) or hang(upper, lower, limit)
    )
    labels = [(word.piece,) for word in _words("科目编码 科目名称 本年支出\n小计 基本支出 项目支出\n")]

    header = header_tree.arrange(labels, (5,))

    assert [len(row) for row in header.rows] == [5, 5]
    assert max(limits) < header_tree._HOPELESS
