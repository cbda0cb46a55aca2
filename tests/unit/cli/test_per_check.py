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
