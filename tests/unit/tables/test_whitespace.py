"""Tables without rules whose columns stand closer than words do, as spreadsheets print them."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.made_pdfs import SONG, canvas, saved
from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse

SIDES = (60, 190, 250, 380, 440, 500)
"""Where the cells of the table begin and end."""
ALIGN = "lrlrr"
INCOME = ("一、一般公共预算拨款收入", "二、事业收入", "三、其他收入")
SPENDING = ("一、一般公共服务支出", "二、教育支出", "三、社会保障和就业支出", "四、卫生健康支出", "五、住房保障支出")


def _text(made: Canvas, y: float, left: float, right: float, text: str, align: str) -> None:
    if align == "l":
        made.drawString(left + 1, y, text)
    elif align == "r":
        made.drawRightString(right - 1, y, text)
    else:
        made.drawCentredString((left + right) / 2, y, text)


def _header(made: Canvas, y: float) -> float:
    for left, right, text in ((SIDES[0], SIDES[2], "收入"), (SIDES[2], SIDES[5], "支出")):
        _text(made, y, left, right, text, "c")
    for column, text in enumerate(("项目", "预算数", "项目", "合计", "基本支出")):
        _text(made, y - 15, SIDES[column], SIDES[column + 1], text, "c")
    return y - 30


def _rows() -> list[tuple[str, ...]]:
    rows = []
    for index, label in enumerate(SPENDING):
        income = INCOME[index] if index < len(INCOME) else ""
        amount = f"{8123456.78 + index:,.2f}"
        rows.append((income, amount if income else "", label, amount, amount))
    return rows


def _document(folder: Path, pages: int = 1, *, titled: bool = True) -> Document:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    if titled:
        made.drawCentredString(280, 800, "收支预算总表")
    made.setFont(SONG, 9)
    if titled:
        made.drawRightString(500, 780, "单位：元")
    y = _header(made, 760)
    rows = _rows() * pages
    for index, texts in enumerate(rows):
        if index and index % len(SPENDING) == 0:
            made.showPage()
            made.setFont(SONG, 9)
            y = 780
        for column, text in enumerate(texts):
            _text(made, y, SIDES[column], SIDES[column + 1], text, ALIGN[column])
        y -= 15
    return parse(read_source(saved(made, buffer, folder)))


def _printed(document: Document) -> tuple[list[list[str]], list[list[str]]]:
    (table,) = document.tables
    header = [[cell.printed for cell in row] for row in table.header]
    return header, [[cell.printed for cell in row] for row in table.rows]


def test_figures_that_touch_the_next_label_are_cells_of_their_own(tmp_path: Path) -> None:
    header, rows = _printed(_document(tmp_path))

    assert header == [["收入", "收入", "支出", "支出", "支出"], ["项目", "预算数", "项目", "合计", "基本支出"]]
    assert rows == [list(texts) for texts in _rows()]


def test_a_page_may_begin_with_the_header(tmp_path: Path) -> None:
    header, rows = _printed(_document(tmp_path, titled=False))

    assert header[1] == ["项目", "预算数", "项目", "合计", "基本支出"]
    assert rows == [list(texts) for texts in _rows()]


def test_a_table_without_rules_goes_on_over_the_page(tmp_path: Path) -> None:
    document = _document(tmp_path, pages=2)

    assert _printed(document)[1] == [list(texts) for texts in _rows() * 2]
    assert document.tables[0].pages == (1, 2)


def test_running_text_with_amounts_is_no_table(tmp_path: Path) -> None:
    made, buffer = canvas()
    for line in range(8):
        made.drawString(
            60, 780 - 16 * line, f"其中：基本支出1,234.5{line}万元，项目支出2,345.6{line}万元，合计3,580.1{line}万元。"
        )

    assert parse(read_source(saved(made, buffer, tmp_path))).tables == ()


def test_dashes_set_apart_from_the_figures_are_in_their_column(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "一般公共预算支出表")
    made.setFont(SONG, 9)
    rows = [
        ("201", "一般公共服务支出", "8,123.45", "8,123.45"),
        ("205", "教育支出", "—", "—"),
        ("208", "社会保障支出", "86.00", "—"),
    ]
    sides = (60, 110, 195, 255, 315)
    for column, text in enumerate(("科目编码", "科目名称", "合计", "基本支出")):
        _text(made, 760, sides[column], sides[column + 1], text, "c")
    for line, texts in enumerate(rows * 2):
        for column, text in enumerate(texts):
            align = "r" if text[0].isdigit() and column > 1 else "l"
            _text(made, 740 - 15 * line, sides[column], sides[column + 1], text, align)

    (table,) = parse(read_source(saved(made, buffer, tmp_path))).tables

    assert [[cell.printed for cell in row] for row in table.rows] == [list(texts) for texts in rows * 2]


def test_a_spanner_stands_over_its_own_columns_beside_names_half_way_down(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "政府性基金预算财政拨款收入支出决算表")
    made.setFont(SONG, 9)
    centres = (61, 111, 161, 211, 261, 311, 361, 411)
    for x, y, text in (
        (86, 760, "项目"),
        (311, 760, "本年支出"),
        (61, 743, "功能分类"),
        (61, 731, "科目编码"),
        (161, 751, "年初结转"),
        (161, 740, "和结余"),
        (411, 751, "年末结转"),
        (411, 740, "和结余"),
        (211, 745.5, "本年收入"),
    ):
        made.drawCentredString(x, y, text)
    for column, text in ((1, "科目名称"), (4, "小计"), (5, "基本支出"), (6, "项目支出")):
        made.drawCentredString(centres[column], 737, text)
    made.drawString(89, 715, "合计")

    (table,) = parse(read_source(saved(made, buffer, tmp_path))).tables

    assert [cell.printed for cell in table.header[0]] == [
        "项目",
        "项目",
        "年初结转和结余",
        "本年收入",
        "本年支出",
        "本年支出",
        "本年支出",
        "年末结转和结余",
    ]


def test_spanners_of_a_blank_table_stand_over_whole_lower_ones(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "政府性基金预算财政拨款支出决算表")
    made.setFont(SONG, 9)
    for y, line in (
        (770, ((235, "项目"), (487, "本年支出"))),
        (755, ((210, "功能分类科目编码"), (386, "科目名称"), (437, "合计"), (487, "基本支出"), (538, "项目支出"))),
        (740, ((109, "类"), (210, "款"), (311, "项"), (386, "栏次"), (437, "1"), (487, "2"), (538, "3"))),
    ):
        for x, text in line:
            made.drawCentredString(x, y, text)
    made.drawString(60, 725, "合计")

    (table,) = parse(read_source(saved(made, buffer, tmp_path))).tables

    assert [[cell.printed for cell in row][:3] for row in table.header[:3]] == [
        ["项目"] * 3,
        ["功能分类科目编码"] * 3,
        ["类", "款", "项"],
    ]


def test_numbers_centred_over_wide_columns_of_narrow_figures_are_no_columns(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(300, 800, "一般公共预算财政拨款支出决算表")
    made.setFont(SONG, 9)
    sides = (30, 100, 210, 330, 450, 570)
    for x, y, text in ((120, 768, "项目"), (390, 766, "本年支出")):
        made.drawCentredString(x, y, text)
    names = ("功能分类科目编码", "科目名称", "小计", None, "项目支出")
    for column, text in enumerate(names):
        if text:
            _text(made, 748, sides[column], sides[column + 1], text, "c")
    made.drawCentredString(390, 753, "基本支")
    made.drawCentredString(390, 743, "出")
    made.drawString(sides[0] + 1, 728, "栏次")
    for column in (2, 3, 4):
        _text(made, 728, sides[column], sides[column + 1], str(column - 1), "c")
    rows = [
        ("201", "一般公共服务支出", "8.9", "5.9", "3.0"),
        ("20126", "档案事务", "8.9", "5.9", "3.0"),
        ("2012604", "档案馆", "8.9", "5.9", "3.0"),
    ]
    for line, texts in enumerate(rows * 2):
        for column, text in enumerate(texts):
            _text(made, 713 - 15 * line, sides[column], sides[column + 1], text, "l" if column < 2 else "r")

    header, found = _printed(parse(read_source(saved(made, buffer, tmp_path))))

    assert found == [list(texts) for texts in rows * 2]
    assert header[0] == ["项目", "项目", "本年支出", "本年支出", "本年支出"]
    assert header[1] == ["功能分类科目编码", "科目名称", "小计", "基本支出", "项目支出"]


def test_a_known_label_without_figures_is_no_second_line_of_the_one_above(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "一般公共预算“三公”经费支出表")
    made.setFont(SONG, 9)
    sides = (60, 170, 250, 330)
    for column, text in enumerate(("项目", "2030年预算数", "2031年预算数")):
        _text(made, 760, sides[column], sides[column + 1], text, "c")
    rows = [
        ("合计", "10.62", "9.39"),
        ("公务接待费", "5.41", "4.97"),
        ("公务用车购置及运行维护费", "5.21", "4.42"),
        ("其中：公务用车运行维护费", "5.21", "4.42"),
        ("公务用车购置费", "", ""),
    ]
    for line, texts in enumerate(rows):
        for column, text in enumerate(texts):
            _text(made, 745 - 13 * line, sides[column], sides[column + 1], text, "r" if column else "l")

    assert _printed(parse(read_source(saved(made, buffer, tmp_path))))[1] == [list(texts) for texts in rows]


def test_labels_of_a_form_without_rules_stand_once_for_several_rows(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(300, 800, "项目绩效目标表")
    made.setFont(SONG, 9)
    made.line(60, 790, 540, 790)
    for line, texts in enumerate((("项目名称", "库房改造"), ("主管部门", "青禾县档案局"), ("年度资金总额", "8.50"))):
        for x, text in zip((62, 150), texts, strict=True):
            made.drawString(x, 770 - 15 * line, text)
    rows = [
        ("数量指标", "改造面积", "≥200平方米"),
        ("质量指标", "验收合格率", "100%"),
        ("时效指标", "完成时限", "年底前"),
        ("社会效益指标", "查档便利程度", "有效提升"),
        ("服务对象满意度指标", "查档群众满意度", "≥95%"),
    ]
    for x, text in zip((150, 240, 350, 460), ("一级指标", "二级指标", "三级指标", "指标值"), strict=True):
        made.drawString(x, 725, text)
    for line, texts in enumerate(rows):
        for x, text in zip((240, 350, 460), texts, strict=True):
            made.drawString(x, 710 - 15 * line, text)
    for y, text in ((695, "产出指标"), (665, "效益指标"), (650, "满意度指标")):
        made.drawString(150, y, text)
    made.drawString(62, 687.5, "绩效指标")
    made.line(60, 640, 540, 640)

    document = parse(read_source(saved(made, buffer, tmp_path)))

    assert [[cell.printed for cell in row] for row in document.tables[0].rows] == [
        ["项目名称", "库房改造"],
        ["主管部门", "青禾县档案局"],
        ["年度资金总额", "8.50"],
    ]
    grid = document.tables[-1]
    assert [cell.printed for cell in grid.header[0]] == ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
    assert [row[1].printed for row in grid.rows] == ["产出指标", "", "", "效益指标", "满意度指标"]
    assert [tuple(cell.printed for cell in row[2:]) for row in grid.rows] == rows


def test_a_figure_alone_on_its_line_is_no_page_number(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "一般公共预算支出表")
    made.setFont(SONG, 9)
    for x, text in ((100, "科目名称"), (230, "预算数"), (320, "执行数")):
        made.drawCentredString(x, 770, text)
    y = 750
    for label, figures in (
        (("一、一般公共服务支出",), ("8,123.45", "7,000.00")),
        (("二、国土海洋气象等支", "出"), ("0",)),
        (("三、住房保障支出",), ("86.00", "85.00")),
        (("四、粮油物资储备支出",), ("12.00", "11.00")),
    ):
        for line, text in enumerate(label):
            made.drawString(60, y - 11 * line, text)
        for x, text in zip((250, 340), figures, strict=False):
            made.drawRightString(x, y - 11 * (len(label) - 1) / 2, text)
        y -= 15 + 11 * (len(label) - 1)
    for line in range(3):
        made.drawString(60, y - 40 - 14 * line, f"说明第{line}行：以上各项均为一般公共预算安排。")

    (table,) = parse(read_source(saved(made, buffer, tmp_path))).tables

    assert [[cell.printed for cell in row] for row in table.rows][1:3] == [
        ["二、国土海洋气象等支出", "0", ""],
        ["三、住房保障支出", "86.00", "85.00"],
    ]


def test_running_text_below_and_its_heading_are_no_rows(tmp_path: Path) -> None:
    made, buffer = canvas()
    made.setFont(SONG, 15)
    made.drawCentredString(280, 800, "收支预算总表")
    made.setFont(SONG, 9)
    y = _header(made, 760)
    for texts in _rows():
        for column, text in enumerate(texts):
            _text(made, y, SIDES[column], SIDES[column + 1], text, ALIGN[column])
        y -= 15
    below = (
        "五、政府性基金预算支出情况",
        "无此项支出。",
        "六、“三公”经费支出情况",
        "2025 年度“三公”经费支出 41.14 万元，完成预算的 83.16%，其中：公务接待费 24.32 万元，公务用",
        "车运行维护费 16.82 万元，因公出国费无此项支出，会议费 2.00 万元，培训费 3.00 万元，均比上年",
        "减少，主要原因是厉行节约。",
    )
    for line in below:
        made.drawString(60, y, line)
        y -= 15
    document = parse(read_source(saved(made, buffer, tmp_path)))

    assert _printed(document)[1] == [list(texts) for texts in _rows()]
