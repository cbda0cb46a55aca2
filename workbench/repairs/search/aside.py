"""What it costs to say that a check does not hold in a document."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.check import Family, Relation
from workbench.repairs.equation import Equation

AGAIN = 3.0
"""For one more check of a rule that does not hold in this document."""
_BY_FAMILY = {Family.CROSS_TABLE: 7.0, Family.NARRATIVE: 6.0, Family.YOY: 6.0, Family.PLAN: 6.0, Family.PERCENT: 7.0}
_WITHIN_TABLE = 11.0
_WEAK = 3.5
_AT_MOST = 7.0
_AT_MOST_IN_WORDS = 4.0
_HELD = 13.0
"""For a check that holds as printed."""


def price_aside(equation: Equation, aside: Iterable[Equation]) -> float:
    """The price of setting this check aside after those that are `aside` already."""
    check = equation.check
    if not equation.result.failed:
        return _HELD
    rule = _rule_of(equation)
    if any(_rule_of(other) == rule for other in aside):
        return AGAIN
    if check.weak:
        return _WEAK
    if check.relation is Relation.AT_MOST:
        return _AT_MOST_IN_WORDS if check.family is Family.NARRATIVE else _AT_MOST
    return _BY_FAMILY.get(check.family, _WITHIN_TABLE)


def _rule_of(equation: Equation) -> tuple[str, frozenset[str]]:
    """The rule that a check comes from, as far as one document tells: its name and the tables it ties."""
    return equation.check.name, frozenset(term.ref.table for term in equation.check.terms)
