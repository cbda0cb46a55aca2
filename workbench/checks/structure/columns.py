"""The columns of a table: which hold codes, labels and amounts, and which stand side by side as panels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest

from workbench.checks.structure.label_words import measure_of
from workbench.fiscal.captions import unit_of_line
from workbench.fiscal.codes import names_of
from workbench.fiscal.headers import is_level, is_numbering_row
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import Figure, FigureKind, read_figure
from workbench.model.table import Table


class ColumnKind(StrEnum):
    """What a column holds."""

    SEQUENCE = "sequence"
    CODE = "code"
    UNIT_CODE = "unit_code"
    NAME = "name"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    PRICE = "price"
    PERCENT = "percent"
    TEXT = "text"


LABELS = frozenset({ColumnKind.CODE, ColumnKind.UNIT_CODE, ColumnKind.NAME})
_NUMBERING = re.compile(r"^(?:\*+|栏次|行次|序号|[-–—]+|[\d甲乙丙丁A-Za-z]{1,2}|[\d=+\-*/()（）]+)?$")
_BRACKETS = re.compile(r"[(][^()]*(?:单位|元)[^()]*[)]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PROJECT = re.compile(r"(?:预算|支出)?项目(?:名称)?")
_BODY = re.compile(r"(?:项目|实施|承担|申报|主管|预算|执行|责任|使用|采购)?(?:单位|部门)(?:名称)?")
_MANY_LINES = 6
"""So many figures that go up by one number the lines, whatever stands over them: no amounts do that."""
_CODE_VALUE = re.compile(r"^\d{2,9}$")


@dataclass(frozen=True)
class Column:
    """One column: its place, kind and path (keys of its header texts from the top, numbering rows left out).

    `unit` is a unit of money printed in its own head (价值（金额单位：万元）), "" where there is none; `names_total`
    says that one of its cells names a total.
    """

    index: int
    kind: ColumnKind
    path: tuple[str, ...]
    unit: str = ""
    names_total: bool = False

    @property
    def leaf(self) -> str:
        """The lowest text of its head."""
        return self.path[-1] if self.path else ""


def read_columns(table: Table) -> tuple[Column, ...]:
    """The columns of a table, by their heads and by what stands in them."""
    above: list[str] = []
    header = []
    for row in table.header:
        texts = [cell.text for cell in row]
        if not _numbers_columns(texts, above):
            header.append(texts)
        elif any(map(is_level, texts)):
            # 类 款 项 | 栏次 | 1 2 3: levels of codes on the line of the numbers.
            header.append([text if is_level(text) else "" for text in texts])
        above = texts
    columns = []
    for index in range(table.width):
        path: list[str] = []
        unit = ""
        for texts in header:
            text = texts[index]
            key = _BRACKETS.sub("", label_key(text)) if text else ""
            if key and (not path or path[-1] != key):
                path.append(key)
                unit = unit_of_line(text) if "元" in text else unit
        cells = [row[index] for row in table.rows]
        # A figure that a reviewer takes out leaves its column what it is.
        kind = _kind(tuple(path), [cell.text or cell.printed for cell in cells])
        totals = kind is ColumnKind.NAME and _names_total([cell.text for cell in cells])
        columns.append(Column(index, kind, tuple(path), unit, totals))
    return _without_blank_stubs(_without_bodies(tuple(_beside_codes(columns, table)), table), table)


def _names_total(texts: Sequence[str]) -> bool:
    words = vocabulary().rows["total"]
    return any(words.fit(label_key(text)) for text in texts if "计" in text or "总" in text)


def _without_bodies(columns: tuple[Column, ...], table: Table) -> tuple[Column, ...]:
    """The columns, one that says whose the project left of it is taken as text: the project names the row."""
    projects = [one.index for one in columns if one.kind is ColumnKind.NAME and _PROJECT.fullmatch(one.leaf)]
    return tuple(
        replace(one, kind=ColumnKind.TEXT)
        if one.kind is ColumnKind.NAME
        and not one.names_total
        and _BODY.fullmatch(one.leaf)
        and any(at < one.index and _all_beside(table, at, one.index) for at in projects)
        else one
        for one in columns
    )


def _all_beside(table: Table, project: int, body: int) -> bool:
    return all(row[project].text for row in table.rows if row[body].text)


def _without_blank_stubs(columns: Sequence[Column], table: Table) -> tuple[Column, ...]:
    """The columns, those that are blank and stand left of the labels (a side head) taken as text, not as amounts."""
    first = next((column.index for column in columns if column.kind in LABELS), 0)
    return tuple(
        replace(column, kind=ColumnKind.TEXT)
        if column.kind is ColumnKind.AMOUNT
        and not any(row[column.index].text or row[column.index].printed for row in table.rows)
        and (column.index < first or not column.path)
        else column
        for column in columns
    )


def _numbers_columns(texts: Sequence[str], above: Sequence[str] = ()) -> bool:
    """Whether a header row only numbers the columns (栏次 1 2 3; ** ** 1 2; 1=2+3; A=B+C). What a cell repeats of
    the row `above` reaches down into it and says nothing of its own."""
    texts = [text for text, over in zip_longest(texts, above[: len(texts)], fillvalue="") if not over or text != over]
    keys = [label_key(text) if text.strip("* ") else text.strip() for text in texts]
    if any(key.isdigit() for key in keys) and all(_NUMBERING.match(key) or is_level(key) for key in keys):
        return True
    return is_numbering_row(texts)


def _kind(path: tuple[str, ...], texts: Sequence[str]) -> ColumnKind:
    words = vocabulary().columns
    leaf = path[-1] if path else ""
    kinds = Counter(read_figure(text).kind for text in texts)
    printed = sum(kinds.values()) - kinds[FigureKind.BLANK]
    numbers = kinds[FigureKind.NUMBER] + kinds[FigureKind.DASH] + kinds[FigureKind.GARBLED]
    wordy = kinds[FigureKind.TEXT] * 2 > printed
    if words["sequence"].fit(leaf):
        return ColumnKind.SEQUENCE
    if words["unit_code"].fit(leaf) and not wordy:
        return ColumnKind.UNIT_CODE
    coded = words["code"].fit(leaf) or (any(words["code"].fit(key) for key in path[1:]) and not words["name"].fit(leaf))
    if coded and not wordy:
        return ColumnKind.TEXT if words["item_code"].fit(leaf) else ColumnKind.CODE
    if wordy:
        remark = words["remark"].fit(leaf) and not words["name"].fit(leaf) and not _names_total(texts)
        return ColumnKind.TEXT if remark else ColumnKind.NAME
    return _figure_kind(path, leaf, texts, printed, numbers)


def _figure_kind(path: tuple[str, ...], leaf: str, texts: Sequence[str], printed: int, numbers: int) -> ColumnKind:
    words = vocabulary().columns
    if not numbers and not printed:
        if words["remark"].fit(leaf) or words["year"].fit(leaf):
            return ColumnKind.TEXT
        if words["name"].fit(leaf) and not words["measure"].fit(leaf) and not _funds(leaf):
            return ColumnKind.NAME
    for kind, name in (
        (ColumnKind.TEXT, "year"),
        (ColumnKind.PERCENT, "percent"),
        (ColumnKind.QUANTITY, "quantity"),
        (ColumnKind.PRICE, "price"),
    ):
        if words[name].fit(leaf) and not (kind is ColumnKind.QUANTITY and _is_pay(path, texts)):
            return kind
    if measure_of(leaf) not in ("", "?", "-"):
        return ColumnKind.QUANTITY
    figures = [read_figure(text) for text in texts]
    if _are_years(texts, figures):
        return ColumnKind.TEXT
    percents = sum(figure.percent for figure in figures)
    if percents and percents * 2 >= sum(figure.kind is FigureKind.NUMBER for figure in figures):
        return ColumnKind.PERCENT
    if _all_codes(texts) and (not path or (words["name"].fit(leaf) and _all_accounts(texts))):
        return ColumnKind.CODE
    if _counts_rows(texts, 3 if not path else _MANY_LINES):
        return ColumnKind.SEQUENCE
    return ColumnKind.AMOUNT


def _are_years(texts: Sequence[str], figures: Sequence[Figure]) -> bool:
    """Whether words stand in a column (长期, 2030-2032) and every number of it is a year."""
    numbers = [text for text, figure in zip(texts, figures, strict=True) if figure.kind is FigureKind.NUMBER]
    wordy = any(figure.kind is FigureKind.TEXT for figure in figures)
    return wordy and bool(numbers) and all(_YEAR.fullmatch(text.strip()) for text in numbers)


def _is_pay(path: tuple[str, ...], texts: Sequence[str]) -> bool:
    """Whether a column headed by people holds what is paid for them: figures with decimals, or under a head of
    expenditure (基本支出 over 在职人员 | 离退休人员 | 公用经费)."""
    if not vocabulary().columns["people"].fit(path[-1]):
        return False
    spent = vocabulary().partitions["expenditure"]
    return any(spent.fit(key) for key in path[:-1]) or any(read_figure(text).decimals for text in texts)


def _funds(leaf: str) -> bool:
    return any(words.fit(leaf) for words in vocabulary().partitions.values())


def _all_codes(texts: Sequence[str]) -> bool:
    """Whether a column without a head can only be codes: whole numbers of three, five and seven digits; or of two, of
    which some begin with a zero."""
    keys = [label_key(text) for text in texts if text]
    if len(keys) < 3 or not all(map(_CODE_VALUE.match, keys)):
        return False
    level = all(len(key) == 2 for key in keys) and any(key[0] == "0" for key in keys)
    return level or all(len(key) in (3, 5, 7) for key in keys)


def _all_accounts(texts: Sequence[str]) -> bool:
    """Whether every code belongs to a class of accounts: amounts as long as codes do not all do."""
    return all(names_of(label_key(text)[:3]) for text in texts if text)


def _counts_rows(texts: Sequence[str], least: int) -> bool:
    """Whether whole numbers go up by one from row to row: from 1, or where the lines of the other side end."""
    figures = [read_figure(text) for text in texts if text]
    values = [figure.value for figure in figures if not figure.decimals]
    if len(values) < least or len(values) < len(figures) or values[0] is None or not values[0] > 0:
        return False
    return values == [values[0] + number for number in range(len(values))]


def _beside_codes(columns: Sequence[Column], table: Table) -> Iterator[Column]:
    """The columns, one of two-digit codes right of a code column taken as one more level, whatever its head says."""
    last: Column | None = None
    for column in columns:
        if column.kind is ColumnKind.UNIT_CODE and last is not None and last.kind is ColumnKind.CODE:
            keys = [label_key(row[column.index].text) for row in table.rows]
            if sum(len(key) == 2 and key.isdigit() for key in keys) * 2 > sum(bool(key) for key in keys):
                column = replace(column, kind=ColumnKind.CODE, path=(*column.path, "项"))
        last = column
        yield column
