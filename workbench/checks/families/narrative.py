"""Figures in running text: the parts of a whole make it up, the words agree with the figures, and the text quotes the
statements rightly. Source: the disclosure templates of 部门预算公开 and 部门决算公开,
whose narrative repeats the statements."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.carried import carried
from workbench.checks.families.quoted.inside.changes_of_parts import changes_of_parts
from workbench.checks.families.quoted.inside.comparisons import comparisons
from workbench.checks.families.quoted.inside.enumerations import enumerations
from workbench.checks.families.quoted.inside.later_lists import later_lists
from workbench.checks.families.quoted.inside.left_over import left_over
from workbench.checks.families.quoted.inside.listed_items import listed_items
from workbench.checks.families.quoted.inside.occasions import occasions
from workbench.checks.families.quoted.inside.paired_lists import paired_lists
from workbench.checks.families.quoted.inside.points import points
from workbench.checks.families.quoted.inside.repeated_text import repeated_texts
from workbench.checks.families.quoted.inside.spelled_out import spelled_out
from workbench.checks.families.quoted.inside.sums_in_text import sums_in_text
from workbench.checks.families.quoted.inside.told_again import told_again
from workbench.checks.families.quoted.inside.totals_behind import totals_behind
from workbench.checks.families.quoted.inside.unsaid_sums import unsaid_sums
from workbench.checks.families.quoted.inside.year_ends import year_ends
from workbench.checks.families.quoted.lines.bare_lines import BARE_LINE_FORMS, bare_lines
from workbench.checks.families.quoted.lines.class_lists import CLASS_LIST_FORMS, class_lists
from workbench.checks.families.quoted.lines.counts import COUNT_FORMS, counts
from workbench.checks.families.quoted.lines.denials import DENIED_FORMS, denials
from workbench.checks.families.quoted.lines.flows import FLOW_FORMS, fund_flows, is_of_a_fund, is_of_counted_projects
from workbench.checks.families.quoted.lines.items import ITEM_FORMS, equipment_bought, item_rows
from workbench.checks.families.quoted.lines.joint_lines import JOINT_FORMS, joint_lines
from workbench.checks.families.quoted.lines.listed_numbers import NUMBERED_FORMS, listed_numbers
from workbench.checks.families.quoted.lines.named_lines import LINE_FORMS, named_lines
from workbench.checks.families.quoted.lines.project_lines import PROJECT_LISTS, project_lines
from workbench.checks.families.quoted.lines.projects import BUDGET_FORMS, balanced_totals, project_budgets
from workbench.checks.families.quoted.reading.amounts import Quotes, from_text, quotes_of
from workbench.checks.families.quoted.reading.cells import (
    cells_quoted,
    empty_statement,
    forms_quoted,
    quotable,
    quoted_as_printed,
)
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Family, Relation
from workbench.model.message import Message
from workbench.model.table import CellRef


def build(context: Context) -> Iterator[Check]:
    """Sums inside the text, statements quoted by the text, comparisons in words."""
    yield from repeated_texts(context)
    yield from from_text(context, "denials", denials, *quotable(context, *DENIED_FORMS))
    if not context.document.stated:
        return
    told = tuple(_told(context, quotes_of(context)))
    yield from told
    tied = frozenset((check.relation, _cells(check)) for check in told)
    yield from context.checks_once(
        ("unsaid sums", tied), (context.document.stated,), lambda: _unsaid(context, quotes_of(context), tied)
    )


def _cells(check: Check) -> frozenset[CellRef]:
    return frozenset(term.ref for term in check.terms)


def _unsaid(context: Context, quotes: Quotes, tied: Collection[tuple[Relation, frozenset[CellRef]]]) -> Iterator[Check]:
    """What only the figures tell, beside the checks that are there: `tied` are the relation and the figures of each."""
    equal = frozenset(cells for relation, cells in tied if relation is Relation.EQUAL)
    paired = tuple(paired_lists(context, quotes, equal))
    yield from paired
    yield from unsaid_sums(context, quotes, {*(cells for _, cells in tied), *map(_cells, paired)})


def _told(context: Context, quotes: Quotes) -> Iterator[Check]:
    """What words of the text tell."""
    yield from from_text(context, "sums of the text", sums_in_text)
    yield from from_text(context, "changes of the text", changes_of_parts)
    yield from _quoted_statements(context, quotes)
    yield from from_text(context, "items of the text", item_rows, *quotable(context, *ITEM_FORMS))
    yield from from_text(context, "lists of classes", class_lists, *quotable(context, *CLASS_LIST_FORMS))
    yield from from_text(context, "named lines", named_lines, *quotable(context, *LINE_FORMS, *CLASS_LIST_FORMS))
    yield from from_text(context, "projects named", project_lines, *quotable(context, *PROJECT_LISTS))
    yield from from_text(context, "listed numbers", listed_numbers, *quotable(context, *NUMBERED_FORMS))
    yield from from_text(context, "joint lines", joint_lines, *quotable(context, *JOINT_FORMS))
    yield from from_text(context, "bare lines", bare_lines, *quotable(context, *BARE_LINE_FORMS))
    yield from from_text(context, "counts of the text", counts, *quotable(context, *COUNT_FORMS))
    yield from from_text(context, "flows of funds", fund_flows, *context.of_form(*FLOW_FORMS))
    yield from from_text(context, "points", points)
    yield from from_text(context, "listed items", listed_items)
    yield from from_text(context, "later lists", later_lists)
    yield from from_text(context, "balanced totals", balanced_totals)
    yield from from_text(context, "totals behind their parts", totals_behind)
    yield from from_text(context, "project budgets", project_budgets, *context.of_form(*BUDGET_FORMS))
    yield from from_text(context, "comparisons", comparisons)
    yield from from_text(context, "enumerations", enumerations)
    yield from from_text(context, "occasions", occasions)
    yield from from_text(context, "carried", carried)
    yield from from_text(context, "spelled out", spelled_out)
    yield from from_text(context, "year ends", year_ends)
    yield from from_text(context, "left over", left_over)
    yield from from_text(context, "told again", told_again)


def _quoted_statements(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The text says what the statements say."""
    for quote in quotes.amounts:
        meaning = quotes.meaning(quote)
        forms = dict.fromkeys([*forms_quoted(quote.concept), *forms_quoted(meaning)])
        if forms and meaning:
            build = partial(_quoted_statement, quote)
            yield from from_text(context, ("quoted", quote.figure.id), build, *quotable(context, *forms))


def _quoted_statement(quote: Quote, context: Context, quotes: Quotes) -> Iterator[Check]:
    if not quotes.of_this_year(quote) or is_of_counted_projects(quotes, quote):
        return
    if is_of_a_fund(quotes, quote) and not quotes.meaning(quote).startswith("fiscal"):
        return
    for table, ref in cells_quoted(context, quotes, quote):
        yield from quoted_as_printed(context, quote, table, ref)
    yield from equipment_bought(context, quote)
    empty = empty_statement(context, quotes, quote)
    if empty is not None and context.amount(quote.ref):
        yield context.fact(
            Family.NARRATIVE,
            [quote.ref],
            Message(
                f"The text gives “{quote.title}” a figure, but the table 《{empty.title}》 is empty.",
                f"正文“{quote.title}”有金额，但《{empty.title}》为空表。",
            ),
        )
