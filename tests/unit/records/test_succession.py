"""A review goes on when its file is renamed, moved, copied or published anew, and says so."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reviewing import SHA, Clock, StandIn, document
from workbench.errors import RecordLockedError
from workbench.model.edit import SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import Cell, CellRef, Document
from workbench.records.codec.record import decode, encode
from workbench.records.index import read_index, summary_for
from workbench.review import ReviewSession

TOTAL_205 = CellRef("t01", 3, 2)
OPEN_20103 = "row_sum:支出总表 t01-20103-政府办公厅事务"
ANEW = "7a" * 32


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def opened(name: str, parsed: Document | None = None, **options: object) -> ReviewSession:
    analyst = StandIn(parsed or document(slip=True))
    return ReviewSession.open(
        Path(name), records=Path("records"), reviewer="李文", clock=Clock(), analyst=analyst, **options
    )


def reviewed(name: str = "青禾县教育局.txt") -> Path:
    """A saved review of a file that is there: one total corrected, one finding ruled on."""
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("青禾县", encoding="utf-8")
    with opened(name) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        session.decide(OPEN_20103, Verdict.SOURCE_ERROR)
        return session.save()


def texts(session: ReviewSession) -> str:
    return " ".join(message.en for message in session.state.messages)


def records() -> list[str]:
    return sorted(path.name for path in Path("records").iterdir())


def test_a_renamed_file_keeps_its_review_and_its_record_takes_the_new_name() -> None:
    old = reviewed()
    os.rename("青禾县教育局.txt", "2031年预算.txt")
    with opened("2031年预算.txt", read_only=True) as session:
        assert session.state.document.cell(TOTAL_205).text == "30.00" and not session.state.open_findings
    assert old.exists()
    with opened("2031年预算.txt") as session:
        assert "this file was reviewed as 青禾县教育局.txt; its review goes on here, steps: 2" in texts(session)
        assert old.exists()
        assert decode(session.save().read_text("utf-8")).source.path == "2031年预算.txt"
    assert records() == ["2031年预算.5e1f5e1f.toml"]
    with opened("2031年预算.txt") as session:
        assert not session.state.messages and session.state.can_undo


def test_a_file_that_was_moved_is_looked_for_where_it_is_now(tmp_path: Path) -> None:
    record = reviewed("inbox/budget.txt")
    Path("archive").mkdir()
    os.rename("inbox/budget.txt", "archive/budget.txt")
    with opened("archive/budget.txt") as session:
        session.set_note("moved")
        assert session.save() == record
    assert decode(record.read_text("utf-8")).source.path == "archive/budget.txt"
    with opened("archive/budget.txt", document(slip=True, sha256=ANEW)) as session:
        assert len(session.state.record.actions) == 2


def test_a_path_that_still_leads_there_is_not_written_over() -> None:
    record = reviewed("inbox/budget.txt")
    with opened(str(Path("inbox/budget.txt").absolute())) as session:
        session.set_note("from elsewhere")
        session.save()
    assert decode(record.read_text("utf-8")).source.path == "inbox/budget.txt"


def test_a_copy_begins_with_the_review_and_the_original_keeps_it() -> None:
    reviewed()
    Path("copy.txt").write_text("青禾县", encoding="utf-8")
    with opened("copy.txt") as session:
        assert not session.state.open_findings
        session.save()
    assert records() == ["copy.5e1f5e1f.toml", "青禾县教育局.5e1f5e1f.toml"]


def test_a_file_published_anew_keeps_what_still_holds_and_says_what_it_was() -> None:
    reviewed()
    changed = document(slip=True, sha256=ANEW)
    with opened("青禾县教育局.txt", changed) as session:
        assert "the file was changed since it was reviewed (5e1f5e1f → 7a7a7a7a); its review goes on" in texts(session)
        assert session.state.document.cell(TOTAL_205).text == "30.00" and not session.state.open_findings
        source = decode(session.save().read_text("utf-8")).source
    assert (source.sha256, source.earlier) == (ANEW, (SHA,))
    assert records() == ["青禾县教育局.7a7a7a7a.toml"]


def test_a_review_that_was_done_is_open_again_where_the_file_has_other_figures() -> None:
    reviewed()
    with opened("青禾县教育局.txt") as session:
        session.set_status(ReviewStatus.DONE)
        session.save()
    same = document(slip=True, sha256=ANEW)
    with opened("青禾县教育局.txt", same, read_only=True) as session:
        assert session.state.record.status is ReviewStatus.DONE
    other = document(tables=(same.tables[0].with_cell(1, 2, Cell("9.00")), same.tables[1]), sha256=ANEW)
    with opened("青禾县教育局.txt", other) as session:
        assert [item.stale for item in session.state.open_findings] == [True]
        assert session.state.record.status is ReviewStatus.IN_REVIEW
        session.save()
    assert decode(next(Path("records").glob("*.toml")).read_text("utf-8")).status is ReviewStatus.IN_REVIEW


def test_a_place_used_again_for_another_year_begins_anew() -> None:
    reviewed()
    from dataclasses import replace

    with opened("青禾县教育局.txt", replace(document(slip=True, sha256=ANEW), fiscal_year=2032)) as session:
        assert not session.state.record.actions
        session.save()
    assert records() == ["青禾县教育局.5e1f5e1f.toml", "青禾县教育局.7a7a7a7a.toml"]


def test_a_file_of_the_same_name_elsewhere_is_another_one() -> None:
    reviewed("2030/budget.txt")
    Path("2031").mkdir()
    Path("2031/budget.txt").write_text("青禾县", encoding="utf-8")
    with opened("2031/budget.txt", document(slip=True, sha256=ANEW)) as session:
        assert not session.state.record.actions


def test_steps_that_were_not_saved_come_along_and_survive_another_crash() -> None:
    reviewed()
    session = opened("青禾县教育局.txt")
    session.set_note("only in the journal")
    session.close()
    os.rename("青禾县教育局.txt", "new.txt")
    with opened("new.txt") as session:
        assert session.state.record.note == "only in the journal"
        session.flag(TOTAL_205, "look")
    with opened("new.txt") as session:
        assert session.state.record.note == "only in the journal"
        assert [flag.note for flag in session.state.flags] == ["look"]
        session.save()
    assert records() == ["new.5e1f5e1f.toml"]


def test_a_review_that_someone_is_at_is_not_carried_away() -> None:
    reviewed()
    with opened("青禾县教育局.txt"):
        os.rename("青禾县教育局.txt", "new.txt")
        with pytest.raises(RecordLockedError, match="青禾县教育局"):
            opened("new.txt")
    with opened("new.txt") as session:
        assert not session.state.open_findings
    assert not list(Path("records").glob("*.lock"))


def test_the_list_of_documents_says_what_opening_will_show() -> None:
    reviewed()
    os.rename("青禾县教育局.txt", "new.txt")
    summary = summary_for(Path("records"), "new.txt", SHA, "青禾县教育局", 2031)
    assert summary is not None and (summary.corrections, summary.open) == (1, 0)
    assert summary_for(Path("records"), "other.txt", ANEW, "青禾县教育局", 2031) is None


def test_a_damaged_record_of_the_same_name_hides_nothing_and_stops_nothing() -> None:
    old = reviewed()
    Path("records/青禾县教育局.00000000.toml").write_text("<<<<<<< ours", encoding="utf-8")
    os.rename("青禾县教育局.txt", "new.txt")
    with opened("new.txt") as session:
        assert not session.state.open_findings
    assert old.exists() and len(read_index(Path("records")).problems) == 1


def test_many_files_of_one_name_do_not_make_each_other_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of bodies publish a budget.pdf each: none of their records is read whole to open another's."""
    from workbench.records import succession

    for number in range(30):
        sha = f"{number:02x}" * 32
        with opened(f"{number}/budget.txt", document(slip=True, sha256=sha)) as session:
            session.save()
    read: list[Path] = []
    load = succession.RecordStore.load

    def counted(store: succession.RecordStore, path: Path) -> object:
        read.append(path)
        return load(store, path)

    monkeypatch.setattr(succession.RecordStore, "load", counted)
    for number in range(30, 40):
        opened(f"{number}/budget.txt", document(slip=True, sha256=f"{number:02x}" * 32), read_only=True)
    assert len(set(read)) == 10 and len(read) == 10


TABLE = {"title": "收入总表", "form": "income_summary", "unit": "万元", "header": [["项目", "预算数"]]}


def entry(name: str, total: str = "9.00", report: str = "budget") -> dict[str, object]:
    """A document of a tables file, with a total that its parts do not make if it is not 8.00."""
    rows = [["财政拨款收入", "5.00"], ["事业收入", "3.00"], ["合计", total]]
    return {"entity": name, "fiscal_year": 2031, "report": report, "tables": [TABLE | {"rows": rows}]}


def tables_file(*entries: dict[str, object]) -> None:
    Path("tables.json").write_text(json.dumps({"documents": entries}, ensure_ascii=False), encoding="utf-8")


def in_tables_file(number: int, *, read_only: bool = False) -> ReviewSession:
    name = Path(f"tables.json!{number}") if number >= 0 else Path("tables.json")
    return ReviewSession.open(name, records=Path("records"), reviewer="李文", clock=Clock(), read_only=read_only)


def correct_in_tables_file(number: int) -> None:
    with in_tables_file(number) as session:
        session.apply((SetCell(CellRef("t01", 2, 1), "9.00", "8.00"),))
        session.save()


def totals_of_tables_file(count: int) -> list[str]:
    found = []
    for number in range(count):
        with in_tables_file(number, read_only=True) as session:
            found.append(session.state.document.cell(CellRef("t01", 2, 1)).text)
    return found


def test_a_document_of_a_tables_file_keeps_its_review_wherever_it_stands_in_it() -> None:
    school, clinic, park = entry("青禾县小学"), entry("青禾县医院"), entry("青禾县公园")
    tables_file(school, clinic)
    correct_in_tables_file(1)
    tables_file(park, clinic, school)
    assert totals_of_tables_file(3) == ["9.00", "8.00", "9.00"]
    tables_file(clinic, park, school)
    assert totals_of_tables_file(3) == ["8.00", "9.00", "9.00"]
    with in_tables_file(0) as session:
        session.save()
    assert [name[:8] for name in records()] == ["tables!0"], "the record goes with it"
    tables_file(clinic)
    with in_tables_file(-1, read_only=True) as session:
        assert session.state.document.cell(CellRef("t01", 2, 1)).text == "8.00"


def test_a_document_of_a_tables_file_that_moved_and_was_extracted_anew_is_known_by_body_year_and_kind() -> None:
    clinic = entry("青禾县医院")
    tables_file(entry("青禾县小学"), clinic)
    correct_in_tables_file(1)
    anew = entry("青禾县医院") | {"unit": "万元"}
    tables_file(anew, entry("青禾县小学"), entry("青禾县医院", report="final_account"))
    assert totals_of_tables_file(3) == ["8.00", "9.00", "9.00"], "the final account is another document"
    with in_tables_file(0) as session:
        assert "the file was changed since it was reviewed" in texts(session)


def test_documents_of_one_body_and_year_in_a_tables_file_do_not_take_each_others_reviews() -> None:
    tables_file(entry("青禾县医院"), entry("青禾县医院", "7.00"))
    correct_in_tables_file(0)
    with in_tables_file(1) as session:
        session.flag(CellRef("t01", 2, 1), note="?")
        session.save()
    tables_file(entry("青禾县医院", "6.00"), entry("青禾县医院", "7.00"), entry("青禾县医院"))
    with in_tables_file(2, read_only=True) as session:
        assert session.state.document.cell(CellRef("t01", 2, 1)).text == "8.00"
    with in_tables_file(1, read_only=True) as session:
        assert [flag.note for flag in session.state.flags] == ["?"]
    with in_tables_file(0) as session:
        assert session.state.document.cell(CellRef("t01", 2, 1)).text == "6.00"
        session.save()
    assert totals_of_tables_file(3) == ["6.00", "7.00", "8.00"]


def test_a_review_under_the_number_that_a_document_had_before_is_gone_on_with() -> None:
    """Records of earlier versions know a document of a tables file by the file's hash and its number."""
    tables_file(entry("青禾县小学"), entry("青禾县医院"))
    correct_in_tables_file(1)
    (kept,) = Path("records").iterdir()
    record = decode(kept.read_text("utf-8"))
    old = replace(record.source, sha256="ab" * 28 + "00000001", report="")
    kept.rename(Path("records/tables!1.abababab.toml"))
    Path("records/tables!1.abababab.toml").write_text(encode(replace(record, source=old)), encoding="utf-8")
    assert totals_of_tables_file(2) == ["9.00", "8.00"]
