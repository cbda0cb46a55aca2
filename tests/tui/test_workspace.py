"""A document opens with the same rules and options, whether its analysis is still at hand or is made again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.tui.driving import running
from tests.tui.made_up import MadeUpWorkspace
from workbench.config.settings import Settings
from workbench.errors import WorkbenchError
from workbench.model.record import ReviewStatus
from workbench.pipeline import Failure
from workbench.pipeline import analyse as analysed
from workbench.tui.drawing import glyphs
from workbench.tui.models.queue import entry_of
from workbench.tui.models.workspace import FolderWorkspace
from workbench.tui.wording import look_of

SAMPLE = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"
RULE = """
[[rule]]
name = "never_holds"
message = { en = "made up", zh = "虚构" }
equation = "a = 2 * a"
[rule.cells]
a = { form = "income_summary", column = "合计", label = "合计" }
"""


def test_a_document_whose_analysis_was_let_go_opens_with_the_rules_of_the_set(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text(RULE, encoding="utf-8")
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path / "records"), rules=str(rules)))
    (analysis,) = list(workspace.read([SAMPLE]))
    found = []
    for kept in (analysis, None):
        with workspace.open(SAMPLE, kept) as session:  # type: ignore[arg-type]  # the sample can be read
            found.append([item.finding.id for item in session.state.findings])
            assert any(item.finding.check.name == "never_holds" for item in session.state.findings)
    assert found[0] == found[1]


async def test_of_a_set_too_large_to_be_kept_the_queue_is_the_same_and_documents_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyses = [analysed(SAMPLE)]
    seen: list[str] = []
    really = MadeUpWorkspace.survey
    monkeypatch.setattr(MadeUpWorkspace, "survey", lambda self, paths: seen.append("survey") or really(self, paths))
    shown = []
    for kept in (200, 0):
        monkeypatch.setattr("workbench.tui.collecting.KEPT_ANALYSES", kept)
        async with running(analyses, tmp_path / str(kept)) as driver:
            queue = driver.text
            await driver.press("enter", "n")
            shown.append((queue, driver.text))
    assert seen == ["survey"]
    assert shown[0] == shown[1]
    assert "医疗保障" in shown[0][1]


def test_a_survey_by_workers_gives_the_entries_of_the_analyses(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    workspace = FolderWorkspace((SAMPLE, broken), Settings(records=str(tmp_path / "records"), jobs=1))
    entry, failure = sorted(workspace.survey([SAMPLE, broken]), key=lambda outcome: isinstance(outcome, Failure))
    assert entry == entry_of(analysed(SAMPLE))
    assert isinstance(failure, Failure)
    assert failure.path == broken


def test_a_data_set_is_written_before_anything_was_reviewed(tmp_path: Path) -> None:
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path / "records")))
    assert workspace.export([SAMPLE], tmp_path / "out.jsonl") == tmp_path / "out"
    assert "石溪县" in (tmp_path / "out" / "figures.jsonl").read_text(encoding="utf-8")


def test_a_record_of_a_newer_program_is_said_to_be_unreadable_until_it_can_be_read(tmp_path: Path) -> None:
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path)))
    analysis = analysed(SAMPLE)
    with workspace.open(SAMPLE, analysis) as session:
        session.save()
    (path,) = tmp_path.glob("*.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("schema = 1", "schema = 9", 1), encoding="utf-8")
    entry = workspace.with_record(entry_of(analysis))
    assert "has schema 9" in entry.record_problem
    assert look_of(entry) is glyphs.BAD_RECORD
    path.write_text(text, encoding="utf-8")
    assert not workspace.with_record(entry).record_problem


def test_a_document_that_another_host_has_open_is_known_by_its_record(tmp_path: Path) -> None:
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path)))
    entry = entry_of(analysed(SAMPLE))
    assert workspace.holders([entry]) == {}
    session = workspace.open(SAMPLE, analysed(SAMPLE))
    assert workspace.holders([entry]) == {}, "this process has it"
    (lock,) = tmp_path.glob("*.lock")
    held = json.loads(lock.read_text(encoding="utf-8")) | {"host": "elsewhere", "person": "王芳"}
    session.close()
    lock.write_text(json.dumps(held), encoding="utf-8")
    assert workspace.holders([entry, replace(entry, sha256="0" * 64)]) == {entry.key: "王芳"}


def test_steps_of_a_session_that_was_cut_off_are_known_before_the_document_is_opened(tmp_path: Path) -> None:
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path)))
    entry = entry_of(analysed(SAMPLE))
    session = workspace.open(SAMPLE, analysed(SAMPLE))
    assert not workspace.with_record(entry).unsaved
    session.accept(session.state.findings[0].finding.id)
    cut_off = workspace.with_record(entry)
    assert (cut_off.unsaved, cut_off.status) == (True, ReviewStatus.IN_REVIEW)
    session.save()
    assert not workspace.with_record(entry).unsaved
    session.close()


async def test_what_was_just_said_goes_before_what_stands_beside_it(tmp_path: Path) -> None:
    async with running([analysed(SAMPLE)], tmp_path, size=(80, 24)) as driver:
        driver.queue.tell("a message of " + "many " * 9 + "words to the end")
        await driver.settle()
        assert "words to the end" in driver.status and "order" not in driver.status
        driver.queue.tell("few words")
        await driver.settle()
        assert "few words" in driver.status and "order" in driver.status


def test_an_export_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    workspace = FolderWorkspace((SAMPLE,), Settings(records=str(tmp_path / "records")))
    with pytest.raises(WorkbenchError, match=r"^.*out\.xlsx cannot be written: "):
        workspace.export([SAMPLE], tmp_path / "file" / "out.xlsx")
