"""Rules of the users' own: what they find, and what is said of a file that is wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.rule_cases import CASES, document
from workbench.checks import describe
from workbench.checks.context import Context
from workbench.checks.evaluate import evaluate
from workbench.checks.rules_file import load_rules
from workbench.errors import InvalidFileError, UnreadableSourceError
from workbench.model.check import Outcome, Severity

EXAMPLES = CASES / "examples.toml"

STATEMENTS: dict[str, Any] = {
    "text": "机关运行经费共计安排5.10万元。",
    "tables": [
        {
            "id": "t01",
            "title": "基本支出表",
            "form": "basic_expenditure",
            "unit": "元",
            "header": [["科目编码", "科目名称", "合计", "人员经费", "公用经费"]],
            "rows": [
                ["", "合计", "150000.00", "100000.00", "50000.00"],
                ["301", "工资福利支出", "100000.00", "100000.00", ""],
            ],
        },
        {
            "id": "t02",
            "title": "政府采购预算表",
            "form": "procurement",
            "unit": "万元",
            "header": [["项目名称", "项目预算", "采购金额"]],
            "rows": [["设备更新", "10.00", "9.00"], ["系统维护", "5.00", "6.00"]],
        },
        {
            "id": "t03",
            "title": "支出总表",
            "form": "expenditure_summary",
            "unit": "万元",
            "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
            "rows": [["205", "教育支出", "30.00", "10.00", "20.00"], ["221", "住房保障支出", "5.00", "5.00", ""]],
        },
        {
            "id": "t04",
            "title": "项目支出表",
            "form": "project_expenditure",
            "unit": "万元",
            "header": [["科目编码", "科目名称", "金额"]],
            "rows": [["205", "教育支出", "12.00"], ["205", "教育支出", "7.00"]],
        },
    ],
}


def test_the_three_examples_find_what_they_are_about() -> None:
    made = document(STATEMENTS)
    context = Context(made)
    told = []
    for rule in load_rules(EXAMPLES):
        for result in evaluate(made, tuple(rule.build(context))):
            told.append((result.check.name, result.outcome, result.check.severity, result.residual))
    assert told == [
        ("running_cost_is_public_expense", Outcome.FAIL, Severity.WARNING, Decimal("0.10")),
        ("purchase_within_project", Outcome.PASS, Severity.ERROR, Decimal(-1)),
        ("purchase_within_project", Outcome.FAIL, Severity.ERROR, Decimal(1)),
        ("projects_by_class", Outcome.FAIL, Severity.NOTE, Decimal(1)),
    ]


def test_a_selector_that_finds_several_cells_is_no_verdict(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[[rule]]\nname = "r"\nequation = "a = b"\n[rule.cells]\n'
        'a = { form = "procurement", column = "采购金额" }\nb = { form = "procurement", column = "项目预算", label = "系统维护" }\n',
        encoding="utf-8",
    )
    made = document(STATEMENTS)
    (rule,) = load_rules(path)
    (result,) = evaluate(made, tuple(rule.build(Context(made))))
    assert result.outcome is Outcome.UNVERIFIABLE
    assert result.note is not None
    assert "2 cells" in result.note.en


WRONG = """
[[rule]]
name = "first"
equation = "a = b + c"
severity = "fatal"
tolerance = 0.5
[rule.cells]
a = { form = "three_publik", column = "合计" }
b = { form = "three_public", colum = "合计" }

[[rule]]
name = "first"
equation = "x < y"
each = "rows"
colour = "red"
[rule.cells]
x = { label = "(" }
y = { sum = true }
"""


def test_every_problem_is_told_at_once_with_its_line_and_the_nearest_name(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(WRONG, encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load_rules(path)
    told = [(problem.line, problem.message) for problem in caught.value.problems]
    for line, words in [
        (8, "did you mean three_public"),
        (9, "did you mean column"),
        (4, "there is no cell 'c'"),
        (5, "not 'fatal'"),
        (6, "tolerance is a figure"),
        (12, "two rules named 'first'"),
        (13, "one =, <= or >="),
        (14, "did you mean row"),
        (15, "a rule has no 'colour'"),
        (17, "no regular expression"),
        (18, "selects nothing"),
    ]:
        assert any(found == line and words in message for found, message in told), (line, words, told)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\n\ncolour = "red"\n', 3, "there is no 'colour' in a rules file"),
        ('\n[rules]\nname = "a"\n', 2, "there is no 'rules' in a rules file"),
        ('\nrule = "a"\n', 2, "rules are written as [[rule]]"),
    ],
)
def test_what_is_no_rule_is_told_at_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load_rules(path)
    (problem,) = caught.value.problems
    assert problem.line == line and words in problem.message


def test_a_syntax_error_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text('[[rule]]\nname = "r\n', encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        load_rules(path)
    assert caught.value.problems[0].line == 2


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError):
        load_rules(tmp_path / "none.toml")


CONSTANTS = """
[[rule]]
name = "weights"
message = "指标权重之和为100。"
equation = "weights = 100"
[rule.cells]
weights = { form = "performance_target", column = "权重", sum = true }

[[rule]]
name = "spent_in_time"
equation = "rate >= 80"
each = "row"
[rule.cells]
rate = { form = "performance_target", column = "执行率" }

[[rule]]
name = "few_receptions"
equation = "2 reception + 1 <= 6"
[rule.cells]
reception = { form = "three_public", column = "公务接待费" }
"""


@pytest.mark.parametrize(
    ("weights", "rates", "reception", "told"),
    [
        (("60", "40"), ("80", "100"), "2.50", []),
        (
            ("60", "30"), ("79", "100"), "2.51",
            [
                "指标权重之和为100。合计90，应为100。",
                "规则 spent_in_time 成立。80 > 79，超出 1。",
                "规则 few_receptions 成立。2.51万元 > 2.5万元，超出 0.01万元。",
            ],
        ),
        (("", "40"), ("", "100"), "", ["指标权重之和为100。合计40，应为100。1个空白单元格按零计。"]),
    ],
)  # fmt: skip
def test_numbers_stand_in_equations(
    tmp_path: Path, weights: tuple[str, str], rates: tuple[str, str], reception: str, told: list[str]
) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(CONSTANTS, encoding="utf-8")
    rows = [["甲", weights[0], rates[0]], ["乙", weights[1], rates[1]]]
    heads = [["指标名称", "权重", "执行率"]]
    tables = [
        {"id": "t01", "title": "绩效目标表", "form": "performance_target", "header": heads, "rows": rows},
        {"id": "t02", "title": "三公经费表", "form": "three_public", "header": [["合计", "公务接待费"]], "rows": [["9.00", reception]]},
    ]  # fmt: skip
    made = document({"tables": tables})
    found = [result for rule in load_rules(path) for result in evaluate(made, tuple(rule.build(Context(made))))]
    assert [describe(result, made).zh for result in found if result.outcome is Outcome.FAIL] == told
