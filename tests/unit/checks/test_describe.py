"""What a reviewer reads of a result: where, the arithmetic, the difference; in both languages."""

from __future__ import annotations

import pytest

from tests.unit.checks.test_cases import read_document
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
            "支出总表 2101501 行政运行 · 合计 prints 639.72; 基本支出 639.72 + 项目支出 40 = 679.72: 40.00 too little.",
            "支出总表 2101501 行政运行 · 合计印 639.72；基本支出 639.72 + 项目支出 40 = 679.72：少 40.00。",
        ),
        (
            "679.73",
            Outcome.WITHIN_ROUNDING,
            "支出总表 2101501 行政运行 · 合计 prints 679.73; 基本支出 639.72 + 项目支出 40 = 679.72; they differ by 0.01,",
            "支出总表 2101501 行政运行 · 合计印 679.73；基本支出 639.72 + 项目支出 40 = 679.72；相差 0.01，在四舍五入范围内。",
        ),
        (
            "",
            Outcome.UNVERIFIABLE,
            "支出总表 2101501 行政运行 · 合计 is blank; 基本支出 639.72 + 项目支出 40 = 679.72. A figure that it needs is blank.",
            "支出总表 2101501 行政运行 · 合计为空；基本支出 639.72 + 项目支出 40 = 679.72。所需数字为空。",
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
    assert "30208 费用8 1.00 + … (11) = 11.00: 2.00 too much." in message.en


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
        "一般公共预算支出表 合计 · 基本支出 40.00万元, but 一般公共预算基本支出表 合计 · 合计 401,049元: 0.1049 too little."
    )
    assert (
        message.zh
        == "一般公共预算支出表 合计 · 基本支出 40.00万元，而一般公共预算基本支出表 合计 · 合计 401,049元：少 0.1049。"
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
    assert describe(found[0], document).en.endswith("25.00 > 20.00, by 5.00.")
    assert describe(found[0], document).zh.endswith("25.00 > 20.00，超出 5.00。")


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
