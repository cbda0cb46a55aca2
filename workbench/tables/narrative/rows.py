"""Rows of figures behind 分别 (分别为9亿元、15亿元和10亿元), each of which is another thing's: of shares
(分别占本年收入的80%、15% 和5%) those of the amounts named one by one before them, in their order; of amounts,
changes and rates those of as many names (收入总计、支出总计分别为9万元、8万元)."""

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
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?:[亿万千百]*元|%|个百分点)"
_BARE_ROW = re.compile(rf"(?P<words>[^，。；：,;:、\d]{{0,12}})(?P<row>{_FIGURE}(?:(?:、|和|及|与){_FIGURE})+)")
"""Figures with nothing between them."""
_EACH = re.compile("分别|各")
_AND = re.compile("、|和|与|及")
_NAMES = re.compile(r"(?:^|[，。；：,;:])(?:[^，。；：,;:]*\d年度?)?(?P<names>[^，。；：,;:\d]{3,60}?)(?:分别|各)")
_OF_MONEY = re.compile(r"(?:收入|支出|总计|合计|总额|费用?|经费|预算数?|决算数?|拨款|资金|结余|结转)$")
"""How a name ends that can stand alone; of others (货物、工程、服务采购规模) the last tells what all are."""
_BOTH_SIDES = re.compile(r"^收入?[、和与及]支(?:出)?(?P<what>.{2,})$")
"""Income and expenditure in short (收、支总计)."""
_LOOK_BACK = 90


def in_a_row(reading: Reading, start: int) -> bool:
    """Whether a figure is one of several in a row."""
    return _row(reading, start, _ROW) is not None or _bare_row(reading, start) is not None


def one_of_row(reading: Reading, start: int, end: int, unit: str) -> Draft | None:
    """A figure of such a row, said of the name that stands as far from the first of as many names before the row in its
    sentence; None where there are not as many."""
    row = _bare_row(reading, start)
    if row is None:
        return None
    places = [match.start() + row.start("row") for match in re.finditer(_FIGURE, row["row"])]
    said = reading.text[max(reading.sentence, row.start() - _LOOK_BACK) : row.start("row")]
    named = [names for match in _NAMES.finditer(said) if len(names := _names(match["names"])) == len(places)]
    if not named or start not in places:
        return None
    verb = _EACH.split(row["words"])[-1].rstrip("为是")
    phrase = read_phrase(named[-1][places.index(start)] + verb, unit)
    about = next(
        (
            at
            for at, draft in reversed([*enumerate(reading.drafts)])
            if draft.kind is StatedKind.AMOUNT and draft.subject == phrase.subject
        ),
        None,
    )
    about = about if phrase.kind is not StatedKind.AMOUNT else None
    return Draft(start, end, end + len(unit), start, unit, phrase, phrase.subject, phrase.year, about)


def _names(text: str) -> list[str]:
    """The names that a text lists, none where some of them are no names of money."""
    both = _BOTH_SIDES.match(text)
    names = [f"收入{both['what']}", f"支出{both['what']}"] if both else _AND.split(text)
    return names if all(map(_OF_MONEY.search, names)) else []


def _bare_row(reading: Reading, start: int) -> re.Match[str] | None:
    begin = max(reading.sentence, start - _LOOK_BACK)
    rows = _BARE_ROW.finditer(reading.text, begin, start + _LOOK_BACK)
    return next((row for row in rows if row.start("row") <= start < row.end("row")), None)


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
