"""Which year a figure is about, and whether it was planned or accounted for: told by the heads over its column, else by
what the document is. The words are data, periods.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.vocabulary import label_key
from workbench.model.table import ReportKind
from workbench.model.toml_file import shipped_toml

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_OF_REPORT = {ReportKind.BUDGET: "budget", ReportKind.FINAL_ACCOUNT: "final"}


@dataclass(frozen=True, slots=True)
class _Words:
    names: re.Pattern[str]
    years: tuple[tuple[int, re.Pattern[str]], ...]
    basis: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _words() -> _Words:
    data = shipped_toml("workbench.export", "periods.toml")
    return _Words(
        _any(data["names"]),
        tuple((int(offset), _any(patterns)) for offset, patterns in data["years"].items()),
        tuple((name, _any(patterns)) for name, patterns in data["basis"].items()),
    )


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


@lru_cache(maxsize=4096)
def period_of(heads: tuple[str, ...], fiscal_year: int | None, report: ReportKind) -> tuple[int | None, str]:
    """The year and the basis (`budget`, `final`, `change`, …; "" for unknown) of figures under these heads, of a
    document about `fiscal_year`. A change between two years is of the document's own."""
    keys = [_words().names.sub("", label_key(head)) for head in reversed(heads)]
    basis = next((found for key in keys if (found := _basis_in(key))), _OF_REPORT.get(report, ""))
    if basis == "change":
        return fiscal_year, basis
    years = (_year_in(key, fiscal_year) for key in keys)
    return next((year for year in years if year is not None), fiscal_year), basis


def _basis_in(key: str) -> str:
    return next((name for name, pattern in _words().basis if pattern.search(key)), "")


def _year_in(key: str, fiscal_year: int | None) -> int | None:
    """The one year that a head names, None where it names none or several."""
    named = set(_YEAR.findall(key))
    if len(named) == 1:
        return int(named.pop())
    if named or fiscal_year is None:
        return None
    return next((fiscal_year + offset for offset, pattern in _words().years if pattern.search(key)), None)
