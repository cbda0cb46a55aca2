"""Tables without upright rules: rows and columns follow from level rules, from alignment and from the header."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.made_pdfs import SONG, canvas, saved
from workbench.sources import read_source
from workbench.tables import parse

SIZE, LEADING, PADDING = 9.0, 12.0, 4.0
LEFT = 50.0
WIDTHS = (60.0, 92.0, 70.0, 70.0, 60.0, 60.0, 88.0)
HEADER = (
    ("科目编码", 0, 0, 1, 2), ("科目名称", 1, 0, 1, 2), ("合计", 2, 0, 1, 2), ("基本支出", 3, 0, 3, 1),
    ("项目支出", 6, 0, 1, 2), ("小计", 3, 1, 1, 1), ("人员经费", 4, 1, 1, 1), ("公用经费", 5, 1, 1, 1),
)  # fmt: skip
"""Name, column, row, columns and rows."""
ROWS = (
    ("合计", "", "9,700.25", "9,200.25", "", "", "500.00"),
    ("208", "社会保障和就业支出", "8,123.45", "7,623.45", "", "", "500.00"),
    ("20805", "行政事业单位养老支出", "8,123.45", "7,623.45", "", "", "500.00"),
    ("2080505", "机关事业单位基本养老保险缴费支出", "7,000.00", "7,000.00", "", "", "0.00"),
    ("2080506", "机关事业单位职业年金缴费支出", "1,123.45", "623.45", "", "", "500.00"),
    ("221", "住房保障支出", "1,576.80", "1,576.80", "", "", "0.00"),
)
PRINTED = [
    ["科目编码", "科目名称", "合计", "基本支出", "基本支出", "基本支出", "项目支出"],
    ["科目编码", "科目名称", "合计", "小计", "人员经费", "公用经费", "项目支出"],
]


def _sides() -> list[float]:
    sides = [LEFT]
    for width in WIDTHS:
        sides.append(sides[-1] + width)
    return sides


def _lines(text: str, width: float) -> list[str]:
    lines = [""]
    for character in text:
        if pdfmetrics.stringWidth(lines[-1] + character, SONG, SIZE) > width - 2 * PADDING:
            lines.append("")
        lines[-1] += character
    return lines


def _cell(made: Canvas, box: tuple[float, float, float, float], text: str, align: str, level: str) -> None:
    """Prints `text` in the box (left, top, right, bottom), wrapped."""
    left, top, right, bottom = box
    lines = _lines(text, right - left)
    spare = top - bottom - len(lines) * LEADING
    y = top - SIZE - 1 - {"top": 0.0, "middle": spare / 2, "bottom": spare}[level]
    for line in lines:
        if align == "right":
            made.drawRightString(right - PADDING, y, line)
        elif align == "centre":
            made.drawCentredString((left + right) / 2, y, line)
        else:
            made.drawString(left + PADDING, y, line)
        y -= LEADING


def _rule(made: Canvas, y: float, left: float, right: float) -> None:
    made.line(left, y, right, y)


def _header(made: Canvas, y: float, level: str, rules: str) -> float:
    sides = _sides()
    for text, column, row, columns, rows in HEADER:
        box = (sides[column], y - 20 * row, sides[column + columns], y - 20 * (row + rows))
        _cell(made, box, text, "centre", level)
    if rules != "none":
        _rule(made, y, sides[0], sides[-1])
        _rule(made, y - 40, sides[0], sides[-1])
    if rules == "rows":
        _rule(made, y - 20, sides[3], sides[6])
    return y - 40


def _row(made: Canvas, y: float, texts: Sequence[str], level: str, rules: str) -> float:
    sides = _sides()
    height = max(len(_lines(text, width)) for text, width in zip(texts, WIDTHS, strict=True)) * LEADING + 6
    for column, text in enumerate(texts):
        align = "right" if column > 1 else "left"
        _cell(made, (sides[column], y, sides[column + 1], y - height), text, align, level)
    if rules == "rows":
        _rule(made, y - height, sides[0], sides[-1])
    return y - height


def _table(folder: Path, level: str, rules: str, rows: Sequence[Sequence[str]] = ROWS, break_before: int = 99) -> Path:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(290, 800, "部门支出总表")
    made.setFont(SONG, SIZE)
    made.drawRightString(_sides()[-1], 780, "单位：万元")
    y = _header(made, 770, level, rules)
    for index, texts in enumerate(rows):
        if index == break_before:
            made.showPage()
            made.setFont(SONG, SIZE)
            y = 790.0
        y = _row(made, y, texts, level, rules)
    if rules != "none":
        _rule(made, y, LEFT, _sides()[-1])
    return saved(made, buffer, folder)


def _read(path: Path) -> tuple[list[list[str]], list[list[str]]]:
    (table,) = parse(read_source(path)).tables
    header = [[cell.printed for cell in row] for row in table.header]
    return header, [[cell.printed for cell in row] for row in table.rows]


@pytest.mark.parametrize("rules", ["none", "three", "rows"])
@pytest.mark.parametrize("level", ["top", "middle", "bottom"])
def test_columns_without_figures_and_wrapped_labels_stand_where_they_belong(
    tmp_path: Path, level: str, rules: str
) -> None:
    header, rows = _read(_table(tmp_path, level, rules))

    assert header == PRINTED
    assert rows == [list(texts) for texts in ROWS]


@pytest.mark.parametrize("rules", ["none", "rows"])
def test_the_columns_of_a_table_hold_on_its_next_page(tmp_path: Path, rules: str) -> None:
    header, rows = _read(_table(tmp_path, "middle", rules, break_before=4))

    assert header == PRINTED
    assert rows == [list(texts) for texts in ROWS]


@pytest.mark.parametrize("rules", ["none", "rows"])
def test_a_table_left_blank_keeps_its_header(tmp_path: Path, rules: str) -> None:
    header, rows = _read(_table(tmp_path, "middle", rules, rows=(("合计", "", "", "", "", "", ""),)))

    assert header == PRINTED
    assert rows == [["合计", "", "", "", "", "", ""]]


def test_a_label_that_stands_once_for_several_rows_begins_at_the_first(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(290, 800, "项目支出表")
    made.setFont(SONG, SIZE)
    made.drawRightString(400, 780, "单位：万元")
    sides = (50.0, 120.0, 250.0, 330.0, 400.0)
    for column, text in enumerate(("类型", "项目名称", "合计", "本年拨款")):
        _cell(made, (sides[column], 770, sides[column + 1], 752), text, "centre", "middle")
    names = ("农村饮水安全工程", "信息化系统维护", "校舍维修", "营养改善计划", "公益性岗位补贴")
    for row, name in enumerate(names):
        amount = f"{120.5 + row:.2f}"
        for column, text in ((1, name), (2, amount), (3, amount)):
            top = 752 - 18 * row
            align = "right" if column > 1 else "left"
            _cell(made, (sides[column], top, sides[column + 1], top - 18), text, align, "middle")
    _cell(made, (sides[0], 752, sides[1], 752 - 2 * 18), "运转类", "left", "middle")
    _cell(made, (sides[0], 752 - 2 * 18, sides[1], 752 - 5 * 18), "特定目标类", "left", "middle")

    _, rows = _read(saved(made, buffer, tmp_path))

    assert [row[0] for row in rows] == ["运转类", "", "特定目标类", "", ""]
    assert [row[1] for row in rows] == list(names)


FORM = (
    (("项目名称", 0, 1), ("农村饮水安全巩固工程", 1, 4)),
    (("主管部门", 0, 1), ("青禾县水务局", 1, 2), ("实施单位", 3, 1), ("青禾县供水站", 4, 1)),
    (("项目资金", 0, 1), ("年度资金总额", 1, 1), ("473.23", 2, 1), ("其中：财政拨款", 3, 1), ("473.23", 4, 1)),
    (("年度目标", 0, 1), ("目标1：改善三千户居民的饮水条件；目标2：规范资金使用，提高群众满意度，按期完成验收。", 1, 4)),
    (("一级指标", 0, 1), ("二级指标", 1, 1), ("三级指标", 2, 1), ("指标值", 3, 1), ("备注", 4, 1)),
    (("产出指标", 0, 1), ("数量指标", 1, 1), ("新建供水站", 2, 1), ("≥3座", 3, 1), ("按标准", 4, 1)),
    (("", 0, 1), ("质量指标", 1, 1), ("工程验收合格率", 2, 1), ("100%", 3, 1), ("", 4, 1)),
    (("满意度指标", 0, 1), ("服务对象满意度", 1, 1), ("受益群众满意度", 2, 1), ("≥95%", 3, 1), ("", 4, 1)),
)  # fmt: skip


@pytest.mark.parametrize("rules", ["none", "rows"])
def test_a_form_without_upright_rules_keeps_its_rows_and_is_cut_at_its_indicators(tmp_path: Path, rules: str) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(290, 800, "项目支出绩效目标表")
    made.setFont(SONG, SIZE)
    sides, y = (50.0, 130.0, 220.0, 320.0, 410.0, 500.0), 770.0
    for cells in FORM:
        height = max(len(_lines(text, sides[column + span] - sides[column])) for text, column, span in cells) * 12 + 8
        for text, column, span in cells:
            _cell(made, (sides[column], y, sides[column + span], y - height), text, "left", "middle")
        if rules == "rows":
            _rule(made, y, sides[0], sides[-1])
        y -= height

    above, below = parse(read_source(saved(made, buffer, tmp_path))).tables

    assert [[cell.printed for cell in row if cell.printed] for row in above.rows] == [
        [text for text, _, _ in cells] for cells in FORM[:4]
    ]
    assert [[cell.printed for cell in row] for row in below.header] == [[text for text, _, _ in FORM[4]]]
    assert [[cell.printed for cell in row] for row in below.rows] == [
        [text for text, _, _ in cells] for cells in FORM[5:]
    ]


def test_rows_below_the_last_shaded_one_are_of_the_table(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(290, 800, "部门支出总表")
    made.setFont(SONG, SIZE)
    made.drawRightString(_sides()[-1], 780, "单位：万元")
    sides, y = _sides(), _header(made, 770, "middle", "none")
    for number, texts in enumerate(ROWS):
        if number % 2 == 0:
            made.setFillGray(0.9)
            for left, right in pairwise(sides):
                made.rect(left, y - 30, right - left, 30, stroke=0, fill=1)
            made.setFillGray(0)
        for column, text in enumerate(texts):
            align = "right" if column > 1 else "left"
            _cell(made, (sides[column], y, sides[column + 1], y - 30), text, align, "middle")
        y -= 30

    header, rows = _read(saved(made, buffer, tmp_path))

    assert header == PRINTED
    assert rows == [list(texts) for texts in ROWS]
