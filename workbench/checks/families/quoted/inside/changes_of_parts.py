"""Changes inside running text: the change of a whole is made up of the changes of its known parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import are_kinds, make_up_exactly
from workbench.checks.families.quoted.inside.near_misses import comes_out
from workbench.checks.families.quoted.inside.parts import decomposition_of
from workbench.checks.families.quoted.inside.sums_in_text import titles
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.concepts import concepts, named
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind


def changes_of_parts(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The change of a whole is made up of the changes of its known parts."""
    for whole in quotes.all:
        if whole.kind is not StatedKind.CHANGE:
            continue
        direct = [part for part in quotes.children.get(whole.figure.id, ()) if part.kind is StatedKind.CHANGE]
        parts = _change_parts(whole, direct) or _changes_of_parts(whole, quotes)
        if parts is None:
            continue
        terms = [quotes.term(part, "part", -(part.figure.direction or 1), whole.figure.unit) for part in parts]
        if any(term is None for term in terms):
            continue
        yield context.check(
            Family.NARRATIVE,
            Relation.EQUAL,
            [
                Term(whole.ref, Decimal(whole.figure.direction or 1), "total"),
                *(term for term in terms if term is not None),
            ],
            Message(
                f"In the text, the change “{whole.title}” is made up of {titles(parts)}.",
                f"正文中，“{whole.title}”由{titles(parts)}构成。",
            ),
            key=[part.figure.label for part in parts],
        )


def _change_parts(whole: Quote, parts: Sequence[Quote]) -> list[Quote] | None:
    """Changes said to be parts of the change, if the kinds that make up a whole are all among them."""
    subjects = {part.figure.id: _subject_concept(part) for part in parts}
    subject = _subject_concept(whole)
    for known in concepts().decompositions:
        if subject and "*" not in known.whole and subject not in known.whole:
            continue
        found = [part for part in parts if subjects[part.figure.id] in known.parts]
        if {subjects[part.figure.id] for part in found} == set(known.parts) and len(found) == len(known.parts):
            # What is listed beside them (上年结转减少) changed the whole too.
            return found if len(found) == len(parts) or _make_up(whole, found) else list(parts)
    return None


def _make_up(whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether changes in one unit make up another one as the source prints them."""
    total, *figures = [read_figure(one.figure.cell.printed) for one in (whole, *parts)]
    if total.value is None or any(part.figure.unit != whole.figure.unit for part in parts):
        return False
    signed = [
        (figure.value or Decimal(0)) * (part.figure.direction or 1) for part, figure in zip(parts, figures, strict=True)
    ]
    slack = sum((figure.half_unit for figure in figures), total.half_unit)
    return abs(sum(signed, Decimal(0)) - total.value * (whole.figure.direction or 1)) <= slack


_CHANGE_WORDS = re.compile(
    r"(?:[比较与同].*)?(?:增加|减少|增长|下降|降低|上升|提高|压减|压缩|削减|调增|调减|增支|减支)$"
)


def _subject_concept(change: Quote) -> str:
    return named(_CHANGE_WORDS.sub("", change.figure.label)).concept


def _changes_of_parts(whole: Quote, quotes: Quotes) -> list[Quote] | None:
    """The changes of all parts of the amount that a change is said about, known as such or by their figures; a part
    said to be unchanged (持平) adds nothing. None where one of the parts says nothing of its change, or where only the
    figures tell that these are the parts, and the changes do not come out."""
    amount = quotes.parent(whole)
    if amount is None or amount.kind is not StatedKind.AMOUNT:
        return None
    children = [part for part in quotes.children.get(amount.figure.id, ()) if part.kind is StatedKind.AMOUNT]
    known = decomposition_of(amount, children)
    parts = known
    if parts is None and len(children) > 1 and make_up_exactly(quotes, amount, children):
        parts = children
    if parts is None:
        return None
    changes: list[Quote] = []
    for part in parts:
        own = [one for one in quotes.children.get(part.figure.id, ()) if one.kind is StatedKind.CHANGE]
        if own:
            changes.append(own[0])
        elif "持平" not in part.figure.text and "一致" not in part.figure.text:
            return None
    return changes if changes and (known or are_kinds(parts) or _comes_out(quotes, whole, changes)) else None


def _comes_out(quotes: Quotes, whole: Quote, changes: Sequence[Quote]) -> bool:
    """Whether changes make up the change of a whole as printed, or would but for one digit. What makes up an amount
    this year need not have made up all of last year's: an item may have ended."""
    changed = [(one, one.figure.direction or 1) for one in changes if read_figure(one.figure.cell.printed).value]
    return comes_out(quotes, [(whole, -(whole.figure.direction or 1)), *changed])
