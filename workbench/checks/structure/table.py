"""The structure of one table, worked out once: columns, panels, rows, and what makes up what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import pairwise, takewhile

from workbench.checks.structure.blocks import beside_groups, is_beside
from workbench.checks.structure.coded_rows import coded_groups, headings
from workbench.checks.structure.columns import LABELS, Column, read_columns
from workbench.checks.structure.groups import GroupKind, RowGroup, of_one_measure
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.labelled_rows import labelled_groups
from workbench.checks.structure.named_codes import with_codes, with_codes_below
from workbench.checks.structure.panels import Panel, read_panels
from workbench.checks.structure.partition import ColumnEquation, column_equations
from workbench.checks.structure.rows import RowLabel, is_body, read_rows
from workbench.checks.structure.steps import stepped, with_steps
from workbench.fiscal.characters import simplified
from workbench.fiscal.forms import BY_FUNCTION, STATEMENTS
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import CellRef, Form, Table

_WITHOUT_SUMS = frozenset({Form.PERFORMANCE_TARGET})
"""Forms of words and indicator values: nothing in them adds up."""


@dataclass(frozen=True)
class TableStructure:
    """A table as codes, labels and amounts."""

    table: Table

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return read_columns(self.table)

    @cached_property
    def panels(self) -> tuple[Panel, ...]:
        """Its panels, from the left; none where it holds no amounts."""
        return read_panels(self.columns)

    @cached_property
    def rows(self) -> tuple[tuple[RowLabel, ...], ...]:
        """The labels of all its rows, panel by panel."""
        rows = [list(read_rows(self.table, panel)) for panel in self.panels]
        for left, right in pairwise(range(len(rows))):
            for number, label in enumerate(rows[left]):
                if label.total and rows[right][number].empty and self._stands_for(left, right, number):
                    rows[right][number] = replace(label, panel=right)
                    rows[left][number] = RowLabel(number, left, "", "")
        if self.table.form in BY_FUNCTION:
            return tuple(
                tuple(labels) if any(label.code for label in labels) else with_codes(labels) for labels in rows
            )
        return tuple(map(with_codes_below, rows))

    def _stands_for(self, left: int, right: int, row: int) -> bool:
        """Whether a total's label stands in one panel and its figure in the next (its cells are merged over both)."""
        cells = self.table.rows[row]
        ours = any(cells[column.index].printed for column in self.panels[left].amounts)
        return not ours and any(read_figure(cells[column.index].printed).value for column in self.panels[right].amounts)

    @cached_property
    def equations(self) -> tuple[tuple[ColumnEquation, ...], ...]:
        """The equations between columns, panel by panel."""
        return tuple(column_equations(panel.amounts) for panel in self.panels)

    @cached_property
    def groups(self) -> tuple[RowGroup, ...]:
        """Which rows make up which. Coded panels of one table are read as one list, one panel after the other."""
        if self.table.form in _WITHOUT_SUMS:
            return ()
        coded: dict[int, list[RowLabel]] = {}
        panels = [
            [label for label in labels if self._has_figures(panel, label) and label not in self.headings]
            for panel, labels in zip(self.panels, self.rows, strict=True)
        ]
        block = not self.table.header
        found: list[RowGroup] = list(beside_groups(panels)) if block else []
        for panel, rows in zip(self.panels, panels, strict=True):
            if block:
                rows = list(takewhile(lambda label: not is_beside(panels, label), rows))
            if _are_coded(rows):
                rows, behind = _closed_year(rows)
                found.extend(labelled_groups(behind))
                coded.setdefault(len(panel.amounts), []).extend(rows)
            else:
                found.extend(with_steps(self._units_or_labels(rows), stepped(self.table, panel, rows)))
        for rows in coded.values():
            found.extend(coded_groups(rows))
        if self.table.form is Form.ORGANISATION:
            # A list of bodies: its lines may count anything, and only a total claims to add them up.
            found = [replace(group, sure=False) for group in found if group.kind is GroupKind.TOTAL]
        return tuple(of_one_measure(found))

    def _units_or_labels(self, rows: list[RowLabel]) -> list[RowGroup]:
        units = sum(bool(label.unit_code) and is_body(label) for label in rows)
        if units and units * 2 >= sum(not label.total for label in rows) and not any(label.rank for label in rows):
            return list(coded_groups(rows))
        groups = labelled_groups(rows)
        if self.table.form in STATEMENTS:
            return list(groups)
        # Outside the statements numbering may number anything; the figures must bear it out.
        return [group if group.kind is GroupKind.OF_WHICH else replace(group, sure=False) for group in groups]

    @cached_property
    def headings(self) -> frozenset[RowLabel]:
        """The rows of codes that only head their items: of a level of codes (类, 款) that prints no figure in any row
        over longer codes. A single such row may have lost its figures."""
        return frozenset(
            label
            for panel, labels in zip(self.panels, self.rows, strict=True)
            for label in headings(labels, partial(self._is_blank, panel))
        )

    def _is_blank(self, panel: Panel, label: RowLabel) -> bool:
        return not any(self.table.rows[label.row][column.index].printed.strip() for column in panel.amounts)

    def _has_figures(self, panel: Panel, label: RowLabel) -> bool:
        """Whether a row has no words where figures belong (a remark that runs over the columns)."""
        cells = self.table.rows[label.row]
        return all(cells[column.index].figure.kind is not FigureKind.TEXT for column in panel.amounts)

    def cell(self, label: RowLabel, place: int) -> CellRef:
        """The cell of a row in the amount column at `place` of its own panel."""
        return CellRef(self.table.id, label.row, self._amount_columns[label.panel][place])

    @cached_property
    def _amount_columns(self) -> tuple[tuple[int, ...], ...]:
        """The places of the amount columns, panel by panel."""
        return tuple(tuple(column.index for column in panel.amounts) for panel in self.panels)

    def panel_of(self, column: int) -> int | None:
        """The number of the panel in which a column stands, None where it stands in none."""
        return self._panel_numbers.get(column)

    @cached_property
    def _panel_numbers(self) -> dict[int, int]:
        return {
            column.index: panel.number
            for panel in self.panels
            for column in (*panel.labels, *panel.amounts, *panel.others)
        }

    @cached_property
    def totals(self) -> tuple[RowLabel, ...]:
        """Its total rows, panel by panel."""
        return tuple(label for labels in self.rows for label in labels if label.total)

    def measure(self, ref: CellRef) -> str:
        """What the row of a cell counts; "" where it holds an amount."""
        number = self.panel_of(ref.column)
        return "" if number is None else self.rows[number][ref.row].measure

    def row_label(self, ref: CellRef) -> str:
        """How the row of a cell is called: code and name, from its own panel where there are several."""
        number = self.panel_of(ref.column)
        if number is not None:
            label = self.rows[number][ref.row]
            name = _no_amount(simplified(match_key(label.text)))
            if label.code and not name.lstrip("[【(（").startswith(label.code):
                return f"{label.code} {name}".strip()
            return f"{label.unit_code} {name}".strip() if label.unit_code and label.unit_code != name else name
        texts = (self.table.rows[ref.row][column.index].text for column in self.columns if column.kind in LABELS)
        return next((match_key(text) for text in texts if _no_amount(text)), "")

    @cached_property
    def _column_labels(self) -> tuple[str, ...]:
        return tuple("/".join(column.path) for column in self.columns)

    def column_label(self, column: int) -> str:
        """How a column is called: its path, from the top."""
        return self._column_labels[column] if 0 <= column < len(self._column_labels) else ""


def _are_coded(rows: list[RowLabel]) -> bool:
    """Whether most of the rows that could bear a code do: totals and the rows of bodies could not."""
    coded = sum(bool(label.code) for label in rows)
    others = sum(not (label.code or label.empty or label.total or is_body(label)) for label in rows)
    return coded > 0 and coded >= others


def _closed_year(rows: list[RowLabel]) -> tuple[list[RowLabel], list[RowLabel]]:
    """The rows as far as the total of the year (本年支出合计), and from it on, where money from or to elsewhere stands
    between it and the grand total: what follows is no account of the year, whatever its name."""
    place = next((place for place, row in enumerate(rows) if row.total is TotalRank.YEAR), None)
    if not place or rows[place - 1].total:
        return rows, []
    behind = rows[place + 1 :]
    grand = any(row.total is TotalRank.GRAND for row in behind[1:])
    if not grand or behind[0].total:
        return rows, []
    return rows[: place + 1], [replace(rows[place], total=TotalRank.NONE), *behind]


class _Same:
    """A table as a key: the very object, so that looking it up costs nothing however large it is."""

    __slots__ = ("table",)

    def __init__(self, table: Table) -> None:
        self.table = table

    def __hash__(self) -> int:
        return id(self.table)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.table is self.table


@lru_cache(maxsize=512)
def _read(key: _Same) -> TableStructure:
    return TableStructure(key.table)


def read_structure(table: Table) -> TableStructure:
    """The structure of a table; kept for the tables asked for last, so that an edit re-reads only what it changes."""
    return _read(_Same(table))


def _no_amount(text: str) -> str:
    """`text` unless it is an amount, which names nothing and changes with every correction."""
    figure = read_figure(text)
    return "" if figure.decimals or figure.percent else text
