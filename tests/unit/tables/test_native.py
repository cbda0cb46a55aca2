"""Tables that the file format marks: titles and units as first rows, notes as last, sheets,
merged and unmerged headers."""

from __future__ import annotations

from tests.native_pages import UP, Rows, native_page, native_source
from workbench.model.table import Document, Form, Table
from workbench.tables import parse


def _parse(*blocks: object, name: str = "") -> Document:
    return parse(native_source(native_page(*blocks, name=name)))  # type: ignore[arg-type]


def _header(table: Table) -> list[list[str]]:
    return [[cell.printed for cell in row] for row in table.header]


def _rows(table: Table) -> list[list[str]]:
    return [[cell.printed for cell in row] for row in table.rows]


SUMMARY = [
    ["附件2", "", "", ""],
    ["2025年收支预算总表", None, None, None],
    ["部门名称：青禾县档案局", "", "", "单位：万元"],
    ["收　　入", None, "支　　出", None],
    ["项　目", "预算数", "项　目", "预算数"],
    ["**", "1", "**", "2"],
    ["一、一般公共预算拨款", "12.5", "一、一般公共服务支出", "12.5"],
    ["二、政府性基金", "", "二、外交支出", ""],
    ["", "", "", ""],
    ["注：本表反映部门收支总体情况。", "", "", ""],
]


def test_title_unit_and_notes_are_taken_out_of_a_sheet() -> None:
    document = _parse(SUMMARY, name="Sheet1")

    (table,) = document.tables
    assert (table.title, table.unit, table.unit_printed) == ("2025年收支预算总表", "万元", True)
    assert _header(table) == [
        ["收入", "收入", "支出", "支出"],
        ["项目", "预算数", "项目", "预算数"],
        ["**", "1", "**", "2"],
    ]
    assert _rows(table)[0] == ["一、一般公共预算拨款", "12.5", "一、一般公共服务支出", "12.5"]
    assert len(table.rows) == 2
    assert table.notes == ("注：本表反映部门收支总体情况。",)
    assert document.entity == "青禾县档案局"


def test_whatever_stands_above_the_title_of_a_sheet_is_no_header() -> None:
    rows = ["报审稿", ""], ["部门收支总表", None], ["", "单位：万元"], ["收入项目", "预算数"], ["经费拨款", "3.00"]
    (table,) = parse(native_source(native_page(rows, name="Sheet1"))).tables

    assert (table.title, table.unit) == ("部门收支总表", "万元")
    assert _header(table) == [["收入项目", "预算数"]]


def test_tables_below_each_other_on_a_sheet_are_two() -> None:
    second = [["", ""], ["2025年收入预算总表", ""], ["科目名称", "合计"], ["档案事务", "12.5"]]

    document = _parse([*SUMMARY, *([*row, "", ""] for row in second)])

    assert [table.title for table in document.tables] == ["2025年收支预算总表", "2025年收入预算总表"]
    assert [table.form for table in document.tables] == [Form.INCOME_EXPENDITURE_SUMMARY, Form.INCOME_SUMMARY]
    assert _rows(document.tables[1]) == [["档案事务", "12.5"]]


def test_the_sheet_name_is_the_title_where_no_row_is() -> None:
    (table,) = _parse([["科目名称", "合计"], ["档案事务", "12.5"]], name="3 部门支出总表").tables

    assert table.title == "3 部门支出总表"
    assert table.form is Form.EXPENDITURE_SUMMARY


def test_a_header_without_merged_cells_implies_its_spans() -> None:
    (table,) = _parse(
        "支出预算总表",
        [
            ["科目编码", "", "", "科目名称", "合计", "基本支出", "", "项目支出"],
            ["类", "款", "项", "", "", "人员经费", "公用经费", ""],
            ["201", "26", "04", "档案馆", "30", "10", "10", "10"],
        ],
    ).tables

    assert table.column_path(1) == ("科目编码", "款")
    assert table.column_path(4) == ("合计",)
    assert table.column_path(6) == ("基本支出", "公用经费")
    assert len(table.rows) == 1


def test_a_header_without_merged_cells_may_name_what_is_not_known() -> None:
    (table,) = _parse(
        "收入预算总表",
        [
            ["项目", "", "", "", "各类进款", "", ""],
            ["功能科目编号", "", "", "功能科目", "总数", "拨来", "自筹"],
            ["类", "款", "项", "", "", "", ""],
            ["201", "26", "04", "档案馆", "30", "20", "10"],
            ["201", "26", "99", "其他档案事务支出", "5", "5", "0"],
        ],
    ).tables

    assert table.column_path(2) == ("项目", "功能科目编号", "项")
    assert table.column_path(3) == ("项目", "功能科目")
    assert table.column_path(6) == ("各类进款", "自筹")
    assert len(table.rows) == 2


def test_names_over_levels_that_share_their_row_with_a_total_span_them() -> None:
    (table,) = _parse(
        "收入决算表",
        [
            ["项目", "", "", "", "本年收入合计", "事业收入"],
            ["功能分类", "", "", "科目名称", "", ""],
            ["科目编码", "", "", "", "", ""],
            ["类", "款", "项", "合计", "35.00", "35.00"],
            ["201", "", "", "一般公共服务支出", "35.00", "35.00"],
        ],
    ).tables

    assert table.column_path(1) == ("项目", "功能分类", "科目编码", "款")
    assert _rows(table)[0] == ["", "", "", "合计", "35.00", "35.00"]


def test_one_name_over_all_columns_is_a_header_without_merged_cells() -> None:
    (table,) = _parse(
        "“三公”经费支出决算表",
        [
            ["“三公”经费", "", "", "", "", ""],
            ["合计", "", "公务用车购置及运行费", "", "", ""],
            ["", "", "购置费", "", "运行费", ""],
            ["预算数", "决算数", "预算数", "决算数", "预算数", "决算数"],
            ["3.00", "2.00", "1.00", "0.50", "2.00", "1.50"],
        ],
    ).tables

    assert table.column_path(1) == ("“三公”经费", "合计", "决算数")
    assert table.column_path(4) == ("“三公”经费", "公务用车购置及运行费", "运行费", "预算数")


def test_blanks_in_a_header_of_one_row_stay_blank() -> None:
    (table,) = _parse("支出预算总表", [["科目编码", "", "合计"], ["201", "档案事务", "30.00"]]).tables

    assert _header(table) == [["科目编码", "", "合计"]]


def test_a_cell_with_a_unit_in_its_name_is_no_caption() -> None:
    (table,) = _parse("资金来源情况表", [["来源", "金额（万元）"], ["财政拨款", "12.50"]]).tables

    assert _header(table) == [["来源", "金额（万元）"]]
    assert table.unit == "万元"


def test_merged_cells_of_the_body_print_once() -> None:
    (table,) = _parse(
        "项目支出表",
        [
            ["类别", "项目名称", "金额"],
            ["运转类", "库房改造", "8.00"],
            [UP, "消防维护", "1.50"],
            ["合计", None, "9.50"],
        ],
    ).tables

    assert _rows(table) == [["运转类", "库房改造", "8.00"], ["", "消防维护", "1.50"], ["合计", "", "9.50"]]


def test_a_form_is_cut_where_its_indicators_begin() -> None:
    document = _parse(
        [
            ["项目绩效目标申报表", None, None, None, None],
            ["项目名称", "库房改造", None, None, None],
            ["主管部门", "青禾县档案局", "实施单位", "青禾县档案馆", None],
            ["项目资金（万元）", "年度资金总额", "8.00", None, None],
            [UP, "其中：财政拨款", "8.00", None, None],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
            [UP, "产出指标", "数量指标", "改造面积", "≥300平方米"],
            [UP, UP, "质量指标", "验收合格率", "100%"],
        ]
    )

    block, indicators = document.tables
    assert block.header == ()
    assert _rows(block)[2:] == [["项目资金（万元）", "年度资金总额", "8.00", ""], ["", "其中：财政拨款", "8.00", ""]]
    assert block.unit == "万元"
    assert _header(indicators) == [["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]]
    assert _rows(indicators)[0] == ["", "产出指标", "数量指标", "改造面积", "≥300平方米"]
    assert {table.part_of for table in document.tables} == {"项目绩效目标申报表"}
    assert {table.form for table in document.tables} == {Form.PERFORMANCE_TARGET}


def test_a_frame_of_one_cell_and_a_cover_are_no_tables() -> None:
    document = parse(
        native_source(
            native_page([["青禾县档案局2025年部门预算"], [""], ["2025年2月"]], name="封面"),
            native_page([["目录", ""], ["收支预算总表", ""]], number=2, name="目录"),
        )
    )

    assert document.tables == ()
    assert (document.entity, document.fiscal_year) == ("青禾县档案局", 2025)
    assert [problem.message for problem in document.problems] == [
        "the contents name “收支预算总表”, but no such table was found"
    ]


def test_what_a_table_of_counts_counts_in_is_no_header() -> None:
    document = _parse(
        [["人员情况表", None, None], ["", "", "单位：人"], ["类别", "编制数", "实有数"], ["行政", "22", "21"]]
    )

    (table,) = document.tables
    assert (table.title, _header(table)) == ("人员情况表", [["类别", "编制数", "实有数"]])


def test_header_only_tables_stay() -> None:
    document = _parse(
        "政府性基金预算支出表", "单位：元", [["科目编码", "科目名称", "合计"], ["", "", ""], ["", "", ""]]
    )

    (table,) = document.tables
    assert _header(table) == [["科目编码", "科目名称", "合计"]]
    assert table.rows == ()
    assert table.form is Form.GOVERNMENT_FUND


def test_a_table_marked_as_continued_goes_on() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "3.00"]]
    more = [["科目编码", "科目名称", "合计"], ["20126", "档案事务", "3.00"]]

    document = parse(
        native_source(
            native_page("一般公共预算支出表", "单位：元", rows),
            native_page("一般公共预算支出表（续）", more, number=2),
        )
    )

    (table,) = document.tables
    assert _rows(table) == [["201", "一般公共服务支出", "3.00"], ["20126", "档案事务", "3.00"]]
    assert table.pages == (1, 2)


_PARTED = [
    ["功能分类科目", None, "合计", "基本支出"],
    ["科目编码", "科目名称", UP, UP],
]


def test_a_table_that_a_page_break_parted_in_the_file_is_one() -> None:
    first = [*_PARTED, ["", "合计", "7.00", "4.00"], ["201", "一般公共服务支出", "3.00", "3.00"]]
    again = [*_PARTED, ["208", "社会保障和就业支出", "4.00", "1.00"]]

    bare = _parse("部门支出总表", "单位：万元", first, again, "注：四舍五入。")
    titled = _parse("部门支出总表", "单位：万元", first, "部门支出总表", "单位：万元", again)
    marked = [_parse("部门支出总表", "单位：万元", first, mark, again) for mark in ("（续表）", "续上表", "接上页")]
    with_title_alone = _parse("部门支出总表", "单位：万元", first, "部门支出总表", "单位：万元", again[2:])

    for document in (bare, titled, *marked, with_title_alone):
        (table,) = document.tables
        assert [row[0] for row in _rows(table)] == ["", "201", "208"]
        assert table.title == "部门支出总表"


def test_a_table_goes_on_below_a_page_break_without_its_header() -> None:
    first = [*_PARTED, ["", "合计", "7.00", "4.00"], ["201", "一般公共服务支出", "3.00", "3.00"]]

    (table,) = _parse("部门支出总表", "单位：万元", first, [["208", "社会保障和就业支出", "4.00", ""]]).tables

    assert [row[0] for row in _rows(table)] == ["", "201", "208"]


def test_rows_that_hold_figures_elsewhere_do_not_go_on_with_the_table_above() -> None:
    first = [*_PARTED, ["", "合计", "7.00", "4.00"], ["201", "一般公共服务支出", "7.00", "4.00"]]

    for rows in ([["年末在编人数", "36.00", "退休人数", "9"]], [["项目名称", "水渠维修", "项目期", "一年"]]):
        assert len(_parse("部门支出总表", "单位：万元", first, rows).tables) == 2


def test_tables_of_one_header_stay_apart_where_something_parts_them() -> None:
    first = [*_PARTED, ["", "合计", "7.00", "4.00"], ["201", "一般公共服务支出", "7.00", "4.00"]]
    other = [*_PARTED, ["", "合计", "9.00", "1.00"], ["208", "社会保障和就业支出", "9.00", "1.00"]]
    more = [*_PARTED, ["208", "社会保障和就业支出", "9.00", "1.00"]]

    for blocks in (
        ("一般公共预算支出表", first, other),
        ("一般公共预算支出表", first, "政府性基金预算支出表", more),
        ("一般公共预算支出表", first, "以下为所属事业单位的情况，单独列示如下。", more),
        ("部门支出总表", "编制单位：青禾县档案局", first, "部门支出总表", "编制单位：青禾县档案馆", more),
    ):
        assert len(_parse(*blocks).tables) == 2


def test_sheets_with_one_header_stay_apart() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "3.00"]]

    document = parse(
        native_source(native_page(rows, name="政府性基金"), native_page(rows, number=2, name="国有资本经营"))
    )

    assert len(document.tables) == 2


def test_the_same_statement_of_two_bodies_is_two_tables() -> None:
    rows = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "3.00"]]

    document = parse(
        native_source(
            native_page("部门支出总表", "编制单位：青禾县档案局", rows),
            native_page("部门支出总表", "编制单位：青禾县档案馆", rows, number=2),
        )
    )

    assert len(document.tables) == 2


def test_a_list_of_the_tables_is_a_promise_and_no_table() -> None:
    contents = [["序号", "表名"], ["1", "部门收支总表"], ["2", "部门收入总表"], ["3", "部门支出总表"]]

    document = parse(native_source(native_page("目录", contents), native_page(SUMMARY, number=2)))

    assert [table.title for table in document.tables] == ["2025年收支预算总表"]
    assert [problem.message for problem in document.problems] == [
        "the contents name “部门收入总表”, but no such table was found",
        "the contents name “部门支出总表”, but no such table was found",
    ]


def test_fields_names_and_notes_may_stand_between_title_and_table() -> None:
    (table,) = _parse(
        "部 门 支 出 总 表",
        "青禾县档案局",
        "填报日期：2025-01-20",
        "注：本表含上年结转。",
        "单位：元",
        [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "3.00"]],
    ).tables

    assert (table.title, table.unit) == ("部门支出总表", "元")


def test_a_total_may_be_the_first_column() -> None:
    (table,) = _parse("“三公”经费支出表", [["合计", "出国（境）", "接待"], ["3.00", "0.00", "3.00"]]).tables

    assert _header(table) == [["合计", "出国（境）", "接待"]]


def test_a_form_of_three_parts_is_cut_at_each_header() -> None:
    document = _parse(
        [
            ["项目支出绩效自评表", None, None, None, None],
            ["（2024年度）", None, None, None, None],
            ["项目名称", "档案库房改造", None, None, None],
            ["项目资金（万元）", "", "年初预算数", "全年执行数", "执行率"],
            [UP, "年度资金总额", "8.00", "7.90", "98.75%"],
            [UP, "其中：财政拨款", "8.00", "7.90", "98.75%"],
            ["年度总体目标", "改善保管条件", None, None, None],
            ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"],
            [UP, "产出指标", "数量指标", "改造面积", "≥300平方米"],
            ["说明：自评结果为优。", None, None, None, None],
        ]
    )

    block, money, indicators = document.tables
    assert _rows(block) == [["项目名称", "档案库房改造"]]
    assert _header(money) == [["项目资金（万元）", "", "年初预算数", "全年执行数", "执行率"]]
    assert _rows(money)[0] == ["", "年度资金总额", "8.00", "7.90", "98.75%"]
    assert money.unit == "万元"
    assert _rows(indicators) == [["", "产出指标", "数量指标", "改造面积", "≥300平方米"]]
    assert indicators.notes == ("说明：自评结果为优。",)


def test_tables_that_nothing_parts_are_two() -> None:
    def rows(title: str, amount: str) -> list[list[str | None]]:
        return [
            [title, None, None],
            ["部门：青禾县水利局", "", "单位：万元"],
            ["科目编码", "科目名称", "金额"],
            ["213", "农林水支出", amount],
        ]

    document = _parse([*rows("一般公共预算支出表", "12.00"), *rows("政府性基金预算支出表", "34.00")])

    assert [table.title for table in document.tables] == ["一般公共预算支出表", "政府性基金预算支出表"]
    assert [_rows(table) for table in document.tables] == [
        [["213", "农林水支出", "12.00"]],
        [["213", "农林水支出", "34.00"]],
    ]


def test_tables_beside_each_other_on_a_sheet_are_two() -> None:
    left = [["部门收入总表", None], ["", "单位：万元"], ["项目", "金额"], ["财政拨款", "12.00"]]
    right = [
        ["部门支出总表", None, None],
        ["", "", "单位：万元"],
        ["科目编码", "科目名称", "金额"],
        ["213", "农林水支出", "12.00"],
    ]

    document = _parse([[*a, "", *b] for a, b in zip(left, right, strict=True)])

    assert [(table.title, _rows(table)) for table in document.tables] == [
        ("部门收入总表", [["财政拨款", "12.00"]]),
        ("部门支出总表", [["213", "农林水支出", "12.00"]]),
    ]


def test_an_empty_column_inside_a_table_parts_nothing() -> None:
    rows = [
        ["部门收支总表", None, None, None, None],
        ["项目", "金额", "", "项目", "金额"],
        ["财政拨款", "12.00", "", "教育支出", "12.00"],
    ]

    (table,) = _parse(rows).tables

    assert _rows(table) == [["财政拨款", "12.00", "教育支出", "12.00"]]


def test_the_year_may_stand_between_entity_and_unit() -> None:
    rows = [
        ["", "", "收入支出决算表", ""],
        ["", "", "", "财决01表"],
        ["编制单位：青禾县档案局", "", "2031年度", "金额单位：元"],
        ["科目编码", "科目名称", "合计", "基本支出"],
        ["201", "一般公共服务支出", "12.00", "12.00"],
    ]

    document = _parse([*rows, ["— 5.1 —", "", "", ""]])

    (table,) = document.tables
    assert (table.title, table.unit, document.fiscal_year) == ("收入支出决算表", "元", 2031)
    assert (len(table.rows), table.notes) == (1, ())
    assert _header(table) == [["科目编码", "科目名称", "合计", "基本支出"]]


def test_years_as_names_of_columns_are_a_header() -> None:
    (table,) = _parse([["收支总表", "", ""], ["", "2030年度", "2031年度"], ["合计", "12.00", "34.00"]]).tables

    assert _header(table) == [["", "2030年度", "2031年度"]]


def _sheets(*sheets: object, name: str = "Page {number}") -> Document:
    pages = [native_page(rows, number=n, name=name.format(number=n)) for n, rows in enumerate(sheets, 1)]  # type: ignore[arg-type]
    return parse(native_source(*pages))


_FIRST_SHEET = [
    ["2025年部门支出预算总表", "", "", ""],
    ["编制部门：青禾县档案局", "", "", "单位：元"],
    ["功能分类科目", None, "合计", "基本支出"],
    ["科目编码", "科目名称", UP, UP],
    ["201", "一般公共服务支出", "300", "300"],
]


def test_a_table_goes_on_over_sheets_that_only_count_pages() -> None:
    more = [["208", "社会保障和就业支出", "400", ""], ["合计", "", "700", "300"]]
    again = [*_FIRST_SHEET[2:4], ["208", "社会保障和就业支出", "400", ""], ["合计", "", "700", "300"]]

    for rest in (more, again):
        (table,) = _sheets(_FIRST_SHEET, rest).tables
        assert table.pages == (1, 2)
        assert [row[0] for row in _rows(table)] == ["201", "208", "合计"]


def test_a_total_alone_on_its_sheet_stands_in_the_columns_of_its_figures() -> None:
    (table,) = _sheets(_FIRST_SHEET, [["208", "社会保障和就业支出", "400", "0"]], [["合计", "700", "300"]]).tables

    assert _rows(table)[-1] == ["合计", "", "700", "300"]


def test_sheets_that_begin_another_table_stay_apart() -> None:
    closed = [*_FIRST_SHEET, ["合计", "", "300", "300"]]
    other = [*_FIRST_SHEET[2:4], ["229", "其他支出", "9", "9"], ["合计", "", "9", "9"]]

    assert len(_sheets(closed, other).tables) == 2
    assert len(_sheets(_FIRST_SHEET, [["年末人数", "36", "退休人数", "9"]]).tables) == 2


def test_prose_titles_and_page_numbers_on_a_sheet_are_no_rows() -> None:
    def row(text: str) -> list[str]:
        return [text, "", "", ""]

    sheet = [
        row("青禾县档案局2025年部门预算"),
        row("一、主要职能"),
        row("本部门负责全县档案的收集、保管和利用。"),
        *_FIRST_SHEET,
        row("— 3 —"),
        *_FIRST_SHEET[2:4],
        ["208", "社会保障和就业支出", "400", "400"],
        row("注：本表单位为元。"),
        row("2025年“三公”经费预算表"),
        row("单位：万元"),
        ["项目", "预算数", "", ""],
        ["公务接待费", "1.35", "", ""],
        row("2025年“三公”经费预算比上年减少。"),
    ]

    first, second = _parse(sheet, name="Sheet1").tables

    assert (first.title, first.unit, first.notes) == ("2025年部门支出预算总表", "元", ("注：本表单位为元。",))
    assert [r[0] for r in _rows(first)] == ["201", "208"]
    assert (second.title, second.unit) == ("2025年“三公”经费预算表", "万元")
    assert _rows(second) == [["公务接待费", "1.35"]]


def test_a_long_text_in_a_form_on_a_sheet_stays_in_it() -> None:
    document = _parse(
        [
            ["项目绩效目标申报表", None, None, None],
            ["项目名称", "库房改造", "实施单位", "青禾县档案馆"],
            ["年度目标", "完成库房改造。", None, None],
            [
                "目标说明：改造库房二百平方米，保证档案安全；培训全馆人员两次，使其熟悉新库房的设备和各项管理规定。",
                None,
                None,
                None,
            ],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "改造面积", "200"],
        ],
        name="绩效目标",
    )

    texts = [cell.printed for table in document.tables for row in (*table.header, *table.rows) for cell in row]
    assert "目标说明：改造库房二百平方米，保证档案安全；培训全馆人员两次，使其熟悉新库房的设备和各项管理规定。" in texts


def test_the_names_that_a_data_frame_gives_to_rows_and_columns_are_no_cells() -> None:
    rows = [
        ["收入", "", "支出", ""],
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款", "9.00", "一、教育支出", "9.00"],
    ]
    indexed = [["", *"0123"], *([str(number), *row] for number, row in enumerate(rows))]

    for frame in (indexed, [list("0123"), *rows]):
        (table,) = _parse(frame).tables
        assert _header(table)[1] == ["项目", "预算数", "项目", "预算数"]
        assert _rows(table) == [["一、财政拨款", "9.00", "一、教育支出", "9.00"]]


def test_tables_without_titles_on_one_sheet_are_parted_where_names_of_columns_stand_below_figures() -> None:
    first = [["项目", "预算数", "项目", "预算数"], ["一、财政拨款", "9.00", "一、教育支出", "9.00"]]
    total = [["收入总计", "9.00", "支出总计", "9.00"]]
    second = [
        ["科目编码", "科目名称", "合计", "基本支出"],
        ["205", "教育支出", "9.00", "9.00"],
        ["合计", "", "9.00", "9.00"],
    ]

    document = _parse([*first, *total, *second], name="Sheet1")

    assert [len(table.rows) for table in document.tables] == [2, 2]


def test_names_of_headers_in_a_body_part_no_table() -> None:
    rows = [
        ["项目", "预算数", "项目", "预算数"],
        ["一、财政拨款收入", "9.00", "一、教育支出", "8.00"],
        ["本年收入", "9.00", "本年支出", "8.00"],
        ["上年结转", "", "年末结转和结余", "1.00"],
        ["收入总计", "9.00", "支出总计", "9.00"],
    ]

    (table,) = _parse(rows, name="Sheet1").tables

    assert len(table.rows) == 4


def test_a_row_that_numbers_the_columns_stands_below_their_names() -> None:
    (table,) = _parse(
        "收入决算表",
        [
            ["项目", "", "本年收入合计", "财政拨款收入"],
            ["科目编码", "科目名称", "", ""],
            ["栏次", "", "1", "2"],
            ["201", "一般公共服务支出", "9.00", "9.00"],
        ],
    ).tables

    assert _header(table)[1:] == [
        ["科目编码", "科目名称", "本年收入合计", "财政拨款收入"],
        ["栏次", "栏次", "1", "2"],
    ]


def test_a_title_on_a_sheet_begins_a_table_whatever_its_columns_are_named() -> None:
    first = [["科目编码", "科目名称", "合计"], ["201", "一般公共服务支出", "9.00"]]
    second = [["项目经费支出表", "", ""], ["单位：万元", "", ""], ["单位编码", "经费名称", "经费简介"]]
    rows = [["711", "水渠维护", "维修渠道。"]]

    document = _parse([["一般公共预算支出表", "", ""], *first, *second, *rows], name="Sheet1")

    assert [table.title for table in document.tables] == ["一般公共预算支出表", "项目经费支出表"]
    assert _rows(document.tables[1]) == rows


def _form(project: str) -> Rows:
    return [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["项目名称", project, "", ""],
        ["产出指标", "数量指标", "培训人次", "≥30人次"],
        ["效益指标", "社会效益指标", "知晓率", "≥90%"],
    ]


def test_forms_with_other_answers_are_not_one_on_whatever_page() -> None:
    ward, fund = _form("病房改造"), _form("扶助资金")
    apart = parse(native_source(native_page(ward), native_page(fund, number=2)))
    assert len(apart.tables) == len(_parse(ward, fund).tables) == 2


def test_a_table_goes_on_on_the_next_page_of_a_file_that_knows_its_pages() -> None:
    upper: Rows = [["科目编码", "科目名称", "合计"], ["205", "教育支出", "9.00"]]
    lower: Rows = [["20502", "普通教育", "9.00"], ["", "合计", "9.00"]]
    (table,) = parse(native_source(native_page("支出表", upper), native_page(lower, "- 2 -", number=2))).tables
    assert (len(table.rows), table.pages) == (3, (1, 2))
    assert len(parse(native_source(native_page(upper, "说明如下。"), native_page(lower, number=2))).tables) == 2
