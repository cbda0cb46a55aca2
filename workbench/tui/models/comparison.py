"""Two tables side by side: the figures that both have under the same names, and by how much they differ."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.export.periods import period_of
from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind, match_key
from workbench.model.table import CellRef, Document, Table
from workbench.tui.models.places import column_label, row_label

if TYPE_CHECKING:
    from workbench.model.check import CheckResult

_NUMBERING = "一二三四五六七八九十、.．（）()0123456789 "
"""What numbers a name in one table and not in another."""
_PERIOD = re.compile(r"(?:19|20)\d\d年?度?|[本上当去]年度?|上一年度?")
"""What of the name of a column says which year it is about."""
_FIGURES = (FigureKind.NUMBER, FigureKind.GARBLED)


Period = tuple[int | None, str]
"""A year and a basis (`budget`, `final`, …)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure as two tables have it. `difference` is here minus there, in the unit of here;
    None where one of both is no number."""

    row: str
    column: str
    here: CellRef
    there: CellRef
    here_text: str
    there_text: str
    difference: Decimal | None
    there_value: Decimal | None = None
    """The figure there in the unit of here."""
    periods: tuple[Period, Period] = ((None, ""), (None, ""))
    """Of two documents, the years that the figures are about, and whether they were planned or accounted for."""

    @property
    def of_one_period(self) -> bool:
        """Whether both ought to say the same: figures of two years may differ, and so may a plan and an account."""
        return self.periods[0] == self.periods[1]

    @property
    def change(self) -> Decimal | None:
        """The difference in per cent of the figure there; None where there is none."""
        if self.difference is None or not self.there_value:
            return None
        return self.difference / abs(self.there_value) * 100

    @property
    def differs(self) -> bool:
        """Whether both say something else."""
        return self.here_text != self.there_text if self.difference is None else self.difference != 0


def compared(here: Table, there: Table, results: Iterable[CheckResult]) -> list[Pair]:
    """The figures that both tables have: cells that a check holds against each other, then those under the same names
    of row and column. Those that differ come first, else in the order of the table."""
    linked = _linked(here, there, results)
    columns = Counter((mine.column, other.column) for mine, other in linked.items())
    pairs = dict(linked)
    for mine, other in _same_columns(here, there, columns):
        for ref, partner in _same_rows(here, there, mine, other):
            pairs.setdefault(ref, partner)
    scale = _scale(here, there)
    made = [_pair(here, ref, there, pairs[ref], scale) for ref in sorted(pairs)]
    return sorted((pair for pair in made if pair is not None), key=lambda pair: not pair.differs)


def compared_over_years(document: Document, here: Table, other: Document, there: Table) -> list[Pair]:
    """The figures that a table has in common with one of another document of the same body: of the same year and basis
    where the other document has it (what this one calls last year's), else each of the year that its document is about.
    Figures of one period that differ come first, else in the order of the table."""
    scale, made = _scale(here, there), []
    for mine, partner, periods in _columns_over_years(document, here, other, there):
        for ref, other_ref in _same_rows(here, there, mine, partner):
            pair = _pair(here, ref, there, other_ref, scale)
            if pair is not None:
                made.append(replace(pair, periods=periods))
    made.sort(key=lambda pair: pair.here)
    return sorted(made, key=lambda pair: not (pair.of_one_period and pair.differs))


def counterpart(here: Table, other: Document) -> Table | None:
    """The table of another document that is most like this one: of its form where there is one, with the most names of
    rows in common; None where no name is."""
    mine = set(_names(here))
    shared = [(len(mine & set(_names(table))), table) for table in other.tables]
    of_form = [(count, table) for count, table in shared if table.form is here.form]
    count, found = max(of_form or shared or [(0, here)], key=lambda pair: pair[0])
    return found if count else None


def akin(document: Document, here: Table, results: Sequence[CheckResult]) -> list[str]:
    """The other tables, the ones that checks hold against this one the most first, then those with the most names of
    rows in common."""
    linked: Counter[str] = Counter()
    for result in results:
        tables = {term.ref.table for term in result.check.terms}
        if here.id in tables:
            linked.update(tables)
    mine = set(_names(here))
    shared = {table.id: len(mine & set(_names(table))) for table in document.tables if table.id != here.id}
    return sorted(shared, key=lambda identifier: (-linked[identifier], -shared[identifier]))


def _columns_over_years(
    document: Document, here: Table, other: Document, there: Table
) -> list[tuple[int, int, tuple[Period, Period]]]:
    """Columns of one name but for its year, first those of one period, then those that are as far from the years of
    their documents; each with the periods of both. A column there may stand beside two here."""
    mine, others = _named_columns(document, here), _named_columns(other, there)
    pairs: list[tuple[int, int, tuple[Period, Period]]] = []
    for same_period in (True, False):
        paired, partners = {pair[0] for pair in pairs}, set[int]()
        for column, (name, period) in mine.items():
            for partner, (its_name, its_period) in others.items():
                off, its_off = _years_off(document, period), _years_off(other, its_period)
                fits = period == its_period if same_period else off == its_off
                if column not in paired and partner not in partners and name == its_name and fits:
                    pairs.append((column, partner, (period, its_period)))
                    partners.add(partner)
                    break
    return pairs


def _named_columns(document: Document, table: Table) -> dict[int, tuple[str, Period]]:
    """What stands over each column but for its year, and the period that it is about."""
    found = {}
    for column in range(table.width):
        path = table.column_path(column)
        period = period_of(path, document.fiscal_year, document.report)
        found[column] = (_PERIOD.sub("", match_key("/".join(path))), period)
    return found


def _years_off(document: Document, period: Period) -> int | None:
    year = period[0]
    return None if year is None or document.fiscal_year is None else year - document.fiscal_year


def _linked(here: Table, there: Table, results: Iterable[CheckResult]) -> dict[CellRef, CellRef]:
    found: dict[CellRef, CellRef] = {}
    for result in results:
        terms = result.check.terms
        if len(terms) == 2 and {term.ref.table for term in terms} == {here.id, there.id}:
            mine, other = sorted((term.ref for term in terms), key=lambda ref: ref.table != here.id)
            found.setdefault(mine, other)
    return found


def _same_columns(here: Table, there: Table, linked: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """Columns that belong together: as checks have it, else by the header over them."""
    pairs = list(dict.fromkeys(pair for pair, _ in linked.most_common()))
    mine, others = {one for one, _ in pairs}, {other for _, other in pairs}
    names: dict[str, list[int]] = defaultdict(list)
    for column in range(there.width):
        if column not in others and (name := match_key(column_label(there, column))):
            names[name].append(column)
    for column in range(here.width):
        candidates = names.get(match_key(column_label(here, column)), [])
        if column not in mine and candidates:
            pairs.append((column, candidates.pop(0)))
    return pairs


def _same_rows(here: Table, there: Table, mine: int, other: int) -> list[tuple[CellRef, CellRef]]:
    """The figures of two columns whose rows have one name; of several of one name the first with the first."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for row in range(len(there.rows)):
        if _is_figure(there, row, other) and (name := _name(there, row, other)):
            by_name[name].append(row)
    found = []
    for row in range(len(here.rows)):
        if _is_figure(here, row, mine) and (rows := by_name.get(_name(here, row, mine))):
            found.append((CellRef(here.id, row, mine), CellRef(there.id, rows.pop(0), other)))
    return found


def _is_figure(table: Table, row: int, column: int) -> bool:
    cells = table.rows[row]
    return column < len(cells) and cells[column].figure.kind in _FIGURES


def _name(table: Table, row: int, column: int) -> str:
    """What a row is called, without its code and number."""
    return match_key(row_label(table, row, column)).strip(_NUMBERING)


def _names(table: Table) -> list[str]:
    return [name for row in range(len(table.rows)) if (name := match_key(row_label(table, row)).strip(_NUMBERING))]


def _scale(here: Table, there: Table) -> Decimal:
    """What makes a figure of the other table one in the unit of this one; 1 where a unit is not known."""
    mine, other = unit_factor(here.unit), unit_factor(there.unit)
    return other / mine if mine and other else Decimal(1)


def _pair(here: Table, mine: CellRef, there: Table, other: CellRef, scale: Decimal) -> Pair | None:
    try:
        one, two = here.cell(mine.row, mine.column), there.cell(other.row, other.column)
    except IndexError:
        return None
    value, there_value = one.figure.value, None if two.figure.value is None else two.figure.value * scale
    difference = value - there_value if value is not None and there_value is not None else None
    row, column = row_label(here, mine.row, mine.column), column_label(here, mine.column)
    return Pair(row, column, mine, other, one.text, two.text, difference, there_value)
