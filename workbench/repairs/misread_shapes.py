"""Shapes of tables that a reader lost: two rows read as one, one read twice, a column whose head was lost.

Such a table is understood otherwise than it was meant: codes, labels and columns are not what they say. What comes of
putting it right is not reckoned but found out: the edits are applied and all rules met again. So it is tried only
where the printed cells themselves say what happened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, pairwise, product

from workbench.checks import Reconciliation
from workbench.fiscal.codes import names_of
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Family, Relation
from workbench.model.edit import Edit, EditError, InsertColumn, MergeRows, SetCell, SplitRow, apply_edits
from workbench.model.table import CellRef
from workbench.repairs.corroboration import FigureIndex, Support
from workbench.repairs.layout import TableLayout
from workbench.repairs.moves import cuts
from workbench.repairs.system import System, to_units
from workbench.repairs.wrapped_rows import numbering, repeated

ROWS_MERGED = 1.8
ROW_REPEATED = 1.8
COLUMNS_NUMBERED = 0.9
COLUMN_LOST = 3.6
_SAME_BEGINNING = 3
_MOST_LONELY = 5
"""Figures of one of two merged rows only: with more of them there are too many ways to share them out."""
_MOST_TRIED = 2
"""Readings of one table that all rules are met with again."""
_MOST_ROWS_OF_SHORT_TABLE = 3
_LENGTHS = (3, 5, 7)
_LONGEST_CODE = 9
_TOTAL = re.compile(r"(?:本年)?(?:合\s*计|总\s*计|小\s*计)(?=[^\d\s:：）)])")
_NUMBERED = re.compile(r"(?<=\S)(?=[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[、．])")

Shares = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a table: the edits that lead to it, the unreadable cells that it makes figures of (variable
    and value), and by how much the residuals of equations move beyond that."""

    method: str
    cost: float
    table: str
    edits: tuple[Edit, ...]
    changes: Shares
    shifts: Shares
    support: Support | None = None


@dataclass(slots=True)
class MisreadShapes:
    """Finds the tables of a document whose shape was misread."""

    system: System
    index: FigureIndex
    afford: Callable[[], bool]
    cut_short: set[str] = field(default_factory=set)
    """The tables of which not all readings were tried, for want of budget."""
    suspected: set[str] = field(default_factory=set)
    """The tables that may have been misread: what comes of another reading depends on the whole document."""
    _labels: dict[str, str] = field(default_factory=dict)
    _after: dict[tuple[Edit, ...], Reconciliation] = field(default_factory=dict)

    def after(self, edits: tuple[Edit, ...]) -> Reconciliation | None:
        """The reconciliation that these edits lead to, where they were tried."""
        return self._after.get(edits)

    def of_table(self, layout: TableLayout) -> Iterator[Reading]:
        """The readings of one table that mend more than they break."""
        for row in range(len(layout.table.rows)):
            for edit, values in islice(self._two_rows(layout, row), _MOST_TRIED):
                changes = {self.system.variable(ref).number: value for ref, value in values.items()}
                found = self._tried("rows_merged", ROWS_MERGED, layout, (edit,), changes)
                if found is not None:
                    yield found
        for twice in islice(repeated(layout), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            found = self._tried("row_repeated", ROW_REPEATED, layout, (twice,), {})
            if found is not None:
                yield found
        for numbers in islice(numbering(layout), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            found = self._tried("columns_numbered", COLUMNS_NUMBERED, layout, (numbers,), {})
            if found is not None:
                yield found
        for edits, support in islice(self._lost_column(layout), _MOST_TRIED):
            found = self._tried("column_lost", COLUMN_LOST, layout, edits, {}, support)
            if found is not None:
                yield found

    def _tried(
        self,
        method: str,
        cost: float,
        layout: TableLayout,
        edits: tuple[Edit, ...],
        changes: Mapping[int, int],
        support: Support | None = None,
    ) -> Reading | None:
        """The reading with what all rules say to it; None where it mends nothing, or breaks as much as it mends."""
        before = self.system.reconciliation
        if not self.afford():
            self.cut_short.add(layout.table.id)
            return None
        try:
            after = before.after(apply_edits(before.document, edits), edits)
        except EditError:
            return None
        self._after[edits] = after
        known = {result.check.id for result in before.results}
        broken = sum(result.failed and result.check.id not in known for result in after.results)
        touched = {number for variable in changes for number in self.system.equations_of(variable)}
        shifts: dict[int, int] = {}
        mended = 0
        for old in before.results:
            new = after.result(old.check.id)
            fails = new is not None and new.failed
            broken += fails and not old.failed
            mended += old.failed and not fails
            if (old.failed and not fails) or old.failed != fails:
                equation = self.system.equation_of(old)
                if equation is not None:
                    touched.add(equation.number)
        for number in sorted(touched):
            equation = self.system.equations[number]
            new = after.result(equation.check.id)
            if equation.linear and (new is None or not new.failed):
                shift = -self.system.residual_with(equation, changes)
                if shift:
                    shifts[number] = shift
        if mended <= broken:
            return None
        found = tuple(sorted(changes.items()))
        return Reading(method, cost, layout.table.id, edits, found, tuple(sorted(shifts.items())), support)

    # Two rows that were read as one

    def _two_rows(self, layout: TableLayout, row: int) -> Iterator[tuple[Edit, dict[CellRef, int]]]:
        """The ways to cut a row in two whose cells hold two figures each."""
        texts = layout.texts[row]
        columns = [column for segment in layout.segments for column in segment]
        cut = {
            column: found
            for column in columns
            if (found := next(iter(cuts(texts[column], layout.style(column).decimals)), None)) is not None
        }
        if not cut:
            return
        self.suspected.add(layout.table.id)
        codes = _cut_codes(layout, row)
        if codes is None or (len(cut) < 2 and not codes and not self._two_labels(texts)):
            return
        lonely = [column for column in columns if texts[column] and column not in cut]
        if len(lonely) > _MOST_LONELY:
            return
        across = self._across(layout, row)
        offsets = [0] * layout.table.width
        for column, text in enumerate(texts):
            if column in cut:
                first = cut[column][0]
                offsets[column] = len(first) + (len(text) - sum(map(len, cut[column])))
            elif column in codes:
                offsets[column] = codes[column]
            elif column not in columns:
                offsets[column] = self._cut_label(text, [texts[c][: codes[c]] for c in codes])
        values = {CellRef(layout.table.id, row, column): _units(first) for column, (first, _) in cut.items()}
        for above in product((True, False), repeat=len(lonely)):
            halves: tuple[dict[int, int], dict[int, int]] = ({}, {})
            for column, (first, second) in cut.items():
                halves[0][column], halves[1][column] = _units(first), _units(second)
            for column, stays in zip(lonely, above, strict=True):
                halves[not stays][column] = _units(texts[column])
                offsets[column] = len(texts[column]) if stays else 0
            if all(_holds(coefficients, half) for coefficients in across for half in halves):
                yield SplitRow(layout.table.id, row, tuple(offsets), texts), values

    def _across(self, layout: TableLayout, without: int) -> list[dict[int, int]]:
        """What holds across the rows of this table, as coefficients by column, from the first row that tells."""
        for row, cells in enumerate(layout.table.rows):
            if row == without:
                continue
            found: dict[str, dict[int, int]] = {}
            for column in range(len(cells)):
                for result in self.system.reconciliation.results_of(CellRef(layout.table.id, row, column)):
                    check = result.check
                    if check.family is Family.ROW_SUM and check.relation is Relation.EQUAL:
                        found[check.id] = {term.ref.column: int(term.coefficient) for term in check.terms}
            if found:
                return list(found.values())
        return []

    def _cut_label(self, text: str, codes: list[str]) -> int:
        """Where the label of the first row ends: at a blank, where the name of its code does, at a numbering, or where
        it begins again as it began."""
        if not text or read_figure(text).kind is not FigureKind.TEXT:
            return len(text)
        blank = re.search(r"\s+", text) or _TOTAL.match(text)
        if blank:
            return blank.end()
        for code in codes:
            for name in (self._named(code), *names_of(code)):
                if name and text.startswith(name) and len(name) < len(text):
                    return len(name)
        numbered = _NUMBERED.search(text)
        again = text.find(text[:_SAME_BEGINNING], _SAME_BEGINNING) if len(text) > 2 * _SAME_BEGINNING else -1
        return numbered.start() if numbered else again if again > 0 else len(text)

    def _two_labels(self, texts: tuple[str, ...]) -> bool:
        """Whether a text of the row falls into two labels at a blank, at a numbering or behind a total."""
        return any(0 < self._cut_label(text, []) < len(text) for text in texts if not text[:1].isdigit())

    def _named(self, code: str) -> str:
        """How the rows of this code are called elsewhere in the document."""
        if not self._labels:
            for table in self.system.document.tables:
                for row in table.rows:
                    texts = [cell.text.strip() for cell in row]
                    for left, right in pairwise(texts):
                        if left.isdigit() and read_figure(right).kind is FigureKind.TEXT:
                            self._labels.setdefault(left, right)
        return self._labels.get(code, "")

    # A column whose head was lost

    def _lost_column(self, layout: TableLayout) -> Iterator[tuple[tuple[Edit, ...], Support]]:
        """A short table whose row has one figure more than the header has columns: the last one stands on the next
        line. The head is what another table calls the figure that has no column."""
        table = layout.table
        if not 2 <= len(table.rows) <= _MOST_ROWS_OF_SHORT_TABLE or not table.header:
            return
        for upper in range(len(table.rows) - 1):
            above, below = layout.texts[upper], layout.texts[upper + 1]
            over = [column for column, text in enumerate(below) if text]
            segment = layout.segment_of(over[0]) if len(over) == 1 else ()
            if not segment or not above[over[0]] or not any(above[: over[0]]):
                continue
            for column in range(over[0], segment[0], -1):
                run = range(column, over[0] + 1)
                if not all(above[place] for place in run):
                    break
                self.suspected.add(table.id)
                head = self._head(layout, CellRef(table.id, upper, column))
                if head is not None:
                    yield self._with_column(layout, upper, column, over[0], head[0]), head[1]

    def _with_column(self, layout: TableLayout, upper: int, column: int, last: int, head: str) -> tuple[Edit, ...]:
        table = layout.table
        heads = [table.header[row][column - 1].text for row in range(len(table.header))]
        heads[-1] = head
        edits: list[Edit] = [InsertColumn(table.id, column, tuple(heads))]
        above, below = layout.texts[upper], layout.texts[upper + 1]
        # The run goes back into the new column, and the figure from the next line into the last one.
        for place in range(column, last + 1):
            edits.append(
                SetCell(CellRef(table.id, upper, place), "" if place == column else above[place - 1], above[place])
            )
        edits.append(SetCell(CellRef(table.id, upper, last + 1), above[last], ""))
        now = (*above[:column], *above[column : last + 1], "", *above[last + 1 :])
        beneath = (*below[:column], "", *below[column:])
        return (*edits, MergeRows(table.id, upper, (now, beneath)))

    def _head(self, layout: TableLayout, ref: CellRef) -> tuple[str, Support] | None:
        """The label of a row elsewhere that prints this figure, where no column here is called so."""
        value = layout.cell(ref.row, ref.column).figure.value
        heads = {cell.text.strip() for row in layout.table.header for cell in row}
        for hit in self.index.prints(value) if value else ():
            if hit.table == ref.table:
                continue
            table = next((table for table in self.system.document.tables if table.id == hit.table), None)
            if table is None:
                continue
            texts = [cell for cell in table.rows[hit.row][: hit.column] if cell.figure.kind is FigureKind.TEXT]
            kin = [text for cell in texts if _akin(text := cell.text.strip(), heads)]
            if kin:
                return kin[0], Support(hit, same_name=False)
        return None


def _akin(label: str, heads: set[str]) -> bool:
    """Whether a label belongs among these heads: it is none of them and begins as two of them at least do."""
    return label not in heads and sum(head[:4] == label[:4] for head in heads if len(head) > 4) >= 2


def _cut_codes(layout: TableLayout, row: int) -> dict[int, int] | None:
    """The columns of codes whose cell holds two codes, with the place where the second one begins; None where one of
    them holds more digits than a code and is not understood."""
    found = {}
    for column in range(layout.table.width):
        text = layout.texts[row][column]
        if layout.segment_of(column) or not text.strip():
            continue
        blank = re.fullmatch(r"(\d{3,7}\s+)\d{3,7}", text)
        if blank:
            found[column] = len(blank[1])
        elif text.isdigit() and len(text) not in _LENGTHS:
            place = _between_codes(text, _code_beside(layout, row, column, -1), _code_beside(layout, row, column, 1))
            if place is None and len(text) > _LONGEST_CODE:
                return None
            if place is not None:
                found[column] = place
        elif text.isdigit() and _total_before(layout, row):
            # A total has no code: this one is of the second row.
            found[column] = 0
    return found


def _total_before(layout: TableLayout, row: int) -> bool:
    """Whether the label of the row begins with that of a total, and goes on."""
    return any(_TOTAL.match(text) for text in layout.texts[row])


def _between_codes(text: str, before: str, behind: str) -> int | None:
    """Where two codes meet that stand in order between the codes around them."""
    for first in _LENGTHS:
        one, two = text[:first], text[first:]
        if len(two) in _LENGTHS and before <= one < two and (two < behind or not behind) and one[0] == two[0]:
            return first
    return None


def _code_beside(layout: TableLayout, row: int, column: int, step: int) -> str:
    row += step
    while 0 <= row < len(layout.texts):
        text = layout.texts[row][column].strip()
        if text:
            return text if text.isdigit() else ""
        row += step
    return ""


def _units(text: str) -> int:
    value = read_figure(text).value
    return to_units(value) if value is not None else 0


def _holds(coefficients: Mapping[int, int], half: Mapping[int, int]) -> bool:
    """Whether an equation across a row holds for these figures, but for the rounding of its last place."""
    residual = sum(coefficient * half.get(column, 0) for column, coefficient in coefficients.items())
    return abs(residual) <= to_units(read_figure("0.01").value or 0) * len(coefficients) // 2  # type: ignore[arg-type]
