"""The report over injected slips prints a line for each number of slips, and for each kind when asked."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.disclosures.documents import random_document
from tests.drawn_tables import read_document
from tests.injector import report
from tests.injector.anchors import reshaped, slipped
from tests.injector.lines import LINES
from tests.injector.score import marks, still_known
from tests.injector.shapes import CUTS, same_rows, texts_of
from tests.injector.slips import Slip, inject, with_rows, with_texts
from tests.injector.why import Inquiry, Why
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, CellRef, Document, Form, Table
from workbench.repairs import find_root_causes


@pytest.mark.parametrize("density", ["sparse", "rules"])
def test_the_report_gives_rates_by_kind(
    density: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [
        "report",
        "--documents",
        "3",
        "--slips",
        "1",
        "2",
        "--by-kind",
        "--intervals",
        "--why",
        "--density",
        density,
    ]
    monkeypatch.setattr(sys, "argv", arguments)
    report.main()
    lines = capsys.readouterr().out.splitlines()
    names = "slips visible rank 1 (ties) top 3 (ties) exact whole safe wrong safe ms p50 ms p99"
    assert lines[0].split() == names.split()
    assert [line.split()[:2] for line in lines[1:] if not line.startswith("  ")] == [["1", "3"], ["2", "6"]]
    assert sum(line.startswith("  telling by themselves") for line in lines) == 2
    assert sum(line.startswith("  touched by a failure") for line in lines) == 2
    assert any(line.startswith("  ") for line in lines)
    assert [line for line in lines if line.startswith("  of ") and "wrong of" in line]
    assert sum(line.startswith("  misses ") and "ours" in line for line in lines) == 2


def test_an_interval_holds_its_rate_and_shrinks_with_the_count() -> None:
    low, high = report.between(95, 100)
    assert low < 95 < high
    narrow = report.between(950, 1000)
    assert low < narrow[0] < 95 < narrow[1] < high
    assert report.between(0, 400)[0] == pytest.approx(0)
    assert 0 < report.between(0, 400)[1] < 1
    assert report.between(0, 0) == (0.0, 100.0)


def ground() -> Reconciliation:
    return Reconciliation.of(
        read_document("""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 161.20 | 96.15 | 65.05
205 | 教育支出 | 30.00 | | 30.00
213 | 农林水支出 | 131.20 | 96.15 | 35.05
""")
    )


def with_slips(clean: Reconciliation, *texts: tuple[int, int, str]) -> tuple[Document, tuple[Slip, ...]]:
    """The ground with these texts in its only table, each a slip by itself."""
    table = clean.document.tables[0].id
    refs = [(CellRef(table, row, column), text) for row, column, text in texts]
    slips = tuple(Slip("digit", ((ref, clean.document.cell(ref).text),), ((ref, text),)) for ref, text in refs)
    return with_texts(clean.document, dict(refs)), slips


def test_a_slip_that_no_failing_check_says_anything_else_by_is_touched_and_not_visible() -> None:
    clean = ground()
    # A zero for a blank changes no sum; its row fails since the total is wrong.
    document, slips = with_slips(clean, (1, 2, "31.00"), (1, 3, "0.00"))
    broken = clean.of(document)
    told, silent = marks(broken, find_root_causes(broken), slips, clean=clean)
    assert (told.touched, told.visible, told.telling) == (True, True, True)
    assert (silent.touched, silent.visible, silent.telling) == (True, False, False)


def test_innocent_cells_as_likely_as_the_slip_count_in_the_list_and_not_as_likelier() -> None:
    clean = ground()
    document, slips = with_slips(clean, (0, 4, "35.05"))
    broken = clean.of(document)
    first = find_root_causes(broken)[0]
    innocent = replace(first.suggestions[0], edits=(SetCell(CellRef(document.tables[0].id, 1, 4), "30.00", "9.00"),))
    guilty = replace(
        first.suggestions[0], edits=(SetCell(slips[0].truth[0][0], "35.05", "65.05"),), share=innocent.share
    )
    (mark,) = marks(broken, [replace(first, suggestions=(innocent, guilty))], slips, clean=clean)
    assert (mark.rank, mark.tied) == (2, 1)


def test_a_lost_row_that_comes_back_without_its_code_is_exact_and_not_whole() -> None:
    rows = (("205", "教育支出", "30.00"), ("213", "农林水支出", "131.20"))
    nameless = (("205", "教育支出", "30.00"), ("", "（名称缺失）", "131.20"))
    assert same_rows(rows, nameless, codes=False)
    assert not same_rows(rows, nameless)
    assert not same_rows(rows, (rows[0], ("213", "农林水支出", "131.02")), codes=False)


def test_an_error_of_the_document_is_known_on_whatever_row_a_slip_of_shape_puts_it() -> None:
    clean = ground()
    table = clean.document.tables[0]
    after = with_rows(clean.document, {table.id: (("栏次", "", "1", "2", "3"), *texts_of(table))})
    known = still_known(frozenset({CellRef(table.id, 2, 3)}), clean.document, after)
    assert CellRef(table.id, 3, 3) in known


def test_an_error_of_the_document_is_known_wherever_a_slip_moves_its_figure() -> None:
    clean = ground()
    table = clean.document.tables[0]
    wrong = CellRef(table.id, 2, 3)
    text = clean.document.cell(wrong).text
    moved = with_texts(clean.document, {wrong: "", CellRef(table.id, 2, 4): text})
    known = still_known(frozenset({wrong}), clean.document, moved)
    assert known == {wrong, CellRef(table.id, 2, 4)}
    assert still_known(frozenset({wrong}), clean.document, clean.document) == {wrong}


def test_a_blank_that_a_cut_leaves_behind_a_code_changes_no_row() -> None:
    assert same_rows((("工程", "B0299 ", "1.00"),), (("工程", "B0299", "1.00"),))


def test_a_slipped_cell_keeps_its_place_on_the_page_and_a_moved_figure_its_own() -> None:
    lines = ["项目 | 合计 | 基本支出", "公用经费 | 1728.90 | ", "会议费 | | 12.40"]
    page = Page(1, "\n".join(lines))

    def cell(text: str) -> Cell:
        start = page.text.find(text) if text else -1
        return Cell(text, (Anchor(1, start, start + len(text)),) if text else ())

    rows = tuple(tuple(cell(part.strip()) for part in line.split("|")) for line in lines[1:])
    table = Table("t01", "表", Form.OTHER, "万元", (), rows, (1,))

    def read(row: int, column: int, text: str) -> str:
        return "".join(page.text[a.start : a.end] for a in slipped(table, row, column, text).anchors)

    assert read(0, 1, "1728") == "1728"
    assert read(0, 1, "1782.90") == "1728.90"
    assert read(0, 2, "1728.90") == "1728.90"
    assert read(1, 1, "12.40") == "12.40"
    assert read(0, 1, "1728.90公用经费") == "1728.90公用经费"
    assert read(0, 1, "") == ""
    after = reshaped(table, (("公用经费", "1728.90", ""), ("会议费", "", ""), ("", "", "12.40")))
    assert after[2][2].anchors == rows[1][2].anchors


def one_sum() -> Reconciliation:
    """A document with one check."""
    rows = "科目编码 | 科目名称 | 项目支出\n---\n | 合计 | 104.06\n205 | 教育支出 | 31.72\n213 | 农林水支出 | 72.34"
    return Reconciliation.of(read_document(f"## expenditure_summary 部门支出总表 万元\n{rows}\n"))


def inquiry_into(clean: Reconciliation, *texts: tuple[int, int, str]) -> tuple[Inquiry, tuple[Slip, ...]]:
    document, slips = with_slips(clean, *texts)
    broken = clean.of(document)
    return Inquiry.on(broken, find_root_causes(broken), slips, clean, ()), slips


def test_a_figure_of_a_sum_that_another_figure_explains_as_well_is_told_from_nothing() -> None:
    clean = one_sum()
    inquiry, (slip,) = inquiry_into(clean, (0, 2, "914.60"))
    verdict = inquiry.why(slip)
    assert (verdict.why, verdict.true) == (Why.RIVAL, pytest.approx(6.0))
    assert verdict.found is not None and verdict.found <= 6.0


def test_two_wrong_figures_of_one_sum_have_the_figure_that_mends_it_as_a_rival() -> None:
    clean = one_sum()
    inquiry, slips = inquiry_into(clean, (1, 2, "13.72"), (2, 2, "72.43"))
    assert {inquiry.why(slip).why for slip in slips} == {Why.RIVAL}


def test_a_repair_that_is_found_though_not_put_first_is_passed_over() -> None:
    inquiry, (slip,) = inquiry_into(ground(), (1, 4, "3.00"))
    verdict = inquiry.why(slip)
    assert verdict.why is Why.PASSED
    assert verdict.true == verdict.found


def test_documents_are_ground_as_their_tables_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["科目编码\t科目名称\t合计\t基本支出\t项目支出", "205\t教育支出\t30.00\t12.00\t18.00"]
    rows += ["213\t农林水支出\t131.20\t96.15\t35.05", "\t合计\t161.20\t108.15\t53.05"]
    path = tmp_path / "青禾县.txt"
    path.write_text("青禾县2024年部门预算\n部门支出总表\n单位：万元\n" + "\n".join(rows) + "\n", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["report", str(path), "--documents", "2", "--slips", "1"])
    report.main()
    assert capsys.readouterr().out.splitlines()[1].split()[:2] == ["1", "2"]


@pytest.mark.parametrize("kind", [*LINES, *CUTS])
def test_rarer_slips_have_room_in_some_document_and_are_undone_by_their_truth(kind: str) -> None:
    found = 0
    for seed in range(12):
        clean = Reconciliation.of(random_document(seed).document())
        document, slips = inject(clean, random.Random(f"{kind}/{seed}"), 1, (kind,))
        for slip in slips:
            found += 1
            assert document != clean.document
            back = {slip.table: slip.rows} if slip.table else {}
            undone = with_rows(with_texts(document, dict(slip.truth)), back)
            assert [texts_of(table) for table in undone.tables] == [texts_of(table) for table in clean.document.tables]
    assert found
