"""Units of money and what they are in yuan."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from workbench.model.amount import match_key

_FACTORS = {
    "分": Decimal("0.01"),
    "角": Decimal("0.1"),
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1_000),
    "万": Decimal(10_000),
    "万元": Decimal(10_000),
    "十万元": Decimal(100_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
    "亿元": Decimal(100_000_000),
}
_OF_YUAN = 4
_BY_LENGTH = sorted(_FACTORS, key=len, reverse=True)
UNITS_OF_STATEMENTS = tuple(name for name in _BY_LENGTH if name not in ("分", "角"))
"""The units that statements are printed in, longer names before those that they end in."""


@lru_cache(maxsize=1024)
def unit_factor(unit: str) -> Decimal | None:
    """What one of `unit` is in yuan, None where it is no unit of money: 万元 is 10000, 人民币元 is 1, 人 is None.

    `unit` may come with words around it (金额单位：万元, 人民币万元), not with a denominator (元/人).
    """
    key = match_key(unit)
    if "/" in key or "每" in key:
        return None
    for name in _BY_LENGTH:
        if (
            key == name
            or (len(name) > 1 and key.endswith(name))
            or (name == "元" and key.endswith(("币元", ":元", "位元")))
        ):
            return _FACTORS[name]
    return None


def power_mixed_in(unit: str) -> int:
    """The power of ten between a unit and the one that its amounts are mixed up with: yuan, and for yuan, or what is no
    unit of money, ten thousands of it."""
    factor = unit_factor(unit)
    return (factor.adjusted() if factor is not None else 0) or _OF_YUAN
