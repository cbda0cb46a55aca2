"""Which columns of a statement suit a row by what it is spent on, where its figures would fit in several.

Wages and benefits are 人员经费, other accounts 公用经费; codes of government funds have money of those funds, all of it
for projects; 行政运行, pensions, medical insurance and housing are 基本支出, 一般行政管理事务 is 项目支出; what is
carried over is mostly of projects.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from workbench.fiscal.codes import is_fund_code
from workbench.tables.text.running.promised_sums import RowToPlace, is_total

_ECONOMIC = re.compile(r"^[35]\d\d(?:\d\d)?$")
_PERSONNEL = ("301", "303", "501", "509")
_SECTION = 5
"""The digits of a 款."""
_ITEM = 7
"""The digits of a 项."""
_BASIC = re.compile(
    r"(?:行政|事业|机构)运行|机关服务|离退休|养老保险|职业年金|(?:行政|事业)单位医疗|公务员医疗|住房公积金|购房补贴|提租补贴"
)
_PROJECT = re.compile(r"一般行政管理事务|^其他")
_BENEFITS = ("208", "210", "221")
"""Classes in which 其他… may be insurance of the staff as well."""


@dataclass(frozen=True, slots=True)
class LikelyColumns:
    """Columns by what stands below their labels, counted from 0."""

    personnel: frozenset[int] = frozenset()
    running: frozenset[int] = frozenset()
    fund: frozenset[int] = frozenset()
    basic: frozenset[int] = frozenset()
    project: frozenset[int] = frozenset()
    carried_basic: frozenset[int] = frozenset()

    @classmethod
    def of(cls, paths: Sequence[Sequence[str]]) -> LikelyColumns:
        """The columns whose labels, from the top down, are `paths`."""

        def under(test: Callable[[str], bool], *, carried: bool = False) -> frozenset[int]:
            return frozenset(
                index
                for index, path in enumerate(paths)
                if any(map(test, path)) and carried == any("结转" in label for label in path)
            )

        return cls(
            under(lambda label: label == "人员经费"),
            under(lambda label: label in ("公用经费", "日常公用经费")),
            under(lambda label: label.startswith("政府性基金")),
            under(lambda label: label == "基本支出"),
            under(lambda label: label == "项目支出"),
            under(lambda label: label.startswith("基本支出"), carried=True),
        )

    def strangeness(self, nature: Nature, used: frozenset[int]) -> int:
        """How many columns a row of this nature would use that do not suit it, or leave out that do, where it has an
        amount in the columns `used`."""
        strange = len(used & self.carried_basic)
        for answer, yes, no in (
            (nature.personnel, self.personnel, self.running),
            (nature.project, self.project, self.basic),
        ):
            if answer is not None and yes and no:
                strange += len(used & (no if answer else yes))
        if nature.fund is not None and self.fund:
            strange += bool(used & self.fund) != nature.fund
        return strange


NO_COLUMNS = LikelyColumns()


@dataclass(frozen=True, slots=True)
class Nature:
    """What a row is spent on: people or running costs, projects or the body itself, government funds or not; None where
    that is not told."""

    personnel: bool | None = None
    project: bool | None = None
    fund: bool | None = None


def natures_of(rows: Sequence[RowToPlace]) -> list[Nature]:
    """The nature of each row, by its own code and label or by those of all rows below its code."""
    funds = [is_fund_code(row.code) if row.code[:1] == "2" and len(row.code) >= _SECTION else None for row in rows]
    projects = [_is_project(row) for row in rows]
    total_fund = True if any(funds) else None
    found = []
    for index, row in enumerate(rows):
        personnel = row.code.startswith(_PERSONNEL) if _ECONOMIC.match(row.code) else None
        fund = total_fund if not row.code and is_total(row.label) else _of_all(index, rows, funds)
        found.append(Nature(personnel, _of_all(index, rows, projects), fund))
    return found


def _is_project(row: RowToPlace) -> bool | None:
    if is_fund_code(row.code):
        return True
    if len(row.code) != _ITEM or row.code[0] != "2":
        return None
    if _BASIC.search(row.label):
        return False
    return True if _PROJECT.search(row.label) and not row.code.startswith(_BENEFITS) else None


def _of_all(index: int, rows: Sequence[RowToPlace], answers: Sequence[bool | None]) -> bool | None:
    """The answer of a row, else that of all rows below its code, for a total of all rows,
    where they are of one mind."""
    code = rows[index].code
    if answers[index] is not None or not (code or is_total(rows[index].label)):
        return answers[index]
    below = {
        answer
        for row, answer in zip(rows, answers, strict=True)
        if row.code.startswith(code) and len(row.code) > len(code) and (answer is not None or len(row.code) == _ITEM)
    }
    return below.pop() if len(below) == 1 else None
