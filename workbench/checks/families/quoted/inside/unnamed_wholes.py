"""What a share is of that names no whole: the total of its section, its list, what its part is always a part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.checks.families.quoted.inside.whole import Whole, fits, is_share_of, make_all
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.concepts import concepts
from workbench.model.amount import read_figure
from workbench.model.check import Term
from workbench.model.table import StatedKind

FELLOWS_WITHIN = 14
"""So many figures away another part of the same list may stand."""
_FEWEST = 2


def whole_of_list(quotes: Quotes, part: Quote, totals: Sequence[Whole]) -> Iterator[Whole]:
    """Of the `totals` that a bare share (占77.78%) may be of, the one that the share of a fellow in the same list is,
    as printed, one of; else the list itself, where its shares make 100."""
    fellows = _fellows(quotes, part)
    others = [pair for pair in fellows if pair[0] is not part]
    wholes = [*totals, *_together(fellows)]
    agreeing = [sum(fits(other, amount, whole) for amount, other in others) for whole in wholes]
    most = max(agreeing, default=0)
    if most and most * 2 >= len(others):
        yield replace(wholes[agreeing.index(most)], named=True)
    else:
        beside = [pair for pair in fellows if quotes.in_one_sentence(pair[0], part)]
        listed = next((pairs for pairs in (beside, fellows) if make_all(one for _, one in pairs)), [])
        yield from _together(listed)


def _together(fellows: Sequence[tuple[Quote, Quote]]) -> Iterator[Whole]:
    """All amounts of a list: what its shares are of, if they are of each other."""
    amounts = [read_figure(amount.figure.cell.printed).value or Decimal(0) for amount, _ in fellows]
    if len(fellows) >= _FEWEST:
        terms = tuple(Term(amount.ref, Decimal(1), "whole") for amount, _ in fellows)
        yield Whole(terms, f"{fellows[0][0].title} … {fellows[-1][0].title}", sum(amounts, Decimal(0)))


def _fellows(quotes: Quotes, part: Quote) -> list[tuple[Quote, Quote]]:
    """The amounts around a part in the same section, each with the bare share that is said of it."""
    near = quotes.all[max(part.position - FELLOWS_WITHIN, 0) : part.position + FELLOWS_WITHIN]
    headings = quotes.headings(part)
    found = []
    for one in near:
        if one.kind is StatedKind.AMOUNT and one.figure.unit == part.figure.unit and quotes.headings(one) == headings:
            share = next(iter(quotes.children.get(one.figure.id, ())), None)
            if share is not None and share.kind is StatedKind.SHARE and share.figure.label.endswith("占比"):
                if read_figure(one.figure.cell.printed).value and one.figure.parent == part.figure.parent:
                    found.append((one, share))
    return found


def whole_of_known_parts(quotes: Quotes, part: Quote) -> Quote | None:
    """What a figure that no words tie to a whole is always a part of (公务接待费 of the 三公经费 before it), where the
    share of one of its fellows, as printed, is one of that whole."""
    measure = quotes.measure(part)
    for known in concepts().decompositions:
        if part.concept not in known.parts or "*" in known.whole:
            continue
        wholes = [
            one
            for one in reversed(quotes.amounts)
            if one.position < part.position <= one.position + FELLOWS_WITHIN
            and one.concept in known.whole
            and quotes.measure(one) == measure
            and one.figure.unit == part.figure.unit
        ]
        if not wholes:
            continue
        near = quotes.all[wholes[-1].position : part.position + FELLOWS_WITHIN]
        fellows = [
            one
            for one in near
            if one.concept in known.parts and one.kind is StatedKind.AMOUNT and quotes.measure(one) == measure
        ]
        of_fellows = (one for one in wholes if any(is_share_of(quotes, fellow, one) for fellow in fellows))
        whole = next(of_fellows, wholes[0] if _shares_make_all(quotes, fellows) else None)
        if whole is not None:
            return whole
    return None


def _shares_make_all(quotes: Quotes, parts: Sequence[Quote]) -> bool:
    """Whether the shares said of these parts, as printed, make 100 per cent."""
    first = {part.concept: part for part in reversed(parts)}.values()
    said = [one for part in first for one in quotes.children.get(part.figure.id, ())[:1]]
    return make_all(one for one in said if one.kind is StatedKind.SHARE and "占" in one.figure.label)
