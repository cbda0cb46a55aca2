"""Text costs what its length costs, whatever it repeats; headers that are easily read are not searched to the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.costs import costs_at_most
from workbench.model.source import Page, SourceDocument
from workbench.tables import parse
from workbench.tables.text.cells import cell_rows
from workbench.tables.text.cells.body import Body
from workbench.tables.text.header import hanging, tree_search, woven
from workbench.tables.text.header import tree as header_tree
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import lines_of
from workbench.tables.text.running import header_choice, linear, placing
from workbench.tables.text.running.by_parts import headers_by_parts


@pytest.mark.parametrize(
    ("piece", "count"),
    [("\n", 8000), ("1.00万元", 4000), ("减少1.00万元，", 3000), ("[bookmark:", 4000), ("预算收入1.00万元。", 2000)],
)
def test_four_times_the_text_does_not_cost_sixteen_times_as_much(piece: str, count: int) -> None:
    def parsed(text: str) -> object:
        return parse(SourceDocument("made.txt", "0" * 64, "text/plain", "text/1", (Page(1, text),)))

    parsed(piece * 10)
    assert costs_at_most(10, lambda: parsed(piece * 4 * count), lambda: parsed(piece * count))


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for number, line in enumerate(lines_of([Page(1, text)])):
        words += [Word(piece, number, False, index == 0, piece.text) for index, piece in enumerate(line.words())]
    return words


def test_labels_that_are_known_as_they_stand_are_not_read_in_other_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[bool] = []
    best = woven._best
    monkeypatch.setattr(woven, "_best", lambda *given, woven, **more: ways.append(woven) or best(*given, woven=woven))
    words = _words("科目编码 科目名称 合计\n基本支出 项目支出\n")
    woven._unwoven_spans.cache_clear()

    assert woven.unwoven(words) == words
    assert ways == [False]


def _headers_of_parts(again: str) -> object:
    kinds = "工资福利支出 商品和服务支出 对个人和家庭的补助 资本性支出 人员经费 公用经费"
    head = f"基本支出 项目支出 经营支出\n{kinds}\n{again}\n小计 小计 小计 小计 小计\n"
    labels = [(word,) for line in lines_of([Page(1, head)]) for word in line.words()]
    return headers_by_parts(labels, 9.0)


def test_labels_that_may_stand_below_several_are_not_tried_below_each_without_end() -> None:
    more = "工资福利支出 商品和服务支出 对个人和家庭的补助 资本性支出"
    assert costs_at_most(5, lambda: _headers_of_parts(more), lambda: _headers_of_parts(""))


def test_of_many_heads_over_nothing_only_the_first_are_searched_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    likely: list[bool] = []
    arrange = header_choice.arrange
    monkeypatch.setattr(
        header_choice, "arrange", lambda *given, likely_only: likely.append(likely_only) or arrange(*given)
    )
    head = "{}部门收支表\n科目编码 科目名称 合计\n基本支出 项目支出\n1 2 3 4 5\n"
    text = "\n".join(head.format(year) for year in range(2000, 2020))

    linear.linear_tables(lines_of([Page(1, text)]))

    assert len(likely) == 20
    assert likely == sorted(likely)
    assert likely.count(False) < 10


def test_rows_of_indicators_are_not_searched_for_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[tuple[str, ...]] = []
    spans = woven._unwoven_spans
    monkeypatch.setattr(woven, "_unwoven_spans", lambda texts, lines: searched.append(texts) or spans(texts, lines))

    linear.linear_tables(lines_of([Page(1, "产出指标 数量指标 培训人次\n质量指标 合格率 项目名称\n")]))

    assert not [texts for texts in searched if texts[0] == "产出指标"]


def test_unlikely_ways_to_hang_labels_are_not_tried_where_a_likely_one_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits: list[float] = []
    hang = tree_search.hang
    monkeypatch.setattr(
        tree_search, "hang", lambda upper, lower, limit, most: limits.append(limit) or hang(upper, lower, limit)
    )
    labels = [(word.piece,) for word in _words("科目编码 科目名称 本年支出\n小计 基本支出 项目支出\n")]

    header_tree._cheapest.cache_clear()
    header = header_tree.arrange(labels, (5,))

    assert [len(row) for row in header.rows] == [5, 5]
    assert max(limits) < hanging.HOPELESS


def test_a_header_met_again_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    labels = [[(word.piece,) for word in _words("科目编码 科目名称 本年收入\n小计 事业收入\n")] for _ in range(2)]
    header_tree._cheapest.cache_clear()
    first = header_tree.arrange(labels[0], (4,))
    monkeypatch.setattr(tree_search, "hang", lambda upper, lower, limit, most: pytest.fail("searched again"))

    again = header_tree.arrange(labels[1], (4,))

    assert again.text == first.text
    assert all(cell[0] is label[0] for cell, label in zip(again.rows[0][:3], labels[1], strict=False))


def test_the_way_that_fits_is_found_however_many_do_not() -> None:
    """As many ways to place six figures in thirty columns as there are, hardly any keeps the sums."""
    columns = placing.Columns(30, (placing.Equation(0, tuple(range(1, 26))), placing.Equation(26, (27, 28, 29))))
    row = placing.RowToPlace(("16.00", "7.00", "9.00", "30.00", "10.00", "20.00"))

    assert placing.place_rows([row], columns) == [(0, 1, 2, 26, 27, 28)]


_LABELS = (
    "科目编码",
    "科目名称",
    "合计",
    "小计",
    "本年收入",
    "基本支出",
    "项目支出",
    "类",
    "款",
    "三月底",
    "甲",
    "2023年",
)


@given(st.lists(st.sampled_from(_LABELS), min_size=2, max_size=7), st.integers(2, 5))
def test_no_header_of_so_many_columns_costs_less_than_its_labels_must(texts: list[str], columns: int) -> None:
    header = header_tree.arrange([(word.piece,) for word in _words(" ".join(texts))], (columns,))

    assert header.width != columns or header.cost >= hanging.least_cost(texts, columns)


def test_labels_that_cannot_head_so_few_columns_are_not_arranged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_rows, "arrange", lambda *given, **more: pytest.fail("arranged"))
    names = [(word.piece,) for word in _words("科目名称 办公费 印刷费 水费 电费 邮电费 差旅费 维修费")]

    assert cell_rows.header_of(names, 3, Body(("text", "figure", "figure"), ())) is None
