import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.cli import main
from workbench.cli.arguments import build_parser, parse_arguments
from workbench.cli.parser import folded
from workbench.cli.text import cells_wide
from workbench.model.record import Verdict
from workbench.model.table import CellRef
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


def test_what_was_noticed_while_reading_is_said_once_by_all_commands(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "damaged.txt"
    damaged.write_bytes(SHIXI.read_bytes() + b"\xff\xff")
    said = "2 characters are damaged and shown as \ufffd"
    for command in ("tables", "check"):
        _, out, _ = run(capsys, command, damaged)
        assert out.count(said) == 1, command
        _, out, _ = run(capsys, command, damaged, "--format", "json")
        assert [problem["message"] for problem in json.loads(out)["documents"][0]["problems"]] == [said], command
    _, out, _ = run(capsys, "check", damaged, "--lang", "zh")
    assert "2 个字符已损坏" in out
    run(capsys, "export", damaged, "-o", "data")
    assert Path("data/documents.csv").read_text(encoding="utf-8-sig").count(said) == 1


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


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["chek", "a.pdf"], "invalid choice: 'chek'; did you mean check?"),
        (["check", "--pre-check", "a.pdf"], "unrecognized arguments: --pre-check; did you mean --per-check?"),
        (["tables", "--record=x", "--reviewd", "a.pdf"], "did you mean --reviewed"),
        (["config", "schema", "recrod"], "did you mean record?"),
    ],
)
def test_what_was_probably_meant_is_said(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    err = capsys.readouterr().err
    assert meant in err
    if arguments[0] != "chek":
        assert f"usage: workbench {arguments[0]}" in err, "beside the usage of the command that was called"


def test_what_is_printed_and_told_is_in_the_language_of_the_interface(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    _, out, _ = run(capsys, "check", "--lang", "zh", SHIXI)
    assert re.search(rf"{re.escape(str(SHIXI))}：问题 4 项（相符 \d+，", out) and "[稳妥, " in out and "另有 " in out
    _, _, err = run(capsys, "export", "--lang", "zh", SHIXI, "-o", tmp_path / "out.jsonl.zip", "--format", "sqlite")
    assert "已将 1 份文档写成 1 个文件" in err and "没有文件夹 records：此处尚未复核过" in err


def test_help_is_in_the_language_of_the_interface(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def helped(*arguments: str) -> str:
        with pytest.raises(SystemExit):
            main(list(arguments))
        return "".join(capsys.readouterr())

    assert "one finding for each failing check" in helped("check", "--help")
    chinese = helped("check", "--lang", "zh", "--help")
    assert "每项不符的核对各列一个问题" in chinese and "选项" in chinese and chinese.startswith("用法：")
    assert helped("check", "--lang=zh", "--help") == chinese
    monkeypatch.setenv("WORKBENCH_LANGUAGE", "zh")
    assert helped("check", "--help") == chinese
    assert "错误：缺少参数：PATH" in helped("check")
    assert "无法识别的参数：--per-chek；是否指 --per-check？" in helped("check", "--per-chek", "a.pdf")
    assert "参数 COMMAND 的值无效：'chek'；是否指 check？（可选" in helped("chek")


def test_help_begins_with_calls_that_the_command_takes() -> None:
    for name, command in next(a for a in build_parser()._actions if a.dest == "command").choices.items():
        head, _, _ = command.format_help().partition("positional arguments:")
        assert "\nexamples:\n  workbench " in head, name
        for example in command.examples:
            program, *arguments = example.split()
            assert program == "workbench" and build_parser().parse_args(arguments).command == name


def test_help_lists_the_options_of_a_command_before_those_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    text = next(a for a in build_parser()._actions if a.dest == "command").choices["check"].format_help()
    order = [text.index(f"\n  {option}") for option in ("--fail-on", "--jobs", "-q, --quiet")]
    assert order == sorted(order)


def test_everything_that_help_says_has_its_chinese() -> None:
    parser = build_parser()
    parser.speak("zh")
    for each in (parser, *parser._commands()):
        texts = [each.description, each.epilog, *(group.title for group in each._action_groups if group._group_actions)]
        texts += [action.help for action in each._actions]
        texts += [choice.help for action in each._actions for choice in getattr(action, "_choices_actions", ())]
        for text in filter(None, texts):
            assert any("一" <= character <= "鿿" for character in text), text
        assert max(cells_wide(line) for line in each.format_help().splitlines()) <= 100


def test_chinese_help_is_cut_beside_its_characters() -> None:
    assert folded("写到此处（NAME 为名称）。完", 10) == ["写到此处", "（NAME 为", "名称）。完"]
    assert folded("write it there", 8) == ["write it", "there"]
    assert folded("一二三。", 6) == ["一二", "三。"]


def test_what_every_command_takes_may_stand_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    _, before, narration = run(capsys, "-q", "--lang", "zh", "check", SHIXI)
    _, behind, _ = run(capsys, "check", "--lang", "zh", SHIXI)
    _, last, _ = run(capsys, "--lang", "en", "check", "--lang", "zh", SHIXI)
    assert before == behind == last and "核对不符" in before
    assert narration == ""


def test_per_check_lists_every_failing_check(capsys: pytest.CaptureFixture[str]) -> None:
    _, grouped, _ = run(capsys, "check", SHIXI, "--format", "json")
    _, single, _ = run(capsys, "check", SHIXI, "--format", "json", "--per-check")
    (causes,) = json.loads(grouped)["documents"]
    (checks,) = json.loads(single)["documents"]
    assert len(checks["findings"]) == checks["outcomes"]["fail"]
    assert len(causes["findings"]) < len(checks["findings"])
    assert {c["id"] for f in causes["findings"] for c in f["checks"]} == {f["id"] for f in checks["findings"]}


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("t99/0/0", f"there is no cell t99/0/0 in {SHIXI} (its tables: t01, t02,"),
        ("t03/99/0", f"there is no cell t03/99/0 in {SHIXI} (rows 0 to 10, columns 0 to 6)"),
        ("t03", "'t03' names no cell (write it as t03/8/2)"),
    ],
)
def test_explain_says_which_cells_there_are(cell: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", SHIXI, "--explain", cell)
    assert code == 2 and said in err


def test_explain_goes_on_after_a_document_without_the_cell(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "check", CLEAN, SHIXI, "--explain", "t06/20/3", "--format", "json")
    whole = run(capsys, "check", SHIXI, "--explain", "t06/20/3", "--format", "json")[1]
    assert (code, out) == (0, whole)
    assert err == "workbench: documents without a cell t06/20/3: 1\n"


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
    assert json.loads(reader.communicate()[0])["documents"]
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


def test_a_record_that_cannot_be_read_stops_no_other_and_exports_nothing_as_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for sample in (SHIXI, CLEAN):
        (docs / sample.name).write_bytes(sample.read_bytes())
    with ReviewSession.open(docs / SHIXI.name, records=tmp_path / "records", reviewer="lw") as session:
        session.accept_safe()
        record = session.save()
    record.write_text("<<<<<<< ours\n=======\n>>>>>>> theirs\n", encoding="utf-8")
    for arguments in (
        ["export", docs, "-o", "out"],
        ["diff", docs],
        ["check", docs, "--reviewed"],
        ["tables", docs, "--reviewed"],
    ):
        code, out, err = run(capsys, *arguments)
        assert code == 3 and "git left two versions in it" in err
        assert "shixi" not in out and ("songze" in out or arguments[0] == "export")
    assert "shixi" not in (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8-sig")


def test_two_reviewers_are_compared_and_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from workbench.model.record import Verdict

    for folder, reviewer in (("first", "lw"), ("second", "wf")):
        with ReviewSession.open(SHIXI, records=tmp_path / folder, reviewer=reviewer) as session:
            one, two, *_ = session.state.open_findings
            session.accept(one.finding.id)
            session.decide(two.finding.id, Verdict.WAIVED if folder == "first" else Verdict.SOURCE_ERROR)
            session.save()
    code, out, _ = run(capsys, "agree", "first", "second")
    assert code == 0 and "waived" in out and "source is wrong" in out and "lw" in out
    _, out, _ = run(capsys, "agree", "first", "second", "--lang", "zh")
    assert "已豁免" in out and "原文有误" in out and "waived" not in out
    code, _, err = run(capsys, "merge", "first", "second", "-o", "both")
    assert code == 1 and "ours 'waived', theirs 'source_error'" in err
    with ReviewSession.open(SHIXI, records=tmp_path / "both", reviewer="lead") as session:
        (conflict,) = session.state.conflicts
        session.settle(conflict, theirs=True)
        assert not session.state.conflicts
        session.save()
    code, _, err = run(capsys, "agree", "none", "second")
    assert code == 2 and "none: there is no such record" in err
    assert run(capsys, "merge", *("abcd"))[0] == 2
    for files in (["first"], ["first", "first/none.toml"]):
        code, _, err = run(capsys, "merge", *files)
        assert code == 2 and "first is a folder: it is merged with one other folder" in err


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


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="this system has no pseudo-terminals")
def test_review_says_so_where_it_could_not_be_seen() -> None:
    """The app is drawn on standard error, which `2>log` leads elsewhere."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "workbench", "review"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(theirs)
    os.close(ours)
    assert result.returncode == 2
    assert b"does not lead to the terminal" in result.stderr and b"leave out `2>`" in result.stderr


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Puts bytes on standard input."""
    return lambda content: monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))


def test_standard_input_is_named_by_its_dash_wherever_it_lies_meanwhile(
    given: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("tables", "check", "diff"):
        given(CLEAN.read_bytes())
        _, told, _ = run(capsys, command, "-", "--format", "json")
        assert json.loads(told)["documents"][0]["path"] == "-"
        assert "standard-input" not in told and str(Path(tempfile.gettempdir())) not in told
    given(b"")
    code, _, err = run(capsys, "check", "-")
    assert (code, err) == (2, "workbench: -: is empty (the download may have failed; fetch it again)\n")


def test_tables_go_from_one_command_into_the_next(
    given: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(run(capsys, "tables", CLEAN, SHIXI, "--format", "json")[1].encode())
    checked = json.loads(run(capsys, "check", "-", "--format", "json")[1])
    assert [document["path"] for document in checked["documents"]] == ["-!0", "-!1"]
    assert [document["entity"] for document in checked["documents"]] == ["松泽县财政局", "石溪县医疗保障局"]
    edits = {
        edit["after"]
        for finding in checked["documents"][1]["findings"]
        for suggestion in finding["suggestions"][:1]
        for edit in suggestion["edits"]
    }
    assert {"679.72", "616.11", "3.10"} <= edits


def test_an_export_says_how_many_documents_are_copies(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(SHIXI.read_bytes())
    code, _, err = run(capsys, "export", tmp_path, "-o", tmp_path / "out", "--format", "jsonl")
    assert code == 0 and "documents with the content of another one: 1" in err
    documents = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").open(encoding="utf-8")]
    assert [Path(document["duplicate_of"]).name for document in documents] == ["", "a.txt"]


def test_a_record_whose_document_is_gone_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("here.txt", "gone.txt"):
        (tmp_path / name).write_bytes(SHIXI.read_bytes() + name.encode())
        with ReviewSession.open(tmp_path / name, records=tmp_path / "records", reviewer="lw") as session:
            session.flag(CellRef("t01", 0, 0))
            session.save()
    (tmp_path / "gone.txt").unlink()
    _, out, err = run(capsys, "stats", tmp_path, "--format", "json")
    (stray,) = json.loads(out)["without_document"]
    assert Path(stray).name.startswith("gone.")
    assert f"{stray}: is about {tmp_path / 'gone.txt'}, which was not among what was read" in err
    assert json.loads(run(capsys, "stats", "--format", "json")[1])["without_document"] == []


def test_a_line_break_in_a_name_breaks_no_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\nb.txt"
    path.write_bytes(CLEAN.read_bytes())
    (first,) = run(capsys, "check", path)[1].splitlines()
    assert "a\\nb.txt: 0 findings" in first
    assert json.loads(run(capsys, "check", path, "--format", "json")[1])["documents"][0]["path"] == str(path)


def test_standard_input_named_twice_is_read_once(
    given: Callable[[bytes], None], capsys: pytest.CaptureFixture[str]
) -> None:
    given(SHIXI.read_bytes())
    code, out, err = run(capsys, "check", "-", "-", "-q")
    assert code == 1 and out.startswith("-: ") and not err


def test_streams_that_are_closed_or_full_end_in_a_sentence() -> None:
    def shell(line: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        line = line.format(f"{sys.executable} -m workbench")
        return subprocess.run(line, shell=True, capture_output=True, text=True, env=environment, check=False)  # noqa: S602

    # A command that starts workers, which inherit the streams.
    assert shell(f"{{}} check {CLEAN} >&- 2>&-").returncode == 0
    closed = shell("{} check - <&-")
    assert closed.returncode == 2 and "-: is empty" in closed.stderr
    if Path("/dev/full").exists():
        full = shell("{} keys list >/dev/full")
        assert (full.returncode, full.stderr) == (2, "workbench: standard output: No space left on device\n")


def test_output_that_nobody_reads_to_its_end_is_neither_clean_nor_findings() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "workbench", "keys", "list"]
    ran = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, cwd=ROOT, check=False)
    os.close(writer)
    assert (ran.returncode, ran.stderr) == (141, b"")


def test_a_pipe_that_is_named_is_told_to_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    code, _, err = run(capsys, "check", "pipe", CLEAN)
    assert code == 3 and "pipe: is a pipe (save it as a file first, or hand it to standard input and write -)" in err


def test_a_dash_is_standard_output_and_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", CLEAN, "-o", "-")
    assert code == 0 and "songze" in out
    code, _, err = run(capsys, "export", CLEAN, "-o", "-")
    assert code == 2 and "name a file or a folder" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("given", [(), ("-q",), ("--lang", "zh")])
def test_without_a_command_it_says_what_there_is(capsys: pytest.CaptureFixture[str], given: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(capsys, *given)
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "") and "completion" in err
    assert ("在终端中复核文档" if given[1:] else "review documents in the terminal") in err


@pytest.mark.parametrize(
    ("given", "verify"),
    [("--verify a.pdf", "always"), ("a.pdf --verify", "always"), ("--verify auto a.pdf", "auto"), ("a.pdf", None)],
)
def test_verify_alone_takes_no_path_for_its_value(given: str, verify: str | None) -> None:
    options = parse_arguments(["check", *given.split()])
    assert (options.paths, options.verify) == (["a.pdf"], verify)


def test_a_note_of_several_lines_is_told_apart_from_what_stands_around_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ReviewSession.open(SHIXI, records=tmp_path / "records", reviewer="王芳") as session:
        session.decide(session.state.findings[0].finding.id, Verdict.SOURCE_ERROR, note="与附表不符\n  + 待函询")
        session.save()
    _, out, _ = run(capsys, "diff", SHIXI)
    assert out.splitlines()[-2:] == ["    # 与附表不符", "    #   + 待函询"]


def test_options_are_held_to_what_settings_are(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "check", CLEAN, "--jobs", "-1")
    assert code == 2 and "jobs is -1, which is negative" in err


def test_a_folder_of_records_that_is_not_there_is_not_taken_for_one_without_reviews(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["export", CLEAN, "-o", "out"], ["diff", CLEAN], ["tables", CLEAN, "--reviewed"], ["check", CLEAN, "--reviewed"],
        ["suggest", CLEAN, "--reviewed"], ["stats"],
    ):  # fmt: skip
        code, out, err = run(capsys, *command, "--records", "recrods")
        assert (code, out) == (2, "") and "recrods: there is no such folder of records" in err
    assert not list(tmp_path.iterdir())
    code, _, err = run(capsys, "export", CLEAN, "-o", "out")
    assert code == 0 and "there is no folder records: nothing has been reviewed from here yet" in err


def test_an_export_of_nothing_leaves_the_one_before(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "export", CLEAN, "-o", "out")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, _, err = run(capsys, "export", "nowhere", "-o", "out")
    assert code == 2 and "nowhere" in err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_fault_of_the_program_does_not_look_like_findings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TypeError("a bug")

    monkeypatch.setattr("workbench.cli.documents.Reading", broken)
    code, _, err = run(capsys, "check", CLEAN)
    assert code == 70 and len(err.splitlines()) == 1 and "TypeError: a bug" in err
    code, _, err = run(capsys, "check", CLEAN, "--verbose")
    assert code == 70 and "Traceback" in err


def test_a_job_that_is_ended_from_outside_leaves_nothing_half_written(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.txt").write_bytes(SHIXI.read_bytes())
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WORKBENCH_CACHE_MEGABYTES": "0"}
    never_the_second = (
        "import sys, threading; from workbench.cli import main; from workbench.export.delimited import CsvWriter;"
        "add = CsvWriter.add;"
        "CsvWriter.add = lambda *part: (add(*part), print('written', flush=True), threading.Event().wait());"
        "sys.exit(main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", never_the_second, "export", str(tmp_path), "-o", str(tmp_path / "out")]
    job = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert job.stdout is not None and job.stdout.readline() == "written\n"
    assert list(tmp_path.glob("out/.tables.*/*.csv"))
    job.terminate()
    _, err = job.communicate()
    assert job.returncode == 143 and "Traceback" not in err
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".txt"]


def test_the_explanation_of_a_cell_is_data_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", SHIXI, "--explain", "t03/9/2", "--format", "json")
    data = json.loads(out)
    (document,) = data["documents"]
    assert (code, data["schema"], document["cell"]["printed"]) == (0, "workbench.explanation/1", "639.72")
    assert {"row_sum", "cross_table"} <= {check["rule"] for check in document["checks"]}


@pytest.mark.parametrize(("shell", "check"), [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish -n")])
def test_completion_names_every_command_and_option(
    shell: str, check: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, script, _ = run(capsys, "completion", shell)
    assert code == 0
    for word in ("export", "datapackage", "reviewed", "contrast", "settings"):
        assert word in script
    (tmp_path / "script").write_text(script, encoding="utf-8")
    if shutil.which(shell):
        subprocess.run([*check.split(), str(tmp_path / "script")], check=True)


def test_completion_in_bash_offers_what_comes_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash here")
    (tmp_path / "script").write_text(run(capsys, "completion", "bash")[1], encoding="utf-8")

    def offered(*words: str) -> list[str]:
        given = f'source ./script; COMP_WORDS=({" ".join(words)}); COMP_CWORD={len(words) - 1}; _workbench; echo "${{COMPREPLY[@]}}"'
        return subprocess.run(["bash", "-c", given], capture_output=True, text=True, check=True).stdout.split()

    assert offered("workbench", "exp") == ["export"]
    assert offered("workbench", "export", "--on") == ["--only-done"]
    assert offered("workbench", "export", "--format", "x") == ["xlsx"]
    assert offered("workbench", "config", "sch") == ["schema"]


@pytest.mark.parametrize(
    ("again", "code"),
    [
        ("cli._say = lambda text: (told(text), interrupt())", 130),
        ("from workbench.cli import configuration; configuration.run_config = lambda options: 0", 0),
        ("cli.parse_arguments = lambda arguments: interrupt()", 130),
    ],
    ids=["while it says so", "when all is done", "at the very beginning"],
)
def test_ctrl_c_at_any_moment_ends_in_order(again: str, code: int) -> None:
    program = (
        "import os, signal, sys, workbench.cli as cli; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "interrupt = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "from workbench.cli import configuration; configuration.run_config = interrupt\n"
        f"told = cli._say; sys.argv = ['workbench', 'config']; {again}\n"
        "code = cli.main(); interrupt(); sys.exit(code)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (code, "workbench: interrupted\n" if code else "")


def test_what_a_reader_noticed_is_printed_and_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "budget.pdf"
    path.write_bytes(SHIXI.read_bytes())
    _, out, _ = run(capsys, "tables", path)
    assert "! is text in spite of its name, which promises pdf" in out
    run(capsys, "export", path, "-q", "-o", tmp_path / "out")
    assert "is text in spite of its name" in (tmp_path / "out" / "documents.csv").read_text(encoding="utf-8-sig")
