import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.cli import main
from workbench.review import ReviewSession

SHIXI = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"
CLEAN = ROOT / "sample_docs" / "songze_finance_2024.txt"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_tables_json_is_what_the_format_says(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "tables", SHIXI, "--format", "json")
    data = json.loads(out)
    assert code == 0
    assert data["schema"] == "workbench.tables/1"
    (document,) = data["documents"]
    assert (document["entity"], document["fiscal_year"], document["unit"]) == ("石溪县医疗保障局", 2022, "万元")
    table = next(table for table in document["tables"] if table["form"] == "expenditure_summary")
    row = next(row for row in table["rows"] if row[0] == "21015")
    assert "639.72" in row


def test_check_finds_the_planted_errors_and_exits_1(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", SHIXI, "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert code == 1
    assert document["outcomes"]["pass"] > 50
    edits = {edit["after"] for f in document["findings"] for s in f["suggestions"][:1] for edit in s["edits"]}
    assert {"679.72", "616.11", "3.10"} <= edits


def test_a_clean_document_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", CLEAN, "--format", "json")
    assert (code, json.loads(out)["documents"][0]["findings"]) == (0, [])


def test_broken_documents_are_named_and_the_rest_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_bytes(SHIXI.read_bytes())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    (folder / "empty.txt").write_bytes(b"")
    code, out, err = run(capsys, "check", folder, "--format", "json")
    assert code == 3
    assert "broken.pdf" in err
    assert "empty.txt" in err
    assert [Path(document["path"]).name for document in json.loads(out)["documents"]] == ["good.txt"]


@pytest.mark.parametrize(
    "arguments", [["check", "nowhere.pdf"], ["tables", "."], ["check"], ["nonsense"], ["check", "a", "--format", "xml"]]
)
def test_misuse_exits_2_with_a_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as ended:
        code = int(str(ended.code))
    assert code == 2
    assert capsys.readouterr().err


def test_per_check_lists_every_failing_check(capsys: pytest.CaptureFixture[str]) -> None:
    _, grouped, _ = run(capsys, "check", SHIXI, "--format", "json")
    _, single, _ = run(capsys, "check", SHIXI, "--format", "json", "--per-check")
    (causes,) = json.loads(grouped)["documents"]
    (checks,) = json.loads(single)["documents"]
    assert len(checks["findings"]) == checks["outcomes"]["fail"]
    assert len(causes["findings"]) < len(checks["findings"])
    assert {c["id"] for f in causes["findings"] for c in f["checks"]} == {f["id"] for f in checks["findings"]}


def test_explain_prints_the_equations_of_a_cell(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "tables", SHIXI, "--format", "json")
    table = next(t for t in json.loads(out)["documents"][0]["tables"] if t["form"] == "expenditure_summary")
    row = next(n for n, cells in enumerate(table["rows"]) if cells[0] == "21015")
    _, text, _ = run(capsys, "check", SHIXI, "--explain", f"{table['id']}/{row}/2")
    assert "639.72" in text
    assert "row_sum" in text
    assert "fail" in text


def test_export_writes_the_data_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, _ = run(capsys, "export", SHIXI, "-o", tmp_path / "out")
    assert code == 0
    assert "639.72" in (tmp_path / "out" / "figures.csv").read_text(encoding="utf-8-sig")


def test_standard_input_is_a_document() -> None:
    command = [sys.executable, "-m", "workbench", "check", "-", "--format", "json"]
    with SHIXI.open("rb") as given:
        result = subprocess.run(command, stdin=given, capture_output=True, cwd=ROOT, check=False)
    assert result.returncode == 1
    assert json.loads(result.stdout)["documents"][0]["findings"]


def test_output_of_a_hostile_document_holds_no_escape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.json"
    rows = [["201", "\x1b[31m红\x07[/]", "3.00", "1.00", "1.00"]]
    header = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    table = {
        "title": "\x1b]0;owned\x07支出总表",
        "form": "expenditure_summary",
        "unit": "万元",
        "header": header,
        "rows": rows,
    }
    path.write_text(json.dumps({"tables": [table]}), encoding="utf-8")
    for command in ("tables", "check"):
        _, out, err = run(capsys, command, path)
        assert "\x1b" not in out + err
        assert "\x07" not in out + err
    _, out, _ = run(capsys, "tables", path)
    assert "[31m红" in out


def test_output_replaces_files_and_never_devices_or_pipes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "out.json"
    file.write_text("old", encoding="utf-8")
    assert run(capsys, "tables", CLEAN, "--format", "json", "-o", file)[0] == 0
    assert json.loads(file.read_text(encoding="utf-8"))["documents"]
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    assert run(capsys, "tables", CLEAN, "--format", "json", "-o", pipe)[0] == 0
    assert json.loads(reader.communicate(timeout=30)[0])["documents"]
    assert pipe.is_fifo()
    device = Path("/dev/null")
    assert run(capsys, "tables", CLEAN, "-o", device)[0] == 0
    assert device.is_char_device()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "pipe"]


def test_reviewed_counts_what_stands_after_the_review(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = ReviewSession.open(SHIXI, records=tmp_path / "records", reviewer="lw")
    session.accept_safe()
    session.save()
    session.close()
    code, out, _ = run(capsys, "check", SHIXI, "--reviewed", "--format", "json")
    (document,) = json.loads(out)["documents"]
    assert (code, document["findings"], document["outcomes"]["fail"]) == (0, [], 0)
    assert run(capsys, "check", SHIXI, "--reviewed", "--per-check")[0] == 0
    code, out, _ = run(capsys, "tables", SHIXI, "--reviewed", "--format", "json")
    assert "679.72" in out
    code, out, _ = run(capsys, "diff", SHIXI)
    assert code == 1
    assert "- 639.72" in out and "+ 679.72" in out
    _, out, _ = run(capsys, "stats", "--format", "json")
    assert "in_review" in out


def test_a_rule_that_finds_no_cells_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rule = '[[rule]]\nname = "{}"\nequation = "a >= 0"\n[rule.cells]\na = {{ form = "expenditure_summary", label = "{}" }}\n'
    rules = tmp_path / "rules.toml"
    rules.write_text(rule.format("met", "合计") + rule.format("idle", "合什"), encoding="utf-8")
    code, _, err = run(capsys, "check", CLEAN, "--rules", rules)
    assert code == 0
    assert err.splitlines() == ["workbench: the rule 'idle' found no cells in what was read"]


def test_every_keymap_is_checked_and_a_bad_one_hides_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.toml").write_text(
            f'extends = "default"\n[keys]\n"cell.{name}" = ["x"]\n', encoding="utf-8"
        )
    code, out, err = run(capsys, "keys", "check", tmp_path / "one.toml", "vim", tmp_path / "two.toml", "vmi")
    assert (code, out) == (2, "vim: good\n")
    assert "no command 'cell.one'" in err and "no command 'cell.two'" in err and "did you mean vim?" in err


def test_validation_looks_at_what_the_settings_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_KEYMAP", "vmi")
    code, _, err = run(capsys, "config", "validate")
    assert code == 2 and "there is no keymap 'vmi' (did you mean vim?)" in err
    monkeypatch.setenv("WORKBENCH_KEYMAP", "vim")
    monkeypatch.setenv("WORKBENCH_RULES", str(tmp_path / "none.toml"))
    code, _, err = run(capsys, "config", "validate")
    assert code == 2 and "none.toml" in err
