"""Doubtful findings of one story are told once; what must hold or can be mended is told by itself."""

from __future__ import annotations

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.check import Severity
from workbench.repairs import find_root_causes, per_check

TWO_STATEMENTS = """
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 100.00 | 40.00 | 60.00
205 | 教育支出 | 61.00 | 11.00 | 50.00
20502 | 普通教育 | 61.00 | 11.00 | 50.00
208 | 社会保障和就业支出 | 27.00 | 22.00 | 5.00
20805 | 行政事业单位养老支出 | 27.00 | 22.00 | 5.00
221 | 住房保障支出 | 12.00 | 7.00 | 5.00
22102 | 住房改革支出 | 12.00 | 7.00 | 5.00
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 100.00 | 40.00 | 60.00
205 | 教育支出 | 48.00 | 9.00 | 39.00
20502 | 普通教育 | 48.00 | 9.00 | 39.00
210 | 卫生健康支出 | 40.00 | 24.00 | 16.00
21011 | 行政事业单位医疗 | 40.00 | 24.00 | 16.00
221 | 住房保障支出 | 12.00 | 7.00 | 5.00
22102 | 住房改革支出 | 12.00 | 7.00 | 5.00
"""


def test_two_statements_that_disagree_line_by_line_are_one_finding() -> None:
    document = read_document(TWO_STATEMENTS)
    reconciliation = Reconciliation.of(document)
    assert len(reconciliation.failures) > 3
    (finding,) = find_root_causes(reconciliation)
    assert finding.severity is Severity.WARNING
    assert {result.check.id for result in finding.results} == {r.check.id for r in reconciliation.failures}
    assert finding.id == finding.results[0].check.id


def test_check_by_check_each_is_still_listed() -> None:
    reconciliation = Reconciliation.of(read_document(TWO_STATEMENTS))
    listed = [finding.id for finding in per_check(reconciliation, find_root_causes(reconciliation))]
    assert listed == [result.check.id for result in reconciliation.failures]


def test_a_sum_that_must_hold_is_a_finding_of_its_own() -> None:
    document = read_document(TWO_STATEMENTS.replace("20502 | 普通教育 | 61.00", "20502 | 普通教育 | 16.00"))
    findings = find_root_causes(Reconciliation.of(document))
    assert [finding.severity for finding in findings] == [Severity.ERROR, Severity.WARNING]
    assert findings[0].suggestions[0].method == "digits_swapped"
