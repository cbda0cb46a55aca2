"""Checks between cells of several tables: equal amounts, no amount at all, or one at most the other;
units brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.decisions import amount_of
from workbench.checks.families.statements.agreement import ratio
from workbench.checks.families.support import one_slip_apart
from workbench.checks.reading import ONE, ZERO
from workbench.fiscal.forms import is_guessed
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef

Pair = tuple[Sequence[CellRef], Sequence[CellRef]]
"""Two amounts that should be the same, each the sum of its cells."""


def equal(
    context: Context,
    left: Sequence[CellRef],
    right: Sequence[CellRef],
    title: Message,
    *,
    blank_as_zero: bool = False,
    weak: bool = False,
) -> Iterator[Check]:
    """The sum of `left` equals that of `right`, in the unit of `left`; nothing where one of them has no cells.

    Of two single cells a blank one counts as zero only if `blank_as_zero`; among several cells it does. Where the form
    of a statement is guessed, amounts that are more than a slip apart are those of another statement.
    """
    if not left or not right or set(left) == set(right):
        return
    if _is_guessed(context, (*left, *right)) and not nearly_same(context, (left, right)):
        return
    factor = ratio(context, left, right)
    terms = [Term(cell, ONE, "left") for cell in left] + [Term(cell, -factor, "right") for cell in right]
    blanks = blank_as_zero or len(terms) > 2
    severity = Severity.WARNING if weak else Severity.ERROR
    yield context.check(
        Family.CROSS_TABLE, Relation.EQUAL, terms, title, severity=severity, blank_as_zero=blanks, weak=weak
    )


def same_in(context: Context, pair: Pair, title: str, *, weak: bool = False) -> Iterator[Check]:
    """The first of two amounts is printed again as the second, in the statement of this title."""
    left, right = pair
    if left:
        label = context.label(left[0])
        message = Message(f"{label} is the same in 《{title}》.", f"{label}与《{title}》一致。")
        yield from equal(context, left, right, message, weak=weak)


def same_but_for_slips(context: Context, pairs: Sequence[Pair], title: str) -> Iterator[Check]:
    """The pairs that are the same but for a slip, where two of three and more are the same, in the statement of this
    title."""
    agreeing = sum(same(context, pair) for pair in pairs)
    if agreeing < 2 or agreeing * 3 < len(pairs) * 2:
        return
    for pair in pairs:
        if nearly_same(context, pair):
            yield from same_in(context, pair, title, weak=True)


def no_amount(
    context: Context, cells: Sequence[CellRef], title: Message, family: Family, *, weak: bool = False
) -> Iterator[Check]:
    """These cells print no amount but zero."""
    if not cells:
        return
    terms = [Term(cell, ONE, "left") for cell in cells]
    severity = Severity.WARNING if weak else Severity.ERROR
    yield context.check(family, Relation.EQUAL, terms, title, severity=severity, weak=weak)


def _is_guessed(context: Context, cells: Iterable[CellRef]) -> bool:
    tables = {cell.table for cell in cells}
    return any(is_guessed(context.tables[table].form, context.tables[table].title) for table in tables)


def at_most(context: Context, parts: Sequence[CellRef], whole: Sequence[CellRef], title: Message) -> Iterator[Check]:
    """The sum of `parts` is at most that of `whole`. It usually follows, and is weak."""
    if not parts or not whole or _is_guessed(context, (*parts, *whole)):
        return
    factor = ratio(context, parts, whole)
    terms = [Term(cell, ONE, "part") for cell in parts] + [Term(cell, -factor, "whole") for cell in whole]
    key = [context.label(cell) for cell in parts]
    yield context.check(
        Family.CROSS_TABLE, Relation.AT_MOST, terms, title, key=key, severity=Severity.WARNING, weak=True
    )


def same(context: Context, pair: Pair) -> bool:
    """Whether the source prints the same amount, other than nothing, at both places, rounded or in another unit."""
    values = _printed(context, pair)
    return values is not None and bool(values[0]) and abs(values[0] - values[1]) <= values[2]


def nearly_same(context: Context, pair: Pair) -> bool:
    """Whether the source prints the same amount at both places, or amounts that one slip sets apart."""
    values = _printed(context, pair)
    return values is not None and (abs(values[0] - values[1]) <= values[2] or one_slip_apart(*values[:2]))


def differ(context: Context, pair: Pair) -> bool:
    """Whether the source prints different amounts at the two places."""
    values = _printed(context, pair)
    return values is not None and abs(values[0] - values[1]) > values[2]


def _printed(context: Context, pair: Pair) -> tuple[Decimal, Decimal, Decimal] | None:
    """Both amounts in the unit of the first, and how far rounding may set them apart; None where one is not printed."""
    left, right = pair
    ours, theirs = (amount_of(context.printed, cells) for cells in pair)
    if ours is None or theirs is None:
        return None
    factor = ratio(context, left, right)
    reach = sum((context.printed.read(cell).half_unit for cell in left), ZERO)
    reach += sum((context.printed.read(cell).half_unit for cell in right), ZERO) * factor
    return ours, theirs * factor, reach
