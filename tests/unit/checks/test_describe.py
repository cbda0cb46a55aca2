"""What a reviewer reads of a result: where, the arithmetic, the difference; in both languages."""

from __future__ import annotations

import pytest

from tests.drawn_tables import read_document
from tests.rule_cases import document as document_of
from workbench.checks import Reconciliation, describe
from workbench.model.check import CheckResult, Family, Outcome
from workbench.model.table import Document


def results(text: str, family: Family, outcome: Outcome = Outcome.FAIL) -> tuple[Document, list[CheckResult]]:
    document = read_document(text)
    found = Reconciliation.of(document).results
    return document, [r for r in found if r.check.family is family and r.outcome is outcome]


ROW = """
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 | 经营支出
---
2101501 | 行政运行 | {} | 639.72 | 40 |
2101502 | 一般行政管理事务 | 12.50 | 2.25 | 10.25 |
2101550 | 事业运行 | 12.50 | 2.25 | 10.25 |
"""


@pytest.mark.parametrize(
    ("total", "outcome", "english", "chinese"),
    [
        (
            "639.72",
            Outcome.FAIL,
            "《支出总表》2101501 行政运行 · 合计 prints 639.72万元; 基本支出 639.72 + 项目支出 40 = 679.72万元: 40.00万元 too little.",
            "《支出总表》2101501 行政运行 · 合计印 639.72万元；基本支出 639.72 + 项目支出 40 = 679.72万元：少 40.00万元。",
        ),
        (
            "679.73",
            Outcome.WITHIN_ROUNDING,
            "《支出总表》2101501 行政运行 · 合计 prints 679.73万元; 基本支出 639.72 + 项目支出 40 = 679.72万元; they differ by 0.01万元,",
            "《支出总表》2101501 行政运行 · 合计印 679.73万元；基本支出 639.72 + 项目支出 40 = 679.72万元；相差 0.01万元，在四舍五入范围内。",
        ),
        (
            "",
            Outcome.UNVERIFIABLE,
            "《支出总表》2101501 行政运行 · 合计 is blank; 基本支出 639.72 + 项目支出 40 = 679.72万元. A figure that it needs is blank.",
            "《支出总表》2101501 行政运行 · 合计为空；基本支出 639.72 + 项目支出 40 = 679.72万元。所需数字为空。",
        ),
    ],
)
def test_a_sum(total: str, outcome: Outcome, english: str, chinese: str) -> None:
    document, found = results(ROW.format(total), Family.ROW_SUM, outcome)
    message = describe(found[0], document)
    assert message.en.startswith(english)
    assert message.zh.startswith(chinese)


def test_a_long_sum_names_its_first_parts_and_their_number() -> None:
    rows = "\n".join(f"302{number:02d} | 费用{number} | 1.00" for number in range(1, 12))
    document, found = results(
        f"## basic_expenditure 基本支出表 万元\n科目编码 | 科目名称 | 合计\n---\n302 | 商品和服务支出 | 13.00\n{rows}",
        Family.CHILDREN_SUM,
    )
    message = describe(found[0], document)
    assert "30208 费用8 1.00 + … (11) = 11.00万元: 2.00万元 too much." in message.en


def test_two_statements() -> None:
    document, found = results(
        """
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 90.00 | 40.00 | 50.00
## basic_expenditure 一般公共预算基本支出表 元
科目编码 | 科目名称 | 合计
---
 | 合计 | 401,049
""",
        Family.CROSS_TABLE,
    )
    message = describe(found[0], document)
    assert message.en == (
        "《一般公共预算支出表》合计 · 基本支出 40.00万元, but 《一般公共预算基本支出表》合计 · 合计 401,049元: "
        "0.1049万元 too little."
    )
    assert (
        message.zh
        == "《一般公共预算支出表》合计 · 基本支出 40.00万元，而《一般公共预算基本支出表》合计 · 合计 401,049元：前者少 0.1049万元。"
    )


def test_a_bound() -> None:
    document, found = results(
        """
## fiscal_grant_summary 财政拨款收支总表 万元
项目 | 合计 | 一般公共预算 | 一般公共预算
 | | 小计 | 其中：财政拨款
---
一、教育支出 | 20.00 | 20.00 | 25.00
""",
        Family.ROW_SUM,
    )
    assert describe(found[0], document).en.endswith(
        "财政拨款 25.00万元 is more than 一般公共预算/小计 20.00万元, by 5.00万元."
    )
    assert describe(found[0], document).zh.endswith(
        "财政拨款 25.00万元，大于一般公共预算/小计 20.00万元，超出 5.00万元。"
    )


def test_an_unreadable_figure() -> None:
    document, found = results(ROW.format("639.7Z"), Family.ROW_SUM)
    assert "“639.7Z” is not a number." in describe(found[0], document).en


def test_every_result_of_a_document_has_words_in_both_languages() -> None:
    document = read_document(ROW.format("639.72"))
    for result in Reconciliation.of(document).results:
        message = describe(result, document)
        assert message.en
        assert message.zh
        assert "None" not in message.en


def test_a_total_with_one_part_is_no_sum() -> None:
    document, found = results(
        ROW.format("639.72").replace("639.72 | 40", "679.72 |").replace("| 639.72 |", "| 639.72 |"), Family.ROW_SUM
    )
    message = describe(found[0], document)
    assert "合计 prints 639.72万元, but its only part with an amount, 基本支出, is 679.72万元: 40.00" in message.en
    assert "合计印 639.72万元，而有金额的组成项只有基本支出，为 679.72万元：少 40.00万元。" in message.zh


def test_a_total_none_of_whose_parts_prints_an_amount() -> None:
    document = read_document("""
## three_public “三公”经费预算表 万元
项目 | 合计 | 一般公共预算 | 政府性基金
---
公务接待费 | 1.80 | 0 | 0
会议费 | 3.10 | |
其他 | 2.00 | 2.00 |
""")
    said = [describe(result, document) for result in Reconciliation.of(document).failures]
    assert [message.zh for message in said] == [
        "《“三公”经费预算表》公务接待费 · 合计印 1.80万元，而其2个组成项（一般公共预算等）均为 0：多 1.80万元。",
        "《“三公”经费预算表》会议费 · 合计印 3.10万元，而其2个组成项（一般公共预算等）均未填数：多 3.10万元。",
    ]
    assert "but all 2 parts of it are blank (一般公共预算, …): 3.10万元 too much." in said[1].en


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        (
            "2031年支出合计80.00万元，其中：基本支出60.00万元，占65.00%；项目支出20.00万元，占25.00%。",
            "“基本支出占比”等于“基本支出”÷“支出合计”。印 65.00%，应为 75.00%（60.00 ÷ 80.00），低 10.00个百分点。",
        ),
        (
            "2031年公务接待费3.00万元，比2030年的4.00万元下降20.00%。",
            "印 20.00%，应为 25.00%（(3.00 − 4.00) ÷ 4.00），低 5.00个百分点。",
        ),
        (
            "2031年支出合计90.00万元，其中：基本支出60.00万元，项目支出20.00万元。",
            "正文中，“支出合计”等于“基本支出”、“项目支出”之和。印 90.00万元，应为 80.00万元（60.00 + 20.00），多 10.00万元。",
        ),
        (
            "公务用车运行维护费20.00万元，公务用车保有量4辆，平均每辆3.00万元。",
            "印 20.00万元，应为 12.00万元（3.00万元 × 4辆），多 8.00万元。",
        ),
        (
            "2031年因公出国（境）团组3个、2人次。",
            "“因公出国（境）团组” 3个，大于“因公出国（境）” 2人次，超出 1个。",
        ),
    ],
)
def test_figures_of_the_text(text: str, chinese: str) -> None:
    document = document_of({"text": text})
    found = Reconciliation.of(document).failures
    assert any(describe(result, document).zh.endswith(chinese) for result in found)


def test_a_dash_is_none_of_anything_and_bears_no_unit() -> None:
    document, found = results(ROW.format("——"), Family.ROW_SUM)
    message = describe(found[0], document)
    assert "合计 prints ——; 基本支出" in message.en
    assert "合计印 ——；基本支出" in message.zh


def test_a_code_in_brackets_before_its_name_is_told_once() -> None:
    document, found = results(
        ROW.format("639.72").replace("行政运行", "[2101501]行政运行"),
        Family.ROW_SUM,
    )
    assert describe(found[0], document).en.startswith("《支出总表》[2101501]行政运行 · 合计 prints")


def test_how_often_something_is_paid_is_one_of_the_factors() -> None:
    document = document_of({"text": "生活补助82.56万元，享受人数172人，每人每月450元，按12个月计算。"})
    found = [result for result in Reconciliation.of(document).results if result.failed]
    assert [result.check.family for result in found] == [Family.PRODUCT]
    message = describe(found[0], document)
    assert "82.56万元 is printed, 92.88万元 would hold (172人 × 12 × 450元/人)" in message.en


def test_two_rates_differ_by_points() -> None:
    row = ["教育支出", "564.12", "110.38"]
    table = {"title": "执行情况表", "form": "other", "unit": "万元", "header": [["项目", "决算数", "完成预算%"]]}
    case = {"text": "教育支出564.12万元，完成预算119.38%。", "tables": [{**table, "rows": [row]}]}
    document = document_of({**case, "report": "final_account"})
    found = [result for result in Reconciliation.of(document).results if result.failed]
    message = describe(found[0], document)
    assert message.en.endswith("9.00 points too much.")
    assert message.zh.endswith("前者多 9.00个百分点。")


def test_a_table_is_named_once_for_all_its_figures_on_one_side() -> None:
    document, found = results(
        """
## income_expenditure_summary 收支总表 万元
收入项目 | 预算数 | 支出项目 | 预算数
---
一、财政拨款 | 938.90 | 一、教育支出 | 812.45
 | | 二、卫生健康支出 | 75.20
 | | 三、住房保障支出 | 51.25
本年收入合计 | 938.90 | 本年支出合计 | 938.90
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 938.90 | 906.90 | 32.00
2050201 | 学前教育 | 310.20 | 300.20 | 10.00
2050202 | 小学教育 | 542.25 | 520.25 | 22.00
2101102 | 事业单位医疗 | 75.20 | 75.20 |
2210201 | 住房公积金 | 51.25 | 51.25 |
""",
        Family.CROSS_TABLE,
    )
    texts = [describe(result, document).en for result in found]
    long = [text for text in texts if "学前教育" in text and "小学教育" in text]
    assert long, texts
    assert long[0].count("《支出总表》2050") == 1
