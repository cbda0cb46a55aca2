"""Pages of prose are passed over without placing their words, and the tables are the same as if they were not."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.tables.text.aligned import tables
from workbench.tables.text.aligned.tables import aligned_tables
from workbench.tables.text.lines import lines_of

PROSE = "青禾县档案局负责全县档案的收集和利用。\n    全局在职人员 12 人，退休人员 5 人。\n"
HEADER = "项目                 预算数        决算数\n"
ROWS = "办公费              1,200.00      1,300.00\n差旅费                300.00        250.00\n"
MORE_ROWS = "会议费                 80.00         90.00\n培训费                 40.00         60.00\n"
TABLE = "表一 一般公共预算支出表\n单位：万元\n" + HEADER + ROWS
UNTITLED = "单位：万元\n" + HEADER + MORE_ROWS

DOCUMENTS = [
    [PROSE, TABLE, PROSE, PROSE],
    [PROSE, PROSE, UNTITLED],
    [TABLE, MORE_ROWS, PROSE, MORE_ROWS],
    [HEADER + ROWS, UNTITLED],
    [PROSE, HEADER + ROWS, PROSE + HEADER + ROWS, UNTITLED, MORE_ROWS],
    [HEADER + ROWS, TABLE, UNTITLED],
    [UNTITLED, PROSE, HEADER + ROWS, UNTITLED],
    ["\n", HEADER + ROWS, "\n", UNTITLED],
]


@pytest.mark.parametrize("texts", DOCUMENTS)
def test_passing_over_prose_changes_no_table(texts: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    lines = lines_of([Page(number, text) for number, text in enumerate(texts, start=1)])

    found = aligned_tables(lines)

    monkeypatch.setattr(tables, "_may_tell", lambda line: True)
    assert found == aligned_tables(lines)


def test_words_of_prose_are_not_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    placed: list[int] = []
    place = tables.placed_lines
    monkeypatch.setattr(
        tables, "placed_lines", lambda lines, measure: placed.append(lines[0].page.number) or place(lines, measure)
    )
    lines = lines_of([Page(number, text) for number, text in enumerate([PROSE, TABLE, PROSE, PROSE], start=1)])

    assert len(aligned_tables(lines)) == 1
    assert placed == [2, 3]
