"""The disclosures that a file holds one after another: a department's and those of its units, a budget and an account.

A disclosure begins at the line outside all tables that names another body, year or kind of report than the line before
(青禾县档案局2031年部门预算), or where the contents or the first part are told anew behind statements; and it prints
statements that stand before it already.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.fiscal.captions import title_of_line
from workbench.fiscal.entities import is_entity_name, names_before_report, region_of
from workbench.fiscal.forms import form_of_title
from workbench.model.source import Page
from workbench.model.table import Disclosure, Document, Form, ReportKind
from workbench.tables.narrative.stated import covered_by

_STATEMENTS = frozenset(
    {
        Form.INCOME_EXPENDITURE_SUMMARY,
        Form.INCOME_SUMMARY,
        Form.EXPENDITURE_SUMMARY,
        Form.FISCAL_GRANT_SUMMARY,
        Form.GENERAL_BUDGET_EXPENDITURE,
        Form.BASIC_EXPENDITURE,
        Form.THREE_PUBLIC,
    }
)
_TITLE = re.compile(
    r"(?:预算|决算)(?:[（(][^（()）]{1,12}[）)]|信息|公开|情况|说明|报告|公示|公告|草案|文本|目录|及|和|的|、)*$"
)
_YEAR = re.compile(r"(20\d\d)年")
_LONGEST_TITLE = 60
_BEGINS_ANEW = re.compile(r"(?:目[录次]|第一部分\D*)")
_BLANKS = re.compile(r"[ \t\u3000\xa0]+")

_Place = tuple[int, int]
"""Page and offset in its text."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that a disclosure may begin with, and what it says whose it is; no body where it only begins anew."""

    place: _Place
    body: str = ""
    year: int | None = None
    report: ReportKind | None = None

    def tells_another(self, before: _Mark) -> bool:
        """Whether it is of another body, year or kind of report than the one before; a body may be named with its
        region or without."""
        same_body = self.body.endswith(before.body) or before.body.endswith(self.body)
        same_year = self.year == before.year or None in (self.year, before.year)
        return not (same_body and same_year and self.report is before.report)


def with_disclosures(document: Document, pages: Sequence[Page]) -> Document:
    """The document with the disclosures that its file holds, read from its `pages` in plain characters, and with each
    table that prints no unit in the unit of its own disclosure. It is called by the first of them. The document itself
    where the file holds one only."""
    found = _disclosures(document, pages)
    if len(found) < 2:
        return document
    told = replace(document, disclosures=found)
    printed: dict[int, Counter[str]] = defaultdict(Counter)
    numbers = [told.disclosure_at(*table.start) for table in told.tables]
    for table, number in zip(told.tables, numbers, strict=True):
        if table.unit_printed:
            printed[number][table.unit] += 1
    units = {number: counted.most_common(1)[0][0] for number, counted in printed.items()}
    tables = (
        table if table.unit_printed or not table.unit else replace(table, unit=units.get(number, table.unit))
        for table, number in zip(told.tables, numbers, strict=True)
    )
    return replace(told, tables=tuple(tables), entity=found[0].entity, region=region_of(found[0].entity))


def _disclosures(document: Document, pages: Sequence[Page]) -> tuple[Disclosure, ...]:
    """What begins with the marks that have statements behind them which stand before already."""
    statements = [(table.start, table.form) for table in document.tables if table.form in _STATEMENTS]
    if len({form for _, form in statements}) == len(statements):
        return ()
    marks = list(_changes(_marks(pages, covered_by(document.tables, pages)), [place for place, _ in statements]))
    ends = [mark.place for mark in marks[1:]] + [(len(pages) + 1, 0)] * bool(marks)
    printed: set[Form] = set()
    found: list[Disclosure] = []
    for mark, end in zip(marks, ends, strict=True):
        start = mark.place if found else (0, 0)
        own = {form for place, form in statements if start <= place < end}
        if own and (not found or own & printed):
            found.append(
                Disclosure(
                    *start,
                    mark.body or document.entity,
                    mark.year or document.fiscal_year,
                    mark.report or document.report,
                )
            )
            printed |= own
    return tuple(found)


def _changes(marks: Iterable[_Mark], statements: Sequence[_Place]) -> Iterator[_Mark]:
    """The marks that tell another disclosure than the one before."""
    named: _Mark | None = None
    last: _Place | None = None
    for mark in marks:
        if not mark.body:
            if last is None or any(last < place < mark.place for place in statements):
                last = mark.place
                yield mark
        elif named is None or mark.tells_another(named):
            named, last = mark, mark.place
            yield mark


def _marks(pages: Sequence[Page], covered: dict[int, list[tuple[int, int]]]) -> Iterator[_Mark]:
    for page in pages:
        ranges = covered.get(page.number, ())
        above, start = "", 0
        for line in page.text.split("\n"):
            place, start = start, start + len(line) + 1
            text = _BLANKS.sub("", line)
            if not text or any(first <= place < end for first, end in ranges):
                continue
            if _BEGINS_ANEW.fullmatch(text):
                yield _Mark((page.number, place))
            elif len(text) <= _LONGEST_TITLE and _TITLE.search(text):
                mark = _titled(text, above, (page.number, place))
                if mark is not None:
                    yield mark
            above = text


def _titled(text: str, above: str, place: _Place) -> _Mark | None:
    """The mark that the title of a report makes; its body may stand on the line above."""
    if title_of_line(text).endswith("表") and form_of_title(text) is not None:
        return None
    names = names_before_report(text) or ([above] if is_entity_name(above) and _YEAR.match(text) else [])
    year = _YEAR.search(text)
    if not names or year is None:
        return None
    report = ReportKind.FINAL_ACCOUNT if "决算" in text else ReportKind.BUDGET
    return _Mark(place, names[0], int(year[1]), report)
