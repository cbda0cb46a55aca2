"""What comes of one check on given figures: tolerances, blanks, units, shares, growth, products."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workbench.checks.evaluate import applies, evaluate
from workbench.model.check import Check, CheckResult, Family, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef
from workbench.tables.interchange.from_json import document_from_json


def met(relation: Relation, *terms: tuple[str, str], rows: int = 1, **options: object) -> CheckResult:
    """The result of a check over one row whose cells print the given texts; a term is (coefficient and role, text)."""
    table = {"title": "表", "header": [["数"] * len(terms)], "rows": [[text for _, text in terms]] * rows}
    document = document_from_json({"tables": [table]}, "case")
    built = []
    for column, (what, _) in enumerate(terms):
        coefficient, _, role = what.partition(" ")
        built.append(Term(CellRef("t01", 0, column), Decimal(coefficient), role))
    check = Check("x:1", Family.ROW_SUM, relation, tuple(built), Message("", ""), **options)  # type: ignore[arg-type]
    return evaluate(document, (check,))[0]


def total(whole: str, *parts: str, **options: object) -> CheckResult:
    return met(Relation.EQUAL, ("1 total", whole), *(("-1 part", part) for part in parts), **options)


@pytest.mark.parametrize(
    ("whole", "parts", "outcome"),
    [
        ("3.00", ("1.00", "2.00"), Outcome.PASS),
        ("3.01", ("1.00", "2.00"), Outcome.WITHIN_ROUNDING),
        ("3.02", ("1.00", "2.00"), Outcome.FAIL),
        ("6.02", ("1.00", "2.00", "3.00"), Outcome.WITHIN_ROUNDING),
        ("6.03", ("1.00", "2.00", "3.00"), Outcome.FAIL),
        ("4", ("1", "2"), Outcome.WITHIN_ROUNDING),
        ("5", ("1", "2"), Outcome.FAIL),
        ("1,234.50", ("1,000.00", "234.50"), Outcome.PASS),
        ("-1.00", ("(3.00)", "2.00"), Outcome.PASS),
        ("3.00", ("3.00", ""), Outcome.PASS),
        ("3.00", ("3.00", "——"), Outcome.PASS),
        ("3.00", ("", "——"), Outcome.FAIL),
        ("0.00", ("", ""), Outcome.PASS),
    ],
)
def test_sums(whole: str, parts: tuple[str, ...], outcome: Outcome) -> None:
    assert total(whole, *parts).outcome is outcome


def test_residual_is_printed_less_expected() -> None:
    result = total("639.72", "639.72", "40.00")
    assert (result.printed, result.expected, result.residual) == (
        Decimal("639.72"),
        Decimal("679.72"),
        Decimal("-40.00"),
    )
    assert result.tolerance == Decimal("0.015")


def test_one_part_allows_no_rounding() -> None:
    assert total("3.01", "3.00").outcome is Outcome.FAIL
    assert total("3.01", "3.00", "0.00").outcome is Outcome.FAIL


def test_a_printed_zero_among_blanks_may_hide_a_little() -> None:
    assert total("3.01", "3.00", "0.00", "").outcome is Outcome.WITHIN_ROUNDING


def test_tolerance_of_the_check_is_added() -> None:
    assert total("3.10", "1.00", "2.00", tolerance=Decimal("0.1")).outcome is Outcome.WITHIN_ROUNDING


def test_blank_total_is_unverifiable_and_says_what_its_parts_make() -> None:
    result = total("", "1.00", "2.00")
    assert (result.outcome, result.expected, result.printed) == (Outcome.UNVERIFIABLE, Decimal("3.00"), None)
    assert applies(result)


def test_nothing_printed_is_no_check() -> None:
    result = total("", "", "")
    assert result.outcome is Outcome.UNVERIFIABLE
    assert not applies(result)


def test_blank_part_that_does_not_count_as_zero() -> None:
    result = total("3.00", "3.00", "", blank_as_zero=False)
    assert result.outcome is Outcome.UNVERIFIABLE
    assert result.note is not None
    assert "blank" in result.note.en


def test_words_are_unverifiable_and_named() -> None:
    result = total("3.00", "见附件", "3.00")
    assert result.outcome is Outcome.UNVERIFIABLE
    assert result.note is not None
    assert "见附件" in result.note.zh


def test_garbled_figures_fail_without_a_residual() -> None:
    result = total("3.00", "1.0O", "2.00")
    assert (result.outcome, result.residual, result.printed) == (Outcome.FAIL, None, Decimal("3.00"))
    whole = total("3.0O", "1.00", "2.00")
    assert (whole.outcome, whole.expected) == (Outcome.FAIL, Decimal("3.00"))


def test_a_missing_cell_is_unverifiable() -> None:
    document = document_from_json({"tables": [{"header": [["数"]], "rows": [["1"]]}]}, "case")
    term = Term(CellRef("t01", 5, 0), Decimal(1), "total")
    check = Check("x:1", Family.ROW_SUM, Relation.EQUAL, (term,), Message("", ""))
    assert evaluate(document, (check,))[0].outcome is Outcome.UNVERIFIABLE


@pytest.mark.parametrize(
    ("left", "right", "outcome"),
    [
        ("18,976.76", "189,767,551", Outcome.PASS),
        ("18,976.75", "189,767,551", Outcome.WITHIN_ROUNDING),
        ("18,976.70", "189,767,551", Outcome.FAIL),
        ("", "189,767,551", Outcome.FAIL),
    ],
)
def test_units_are_brought_together(left: str, right: str, outcome: Outcome) -> None:
    result = met(Relation.EQUAL, ("1 left", left), ("-0.0001 right", right), tolerance=Decimal("0.005"))
    assert result.outcome is outcome


def test_residual_is_in_the_unit_of_the_left_term() -> None:
    result = met(Relation.EQUAL, ("10000 left", "40.00"), ("-1 right", "401,049"))
    assert result.residual == Decimal("-0.1049")


@pytest.mark.parametrize(
    ("part", "whole", "outcome"),
    [
        ("3.00", "3.00", Outcome.PASS),
        ("2.00", "3.00", Outcome.PASS),
        ("3.01", "3.00", Outcome.WITHIN_ROUNDING),
        ("3.02", "3.00", Outcome.FAIL),
        ("3.00", "", Outcome.UNVERIFIABLE),
        ("", "3.00", Outcome.UNVERIFIABLE),
    ],
)
def test_bounds(part: str, whole: str, outcome: Outcome) -> None:
    assert met(Relation.AT_MOST, ("1 part", part), ("-1 whole", whole)).outcome is outcome


def test_bounds_are_told_in_the_unit_of_the_part() -> None:
    result = met(Relation.AT_MOST, ("1 part", "185,000"), ("-10000 whole", "15.50"))
    assert (result.printed, result.expected) == (Decimal("185000"), Decimal("155000.00"))


@pytest.mark.parametrize(
    ("share", "part", "whole", "outcome"),
    [
        ("85.82%", "1483.80", "1728.90", Outcome.PASS),
        ("34.7%", "1.2", "3.5", Outcome.WITHIN_ROUNDING),
        ("85.92%", "1483.80", "1728.90", Outcome.FAIL),
        ("33%", "1", "3", Outcome.PASS),
        ("0%", "0.00", "3", Outcome.PASS),
        ("5%", "0.00", "0.00", Outcome.UNVERIFIABLE),
        ("", "1.00", "3.00", Outcome.UNVERIFIABLE),
    ],
)
def test_shares(share: str, part: str, whole: str, outcome: Outcome) -> None:
    result = met(Relation.RATIO, ("1 share", share), ("1 part", part), ("1 whole", whole))
    assert result.outcome is outcome


def test_expected_share_has_the_decimals_of_the_printed_one() -> None:
    result = met(Relation.RATIO, ("1 share", "71.73%"), ("1 part", "2106.66"), ("1 whole", "2940.05"))
    assert (result.outcome, result.expected) == (Outcome.FAIL, Decimal("71.65"))


def test_growth() -> None:
    terms = (("1 current", "1,728.90"), ("1 previous", "1,269.99"))
    assert met(Relation.GROWTH, ("1 growth", "36.13%"), *terms).outcome is Outcome.PASS
    assert met(Relation.GROWTH, ("-1 growth", "36.13%"), *terms).outcome is Outcome.FAIL


def test_products_take_whole_factors_as_counts() -> None:
    assert (
        met(Relation.PRODUCT, ("1 product", "5.00"), ("1 factor", "10"), ("1 factor", "0.50")).outcome is Outcome.PASS
    )
    rounded = met(Relation.PRODUCT, ("1 product", "2.00"), ("1 factor", "3"), ("1 factor", "0.67"))
    assert rounded.outcome is Outcome.WITHIN_ROUNDING
    assert met(Relation.PRODUCT, ("1 product", "2.10"), ("1 factor", "3"), ("1 factor", "0.67")).outcome is Outcome.FAIL


def test_facts_are_what_they_were_built_as() -> None:
    note = Message("is missing", "缺少")
    result = met(Relation.FACT, fact=Outcome.FAIL, note=note)
    assert (result.outcome, result.note) == (Outcome.FAIL, note)


def test_the_last_place_is_the_columns() -> None:
    """40 in a column of two decimals is 40.00: 90.26 is too much for 50.25 + 40 by more than rounding allows."""
    rows = [["90.28", "50.25", "40"], ["60.41", "30.16", "30.25"], ["12.75", "2.50", "10.25"]]
    table = {"header": [["合计", "甲", "乙"]], "rows": rows}
    document = document_from_json({"tables": [table]}, "case")
    terms = tuple(
        Term(CellRef("t01", 0, column), Decimal(-1 if column else 1), "part" if column else "total")
        for column in range(3)
    )
    check = Check("x:1", Family.ROW_SUM, Relation.EQUAL, terms, Message("", ""))
    result = evaluate(document, (check,))[0]
    assert (result.outcome, result.tolerance) == (Outcome.FAIL, Decimal("0.015"))
