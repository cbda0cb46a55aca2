"""Rows that the reader lost: a sum misses what another table prints on a row that this table does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, product

from workbench.model.edit import InsertRows
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.counting import uncounted
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import code_of
from workbench.repairs.evidence.row_numbers import numbers_between
from workbench.repairs.fixed_point import PLACES
from workbench.repairs.slips.emptied_rows import prints_nothing
from workbench.repairs.slips.lost_parents import is_one_sided, sums_under
from workbench.repairs.slips.lost_row import (
    BESIDE_AN_EMPTY_ONE,
    FIGURE_ASTRAY,
    NAMELESS,
    ROW_LOST,
    ROW_LOST_OVER_OTHERS,
    ROW_LOST_UNASKED,
    ROW_LOST_UNNAMED,
    LostRow,
    doubtful,
    joined,
)
from workbench.repairs.slips.lost_subtotals import subtotal_above
from workbench.repairs.slips.missed_sums import MissedSums, Missing
from workbench.repairs.slips.new_rows import code_free, code_left_out, name_of, place_of, printed
from workbench.repairs.slips.row_gaps import (
    counts_again,
    number_behind,
    number_left_out,
    parents_left_out,
    place_by_number,
)
from workbench.repairs.slips.row_names import RowNames, like_these
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

_MOST_HITS = 12
_MOST_PAIRS = 4
_MOST_LAST_PLACES = 3
_IS_TOTAL = re.compile(r"[合总小]\s*计\s*$")


@dataclass(slots=True)
class LostRows:
    """Finds the rows that failing sums of a document miss."""

    system: System
    plausibility: Plausibility
    names: RowNames
    missed: MissedSums
    asked: dict[int, frozenset[int]] = field(default_factory=dict)
    """The figures that were looked for all over the document, by equation."""
    _missed: dict[str, list[Equation]] | None = None
    """The checks that miss a row of a code in some table."""

    def under(self, equation: Equation) -> Iterator[LostRow]:
        """The rows that would mend a failing sum down a column: such a row of another table, one that the rows around
        it miss or several sums ask for, in a table of two halves the row that both halves miss, and a subtotal."""
        yield from subtotal_above(self.missed, equation)
        own = self._halves(equation)
        yield from own
        for other in self.missed.beside(equation):
            theirs = self._halves(other, asked_twice=True)
            ours = own or self._halves(equation, asked_twice=True)
            for one, two in islice(product(ours, theirs), _MOST_PAIRS):
                yield joined(one, two)

    def _halves(self, equation: Equation, *, asked_twice: bool = False) -> list[LostRow]:
        """The rows that a failing sum misses in its own half of the table. `asked_twice`: a sum of the other half asks
        for a row too, which need not have a name then."""
        missing = self.missed.missing(equation)
        if missing is None:
            return []
        self.asked[equation.number] = frozenset(missing.values.values())
        codes = [name_of(missing.layout, ref.row, ref.column)[0] for ref in self.missed.parts(equation)]
        rows = [*self._over_others(missing), *self._printed_elsewhere(missing, codes)]
        rows = rows or self._unnamed(missing, codes, asked_twice=asked_twice)
        segment = missing.layout.segment_of(missing.total.column)
        emptied = any(prints_nothing(missing.layout, ref.row, segment) for ref in self.missed.parts(equation))
        # Where rows have codes another one than that of the empty row says that it is another row.
        known = any(codes) and all(row.certain and row.support is not None for row in rows)
        return [replace(row, cost=row.cost + BESIDE_AN_EMPTY_ONE) for row in rows] if emptied and not known else rows

    def _printed_elsewhere(self, missing: Missing, codes: Sequence[str]) -> list[LostRow]:
        """The row as another table prints it, to the last place; `codes` are those of the parts of the sum."""
        coded = any(codes)
        found: dict[tuple[str, str], LostRow] = {}
        total = missing.total
        for value in self._near(missing):
            for hit in islice(self.plausibility.index.prints(value), _MOST_HITS):
                other = self.plausibility.layout(hit.table)
                if other is None or hit.table == total.table:
                    continue
                code, label = name_of(other, hit.row, hit.column)
                if coded and not code:
                    code = self.names.code_for(missing.layout, total, label)
                if (code, label) in found or _IS_TOTAL.search(label):
                    continue
                values = self._as_there(missing, other, hit.row)
                support = Support(hit, same_name=False)
                place = None if coded else self._place_as_there(missing, other, hit)
                row = self._row(missing, (code if coded else "", label), values, support, place)
                if row is not None:
                    found[code, label] = row if self._prints_whole(missing, values, other, hit.row) else doubtful(row)
        # In a list of codes a row has one, where any table says which.
        with_code = [row for (code, _), row in found.items() if code]
        # One of another level prints the same where it has one part alone.
        alike = [row for (code, _), row in found.items() if code and len(code) in set(map(len, codes))]
        return (alike or with_code) if coded and with_code else list(found.values())

    def _place_as_there(self, missing: Missing, other: TableLayout, hit: CellRef) -> int | None:
        """The row before which another table has the row of a figure: the next one there that is a part here too."""
        parts = self.missed.parts(missing.equation)
        named = {name_of(missing.layout, ref.row, ref.column)[1]: ref.row for ref in parts}
        behind = (name_of(other, row, hit.column)[1] for row in range(hit.row + 1, len(other.texts)))
        return next((named[label] for label in behind if label in named), None)

    def _near(self, missing: Missing) -> list[int]:
        """What the sums miss, and what is as good for rounded sums."""
        values = list(dict.fromkeys(missing.values.values()))
        places = missing.layout.style(missing.total.column).decimals
        unit = 10 ** (PLACES - min(places, PLACES))
        most = min(missing.equation.tolerance // unit, _MOST_LAST_PLACES)
        return values + [
            near
            for step in range(1, most + 1)
            for value in values
            for near in (value + step * unit, value - step * unit)
        ]

    def _as_there(self, missing: Missing, other: TableLayout, row: int) -> dict[int, int]:
        """What the row would print, to the last place as another table has it."""
        theirs = [value for value in other.values(row) if value]
        slack = missing.equation.tolerance
        return {
            column: min(
                (there for there in theirs if abs(there - value) <= slack), key=lambda v: abs(v - value), default=value
            )
            for column, value in missing.values.items()
        }

    def _prints_whole(self, missing: Missing, values: Mapping[int, int], other: TableLayout, row: int) -> bool:
        """Whether a row of another table prints the largest of these figures, and not some part of it."""
        whole = max(map(abs, values.values()))
        return any(abs(abs(there) - whole) <= missing.equation.tolerance for there in other.values(row))

    def _over_others(self, missing: Missing) -> list[LostRow]:
        """The row of a code that others stand under: its figures are their sums."""
        found = []
        for parent in parents_left_out(missing.layout, missing.total.column):
            values = sums_under(missing.layout, missing.total.column, parent)
            slack = missing.equation.tolerance * max(len(parent.rows), 1)
            if all(abs(values.get(column, 0) - value) <= slack for column, value in missing.values.items()):
                support = Support(CellRef(missing.total.table, parent.rows[0], missing.total.column), same_name=False)
                name = (parent.code, self.names.label_of(parent.code))
                row = self._row(missing, name, values, support, parent.rows[0])
                if row is not None:
                    found.append(
                        replace(row, cost=row.cost + ROW_LOST_OVER_OTHERS - ROW_LOST, certain=name[1] != NAMELESS)
                    )
        return found

    def _unnamed(self, missing: Missing, codes: Sequence[str], *, asked_twice: bool) -> list[LostRow]:
        """The row that nothing else prints: where the labels leave out a number, where several sums ask for it, else as
        the last thing to think of."""
        layout, total = missing.layout, missing.total
        code = self.names.only_one_elsewhere(layout, total, codes) or (
            code_left_out(codes, layout, total) if any(codes) else ""
        )
        name = (code, self.names.label_of(code)) if code else (code_free(codes, layout, total), NAMELESS)
        row = self._row(missing, name, missing.values, None)
        if row is None:
            return []
        counted = not code and row.edit.row == (self._place_by_number(missing, "") or (None,))[0]
        asked = len(missing.shifts) > 1 or asked_twice
        cost = ROW_LOST if counted else ROW_LOST_UNNAMED if asked else ROW_LOST_UNASKED
        return [replace(row, cost=row.cost + cost - ROW_LOST)]

    def _place_by_number(self, missing: Missing, label: str) -> tuple[int, str] | None:
        """Where the labels leave out a number: the row before which it belongs, and the label with that number."""
        rows = sorted(ref.row for ref in self.missed.parts(missing.equation))
        labels = [name_of(missing.layout, row, missing.total.column)[1] for row in rows]
        left_out = number_left_out(labels)
        return None if left_out is None else (rows[left_out[0]], left_out[1] + uncounted(label))

    def _absent(self, code: str, values: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
        """By how much the checks move that miss a row of this code in some table,
        once it has one with these figures."""
        if self._missed is None:
            self._missed = {}
            for result in self.system.reconciliation.failures:
                equation = self.system.equation_of(result) if len(result.check.terms) == 1 else None
                if equation is not None and is_one_sided(equation):
                    ref = self.system.variables[equation.cells[0]].ref
                    layout = self.plausibility.layout(ref.table)
                    if layout is not None:
                        self._missed.setdefault(code_of(layout, ref.row, ref.column), []).append(equation)
        held = values.values()
        return tuple(
            (equation.number, -equation.residual)
            for equation in (self._missed.get(code, []) if code else [])
            if any(abs(self.system.variables[equation.cells[0]].value - value) <= equation.tolerance for value in held)
        )

    def _row(
        self,
        missing: Missing,
        name: tuple[str, str],
        values: Mapping[int, int],
        support: Support | None,
        place: int | None = None,
    ) -> LostRow | None:
        """The row of this name with these figures, put in before the row `place`, or where its code belongs."""
        code, label = name
        layout, total = missing.layout, missing.total
        if not (code or label) or not self._belongs(layout, total, code, label):
            return None
        rows = sorted(ref.row for ref in self.missed.parts(missing.equation))
        names = [name_of(layout, row, total.column) for row in rows]
        if not like_these(code, label, names):
            return None
        labels = [name for _, name in names]
        counted = self._place_by_number(missing, label) if not code else None
        if counted is not None:
            place, label = counted
        elif not code and label == NAMELESS:
            label = number_behind(labels) + label
        elif not code and counts_again(label, labels):
            # As its own table counts it; here that number is another row's.
            return None
        elif not code and (before := place_by_number(label, labels)) is not None:
            place = rows[before]
        texts = printed(layout, rows[-1], code, label, values)
        if texts is None:
            return None
        if place is None:
            place = place_of(layout, total, rows, code)
        numbers = numbers_between(layout, place)
        texts = tuple(numbers.get(column, text) for column, text in enumerate(texts))
        shifts = missing.shifts + self._absent(code, values)
        block = (*self._above(missing, code, values, place), texts)
        around = self.plausibility.around
        astray = any(around.unnamed_elsewhere(layout, column, value) for column, value in values.items())
        cost = ROW_LOST + FIGURE_ASTRAY * astray
        return LostRow(total.table, InsertRows(total.table, place, block), shifts, support, cost)

    def _above(self, missing: Missing, code: str, values: Mapping[int, int], place: int) -> tuple[tuple[str, ...], ...]:
        """The row that was lost with one of this code: that of the level above it, which rows right behind it would
        stand under too."""
        layout, column = missing.layout, missing.total.column
        for parent in parents_left_out(layout, column) if code else ():
            if code.startswith(parent.code) and code != parent.code and parent.rows[0] == place:
                summed = sums_under(layout, column, parent)
                whole = {at: summed.get(at, 0) + values.get(at, 0) for at in {*summed, *values}}
                texts = printed(layout, place, parent.code, self.names.label_of(parent.code), whole)
                return () if texts is None else (texts,)
        return ()

    def _belongs(self, layout: TableLayout, total: CellRef, code: str, label: str) -> bool:
        """Whether a row of this name would be a part of this total, and the table has none of this name."""
        names = self.names.of(layout, total.column)
        if (code or label) in names:
            return False
        if not code and label.endswith(NAMELESS):
            return True
        above = name_of(layout, total.row, total.column)[0]
        between = (code[:length] for length in range(len(above) + 1, len(code)))
        return code.startswith(above) and code != (above or "-") and not any(shorter in names for shorter in between)
