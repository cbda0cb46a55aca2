"""Findings over made-up documents: which cell, what value, and what is left when a suggestion is taken."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.drawn_tables import read_document
from tests.injector.documents import Equation, Planned, Sample, checks_of, sample
from tests.injector.score import marks
from tests.injector.slips import inject, with_texts
from tests.rule_cases import document
from workbench.checks import Reconciliation
from workbench.checks.context import Context
from workbench.model.check import Applicability, Family, Suggestion
from workbench.model.edit import SetCell, apply_edits
from workbench.model.message import Message
from workbench.model.source import Page, SourceDocument
from workbench.model.table import CellRef, Table
from workbench.repairs import Constraints, find_root_causes, per_check
from workbench.repairs.findings import _absorbed
from workbench.tables import parse


@pytest.fixture(scope="module")
def consistent() -> Sample:
    return sample(3)


def test_a_document_that_adds_up_has_no_findings(consistent: Sample) -> None:
    assert find_root_causes(consistent.reconciliation()) == ()


def test_a_swapped_digit_is_one_safe_suggestion_that_restores_the_figure(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    document, slips = inject(clean, random.Random(7), 1, ["digits_swapped"])
    findings = find_root_causes(clean.after(document, ()))
    assert len(findings) == 1
    first = findings[0].suggestions[0]
    assert first.applicability is Applicability.SAFE
    assert first.method == "digits_swapped"
    ((ref, right),) = slips[0].truth
    assert first.edits == (SetCell(ref, document.cell(ref).text, right),)


def test_every_failing_check_stands_in_exactly_one_finding(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    for seed in range(8):
        document, _ = inject(clean, random.Random(seed), 4)
        broken = clean.after(document, ())
        findings = find_root_causes(broken)
        listed = [result.check.id for finding in findings for result in finding.results]
        assert sorted(listed) == sorted(result.check.id for result in broken.failures)


def test_safe_suggestions_break_nothing_and_what_they_clear_holds_afterwards(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    for seed in range(8):
        document, _ = inject(clean, random.Random(seed), 2)
        broken = clean.after(document, ())
        before = {result.check.id for result in broken.failures}
        for finding in find_root_causes(broken):
            for suggestion in finding.suggestions:
                after = broken.after(apply_edits(document, suggestion.edits), suggestion.edits)
                failing = {result.check.id for result in after.failures}
                assert set(suggestion.clears) == before - failing
                assert set(suggestion.breaks) == failing - before
                if suggestion.applicability is Applicability.SAFE:
                    assert not suggestion.breaks


def test_per_check_lists_every_failure_with_the_suggestions_of_its_root_cause(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    document, _ = inject(clean, random.Random(7), 1, ["digits_swapped"])
    broken = clean.after(document, ())
    findings = find_root_causes(broken)
    single = per_check(broken, findings)
    assert [finding.id for finding in single] == [result.check.id for result in broken.failures]
    assert all(finding.suggestions == findings[0].suggestions for finding in single)
    assert all(len(finding.results) == 1 for finding in single)


def test_a_confirmed_cell_is_never_changed_and_a_rejected_value_never_proposed(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    document, slips = inject(clean, random.Random(7), 1, ["digits_swapped"])
    broken = clean.after(document, ())
    ((ref, right),) = slips[0].truth
    fixed = find_root_causes(broken, Constraints(immovable=frozenset({ref})))
    assert not _proposed(fixed, ref)
    rejected = find_root_causes(broken, Constraints(rejected=frozenset({(ref, right)})))
    assert right not in _proposed(rejected, ref)
    assert find_root_causes(broken) != rejected


def test_a_pair_that_is_wrong_together_is_one_finding_of_two_cells() -> None:
    """A parent and its only child leave out the same part: mending one alone would break their agreement."""
    made, table, row = next(found for found in map(_only_child, range(20)) if found is not None)
    clean = made.reconciliation()
    printed = table.rows[row][3].text
    refs = [CellRef("t05", row, 2), CellRef("t05", row + 1, 2)]
    broken = clean.after(with_texts(made.document, dict.fromkeys(refs, printed)), ())
    findings = find_root_causes(broken)
    right = table.rows[row][2].text
    assert [{edit.ref: edit.after for edit in findings[0].suggestions[0].edits}] == [dict.fromkeys(refs, right)]  # type: ignore[union-attr]
    assert len(findings) == 1


def test_slips_of_every_kind_are_found_at_the_rate_of_the_study() -> None:
    found = []
    for seed in range(12):
        clean = sample(seed).at("sparse", random.Random(seed)).reconciliation()
        document, slips = inject(clean, random.Random(seed), 2)
        broken = clean.after(document, ())
        found += [mark for mark in marks(broken, find_root_causes(broken), slips) if mark.visible]
    assert sum(mark.rank == 1 for mark in found) >= 0.9 * len(found)
    assert sum(mark.rank <= 3 for mark in found) >= 0.95 * len(found)
    assert sum(mark.exact for mark in found) >= 0.85 * len(found)


def _only_child(seed: int) -> tuple[Sample, Table, int] | None:
    """A document with a group code of one item, whose total has more than one part."""
    made = sample(seed)
    table = made.document.table("t05")
    for row, (above, below) in enumerate(pairwise(table.rows)):
        same = [cell.text for cell in above[2:]] == [cell.text for cell in below[2:]]
        if len(above[0].text) == 5 and same and sum(bool(cell.figure.value) for cell in below[3:]) > 1:
            return made, table, row
    return None


def _proposed(findings: tuple, ref: CellRef) -> list[str]:  # type: ignore[type-arg]
    return [
        edit.after
        for finding in findings
        for suggestion in finding.suggestions
        for edit in suggestion.edits
        if isinstance(edit, SetCell) and edit.ref == ref
    ]


def test_a_finding_that_nothing_explains_goes_under_the_one_whose_repair_clears_it(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    document, _ = inject(clean, random.Random(1), 4)
    broken = clean.after(document, ())
    one, other, *_ = per_check(broken, find_root_causes(broken))
    repair = Suggestion("digits_swapped", Applicability.UNSAFE, (), (one.id, other.id), (), Message("", ""))
    host, lone = replace(one, suggestions=(repair,)), replace(other, suggestions=())
    context = Context(document)
    (both,) = _absorbed(context, [lone, host])
    assert set(both.results) == {*one.results, *other.results}
    assert both.suggestions == (repair,)
    explained = replace(other, suggestions=(replace(repair, clears=(other.id,)),))
    assert len(_absorbed(context, [host, explained])) == 2, "what has an explanation of its own stands by itself"
    two = replace(lone, results=lone.results * 2)
    assert len(_absorbed(context, [host, two])) == 2, "a repair that clears one of its checks need not clear the other"
    partly = replace(host, suggestions=(replace(repair, clears=(one.id,)),))
    assert len(_absorbed(context, [partly, lone])) == 2, "nothing clears it"


def test_a_figure_cut_in_two_is_put_together_though_another_slip_of_its_sum_hides_what_that_mends() -> None:
    document = read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 上年 | 今年
---
合计 | 82.27 | 90.00
河道治理 | 21.10 | 20.00
水库维护 | 1991 | 25.00
饮水安全 | 11.2 | 6
青禾灌区 | 30.00 | 45.00
""")
    table = document.tables[0].id
    terms = tuple((CellRef(table, row, 1), -1 if row else 1) for row in range(5))
    broken = Planned.on(document, checks_of([Equation(Family.COLUMN_SUM, terms)]))
    (finding,) = find_root_causes(broken)
    after = apply_edits(document, finding.suggestions[0].edits)
    assert [after.cell(CellRef(table, row, 1)).text for row in (2, 3)] == ["19.91", "11.26"]
    assert not after.cell(CellRef(table, 3, 2)).text


def test_a_figure_with_more_decimals_than_any_other_is_put_right_beside_what_mends_its_sum() -> None:
    document = read_document("""
## project_expenditure 项目支出表 万元
项目名称 | 今年
---
合计 | 82.27
河道治理 | 21.10
水库维护 | 1991
饮水安全 | 11.2626
青禾灌区 | 30.00
""")
    table = document.tables[0].id
    terms = tuple((CellRef(table, row, 1), -1 if row else 1) for row in range(5))
    broken = Planned.on(document, checks_of([Equation(Family.COLUMN_SUM, terms)]))
    (finding,) = find_root_causes(broken)
    after = apply_edits(document, finding.suggestions[0].edits)
    assert [after.cell(CellRef(table, row, 1)).text for row in (2, 3)] == ["19.91", "11.26"]


def test_two_slips_of_one_sum_are_told_by_what_another_table_prints_by_the_names_of_their_rows() -> None:
    document = read_document("""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计
---
205 | 教育支出 | 88.37
213 | 农林水支出 | 80.25
221 | 住房保障支出 | 21.10
 | 合计 | 189.72
## project_expenditure 项目支出表 万元
科目编码 | 科目名称 | 金额
---
205 | 教育支出 | 88.73
213 | 农林水支出 | 82.05
221 | 住房保障支出 | 21.10
 | 合计 | 189.72
""")
    table = document.tables[1].id
    terms = tuple((CellRef(table, row, 2), -1 if row < 3 else 1) for row in (3, 0, 1, 2))
    broken = Planned.on(document, checks_of([Equation(Family.COLUMN_SUM, terms)]))
    (finding,) = find_root_causes(broken)
    after = apply_edits(document, finding.suggestions[0].edits)
    assert [after.cell(CellRef(table, row, 2)).text for row in (0, 1)] == ["88.37", "80.25"]


def test_a_total_beside_its_place_goes_back_though_a_part_of_its_row_is_wrong_as_well() -> None:
    """With the total in its place the row can be told for the first time, and fails: that speaks against no move."""
    document = read_document("""
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 986.64 | 788.57 | 198.07
208 | 社会保障和就业支出 | 788.57 | 788.57 |
20805 | 行政事业单位养老支出 | 788.57 | 788.57 |
2080505 | 机关事业单位基本养老保险缴费支出 | 788.57 | 788.57 |
224 | 灾害防治及应急管理支出 | 198.07 | | 198.07
22401 | 应急管理事务 | 198.07 | | 198.07
2240106 | 安全监管 | | 198.07 | 198
""")
    for finding in find_root_causes(Reconciliation.of(document)):
        document = apply_edits(document, finding.suggestions[0].edits)
    assert [cell.text for cell in document.tables[0].rows[-1]][2:] == ["198.07", "", "198.07"]


def test_two_totals_that_one_sum_misses_are_each_what_the_parts_of_their_rows_make() -> None:
    document = read_document("""
## expenditure_summary 部门支出总表 万元
科目名称 | 合计 | 基本支出 | 项目支出
---
合计 | 479.10 | 353.50 | 125.60
群众文化 | | | 65.00
其他文化支出 | 58.20 | | 58.20
事业单位离退休 | 32.10 | 32.10 |
事业单位医疗 | 88.80 | 88.80 |
住房公积金 | | 200.40 | 2.40
购房补贴 | 32.20 | 32.20 |
""")
    for finding in find_root_causes(Reconciliation.of(document)):
        document = apply_edits(document, finding.suggestions[0].edits)
    assert [row[1].text for row in document.tables[0].rows][1:6:4] == ["65.00", "202.80"]


DAMAGED = """|本级|90.00|80.00|80.00|||10.00
部门支出总表
||合计|60.00|20.00|4x,0.00||
|201|一般公共服务支出|60.00|20.00|40.00||
|20106|财政事务|60.00|20.00|40.00||
|2010601|行政运行|30.50|坏 29.07||
|2010607|信息化建设|9.50|9.50|||
|2010650|事业运行|20.00||20.00||
"""
"""A text with TABs, here as bars."""


def test_a_sum_in_a_column_of_words_is_no_half_of_a_table() -> None:
    source = SourceDocument("made.txt", "0" * 64, "text/plain", "text/1", (Page(1, DAMAGED.replace("|", "\t")),))
    reconciliation = Reconciliation.of(parse(source))
    assert reconciliation.outcomes
    find_root_causes(reconciliation)


def test_a_stated_figure_without_its_last_zeros_is_to_the_last_place_what_those_beside_it_ask() -> None:
    text = (
        "比上年增减情况。2031年预算收支较2030年预算增加352.46万元，其中：基本支出增加91.7万元，主要为人员增加；"
        "项目支出增加260.91万元，主要为新增项目。"
    )
    (finding,) = find_root_causes(Reconciliation.of(document({"text": text})))
    said = {
        edit.before: edit.after for found in finding.suggestions for edit in found.edits if isinstance(edit, SetCell)
    }
    assert said["91.7"] == "91.55"
