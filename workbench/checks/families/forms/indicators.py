"""The indicators of performance forms: kind, name, target value and unit, form by form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.fiscal.vocabulary import label_key
from workbench.model.table import CellRef, Form, Table

_HEADS = {
    "kind": re.compile(r"二级指标.*|指标类型"),
    "name": re.compile(r"三级指标.*|指标名称|具体指标|指标内容"),
    "description": re.compile(r"(?:绩效)?指标(?:描述|说明|解释|内容)|评[(]扣[)]分标准"),
    "sign": re.compile(r"符号|指标性质|运算符号|计算符号"),
    "value": re.compile(r"(?:年度)?(?:目标)?指标值.*|值|目标值.*|年度目标值"),
    "unit": re.compile(r"(?:计量)?单位|度量单位"),
}
_OF_ALL = "绩效指标"
"""The head of the names where no level of indicators is told; beside 三级指标 it heads the stub of all."""
_NUMBER = re.compile(r"(?P<sign>[≥≤≧≦＞＜><=＝])*(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>[^\d]*)")


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: the kind (数量指标, 成本指标), its name, what it describes, and its target as printed, taken apart
    into a number and a unit where it is one figure. `ref` is the cell of the value, `unit_ref` that of the unit."""

    ref: CellRef
    kind: str
    name: str
    description: str
    value: str
    number: Decimal | None
    unit: str
    unit_ref: CellRef | None


def indicators(context: Context, table: Table) -> tuple[Indicator, ...]:
    """The indicators that a table of a performance form lists; none for other tables."""
    if table.form not in (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE):
        return ()
    return context.once(("indicators", table.id), (table,), lambda: _indicators(table))


def _indicators(table: Table) -> tuple[Indicator, ...]:
    columns = _columns(table)
    if "name" not in columns or "value" not in columns:
        return ()
    return tuple(_rows(table, columns))


def _columns(table: Table) -> dict[str, int]:
    """Role → column. Where one head spans sign, value and unit, their own heads tell them apart."""
    found: dict[str, int] = {}
    of_all: int | None = None
    for column in range(table.width):
        leaf = label_key((table.column_path(column) or ("",))[-1])
        for role, pattern in _HEADS.items():
            if pattern.fullmatch(leaf) and role not in found:
                found[role] = column
                break
        if leaf == _OF_ALL:
            of_all = column
    if "name" not in found and of_all is not None:
        found["name"] = of_all
    return found


def _rows(table: Table, columns: dict[str, int]) -> Iterator[Indicator]:
    kind = ""
    unit_column = columns.get("unit")
    for row, cells in enumerate(table.rows):
        texts = {role: label_key(cells[column].text) for role, column in columns.items()}
        kind = texts.get("kind") or kind
        name, value = texts["name"], texts["value"]
        if not name or not value:
            continue
        match = _NUMBER.fullmatch(value)
        unit = (match["unit"] if match else "") or texts.get("unit", "")
        yield Indicator(
            ref=CellRef(table.id, row, columns["value"]),
            kind=kind,
            name=name,
            description=texts.get("description", ""),
            value=value,
            number=Decimal(match["number"].replace(",", "")) if match else None,
            unit=unit,
            unit_ref=None if unit_column is None else CellRef(table.id, row, unit_column),
        )


def forms(context: Context) -> Iterator[tuple[str, tuple[Table, ...]]]:
    """The performance forms of the document by name: the tables of one form together,
    whether it was cut or kept whole."""
    parts: dict[str, list[Table]] = {}
    for table in context.of_form(Form.PERFORMANCE_TARGET, Form.PROJECT_EXPENDITURE):
        parts.setdefault(table.part_of or table.title or table.id, []).append(table)
    for name, tables in parts.items():
        yield name, tuple(tables)
