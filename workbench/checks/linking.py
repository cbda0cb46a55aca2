"""Checks between cells of several tables: equal amounts, or one at most the other, units brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.evaluate import ONE
from workbench.checks.statements import ratio
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef


def equal(
    context: Context,
    left: Sequence[CellRef],
    right: Sequence[CellRef],
    title: Message,
    *,
    blank_as_zero: bool = False,
    weak: bool = False,
    family: Family = Family.CROSS_TABLE,
) -> Iterator[Check]:
    """The sum of `left` equals that of `right` (nothing, where `right` is empty), in the unit of `left`.

    A single cell against cells of which some may be blank: those count as zero if `blank_as_zero`.
    """
    if not left or set(left) == set(right):
        return
    factor = ratio(context, left, right)
    terms = [Term(cell, ONE, "left") for cell in left] + [Term(cell, -factor, "right") for cell in right]
    severity = Severity.WARNING if weak else Severity.ERROR
    blanks = blank_as_zero or len(left) + len(right) > 2
    yield context.check(family, Relation.EQUAL, terms, title, severity=severity, blank_as_zero=blanks, weak=weak)


def at_most(context: Context, parts: Sequence[CellRef], whole: Sequence[CellRef], title: Message) -> Iterator[Check]:
    """The sum of `parts` is at most that of `whole`. It usually follows, and is weak."""
    if not parts or not whole:
        return
    factor = ratio(context, parts, whole)
    terms = [Term(cell, ONE, "part") for cell in parts] + [Term(cell, -factor, "whole") for cell in whole]
    key = [context.label(cell) for cell in parts]
    yield context.check(
        Family.CROSS_TABLE, Relation.AT_MOST, terms, title, key=key, severity=Severity.WARNING, weak=True
    )
