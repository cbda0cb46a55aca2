"""Shares, growth rates and products that do not hold: the stated figure is what is mended first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.injector.documents import Planned
from workbench.model.check import Applicability, Check, Family, Relation, Term
from workbench.model.edit import SetCell
from workbench.model.message import Message
from workbench.model.source import SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, Table
from workbench.repairs import Budget, Constraints, Memory, find_root_causes
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.relocation import Move


def reconciled(relation: Relation, family: Family, figures: dict[str, str]) -> Planned:
    """One row of figures, each in the role that it is named by, and the one check over them."""
    row = (Cell("项目"), *(Cell(text) for text in figures.values()))
    header = (tuple(Cell(text) for text in ("名称", *figures)),)
    table = Table("t01", "绩效表", Form.OTHER, "万元", header, (row,), (1,))
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "none/1", ())
    document = Document(source, "青禾县", 2024, ReportKind.BUDGET, "万元", (table,))
    roles = ["factor" if role.startswith("factor") else role for role in figures]
    terms = tuple(Term(CellRef("t01", 0, place), Decimal(1), role) for place, role in enumerate(roles, 1))
    return Planned.on(document, (Check("one:1", family, relation, terms, Message("it holds", "应相符")),))


@pytest.mark.parametrize(
    ("relation", "figures", "column", "right"),
    [
        (Relation.RATIO, {"share": "52.00%", "part": "25.00", "whole": "100.00"}, 1, "25.00%"),
        (Relation.GROWTH, {"growth": "21%", "current": "112.00", "previous": "100.00"}, 1, "12%"),
        (Relation.PRODUCT, {"product": "1306.00", "factor a": "34.00", "factor b": "40"}, 1, "1360.00"),
    ],
)
def test_what_is_stated_of_others_is_made_to_agree(
    relation: Relation, figures: dict[str, str], column: int, right: str
) -> None:
    findings = find_root_causes(reconciled(relation, Family.PERCENT, figures))
    assert len(findings) == 1
    first = findings[0].suggestions[0].edits[0]
    assert isinstance(first, SetCell)
    assert (first.ref.column, first.after) == (column, right)


def test_a_rate_of_growth_may_be_the_only_figure_below_zero() -> None:
    figures = {"growth": "6.79", "current": "229.09", "previous": "238.34"}
    (finding,) = find_root_causes(reconciled(Relation.GROWTH, Family.YOY, figures))
    said = [edit.after for found in finding.suggestions for edit in found.edits if isinstance(edit, SetCell)]
    assert "-3.88" in said


def test_a_share_is_never_below_zero_where_no_other_figure_is() -> None:
    figures = {"share": "6.79", "part": "-9.25", "whole": "238.34"}
    findings = find_root_causes(reconciled(Relation.RATIO, Family.PERCENT, figures))
    said = [
        edit.after
        for finding in findings
        for found in finding.suggestions
        for edit in found.edits
        if isinstance(edit, SetCell) and edit.ref.column == 1
    ]
    assert "-3.88" not in said


def test_a_factor_that_comes_out_even_may_be_what_is_wrong() -> None:
    """1 was lost before the amount, or the price was misread: nothing tells which."""
    figures = {"product": "436000.00", "factor a": "2", "factor b": "718000.00"}
    (finding,) = find_root_causes(reconciled(Relation.PRODUCT, Family.PERCENT, figures))
    said = {
        edit.after: found.share for found in finding.suggestions for edit in found.edits if isinstance(edit, SetCell)
    }
    assert said["1436000.00"] < 2 * said["218000.00"]
    assert all(found.applicability is not Applicability.SAFE for found in finding.suggestions)


def test_what_holds_within_its_rounding_is_left_alone() -> None:
    figures = {"share": "26%", "part": "672.82", "whole": "2582.46"}
    assert find_root_causes(reconciled(Relation.RATIO, Family.PERCENT, figures)) == ()


def test_nothing_is_asked_of_a_share_of_nothing() -> None:
    figures = {"share": "26%", "part": "672.82", "whole": "0.00"}
    assert find_root_causes(reconciled(Relation.RATIO, Family.PERCENT, figures)) == ()


def test_a_move_mends_a_share_by_its_figures_and_not_by_leaving_it_without() -> None:
    figures = {"share": "74.41%", "part": "41.25", "whole": "161.20"}
    broken = reconciled(Relation.RATIO, Family.PERCENT, figures)
    workshop = Workshop.of(broken, Constraints(), Budget(), Memory())
    equation = workshop.system.equation_of(broken.failures[0])
    layout = workshop.plausibility.layout("t01")
    assert equation is not None and layout is not None

    def mends(column: int, text: str) -> bool:
        return workshop.search.mending.would_hold(equation, Move("moved_row", 3.6, layout, {(0, column): text}))

    assert mends(2, "119.95")
    assert not mends(2, "40.00")
    assert not mends(3, "")
