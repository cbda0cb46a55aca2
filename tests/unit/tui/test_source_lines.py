"""Which lines of the source are folded, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tui.drawing.display import fold, shown, width, wrap
from workbench.tui.models.source_lines import Wrapping, lines_of

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
