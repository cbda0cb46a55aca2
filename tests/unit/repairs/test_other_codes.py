"""The code that other tables give a name is proposed where a check of codes and names fails, and is never safe."""

from __future__ import annotations

import pytest

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Family
from workbench.model.edit import apply_edits
from workbench.repairs import find_root_causes

RIGHT = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 131.20 | 96.15 | 35.05
213 | 农林水支出 | 131.20 | 96.15 | 35.05
21301 | 农业农村 | 131.20 | 96.15 | 35.05
2130101 | 行政运行 | 96.15 | 96.15 |
2130106 | 科技转化与推广服务 | 35.05 | | 35.05
"""
ONE_COLUMN = """
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 131.20 | 96.15 | 35.05
213 | 农林水支出 | 131.20 | 96.15 | 35.05
21301 | 农业农村 | 131.20 | 96.15 | 35.05
2130101 | 行政运行 | 96.15 | 96.15 |
2130109 | 科技转化与推广服务 | 35.05 | | 35.05
"""
LEVELS = """
## general_budget_expenditure 一般公共预算支出表 万元
类 | 款 | 项 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | | | 合计 | 131.20 | 96.15 | 35.05
213 | | | 农林水支出 | 131.20 | 96.15 | 35.05
213 | 01 | | 农业农村 | 131.20 | 96.15 | 35.05
213 | 01 | 01 | 行政运行 | 96.15 | 96.15 |
213 | 01 | 09 | 科技转化与推广服务 | 35.05 | | 35.05
"""
BESIDE = """
## general_budget_expenditure 一般公共预算支出表 万元
科目 | 合计 | 基本支出 | 项目支出
---
合计 | 131.20 | 96.15 | 35.05
213农林水支出 | 131.20 | 96.15 | 35.05
21301农业农村 | 131.20 | 96.15 | 35.05
2130101行政运行 | 96.15 | 96.15 |
2130109科技转化与推广服务 | 35.05 | | 35.05
"""


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (ONE_COLUMN, "2130106 | 科技转化与推广服务"),
        (LEVELS, "213 | 01 | 06 | 科技转化与推广服务"),
        (BESIDE, "2130106科技转化与推广服务"),
    ],
    ids=["one column", "levels", "beside the name"],
)
def test_the_code_that_other_tables_give_a_name_is_proposed(table: str, row: str) -> None:
    document = read_document(RIGHT + table)
    reconciliation = Reconciliation.of(document)
    (finding,) = [f for f in find_root_causes(reconciliation) if f.check.family is Family.CODE_NAME]
    (suggestion,) = finding.suggestions
    assert (suggestion.method, suggestion.applicability) == ("other_code", Applicability.UNSAFE)
    assert "its name may be the wrong one" in suggestion.reason.en
    after = apply_edits(document, suggestion.edits)
    assert " | ".join(cell.text for cell in after.tables[1].rows[4]).startswith(row)
    assert not Reconciliation.of(after).failures


def test_nothing_is_proposed_where_no_other_table_names_it() -> None:
    findings = find_root_causes(
        Reconciliation.of(read_document(ONE_COLUMN.replace("科技转化与推广服务", "行政运行管理")))
    )
    assert not any(finding.suggestions for finding in findings if finding.check.family is Family.CODE_NAME)
