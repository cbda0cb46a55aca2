"""What the figures of a body tell of a header: whether the sums that it promises across hold in the rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby

from workbench.model.amount import read_figure
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.body_shape import are_cells, first_figure, runs_of_figures
from workbench.tables.text.running.compared_columns import judged_by_comparisons
from workbench.tables.text.running.placing import Columns, whole_way
from workbench.tables.text.running.promised_sums import Equation, balance_of, equations_of
from workbench.tables.text.running.slots import Kind, slots_of

_LEAST_FIGURES = 3
_MOST_FIGURES = 24
_MOST_ROWS = 40
_ROUNDING = Decimal("0.05")
_RARELY, _FEW_ROWS = 10, 6
_FEWEST_BEARING = 2
"""So many rows at least bear out a sum."""
_TOTAL = re.compile(r"(?:[合总小]计|总额|数)$")
_BROKEN = 4.0
"""What it costs that no row can be placed so that the sums across hold."""
_MISNAMED, _MOST_MISNAMED = 1.5, 4.0
"""What it costs that a column of rates or of changes has the label of something else, and all of them."""
_UNTOLD = 2.0
"""What it costs that in no row a sum of two amounts or more is promised where one is printed."""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The amounts of rows in which several are printed, those that tell most first."""

    rows: tuple[tuple[Decimal, ...], ...]

    @classmethod
    def of(cls, words: Sequence[Word]) -> Witnesses:
        """The rows of a body that tell something."""
        lines = [[word.text for word in line] for _, line in groupby(words, key=lambda word: word.line)]
        if are_cells(lines):
            rows_of_figures = _whole_figures(list(runs_of_figures([word.text for word in words])))
        else:
            rows_of_figures = [line[start:] for line in lines if (start := first_figure(line))]
        found: dict[tuple[Decimal, ...], None] = {}
        for figures in rows_of_figures:
            if _LEAST_FIGURES <= len(figures) <= _MOST_FIGURES:
                amounts = tuple(read_figure(text).value or Decimal(0) for text in figures)
                if sum(map(bool, amounts)) >= _LEAST_FIGURES:
                    found[amounts] = None
        rows = sorted(found, key=lambda row: len(set(row)), reverse=True)
        return cls(tuple(rows[:_MOST_ROWS]))

    def tell_of(self, header: HeaderText) -> bool:
        """Whether they can speak for or against a header: its figures stand side by side."""
        return bool(self.rows) and _run_of(header) is not None

    def whole_rows(self, count: int) -> list[tuple[Decimal, ...]]:
        """The rows of so many figures."""
        return [row for row in self.rows if len(row) == count]

    def borne_out(self, header: HeaderText) -> int:
        """How many sums that a header promises the rows bear out that print a figure in each of its columns; 0 where
        they refute one, or where no total has two amounts or more to add up."""
        run = _run_of(header)
        rows = self.whole_rows(len(run)) if run is not None else []
        if run is None or not rows:
            return 0
        base, borne, several = run[0], 0, False
        for equation in equations_of(header.rows, run):
            wrong = sum(not _holds(equation, base, row) for row in rows)
            if wrong > rarely(len(rows)):
                return 0
            borne += sum(bool(row[equation.total - base]) for row in rows) >= _FEWEST_BEARING
            several = several or any(
                _tells((equation,), dict(enumerate(row, base))) for row in rows if _holds(equation, base, row)
            )
        named, misnamed = judged_by_comparisons(header, base, rows)
        if misnamed:
            return 0
        balance = balance_of(header.rows, run)
        named += balance is not None and _balances(balance, base, rows)
        return borne + named if several else named

    def against(self, header: HeaderText) -> float:
        """What speaks against a header: rows in which the sums that it promises do not hold, and those in which amounts
        add up that it says nothing of. Nothing where its figures are not side by side."""
        run = _run_of(header)
        if run is None or not self.rows:
            return 0.0
        base = run[0]
        equations = tuple(
            Equation(each.total - base, tuple(part - base for part in each.parts))
            for each in equations_of(header.rows, run)
        )
        columns = Columns(len(run), equations)
        ways = [whole_way(row, columns) for row in self.rows]
        broken = sum(way is None for way in ways)
        first = equations[-1].total == 0 if equations else bool(_TOTAL.search(header.leaves[base]))
        told = [
            way is not None
            and (_tells(equations, dict(zip(way, row, strict=False))) or (first and row[0] == sum(row[1:])))
            for way, row in zip(ways, self.rows, strict=True)
        ]
        telling = [_adds_up(row) for row in self.rows]
        untold = sum(adds and not own for adds, own in zip(telling, told, strict=True))
        rows = self.whole_rows(len(run))
        _, misnamed = judged_by_comparisons(header, base, rows)
        balance = balance_of(header.rows, run)
        misnamed += balance is not None and len(rows) > 2 and not _balances(balance, base, rows)
        sums = (_BROKEN * broken + _UNTOLD * untold) / len(self.rows)
        return sums + min(_MISNAMED * misnamed, _MOST_MISNAMED)


def _whole_figures(runs: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The runs in which no figure is a piece of one that was wrapped: all but noughts have the most decimals that any
    figure of the body has."""
    decimals = [{len(text.partition(".")[2]) for text in run if text.strip("0.")} for run in runs]
    most = max(chain(*decimals), default=0)
    return [run for run, found in zip(runs, decimals, strict=True) if found <= {most}]


def _run_of(header: HeaderText) -> tuple[int, ...] | None:
    """The columns of figures of a header, None where they do not all stand side by side or are few."""
    slots = slots_of(header)
    runs = [slot.columns for slot in slots if slot.kind is Kind.FIGURES]
    sided = any(slot.side for slot in slots)
    return None if sided or len(runs) != 1 or len(runs[0]) < _LEAST_FIGURES else runs[0]


def rarely(count: int) -> int:
    """How many of so many rows may break what holds in the others: the figures of one are misprinted, or a page number
    stands among them."""
    return max(count // _RARELY, count >= _FEW_ROWS)


def _balances(columns: tuple[int, int, int, int], base: int, rows: Sequence[Sequence[Decimal]]) -> bool:
    """Whether in rows what is carried over and comes in is what goes out and is carried over to the next year."""
    sums = ([row[column - base] for column in columns] for row in rows)
    wrong = sum(abs(first + income - expenditure - last) > _ROUNDING for first, income, expenditure, last in sums)
    return wrong <= rarely(len(rows))


def _holds(equation: Equation, base: int, row: Sequence[Decimal]) -> bool:
    """Whether the figure of a total is the sum of those of its parts."""
    return abs(row[equation.total - base] - sum(row[part - base] for part in equation.parts)) <= _ROUNDING


def _tells(equations: Sequence[Equation], at: dict[int, Decimal]) -> bool:
    """Whether one of the sums is made of two amounts or more."""
    return any(sum(bool(at.get(part)) for part in equation.parts) > 1 for equation in equations)


def _adds_up(row: Sequence[Decimal]) -> bool:
    """Whether an amount is the sum of two amounts or more behind it."""
    for index, total in enumerate(row):
        rest = Decimal(0)
        count = 0
        for amount in row[index + 1 :]:
            rest += amount
            count += bool(amount)
            if count > 1 and rest == total:
                return True
    return False
