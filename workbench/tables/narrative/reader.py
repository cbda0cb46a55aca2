"""Reads running text like a person: keeps in mind what it speaks of, what it is taking apart, which item it is in."""

from __future__ import annotations

import re

from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft, Scope
from workbench.tables.narrative.figures import take_figure
from workbench.tables.narrative.reading import Opened, Reading
from workbench.tables.narrative.relations import completes
from workbench.tables.narrative.subjects import item_path
from workbench.tables.narrative.text import RunningText
from workbench.tables.narrative.tokens import CLASS_ITEM, CLASS_PATH, HAS_FIGURE, ITEM, RANKS, TELLS, TOKEN, is_count
from workbench.tables.narrative.wholes import open_list, open_part

_LEVEL_MARK = re.compile(r"[（(\[<](?:\d{2,7})?(?:类|款|项)[)）\]>]")
_FIRST_ITEM = re.compile(r"(?<![一二三四五六七八九十\d])[一1①](?![一二三四五六七八九十\d])")
_LONGEST_HEADING = 36
_PEOPLE = re.compile(r"(?:人数|总数|编制数?|总编制)(?:小计|合计|总计)?$")
_NEXT_PEOPLE = re.compile(r"[^，。；、\d]{1,10}(?:人数|总数|编制数|总编制)(?:小计|合计|总计)?(?:为|共)?\d")
_BEFORE_COLON = re.compile(
    r"(?P<name>[^，。：:；\d]{2,16}(?:收入|支出|预算|决算|经费|费用?))[：:](?=20\d\d年|年初|全年|预算|支出决算)"
)
_ABOUT = re.compile(
    r"(?:支出)?(?:预算|决算)?(?:支出|收入)?(?:的|安排|总体|具体|执行|增减|变动|变化|结构|数额)*情况(?:的?说明)?[。：:]?$"
)
"""What a heading says besides what it is about."""


def read_drafts(running: RunningText) -> list[Draft]:
    """The figures of running text, paragraph by paragraph."""
    reading = Reading(running.text)
    for start, end in running.paragraphs():
        _paragraph(reading, start, end)
    return reading.drafts


def _paragraph(reading: Reading, start: int, end: int) -> None:
    """Reads one paragraph."""
    text = reading.text
    first = ITEM.match(text, start, end)
    _close_sentence(reading, keep=True)
    reading.opened.clear()
    position = start
    if first is None:
        reading.scopes = [scope for scope in reading.scopes if not scope.inline]
    if first:
        _end_announcement(reading, first)
        _item(reading, RANKS.index(first.lastgroup or "part"), inline=False)
        position = first.end()
        stop = text.find("。", position, end)
        _set_heading(reading, text[position:stop] if stop >= 0 else text[position:end] + "，")
    elif CLASS_PATH.match(text, start, end) or CLASS_ITEM.match(text, start, end):
        _class_inside(reading, start, end)
    elif not TELLS.search(text, start, end) and "：" not in text[start:end]:
        reading.heading = ""
    reading.first = reading.clause = reading.sentence = position
    reading.year = None
    while position < end:
        stop = text.find("。", position, end) + 1 or end
        if TELLS.search(text, position, stop):
            _tokens(reading, position, stop, end)
        else:
            _end_sentence(reading, stop, end)
        position = stop


def _tokens(reading: Reading, position: int, stop: int, end: int) -> None:
    """Reads one sentence of a paragraph that ends at `end`."""
    for token in TOKEN.finditer(reading.text, position, stop):
        kind = token.lastgroup
        if token["figure"] is not None or token["blank"] is not None:
            take_figure(reading, token, end)
        elif kind == "part":
            open_part(reading, token)
        elif kind == "list":
            open_list(reading, token)
        elif kind == "open" and _is_next_item(reading, token.start(), end):
            _item_inside(reading, token.start(), end)
        elif kind == "open":
            reading.opened.append(
                Opened(reading.clause, len(reading.drafts), reading.last, token.start(), reading.year)
            )
            reading.clause = token.end()
        elif kind == "close":
            _close_parenthesis(reading, token.end())
        elif kind == "end":
            _end_sentence(reading, token.end(), end)
        elif kind == "semicolon":
            _semicolon(reading, token.end())
            reading.clause = token.end()
            _item_inside(reading, token.end(), end)
            for scope in reading.scopes:
                scope.one_sentence = scope.one_sentence or (scope.inline and reading.clause > token.end())
        else:
            reading.clause = token.end()
            if token.group() in "：:":
                _item_inside(reading, token.end(), end)


def _end_sentence(reading: Reading, position: int, end: int) -> None:
    if reading.opened and reading.text[position : position + 1] in ("）", ")"):
        return
    _close_sentence(reading)
    reading.clause = reading.sentence = position
    _item_inside(reading, position, end)


def _set_heading(reading: Reading, words: str) -> None:
    """Takes the head of a numbered item as the subject of the figures in it, if it is the name of something."""
    levels = list(_LEVEL_MARK.finditer(words))
    before_colon = _BEFORE_COLON.match(words)
    if levels:
        reading.heading = item_path(words[: levels[-1].end()].strip())
    elif before_colon:
        reading.heading = item_path(before_colon["name"])
    else:
        short = len(words) <= _LONGEST_HEADING and not re.search(r"[，：]", words) and not HAS_FIGURE.search(words)
        reading.heading = _ABOUT.sub("", item_path(words.strip())) if short else ""


def _item_inside(reading: Reading, position: int, end: int) -> None:
    """Notices a numbered item that begins inside a paragraph."""
    item = ITEM.match(reading.text, position, end)
    if item is None:
        _class_inside(reading, position, end)
    else:
        _item(reading, RANKS.index(item.lastgroup or "part"), inline=True)
        reading.clause = reading.sentence = item.end()
        stop = reading.text.find("。", item.end(), end)
        _set_heading(reading, reading.text[item.end() : stop] if stop >= 0 else reading.text[item.end() : end] + "，")


def _is_next_item(reading: Reading, position: int, end: int) -> bool:
    """Whether a bracket behind a comma is the number of the next part of a list that is open
    (其中：（1）房屋9万元，（2）设备5万元)."""
    item = ITEM.match(reading.text, position, end)
    rank = RANKS.index(item.lastgroup or "part") if item is not None else None
    return reading.text[position - 1] in "，," and any(
        scope.rank == rank and scope.inline for scope in reading.scopes if rank is not None
    )


def _class_inside(reading: Reading, position: int, end: int) -> None:
    """Notices a sentence that opens with a functional class: an item, though no number stands before it."""
    path = CLASS_PATH.match(reading.text, position, end)
    item = CLASS_ITEM.match(reading.text, position, end) if path is None else None
    if path or item:
        above = reading.heading.split("/")[:2] if reading.heading.count("/") == 2 else []
        reading.heading = item_path(path.group()) if path else "/".join([*above, item["item"] if item else ""])
        reading.last = None
        if reading.scopes and reading.scopes[-1].rank is not None:
            reading.scopes[-1].taken.clear()


def _end_announcement(reading: Reading, item: re.Match[str]) -> None:
    """Ends the wait for an announced list where the item that announces it (按来源分列如下：) is followed by the next
    one of its own rank or a higher one: a list begins with its first item, or at a deeper rank."""
    waits = reading.pending is not None and reading.rank and RANKS.index(item.lastgroup or "part") <= reading.rank
    if waits and not _FIRST_ITEM.search(item.group()):
        reading.pending = None


def _item(reading: Reading, rank: int, *, inline: bool) -> None:
    """Begins a numbered item: opens the list that waited for it, closes deeper ones."""
    if reading.pending is None and rank > reading.rank:
        reading.pending = _part_taken_apart(reading)
    reading.last = None
    reading.suspended = None
    reading.rank = rank
    if reading.pending is not None:
        reading.pending.rank, reading.pending.inline = rank, inline
        reading.scopes = [*(scope for scope in reading.scopes if scope.rank is not None), reading.pending]
        reading.pending = None
    while reading.scopes and (reading.scopes[-1].rank is None or reading.scopes[-1].rank > rank):
        reading.scopes.pop()
    scope = reading.scopes[-1] if reading.scopes else None
    if scope is not None and rank in (scope.rank, scope.given_by):
        scope.taken.clear()
        scope.given_by = scope.given_by if rank == scope.given_by else None


def _part_taken_apart(reading: Reading) -> Scope | None:
    """The amount of an item of a list, which items of a deeper rank behind it take apart
    (包括：1.本年收入80万元。（1）财政拨款70万元。（2）其他收入10万元。)."""
    scope = reading.scopes[-1] if reading.scopes else None
    last = reading.last
    if scope is None or last is None or scope.rank != reading.rank or not scope.taken:
        return None
    part = reading.drafts[last]
    amounts = [draft for draft in reading.drafts[last:] if draft.kind is StatedKind.AMOUNT]
    if part.whole not in scope.amounts.values() or len(amounts) > 1 or is_count(part.unit):
        return None
    return Scope({part.phrase.aspect: last, "": last}, None, 0)


def _close_sentence(reading: Reading, *, keep: bool = False) -> None:
    """Ends a sentence: what it took apart is complete, but for numbered lists."""
    if reading.scopes and reading.scopes[-1].rank is None:
        reading.suspended = reading.scopes[-1]
        if reading.suspended.parts and reading.suspended.amounts and not reading.suspended.depth:
            # What the next sentence says without a name (较上年增加…) it says of the whole.
            reading.last = next(iter(reading.suspended.amounts.values()))
    elif not keep and reading.drafts and reading.drafts[-1].start >= reading.sentence:
        reading.suspended = None
    reading.scopes = [scope for scope in reading.scopes if scope.rank is not None and not scope.one_sentence]
    reading.year = None


def _close_parenthesis(reading: Reading, position: int) -> None:
    if not reading.opened:
        reading.clause = position
        return
    opened = reading.opened.pop()
    reading.year = opened.year
    count, last = opened.drafts, opened.last
    depth = len(reading.opened)
    while reading.scopes and reading.scopes[-1].rank is None and reading.scopes[-1].depth > depth:
        reading.scopes.pop()
    if count == len(reading.drafts):
        reading.clause = opened.clause
        return
    before = reading.drafts[count - 1] if count else None
    if before is not None and reading.text[before.end : opened.start].strip("：:") == "":
        whole = count - 1 if is_count(before.unit) else last
        if whole is not None:
            _take_inside(reading, whole, count)
    reading.clause, reading.last = position, last


def _take_inside(reading: Reading, whole: int, first: int) -> None:
    """Amounts in parentheses right behind an amount are its parts, though no 其中 says so."""
    outer = reading.drafts[whole].whole
    for draft in reading.drafts[first:]:
        if draft.kind is StatedKind.AMOUNT and draft.whole == outer and not draft.phrase.previous:
            of_points = "分" in (draft.unit, reading.drafts[whole].unit) and draft.unit != reading.drafts[whole].unit
            if draft.subject and is_count(draft.unit) == is_count(reading.drafts[whole].unit) and not of_points:
                draft.whole = whole


def _begins_anew(reading: Reading, scope: Scope, end: int) -> bool:
    """Whether behind a semicolon the next number of people begins (编制人数30人，其中…；实有人数28人，其中…)."""
    counted = next(iter(scope.counts.values()), None)
    whole = reading.drafts[counted].subject if counted is not None else ""
    return _PEOPLE.search(whole) is not None and _NEXT_PEOPLE.match(reading.text, end) is not None


def _semicolon(reading: Reading, end: int) -> None:
    """Ends what is taken apart inside something else, unless what stands behind is the part that it lacks."""
    inside = [scope for scope in reading.scopes if scope.rank is None and scope.depth == len(reading.opened)]
    if inside and _begins_anew(reading, inside[-1], end):
        reading.scopes.remove(inside[-1])
    elif len(inside) > 1:
        words = re.split(r"[\d，,]", reading.text[end : end + _LONGEST_HEADING])[0]
        if completes(reading, inside[-2], words) or not completes(reading, inside[-1], words):
            reading.scopes.remove(inside[-1])
