"""Raw tables → finished tables."""

from __future__ import annotations

from workbench.model.source import Anchor
from workbench.model.table import Cell, Form, Row
from workbench.tables.finish import finish, finish_table
from workbench.tables.raw import Origin, RawTable


def _row(*texts: str, page: int = 1, at: int = 0) -> Row:
    return tuple(
        Cell(text, (Anchor(page, at + 10 * index, at + 10 * index + len(text)),) if text else ())
        for index, text in enumerate(texts)
    )


def test_empty_rows_and_columns_go_and_the_header_is_found() -> None:
    raw = RawTable(
        (
            _row("科目编码", "", "合计"),
            _row("1", "", "2", at=100),
            _row("", "", ""),
            _row("201", "", "3.00", at=200),
            _row("", "", ""),
        ),
        title="部门支出总表",
    )

    table = finish_table(raw, "t01", "万元")

    assert [[cell.printed for cell in row] for row in table.header] == [["科目编码", "合计"], ["1", "2"]]
    assert [[cell.printed for cell in row] for row in table.rows] == [["201", "3.00"]]
    assert (table.form, table.unit, table.unit_printed) == (Form.EXPENDITURE_SUMMARY, "万元", False)


def test_a_numbering_row_joins_a_header_that_the_finder_set() -> None:
    raw = RawTable((_row("科目", "合计"), _row("栏次", "1", at=50), _row("201", "3.00", at=90)), header_rows=1)

    table = finish_table(raw, "t01")

    assert len(table.header) == 2
    assert len(table.rows) == 1


def test_the_unit_comes_from_caption_title_or_header() -> None:
    rows = (_row("项目", "金额（千元）"), _row("档案", "3.00", at=50))

    assert finish_table(RawTable(rows, unit_text="金额单位：元"), "t01", "万元").unit == "元"
    assert finish_table(RawTable(rows, title="项目支出表（单位：万元）"), "t01").unit == "万元"
    assert finish_table(RawTable(rows), "t01", "万元").unit == "千元"
    assert finish_table(RawTable((_row("项目", "金额"), _row("档案", "3.00", at=50))), "t01", "万元").unit == "万元"


def test_tables_that_need_no_money_take_no_unit_from_the_document() -> None:
    raw = RawTable((_row("单位名称", "单位性质"), _row("青禾县档案局", "行政", at=50)), title="机构设置情况")

    assert finish_table(raw, "t01", "万元").unit == ""


def test_an_inner_grid_is_of_the_form_it_is_part_of() -> None:
    raw = RawTable((_row("来源", "金额"), _row("拨款", "3.00", at=50)), title="资金情况", part_of="库房改造绩效目标表")

    table = finish_table(raw, "t01")

    assert table.form is Form.PERFORMANCE_TARGET
    assert table.part_of == "库房改造绩效目标表"


def test_ids_count_in_document_order() -> None:
    later = RawTable((_row("项目", "金额", page=2), _row("乙", "2.00", page=2, at=50)), pages=(2,))
    sooner = RawTable((_row("项目", "金额", page=1, at=500), _row("甲", "1.00", at=600)), pages=(1,))
    first = RawTable((_row("项目", "金额"), _row("子", "1.00", at=50)), pages=(1,), origin=Origin.RULED)

    tables = finish([later, sooner, first])

    assert [(table.id, table.rows[0][0].printed) for table in tables] == [("t01", "子"), ("t02", "甲"), ("t03", "乙")]


def test_a_raw_table_knows_where_it_begins() -> None:
    assert RawTable((_row("甲", page=3, at=40),), title_anchors=(Anchor(3, 7, 9),)).start == (3, 7)
    assert RawTable((), pages=(4,)).start == (4, 0)
    assert RawTable(()).width == 0
