"""One statement, and where it prints what: its totals, its two sides, its rows by code, by class and by fund."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbench.checks.context import Context
from workbench.checks.families.statements.agreement import Cells
from workbench.checks.families.statements.totals import (
    comprising,
    current_columns,
    is_told,
    spending_columns,
    total_column,
    without_carried,
)
from workbench.checks.families.sums import chosen_groups
from workbench.checks.structure.columns import Column
from workbench.checks.structure.groups import GroupKind
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.outline import is_carried
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import class_code, vocabulary
from workbench.model.table import CellRef, Table


@dataclass
class Statement:
    """One statement, and where it prints what."""

    context: Context
    structure: TableStructure
    _total_columns: dict[int, Column] = field(default_factory=dict, init=False, repr=False, compare=False)
    """By the number of their panel: they are asked for row by row."""

    @property
    def table(self) -> Table:
        """The table itself."""
        return self.structure.table

    # Totals

    @cached_property
    def total_row(self) -> RowLabel | None:
        """The row of its total: the highest one, the first of several."""
        totals = [label for label in self.structure.totals if label.total is not TotalRank.SUBTOTAL]
        if totals:
            return max(totals, key=lambda label: (label.total, -label.row))
        labels = [label for label in self.structure.rows[0] if not label.empty]
        # A statement of a single line is its own total.
        return labels[0] if len(labels) == 1 and not self.structure.totals else None

    @cached_property
    def total(self) -> Cells:
        """The cell of the total row in the total column, or the subtotals that make it up; none where it has none, or
        where several columns have lost their heads."""
        row = self.total_row
        if row is None:
            return self.people_and_office
        panel = self.structure.panels[row.panel]
        column = self.total_column(panel)
        return (self._cell(row, column),) if is_told(panel, column) else ()

    @cached_property
    def people_and_office(self) -> Cells:
        """The cells of its 人员经费合计 and its 公用经费合计, where it totals these two apart."""
        totals = [[label for label in self.structure.totals if part in label.key] for part in ("人员", "公用")]
        if any(len({label.row for label in labels}) != 1 for labels in totals):
            return ()
        # A label that reaches over several panels stands in each of them; its figure stands in the last.
        return tuple(self.side_cell(self.structure.panels[labels[-1].panel], labels[-1]) for labels in totals)

    def total_column(self, panel: Panel) -> Column:
        """The column of one of its panels that comprises its others."""
        if panel.number not in self._total_columns:
            self._total_columns[panel.number] = total_column(self.context, self.structure, panel)
        return self._total_columns[panel.number]

    def total_in(self, fits: Callable[[str], bool]) -> Cells:
        """The cells of the total row in the columns that a key fits: one column, or the columns under one spanner."""
        row = self.total_row
        if row is None:
            return ()
        return tuple(self._cell(row, column) for column in self.columns(fits, row.panel))

    def columns(self, fits: Callable[[str], bool], number: int = 0) -> tuple[Column, ...]:
        """The columns of a panel that together are what the key names: a column, a spanner's total, or its columns."""
        current = current_columns(self.context, self.table, self.structure.panels[number])
        amounts = without_carried(spending_columns(current), fits)
        named = [column for column in amounts if fits(column.leaf)]
        if named:
            alike = len(named) > 1 and len({column.path for column in named}) < len(named)
            return tuple(named[:1]) if len({column.path[:-1] for column in named}) == 1 and not alike else ()
        under = [column for column in amounts if any(fits(key) for key in column.path[:-1])]
        inner = [column for column in under if vocabulary().columns["total"].fit(column.leaf)]
        if len(inner) == 1 and all(vocabulary().columns["apart"].fit(c.leaf) for c in under if c is not inner[0]):
            # 小计 beside nothing but 其中 columns.
            return tuple(inner)
        whole = comprising(self.structure, self.structure.panels[number], inner)
        return tuple(under) if whole is None else (whole,)

    def has_column(self, fits: Callable[[str], bool]) -> bool:
        """Whether one of its columns is headed so, at any level."""
        return any(fits(key) for panel in self.structure.panels for column in panel.amounts for key in column.path)

    def _cell(self, label: RowLabel, column: Column) -> CellRef:
        return CellRef(self.table.id, label.row, column.index)

    # The two sides of a summary

    @cached_property
    def expenditure_panel(self) -> Panel | None:
        """The side with the functional classes, else the one headed 支出."""
        counted = [
            (sum(class_code(label.key) is not None for label in labels if label.key), panel)
            for panel, labels in zip(self.structure.panels, self.structure.rows, strict=True)
        ]
        best = max(counted, key=lambda item: (item[0], -item[1].number), default=None)
        if best is not None and best[0] >= 2:
            return best[1]
        return self._headed("支出")

    @cached_property
    def income_panel(self) -> Panel | None:
        """The side headed 收入, else the first one that is not the expenditure side."""
        headed = self._headed("收入")
        if headed is not None and headed is not self.expenditure_panel:
            return headed
        others = [panel for panel in self.structure.panels if panel is not self.expenditure_panel]
        return others[0] if others and len(self.structure.panels) > 1 else None

    def _headed(self, word: str) -> Panel | None:
        for panel, labels in zip(self.structure.panels, self.structure.rows, strict=True):
            heads = [key for column in (*panel.labels, *panel.amounts) for key in column.path[:1]]
            if any(word in key for key in heads) or any(label.total and word in label.key for label in labels):
                return panel
        return None

    def year_total(self, panel: Panel | None) -> Cells:
        """The total of the year on one side (本年收入合计), else the side's total."""
        return self._side_total(panel, lowest=True)

    def grand_total(self, panel: Panel | None) -> Cells:
        """The total of one side with what comes from and goes to other years."""
        return self._side_total(panel, lowest=False)

    def _side_total(self, panel: Panel | None, *, lowest: bool) -> Cells:
        if panel is None:
            return ()
        labels = self.structure.rows[panel.number]
        totals = [label for label in labels if label.total > TotalRank.SUBTOTAL]
        if not totals:
            return ()
        choose = min if lowest else max
        row = choose(totals, key=lambda label: (label.total, label.row))
        if lowest and row.total > TotalRank.YEAR:
            # 一、本年支出 as a heading over its parts is the total of the year.
            row = next((label for label in labels if vocabulary().rows["year_head"].fit(label.key)), row)
        return (self._cell(row, self.total_column(panel)),)

    def side_cell(self, panel: Panel, label: RowLabel) -> CellRef:
        """The cell of a row of one side in the column that comprises its others."""
        return self._cell(label, self.total_column(panel))

    def year_row(self, panel: Panel | None) -> RowLabel | None:
        """The row of `year_total`."""
        cells = self.year_total(panel)
        return self.structure.rows[panel.number][cells[0].row] if panel is not None and cells else None

    def funds(self) -> dict[str, Cells]:
        """The cells of the income side by fund (general, fund, capital, …) without what comes from other years."""
        panel = self.income_panel
        if panel is None:
            return {}
        column = self.total_column(panel)
        carried = {
            part.row
            for group, parts in chosen_groups(self.context, self.table)
            if group.whole.panel == panel.number and is_carried(group.whole)
            for part in parts
        }
        found: dict[str, Cells] = {}
        nested = self._nested(panel)
        for label in self.structure.rows[panel.number]:
            if label.total or label.empty or label.row in carried or label.row in nested:
                continue
            name = fund_of(label.key)
            if name:
                found[name] = (*found.get(name, ()), self._cell(label, column))
        return found

    def _nested(self, panel: Panel) -> set[int]:
        """Rows that stand under a row of the same fund, or under one that is no 财政拨款: they say more of it."""
        nested: set[int] = set()
        for group in self.structure.groups:
            if group.whole.panel != panel.number or group.kind is GroupKind.TOTAL:
                continue
            inside = fund_of(group.whole.key) not in ("grant", "")
            nested.update(part.row for part in group.candidates[0] if inside)
        return nested

    # Rows by code and by class

    @cached_property
    def by_code(self) -> dict[str, RowLabel]:
        """The rows of functional or economic codes that print amounts; a code printed twice is left out."""
        found: dict[str, RowLabel] = {}
        twice: set[str] = set()
        for labels in self.structure.rows:
            for label in labels:
                if label.code and not label.total and label not in self.structure.headings:
                    if label.code in found:
                        twice.add(label.code)
                    found[label.code] = label
        return {code: label for code, label in found.items() if code not in twice}

    @cached_property
    def coded(self) -> bool:
        """Whether its rows have codes."""
        return any(label.code for labels in self.structure.rows for label in labels)

    @cached_property
    def has_units(self) -> bool:
        """Whether it lists items unit by unit: then a code stands in it more than once."""
        codes = [label.code for labels in self.structure.rows for label in labels if label.code]
        return len(codes) > len(set(codes))

    @cached_property
    def class_rows(self) -> dict[str, tuple[RowLabel, ...]]:
        """The rows of the expenditure side by the functional class that they name (by its old and its new name)."""
        panel = self.expenditure_panel
        if panel is None:
            return {}
        found: dict[str, tuple[RowLabel, ...]] = {}
        for label in self.structure.rows[panel.number]:
            if label.total or label.empty or label.of_which:
                continue
            code = label.code if len(label.code) == 3 else class_code(label.key)
            if code:
                found[code] = (*found.get(code, ()), label)
        return found

    def cells_of(self, labels: Sequence[RowLabel], place: int) -> Cells:
        """The cells of rows in the amount column at `place` of their panel."""
        return tuple(self.structure.cell(label, place) for label in labels)

    def class_cells(self, code: str, column: Column) -> Cells:
        """The cells that make up a functional class in a coded statement: its own row, else the highest rows in it."""
        if code in self.by_code:
            return (self._cell(self.by_code[code], column),)
        inside = [label for labels in self.structure.rows for label in labels if label.code.startswith(code)]
        without = self._under_codes | self.structure.headings
        return tuple(self._cell(label, column) for label in inside if label not in without)

    @cached_property
    def _under_codes(self) -> frozenset[RowLabel]:
        """The rows that stand under a shorter code."""
        groups = (group for group in self.structure.groups if group.kind is GroupKind.CHILDREN and group.whole.code)
        return frozenset(part for group in groups for part in group.candidates[0])


def fund_of(key: str) -> str:
    """Which fund a row or column of income names: general, fund, capital, grant, …; "" where none."""
    for name, words in vocabulary().funds.items():
        if words.fit(key):
            return name
    return ""
