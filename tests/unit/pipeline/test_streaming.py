import json
from pathlib import Path

import pytest

from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf
from workbench.cli import main
from workbench.cli.reading import Reading
from workbench.model.table import Document
from workbench.pipeline import WorkerLimits, streaming
from workbench.sources import ReadLimits, read_source
from workbench.tables import parse


@pytest.fixture
def long_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(streaming, "LONG", 5)
    path = tmp_path / "long.pdf"
    path.write_bytes(ruled_pdf(random_disclosure(5)))
    return path


def grids(document: Document) -> list[tuple[str, list[list[str]]]]:
    return [(t.title, [[c.text for c in row] for row in t.header + t.rows]) for t in document.tables]


def test_a_long_document_gives_the_tables_that_a_whole_reading_gives(long_pdf: Path) -> None:
    whole = parse(read_source(long_pdf))
    long = streaming.long_document(long_pdf, ReadLimits(), WorkerLimits())
    assert long is not None
    assert (long.head.entity, long.head.fiscal_year) == (whole.entity, whole.fiscal_year)
    streamed = [(t.title, [[c.text for c in row] for row in t.header + t.rows]) for t in long.tables]
    assert streamed == grids(whole)


def test_tables_are_printed_as_json_while_they_come(long_pdf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tables", str(long_pdf), "--format", "json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["documents"]
    assert [t["title"] for t in entry["tables"]] == [title for title, _ in grids(parse(read_source(long_pdf)))]
    assert "read page by page" in entry["problems"][-1]["message"]


def test_a_table_that_does_not_come_in_time_ends_the_document_with_the_reason(
    long_pdf: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Reading, "_limits", lambda _: WorkerLimits(seconds=0.001))
    assert main(["tables", str(long_pdf), "--format", "json"]) == 2
    captured = capsys.readouterr()
    assert "within 0.001 s" in captured.err


def test_short_documents_and_other_formats_are_not_streamed(tmp_path: Path) -> None:
    path = tmp_path / "short.pdf"
    path.write_bytes(ruled_pdf(random_disclosure(5)))
    assert streaming.long_document(path, ReadLimits(), WorkerLimits()) is None
    text = tmp_path / "a.txt"
    text.write_text("合计 1.00\n" * 50_000, encoding="utf-8")
    assert streaming.long_document(text, ReadLimits(), WorkerLimits()) is None


class Hung:
    """The end of a pipe whose other end is gone."""

    def send(self, item: object) -> None:
        raise BrokenPipeError


def test_a_reader_whose_main_process_is_gone_ends_quietly(long_pdf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "limit_memory", lambda _: None)
    streaming._serve(Hung(), long_pdf, ReadLimits(), 0)  # type: ignore[arg-type]
