"""Two tables side by side: the figures that both have under the same names, and by how much they differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind, match_key
from workbench.model.table import CellRef, Document, Table
from workbench.tui.models.places import column_label, row_label

if TYPE_CHECKING:
    from workbench.model.check import CheckResult

_NUMBERING = "一二三四五六七八九十、.．（）()0123456789 "
"""What numbers a name in one table and not in another."""
_FIGURES = (FigureKind.NUMBER, FigureKind.GARBLED)


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

    @property
    def differs(self) -> bool:
        """Whether both say something else."""
        return self.here_text != self.there_text if self.difference is None else self.difference != 0


def compared(document: Document, here: Table, there: Table, results: Iterable[CheckResult]) -> list[Pair]:
    """The figures that both tables have: cells that a check holds against each other, then those under the same names
    of row and column. Those that differ come first, else in the order of the table."""
    linked = _linked(here, there, results)
    columns = Counter((mine.column, other.column) for mine, other in linked.items())
    pairs = dict(linked)
    for mine, other in _same_columns(here, there, columns):
        for ref, partner in _same_rows(here, there, mine, other):
            pairs.setdefault(ref, partner)
    scale = _scale(here, there)
    made = [_pair(document, here, ref, pairs[ref], scale) for ref in sorted(pairs)]
    return sorted((pair for pair in made if pair is not None), key=lambda pair: not pair.differs)


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


def _pair(document: Document, here: Table, mine: CellRef, other: CellRef, scale: Decimal) -> Pair | None:
    try:
        one, two = document.cell(mine), document.cell(other)
    except (KeyError, IndexError):
        return None
    values = one.figure.value, two.figure.value
    difference = values[0] - values[1] * scale if values[0] is not None and values[1] is not None else None
    row, column = row_label(here, mine.row, mine.column), column_label(here, mine.column)
    return Pair(row, column, mine, other, one.text, two.text, difference)
