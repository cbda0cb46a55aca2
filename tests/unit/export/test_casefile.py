"""The case file of a review: what was found, what was decided, by whom and when, and the proof, in every format."""

from __future__ import annotations

import io
import json
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.reviewing import Clock
from workbench.cli import main
from workbench.export.case_writers import pieces
from workbench.export.casefile import CaseFile
from workbench.model.edit import DeleteRows, SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef
from workbench.pipeline import analyse
from workbench.review import ReviewSession
from workbench.review.casefile import case_of

HOSTILE = "<b>原文*如此*</b> | [x](y)\n# 标题"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def written(expenditure: str = "9.00", projects: str = "5.00") -> Path:
    """A document with two things that do not add up, in two tables."""
    header = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    tables = [
        {
            "title": "支出总表", "form": "expenditure_summary", "unit": "万元", "header": header,
            "rows": [["205", "教育支出", expenditure, "4.00", projects], ["", "合计", "9.00", "4.00", "5.00"]],
        },
        {
            "title": "政府性基金预算支出表", "form": "government_fund", "unit": "万元", "header": header,
            "rows": [["212", "城乡社区支出", "3.00", "1.00", "1.00"]],
        },
    ]  # fmt: skip
    path = Path("青禾县教育局.json")
    entry = {"entity": "青禾县教育局", "fiscal_year": 2031, "report": "budget", "unit": "万元", "tables": tables}
    path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    return path


def reviewed(path: Path, *, done: bool = False) -> None:
    with ReviewSession.open(path, records=Path("records"), reviewer="李文", clock=Clock()) as session:
        session.apply((SetCell(CellRef("t01", 0, 2), "8.00", "9.00"),), note="扫描件模糊")
        (finding,) = session.state.open_findings
        session.decide(finding.finding.id, Verdict.SOURCE_ERROR, note=HOSTILE)
        session.flag(CellRef("t02", 0, 2), note="请核对原件")
        if done:
            session.set_status(ReviewStatus.DONE)
        session.save()


def case(path: Path, language: str = "en") -> CaseFile:
    analysis = analyse(path)
    session = ReviewSession.open(path, records=Path("records"), reviewer="", analysis=analysis, read_only=True)
    return case_of(analysis, session.state, language)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_change_of_shape_is_told_without_the_marks_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    path = written()
    with ReviewSession.open(path, records=Path("records"), reviewer="李文", clock=Clock()) as session:
        session.apply((DeleteRows("t01", 1, (("", "合计", "9.00", "4.00", "5.00"),)),))
        session.apply((SetCell(CellRef("t01", 0, 1), "教育支出", '{"a": 1}'),))
        session.save()
    told = run(capsys, "diff", path)[1]
    assert "    + row 1, before  合计 9.00 4.00 5.00" in told and '    + {"a": 1}' in told
    reported = run(capsys, "report", path)[1]
    assert "row 1, before  合计 9.00 4.00 5.00" in reported and "before: " not in reported
    assert json.loads(run(capsys, "diff", path, "--format", "json")[1])["documents"][0]["changes"][0]["after"][0] == "{"


def test_each_finding_says_what_was_decided_by_whom_and_what_holds_now() -> None:
    path = written(expenditure="8.00")
    reviewed(path)
    found = case(path)
    corrected, ruled = found.findings
    assert (corrected.standing, ruled.standing) == ("corrected", "source_error")
    assert [(step.before, step.after, step.by, step.note) for step in corrected.steps] == [
        ("8.00", "9.00", "李文", "扫描件模糊")
    ]
    assert {outcome for outcome, _ in corrected.proof} == {"pass"}
    assert any("9.00" in text for _, text in corrected.proof)
    assert {outcome for outcome, _ in ruled.proof} == {"fail"}
    total = next(cell for cell in corrected.cells if cell.ref == "t01/0/2")
    assert (total.table, total.label, total.printed, total.now) == ("支出总表", "205 教育支出 · 合计", "8.00", "9.00")
    assert found.before["fail"] > found.document.failing > 0
    assert found.notes[0].startswith("t02/0/2 · 请核对原件 · 李文")
    assert found.others == ()


def test_a_finding_that_nobody_settled_is_open_and_one_without_record_too() -> None:
    assert [finding.standing for finding in case(written(expenditure="8.00")).findings] == ["open", "open"]


def test_a_ruling_that_a_new_reading_leaves_without_its_finding_is_told_as_such(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = written(expenditure="8.00")
    reviewed(path)
    fund = json.loads(path.read_text("utf-8"))
    fund["tables"][1]["rows"][0][4] = "2.00"
    path.write_text(json.dumps(fund, ensure_ascii=False), encoding="utf-8")
    found = case(path)
    assert [(finding.standing, finding.rule) for finding in found.findings if finding.cells[0].ref[:3] == "t01"]
    assert [(step.kind, step.applied) for step in found.others] == [("source_error", False)]
    assert found.earlier and found.earlier[0] != found.document.sha256
    _, out, _ = run(capsys, "report", path)
    assert "does not hold any more" in out
    _, out, _ = run(capsys, "diff", path)
    assert "no longer holds: its finding is gone, or has other figures" in out


def test_the_markdown_shows_the_texts_of_people_and_documents_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    path = written(expenditure="8.00")
    reviewed(path)
    code, out, _ = run(capsys, "report", path)
    assert code == 0, "nothing is open"
    assert "# Review case file: 青禾县教育局 2031" in out
    assert "| year | 2031 |" in out.lower()
    assert "Finding 1: corrected" in out and "Finding 2: the document is wrong" in out
    assert r"\<b>原文\*如此\*\</b> \| \[x\](y)<br>\# 标题" in out
    assert "| 支出总表 (t01/0/2) | 1 | 205 教育支出 · 合计 | 8.00 | 9.00 |" in out
    assert "| correction | 205 教育支出 · 合计 | 8.00 → 9.00 | 李文 |" in out
    assert "- holds: 《支出总表》" in out
    _, out, _ = run(capsys, "report", path, "--lang", "zh")
    assert "复核案卷" in out and "裁定：原文有误" in out and "corrected" not in out


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_page_and_the_word_document_hold_the_same_and_no_markup_of_the_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from docx import Document

    path = written(expenditure="8.00")
    reviewed(path)
    page = _Texts()
    page.feed("".join(pieces([case(path)], "html", "en")))
    assert "b" not in page.tags
    assert any(text.startswith("<b>原文*如此*</b>") for text in page.texts)
    assert run(capsys, "report", path, "--format", "docx", "-o", "case.docx")[0] == 0
    document = Document("case.docx")
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert HOSTILE in cells and "8.00 → 9.00" in cells
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert headings[0] == "Review case file: 青禾县教育局 2031"


def test_word_takes_whatever_stands_in_a_document_and_needs_no_library(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from docx import Document

    path = written(expenditure="8.00")
    path.write_text(path.read_text("utf-8").replace("教育支出", "教育支出\\u0001\\u001b[31m\\ufffe"), encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "docx", None)
        assert run(capsys, "report", path, path, "--format", "docx", "-o", "case.docx")[0] == 1
    text = "\n".join(cell.text for table in Document("case.docx").tables for row in table.rows for cell in row.cells)
    assert "教育支出\ufffd\ufffd[31m\ufffd" in text


def test_open_findings_exit_1_and_word_needs_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    path = written(expenditure="8.00")
    code, out, err = run(capsys, "report", path)
    assert code == 1 and "Nobody has settled it." in out
    code, out, err = run(capsys, "report", path, "--format", "docx")
    assert (code, out) == (2, "") and "name a file with -o" in err
    Path("records").mkdir()
    code, out, _ = run(capsys, "report", path, "--only-done")
    assert (code, out) == (0, "")
    reviewed(path, done=True)
    assert "done" in run(capsys, "report", path, "--only-done")[1]


def test_a_report_that_is_broken_off_leaves_the_one_before(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(expenditure="8.00")
    Path("case.md").write_text("the one before", encoding="utf-8")

    def fails(*_: object) -> CaseFile:
        raise KeyboardInterrupt

    monkeypatch.setattr("workbench.cli.reading.Reading.surveyed", fails)
    assert run(capsys, "report", path, "-o", "case.md")[0] == 130
    assert Path("case.md").read_text(encoding="utf-8") == "the one before"
    assert [each.name for each in Path().iterdir() if ".part" in each.name] == []


def test_a_document_without_findings_says_so() -> None:
    path = written()
    data = json.loads(path.read_text("utf-8"))
    del data["tables"][1]
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    out = io.StringIO()
    out.writelines(pieces([case(path)], "md", "en"))
    assert "Nothing was found that does not add up." in out.getvalue()


@pytest.mark.parametrize(("most", "said"), [(2, ["cells not listed here: 1"]), (3, [])])
def test_cells_that_are_left_out_of_a_long_finding_are_counted(
    most: int, said: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written()
    (finding,) = case(path).findings
    assert len(finding.cells) == 3
    monkeypatch.setattr("workbench.export.case_blocks._MOST_CELLS", most)
    _, out, _ = run(capsys, "report", path)
    assert [line for line in out.splitlines() if "not listed" in line] == said


def test_several_case_files_end_in_an_overview_with_the_errors_of_the_documents(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written()
    with ReviewSession.open(path, records=Path("records"), reviewer="李文", clock=Clock()) as session:
        finding = session.state.open_findings[0].finding
        session.decide(finding.id, Verdict.SOURCE_ERROR, note="原件 | 如此")
        session.save()
    _, alone, _ = run(capsys, "report", path)
    assert "All documents" not in alone
    other = path.with_name("松泽县教育局.json")
    other.write_text(path.read_text(encoding="utf-8").replace("青禾县", "松泽县"), encoding="utf-8")
    _, text, _ = run(capsys, "report", path, other)
    overview = text[text.index("# All documents") :]
    lines = [line for line in overview.splitlines() if line.startswith("|")]
    found = len(case(path).findings)
    assert lines[4].startswith(f"| all: 2 |  |  |  |  | {2 * found} | 0 | 1 | 0 | {2 * found - 1} |")
    assert overview.count("原件 \\| 如此") == 1 and finding.message.en[:10] in overview
    run(capsys, "report", path, other, "--format", "html", "-o", tmp_path / "all.html", "--lang", "zh")
    assert "原文错误清单" in (tmp_path / "all.html").read_text(encoding="utf-8")
    code, _, _ = run(capsys, "report", path, other, "--format", "docx", "-o", tmp_path / "all.docx")
    assert code == 1 and (tmp_path / "all.docx").stat().st_size
