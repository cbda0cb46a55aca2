"""Which lines of the source are folded, and where."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.drawing.display import fold, shown, width, wrap
from workbench.tui.models.source_lines import Wrapping, joined, lines_of, paragraphs_of

SENTENCE = "2024年一般公共预算财政拨款支出年初预算为2,993.92万元，支出决算为2,940.05万元，完成年初预算的98.20%。"


@pytest.mark.parametrize("room", range(12, 60))
def test_no_figure_and_no_mark_is_torn_from_its_place(room: int) -> None:
    for pieces in (
        [SENTENCE[line.start : line.end] for line in lines_of(1, 0, SENTENCE, room, Wrapping.PROSE)],
        wrap(SENTENCE, room),
    ):
        assert "".join(pieces) == SENTENCE
        assert all(width(shown(piece)) <= room for piece in pieces)
        assert not any(piece[0] in "，。%" for piece in pieces)
        for figure in ("2,993.92", "2,940.05"):
            assert sum(figure in piece for piece in pieces) == 1


def test_cells_behind_tabs_are_folded_between_cells() -> None:
    text = "2080505\t机关事业单位基本养老保险缴费支出\t1,234.56\t1,234.56\t0.00"
    pieces = [text[line.start : line.end] for line in lines_of(1, 0, text, 46, Wrapping.PROSE)]
    assert len(pieces) > 1 and all(piece.startswith("\t") for piece in pieces[1:])
    assert all(not line.wide for line in lines_of(1, 0, text, 46, Wrapping.PROSE))


def test_columns_kept_by_blanks_are_not_folded() -> None:
    text = "一、财政拨款收入              34,303.18     一、一般公共服务支出              1,000.00"
    (line,) = lines_of(1, 0, text, 40, Wrapping.PROSE)
    assert line.wide and line.cells == width(text)


@given(st.text(alphabet="汉字，。（）“”ab1,.% \t", min_size=1, max_size=120), st.integers(4, 40))
def test_folding_loses_nothing_and_always_fits(text: str, room: int) -> None:
    places = fold(text, room)
    pieces = [text[a:b] for a, b in zip([0, *places], [*places, len(text)], strict=True)]
    assert all(pieces) and all(sum(width(shown(c)) for c in piece) <= room for piece in pieces)


PAGE = "\n".join(
    (
        "    一、收入支出决算总体情况",
        "    本年收入合计为三千四百二十万元，比上年增加一百二十万元，主要原因是在职人",
        "员正常晋级晋档，以及新增一项社会调查任务所需的经费；支出合计与收入合计相同，",
        "其中基本支出二千九百万元，占八成以上，项目支出五百二十万元，均为年初预算中安",
        "排的任务。",
        "    二、财政拨款支出情况",
        "2010101 行政运行 1,234.56 1,234.56 0.00 1,234.56 1,234.56 0.00 1,234.56 1,234.56 0.00",
        "2010102 一般行政 1,234.56 1,234.56 0.00 1,234.56 1,234.56 0.00 1,234.56 1,234.56 0.00",
    )
)


def drawn(text: str, room: int, wrapping: Wrapping = Wrapping.PROSE) -> list[str]:
    lines = [
        line for start, part in paragraphs_of(text, room, wrapping) for line in lines_of(1, start, part, room, wrapping)
    ]
    return [joined(text[line.start : line.end]) for line in lines]


def test_lines_that_a_paragraph_was_broken_into_are_folded_as_one() -> None:
    paragraphs = [joined(text).strip() for _, text in paragraphs_of(PAGE, 46, Wrapping.PROSE)]
    assert len(paragraphs) == 5, "the heads and the rows of figures stand alone"
    assert paragraphs[1].startswith("本年收入合计") and paragraphs[1].endswith("安排的任务。")
    assert "在职人员正常" in paragraphs[1] and " " not in paragraphs[1]
    pieces = drawn(PAGE, 46)
    stubs = [piece for piece in pieces[1:-1] if width(shown(piece)) < 20]
    assert len(stubs) <= 2, "no line of the page leaves a stub of its own"


def test_lines_are_as_printed_where_they_have_room_or_nothing_is_folded() -> None:
    for room, wrapping in ((100, Wrapping.PROSE), (46, Wrapping.NONE)):
        assert [text for _, text in paragraphs_of(PAGE, room, wrapping)] == PAGE.split("\n")


def test_an_item_of_a_list_begins_a_line_of_its_own_where_indents_are_lost() -> None:
    items = "\n".join(f"（{n}）本项支出用于保障机构正常运转和完成各项工作任务所需的经费支出。" for n in "一二三四")
    assert [text for _, text in paragraphs_of(items, 30, Wrapping.PROSE)] == items.split("\n")


@given(
    st.lists(st.text(alphabet="汉字，。（）一、12.% \tab", max_size=60), max_size=9).map("\n".join),
    st.integers(8, 60),
    st.sampled_from(Wrapping),
)
def test_every_character_of_a_page_is_drawn_once(page: str, room: int, wrapping: Wrapping) -> None:
    at = 0
    for start, text in paragraphs_of(page, room, wrapping):
        assert start == at and page[start : start + len(text)] == text
        lines = list(lines_of(1, start, text, room, wrapping))
        assert (lines[0].start, lines[-1].end) == (start, start + len(text))
        assert all(left.end == right.start for left, right in pairwise(lines))
        assert all(line.wide or width(shown(joined(page[line.start : line.end]))) <= room for line in lines)
        at = start + len(text) + 1
    assert at == len(page) + 1
