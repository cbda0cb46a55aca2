"""Whole columns and rows in another unit than their table says: the sums along them hold, those across are off by one
line of figures."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from workbench.checks import Reconciliation
from workbench.fiscal.units import power_mixed_in
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind, Manner, print_like, read_figure
from workbench.model.check import CheckResult, Relation
from workbench.model.edit import SetCell
from workbench.model.table import Cell, CellRef, Table
from workbench.repairs.evidence.column_style import THOUSAND, Habits
from workbench.repairs.proposals.lost_digits import recover, rounded
from workbench.repairs.proposals.proof import met_as_they_are
from workbench.repairs.proposals.unit_trials import (
    ENOUGH_VOTES,
    HOLDS,
    MOST_TRIED,
    Trial,
    UnitRepair,
    agreeing,
    met_with,
)

_LAST_PLACE = Decimal("0.01")
_SURE = 3
"""Checks that a column or a row has to make hold to be safe."""
_MANY = 4
_NEAR = 100
"""Amounts that stand beside each other are rarely so many times as large as the others."""
_ZERO = Decimal(0)


class Line(NamedTuple):
    """A column of a table, or one of its rows."""

    table: str
    is_row: bool
    number: int

    def holds(self, ref: CellRef) -> bool:
        """Whether a cell stands in it."""
        return ref.table == self.table and (ref.row if self.is_row else ref.column) == self.number


_Vote = tuple[Line, int]
"""A line, and the power of ten that makes a failing check hold."""


def line_trials(reconciliation: Reconciliation) -> Iterator[Trial]:
    """The columns, and the rows, that may be in another unit than their table."""
    tables = {table.id: table for table in reconciliation.document.tables}
    votes: dict[_Vote, list[CheckResult]] = defaultdict(list)
    powers = {identifier: power_mixed_in(table.unit) for identifier, table in tables.items()}
    for result in reconciliation.failures:
        for vote in _votes(reconciliation, result, powers):
            votes[vote].append(result)
    # One check alone that a row would mend is mended by a figure of it.
    asked = [pair for pair in votes.items() if not pair[0][0].is_row or len(pair[1]) >= ENOUGH_VOTES]
    tried: Counter[bool] = Counter()
    for (line, power), results in sorted(asked, key=lambda pair: (-len(pair[1]), pair[0])):
        along = _along(reconciliation, results, line)
        failing = sum(_fails_then(result, power) for result in along)
        # One sum of many that fails along the line is another slip in it.
        if tried[line.is_row] >= MOST_TRIED or failing * _MANY > len(along):
            continue
        scaled = _scaled(tables[line.table], line, power)
        if len(scaled) < ENOUGH_VOTES:
            continue
        tried[line.is_row] += 1
        if _breaks_more(reconciliation, scaled, power):
            continue
        held = any(result.outcome in HOLDS or result.residual is None for result in along) or line.is_row
        trial = _met(reconciliation, line, power, scaled, held=held)
        if trial is not None:
            yield trial


def _breaks_more(reconciliation: Reconciliation, scaled: Sequence[SetCell], power: int) -> bool:
    """Whether more fails by another unit of a line than holds by it, the checks as they are: where one figure beside
    the line is what is in another unit, all the others break by it. That is soon told."""
    coarse = rounded(reconciliation, scaled, power)
    gain = 0
    for result in met_as_they_are(reconciliation, scaled):
        before = reconciliation.result(result.check.id)
        fails = result.failed and not coarse.explains(result)
        gain += (before is not None and before.failed) - fails
    return gain < 0


def _met(
    reconciliation: Reconciliation, line: Line, power: int, scaled: Sequence[SetCell], *, held: bool
) -> Trial | None:
    """What all rules say to a line in the other unit, and whether enough holds by it. `held`: the sums along it do."""
    method = "row_unit" if line.is_row else "column_unit"
    nearer = _nearer(reconciliation, line, scaled)
    if nearer < 0:
        return None
    found = recover(reconciliation, scaled, power)
    proof, gain, after = met_with(reconciliation, found.edits)
    broken = [check for check in proof.breaks if not found.explains(after.result(check))]
    gain = max(gain, len(proof.clears) - len(broken))
    if gain <= len(broken) or not (held or gain > len(proof.clears)):
        return None
    # Within its table it may be all the other lines that are in another unit.
    certain = gain >= _SURE and not found.rounded and bool(agreeing(reconciliation, after, line.table))
    edited = {edit.ref for edit in scaled}
    claims = frozenset(
        result.check.id
        for result in after.failures
        if any(term.ref in edited for term in result.check.terms) and found.explains(result)
    )
    repair = UnitRepair(method, line.table, found.edits, 1.0, proof, certain, claims, bool(found.rounded))
    return Trial(gain, repair, after, nearer)


def _nearer(reconciliation: Reconciliation, line: Line, edits: Sequence[SetCell]) -> int:
    """How many figures of a line come near those beside them, across it: a column of another year, another row."""
    table = reconciliation.document.table(line.table)
    gained = 0
    for edit in edits:
        across = [row[edit.ref.column] for row in table.rows] if line.is_row else table.rows[edit.ref.row]
        beside = (cell for place, cell in enumerate(across) if place != line.number and _is_amount(cell))
        others = [abs(cell.figure.value or _ZERO) for cell in beside]
        before, after = (abs(read_figure(text).value or _ZERO) for text in (edit.before, edit.after))
        near, was = (any(value <= _NEAR * other <= _NEAR**2 * value for other in others) for value in (after, before))
        gained += near - was
    return gained


def _votes(reconciliation: Reconciliation, result: CheckResult, powers: Mapping[str, int]) -> Iterator[_Vote]:
    """The lines of a failing check, of tables with these powers of ten, that make it hold in another unit."""
    check = result.check
    if check.relation is not Relation.EQUAL or result.printed is None or not result.expected:
        return
    terms: list[tuple[CellRef, Decimal, Decimal]] = []
    for ref, coefficient, _ in check.terms:
        reading = reconciliation.figures.read(ref)
        terms.append((ref, coefficient * (reading.value or _ZERO), 2 * abs(coefficient) * reading.half_unit))
    whole = sum((value for _, value, _ in terms), check.constant)
    slack = sum((own for _, _, own in terms), _ZERO)
    for is_row in (False, True):
        parts: dict[tuple[str, int], tuple[Decimal, Decimal]] = {}
        for ref, value, own in terms:
            key = (ref.table, ref.row if is_row else ref.column)
            before = parts.get(key, (_ZERO, _ZERO))
            parts[key] = (before[0] + value, before[1] + own)
        for (table, number), (part, own) in parts.items() if len(parts) > 1 else ():
            for power in (-powers[table], powers[table]) if table in powers else ():
                most, put = slack - own + own.scaleb(max(power, 0)), part.scaleb(power)
                # A figure of which nothing is left in the other unit is rather one too many.
                if abs(whole - part + put) <= most and min(abs(part), abs(put)) > own:
                    yield Line(table, is_row, number), power


def _along(reconciliation: Reconciliation, results: Sequence[CheckResult], line: Line) -> list[CheckResult]:
    """The sums along a line that the figures of some checks stand in."""
    refs = {term.ref for result in results for term in result.check.terms if line.holds(term.ref)}
    found = {
        other.check.id: other
        for ref in refs
        for other in reconciliation.results_of(ref)
        if other.check.relation is Relation.EQUAL
        and len(other.check.terms) > 1
        and all(line.holds(term.ref) for term in other.check.terms)
    }
    return list(found.values())


def _fails_then(result: CheckResult, power: int) -> bool:
    """Whether a sum along a line fails, and would in the other unit too."""
    off = abs(result.residual or _ZERO).scaleb(min(power, 0))
    return result.failed and off > _LAST_PLACE * len(result.check.terms)


def _scaled(table: Table, line: Line, power: int) -> tuple[SetCell, ...]:
    """The figures of a line in the other unit, as the lines beside it print theirs; shares and rates are in none."""
    rates = _rates(table, range(table.width) if line.is_row else (line.number,))
    rows = enumerate(table.rows)
    refs = [
        CellRef(table.id, row, column) for row, cells in rows for column in range(len(cells)) if column not in rates
    ]
    beside = [ref for ref in refs if not line.holds(ref)]
    usual = _model(table, beside)
    edits = []
    for ref in refs:
        figure = table.rows[ref.row][ref.column].figure
        if line.holds(ref) and figure.kind is FigureKind.NUMBER and figure.value and not figure.percent:
            model = usual
            if line.is_row:
                model = _model(table, [other for other in beside if other.column == ref.column])
                if not model:
                    # A code, or a number that counts the rows.
                    continue
            last_place = Decimal(1).scaleb(-read_figure(model or "0.00").decimals)
            value = figure.value.scaleb(power).quantize(last_place, ROUND_HALF_UP)
            if value:
                text = print_like(value, model or "0.00")
                edits.append(SetCell(ref, table.rows[ref.row][ref.column].text, text))
    return tuple(edits)


def _rates(table: Table, columns: Iterable[int]) -> set[int]:
    """Those of some columns that are headed as shares or rates."""
    percent = vocabulary().columns["percent"]
    return {column for column in columns if (path := table.column_path(column)) and percent.fit(label_key(path[-1]))}


def _is_amount(cell: Cell) -> bool:
    """Whether a cell prints an amount rather than a code or a number that counts: with decimals, or in thousands."""
    return bool(cell.figure.value) and (cell.figure.decimals > 0 or "," in cell.text)


def _model(table: Table, refs: Sequence[CellRef]) -> str:
    """A figure printed as most of those in some cells are, with thousands where any has them; "" where none of them has
    decimals or separators."""
    printed = Counter(cell.text for ref in refs if _is_amount(cell := table.rows[ref.row][ref.column]))
    decimals = Counter(read_figure(text).decimals for text in printed.elements()).most_common(1)
    alike = [text for text in printed if decimals and read_figure(text).decimals == decimals[0][0]]
    in_thousands = [text for text in alike if (value := read_figure(text).value) and abs(value) >= THOUSAND]
    separators = Habits.of(text for text in in_thousands for _ in range(printed[text])).separators.most_common(1)
    shown = (text for text in in_thousands if Manner.of(text).separator == separators[0][0])
    return next(shown if in_thousands else iter(alike), "")
