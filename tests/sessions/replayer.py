"""Scripted reviews: TOML files of steps in order, played on a session without a screen.

A cell is named as a person would: [form, text of a cell in its row, text of its column's head]; a finding by one of its
cells. Steps are the commands of a session (`accept`, `edit`, `decide`, `flag`, `revert`, `undo`, …), and `save`, `quit`
and `kill`, the last two with a reopening; each may say what is expected after it.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.reviewing import Clock
from workbench.errors import WorkbenchError
from workbench.model.edit import SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef, Document
from workbench.pipeline import Analysis, analyse
from workbench.review import ReviewSession


def cell_named(document: Document, name: list[str]) -> CellRef:
    """The one cell of that form, row text and column text; of several the first."""
    form, row_text, column_text = name
    for table in document.tables:
        if table.form.value != form:
            continue
        columns = [index for index in range(table.width) if column_text in table.column_path(index)]
        for index, row in enumerate(table.rows):
            if columns and any(cell.text == row_text for cell in row):
                return CellRef(table.id, index, columns[0])
    raise AssertionError(f"there is no cell {name}")


class Player:
    """Plays one script; `session` is the review as it stands."""

    def __init__(self, script: Path, records: Path) -> None:
        self.script: dict[str, Any] = tomllib.loads(script.read_text("utf-8"))
        self.records = records
        self.source = ROOT / self.script["document"]
        self.analysis: Analysis = analyse(self.source)
        self.clock = Clock()
        self.session = self.open()

    def open(self, steal: bool = False) -> ReviewSession:
        return ReviewSession.open(
            Path(self.script["document"]),
            records=self.records,
            reviewer=self.script["reviewer"],
            clock=self.clock,
            analysis=self.analysis,
            steal_lock=steal,
        )

    def play(self) -> ReviewSession:
        """All steps, each with what is expected after it."""
        for number, step in enumerate(self.script["steps"], start=1):
            self.take(step)
            self.check(step.get("expect", {}), f"step {number}, {step['command']}")
        return self.session

    def take(self, step: dict[str, Any]) -> None:
        session, note = self.session, step.get("note", "")
        match step["command"]:
            case "accept":
                session.accept(self.finding(step), step.get("suggestion", 0))
            case "accept_safe":
                session.accept_safe()
            case "edit":
                ref = self.cell(step)
                session.apply((SetCell(ref, session.state.document.cell(ref).text, step["text"]),), note=note)
            case "decide":
                value = step.get("value", "")
                session.decide(self.finding(step), Verdict(step["verdict"]), note=note, value=value)
            case "reopen":
                session.reopen(self.finding(step))
            case "flag":
                session.flag(self.cell(step), note)
            case "revert":
                session.revert(self.cell(step))
            case "status":
                self.refused(lambda: session.set_status(ReviewStatus(step["status"]), note), step)
            case "quit":
                session.close()
                self.session = self.open()
            case "kill":
                self.session = self.open(steal=True)
            case "undo" | "redo" | "save":
                getattr(session, step["command"])()
            case other:
                raise AssertionError(f"there is no step {other!r}")

    def refused(self, command: Any, step: dict[str, Any]) -> None:
        """Run a command that may be expected to be refused with a message."""
        wanted = step.get("expect", {}).get("refused")
        try:
            command()
        except WorkbenchError as error:
            assert wanted and wanted in str(error), f"refused: {error}"
        else:
            assert wanted is None, f"was not refused with {wanted!r}"

    def cell(self, step: dict[str, Any]) -> CellRef:
        return cell_named(self.session.state.document, step["cell"])

    def finding(self, step: dict[str, Any]) -> str:
        ref = self.cell(step)
        for item in self.session.state.findings:
            if ref in item.finding.cells:
                return item.finding.id
        raise AssertionError(f"no finding is about {step['cell']}")

    def check(self, expect: dict[str, Any], where: str) -> None:
        state = self.session.state
        seen: dict[str, Any] = {
            "open": len(state.open_findings),
            "findings": len(state.findings),
            "corrections": len(state.record.corrections),
            "decisions": len(state.record.decisions),
            "status": state.record.status.value,
            "dirty": state.dirty,
            "can_undo": state.can_undo,
            "can_redo": state.can_redo,
            "messages": [_without_holder(message.en) for message in state.messages],
        }
        for key, wanted in expect.items():
            if key == "texts":
                for *name, text in wanted:
                    ref = cell_named(state.document, name)
                    assert state.document.cell(ref).text == text, f"{where}: {name}"
            elif key != "refused":
                assert seen[key] == wanted, f"{where}: {key}"


def _without_holder(message: str) -> str:
    return "taken over from THE_FORMER" if message.startswith("taken over from ") else message
