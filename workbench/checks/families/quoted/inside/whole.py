"""An amount of the text or of a statement that a share may be of, and whether the share as printed is one of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.amount import read_figure
from workbench.model.check import Term
from workbench.model.table import CellRef, StatedKind, Table

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Whole:
    """An amount that a share may be of: its terms, what it is called, what it prints in the unit of the part,
    and whether the words name it."""

    terms: tuple[Term, ...]
    title: str
    printed: Decimal | None
    named: bool = True


def fits(share: Quote, part: Quote, whole: Whole) -> bool:
    """Whether the share as printed is that of the part in this whole."""
    printed, amount = read_figure(share.figure.cell.printed), read_figure(part.figure.cell.printed).value
    if printed.value is None or amount is None or not whole.printed:
        return False
    made = _HUNDRED * amount / whole.printed
    return abs(made - printed.value) <= 2 * printed.half_unit


def as_whole(quotes: Quotes, whole: Quote, part: Quote, *, says: bool = True) -> Iterator[Whole]:
    """An amount of the text as what `part` may be a share of, nothing where their units cannot be compared."""
    term = quotes.term(whole, "whole", 1, part.figure.unit)
    value = read_figure(whole.figure.cell.printed).value
    if term is not None:
        yield Whole((term,), whole.title, None if value is None else value * term.coefficient, says)


def printed_wholes(context: Context, part: Quote, cells: Iterable[tuple[Table, CellRef]]) -> Iterator[Whole]:
    """Cells of the statements as what a part may be a share of."""
    for table, ref in cells:
        ratio = context.in_unit_of(table, part.figure.unit)
        value = printed_figure(table, ref.row, ref.column).value
        if ratio is not None and value is not None:
            where = f"《{table.title}》{context.label(ref)}"
            yield Whole((Term(ref, ratio, "whole"),), where, value * ratio)


def is_share_of(quotes: Quotes, part: Quote, whole: Quote) -> bool:
    """Whether the share said of a part is, as printed, one of `whole`."""
    amount, total = (read_figure(quote.figure.cell.printed).value for quote in (part, whole))
    if amount is None or not amount or not total:
        return False
    shares = [one for one in quotes.children.get(part.figure.id, ()) if one.kind is StatedKind.SHARE]
    figures = [read_figure(share.figure.cell.printed) for share in shares]
    return any(f.value is not None and abs(_HUNDRED * amount / total - f.value) <= 2 * f.half_unit for f in figures)


def make_all(shares: Iterable[Quote]) -> bool:
    """Whether several shares, as printed, make 100 per cent."""
    figures = [read_figure(share.figure.cell.printed) for share in shares]
    made = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    return len(figures) > 1 and abs(made - _HUNDRED) <= sum((figure.half_unit for figure in figures), Decimal(0))
