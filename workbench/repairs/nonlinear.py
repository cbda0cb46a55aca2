"""Shares, growth rates and products: what they leave over, and what they ask of one cell."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from workbench.model.check import Check, Relation, Role
from workbench.model.table import CellRef

Values = list[tuple[Role, CellRef, Decimal]]
"""The terms of a check: role, cell, and value times coefficient."""

SAID: frozenset[Role] = frozenset({"share", "growth", "product"})
"""The roles of what a check states; the other terms make it."""


def left_over(check: Check, values: Values) -> Decimal:
    """By how much the stated share, growth or product exceeds what the other terms make; 0 where they make none."""
    said, made = _of_role(values, SAID), _made(check, values)
    return Decimal(0) if said is None or made is None else said - made


def asked_of(check: Check, values: Values, ref: CellRef) -> Decimal | None:
    """The value of one cell with which the check would hold; None where there is none."""
    role, coefficient = next((term.role, term.coefficient) for term in check.terms if term.ref == ref)
    wanted = _made(check, values) if role in SAID else _asked_of_role(check, values, ref, role)
    if wanted is None:
        return None
    others = (value for term_role, term_ref, value in values if term_role == role and term_ref != ref)
    together = Decimal(0) if check.relation is Relation.PRODUCT and role not in SAID else sum(others, Decimal(0))
    return (wanted - together) / coefficient


def _asked_of_role(check: Check, values: Values, ref: CellRef, role: Role) -> Decimal | None:
    """What all terms of a role would have to make together (of a product: what this factor would have to be)."""
    said = _of_role(values, SAID)
    if said is None:
        return None
    if check.relation is Relation.PRODUCT:
        rest = Decimal(1)
        for term_role, term_ref, value in values:
            if term_role == "factor" and term_ref != ref:
                rest *= value
        return said / rest if rest else None
    if check.relation is Relation.RATIO:
        if role == "part":
            whole = _of_role(values, {"whole"})
            return None if whole is None else said * whole / 100
        part = _of_role(values, {"part"})
        return part * 100 / said if said and part is not None else None
    if role == "current":
        previous = _of_role(values, {"previous"})
        return None if previous is None else (said / 100 + 1) * previous
    current = _of_role(values, {"current"})
    return None if current is None or said == -100 else current / (said / 100 + 1)


def _made(check: Check, values: Values) -> Decimal | None:
    """What the other terms make: the share, the growth or the product."""
    if check.relation is Relation.PRODUCT:
        product = Decimal(1)
        for role, _, value in values:
            if role == "factor":
                product *= value
        return product
    if check.relation is Relation.RATIO:
        part, whole = _of_role(values, {"part"}), _of_role(values, {"whole"})
        return None if part is None or not whole else 100 * part / whole
    current, previous = _of_role(values, {"current"}), _of_role(values, {"previous"})
    return None if current is None or not previous else 100 * (current - previous) / previous


def _of_role(values: Values, roles: Collection[Role]) -> Decimal | None:
    found = [value for role, _, value in values if role in roles]
    return sum(found, Decimal(0)) if found else None
