"""The sums that a statement promises: across, by the labels of its header, and down, by the codes,
totals and numbers of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.model.amount import match_key
from workbench.tables.text.vocabulary import TOTALS

_TOTAL = re.compile(
    r"^(?:总计|合计|小计|总额|金额合计|预算合计|支出合计|收入合计|资金总额|预算数|金额|本年合计|(?:本年)?(?:收入|支出)合计|.{0,6}总计)$"
)
_SUBTOTAL = re.compile(r"^(?:小计|合计|总计|(?:本年)?(?:收入|支出)(?:合计|总计))$")
_PARTS = 2
"""So many columns at least stand before a total that ends them."""
_TOTAL_OF_PARTS = re.compile(r"^(?:总计|合计|小计)$")
_DIVIDES = re.compile(r"^按.|(?:来源|用途|性质|类型|分类|构成|去向)$")
"""By what a spanner divides all that a total adds up."""
_PART = "其中"
_NAMED_PART = re.compile(r"^其中:?.")
_BALANCE = tuple(map(re.compile, (r"年初|上年.*结转", r"本年收入", r"本年支出", r"年末|年终|结转下年")))
_LEVELS = (
    re.compile(r"^[一二三四五六七八九十]+、"), re.compile(r"^\([一二三四五六七八九十]+\)"), re.compile(r"^\d{1,2}[.、]"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Equation:
    """Column `total` is the sum of the columns `parts`."""

    total: int
    parts: tuple[int, ...]


def equations_of(header: Sequence[Sequence[str]], columns: Sequence[int]) -> tuple[Equation, ...]:
    """The sums across that a header promises among the figure columns `columns` (next to each other)."""
    if not header or not columns:
        return ()
    found: list[Equation] = []
    for group, rows in _groups(header, columns):
        _sums_within(rows, group, 0, found)
    return tuple(found)


def _groups(header: Sequence[Sequence[str]], columns: Sequence[int]) -> list[tuple[list[int], Sequence[Sequence[str]]]]:
    """The columns that add up among themselves, with the rows of the header that tell their sums: where the lowest row
    prints the same labels below each column of the rows above it (预算数 决算数), those of the same label."""
    if len(header) > 1:
        leaves = [header[-1][column] for column in columns]
        different = list(dict.fromkeys(leaves))
        upper = header[:-1]
        blocks = {tuple(row[column] for row in upper) for column in columns}
        paired = leaves == different * (len(columns) // len(different)) and len(blocks) * len(different) == len(columns)
        if paired and 1 < len(different) < len(columns) and not any(map(_TOTAL_OF_PARTS.match, different)):
            return [
                ([column for column, leaf in zip(columns, leaves, strict=True) if leaf == label], upper)
                for label in different
            ]
    return [(list(columns), header)]


def balance_of(header: Sequence[Sequence[str]], columns: Sequence[int]) -> tuple[int, int, int, int] | None:
    """The columns of what is carried over from last year, of income, of expenditure in all and of what is carried over
    to the next: the first and the second are the sum of the others. None where a header has not each of them."""
    found = []
    for label in _BALANCE:
        column = next((column for column in columns if label.match(match_key(header[0][column]))), None)
        if column is None:
            return None
        found.append(column)
    first, income, expenditure, last = found
    return first, income, expenditure, last


def _sums_within(header: Sequence[Sequence[str]], columns: list[int], level: int, found: list[Equation]) -> list[int]:
    """Add the sums among `columns` from header row `level` down; returns the columns that stand for them all."""
    if level >= len(header) or len(columns) == 1:
        return columns
    runs: list[list[int]] = []
    for column in columns:
        label = header[level][column]
        if runs and label and label == header[level][runs[-1][-1]]:
            runs[-1].append(column)
        else:
            runs.append([column])
    if len(runs) == 1:
        return _sums_within(header, columns, level + 1, found)
    stands: list[tuple[str, list[int]]] = []
    named: list[int] = []
    for run in runs:
        label, own = _leaf(header, run, level), _sums_within(header, run, level + 1, found)
        if stands and len(own) == len(stands[-1][1]) == 1 and _NAMED_PART.match(label):
            # 其中:购置 其中:运行维护 are parts of the column left of them.
            named.append(own[0])
            continue
        if stands and len(own) > 1 == len(stands[-1][1]) and label == _PART:
            found.append(Equation(stands[-1][1][0], tuple(own)))
            continue
        _add_named(stands, named, found)
        named = []
        stands.append((label, own))
    _add_named(stands, named, found)
    for index, (label, own) in enumerate(stands):
        if len(own) == 1 and _TOTAL.match(label):
            parts = tuple(column for _, rest in stands[index + 1 :] for column in rest)
            strict = _SUBTOTAL.match(label) or any(_is_part(header, column, level) for column in parts)
            if len(parts) >= 1 and strict and index == 0:
                found.extend(_with_subtotal(own[0], stands[1:]))
                return own
            if len(parts) >= 1 and _SUBTOTAL.match(label):
                found.append(Equation(own[0], _parts_after(stands[index + 1 :])))
                return [column for _, rest in stands[:index] for column in rest] + own
    if len(stands) > _PARTS and len(stands[-1][1]) == 1 and _TOTAL_OF_PARTS.match(stands[-1][0]):
        # 人员经费 公用经费 小计: what ends a group is the total of all before it
        found.append(Equation(stands[-1][1][0], _parts_after(stands[:-1])))
        return stands[-1][1]
    return [column for _, rest in stands for column in rest]


def _with_subtotal(total: int, stands: Sequence[tuple[str, list[int]]]) -> Iterator[Equation]:
    """A total of the columns behind it; where one of these is the total of those behind itself (本年支出小计),
    so is it; where several divide it, each by something else (资金来源, 支出用途), it is the total of each."""
    divisions = [own for label, own in stands if _DIVIDES.search(label)]
    if len(divisions) > 1:
        yield from (Equation(total, tuple(own)) for own in divisions)
        return
    for index, (label, own) in enumerate(stands[:-1]):
        if len(own) == 1 and label.endswith("小计") and label != "小计":
            yield Equation(total, (*_parts_after(stands[:index]), own[0]))
            yield Equation(own[0], _parts_after(stands[index + 1 :]))
            return
    yield Equation(total, _parts_after(stands))


def _add_named(stands: Sequence[tuple[str, list[int]]], named: Sequence[int], found: list[Equation]) -> None:
    """Add the sum of the columns that name parts of the last of those before them, where they are more than one."""
    if stands and len(named) > 1:
        found.append(Equation(stands[-1][1][0], tuple(named)))


def _parts_after(stands: Sequence[tuple[str, list[int]]]) -> tuple[int, ...]:
    return tuple(column for _, rest in stands for column in rest)


def _is_part(header: Sequence[Sequence[str]], column: int, level: int) -> bool:
    return match_key(header[level][column]) == _PART


def _leaf(header: Sequence[Sequence[str]], run: Sequence[int], level: int) -> str:
    for row in header[level:]:
        if row[run[0]]:
            return match_key(row[run[0]])
    return ""


@dataclass(frozen=True, slots=True)
class RowToPlace:
    """A row of a body: its figures in order, its code and its label."""

    figures: tuple[str, ...]
    code: str = ""
    label: str = ""


def families_of(rows: Sequence[RowToPlace]) -> Iterator[tuple[int, list[int]]]:
    """Rows that are the sum of other rows, from the top down: the total row, then each code with the codes below it."""
    codes = {index: row.code for index, row in enumerate(rows) if row.code.isdigit()}
    totals = [index for index, row in enumerate(rows) if not row.code and is_total(row.label)]
    if codes:
        bodies = [index for index, row in enumerate(rows) if not row.code and row.figures and index not in totals]
        first = min(codes)
        if bodies and all(rows[index].label for index in bodies) and bodies[0] < first:
            # Below each body stand its accounts.
            if totals and totals[0] < bodies[0]:
                yield totals[0], bodies
            for start, end in pairwise([*bodies, len(rows)]):
                own = {index: code for index, code in codes.items() if start < index < end}
                yield from _families_of_codes(own, [start])
            return
        yield from _families_of_codes(codes, totals[:1])
        return
    plain = [
        index for index, row in enumerate(rows) if index not in totals and not match_key(row.label).startswith("其中")
    ]
    numbered = {index: parts for index in plain if (parts := _numbered_below(rows, index))}
    yield from numbered.items()
    below = {part for parts in numbered.values() for part in parts}
    upper = [index for index in plain if index not in below]
    for total in totals:
        if upper:
            yield total, upper


def _families_of_codes(codes: dict[int, str], totals: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """The total and the codes that are below none of the others, then each code and those right below it."""
    below: dict[int | None, list[int]] = {}
    numbers = {code: index for index, code in codes.items()}
    for index, code in codes.items():
        above = (numbers.get(code[:length]) for length in range(len(code) - 1, 0, -1))
        below.setdefault(next((number for number in above if number is not None), None), []).append(index)
    if totals and None in below:
        yield totals[0], below[None]
    for parent in codes:
        if parent in below:
            yield parent, below[parent]


def _numbered_below(rows: Sequence[RowToPlace], parent: int) -> list[int]:
    """The rows right below one that are numbered a level deeper: （一） （二） below 一、, up to a row that is not."""
    label = match_key(rows[parent].label)
    plain = _plain_below(rows, parent) if _LEVELS[0].match(label) else []
    if plain:
        return plain
    level = next((level for level, number in enumerate(_LEVELS) if number.match(label)), None)
    if level is None or level + 1 == len(_LEVELS):
        return []
    found = []
    for index in range(parent + 1, len(rows)):
        label = match_key(rows[index].label)
        if _LEVELS[level + 1].match(label):
            found.append(index)
        elif label and not any(deeper.match(label) for deeper in _LEVELS[level + 2 :]):
            break
    return found if len(found) > 1 else []


def _plain_below(rows: Sequence[RowToPlace], parent: int) -> list[int]:
    """The rows below one numbered 一、 up to the next so numbered or a total, where none of them is numbered."""
    found = []
    for index in range(parent + 1, len(rows)):
        label = match_key(rows[index].label)
        if _LEVELS[0].match(label) or is_total(label):
            break
        if not label or label.startswith("其中") or any(level.match(label) for level in _LEVELS[1:]):
            return []
        found.append(index)
    return found if len(found) > 1 else []


def is_total(label: str) -> bool:
    """Whether a row label ends with 合计, 总计 or 小计."""
    return match_key(label).endswith(TOTALS)
