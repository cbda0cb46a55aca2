"""Where else a document prints a figure: a proposed figure that stands on a row of the same name is likelier right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import match_key, read_figure
from workbench.model.table import CellRef, Document, Row, Table, texts_of
from workbench.repairs.evidence.counting import uncounted
from workbench.repairs.evidence.row_labels import row_keys
from workbench.repairs.fixed_point import SCALE, worth

_SHORTEST_CODE = 3
_MOST_ROWS_OF_A_NAME = 12
_MOST_ROWS_READ = 3000
"""Of a longer document the names of the rows are not read: an edit must not cost another reading of it."""
_LARGEST_NUMBER = 1000 * SCALE
"""No table has so many rows that it numbers."""
_MANY = 60
"""Hits that are looked at for one figure."""

_Place = tuple[str, int, int]
"""Table, row and column: a `CellRef` is one too."""


@dataclass(frozen=True, slots=True)
class Support:
    """Another cell that prints the proposed figure; `same_name` if its row has the same code or label.

    It is no `independent` one where another cell of the row itself prints the figure already: that is the cell which it
    agrees with.
    """

    ref: CellRef
    same_name: bool
    independent: bool = True


@dataclass(slots=True)
class FigureIndex:
    """Figure, in the units of the system, → cells that print it. After an edit only the rows that changed are read
    again."""

    _places: defaultdict[int, list[_Place]] = field(default_factory=lambda: defaultdict(list))
    _ordered: dict[int, tuple[CellRef, ...]] = field(default_factory=dict)
    _rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _texts: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    """What these rows print."""
    _stated: frozenset[str] = frozenset()
    _changed: set[int] = field(default_factory=set)
    _keys: dict[_Place, frozenset[str]] = field(default_factory=dict)
    _witnesses: dict[tuple[CellRef, int], tuple[int, ...]] = field(default_factory=dict)
    _heads: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the columns of a table are called, of tables that were asked for."""
    _tables: dict[str, Table] = field(default_factory=dict)
    _name_rows: dict[str, list[tuple[str, int]]] | None = None
    _row_amounts: dict[tuple[str, int], list[tuple[int, int]]] = field(default_factory=dict)
    """The figures of rows that were asked for by their names."""

    def update(self, document: Document) -> frozenset[int]:
        """Bring the index to the state of `document`. Returns the figures that it may answer otherwise for."""
        self._changed = set()
        self._name_rows = None
        self._row_amounts.clear()
        self._keys.clear()
        self._witnesses.clear()
        rows: dict[str, tuple[Row, ...]] = {table.id: table.rows for table in document.tables}
        for stated in document.stated:
            known = self._rows.get(stated.id)
            rows[stated.id] = known if known and known[0][0] is stated.cell else ((stated.cell,),)
        self._stated = frozenset(stated.id for stated in document.stated)
        for identifier in [known for known in self._rows if known not in rows]:
            self._change(identifier, self._rows.pop(identifier), ())
            del self._texts[identifier]
        for identifier, new in rows.items():
            old = self._rows.get(identifier, ())
            if old is not new:
                self._change(identifier, old, new)
        self._rows = rows
        self._turn_to({table.id: table for table in document.tables})
        for value in self._changed:
            self._ordered.pop(value, None)
        return frozenset(self._changed)

    def texts(self, table: str) -> list[tuple[str, ...]]:
        """What the rows of a table print."""
        return self._texts.get(table, [])

    def support(self, ref: CellRef, value: int) -> Support | None:
        """The best other cell that prints `value`, or None. Zero is everywhere and supports nothing."""
        if not value:
            return None
        hits = [hit for hit in self.prints(value)[:_MANY] if hit != ref]
        if not hits:
            return None
        alone = not any(hit.table == ref.table and hit.row == ref.row for hit in hits)
        named = self._named(ref, hits) or self._headed(ref, hits)
        for hit in named:
            if self._head(hit) == self._head(ref):
                return Support(hit, same_name=True)
        if named:
            return Support(named[0], same_name=True, independent=alone)
        if value >= _LARGEST_NUMBER or value % SCALE:
            return Support(hits[0], same_name=False)
        told = next((hit for hit in hits if not self._numbers_rows(hit)), None)
        return Support(told, same_name=False) if told is not None else None

    def witnesses(self, ref: CellRef, value: int) -> int:
        """How many other tables print `value` on a row of the same name; one that calls the column the same too counts
        twice."""
        return sum(self._told(ref, value))

    def holders(self, ref: CellRef, value: int) -> int:
        """How many other tables print `value` on a row of the same name in a column of the same name: there it is known
        not to be a neighbour's figure."""
        return self._told(ref, value).count(2)

    def _told(self, ref: CellRef, value: int) -> tuple[int, ...]:
        """What each other table says for `value` in this cell: 1 by the name of the row,
        2 by that of the column too."""
        places = self._places.get(value) if value else None
        if not places:
            return ()
        known = self._witnesses.get((ref, value))
        if known is not None:
            return known
        told: dict[str, int] = {}
        elsewhere = {place[0] for place in places} != {ref.table}
        for hit in self._named(ref, self.prints(value)[:_MANY]) if elsewhere else ():
            if hit.table != ref.table:
                told[hit.table] = max(told.get(hit.table, 1), 1 + (self._head(hit) == self._head(ref)))
        found = self._witnesses[ref, value] = tuple(told.values())
        return found

    def said_elsewhere(self, ref: CellRef) -> dict[int, str]:
        """The figures that other tables print on a row of the same name, each with the table; none where so many rows
        have the name that it tells nothing."""
        keys = self._names(ref)
        rows = [place for key in sorted(keys) for place in self._by_name().get(key, ()) if place[0] != ref.table]
        found: dict[int, str] = {}
        for table, row in rows if len(rows) <= _MOST_ROWS_OF_A_NAME else ():
            amounts = self._row_amounts.get((table, row))
            if amounts is None:
                amounts = self._row_amounts[table, row] = _amounts(self._texts[table][row])
            for column, value in amounts:
                if value not in found and not keys.isdisjoint(self._names((table, row, column))):
                    found[value] = table
        return found

    def _by_name(self) -> dict[str, list[tuple[str, int]]]:
        """The rows by the codes and labels that they print; read once for each state of the document."""
        if self._name_rows is None:
            names = self._name_rows = {}
            few = sum(map(len, self._texts.values())) <= _MOST_ROWS_READ
            for table, rows in self._texts.items() if few else ():
                for number, printed in enumerate(rows if table not in self._stated else ()):
                    place = (table, number)
                    for key in filter(None, map(_name_of, printed)):
                        # Most cells print nothing, or an amount.
                        places = names.setdefault(key, [])
                        if not places or places[-1] is not place:
                            places.append(place)
        return self._name_rows

    def _named(self, ref: CellRef, hits: Sequence[CellRef]) -> list[CellRef]:
        """Those cells that stand on another row of the same name."""
        keys = self._names(ref)
        return [
            hit
            for hit in hits
            if (hit.table != ref.table or hit.row != ref.row) and not keys.isdisjoint(self._names(hit))
        ]

    def _headed(self, ref: CellRef, hits: Sequence[CellRef]) -> list[CellRef]:
        """Those cells of other tables whose column is called as this row is: what one statement has in rows another has
        in columns."""
        keys = self._names(ref)
        return [hit for hit in hits if hit.table != ref.table and self._head(hit) in keys]

    def _numbers_rows(self, ref: CellRef) -> bool:
        """Whether the column of a cell numbers its rows: what it prints is no figure of theirs."""
        table = self._tables.get(ref.table)
        path = table.column_path(ref.column) if table is not None and ref.column < table.width else ()
        words = vocabulary().columns["sequence"]
        return any(words.fit(text) for text in path)

    def _head(self, ref: CellRef) -> str:
        """What the column of a cell is called; what tells it from all others where nothing calls it anything."""
        heads = self._heads.get(ref.table)
        if heads is None:
            known = self._tables.get(ref.table)
            heads = self._heads[ref.table] = _heads_of(known) if known is not None else ()
        return heads[ref.column] if ref.column < len(heads) and heads[ref.column] else f"{ref.table}/{ref.column}"

    def _turn_to(self, tables: dict[str, Table]) -> None:
        """Forgets what the columns of tables were called whose headers have changed; what was told by another name may
        be told otherwise now."""
        for identifier, heads in list(self._heads.items()):
            table = tables.get(identifier)
            before = self._tables.get(identifier)
            if table is None or before is None or before.header is not table.header:
                del self._heads[identifier]
                if table is not None and heads != _heads_of(table):
                    self._changed.update(value for texts in self._texts[identifier] for _, value in _amounts(texts))
        self._tables = tables

    def prints(self, value: int) -> tuple[CellRef, ...]:
        """The cells that print `value`, those of tables first, in a fixed order."""
        if value not in self._places:
            return ()
        known = self._ordered.get(value)
        if known is None:
            hits = sorted(self._places[value])
            stated = [hit for hit in hits if hit[0] in self._stated] if self._stated else []
            if stated:
                hits = [*(hit for hit in hits if hit[0] not in self._stated), *stated]
            known = self._ordered[value] = tuple([CellRef(*hit) for hit in hits])
        return known

    def _names(self, place: _Place) -> frozenset[str]:
        """What the row of a cell is called."""
        known = self._keys.get(place)
        if known is None:
            table, row, column = place
            known = self._keys[place] = row_keys(self._texts[table][row], column)
        return known

    def _change(self, identifier: str, old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
        """Takes the rows of a table in the place of those that it had."""
        known, places, changed = self._texts.get(identifier, []), self._places, self._changed
        same = {number for number, (before, after) in enumerate(zip(old, new, strict=False)) if before == after}
        for number, before in enumerate(known):
            if number not in same:
                for column, value in _amounts(before):
                    places[value].remove((identifier, number, column))
                    changed.add(value)
        texts = [known[number] if number in same else texts_of(row) for number, row in enumerate(new)]
        for number, printed in enumerate(texts):
            if number not in same:
                for column, value in enumerate(map(worth, printed)):
                    if value and not _is_code(printed[column]):
                        places[value].append((identifier, number, column))
                        changed.add(value)
        self._texts[identifier] = texts


@lru_cache(maxsize=65536)
def _name_of(text: str) -> str:
    """The key by which rows are compared of what a cell prints, where that is a code or a label; "" else."""
    if not text or text[-1].isdigit():
        code = text.strip()
        return code if len(code) >= _SHORTEST_CODE and code.isdigit() else ""
    return match_key(uncounted(text))


def _heads_of(table: Table) -> tuple[str, ...]:
    return tuple([match_key(path[-1]) if path else "" for path in table.column_paths()])


def _amounts(texts: tuple[str, ...]) -> list[tuple[int, int]]:
    """The figures of a row by column, but for zeros and for what is a code."""
    return [(column, value) for column, value in enumerate(map(worth, texts)) if value and not _is_code(texts[column])]


def _is_code(text: str) -> bool:
    """Whether a figure is a code: a whole number that begins with 0."""
    return "." not in text and text.strip().startswith("0") and not read_figure(text).decimals
