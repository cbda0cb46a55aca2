"""Text that is no table but looks like one costs little: the work is counted, or what comes of it looked at."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.tables.text.aligned import spanner_costs
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.spanners import hung
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.figures import FigureJoiner
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece
from workbench.tables.text.locate import locate_text_tables
from workbench.tables.text.vocabulary import may_stand_under


def pieces_of(text: str) -> tuple[Piece, ...]:
    return (Piece(Page(1, text), 0, len(text), text),)


def test_spanners_over_many_columns_are_looked_up_once_a_column(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    def counted(label: str, spanner: str) -> bool:
        asked.append((label, spanner))
        return may_stand_under(label, spanner)

    monkeypatch.setattr(spanner_costs, "may_stand_under", counted)
    names = ("小计", "人员经费", "公用经费")
    leaves = [HeaderLabel(pieces_of(names[n % 3]), 10.0 * n, 10.0 * n + 4, 1, 1) for n in range(90)]
    columns = [Column(leaf.x0, leaf.x1, leaf) for leaf in leaves]
    spanners = [HeaderLabel(pieces_of("基本支出"), 30.0 * n + 8, 30.0 * n + 16, 0, 0) for n in range(30)]
    rows = hung([*spanners, *leaves], columns)
    assert len(asked) <= len(spanners) * len(columns)
    assert [row[45] for row in rows] == [spanners[15].pieces, leaves[45].pieces]


@pytest.mark.parametrize("blank", [" ", "     "])
def test_a_wall_of_labels_is_not_all_one_header(blank: str) -> None:
    wall = "\n".join(blank.join(["科目", "收入", "基本支出", "合计"]) for _ in range(80))
    figures = "\n".join(blank.join(["208", "5.00", "3.00", "8.00"]) for _ in range(4))
    tables = locate_text_tables([Page(1, f"支出总表\n单位：万元\n{wall}\n{figures}\n")])
    assert all(table.width <= 60 for table in tables)


def test_words_in_more_columns_than_any_statement_has_are_no_table() -> None:
    lines = ["   ".join("1.00" for _ in range(150)) for _ in range(4)]
    text = "\n".join(["支出总表", "单位：万元", "项目   合计   小计", *lines])
    assert locate_text_tables([Page(1, text)]) == []


def test_figures_are_counted_as_they_are_joined() -> None:
    texts = [("7502", 0), ("12.5", 0), (".08", 1), ("0", 1), ("100.", 2), ("00", 3), ("6", 3), ("1,2", 4), ("34.00", 5)]
    words = [Word(piece, line, False, False, text) for text, line in texts for piece in pieces_of(text)]
    joiner = FigureJoiner.of(words)
    counts = [len(joiner.join(words[:end])) for end in range(1, len(words) + 1)]
    assert joiner.counts(words, len(words)) == counts
    assert joiner.counts(words, 3) == [count for count in counts if count <= 3]
    assert len(joiner.join(words)) < len(words)
