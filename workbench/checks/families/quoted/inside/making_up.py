"""Whether figures of the running text make up another one as the source prints them: to the last place, nearly, or but
for one digit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.support import one_slip_apart
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import read_figure
from workbench.model.table import StatedKind

_MANY = 3
_FEW_DIGITS = 4
_NEARLY = 20
"""A list of many that misses its whole by no more than this part of it takes all of it apart."""
_HUNDRED = Decimal(100)


def shares_make_all(quotes: Quotes, parts: Sequence[Quote]) -> bool | None:
    """Whether the shares said of the parts make 100 per cent; None where not each has one."""
    shares = [
        read_figure(child.figure.cell.printed)
        for part in parts
        for child in quotes.children.get(part.figure.id, ())
        if child.kind is StatedKind.SHARE
    ]
    values = [share.value for share in shares if share.value is not None]
    slack = sum((share.half_unit for share in shares), Decimal(0))
    made = abs(sum(values, Decimal(0)) - _HUNDRED) <= slack + Decimal("0.1")
    return made if len(values) == len(parts) else None


def printed_value(quote: Quote) -> Decimal | None:
    """What a figure comes to as it is printed; None where it cannot be read."""
    return read_figure(quote.figure.cell.printed).value


def make_up_exactly(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether parts make up a whole as the source prints them."""
    missed = _missed(quotes, whole, parts)
    return missed is not None and abs(missed[0]) <= missed[1]


def makes_up(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether the parts make up the whole as the source prints them, or nearly do where they are many."""
    missed = _missed(quotes, whole, parts)
    if missed is None:
        return False
    nearly = len(parts) >= _MANY and abs(missed[0]) * _NEARLY <= (printed_value(whole) or 0)
    return abs(missed[0]) <= missed[1] or (nearly and shares_make_all(quotes, parts) is not False)


def but_for_one_slip(quotes: Quotes, whole: Quote, parts: Sequence[Quote], *, named: bool = False) -> bool:
    """Whether the parts would make up the whole if one digit of it, or of one of several parts, were another one;
    figures of few digits are near to too many others, unless the words have `named` the whole and its parts."""
    missed, total = _missed(quotes, whole, parts), printed_value(whole)
    if missed is None or total is None:
        return False
    few = _FEW_DIGITS - 1 if named else _FEW_DIGITS
    many = named or len(parts) >= _MANY or are_kinds(parts)
    if telling_digits(whole) < (few if many else few + 1):
        return False
    if one_slip_apart(total, total - missed[0], few):
        return True
    fewest = few if named or len(parts) >= _MANY else few + 1
    alike = [part for part in parts if part.figure.unit == whole.figure.unit and telling_digits(part) >= fewest]
    values = [printed_value(part) or Decimal(0) for part in alike] if many else []
    return any(
        value + missed[0] > 0
        and value.adjusted() == (value + missed[0]).adjusted()
        and one_slip_apart(value, value + missed[0], few)
        for value in values
    )


def are_kinds(parts: Sequence[Quote]) -> bool:
    """Whether one family of the vocabulary knows all these as parts of one whole: kinds there are every year."""
    return any(all(words.fit(part.named.key) for part in parts) for words in vocabulary().partitions.values())


def telling_digits(quote: Quote) -> int:
    """How many digits a figure prints without the zeros at its ends."""
    return len("".join(filter(str.isdigit, quote.figure.cell.printed)).strip("0"))


def _missed(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> tuple[Decimal, Decimal] | None:
    """How much more than the parts the whole prints, and what rounding allows; None where one cannot be read."""
    total = read_figure(whole.figure.cell.printed)
    made, slack = Decimal(0), whole.half_unit
    for part in parts:
        term = quotes.term(part, "part", 1, whole.figure.unit)
        figure = read_figure(part.figure.cell.printed)
        if term is None or figure.value is None:
            return None
        made += term.coefficient * figure.value
        slack += term.coefficient * part.half_unit
    return None if total.value is None else (total.value - made, slack)
