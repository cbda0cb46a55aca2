"""What exports and reports wrote is no document, wherever it lies; named itself it is read like any other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.cli import main
from workbench.export.rows import LISTS
from workbench.model.own_marks import SHEETS_OF_AN_EXPORT
from workbench.sources import find_sources

SAMPLE = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, tmp_path / "a.txt")
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ("export", ".", "-o", "out.xlsx", "--format", "xlsx"),
        ("export", ".", "-o", "out"),
        ("export", ".", "-o", "package", "--format", "datapackage"),
        ("export", ".", "-o", ".", "--format", "csv"),
        ("report", ".", "-o", "case.docx", "--format", "docx"),
        ("report", ".", "-o", "case.html", "--format", "html"),
        ("report", ".", "-o", "case.md"),
        ("check", ".", "-o", "findings.json", "--format", "json"),
    ],
    ids=lambda words: " ".join(words[2:]),
)
def test_what_was_written_among_documents_is_none_of_them(command: tuple[str, ...], folder: Path) -> None:
    assert main([*command, "-q"]) in (0, 1)
    assert len(list(folder.rglob("*"))) > 1
    found, problems = find_sources([Path()])
    assert [path.name for path in found] == ["a.txt"] and not problems


def test_a_program_that_saves_it_and_names_itself_makes_no_document_of_it(folder: Path) -> None:
    from docx import Document
    from openpyxl import load_workbook

    main(["export", ".", "-o", "out.xlsx", "--format", "xlsx", "-q"])
    main(["report", ".", "-o", "case.docx", "--format", "docx", "-q"])
    book = load_workbook(folder / "out.xlsx")
    assert set(book.sheetnames) >= SHEETS_OF_AN_EXPORT == set(LISTS)
    book.properties.creator = "李文"
    book.save(folder / "out.xlsx")
    report = Document(str(folder / "case.docx"))
    report.core_properties.author = "李文"
    report.paragraphs[0].insert_paragraph_before("致：青禾县财政局")
    report.save(str(folder / "case.docx"))
    assert [path.name for path in find_sources([Path()])[0]] == ["a.txt"]


def test_named_itself_it_is_read(folder: Path) -> None:
    main(["report", ".", "-o", "case.docx", "--format", "docx", "-q"])
    assert find_sources([Path("case.docx")])[0] == [Path("case.docx")]


def test_a_list_that_lies_alone_is_a_document(folder: Path) -> None:
    (folder / "figures.csv").write_text("科目,合计\n教育支出,1.00\n", encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 and no more")
    assert [path.name for path in find_sources([Path()])[0]] == ["a.txt", "broken.docx", "figures.csv"]
