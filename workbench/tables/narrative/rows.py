"""Rows of figures behind 分别 (分别为9亿元、15亿元和10亿元), each of which is another thing's: of shares
(分别占本年收入的80%、15% 和5%) those of the amounts named one by one before them, in their order."""

from __future__ import annotations

import re

from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft
from workbench.tables.narrative.phrases import read_phrase
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.tokens import is_count

_ROW = re.compile(
    r"分别[^，。；：、\d]{0,8}?\d[\d,.]*[^，。；：、\d]{0,4}?(?:(?:[、，,]|和|及|与)\d[\d,.]*(?:[亿万千百]*元|%|[一-龥]{1,2}(?=[、，。；和及]))?)+"
)
_SHARES = re.compile(r"分别占(?P<whole>[^，。；：、\d]{0,12}?)(?P<row>\d[\d.]*%(?:(?:[、，,]|和|及|与)\d[\d.]*%)+)")
_LOOK_BACK = 90


def in_a_row(reading: Reading, start: int) -> bool:
    """Whether a figure is one of several in a row."""
    row = _row(reading, start, _ROW)
    return row is not None


def share_of_row(reading: Reading, start: int, end: int) -> Draft | None:
    """A share of such a row, said of the amount that is as far from the end of those before it;
    None where there are not as many amounts."""
    row = _row(reading, start, _SHARES)
    if row is None:
        return None
    begin, text = row.start("row"), reading.text
    count, place = text.count("%", begin, row.end()), text.count("%", begin, start)
    amounts = [
        at
        for at, draft in enumerate(reading.drafts)
        if draft.kind is StatedKind.AMOUNT and draft.start >= reading.sentence and not is_count(draft.unit)
    ]
    if len(amounts) < count or amounts[-1] - amounts[-count] != count - 1:
        return None
    about = amounts[place - count]
    phrase = read_phrase(f"占{row['whole']}", "%")
    return Draft(start, end, end + 1, start, "%", phrase, reading.drafts[about].subject, None, about)


def _row(reading: Reading, start: int, kind: re.Pattern[str]) -> re.Match[str] | None:
    each = reading.text.rfind("分别", max(reading.sentence, start - _LOOK_BACK), start)
    row = kind.match(reading.text, each) if each >= 0 else None
    return row if row is not None and row.end() > start else None
