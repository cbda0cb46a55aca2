"""Which cells of the statements a figure of the running text quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.amounts import Quote, Quotes
from workbench.checks.families.quoted.targets import FIGURES, cells_fitting
from workbench.checks.families.statements import StatementSet, statement_sets
from workbench.fiscal.concepts import Target, concepts
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table


def cells_quoted(context: Context, quotes: Quotes, quote: Quote) -> list[tuple[Table, CellRef]]:
    """The cells that must show the same amount as `quote`; of a concept that two lines could mean (收入合计 with and
    without carry-overs) the line that agrees, else the first."""
    found: list[tuple[Table, CellRef]] = []
    if not quote.concept:
        return found
    measure = quotes.measure(quote)
    if measure == "plan" and quote.concept not in _THREE_PUBLIC:
        return found
    above = [root.concept for root in quotes.roots(quote)]
    spoken_of = _forms_of_section(quotes, quote)
    for target in concepts().targets:
        if quote.concept not in target.concepts or not _is_under(target, above):
            continue
        if spoken_of is not None and Form(target.form) not in spoken_of:
            continue
        for table in statements_of(context, quotes, quote, Form(target.form)):
            candidates = cells_fitting(context, table, target, measure)
            if candidates:
                found.append((table, _agreeing(context, quote, table, candidates)))
                break
    return found


_NAMES_NO_FUND = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure", "basic", "project"}
)
_SECTIONS = (
    ("一般公共预算", (Form.GENERAL_BUDGET_EXPENDITURE, Form.BASIC_EXPENDITURE)),
    ("政府性基金", (Form.GOVERNMENT_FUND,)),
    ("国有资本", (Form.STATE_CAPITAL,)),
    ("财政拨款", (Form.FISCAL_GRANT_SUMMARY, Form.GENERAL_BUDGET_EXPENDITURE, Form.BASIC_EXPENDITURE)),
)
"""The statements that a section speaks of whose heading names a fund."""


def _forms_of_section(quotes: Quotes, quote: Quote) -> tuple[Form, ...] | None:
    """The forms that a bare 支出 or 基本支出 may quote where it stands in a section on one fund; None for any form."""
    if quote.concept not in _NAMES_NO_FUND or any(root.concept not in _NAMES_NO_FUND for root in quotes.roots(quote)):
        return None
    heading = quotes.heading(quote)
    return next((forms for name, forms in _SECTIONS if name in heading), None)


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
    """The budget that the statement of 三公经费 prints beside the final figure that the text quotes; None where it prints
    one figure only."""
    for target in concepts().targets:
        if quote.concept not in target.concepts or target.form != Form.THREE_PUBLIC:
            continue
        for table in statements_of(context, quotes, quote, Form.THREE_PUBLIC):
            plan, final = (cells_fitting(context, table, target, measure)[:1] for measure in ("plan", "final"))
            if plan and final and plan != final:
                return table, plan[0]
    return None


def statements_of(context: Context, quotes: Quotes, quote: Quote, *forms: Form) -> tuple[Table, ...]:
    """The tables of these forms that a figure may quote: of several sets of statements (a department's, and those of its
    units) the one that the text speaks of at this place."""
    sets = statement_sets(context)
    tables = context.of_form(*forms)
    if len(sets) == 1:
        return tables
    numbers = context.kept.get(_SPOKEN_OF)
    if not isinstance(numbers, dict):
        numbers = context.kept[_SPOKEN_OF] = _sets_spoken_of(context, quotes)
    chosen = sets[numbers.get(quote.figure.id, 0)]
    own = {statement.table.id for statement in chosen.all(*forms)}
    return tuple(table for table in tables if table.id in own)


_SPOKEN_OF = "sets that the text speaks of"
_TOTALS = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure", "general_expenditure"}
)


def _sets_spoken_of(context: Context, quotes: Quotes) -> dict[str, int]:
    """The number of the set of statements for each figure: the text goes on to another set where a total that it names
    is printed there and not in the set before."""
    sets = statement_sets(context)
    current = 0
    found: dict[str, int] = {}
    for quote in quotes.all:
        if quote.concept in _TOTALS and quotes.of_this_year(quote) and quotes.measure(quote) != "plan":
            agreeing = [number for number, one in enumerate(sets) if _prints_total(context, quotes, quote, one)]
            if agreeing and current not in agreeing:
                current = agreeing[0]
        found[quote.figure.id] = current
    return found


def _prints_total(context: Context, quotes: Quotes, quote: Quote, statements: StatementSet) -> bool:
    stated = read_figure(quote.figure.cell.printed)
    if not stated.value:
        return False
    for target in concepts().targets:
        if quote.concept not in target.concepts:
            continue
        for statement in statements.all(Form(target.form)):
            table = statement.table
            ratio = context.in_unit_of(table, quote.figure.unit)
            for ref in cells_fitting(context, table, target, quotes.measure(quote)):
                value = read_figure(table.cell(ref.row, ref.column).printed).value
                if ratio and value is not None and abs(value * ratio - stated.value) <= 2 * stated.half_unit:
                    return True
    return False


_THREE_PUBLIC = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"})


def _is_under(target: Target, above: list[str]) -> bool:
    if not target.under:
        return True
    if not above:
        return "" in target.under
    return next((concept for concept in above if concept), "") in target.under


def _agreeing(context: Context, quote: Quote, table: Table, candidates: Sequence[CellRef]) -> CellRef:
    """The candidate that the source prints the same amount in; printed, so that no correction moves the check."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated = read_figure(quote.figure.cell.printed)
    if len(candidates) > 1 and ratio is not None and stated.value is not None:
        for ref in candidates:
            value = read_figure(table.cell(ref.row, ref.column).printed).value
            if value is not None and abs(value * ratio - stated.value) <= 2 * stated.half_unit:
                return ref
    return candidates[0]


def empty_statement(context: Context, quotes: Quotes, quote: Quote) -> Table | None:
    """The statement that `quote` belongs to, where it stands in the document without a single figure."""
    form = _EMPTY.get(quote.concept)
    if form is None:
        return None
    tables = context.of_form(form)
    if not tables or quotes.measure(quote) == "":
        return None
    cells = [(table, ref) for table in tables for ref in table.refs()]
    if any(printed_figure(table, ref.row, ref.column).kind in FIGURES for table, ref in cells):
        return None
    # What a reviewer fills in makes the statement one that is not empty.
    context.guards.update(ref for _, ref in cells)
    filled = any(table.cell(ref.row, ref.column).figure.kind in FIGURES for table, ref in cells)
    return None if filled else tables[0]


def quoted_as_printed(
    context: Context, quote: Quote, table: Table, ref: CellRef, key: Iterable[str] = ()
) -> Iterator[Check]:
    """The check that a figure of the text is what a cell prints, in the unit of either; none where a unit is unknown."""
    ratio = context.in_unit_of(table, quote.figure.unit)
    if ratio is None:
        return
    where = f"{table.title} {context.label(ref)}".strip()
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "left"), Term(ref, -ratio, "right")],
        Message(
            f"The text quotes “{quote.title}” as the statements print it ({where}).",
            f"正文“{quote.title}”与报表（{where}）一致。",
        ),
        key=key,
    )
