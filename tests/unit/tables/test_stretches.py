"""Lines of a page without upright rules → the stretches of them that may hold a table."""

from __future__ import annotations

from tests.drawn_pages import draw_page
from workbench.tables.unruled.stretches import printed_lines, stretches_of

ROWS = """
  305001     县档案馆                 60.00
             库房空调改造             24.00  更换四层库房恒温恒湿空调十二台，并增设监测点位。
             馆藏数字化               36.00  完成建国前档案一万二千卷的扫描、著录和挂接工作。
  305002     县地方志办               15.00
"""
PROSE = """
  305001     县档案馆                 60.00
             库房空调改造项目安排24.00万元，用于更换四层库房恒温恒湿空调十二台，并增设监测点位。
  305002     县地方志办               15.00
"""


def test_a_row_with_an_amount_apart_is_none_of_running_text_though_a_sentence_ends_it() -> None:
    assert [len(stretch.lines) for stretch in stretches_of(printed_lines(draw_page(ROWS)))] == [4]
    assert [len(stretch.lines) for stretch in stretches_of(printed_lines(draw_page(PROSE)))] == [1, 1]


def test_a_stroke_that_begins_a_word_does_not_tell_how_high_print_is() -> None:
    page = draw_page("一般公共预算   资金   一般公共预算")
    for place in (0, page.text.index("一", 1)):
        page.boxes[4 * place + 1], page.boxes[4 * place + 3] = 4.5, 5.5

    (line,) = printed_lines(page)

    assert line.height == 10.0
    assert {piece.middle for piece in line.pieces} == {5.0}
