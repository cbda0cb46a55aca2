"""The equation of a user's rule as it is written: `targets <= projects`, `2 a + b - 0.5 c = total`, `weights = 100`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.errors import did_you_mean
from workbench.model.check import Relation

_RELATION = re.compile(r"<=|>=|≤|≥|==|=")
_NUMBER = r"\d+(?:\.\d+)?"
_NAME = r"[^\W\d]\w*"
_ADDEND = re.compile(
    rf"\s*(?P<sign>[+-])?\s*(?:(?:(?P<factor>{_NUMBER})\s*\*?\s*)?(?P<name>{_NAME})|(?P<number>{_NUMBER}))\s*"
)
_ZERO = Decimal(0)

Report = Callable[[str, str], None]
"""What takes a key of the rule and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class LinearEquation:
    """`sum(coefficient × cell) + constant relation 0`, the cells by name."""

    coefficients: tuple[tuple[str, Decimal], ...] = ()
    constant: Decimal = _ZERO
    relation: Relation = Relation.EQUAL


def read_equation(text: str, names: Sequence[str], report: Report) -> LinearEquation:
    """The equation over the cells of these names; whatever is wrong with it is reported."""
    if not text:
        return LinearEquation()
    sides = _RELATION.split(text)
    signs = _RELATION.findall(text)
    if len(sides) != 2:
        meant = "; write <= or >= for < or >" if len(sides) == 1 and re.search(r"[<>＜＞]", text) else ""
        report("equation", f"an equation has one =, <= or >=: {text!r}{meant}")
        return LinearEquation()
    (left, low), (right, high) = (_side(side, names, report) for side in sides)
    used = {name for name, _ in (*left, *right)}
    for name in sorted(set(names) - used):
        report(name, f"the equation does not use {name!r}")
    if names and not used:
        report("equation", "the equation names no cell")
    turn = -1 if signs[0] in (">=", "≥") else 1
    terms = (*((name, turn * value) for name, value in left), *((name, -turn * value) for name, value in right))
    relation = Relation.EQUAL if signs[0] in ("=", "==") else Relation.AT_MOST
    return LinearEquation(terms, turn * (low - high), relation)


def _side(text: str, names: Sequence[str], report: Report) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """The names of one side with their coefficients, and the sum of its numbers."""
    found: list[tuple[str, Decimal]] = []
    constant = _ZERO
    at = 0
    while at < len(text):
        match = _ADDEND.match(text, at)
        if match is None or (at and match["sign"] is None):
            report("equation", f"{text[at:].strip()!r} is no name or number × name joined by + or -")
            return found, constant
        sign = -1 if match["sign"] == "-" else 1
        if match["number"]:
            constant += sign * Decimal(match["number"])
        else:
            if match["name"] not in names:
                report("equation", f"there is no cell {match['name']!r}{did_you_mean(match['name'], names)}")
            found.append((match["name"], sign * Decimal(match["factor"] or 1)))
        at = match.end()
    if not at:
        report("equation", "one side of the equation is empty")
    return found, constant
