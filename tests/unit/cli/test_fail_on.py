"""`check --fail-on` decides which findings make a job fail; all of them are printed all the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli import main

TABLE = {
    "title": "一般公共预算支出表",
    "form": "general_budget_expenditure",
    "unit": "万元",
    "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
}


def exits(path: Path, *options: str) -> int:
    return main(["check", str(path), "-q", *options])


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        (["201", "一般公共服务支出", "3.00", "1.00", "2.00"], {"note": 0, "warning": 0, "error": 0, "never": 0}),
        (["201", "一般公共服务支出", "9.00", "1.00", "2.00"], {"note": 1, "warning": 1, "error": 1, "never": 0}),
    ],
)
def test_a_job_fails_on_findings_that_weigh_as_much(
    row: list[str], codes: dict[str, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "budget.json"
    path.write_text(json.dumps({"tables": [TABLE | {"rows": [row]}]}, ensure_ascii=False), encoding="utf-8")
    assert exits(path) == codes["note"]
    assert {least: exits(path, "--fail-on", least) for least in codes} == codes
    assert capsys.readouterr().out.count("row_sum") == (5 if codes["note"] else 0)


def test_a_warning_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that the contents page names and that is not there is doubtful, not proven."""
    path = tmp_path / "budget.txt"
    rows = [
        "目录",
        "1.部门收支总表",
        "2.部门收入总表",
        "",
        "部门收支总表",
        "单位：万元",
        "项目\t预算数",
        "收入\t1.00",
        "支出\t1.00",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert [exits(path, "--fail-on", least) for least in ("note", "warning", "error")] == [1, 1, 0]
    assert "missing_table" in capsys.readouterr().out
