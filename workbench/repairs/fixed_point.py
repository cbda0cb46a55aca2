"""Amounts as integers: the fixed-point numbers in which repairs reckon."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from workbench.model.amount import FigureKind, read_figure

PLACES = 8
"""Decimals that every value is held in; more than any published amount prints (0.000001 万元 is one 分)."""
SCALE = 10**PLACES


def to_units(value: Decimal) -> int:
    """The integer that stands for `value` in the system."""
    return int(value.scaleb(PLACES).to_integral_value(ROUND_HALF_EVEN))


@lru_cache(maxsize=65536)
def to_decimal(units: int) -> Decimal:
    """The amount that an integer of the system stands for."""
    return Decimal(units).scaleb(-PLACES)


@lru_cache(maxsize=65536)
def worth(text: str) -> int:
    """The integer that stands for the figure of a text; 0 for anything that is no number."""
    value = read_figure(text).value
    return to_units(value) if value is not None else 0


def read_units(text: str) -> tuple[FigureKind, int, int]:
    """What a text is, the integer that stands for its figure (0 for anything that is no number), and its decimals."""
    figure = read_figure(text)
    return figure.kind, worth(text), figure.decimals
