"""Account codes of 政府收支分类科目 with their names and the years for which a name held.

Three lists: functional classes (支出功能分类, 类3 款5 项7 digits), the departments' economic classes
(部门预算支出经济分类, 301 30101) and the government's (政府预算支出经济分类, 501 50101). They hold the codes that
departments commonly use and are not complete: a code that is not here says nothing. `from` and `to` are the first and
last budget year of a name; empty means that it held before or still holds.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from workbench.fiscal.vocabulary import label_key


class CodeList(StrEnum):
    """One of the lists of codes; the value is the name of its file."""

    FUNCTIONAL = "functional_codes"
    ECONOMIC = "economic_codes"
    GOVERNMENT_ECONOMIC = "government_economic_codes"


@dataclass(frozen=True, slots=True)
class CodeName:
    """A name that a code bears, from the year `first` to the year `last` (None where open)."""

    code: str
    name: str
    first: int | None
    last: int | None

    def holds_in(self, year: int | None) -> bool:
        """Whether the name is the code's in `year` (in some year, where none is given)."""
        return year is None or (self.first or 0) <= year <= (self.last or 9999)


@cache
def codes(which: CodeList) -> tuple[CodeName, ...]:
    """All names of one list, in the order of their codes."""
    with files("workbench.fiscal").joinpath(f"{which.value}.csv").open(encoding="utf-8") as file:
        return tuple(
            CodeName(
                row["code"],
                row["name"],
                int(row["from"]) if row["from"] else None,
                int(row["to"]) if row["to"] else None,
            )
            for row in csv.DictReader(file)
        )


def list_of(code: str) -> CodeList | None:
    """The list that a code belongs to by its first digit and length; None where it fits none."""
    if not code.isdigit():
        return None
    if code[0] == "2" and len(code) in (3, 5, 7):
        return CodeList.FUNCTIONAL
    if len(code) in (3, 5):
        return {"3": CodeList.ECONOMIC, "5": CodeList.GOVERNMENT_ECONOMIC}.get(code[0])
    return None


@lru_cache(maxsize=16384)
def names_of(code: str, year: int | None = None) -> tuple[str, ...]:
    """The standard names of a code in `year` (of all years where none is given); empty where the code is not listed."""
    which = list_of(code)
    return () if which is None else _by_code(which, year).get(code, ())


@lru_cache(maxsize=16384)
def codes_of(name: str, which: CodeList) -> tuple[str, ...]:
    """The codes that bear this name (compared as keys) in any year."""
    return _by_name(which).get(label_key(name), ())


_FUNDS = re.compile(
    r"^(?:20610|207(?:07|09|10)|208(?:22|23|29)|211(?:60|61)|212(?:0[7-9]|1\d)|213(?:6[0-9]|7\d)|214(?:6\d|7\d)|215(?:6\d)"
    r"|229(?:04|08|60)|23204|23304|234)"
)
"""The 款 of 政府收支分类科目 in which nothing but government funds (政府性基金) is spent."""


def is_name_of(name: str, code: str) -> bool:
    """Whether an account of this code bears this name in any year."""
    names = names_of(code)
    return bool(names) and label_key(name) in map(label_key, names)


def is_fund_code(code: str) -> bool:
    """Whether a functional code of a 款 or 项 is one of the government funds."""
    return bool(_FUNDS.match(code))


def is_account_name(text: str) -> bool:
    """Whether a label names an account of one of the lists, whatever number it is printed with."""
    key = label_key(text)
    return any(key in _by_name(which) for which in CodeList)


@lru_cache(maxsize=64)
def _by_code(which: CodeList, year: int | None) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in codes(which):
        if entry.holds_in(year):
            found.setdefault(entry.code, []).append(entry.name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def _by_name(which: CodeList) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for entry in codes(which):
        found.setdefault(label_key(entry.name), []).append(entry.code)
    return {name: tuple(dict.fromkeys(listed)) for name, listed in found.items()}
