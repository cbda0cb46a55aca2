"""Blanks that a reader of pictures left in words are gone, those that writers set stay."""

from workbench.sources.stray_blanks import without_stray_blanks

_WIDE = "项 目   预 算 数   项 目   预算 数\n一、 一般公 共预算 拨款   3096. 26   一、公 共安全支 出\n"
_SINGLE = "部 门 收 支 总 表\n本 年 收 入 合 计 3,096. 26 本 年 支 出 合 计 3, 096.26\n"


def test_one_blank_parts_nothing_where_cells_stand_further_apart() -> None:
    (read,) = without_stray_blanks([_WIDE * 8])
    assert read.startswith("项目   预算数   项目   预算数\n一、一般公共预算拨款   3096.26   一、公共安全支出\n")


def test_characters_that_are_all_set_apart_are_words() -> None:
    (read,) = without_stray_blanks([_SINGLE * 4])
    assert read.startswith("部门收支总表\n本年收入合计 3,096.26 本年支出合计 3,096.26\n")


def test_labels_that_are_spaced_out_and_cells_a_blank_apart_stay() -> None:
    text = "收 入 支 出\n项 目 预算数 项 目 预算数\n一般公共预算拨款收入 3096.26 公共安全支出 20.00\n" * 20
    assert without_stray_blanks([text]) == [text]
