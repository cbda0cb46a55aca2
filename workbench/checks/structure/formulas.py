"""What the numbers or letters of the columns say of each other: 栏次 1=2+5, 5=2+3-4, A=B+C."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model.amount import match_key
from workbench.model.table import Table

_NUMBER = re.compile(r"[(]?(\d{1,2}|[A-Z])[)]?")
_FORMULA = re.compile(r"[(]?(?P<own>\d{1,2})=(?P<made>\d{1,2}(?:[-+]\d{1,2})+)[)]?")
_LETTERED = re.compile(r"[(]?(?P<own>[A-Z])=(?P<made>[A-Z](?:[-+][A-Z])+)[)]?")
_TERM = re.compile(r"([-+]?)(\d{1,2}|[A-Z])")


@dataclass(frozen=True, slots=True)
class Formula:
    """A column, and the columns that it is made of, each with its sign."""

    column: int
    made_of: tuple[tuple[int, int], ...]


def formulas(table: Table) -> Iterator[Formula]:
    """The formulas that the header of a table prints, those left out that name a column that is not there."""
    for row in table.header:
        keys = [match_key(cell.text).replace("−", "-").replace("–", "-").upper() for cell in row]
        read = ((column, _FORMULA.fullmatch(key) or _LETTERED.fullmatch(key)) for column, key in enumerate(keys))
        said = {column: match for column, match in read if match}
        if not said:
            continue
        places = {match["own"]: column for column, match in said.items()}
        places |= {match[1]: column for column, key in enumerate(keys) if (match := _NUMBER.fullmatch(key))}
        for column, match in said.items():
            terms = _TERM.findall(match["made"])
            if any(number not in places for _, number in terms) or match["own"] in [number for _, number in terms]:
                continue
            yield Formula(column, tuple((-1 if sign == "-" else 1, places[number]) for sign, number in terms))
