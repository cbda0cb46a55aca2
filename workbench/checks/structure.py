"""The structure of one table: what its columns and rows are."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.amount import match_key
from workbench.model.table import CellRef, Table


@dataclass(frozen=True)
class TableStructure:
    """A table as labels, codes and amounts."""

    table: Table

    def row_label(self, ref: CellRef) -> str:
        """The label of the row of a cell."""
        return next((c.text for c in self.table.rows[ref.row] if c.text and not c.figure.value), "")

    def column_label(self, column: int) -> str:
        """The label of a column: its column path."""
        return "/".join(match_key(part) for part in self.table.column_path(column))


def read_structure(table: Table) -> TableStructure:
    """The structure of a table."""
    return TableStructure(table)
