"""Amounts of the text that several lines of a statement make together (会议费、培训费合计16.80万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import cells_quoted
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.reading import ONE
from workbench.fiscal.concepts import Named, named
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

JOINT_FORMS = (Form.THREE_PUBLIC,)
"""The forms whose lines a text may name together."""
_TOGETHER = re.compile(r"(?:[两二三四]项)?(?:费用|经费)?(?:合计|共计|总额)?$")
_AND = re.compile(r"、|以及|和")
_ITEMS = frozenset({"three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"}) | {
    "meeting",
    "training",
}


def joint_lines(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each amount that names several items of one statement, against their sum."""
    for quote in quotes.amounts:
        items = _items(quote) if not quote.concept and quotes.of_this_year(quote) else ()
        lines = [_line(context, quotes, quote, item) for item in items]
        found = [line for line in lines if line is not None]
        if len(found) > 1 and len(found) == len(items) and len({table.id for table, _ in found}) == 1:
            yield from _check(context, quote, found[0][0], [ref for _, ref in found])


def _items(quote: Quote) -> tuple[Named, ...]:
    names = _AND.split(_TOGETHER.sub("", quote.named.key))
    items = tuple(named(name) for name in names) if len(names) > 1 else ()
    known = all(item.concept in _ITEMS for item in items) and len({item.concept for item in items}) == len(items)
    return items if known else ()


def _line(context: Context, quotes: Quotes, quote: Quote, item: Named) -> tuple[Table, CellRef] | None:
    named_alone = replace(quote, named=replace(item, measure=quote.named.measure))
    cells = cells_quoted(context, quotes, named_alone)
    return next(((table, ref) for table, ref in cells if table.form in JOINT_FORMS), None)


def _check(context: Context, quote: Quote, table: Table, refs: list[CellRef]) -> Iterator[Check]:
    ratio = context.in_unit_of(table, quote.figure.unit)
    if ratio is None or len(set(refs)) < len(refs):
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, ONE, "left"), *(Term(ref, -ratio, "right") for ref in refs)],
        Message(
            f"“{quote.title}” is what these lines of 《{table.title}》 make together.",
            f"“{quote.title}”等于《{table.title}》所列各项之和。",
        ),
        severity=Severity.WARNING,
    )
