"""Rates that running text calls by a name (结案率, 回收率, 药占比, 资产负债率): of two figures told before them.

A name does not say what it is a rate of. So a rate is held against two figures of its sentence, or the one before, of
which it is the rate as printed, or would be but for one digit; the upper one shares a character with the name
(审结 of 结案率). Below the line may stand both (负债 and 净资产 of 资产负债率). No rate is taken for one of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.shares import stated_share
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.support import quotient_but_for_one_digit
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_RATE = re.compile(r"(?P<stem>.*[^占])(?:占比|率)$")
_SAYS_NOTHING = re.compile(r"预算|资金|经费|项目|工作|[总年度本全的数占比率 ]")
_NOT = re.compile(r"^[不未非无]")
_WITHIN = 8
_MOST_SENTENCES = 1
_FINE = 2
"""Rates of so many decimals are near to few others."""
_FEWEST_DIGITS = 2
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class _Pair:
    """What a rate may be of: figures above and below the line."""

    parts: tuple[Quote, ...]
    wholes: tuple[Quote, ...]


def named_rates(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each rate with a name that nothing else recomputes."""
    for rate in quotes.all:
        said = _RATE.search(rate.figure.label) if rate.kind is StatedKind.SHARE else None
        if said is None or any(True for _ in stated_share(context, quotes, rate)):
            continue
        pair = _pair(quotes, rate, said["stem"].rpartition(" ")[2])
        if pair is not None:
            yield _check(context, quotes, rate, pair)


def _pair(quotes: Quotes, rate: Quote, stem: str) -> _Pair | None:
    """The two figures of which a rate is, as printed; else those of which it would be but for one digit."""
    near = list(_before(quotes, rate))
    above = quotes.parent(rate)
    named = [one for one in near if _shares_character(one, stem)]
    parts = [above] if above in near and above is not None else named
    pairs = [
        _Pair((part,), (whole,))
        for part in parts
        for whole in near
        if whole is not part and quotes.term(whole, "whole", 1, part.figure.unit) is not None
    ]
    of_both = [_Pair(pair.parts, (*pair.parts, *pair.wholes)) for pair in pairs]
    fitting = next((pair for pair in (*pairs, *_together(named, near), *of_both) if _fits(quotes, rate, pair)), None)
    return fitting or next((pair for pair in pairs if _nearly_fits(quotes, rate, pair)), None)


def _before(quotes: Quotes, rate: Quote) -> Iterator[Quote]:
    """The amounts and numbers of the sentence of a rate, and of the one before, the nearest first."""
    for one in reversed(quotes.all[max(rate.position - _WITHIN, 0) : rate.position]):
        words = quotes.between(one, rate)
        if words is None or words.count("。") > _MOST_SENTENCES:
            return
        if one.kind in (StatedKind.AMOUNT, StatedKind.COUNT) and quotes.of_this_year(one):
            yield one


def _shares_character(one: Quote, stem: str) -> bool:
    characters = set(_SAYS_NOTHING.sub("", stem))
    return _NOT.match(one.figure.label) is None and bool(characters & set(one.figure.label))


def _together(named: Sequence[Quote], near: Sequence[Quote]) -> Iterator[_Pair]:
    """Several items of a list that a name speaks of (优 and 良 of 优良率), of all of the list, or of another number."""
    parts = tuple(one for one in named if one.figure.unit == named[0].figure.unit)
    if len(parts) < _FEWEST_DIGITS:
        return
    alike = [one for one in near if one.figure.unit == parts[0].figure.unit]
    fellows = tuple(one for one in alike if one.figure.parent == parts[0].figure.parent)
    for most in range(len(parts), 1, -1):
        yield _Pair(parts[:most], fellows)
        yield from (_Pair(parts[:most], (whole,)) for whole in alike if whole not in parts[:most])


def _value(quotes: Quotes, figures: Sequence[Quote], unit: str) -> Decimal | None:
    made = Decimal(0)
    for one in figures:
        term, value = quotes.term(one, "part", 1, unit), read_figure(one.figure.cell.printed).value
        if term is None or value is None:
            return None
        made += value * term.coefficient
    return made


def _fits(quotes: Quotes, rate: Quote, pair: _Pair) -> bool:
    """Whether a rate, as printed, is that of a pair."""
    said, unit = read_figure(rate.figure.cell.printed), pair.parts[0].figure.unit
    upper, lower = _value(quotes, pair.parts, unit), _value(quotes, pair.wholes, unit)
    if said.value is None or not upper or not lower:
        return False
    return abs(_HUNDRED * upper / lower - said.value) <= 2 * said.half_unit


def _nearly_fits(quotes: Quotes, rate: Quote, pair: _Pair) -> bool:
    """Whether a fine rate would be that of a pair if one digit of the three figures were another one."""
    said, unit = read_figure(rate.figure.cell.printed), pair.parts[0].figure.unit
    upper, lower = _value(quotes, pair.parts, unit), _value(quotes, pair.wholes, unit)
    if said.value is None or not upper or not lower or said.decimals < _FINE or upper > lower:
        return False
    return quotient_but_for_one_digit(said.value, _HUNDRED * upper, lower, said.half_unit)


def _check(context: Context, quotes: Quotes, rate: Quote, pair: _Pair) -> Check:
    unit = pair.parts[0].figure.unit
    terms = [quotes.term(one, "part", 1, unit) for one in pair.parts]
    terms += [quotes.term(one, "whole", 1, unit) for one in pair.wholes]
    upper, lower = ("、".join(f"“{one.title}”" for one in figures) for figures in (pair.parts, pair.wholes))
    return context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(rate.ref, Decimal(1), "share"), *(term for term in terms if term is not None)],
        Message(
            f"“{rate.title}” is {upper} as a percentage of {lower}.",
            f"“{rate.title}”等于{upper}÷{lower}。",
        ),
        key=("named rate",),
        severity=Severity.WARNING,
        tolerance=2 * rate.half_unit,
    )
