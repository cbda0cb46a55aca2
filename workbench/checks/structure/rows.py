"""The rows of one panel of a table: code, name, numbering, and whether a row is a total, a part or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.checks.structure.columns import Column, ColumnKind, Panel
from workbench.fiscal.counting import counts_things
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.table import Cell, Table


class CodeKind(StrEnum):
    """Which list a code is from."""

    NONE = "none"
    FUNCTION = "function"
    """支出功能分类: 类 3, 款 5, 项 7 digits, from 201 on; income items likewise from 101 on."""
    ECONOMIC = "economic"
    """部门预算支出经济分类: 301, 30101, local 3010201."""
    GOVERNMENT = "government"
    """政府预算支出经济分类: 501, 50101."""
    UNIT = "unit"
    """A code of a body, or of something else than an account."""


class TotalRank(StrEnum):
    """How much a total row comprises."""

    NONE = ""
    SUBTOTAL = "1"
    YEAR = "2"
    TOTAL = "3"
    GRAND = "4"


@dataclass(frozen=True)
class RowLabel:
    """What the label columns of one row say. `rank` is the level of its numbering (一、 1, （一） 2, 1、 3, （1） 4,
    ① 5; 0 for none) and `ordinal` its number. `measure` is what a row counts that holds no amount (辆, 人次), "" for an
    amount: rows of different measures do not add up."""

    row: int
    panel: int
    text: str
    key: str
    code: str = ""
    code_kind: CodeKind = CodeKind.NONE
    unit_code: str = ""
    rank: int = 0
    ordinal: int = 0
    of_which: bool = False
    total: TotalRank = TotalRank.NONE
    note: bool = False
    measure: str = ""

    @property
    def empty(self) -> bool:
        """Whether its label columns are blank."""
        return not self.key and not self.code and not self.unit_code


_FUNCTION = re.compile(r"^(?:2(?:0[1-9]|1\d|2\d|3\d)|1(?:0[1-9]|10))(?:\d{2}(?:\d{2}(?:\d{2})?)?)?$")
_ECONOMIC = re.compile(r"^3(?:0[1-9]|1[0-4]|99)(?:\d{2}(?:\d{2})?)?$")
_GOVERNMENT = re.compile(r"^5(?:0[1-9]|1[0-4]|99)(?:\d{2}(?:\d{2})?)?$")
_CODE_IN_NAME = re.compile(r"^[\[(【]?(\d{3,9})[\])】]?[-_—\s]*(?=[^\d.、,元万年月%])")
_CODE_AFTER_NAME = re.compile(r"(?<=[^\d])[\[(【](\d{3}(?:\d{2}){0,2})[\])】]$")
_DIGITS = re.compile(r"\D+")
_CHINESE = "一二三四五六七八九十"
_NUMBERINGS = (
    (1, re.compile(r"^([一二三四五六七八九十廿卅百]{1,4})[、.,:．]")),
    (2, re.compile(r"^[(]([一二三四五六七八九十廿卅百]{1,4})[)][、.]?")),
    (3, re.compile(r"^(\d{1,2})(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"^(?:[(](\d{1,2})[)]|(\d{1,2})[)])[、.]?")),
    (5, re.compile(r"^([①-⑳])")),
)
_OF_WHICH = re.compile(r"^[(]?其中[)]?[::,、]?")
_COUNTED_IN = re.compile(r"[(]([^()]{1,5})[)]:?$")
_LONGEST_UNIT_CODE = 9
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese_number(text: str) -> int:
    """The number that Chinese numerals up to 99 spell (廿一 is 21, 两 is 2); 0 where they spell none."""
    text = text.replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    tens, ten, ones = text.partition("十")
    if not ten:
        return _CHINESE.find(text) + 1 if len(text) == 1 else 0
    return (_CHINESE.find(tens) + 1 if tens else 1) * 10 + (_CHINESE.find(ones) + 1 if ones else 0)


def numbering(key: str) -> tuple[int, int, str]:
    """Level, number and rest of a label: 「（二）政府性基金」 gives 2, 2, 政府性基金; without numbering 0, 0,
    the label."""
    for level, pattern in _NUMBERINGS:
        match = pattern.match(key)
        if match:
            numeral = next(group for group in match.groups() if group)
            if numeral in _CIRCLED:
                ordinal = _CIRCLED.index(numeral) + 1
            else:
                ordinal = int(numeral) if numeral.isdigit() else chinese_number(numeral)
            return level, ordinal, key[match.end() :]
    return 0, 0, key


def code_kind(code: str) -> CodeKind:
    """Which list a code is from, by its digits."""
    if _FUNCTION.match(code) and len(code) in (3, 5, 7, 9):
        return CodeKind.FUNCTION
    if _ECONOMIC.match(code):
        return CodeKind.ECONOMIC
    return CodeKind.GOVERNMENT if _GOVERNMENT.match(code) else CodeKind.UNIT


def total_rank(key: str) -> TotalRank:
    """What a label totals, NONE for an ordinary row."""
    words = vocabulary().rows
    if not words["total"].fit(key) or _OF_WHICH.match(key):
        return TotalRank.NONE
    if words["subtotal"].fit(key) and not words["year_total"].fit(key):
        return TotalRank.SUBTOTAL
    if words["year_total"].fit(key):
        return TotalRank.YEAR
    if key.rstrip(":").endswith("总计"):
        return TotalRank.GRAND
    return TotalRank.TOTAL if words["grand_total"].fit(key.rstrip(":")) else TotalRank.SUBTOTAL


def measure_of(key: str) -> str:
    """What a row of this label counts: the unit in brackets, "?" where only its words tell, "-" for a heading over
    several counts; "" for an amount."""
    words = vocabulary().rows
    match = _COUNTED_IN.search(key)
    if match and counts_things(match[1]):
        return match[1]
    if words["count_heading"].fit(key):
        return "-"
    return "?" if words["counted"].fit(key) else ""


def _unit_beside(cells: Sequence[Cell], panel: Panel) -> str:
    """What a column of units (计量单位) says that a row counts."""
    words = vocabulary().columns["counted_in"]
    units = (label_key(cells[column.index].text) for column in panel.others if words.fit(column.leaf))
    return next((unit for unit in units if counts_things(unit)), "")


def read_rows(table: Table, panel: Panel) -> tuple[RowLabel, ...]:
    """The labels of all rows of one panel."""
    # 车辆（辆） beside a column of numbers and one of values names the unit of the numbers.
    counts_apart = any(column.kind is ColumnKind.QUANTITY for column in panel.others)
    first = _of_one_list(panel)
    codes = [column for column in first.codes if any(row[column.index].text for row in table.rows)]
    reader = _CodeReader(codes, table)
    return tuple(
        _read_row(table, first if _is_labelled(cells, first) else panel, number, codes, reader, counts_apart)
        for number, cells in enumerate(table.rows)
    )


def _is_labelled(cells: Sequence[Cell], panel: Panel) -> bool:
    return any(cells[column.index].text for column in panel.labels)


def _of_one_list(panel: Panel) -> Panel:
    """The panel with the labels of its first list of codes alone, where a second list of the same rows stands beside it
    under a head of its own (部门预算支出经济分类 类 款 科目名称 | 政府预算支出经济分类 类 款 科目名称)."""
    lists: dict[tuple[str, ...], list[Column]] = {}
    for column in panel.labels:
        if len(column.path) > 1 and column.kind is not ColumnKind.UNIT_CODE:
            lists.setdefault(column.path[:1], []).append(column)
    whole = [
        columns for columns in lists.values() if {one.kind for one in columns} >= {ColumnKind.CODE, ColumnKind.NAME}
    ]
    if len(whole) < 2:
        return panel
    others = [column for columns in whole[1:] for column in columns]
    return replace(panel, labels=tuple(column for column in panel.labels if column not in others))


def _read_row(
    table: Table, panel: Panel, number: int, columns: Sequence[Column], reader: _CodeReader, counts_apart: bool
) -> RowLabel:
    cells = table.rows[number]
    names = [cells[column.index].text for column in panel.labels if column.kind is ColumnKind.NAME]
    codes = [cells[column.index].text for column in columns]
    unit = _unit([cells[column.index].text for column in panel.labels if column.kind is ColumnKind.UNIT_CODE])
    total = next((text for text in (*names, *codes) if text and total_rank(label_key(text))), "")
    if total:
        reader.restart()
        counted = "" if counts_apart else _unit_beside(cells, panel)
        return _label_of_total(number, panel.number, total, unit, counted)
    texts = [text for text in names if text]
    wordy = [text for text in codes if text and not _DIGITS.sub("", label_key(text))]
    text = texts[-1] if texts else wordy[0] if wordy else ""
    code, key = reader.read([label_key(text) for text in codes]), label_key(text)
    if not code and not panel.codes:
        code, key = _code_in_name(key)
    of_which, level, ordinal, key = _marks(key)
    kind = code_kind(code) if code else CodeKind.NONE
    if kind is CodeKind.UNIT:
        unit, code, kind = unit or (code if len(code) <= _LONGEST_UNIT_CODE else ""), "", CodeKind.NONE
    return RowLabel(
        number,
        panel.number,
        text,
        key,
        code=code,
        code_kind=kind,
        unit_code=unit,
        rank=level,
        ordinal=ordinal,
        of_which=of_which,
        note=vocabulary().rows["note"].fit(label_key(text)),
        measure="" if counts_apart else _unit_beside(cells, panel) or measure_of(key),
    )


def _label_of_total(number: int, panel: int, text: str, unit: str, counted: str) -> RowLabel:
    key = label_key(text)
    level, ordinal, _ = numbering(key)
    return RowLabel(
        number, panel, text, key, total=total_rank(key), unit_code=unit, rank=level, ordinal=ordinal, measure=counted
    )


def _code_in_name(key: str) -> tuple[str, str]:
    """The code that a name prints with it ("2080501行政单位离退休", "…(2080501)"), "" for none,
    and the name without it."""
    match = _CODE_IN_NAME.match(key) or _CODE_AFTER_NAME.search(key)
    if match is None or code_kind(match[1]) is CodeKind.UNIT:
        return "", key
    return match[1], key[: match.start()] + key[match.end() :]


def _marks(key: str) -> tuple[bool, int, int, str]:
    """Whether a label says 其中, how deep its number makes it and which it is, and what is left of it."""
    of_which = bool(_OF_WHICH.match(key))
    level, ordinal, key = numbering(_OF_WHICH.sub("", key))
    _, colon, inner = key.rpartition(":")
    if colon and numbering(inner)[0] > level:
        # 2、资金结构：（1）基本支出: the heading of a list on the line of its first row.
        level, ordinal, key = numbering(inner)
    if not of_which and _OF_WHICH.match(key):
        of_which, key = True, _OF_WHICH.sub("", key)
    return of_which, level, ordinal, key


def _unit(texts: Sequence[str]) -> str:
    return next((label_key(text) for text in texts if text.strip()), "")


def _are_levels(columns: Sequence[Sequence[str]]) -> bool:
    """Whether columns hold the levels of codes, by their digits: three, then two and two."""
    digits = [[key for text in texts if (key := label_key(text)).isdigit()] for texts in columns]
    return all(
        keys and sum(len(key) == (2 if place else 3) for key in keys) * 2 > len(keys)
        for place, keys in enumerate(digits)
    )


class _CodeReader:
    """Puts codes together from one column or from the columns 类, 款, 项, which may leave out what stands above."""

    def __init__(self, columns: Sequence[Column], table: Table) -> None:
        levels = {level for column in columns for level in "类款项" if column.leaf.endswith(level)}
        split = len(levels) > 1 or _are_levels([[row[column.index].text for row in table.rows] for column in columns])
        self._split = len(columns) in (2, 3) and split
        self._last: tuple[str, ...] = ()

    def restart(self) -> None:
        """Forgets what stands above."""
        self._last = ()

    def read(self, keys: Sequence[str]) -> str:
        """The code of a row from the texts of its code columns, "" where there is none."""
        digits = [key if key.isdigit() else "" for key in keys]
        if not any(digits):
            return ""
        if not self._split:
            # Beside 类, 款 and 项 a column may print the whole code.
            shortest = next(text for text in digits if text)
            return max((text for text in digits if text.startswith(shortest)), key=len)
        # A column that prints the whole code so far needs nothing from the others.
        longest = max(digits, key=len)
        if len(longest) > 3:
            self._last = (longest[:3], *(longest[place : place + 2] for place in range(3, len(longest), 2)))
            return longest
        first = next(place for place, text in enumerate(digits) if text)
        if first and len(longest) > 2:
            # Three digits under 款 or 项 are no part of an account: the code of a body.
            return longest
        parts = [*self._last[:first], *digits[first:]]
        while parts and not parts[-1]:
            parts.pop()
        if not all(parts) or len(parts) < first + 1:
            return ""
        self._last = tuple(parts)
        return parts[0] + "".join(part.zfill(2) for part in parts[1:])


def is_body(label: RowLabel) -> bool:
    """Whether a row without a code is named like a body (a bureau, a school, a town)."""
    return (
        bool(label.key) and not label.rank and not label.of_which and vocabulary().rows["organisation"].fit(label.key)
    )
