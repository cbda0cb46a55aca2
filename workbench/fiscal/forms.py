"""Which statement or form a table is: by its title, its header and what stands in it. The words are in forms.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.characters import simplified
from workbench.model.amount import match_key
from workbench.model.table import Form
from workbench.model.toml_file import shipped_toml

_YEAR = re.compile(r"(?:19|20)\d\d(?:年度|年)?|[二○〇零一]{2}[○〇零一二三四五六七八九]{2}年度?")
_NEARLY = 80.0
"""The least likeness in per cent of a word that fits nearly: one character of five misread."""

FUND_STATEMENTS = {
    "general": Form.GENERAL_BUDGET_EXPENDITURE,
    "fund": Form.GOVERNMENT_FUND,
    "capital": Form.STATE_CAPITAL,
}
"""The statement of the expenditure of each fund of 财政拨款."""
EXPENDITURE_BY_FUNCTION = (Form.EXPENDITURE_SUMMARY, *FUND_STATEMENTS.values())
BY_FUNCTION = (Form.INCOME_SUMMARY, *EXPENDITURE_BY_FUNCTION)
"""The statements whose rows are items of the functional classification."""
WITH_TOTALS = (
    Form.INCOME_EXPENDITURE_SUMMARY,
    Form.FISCAL_GRANT_SUMMARY,
    *BY_FUNCTION,
    Form.BASIC_EXPENDITURE,
    Form.THREE_PUBLIC,
)
"""The statements that every disclosure has, whose totals text quotes."""
STATEMENTS = (*WITH_TOTALS, Form.ECONOMIC_CLASSIFICATION, Form.PROJECT_EXPENDITURE, Form.ASSETS)
"""The forms in which numbered rows are amounts that add up."""


@dataclass(frozen=True, slots=True)
class _TitleWords:
    form: Form
    any: tuple[str, ...]
    all: tuple[str, ...]
    none: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _ContentWords:
    form: Form
    header: tuple[str, ...]
    header_any: tuple[str, ...]
    stub_any: tuple[str, ...]
    none: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    titles: tuple[_TitleWords, ...]
    contents: tuple[_ContentWords, ...]


@cache
def _vocabulary() -> _Vocabulary:
    data = shipped_toml("workbench.fiscal", "forms.toml")

    def words(entry: dict[str, list[str]], key: str) -> tuple[str, ...]:
        return tuple(entry.get(key, ()))

    titles = tuple(
        _TitleWords(Form(entry["form"]), words(entry, "any"), words(entry, "all"), words(entry, "none"))
        for entry in data["title"]
    )
    contents = tuple(
        _ContentWords(
            Form(entry["form"]),
            words(entry, "header"),
            words(entry, "header_any"),
            words(entry, "stub_any"),
            words(entry, "none"),
        )
        for entry in data["content"]
    )
    return _Vocabulary(titles, contents)


def recognise(title: str, header: Iterable[str] = (), stub: Iterable[str] = ()) -> Form:
    """The form of a table with this title, these header texts and these texts of its first column.

    The title decides where its words are known; else what stands in the table; else a title that fits but for a
    misread character; else it is `Form.OTHER`.
    """
    return (
        form_of_title(title)
        or _form_of_content(_keys(header), _keys(stub))
        or _form_of_misread_title(title)
        or Form.OTHER
    )


def _keys(texts: Iterable[str]) -> str:
    return "\n".join(simplified(match_key(text)) for text in texts)


@lru_cache(maxsize=4096)
def form_of_title(title: str) -> Form | None:
    """The form that the words of a title name, None where they name none."""
    key = _YEAR.sub("", simplified(match_key(title)))
    for entry in _vocabulary().titles:
        if entry.any and not any(word in key for word in entry.any):
            continue
        if all(word in key for word in entry.all) and not any(word in key for word in entry.none):
            return entry.form if key else None
    return None


def is_guessed(form: Form, title: str) -> bool:
    """Whether a statement by function was told from the others of its shape (支出总表, 一般公共预算支出表) by its heads
    alone: its title names no form."""
    return form in EXPENDITURE_BY_FUNCTION and form_of_title(title) is None


def _form_of_content(header: str, stub: str) -> Form | None:
    for entry in _vocabulary().contents:
        if not all(word in header for word in entry.header) or any(word in header for word in entry.none):
            continue
        if entry.header_any and not any(word in header for word in entry.header_any):
            continue
        if entry.stub_any and not any(word in stub for word in entry.stub_any):
            continue
        return entry.form
    return None


def _form_of_misread_title(title: str) -> Form | None:
    from rapidfuzz.fuzz import partial_ratio

    key = _YEAR.sub("", simplified(match_key(title)))
    for entry in _vocabulary().titles:
        words = [word for word in (*entry.any, *entry.all) if len(word) >= 5]
        if len(key) >= 5 and any(partial_ratio(word, key) >= _NEARLY for word in words):
            return entry.form
    return None
