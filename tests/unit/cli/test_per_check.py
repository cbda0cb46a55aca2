"""`check --per-check` lists the failing checks of the findings there are, with the repairs of these findings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from workbench.cli import main
from workbench.model.edit import SetCell
from workbench.model.record import Verdict
from workbench.review import ReviewSession

SHIXI = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"


def _proposed(capsys: pytest.CaptureFixture[str], *options: str) -> set[tuple[str, int, int]]:
    """The cells that the findings listed would change."""
    assert main(["check", str(SHIXI), "--format", "json", *options]) == 1
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    edits: list[dict[str, Any]] = [
        edit for finding in document["findings"] for proposed in finding["suggestions"] for edit in proposed["edits"]
    ]
    return {(edit["table"], edit["row"], edit["column"]) for edit in edits}


def test_a_cell_that_the_reviewer_found_right_is_changed_by_no_repair(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    session = ReviewSession.open(SHIXI, records=tmp_path / "records", reviewer="lw")
    finding = next(f.finding for f in session.state.findings if len(f.finding.suggestions[0].edits) == 1)
    (edit,) = finding.suggestions[0].edits
    assert isinstance(edit, SetCell)
    session.decide(finding.id, Verdict.CELL_RIGHT)
    session.save()
    session.close()

    assert edit.ref in _proposed(capsys, "--per-check")
    assert edit.ref not in _proposed(capsys, "--per-check", "--reviewed")


def test_every_edit_says_what_is_printed_before_and_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        ["", "合计", "131.20", "96.15", "35.05"],
        ["213", "农林水支出", "131.20", "96.15", "35.05"],
        ["21301", "农业农村", "", "131.20", "96.15"],
        ["2130101", "行政运行", "101.20", "", ""],
        ["", "", "", "96.15", "5.05"],
        ["2130102", "一般行政管理事务", "30.00", "", "30.00"],
    ]
    rows[2][4] = "96.15"
    table = {
        "id": "t01",
        "title": "部门支出总表",
        "form": "expenditure_summary",
        "unit": "万元",
        "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
        "rows": rows,
    }
    (tmp_path / "read.json").write_text(json.dumps({"tables": [table]}, ensure_ascii=False), encoding="utf-8")
    main(["suggest", "read.json", "--format", "json"])
    (document,) = json.loads(capsys.readouterr().out)["documents"]
    edits = [
        edit for finding in document["findings"] for proposed in finding["suggestions"] for edit in proposed["edits"]
    ]
    (joined,) = (edit for edit in edits if edit.get("kind") == "merge_rows")
    assert joined["before"] == rows[3:5]
    assert joined["after"] == [["2130101", "行政运行", "101.20", "96.15", "5.05"]]
    assert all("before" in edit and "after" in edit for edit in edits)
