"""A reconciliation kept up to date: the same as one made anew, only faster; crashes stay alone; names stay."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation, explain, registry
from workbench.checks.context import Context
from workbench.checks.families import row_sum
from workbench.model.check import Check, Family, Outcome, Relation
from workbench.model.edit import DeleteRows, Edit, InsertRows, SetCell, SetForm, apply_edits
from workbench.model.message import Message
from workbench.model.table import CellRef, Document

STATEMENTS = """
## income_expenditure_summary 收支总表 万元
收入 | 收入 | 支出 | 支出
项目 | 预算数 | 项目 | 预算数
---
一、一般公共预算拨款收入 | 100.00 | 一、教育支出 | 80.00
二、其他收入 | | 二、社会保障和就业支出 | 20.00
收入总计 | 100.00 | 支出总计 | 100.00
## expenditure_summary 支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 100.00 | 40.00 | 60.00
205 | 教育支出 | 80.00 | 20.00 | 60.00
20502 | 普通教育 | 80.00 | 20.00 | 60.00
208 | 社会保障和就业支出 | 20.00 | 20.00 |
## general_budget_expenditure 一般公共预算支出表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 100.00 | 40.00 | 60.00
205 | 教育支出 | 80.00 | 20.00 | 60.00
208 | 社会保障和就业支出 | 20.00 | 20.00 |
"""


@pytest.fixture
def document() -> Document:
    return read_document(STATEMENTS)


def outcomes(reconciliation: Reconciliation) -> dict[str, Outcome]:
    return {result.check.id: result.outcome for result in reconciliation.results}


EDITS: list[tuple[str, tuple[Edit, ...]]] = [
    ("a figure", (SetCell(CellRef("t02", 1, 3), "20.00", "26.00"),)),
    ("a total that decides what is compared", (SetCell(CellRef("t02", 0, 2), "100.00", "190.00"),)),
    ("a blank filled", (SetCell(CellRef("t02", 3, 4), "", "5.00"),)),
    ("a finer figure", (SetCell(CellRef("t03", 1, 2), "80.00", "80.0012"),)),
    ("a figure made unreadable", (SetCell(CellRef("t03", 1, 2), "80.00", "8O.00"),)),
    ("a code", (SetCell(CellRef("t02", 2, 0), "20502", "20802"),)),
    ("two figures", (SetCell(CellRef("t02", 1, 2), "80.00", "81"), SetCell(CellRef("t03", 1, 2), "80.00", "81"))),
    ("a row gone", (DeleteRows("t03", 2, (("208", "社会保障和就业支出", "20.00", "20.00", ""),)),)),
    ("another form", (SetForm("t03", "general_budget_expenditure", "other"),)),
]


@pytest.mark.parametrize(("what", "edits"), EDITS, ids=[what for what, _ in EDITS])
def test_after_edits_it_is_what_it_would_be_anew(document: Document, what: str, edits: tuple[Edit, ...]) -> None:
    edited = apply_edits(document, edits)
    kept = Reconciliation.of(document).after(edited, edits)
    assert kept.document is edited
    anew = Reconciliation.of(edited)
    assert outcomes(kept) == outcomes(anew)
    assert [result.check.id for result in kept.failures] == [result.check.id for result in anew.failures]
    assert kept.outcomes == anew.outcomes


def test_the_figures_before_are_left_alone(document: Document) -> None:
    before = Reconciliation.of(document)
    edits = (SetCell(CellRef("t02", 1, 3), "20.00", "26.00"),)
    after = before.after(apply_edits(document, edits), edits)
    assert not before.failures
    assert {result.check.family for result in after.failures} >= {
        Family.ROW_SUM,
        Family.CHILDREN_SUM,
        Family.COLUMN_SUM,
    }


def test_one_edit_meets_only_the_checks_of_its_cell(document: Document) -> None:
    before = Reconciliation.of(document)
    edits = (SetCell(CellRef("t02", 1, 3), "20.00", "26.00"),)
    after = before.after(apply_edits(document, edits), edits)
    changed = {r.check.id for r, s in zip(before.results, after.results, strict=True) if r is not s}
    assert changed == {result.check.id for result in before.results_of(CellRef("t02", 1, 3))}
    assert after.checks is before.checks


def test_a_correction_builds_anew_only_where_it_changes_what_was_decided_by_figures(document: Document) -> None:
    """Which statements are held against each other is asked of their totals; a total that slipped is known by its
    parts, and says the same once it is put right."""
    total = CellRef("t02", 0, 2)
    slipped = apply_edits(document, (SetCell(total, "100.00", "190.00"),))
    before = Reconciliation.of(slipped)
    put_right, part = SetCell(total, "190.00", "100.00"), SetCell(CellRef("t02", 1, 2), "80.00", "150.00")
    for edits, anew in (((put_right,), False), ((put_right, part), False), ((part,), True)):
        edited = apply_edits(slipped, edits)
        assert before.rebuilds(partial(apply_edits, slipped, edits), edits) is anew
        assert before.after(edited, edits).results == Reconciliation.of(edited).results


def test_what_asked_none_of_the_corrected_figures_is_taken_over(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A total that slipped decides which statements are held against each other; what adds up within its table does
    not hang on that. The name of a row may change anything."""
    total = CellRef("t02", 0, 2)
    slipped = (SetCell(total, "100.00", "190.00"), SetCell(CellRef("t02", 1, 2), "80.00", "150.00"))
    before = Reconciliation.of(apply_edits(document, slipped))
    built: list[str] = []
    build = row_sum._of_table
    monkeypatch.setattr(row_sum, "_of_table", lambda context, table: built.append(table.id) or build(context, table))
    put_right = (SetCell(total, "190.00", "100.00"),)
    renamed = (*put_right, SetCell(CellRef("t02", 1, 1), "教育支出", "国防支出"))
    for edits, anew in ((put_right, []), (renamed, ["t02"])):
        built.clear()
        after = before.rebuilt(apply_edits(before.document, edits))
        assert built == anew
        assert after.results == Reconciliation.of(after.document).results


def test_however_figures_are_corrected_what_is_taken_over_is_what_is_made_anew(document: Document) -> None:
    rng = random.Random(7)
    cells = [ref for table in document.tables for ref in table.refs() if document.cell(ref).figure.value]
    for _ in range(40):
        current = document
        for _ in range(3):
            chosen = rng.sample(cells, rng.randint(1, 4))
            texts = [rng.choice(["", "100.00", "40.00", "8O.00", "7.5", current.cell(cells[0]).text]) for _ in chosen]
            before = Reconciliation.of(current)
            edits = tuple(SetCell(ref, current.cell(ref).text, text) for ref, text in zip(chosen, texts, strict=True))
            current = apply_edits(current, tuple(edit for edit in edits if edit.before != edit.after))
            after, anew = before.rebuilt(current), Reconciliation.of(current)
            assert (after.checks, after.results) == (anew.checks, anew.results)


def test_names_survive_an_inserted_row(document: Document) -> None:
    before = {check.id for check in Reconciliation.of(document).checks}
    edit = InsertRows("t02", 3, (("20503", "职业教育", "", "", ""),))
    after = {check.id for check in Reconciliation.of(apply_edits(document, (edit,))).checks}
    assert before <= after


def test_names_do_not_depend_on_figures_or_place(document: Document) -> None:
    doubled = read_document(STATEMENTS.replace("100.00", "200.00"))
    moved = read_document("## other 职责 万元\n项目\n---\n拟订政策\n" + STATEMENTS.strip())
    names = {check.id for check in Reconciliation.of(document).checks}
    assert {check.id for check in Reconciliation.of(doubled).checks} == names
    assert {check.id for check in Reconciliation.of(moved).checks} == names


def test_names_are_all_different(document: Document) -> None:
    checks = Reconciliation.of(document).checks
    assert len({check.id for check in checks}) == len(checks) > 20


def test_a_family_that_breaks_is_one_outcome(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(context: Context) -> Iterator[Check]:
        raise ZeroDivisionError("no such column")

    kept = [replace(f, build=broken) if f.family is Family.ROW_SUM else f for f in registry.FAMILIES]
    whole = Reconciliation.of(document)
    monkeypatch.setattr(registry, "FAMILIES", tuple(kept))
    found = Reconciliation.of(document)
    crashed = [result for result in found.results if result.outcome is Outcome.CRASHED]
    assert [result.check.family for result in crashed] == [Family.ROW_SUM]
    assert "no such column" in str(crashed[0].check.note)
    others = {check.id for check in whole.checks if check.family is not Family.ROW_SUM}
    assert others == {check.id for check in found.checks} - {crashed[0].check.id}


def test_a_users_rule_that_breaks_is_named(document: Document) -> None:
    class Rule:
        name = "ours"

        def build(self, context: Context) -> Iterator[Check]:
            raise KeyError("表")

    found = Reconciliation.of(document, (Rule(),))
    crashed = [result.check for result in found.results if result.outcome is Outcome.CRASHED]
    assert [check.name for check in crashed] == ["ours"]


def test_outcomes_count_what_applies(document: Document) -> None:
    found = Reconciliation.of(document)
    assert found.outcomes[Outcome.FAIL] == 0
    assert found.outcomes[Outcome.PASS] > 20
    assert set(found.outcomes) == set(Outcome)
    assert sum(found.outcomes.values()) < len(found.results)


def test_explain_puts_what_fails_first(document: Document) -> None:
    edits = (SetCell(CellRef("t02", 1, 3), "20.00", "26.00"),)
    found = Reconciliation.of(document).after(apply_edits(document, edits), edits)
    explained = explain(found, CellRef("t02", 1, 3))
    assert {result.check.family for result in explained} == {
        Family.ROW_SUM,
        Family.CHILDREN_SUM,
        Family.COLUMN_SUM,
        Family.CROSS_TABLE,
    }
    failed = [result.failed for result in explained]
    assert failed == sorted(failed, reverse=True)
    assert failed[0]
    assert explain(found, CellRef("t02", 99, 0)) == ()


def test_a_result_is_found_by_name(document: Document) -> None:
    found = Reconciliation.of(document)
    check = found.checks[3]
    result = found.result(check.id)
    assert result is not None
    assert result.check is check
    assert found.result("row_sum:nothing") is None


def test_an_empty_document_has_no_checks(document: Document) -> None:
    empty = replace(document, tables=(), stated=())
    assert Reconciliation.of(empty).outcomes[Outcome.PASS] == 0


def test_facts_have_names_by_their_key(document: Document) -> None:
    context = Context(document)
    first, second = (
        context.check(Family.LABEL, Relation.FACT, (), Message("a", "甲"), key=(key,), fact=Outcome.FAIL)
        for key in ("one", "two")
    )
    assert first.id != second.id


def _long_list(rows: int) -> Document:
    """A list of projects with a total over more addends than are added up at every edit."""
    amounts = [(number * 37 % 1000 + 1, number * 53 % 700) for number in range(rows)]
    lines = [
        "## project_expenditure 项目支出表 万元", "项目名称 | 合计 | 一般公共预算 | 政府性基金", "---",
        f"合计 | {sum(a + b for a, b in amounts)}.00 | {sum(a for a, _ in amounts)}.00 | {sum(b for _, b in amounts)}.00",
    ]  # fmt: skip
    lines += [f"项目{number} | {a + b}.00 | {a}.00 | {f'{b}.00' if b else ''}" for number, (a, b) in enumerate(amounts)]
    return read_document("\n".join(lines))


def test_a_long_sum_counts_on_from_edit_to_edit() -> None:
    """Figures, blanks, dashes, words, figures with more places and without:
    always what a fresh look at all of it says."""
    document = _long_list(150)
    found = Reconciliation.of(document)
    chance = random.Random(5)
    for _ in range(60):
        ref = CellRef("t01", chance.choice([0, chance.randrange(1, 151), 7]), chance.choice([1, 2, 3]))
        before = document.cell(ref).text
        after = chance.choice(
            ["", "—", "0.00", "待定", "12,3.4.5", "88.125", "40", f"{chance.randrange(900)}.50", before]
        )
        edits = (SetCell(ref, before, after),)
        document = apply_edits(document, edits)
        found = found.after(document, edits)
        fresh = Reconciliation.of(document)
        assert [(r.check.id, r.outcome, r.expected, r.printed, r.tolerance, r.note) for r in found.results] == [
            (r.check.id, r.outcome, r.expected, r.printed, r.tolerance, r.note) for r in fresh.results
        ]


SUBTOTALS = """
## other 转移支付分配表 万元
地区 | 合计 | 抚恤 | 安置
---
青禾县 | 11.00 | 7.00 | 4.00
南塘县 | 9.00 | 6.00 | 3.00
柳河县 | 8.00 | 6.00 | 2.00
北塘县 | 5.00 | 3.00 | 2.00
"""
"""Heads that no vocabulary knows: the figures tell that they are parts."""


def row_sums(reconciliation: Reconciliation) -> int:
    return sum(result.check.family is Family.ROW_SUM for result in reconciliation.results)


def put(document: Document, column: int, texts: dict[int, str]) -> tuple[SetCell, ...]:
    rows = document.tables[0].rows
    return tuple(
        SetCell(CellRef("t01", row, column), rows[row][column].text, text) for row, text in sorted(texts.items())
    )


def test_a_sum_that_the_print_bears_out_stays_whatever_is_corrected() -> None:
    kept = Reconciliation.of(read_document(SUBTOTALS))
    assert row_sums(kept) == 4 and not kept.failures
    edits = put(kept.document, 2, {0: "1.00", 1: "2.00", 2: "3.00"})
    edited = apply_edits(kept.document, edits)
    for after in (kept.after(edited, edits), Reconciliation.of(edited)):
        assert row_sums(after) == 4 and len([r for r in after.failures if r.check.family is Family.ROW_SUM]) == 3


def test_a_sum_that_the_print_hides_is_there_once_the_figures_are_put_right() -> None:
    document = read_document(SUBTOTALS.replace("7.00", "1.00").replace("3.00\n柳", "1.00\n柳").replace("2.00", "9.00"))
    kept = Reconciliation.of(document)
    assert row_sums(kept) == 0
    for edit in (*put(document, 2, {0: "7.00"}), *put(document, 3, {1: "3.00", 2: "2.00", 3: "2.00"})):
        edited = apply_edits(kept.document, (edit,))
        kept = kept.after(edited, (edit,))
        assert kept.results == Reconciliation.of(edited).results
    assert row_sums(kept) == 4 and not kept.failures
