"""Which columns of rows without blanks compare others: rates, and changes from one column to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from workbench.tables.text.header.rows import HeaderText

_FEWEST_ROWS, _FEWEST_TELLING = 3, 3
"""So many rows at least tell that a column compares others, and so many different rates."""
_RARELY = 10
"""One in so many rows may be misprinted."""
_SHARP = 0.02
"""By so much of a rate at the most it may be off where it tells anything: small amounts are in any proportion."""
_LARGEST_RATE, _LARGEST_SHARE = 100_000, 1_000
_HALF, _CENT = 0.51, 0.011
_WHOLE = 100
_RATE = re.compile(r"%|率|幅度|比[例重]|百分[比点]|占比|比$")
_CHANGE = re.compile(r"增减|增加|增长|减少|变[动化]|差额|[-—]")
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_LAST_YEAR = re.compile(r"上年|去年")
_PLANNED, _DONE = re.compile(r"预算"), re.compile(r"决算|执行|完成|实际")

_Rows = tuple[tuple[Decimal, ...], ...]


class Comparison(NamedTuple):
    """A column of rates, that of the amounts which it compares and that of those which it compares them with; whether
    it is the rate of their change, and which column prints that, if any."""

    rate: int
    later: int
    earlier: int
    grown: bool
    change: int | None


@lru_cache(maxsize=256)
def comparisons(rows: _Rows) -> tuple[Comparison, ...]:
    """The columns of rates of rows that print a figure in every column, one comparison for each."""
    if len(rows) < _FEWEST_ROWS:
        return ()
    columns = [tuple(map(float, column)) for column in zip(*rows, strict=True)]
    units = [min(_unit(row[number]) for row in rows) for number in range(len(columns))]
    found = (_comparison(number, columns, units) for number in range(len(columns)))
    return tuple(each for each in found if each is not None)


def judged_by_comparisons(header: HeaderText, base: int, rows: Sequence[tuple[Decimal, ...]]) -> tuple[int, int]:
    """How many of the columns that compare others, from `base` on, a header names as such, and how many it names as
    something else."""
    right = wrong = 0
    for each in comparisons(tuple(rows)):
        for said in _said(header, base, each):
            right, wrong = right + said, wrong + (not said)
    return right, wrong


def _said(header: HeaderText, base: int, each: Comparison) -> Iterator[bool]:
    """Whether a header says of a comparison what it is, each part of it that it says something of."""
    leaves = header.leaves
    yield bool(_RATE.search(leaves[base + each.rate]))
    if each.change is not None:
        leaf = leaves[base + each.change]
        yield bool(_CHANGE.search(leaf)) and not _RATE.search(leaf)
    later, earlier = ("".join(row[base + column] for row in header.rows) for column in (each.later, each.earlier))
    years = _year(later), _year(earlier)
    if each.grown and None not in years and years[0] != years[1]:
        yield str(years[0]) > str(years[1])
    elif each.grown and bool(_LAST_YEAR.search(later)) != bool(_LAST_YEAR.search(earlier)):
        yield bool(_LAST_YEAR.search(earlier))
    elif not each.grown and bool(_PLANNED.search(later)) != bool(_PLANNED.search(earlier)):
        yield bool(_PLANNED.search(earlier)) or bool(_DONE.search(later))


def _year(text: str) -> str | None:
    found = _YEAR.search(text)
    return found[0] if found else None


def _comparison(rate: int, columns: Sequence[tuple[float, ...]], units: Sequence[float]) -> Comparison | None:
    own = columns[rate]
    if max(map(abs, own)) > _LARGEST_RATE or len({value for value in own if abs(value) not in (0.0, _WHOLE)}) < (
        _FEWEST_TELLING
    ):
        return None
    others = [number for number in range(len(columns)) if number != rate]
    for later, earlier in permutations(others, 2):
        for grown in (True, False):
            # of a = b c / 100 either b or c may be the rate
            told = grown or max(map(abs, columns[earlier])) > _LARGEST_SHARE >= max(map(abs, own))
            slack = _HALF * units[rate], max(units[later], units[earlier])
            if told and _is_rate(own, columns[later], columns[earlier], slack, grown=grown):
                change = _change(columns, others, later, earlier) if grown else None
                return Comparison(rate, later, earlier, grown, change)
    return None


def _change(columns: Sequence[tuple[float, ...]], others: Sequence[int], later: int, earlier: int) -> int | None:
    """The column that is the difference of two others."""
    amounts = [a - b for a, b in zip(columns[later], columns[earlier], strict=True)]
    for number in others:
        if number not in (later, earlier):
            wrong = sum(abs(a - b) > 2 * _CENT for a, b in zip(columns[number], amounts, strict=True))
            if wrong * _RARELY <= len(amounts):
                return number
    return None


def _is_rate(
    rates: Sequence[float],
    later: Sequence[float],
    earlier: Sequence[float],
    rounded: tuple[float, float],
    *,
    grown: bool,
) -> bool:
    """Whether rates are those of one column in percent of another, or of what that grew. `rounded` is by how much
    rates and amounts may be off."""
    allowed = len(rates) // _RARELY
    signed = min(rates) < 0
    wrong, right, telling = 0, 0, set()
    for rate, new, old in zip(rates, later, earlier, strict=True):
        if not old:
            continue
        exact = _WHOLE * (new - old if grown else new) / old
        off = abs(rate - exact) if signed or not grown else abs(rate - abs(exact))
        slack = rounded[0] + _WHOLE * rounded[1] / abs(old)
        if off > slack:
            wrong += 1
            if wrong > allowed:
                return False
        elif slack < _SHARP * abs(rate):
            right += 1
            telling.add(rate)
    printed = sum(map(bool, rates))
    return len(telling - {_WHOLE}) >= _FEWEST_TELLING and 2 * right > printed


def _unit(value: Decimal) -> float:
    """One of the last digit that an amount prints."""
    exponent = value.as_tuple().exponent
    return 10.0**exponent if isinstance(exponent, int) else 1.0
