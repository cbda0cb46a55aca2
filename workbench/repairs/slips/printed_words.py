"""The words that the cells of a document print: what a label is, and what is only a piece of one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from workbench.fiscal.codes import is_account_name
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import texts_of
from workbench.repairs.evidence.counting import uncounted
from workbench.repairs.system import System

_SHORTEST_NAME = 3


@dataclass(slots=True)
class PrintedWords:
    """All that the cells of one document print and that is no figure, read once it is asked for."""

    system: System
    _texts: Counter[str] | None = None
    _names: Counter[str] | None = None
    _known: dict[tuple[str, bool], bool] = field(default_factory=dict)

    @property
    def texts(self) -> Counter[str]:
        """The texts, each with the number of cells that print it."""
        if self._texts is None:
            rows = (texts_of(row) for table in self.system.document.tables for row in table.rows)
            self._texts = Counter()
            for text, count in Counter(chain.from_iterable(rows)).items():
                if read_figure(text).kind is FigureKind.TEXT:
                    self._texts[text.strip()] += count
        return self._texts

    def name(self, label: str) -> bool:
        """Whether a label, the number before it apart, is called so elsewhere: by the lists of accounts or by a cell
        that is not this one."""
        return self._called(label, printed=label.strip() in self.texts)

    def name_of_pieces(self, label: str) -> bool:
        """The same of a label that no cell here prints, put together of what two print."""
        return self._called(label, printed=False)

    def _called(self, label: str, *, printed: bool) -> bool:
        """Whether more cells than this one, if it is `printed`, or the lists of accounts, call anything so."""
        known = self._known.get((label, printed))
        if known is None:
            if self._names is None:
                self._names = Counter()
                for text, count in self.texts.items():
                    self._names[match_key(uncounted(text))] += count
            key = match_key(uncounted(label))
            known = len(key) >= _SHORTEST_NAME and (self._names[key] > printed or is_account_name(key))
            self._known[label, printed] = known
        return known
