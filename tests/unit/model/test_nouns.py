"""What the nouns say of themselves: checks, results, findings, tables, conflicts, errors."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from workbench.errors import ExitCode, RecordLockedError, UnknownNameError, UnreadableSourceError, did_you_mean
from workbench.model.check import Check, CheckResult, Family, Finding, Outcome, Relation, Role, Severity, Term
from workbench.model.message import Message
from workbench.model.record import Conflict, ConflictKind, Correction, Decision, Verdict
from workbench.model.table import Cell, CellRef, Form, Table

TITLE = Message("It adds up.", "合计相符。")


def check(*columns: int, role: Role = "part", rule: str = "") -> Check:
    terms = tuple(Term(CellRef("t01", 0, column), Decimal(1), role) for column in columns)
    return Check("row_sum:1", Family.ROW_SUM, Relation.EQUAL, terms, TITLE, rule=rule)


@pytest.mark.parametrize(
    ("printed", "expected", "residual"),
    [("3.00", "2.00", "1.00"), ("2.00", "3.00", "-1.00"), (None, "2.00", None), ("3.00", None, None), ("0", "0", "0")],
)
def test_a_residual_is_what_is_printed_too_much(
    printed: str | None, expected: str | None, residual: str | None
) -> None:
    def amount(text: str | None) -> Decimal | None:
        return None if text is None else Decimal(text)

    assert CheckResult(check(1), Outcome.FAIL, amount(expected), amount(printed)).residual == amount(residual)


def test_a_person_must_look_at_what_fails_or_breaks_off() -> None:
    looked_at = [outcome for outcome in Outcome if CheckResult(check(1), outcome).failed]
    assert looked_at == [Outcome.FAIL, Outcome.CRASHED]


def test_a_check_is_named_by_its_rule_and_stands_in_the_table_of_its_first_cell() -> None:
    assert (check(1).name, check(1).table) == ("row_sum", "t01")
    assert (check(rule="mine").name, check().table) == ("mine", "")
    assert [Term(CellRef("t01", 0, 0), Decimal(sign), "part").sign for sign in (-10000, 0, 1)] == [-1, 1, 1]


def test_a_finding_is_what_its_strongest_check_is_and_names_each_cell_once() -> None:
    results = (CheckResult(check(2, 1), Outcome.FAIL), CheckResult(check(1, 3), Outcome.CRASHED))
    finding = Finding("row_sum:1", results, TITLE)
    assert (finding.outcome, finding.severity) == (Outcome.FAIL, Severity.ERROR)
    assert [ref.column for ref in finding.cells] == [2, 1, 3]


def test_a_table_is_as_wide_as_its_header_or_its_first_row() -> None:
    row = (Cell("甲"), Cell("1.00"))
    assert Table("t01", "", Form.OTHER, "", (), (row,), ()).width == 2
    assert Table("t01", "", Form.OTHER, "", (row,), (), ()).width == 2
    empty = Table("t01", "", Form.OTHER, "", (), (), ())
    assert empty.width == 0 and list(empty.refs()) == []
    for row_number, column in ((-1, 0), (0, -1), (1, 0), (0, 2)):
        with pytest.raises(IndexError):
            Table("t01", "", Form.OTHER, "", (), (row,), ()).cell(row_number, column)


def test_a_conflict_says_what_both_did_and_how_theirs_was_ruled() -> None:
    at = datetime(2031, 3, 2, tzinfo=UTC)
    ruling = Decision("x", Verdict.SOURCE_ERROR, (), "李文", at)
    values = ("1.00", "2.00", "1.00")
    ruled = Conflict(ConflictKind.CELL, "t01/0/1", *values, action=ruling)
    assert str(ruled) == "cell t01/0/1: ours '2.00', theirs '1.00' (source_error), before '1.00'"
    changed = Conflict(ConflictKind.CELL, "t01/0/1", *values, action=Correction((), (), "李文", at))
    assert str(changed) == "cell t01/0/1: ours '2.00', theirs '1.00', before '1.00'"
    decided = Conflict(ConflictKind.DECISION, "row_sum:1", "", "waived", "source_error", action=ruling)
    assert str(decided) == "decision row_sum:1: ours 'waived', theirs 'source_error', before ''"
    assert str(Conflict(ConflictKind.NOTE, "", "", "a", "b")) == "note: ours 'a', theirs 'b', before ''"


@pytest.mark.parametrize(
    ("name", "known", "says"),
    [
        ("vmi", ["default", "vim", "emacs"], "; did you mean vim?"),
        ("row.delet", ["row.delete", "row.merge", "table.delete"], "; did you mean row.delete or row.merge?"),
        ("xyzzy", ["default", "vim"], ""),
        ("a", [], ""),
    ],
)
def test_names_that_are_meant_are_told(name: str, known: list[str], says: str) -> None:
    assert did_you_mean(name, known) == says


def test_an_error_says_its_sentence_and_its_hint_also_behind_a_process() -> None:
    error = UnreadableSourceError("a.pdf", "is encrypted", "give its password")
    assert str(error) == "a.pdf: is encrypted (give its password)"
    assert str(UnreadableSourceError("a.pdf", "is empty")) == "a.pdf: is empty"
    assert str(UnknownNameError("keymap", "vmi", ["vim"])) == "there is no keymap 'vmi' (did you mean vim?)"
    assert str(UnknownNameError("keymap", "xyzzy", ["vim"])) == "there is no keymap 'xyzzy'"
    for sent in (error, RecordLockedError("a.toml", "王芳"), UnknownNameError("keymap", "vmi", ["vim"])):
        back = pickle.loads(pickle.dumps(sent))  # noqa: S301 - our own
        assert (type(back), str(back), vars(back)) == (type(sent), str(sent), vars(sent))
    assert (error.exit_code, RecordLockedError("a", "b").exit_code) == (ExitCode.UNREADABLE, ExitCode.USAGE)
