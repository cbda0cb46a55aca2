"""The tables that a document promises in its contents, and which of them are not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from workbench.fiscal.captions import title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.model.table import Form, Problem, Table

_CONTENTS = re.compile(r"^[^\S\n]*目\s*[录次]\s*$|^[^\S\n]*附\s*件?\s*[:：].*表\s*$", re.MULTILINE)
_LEADER = re.compile(r"(?:[\s.．·…‥—_-]+[（(]?\d*[）)]?|[（(]\d+[）)]|(?<=表)\d+)\s*$")
_LIST_MARK = re.compile(r"^[-*•·]\s*")
_NUMBER = re.compile(
    r"^(?:附?表)?\s*(?:[（(]?[一二三四五六七八九十百\d]{1,3}[）)、.．:：]\s*|\d{1,2}\s+)|^附?表[一二三四五六七八九十]{1,3}\s+"
)
_PLAIN = re.compile(
    r"20\d\d年?度?|[（(](?:[一二三四五六七八九十\d]{1,3}|续|续表)[）)]|[（()）“”\"《》、]|部门|单位|预算|公开|情况|表"
)
_ENDINGS = ("表", "）", ")")
_AMID = re.compile(r"[、，及和与]$")
_OPEN, _CLOSED = re.compile(r"[（(《“]"), re.compile(r"[）)》”]")
_FARTHEST = 2
"""So many lines below its beginning a title goes on; what stands in other columns may be between."""
_OPENING_PAGES = 6
_LONGEST_GAP = 25
"""How many lines that name no table may stand between two that do."""
_ALIKE = 82.0


@dataclass(frozen=True, slots=True)
class Promise:
    """A table that the contents name, and the page of the contents."""

    title: str
    form: Form
    page: int


def promised_tables(pages: Sequence[Page]) -> tuple[Promise, ...]:
    """The statements and forms that the contents of a document (or the list of its attached tables) name."""
    promises: dict[str, Promise] = {}
    for page in islice(pages, _OPENING_PAGES):
        found = _CONTENTS.search(page.text)
        if not found:
            continue
        gap, begun, since = 0, "", 0
        for line in page.text[found.end() :].split("\n"):
            text = _LEADER.sub("", _LIST_MARK.sub("", max(line.strip().split("\t"), key=len)))
            ends = text.endswith(_ENDINGS)
            since = 0 if _is_begun(text) else since + 1
            begun = text if since == 0 else begun if since <= _FARTHEST else ""
            text, begun = (begun + text, "") if ends and since else (text, begun)
            title = title_of_line(text) if ends and "表" in text else ""
            form = form_of_title(title)
            gap = 0 if form else gap + bool(line.strip())
            if gap > _LONGEST_GAP or len(line.strip()) > 120:
                break
            if form and _plain(title) in promises:
                break  # the tables themselves
            if form:
                promises.setdefault(_plain(title), Promise(_NUMBER.sub("", title), form, page.number))
    return tuple(promises.values())


def _is_begun(text: str) -> bool:
    """Whether a title goes on in a line below: it ends amid an enumeration or in brackets that are not closed."""
    return bool(_AMID.search(text)) or len(_OPEN.findall(text)) > len(_CLOSED.findall(text))


def missing_tables(promises: Sequence[Promise], tables: Sequence[Table]) -> tuple[Problem, ...]:
    """A problem for each promised table that was not found: neither one of its title nor another of its form."""
    from rapidfuzz.fuzz import ratio

    free = list(tables)
    left: list[Promise] = []
    for promise in promises:
        key = _plain(promise.title)
        best = max(free, key=lambda table: ratio(_plain(table.title), key), default=None)
        if best is not None and ratio(_plain(best.title), key) >= _ALIKE:
            free.remove(best)
        else:
            left.append(promise)
    problems = []
    for promise in left:
        same = next((table for table in free if table.form is promise.form), None)
        if same is None:
            problems.append(Problem(f"the contents name “{promise.title}”, but no such table was found", promise.page))
        else:
            free.remove(same)
    return tuple(problems)


def _plain(title: str) -> str:
    """A title without what contents and tables print differently: number, year, 部门, 情况 and the like."""
    return _PLAIN.sub("", match_key(_NUMBER.sub("", title)))
