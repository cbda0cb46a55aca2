"""Equations that running text need not mean, taken for meant where one digit would make them true.

Figures of a text stand beside each other for many reasons. Two of them that are the same, or a sum that comes out, may
be meant so; where one digit of a long figure parts them from that they hardly can be otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.checks.families.quoted.inside.making_up import telling_digits
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.amount import read_figure

_FEWEST_DIGITS = 4


def comes_out(
    quotes: Quotes, signed: Sequence[tuple[Quote, int]], *, fewest: int = _FEWEST_DIGITS, slip: bool = True
) -> bool:
    """Whether these figures, each with its sign, come to nothing as printed, or would if one digit of one of them were
    another one (where a `slip` counts). None of them is nothing."""
    first = signed[0][0]
    values: list[Decimal] = []
    reach = Decimal(0)
    for quote, _ in signed:
        term, figure = quotes.term(quote, "part", 1, first.figure.unit), read_figure(quote.figure.cell.printed)
        if term is None or not figure.value:
            return False
        values.append(figure.value * term.coefficient)
        reach += figure.half_unit * term.coefficient
    missed = sum((value * sign for value, (_, sign) in zip(values, signed, strict=True)), Decimal(0))
    if abs(missed) < reach:
        return True
    return slip and any(
        telling_digits(quote) >= fewest and one_digit_apart(value, value - sign * missed)
        for value, (quote, sign) in zip(values, signed, strict=True)
        if quote.figure.unit == first.figure.unit
    )


def one_digit_apart(value: Decimal, wanted: Decimal) -> bool:
    """Whether two figures of one sign and as many digits differ in one of them, or have two neighbours exchanged."""
    if not wanted or (value < 0) is not (wanted < 0) or value.adjusted() != wanted.adjusted():
        return False
    value, wanted = abs(value), abs(wanted)
    places = min(int(value.as_tuple().exponent), int(wanted.as_tuple().exponent))
    one, other = (str(int(each.scaleb(-places))) for each in (value, wanted))
    apart = [at for at in range(len(one)) if one[at] != other[at]]
    if len(apart) == 2 and apart[1] == apart[0] + 1:
        return one[apart[0]] == other[apart[1]] and one[apart[1]] == other[apart[0]]
    return len(apart) == 1
