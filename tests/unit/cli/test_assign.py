"""`workbench assign`: who has what, said in the records."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.cli import main
from workbench.model.record import RecordedSource, Verdict
from workbench.records.index import read_index
from workbench.review import ReviewSession
from workbench.review.assigning import Assignable, shared_out

WRONG = "支出总表\n单位：万元\n科目编码  科目名称  合计  基本支出  项目支出\n205  教育支出  {0}  4.00  5.00\n      合计  {0}  4.00  5.00\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "docs").mkdir()
    for number in range(4):
        (tmp_path / "docs" / f"{number}.txt").write_text(WRONG.format(f"{9 + number}.00"), encoding="utf-8")


def holders() -> dict[str, str]:
    return {Path(record.source).name: record.assigned for record in read_index(Path("records")).records}


def run(*arguments: str) -> int:
    return main(["assign", "docs", "--reviewer", "科长", "--jobs", "1", *arguments])


def test_several_share_the_documents_and_whoever_has_one_keeps_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--to", "王芳", "--to", "李文") == 0
    first = holders()
    assert sorted(first.values()) == ["李文", "李文", "王芳", "王芳"]
    out = capsys.readouterr().out
    assert "reviewer" in out and all(name in out for name in (*first, "王芳", "李文"))
    (Path("docs") / "4.txt").write_text(WRONG.format("20.00"), encoding="utf-8")
    assert run("--to", "赵敏") == 0
    assert holders() == first | {"4.txt": "赵敏"}
    assert "somebody has already: 4" in capsys.readouterr().err
    assert run("--to", "赵敏", "--again") == 0
    assert set(holders().values()) == {"赵敏"}
    with ReviewSession.open(Path("docs") / "1.txt", records=Path("records"), reviewer="王芳") as session:
        session.set_note("见附件")
        session.save()
    assert run("--nobody") == 0
    assert holders() == {"1.txt": ""}, "records that say nothing are gone"
    assert [path.suffix for path in Path("records").iterdir()] == [".toml"]


def test_what_was_given_and_not_opened_yet_is_as_open_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    main(["stats", "docs", "--jobs", "1"])
    before = capsys.readouterr().out.splitlines()[1]
    assert before.startswith("3 findings open")
    run("--to", "王芳")
    capsys.readouterr()
    main(["stats", "docs", "--jobs", "1"])
    assert capsys.readouterr().out.splitlines()[1] == before
    main(["stats"])
    told = capsys.readouterr().out.splitlines()[1]
    assert told.startswith("4 documents were given to somebody and not opened yet")


def test_what_others_keep_in_the_same_folder_is_not_counted_with_the_documents_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("1.txt", "2.txt"):
        with ReviewSession.open(Path("docs") / name, records=Path("records"), reviewer="王芳") as session:
            session.decide(session.state.findings[0].finding.id, Verdict.WAIVED)
            session.save()
    main(["stats", "docs/1.txt", "--jobs", "1", "--format", "json"])
    figures = json.loads(capsys.readouterr().out)["figures"]
    assert figures["settled"] == 1 and [(each["documents"], each["settled"]) for each in figures["reviewers"]] == [
        (1, 1)
    ]


@pytest.mark.parametrize("arguments", [(), ("--to", " "), ("--to", "王芳", "--nobody")])
def test_it_must_be_said_to_whom(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = run(*arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == 2
    assert "--nobody" in capsys.readouterr().err
    assert not Path("records").exists()


def test_each_gets_about_as_much_to_settle() -> None:
    source = RecordedSource("", "", "", "", "", None, "")
    documents = [
        Assignable(source, f"{number}.pdf", count, "") for number, count in enumerate([1, 9, 1, 1, 4, 2, 0, 0])
    ]
    given = shared_out(documents, ["甲", "乙"])
    load = {name: sum(document.open for document, person in given if person == name) for name in ("甲", "乙")}
    assert load == {"甲": 9, "乙": 9}
    assert [document.path for document, _ in given] == [document.path for document in documents]
    assert sorted(shared_out(documents[::-1], ["甲", "乙"]), key=str) == sorted(given, key=str)
