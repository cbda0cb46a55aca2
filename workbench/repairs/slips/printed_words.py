"""The words that the cells of a document print: what a label is, and what is only a piece of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain, zip_longest

from workbench.fiscal.codes import is_account_name
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import Document, Row, texts_of
from workbench.repairs.evidence.counting import uncounted

_SHORTEST_NAME = 3


@dataclass(slots=True)
class PrintedWords:
    """All that the cells of one document print and that is no figure. Read once it is asked for; after an edit only the
    rows that changed are read again."""

    state: int = 0
    """Counts the changes of what is printed, once it was read."""
    _rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    """By table, of the document as it is."""
    _was_read: bool = False
    _texts: Counter[str] = field(default_factory=Counter)
    _names: Counter[str] = field(default_factory=Counter)
    _known: dict[tuple[str, bool], bool] = field(default_factory=dict)
    _asked_for: set[str] = field(default_factory=set)

    def turn_to(self, document: Document) -> None:
        """Goes on to another state of the document."""
        before, self._rows = self._rows, {table.id: table.rows for table in document.tables}
        self._asked_for.clear()
        if self._was_read:
            changed = [
                (before.get(identifier, ()), self._rows.get(identifier, ()))
                for identifier in {**before, **self._rows}
                if before.get(identifier) is not self._rows.get(identifier)
            ]
            pairs = [pair for rows in changed for pair in zip_longest(*rows, fillvalue=()) if pair[0] is not pair[1]]
            counts = _words(new for _, new in pairs)
            counts.subtract(_words(old for old, _ in pairs))
            self._count({text: count for text, count in counts.items() if count})

    def state_for(self, tables: Set[str]) -> int | None:
        """The state that what was asked for these tables depends on; None where nothing was."""
        return None if self._asked_for.isdisjoint(tables) else self.state

    @property
    def texts(self) -> Counter[str]:
        """The texts, each with the number of cells that print it."""
        self._read()
        return self._texts

    def name(self, label: str, table: str) -> bool:
        """Whether a label of a table, the number before it apart, is called so elsewhere: by the lists of accounts or
        by a cell that is not this one."""
        return self._called(label, table, printed=label.strip() in self.texts)

    def name_of_pieces(self, label: str, table: str) -> bool:
        """The same of a label that no cell here prints, put together of what two print."""
        return self._called(label, table, printed=False)

    def _called(self, label: str, table: str, *, printed: bool) -> bool:
        """Whether more cells than this one, if it is `printed`, or the lists of accounts, call anything so."""
        self._asked_for.add(table)
        known = self._known.get((label, printed))
        if known is None:
            self._read()
            key = match_key(uncounted(label))
            known = len(key) >= _SHORTEST_NAME and (self._names[key] > printed or is_account_name(key))
            self._known[label, printed] = known
        return known

    def _read(self) -> None:
        if not self._was_read:
            self._was_read = True
            self._count(_words(chain.from_iterable(self._rows.values())))

    def _count(self, more: Mapping[str, int]) -> None:
        """Takes note of texts that more cells print, or fewer."""
        if not more:
            return
        self.state += 1
        self._known.clear()
        for text, count in more.items():
            self._texts[text] += count
            self._names[match_key(uncounted(text))] += count
            if not self._texts[text]:
                del self._texts[text]


def _words(rows: Iterable[Row]) -> Counter[str]:
    """What some rows print that is no figure, the blanks around it apart."""
    found: Counter[str] = Counter()
    for text, count in Counter(chain.from_iterable(map(texts_of, rows))).items():
        if read_figure(text).kind is FigureKind.TEXT:
            found[text.strip()] += count
    return found
