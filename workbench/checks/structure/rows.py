"""The rows of one panel of a table: code, name, numbering, and whether a row is a total, a part or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.checks.structure.code_reader import CodeReader
from workbench.checks.structure.columns import Column, ColumnKind
from workbench.checks.structure.label_words import (
    CodeKind,
    TotalRank,
    code_in_name,
    code_kind,
    marks,
    measure_of,
    numbering,
    total_rank,
)
from workbench.checks.structure.panels import Panel
from workbench.fiscal.counting import counts_things
from workbench.fiscal.headers import is_numbering_row
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.table import Cell, Table


@dataclass(frozen=True)
class RowLabel:
    """What the label columns of one row say. `rank` is the level of its numbering (一、 1, （一） 2, 1、 3, （1） 4,
    ① 5; 0 for none) and `ordinal` its number. `measure` is what a row counts that holds no amount (辆, 人次), "" for an
    amount: rows of different measures do not add up. `unlisted`: the levels of its table are told by a list of names,
    which does not have this one."""

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
    unlisted: bool = False

    @property
    def empty(self) -> bool:
        """Whether its label columns are blank."""
        return not self.key and not self.code and not self.unit_code


_DIGITS = re.compile(r"\D+")
_LONGEST_UNIT_CODE = 9
_NUMBERED = frozenset({"**", "*", "栏次", "栏目", "列次"})
"""What stands beside the numbers of columns, and beside no amounts."""


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
    reader = CodeReader(codes, panel, table)
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
    table: Table, panel: Panel, number: int, columns: Sequence[Column], reader: CodeReader, counts_apart: bool
) -> RowLabel:
    cells = table.rows[number]
    if _numbers_columns(cells):
        return RowLabel(number, panel.number, "", "", note=True)
    names = [cells[column.index].text for column in panel.labels if column.kind is ColumnKind.NAME]
    codes = [cells[column.index].text for column in columns]
    unit = _unit([cells[column.index].text for column in panel.labels if column.kind is ColumnKind.UNIT_CODE])
    numbers = [cells[column.index].text for column in panel.others if column.kind is ColumnKind.SEQUENCE]
    total = next((text for text in (*names, *codes, *numbers) if text and total_rank(label_key(text))), "")
    if total:
        reader.restart()
        counted = "" if counts_apart else _unit_beside(cells, panel)
        return _label_of_total(number, panel.number, total, unit, counted)
    texts = [text for text in names if text]
    wordy = [text for text in codes if text and not _DIGITS.sub("", label_key(text))]
    text = texts[-1] if texts else wordy[0] if wordy else ""
    code, key = reader.read(number, [label_key(text) for text in codes]), label_key(text)
    if not code and not panel.codes:
        code, key = code_in_name(key)
    of_which, level, ordinal, key = marks(key)
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


def _numbers_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row of the body is the one that numbers the columns (** ** 1 2 3, 栏次 1 2 3), read below its head."""
    return any(cell.text in _NUMBERED for cell in cells) and is_numbering_row([cell.text for cell in cells])


def _label_of_total(number: int, panel: int, text: str, unit: str, counted: str) -> RowLabel:
    key = label_key(text)
    level, ordinal, _ = numbering(key)
    return RowLabel(
        number, panel, text, key, total=total_rank(key), unit_code=unit, rank=level, ordinal=ordinal, measure=counted
    )


def _unit(texts: Sequence[str]) -> str:
    return next((label_key(text) for text in texts if text.strip()), "")


def is_body(label: RowLabel) -> bool:
    """Whether a row without a code is named like a body (a bureau, a school, a town)."""
    return (
        bool(label.key) and not label.rank and not label.of_which and vocabulary().rows["organisation"].fit(label.key)
    )
