"""The layouts of the tables of one document."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.model.table import Table
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.system import System


@dataclass(slots=True)
class Layouts:
    """The layouts of the tables of a document, kept from edit to edit for tables that stay what they are."""

    _system: System | None = None
    """Of the document as it is now."""
    _index: FigureIndex | None = None
    """The index of the same document, which has read what its tables print."""
    _tables: dict[str, Table] = field(default_factory=dict)
    _known: dict[str, TableLayout] = field(default_factory=dict)

    def turn_to(self, system: System, index: FigureIndex) -> None:
        """Forgets what was learnt of tables that have changed, and of all where the checks have: which columns hold
        amounts depends on them."""
        self._system, self._index = system, index
        self._tables = {table.id: table for table in system.document.tables}
        checks = system.reconciliation.checks
        for identifier, layout in list(self._known.items()):
            if layout.table is self._tables.get(identifier) and layout.system.reconciliation.checks is checks:
                layout.system = system
            else:
                del self._known[identifier]

    def of(self, identifier: str) -> TableLayout | None:
        """The layout of a table; None for a stated figure."""
        known = self._known.get(identifier)
        if known is not None:
            return known
        if self._system is None or self._index is None or identifier not in self._tables:
            return None
        texts = self._index.texts(identifier)
        layout = self._known[identifier] = TableLayout(self._tables[identifier], self._system, texts)
        return layout
