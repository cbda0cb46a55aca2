"""One project's indicators, printed in two forms, have the same values for the same year.

A project's form and the department's 整体绩效 form both give an indicator's value of the last two years (前年 上年;
2020年 2021年) and of this one (预计当年). The tables of one project are those whose indicator names are most alike; a
row is its counterpart if it is the only one of its 二级指标. Whether both forms mean the same target is a matter of
judgement, so these checks are weak.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations

from workbench.checks.context import Context
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_FORMS = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
_YEAR = re.compile(r"^(20\d\d)年?度?(?:实际|完成|指标)?值?$")
_ALIKE = 40.0
"""The least likeness in per cent of the names of two tables of indicators of one project."""


@dataclass(frozen=True)
class _Indicators:
    """A table of indicators: its columns by year, its rows by 二级指标 (those that are printed once), its names."""

    table: str
    form: Form
    years: Mapping[int, int]
    rows: Mapping[str, int]
    names: str


def indicator_links(context: Context) -> Iterator[Check]:
    """The values of one indicator in two tables, year by year."""
    listed = (_indicators(context, table) for table in context.of_form(*_FORMS))
    tables = tuple(found for found in listed if found is not None)
    for pair in context.once("pairs of indicators", tables, lambda: tuple(_pairs(tables))):
        sources = tuple(context.tables[one.table] for one in pair)
        yield from context.checks_once(
            ("indicator links", *(one.table for one in pair)), sources, partial(_links, context, *pair)
        )


def _links(context: Context, first: _Indicators, second: _Indicators) -> Iterator[Check]:
    for name, row in first.rows.items():
        other = _counterpart(name, second.rows)
        if other is None:
            continue
        for year in sorted(first.years.keys() & second.years.keys()):
            left = CellRef(first.table, row, first.years[year])
            right = CellRef(second.table, second.rows[other], second.years[year])
            title = Message(
                f"{other} of {year} is the same in both forms of the project.",
                f"同一项目{year}年{other}的指标值一致。",
            )
            if _figures(context, left, right):
                terms = (Term(right, ONE, "value"), Term(left, MINUS_ONE, "value"))
                yield context.check(
                    Family.CROSS_TABLE, Relation.EQUAL, terms, title, severity=Severity.WARNING, weak=True
                )


def _figures(context: Context, *refs: CellRef) -> bool:
    kinds = (context.figures.read(ref).figure.kind for ref in refs)
    return all(kind in (FigureKind.NUMBER, FigureKind.GARBLED) for kind in kinds)


def _indicators(context: Context, table: Table) -> _Indicators | None:
    key = ("years of indicators", table.id)
    return context.once(key, (table,), lambda: _read(context, table), stable=True)


def _read(context: Context, table: Table) -> _Indicators | None:
    structure = context.structure(table)
    year = context.own(table).fiscal_year
    years = {}
    for column in structure.columns:
        named = _year_of(column.leaf, year)
        if named is not None:
            years[named] = column.index
    level = next((column.index for column in structure.columns if column.leaf.startswith("二级指标")), None)
    if len(years) < 2 or level is None:
        return None
    keys = [label_key(row[level].text) for row in table.rows]
    times = Counter(keys)
    rows = {key: number for number, key in enumerate(keys) if key and times[key] == 1}
    texts = (cell.text for row in table.rows for cell in row if cell.figure.kind is FigureKind.TEXT)
    return _Indicators(table.id, table.form, years, rows, "".join(dict.fromkeys(label_key(text) for text in texts)))


def _year_of(head: str, year: int | None) -> int | None:
    """The year that a head names: 2020年, 前年, 上年, 预计当年."""
    match = _YEAR.match(head)
    if match:
        return int(match[1])
    if year is None:
        return None
    words = vocabulary().columns
    return next(
        (year - back for back, name in enumerate(("this_year", "last_year", "year_before")) if words[name].fit(head)),
        None,
    )


def _counterpart(name: str, rows: Mapping[str, int]) -> str | None:
    """The 二级指标 of the other table that is called the same, or so but for words before it (服务对象满意度指标)."""
    if name in rows:
        return name
    fitting = [other for other in rows if other.endswith(name) or name.endswith(other)]
    return fitting[0] if len(fitting) == 1 else None


def _pairs(tables: Sequence[_Indicators]) -> Iterator[tuple[_Indicators, _Indicators]]:
    """Tables of one project: each the most alike of the other's form, alike enough, and sharing two years."""
    if len(tables) < 2:
        return
    from rapidfuzz.fuzz import token_ratio

    alike: dict[tuple[int, int], float] = {}
    for (first, one), (second, other) in combinations(enumerate(tables), 2):
        if one.form is not other.form and len(one.years.keys() & other.years.keys()) > 1:
            alike[first, second] = token_ratio(one.names, other.names)
    for (first, second), score in alike.items():
        rivals = [value for pair, value in alike.items() if pair != (first, second) and {first, second} & set(pair)]
        if score >= _ALIKE and all(score > rival for rival in rivals):
            yield tables[first], tables[second]
