"""What commands print for people, and for programs where JSON is asked for."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.unit.cli.test_cli import run
from workbench.cli.findings import finding_lines
from workbench.cli.text import use_color
from workbench.config.commands import COMMANDS
from workbench.config.messages import Phrasebook
from workbench.config.settings import Settings
from workbench.model.check import (
    Applicability,
    Check,
    CheckResult,
    Family,
    Finding,
    Outcome,
    Relation,
    Suggestion,
)
from workbench.model.edit import SetCell
from workbench.model.message import Message
from workbench.model.record import Verdict
from workbench.model.table import CellRef
from workbench.review import ReviewSession

SHIXI = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def columns(line: str) -> list[str]:
    """The cells of a line of columns parted by two blanks or more."""
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_statistics_say_how_far_the_set_is_and_list_the_records(capsys: pytest.CaptureFixture[str]) -> None:
    with ReviewSession.open(SHIXI, records=Path("records"), reviewer="lw") as session:
        session.accept_safe()
        session.save()
    code, out, _ = run(capsys, "stats", SHIXI)
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith("1 document: 0 done")
    assert lines[lines.index("documents by status") + 1].split() == ["in", "review", "1"]
    head, record, _ = (columns(line) for line in lines[-3:])
    assert "reviewer" in head and "lw" in record and "in review" in record
    lines = run(capsys, "stats", SHIXI, "--lang", "zh")[1].splitlines()
    head, record, sums = (columns(line) for line in lines[-3:])
    assert lines[0].startswith("共 1 份") and head[:4] == ["文档", "年度", "状态", "复核人"]
    assert "复核中" in record and sums[0] == "合计"


def test_keys_are_listed_compared_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "keys", "list", "vim")
    head, *lines = out.splitlines()
    assert code == 0 and columns(head) == ["command", "scope", "vim", "what it does"]
    assert [columns(line)[0] for line in lines] == [command.id for command in COMMANDS]
    assert max(map(len, lines)) < 140
    head, help_, *_ = run(capsys, "keys", "list", "vim", "--lang", "zh")[1].splitlines()
    assert columns(head) == ["命令", "范围", "vim", "作用"] and columns(help_)[1] == "通用"
    code, out, _ = run(capsys, "keys", "list", "vim", "--format", "json")
    listed = json.loads(out)
    assert [entry["command"] for entry in listed] == [command.id for command in COMMANDS]
    assert next(entry for entry in listed if entry["command"] == "app.quit")["vim"].startswith("Z Z")
    code, out, _ = run(capsys, "keys", "diff", "default", "vim")
    differing = {columns(line)[0] for line in out.splitlines()[1:]}
    assert "app.quit" in differing and "app.line" not in differing
    assert run(capsys, "keys", "check", "vim", "emacs")[:2] == (0, "vim: good\nemacs: good\n")


def test_settings_are_shown_with_where_they_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    Path("workbench.toml").write_text('theme = "light"\n', encoding="utf-8")
    code, out, _ = run(capsys, "config", "show")
    head, *lines = out.splitlines()
    assert code == 0 and columns(head) == ["setting", "value", "from"]
    assert [line.split()[0] for line in lines] == list(Settings.__dataclass_fields__)
    theme = next(line for line in lines if line.startswith("theme"))
    assert theme.split()[1:] == ["light", str(Path("workbench.toml").resolve())]
    paths = run(capsys, "config", "path")[1].splitlines()
    assert [path.endswith("(none)") for path in paths] == [True, False]
    assert run(capsys, "config", "validate")[:2] == (0, "settings are good\n")
    listed = json.loads(run(capsys, "config", "path", "--format", "json")[1])
    assert [entry["there"] for entry in listed] == [False, True]


def test_two_versions_and_their_base_are_merged_as_git_hands_them_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ReviewSession.open(SHIXI, records=tmp_path / "base", reviewer="lw") as session:
        base = session.save()
        findings = [item.finding.id for item in session.state.open_findings]
    versions = []
    for name, decided, verdict in (("ours", 0, Verdict.WAIVED), ("theirs", 1, Verdict.SOURCE_ERROR)):
        shutil.copytree(tmp_path / "base", tmp_path / name, ignore=shutil.ignore_patterns("*.lock"))
        with ReviewSession.open(SHIXI, records=tmp_path / name, reviewer=name) as session:
            session.decide(findings[decided], verdict)
            versions.append(session.save())
    ours, theirs = versions
    code, _, err = run(capsys, "merge", base, ours, theirs)
    assert (code, err) == (0, "")
    merged = ours.read_text(encoding="utf-8")
    assert "waived" in merged and "source_error" in merged and "waived" not in theirs.read_text(encoding="utf-8")
    assert run(capsys, "merge", base, ours, theirs, ours, ours)[0] == 2


@pytest.mark.parametrize("command", ["check", "suggest", "diff"])
def test_colour_is_for_whoever_looks_and_not_for_files(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ReviewSession.open(SHIXI, records=tmp_path / "records", reviewer="lw") as session:
        session.accept_safe()
        session.save()
    assert "\x1b[" not in run(capsys, command, SHIXI)[1], "standard output is no terminal here"
    assert "\x1b[" in run(capsys, command, SHIXI, "--color", "always")[1]
    run(capsys, command, SHIXI, "--color", "always", "-o", "out.txt")
    assert "\x1b[" not in Path("out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("variables", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_a_terminal_shows_colour_where_nothing_speaks_against_it(
    variables: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert use_color("auto") is coloured
    assert use_color("always")
    assert not use_color("never")


@pytest.mark.parametrize(("changed", "lines"), [(5, 5), (6, 5), (60, 5)])
def test_a_long_list_of_changes_is_counted_and_none_is_told_as_certain(changed: int, lines: int) -> None:
    before, after = Decimal("12.5"), Decimal("13.5")
    edits = tuple(SetCell(CellRef("t01", row, 0), str(before + row), str(after + row)) for row in range(changed))
    fix = Suggestion("columns_swapped", Applicability.SAFE, edits, (), (), Message("Reason.", "理由。"), share=0.998)
    check = Check("one", Family.ROW_SUM, Relation.EQUAL, (), Message("Sum.", "合计。"))
    finding = Finding("one", (CheckResult(check, Outcome.FAIL),), Message("Off.", "不符。"), (fix,))
    listed = [line for line in finding_lines(finding, Phrasebook("en"), color=False) if "->" in line]
    assert len(listed) == lines and "[safe, 99%]" in listed[0]
    assert (f"… {changed - 4} more changes" in listed[-1]) is (changed > 5)
