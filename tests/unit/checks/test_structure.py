"""How tables are understood: kinds of columns, panels, numbering, codes, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.drawn_tables import read_document
from workbench.checks.context import Context, ratio_of_units
from workbench.checks.families.statements.totals import total_column
from workbench.checks.families.support import one_slip_apart
from workbench.checks.structure.columns import read_columns
from workbench.checks.structure.label_words import CodeKind, TotalRank, code_kind, numbering, total_rank
from workbench.checks.structure.panels import read_panels
from workbench.checks.structure.table import TableStructure, read_structure
from workbench.model.table import CellRef


def structure_of(text: str) -> TableStructure:
    return read_structure(read_document(text).tables[0])


def kinds(text: str) -> list[str]:
    return [column.kind.value for column in read_columns(read_document(text).tables[0])]


def test_columns_by_their_heads_and_what_stands_in_them() -> None:
    assert kinds("""
## procurement 政府采购表 万元
序号 | 单位编码 | 科目编码 | 科目名称 | 数量 | 单价 | 金额 | 占比 | 备注
---
1 | 301001 | 2010602 | 一般行政管理事务 | 10 | 0.50 | 5.00 | 50% | 续签
""") == ["sequence", "unit_code", "code", "name", "quantity", "price", "amount", "percent", "text"]


def test_a_project_names_its_row_and_not_the_body_right_of_it() -> None:
    listed = """
## project_expenditure 项目支出表 万元
类型 | 项目名称 | 项目单位 | 合计
---
合计 | | | 140.00
特定目标类 | 河道清淤 | 县水利局本级 | 80.00
 | {} | 县水利局本级 | 60.00
"""
    assert kinds(listed.format("水库巡查")) == ["name", "name", "text", "amount"]
    assert kinds(listed.format("")) == ["name", "name", "name", "amount"]


def test_columns_without_heads_by_what_stands_in_them() -> None:
    assert kinds("""
## other 表 万元
---
1 | 201 | 一般公共服务支出 | 5.00
2 | 20106 | 财政事务 | 5.00
3 | 2010601 | 行政运行 | 5.00
""") == ["sequence", "code", "name", "amount"]


def test_a_column_headed_as_a_classification_that_prints_only_its_codes_is_one_of_codes() -> None:
    assert kinds("""
## basic_expenditure 基本支出表 万元
经济分类 | 名称 | 合计
---
 | 合计 | 96.00
301 | 工资福利支出 | 96.00
30101 | 基本工资 | 60.00
30102 | 津贴补贴 | 36.00
""") == ["code", "name", "amount"]


def test_whole_amounts_of_as_many_digits_as_codes_are_amounts() -> None:
    assert kinds("""
## other 表 元
单位 | 收入 | 支出
---
甲所 | 30101 | 301
乙所 | 84512 | 730
丙所 | 20500 | 999
""") == ["name", "amount", "amount"]


def test_rows_that_number_the_columns_are_no_heads() -> None:
    columns = structure_of("""
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出
** | ** | 1=2+3 | 2
---
201 | 一般公共服务支出 | 5.00 | 5.00
""").columns
    assert [column.leaf for column in columns] == ["科目编码", "科目名称", "合计", "基本支出"]


def test_a_unit_in_a_head_is_the_columns_and_not_its_name() -> None:
    column = structure_of("""
## assets 资产表 元
项目 | 价值（金额单位：万元）
---
车辆 | 5.00
""").columns[1]
    assert (column.leaf, column.unit) == ("价值", "万元")


@pytest.mark.parametrize(
    ("head", "panels"),
    [
        ("项目 | 预算数 | 项目 | 预算数", 2),
        ("收入 | 预算数 | 支出 | 预算数", 2),
        ("项目 | 预算数 | 项目（按支出用途） | 预算数", 2),
        ("项目名称 | 预算资金 | 采购物品名称 | 金额", 1),
        ("科目名称 | 预算数 | 备注 | 金额", 1),
    ],
)
def test_panels(head: str, panels: int) -> None:
    table = read_document(f"## other 表 万元\n{head}\n---\n甲 | 1.00 | 乙 | 2.00\n丙 | 3.00 | 丁 | 4.00").tables[0]
    assert len(read_panels(read_columns(table))) == panels


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("一、教育支出", (1, 1, "教育支出")),
        ("廿一、其他支出", (1, 21, "其他支出")),
        ("二十九、债务发行费用支出", (1, 29, "债务发行费用支出")),
        ("(十二)商业服务业等支出", (2, 12, "商业服务业等支出")),
        ("3、公务用车", (3, 3, "公务用车")),
        ("1.一般公共预算资金", (3, 1, "一般公共预算资金")),
        ("1.5倍", (0, 0, "1.5倍")),
        ("(2)单位资金", (4, 2, "单位资金")),
        ("③其他", (5, 3, "其他")),
        ("教育支出", (0, 0, "教育支出")),
        ("一般公共服务支出", (0, 0, "一般公共服务支出")),
    ],
)
def test_numbering(label: str, found: tuple[int, int, str]) -> None:
    assert numbering(label) == found


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("208", CodeKind.FUNCTION),
        ("20805", CodeKind.FUNCTION),
        ("2080505", CodeKind.FUNCTION),
        ("301", CodeKind.ECONOMIC),
        ("3010201", CodeKind.ECONOMIC),
        ("50101", CodeKind.GOVERNMENT),
        ("301001", CodeKind.UNIT),
        ("707", CodeKind.UNIT),
        ("2081", CodeKind.UNIT),
    ],
)
def test_codes_by_their_digits(code: str, kind: CodeKind) -> None:
    assert code_kind(code) is kind


@pytest.mark.parametrize(
    ("label", "rank"),
    [
        ("小计", TotalRank.SUBTOTAL),
        ("青禾县文化局小计", TotalRank.SUBTOTAL),
        ("人员经费合计", TotalRank.SUBTOTAL),
        ("本年收入合计", TotalRank.YEAR),
        ("当年支出小计", TotalRank.YEAR),
        ("合计", TotalRank.TOTAL),
        ("收入合计:", TotalRank.TOTAL),
        ("支出总计", TotalRank.GRAND),
        ("总计", TotalRank.GRAND),
        ("其中:合计", TotalRank.NONE),
        ("教育支出", TotalRank.NONE),
    ],
)
def test_totals_by_rank(label: str, rank: TotalRank) -> None:
    assert total_rank(label) is rank


def test_codes_are_put_together_from_three_columns() -> None:
    rows = structure_of("""
## expenditure_summary 支出总表 万元
类 | 款 | 项 | 科目名称 | 合计
---
208 | | | 社会保障和就业支出 | 5.00
 | 05 | | 行政事业单位养老支出 | 5.00
 | | 5 | 机关事业单位基本养老保险缴费支出 | 2.00
208 | 05 | 06 | 机关事业单位职业年金缴费支出 | 2.00
208 | 20899 | 2089999 | 其他社会保障和就业支出 | 1.00
""").rows[0]
    assert [label.code for label in rows] == ["208", "20805", "2080505", "2080506", "2089999"]


def test_a_row_that_leaves_out_what_stands_above_goes_on_from_a_whole_code() -> None:
    rows = structure_of("""
## expenditure_summary 支出总表 万元
类 | 款 | 项 | 科目名称 | 合计
---
208 | | | 社会保障和就业支出 | 5.00
 | 20805 | | 行政事业单位养老支出 | 5.00
 | | 05 | 机关事业单位基本养老保险缴费支出 | 3.00
 | | 2080506 | 机关事业单位职业年金缴费支出 | 1.00
 | | 99 | 其他行政事业单位养老支出 | 1.00
""").rows[0]
    assert [label.code for label in rows] == ["208", "20805", "2080505", "2080506", "2080599"]


def test_codes_may_stand_before_names() -> None:
    rows = structure_of("""
## expenditure_summary 支出总表 万元
科目 | 合计
---
[201]一般公共服务支出 | 5.00
20106-财政事务 | 5.00
2031年预算 | 5.00
""").rows[0]
    assert [(label.code, label.key) for label in rows][:2] == [("201", "一般公共服务支出"), ("20106", "财政事务")]
    assert rows[2].code == ""


def test_labels_are_told_from_the_side_they_stand_on() -> None:
    document = read_document("""
## income_expenditure_summary 收支总表 万元
收入 | 收入 | 支出 | 支出
项目 | 预算数 | 项目 | 预算数
---
一、财政拨款 | 5.00 | 一、教育支出 | 4.00
""")
    context = Context(document)
    assert context.label(CellRef("t01", 0, 1)) == "一、财政拨款 · 收入/预算数"
    assert context.label(CellRef("t01", 0, 3)) == "一、教育支出 · 支出/预算数"


def test_this_years_total_column() -> None:
    document = read_document("""
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 2030年执行数 | 2031年预算数 | 2031年预算数 | 2031年预算数 | 增减%
 | | | 小计 | 基本支出 | 项目支出 |
---
205 | 教育支出 | 5.00 | 6.00 | 4.00 | 2.00 | 20%
""")
    context = Context(document)
    structure = context.structure(document.tables[0])
    assert total_column(context, structure, structure.panels[0]).index == 3


@pytest.mark.parametrize(
    ("first", "second", "near"),
    [
        ("639.72", "679.72", True),
        ("149.16", "1149.16", True),
        ("47.53", "74.53", True),
        ("1728.90", "172.89", True),
        ("1500.00", "15000000.00", True),
        ("639.72", "681.05", False),
        ("110.00", "100.00", False),
        ("0", "5.00", False),
        ("-639.72", "639.72", False),
    ],
)
def test_figures_one_slip_apart(first: str, second: str, near: bool) -> None:
    assert one_slip_apart(Decimal(first), Decimal(second)) is near
    assert one_slip_apart(Decimal(second), Decimal(first)) is near


def test_units() -> None:
    assert ratio_of_units("元", "万元") == Decimal("0.0001")
    assert ratio_of_units("万元", "万元") == 1
    assert ratio_of_units("", "万元") is None
    assert ratio_of_units("人", "万元") is None
