"""Running text that says there is nothing, against a statement that prints an amount:
没有使用政府性基金预算拨款安排的支出, 未安排因公出国（境）费.

Source: the sentence that the disclosure templates put in place of a section for which there is no money. Only sentences
of the document's own year, and only documents about one body: another body may well have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.targets import cells_fitting
from workbench.checks.families.statements.sets import statement_sets
from workbench.fiscal.concepts import concepts
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, ReportKind, Table

_NONE = r"(?:没有(?:使用|安排|发生)?|无|未(?:使用|安排|发生|编列)|不涉及)"
_YEAR = re.compile(r"(20\d\d)年")
_DENIED = (
    (
        "fund_expenditure",
        Form.GOVERNMENT_FUND,
        re.compile(
            rf"{_NONE}(?:当年)?政府性?基金(?:预算)?(?:财政)?(?:拨款)?(?:安排的?)?(?:收支|收入支出|收入|支出|预算|项目支出)"
        ),
    ),
    (
        "state_capital_expenditure",
        Form.STATE_CAPITAL,
        re.compile(
            rf"{_NONE}(?:当年)?国有资本经营(?:预算)?(?:财政)?(?:拨款)?(?:安排的?)?(?:收支|收入支出|收入|支出|预算|项目支出)"
        ),
    ),
    (
        "abroad",
        Form.THREE_PUBLIC,
        re.compile(rf"{_NONE}因公出国(?:[(（]境[)）])?(?:经费|费用?)(?:支出|预算)?(?=[，。；]|$)"),
    ),
)
DENIED_FORMS = tuple(dict.fromkeys(form for _, form, _ in _DENIED))
"""The forms of which a text may say that there is nothing in them."""


def denials(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each sentence that denies an amount which a statement prints, once a statement."""
    if len(statement_sets(context)) > 1:
        return
    measure = "final" if context.document.report is ReportKind.FINAL_ACCOUNT else "budget"
    for concept, form, pattern in _DENIED:
        printed = list(_printed(context, concept, form, measure))
        if not printed:
            continue
        said = next(_sentences(context, quotes, pattern), "")
        if said:
            yield from _contradicted(context, printed[0], said)


def _printed(context: Context, concept: str, form: Form, measure: str) -> Iterator[tuple[Table, CellRef]]:
    for target in concepts().targets:
        if concept in target.concepts and target.form == form:
            for table in context.of_form(form):
                for ref in cells_fitting(context, table, target, measure)[:1]:
                    if context.amount(ref):
                        yield table, ref


def _sentences(context: Context, quotes: Quotes, pattern: re.Pattern[str]) -> Iterator[str]:
    """The sentences of this year that say so, without white space."""
    year = context.document.fiscal_year
    for text in quotes.page_texts():
        for sentence in re.split(r"[。；\n]", text):
            words = "".join(sentence.split())
            named = [int(found) for found in _YEAR.findall(words)]
            if pattern.search(words) and (year is None or not named or year in named):
                yield words


def _contradicted(context: Context, place: tuple[Table, CellRef], said: str) -> Iterator[Check]:
    table, ref = place
    where = f"{table.title} {context.label(ref)}".strip()
    yield context.fact(
        Family.NARRATIVE,
        [ref],
        Message(
            f"The text says “{said}”, but the statement prints an amount ({where}).",
            f"正文称“{said}”，但报表有金额（{where}）。",
        ),
        key=("denial", label_key(said)),
    )
