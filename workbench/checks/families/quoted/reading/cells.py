"""Which cells of the statements a figure of the running text quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.sets_spoken_of import statements_of
from workbench.checks.families.quoted.reading.targets import FIGURES, cells_fitting
from workbench.checks.families.statements.sets import statement_sets
from workbench.checks.families.support import one_slip_apart
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.outline import is_carried
from workbench.fiscal.concepts import concepts
from workbench.fiscal.forms import is_guessed
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table


def cells_quoted(context: Context, quotes: Quotes, quote: Quote) -> list[tuple[Table, CellRef]]:
    """The cells that must show the same amount as `quote`; of a concept that two lines could mean (收入合计 with and
    without carry-overs) the line that agrees, else the first. What a section on one fund calls 本年支出 is that fund's,
    unless it is, as printed, the total of the department after all."""
    if not quote.concept:
        return []
    measure = quotes.measure(quote)
    meaning = quotes.meaning(quote)
    if (measure == "plan" and quote.concept not in _THREE_PUBLIC) or _is_of_something_smaller(quotes, quote):
        return []
    if meaning != quote.concept:
        bare = [
            (table, ref)
            for table, ref in _cells_of(context, quotes, quote, quote.concept, measure)
            if prints_the_same(context, quote, table, ref)
        ]
        if bare:
            return bare
    return _cells_of(context, quotes, quote, meaning, measure)


def cells_of_concept(context: Context, quotes: Quotes, place: Quote, concept: str) -> list[tuple[Table, CellRef]]:
    """The cells of the statements that a concept names where `place` stands; none of a part of something, which only
    its whole tells."""
    return _cells_of(context, quotes, place, concept, quotes.measure(place)) if concept in _WHOLES else []


_OF_THE_YEAR = {
    "income": ("year_income",),
    "expenditure": ("year_expenditure",),
    "income_and_expenditure": ("year_expenditure", "year_income"),
    "fiscal_income_and_expenditure": ("fiscal_expenditure", "fiscal_income"),
}


def cells_of_the_year(context: Context, quotes: Quotes, quote: Quote) -> Iterator[tuple[Table, CellRef]]:
    """The totals of the year alone, where `quote` is one that takes in carried money: texts put the parts of the one
    behind the other (收、支总计90万元，其中基本支出…)."""
    for concept in _OF_THE_YEAR.get(quote.concept, ()):
        for table, candidates in _candidates(context, quotes, quote, concept, quotes.measure(quote)):
            yield table, candidates[0]


def _cells_of(
    context: Context, quotes: Quotes, quote: Quote, concept: str, measure: str
) -> list[tuple[Table, CellRef]]:
    candidates = _candidates(context, quotes, quote, concept, measure)
    chosen = ((table, _agreeing(context, quote, table, refs)) for table, refs in candidates)
    if concept not in _OF_ONE_YEAR:
        return list(chosen)
    return [
        (table, ref)
        for table, ref in chosen
        if prints_the_same(context, quote, table, ref) or not _takes_in_carried(context, table, ref)
    ]


_OF_ONE_YEAR = frozenset({"year_income", "fiscal_income", "year_expenditure", "fiscal_expenditure"})


def _takes_in_carried(context: Context, table: Table, ref: CellRef) -> bool:
    """Whether a cell totals a side on which money from or to another year stands: what came in or went out in the year
    is less."""
    structure = context.structure(table)
    number = structure.panel_of(ref.column)
    labels = structure.rows[number] if number is not None else ()
    if not labels or labels[ref.row].total not in (TotalRank.TOTAL, TotalRank.GRAND):
        return False
    carried = (label for label in labels if is_carried(label) and not label.total)
    return any(printed_figure(table, label.row, ref.column).value for label in carried)


def _candidates(
    context: Context, quotes: Quotes, quote: Quote, concept: str, measure: str
) -> Iterator[tuple[Table, Sequence[CellRef]]]:
    """By statement the cells that a concept names, the likeliest first."""
    whole = quotes.whole_concept(quote)
    for target in concepts().targets:
        if concept not in target.concepts or (target.under and whole not in target.under):
            continue
        for table in statements_of(context, quotes, quote, Form(target.form)):
            if target.untitled is not None and target.untitled.search(table.title):
                continue
            candidates = cells_fitting(context, table, target, measure)
            if candidates:
                yield table, candidates
                break


_OF_A_FUND = frozenset(
    {"general_expenditure", "fund_expenditure", "state_capital_expenditure", "general_income", "fund_income"}
)
_WHOLES = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure"}
    | {"fiscal_income", "fiscal_expenditure", "fiscal_income_and_expenditure", *_OF_A_FUND}
)


def _is_of_something_smaller(quotes: Quotes, quote: Quote) -> bool:
    """Whether a fund is told of an item (公务接待费5万元（其中：一般公共预算支出5万元）) and not of the body."""
    above = quotes.parent(quote)
    return above is not None and quote.concept in _OF_A_FUND and above.concept not in _WHOLES


_EMPTY = {
    "three_public": Form.THREE_PUBLIC,
    "fund_expenditure": Form.GOVERNMENT_FUND,
    "state_capital_expenditure": Form.STATE_CAPITAL,
}
"""The statement that stays empty where there is nothing of a concept."""


@cache
def forms_quoted(concept: str) -> tuple[Form, ...]:
    """The forms that a figure of a concept may quote, or be contradicted by; none of an amount that means no line."""
    forms = [Form(target.form) for target in concepts().targets if concept and concept in target.concepts]
    if concept == "asset_purchase":
        forms.append(Form.PROCUREMENT)
    return tuple(dict.fromkeys([*forms, *([_EMPTY[concept]] if concept in _EMPTY else [])]))


def quotable(context: Context, *forms: Form) -> tuple[Table, ...]:
    """The tables by which it is decided what a figure quotes of these forms: of several sets of statements all."""
    return context.of_form(*forms) if len(statement_sets(context)) == 1 else context.document.tables


def budget_of_public_item(context: Context, quotes: Quotes, quote: Quote) -> tuple[Table, CellRef] | None:
    """The budget that the statement of 三公经费 prints beside the final figure that the text quotes;
    None where it prints one figure only."""
    for target in concepts().targets:
        if quote.concept not in target.concepts or target.form != Form.THREE_PUBLIC:
            continue
        for table in statements_of(context, quotes, quote, Form.THREE_PUBLIC):
            plan, final = (cells_fitting(context, table, target, measure)[:1] for measure in ("plan", "final"))
            if plan and final and plan != final:
                return table, plan[0]
    return None


_THREE_PUBLIC = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"}) | {
    "meeting",
    "training",
}


def _agreeing(context: Context, quote: Quote, table: Table, candidates: Sequence[CellRef]) -> CellRef:
    """The candidate that the source prints the same amount in; printed, so that no correction moves the check."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated = read_figure(quote.figure.cell.printed)
    if len(candidates) > 1 and ratio is not None and stated.value is not None:
        return next((ref for ref in candidates if prints_the_same(context, quote, table, ref)), candidates[0])
    return candidates[0]


def prints_the_same(context: Context, quote: Quote, table: Table, ref: CellRef) -> bool:
    """Whether the source prints the same amount in a cell as in the text; printed,
    so that no correction moves a check."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated = read_figure(quote.figure.cell.printed)
    value = read_figure(table.cell(ref.row, ref.column).printed).value
    if ratio is None or stated.value is None or value is None:
        return False
    return abs(value * ratio - stated.value) <= 2 * stated.half_unit


def nearly_prints(context: Context, quote: Quote, table: Table, ref: CellRef) -> bool:
    """Whether the source prints the same amount in a cell as in the text, or amounts that one slip sets apart."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated = read_figure(quote.figure.cell.printed).value
    value = printed_figure(table, ref.row, ref.column).value
    if ratio is None or stated is None or value is None:
        return False
    return prints_the_same(context, quote, table, ref) or one_slip_apart(stated, value * ratio)


def empty_statement(context: Context, quotes: Quotes, quote: Quote) -> Table | None:
    """The statement that `quote` belongs to, where it stands in the document without a single figure, and none is
    printed there that no table holds: then it is unread, not empty."""
    form = _EMPTY.get(quote.concept)
    if form is None:
        return None
    tables = context.of_form(form)
    if not tables or quotes.measure(quote) == "":
        return None
    cells = [(table, ref) for table in tables for ref in table.refs()]
    if any(printed_figure(table, ref.row, ref.column).kind in FIGURES for table, ref in cells):
        return None
    if any(_has_unread(context, table) for table in tables):
        return None
    # What a reviewer fills in makes the statement one that is not empty.
    context.guards.update(ref for _, ref in cells)
    filled = any(table.cell(ref.row, ref.column).figure.kind in FIGURES for table, ref in cells)
    return None if filled else tables[0]


def _has_unread(context: Context, table: Table) -> bool:
    """Whether amounts that no table holds are printed between the beginning of a table and that of the next."""
    begins = sorted(one.start for one in context.document.tables if one.start > table.start)
    places = ((anchor.page, anchor.start) for anchor in context.document.unread)
    return any(table.start <= place and (not begins or place < begins[0]) for place in places)


def quoted_as_printed(
    context: Context,
    quote: Quote,
    table: Table,
    ref: CellRef,
    key: Iterable[str] = (),
    severity: Severity = Severity.ERROR,
) -> Iterator[Check]:
    """The check that a figure of the text is what a cell prints, in the unit of either; none where a unit is unknown,
    or where the statement's form is guessed and more than a slip sets them apart."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    if ratio is None or (is_guessed(table.form, table.title) and not nearly_prints(context, quote, table, ref)):
        return
    where = f"《{table.title}》{context.label(ref)}"
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "left"), Term(ref, -ratio, "right")],
        Message(
            f"The text quotes “{quote.title}” as the statements print it ({where}).",
            f"正文“{quote.title}”与报表（{where}）一致。",
        ),
        key=key,
        severity=severity,
        tolerance=_cut_off(quote, ratio),
    )


def _cut_off(quote: Quote, ratio: Decimal) -> Decimal:
    """What is allowed where the text gives an amount in a larger unit than the statement: it may be cut off there
    rather than rounded."""
    return quote.half_unit if ratio < 1 else Decimal(0)
