"""Titles by number: a table that prints only its number (表2-1) is the one that the contents give a title by that
number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.fiscal.captions import is_table_number, title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.model.table import Cell
from workbench.tables.grids.pieces import Piece
from workbench.tables.raw import RawTable

_ENTRY = re.compile(r"[ \t\u3000]*([^\s:：、.．]{2,10})[ \t\u3000:：、.．]+(\S.*)")
_BLANK_WITHIN = re.compile(r"(?<=表)[ \u3000](?=[\d一二三四五六七八九十])")
"""The blank that word processors set between an ideograph and the digits behind it: 表 1-2."""
_LEADER = re.compile(r"(?:[\s.．·…‥—_-]+(?:[（(]?\d{1,3}[）)]?)?|[（(]\d{1,3}[）)])\s*$")
_APART = re.compile(r"\s{2,}|[\t\u3000]+")
_FEWEST = 2
"""A list of tables names so many."""
_FARTHEST = 3
"""So many lines above a table its number may stand."""
_LONGEST_LINE = 60


@dataclass(frozen=True, slots=True)
class NumberedTitles:
    """The titles that a document gives its tables by number, and the text of its pages."""

    titles: Mapping[str, str]
    texts: Mapping[int, str]

    @classmethod
    def of(cls, pages: Sequence[Page]) -> NumberedTitles:
        """The titles that lines of `pages` list behind numbers of tables; none where a number has two."""
        found: dict[str, set[str]] = {}
        for page in pages:
            for number, title in _entries(page.text):
                found.setdefault(number, set()).add(title)
        titles = {number: min(named) for number, named in found.items() if len(named) == 1}
        return cls(titles if len(titles) >= _FEWEST else {}, {page.number: page.text for page in pages})

    def over_pieces(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces, those without a title of their own with the one that their number has."""
        return [self._titled(piece) for piece in pieces] if self.titles else list(pieces)

    def over_tables(self, tables: Sequence[RawTable]) -> list[RawTable]:
        """The same for tables found in text."""
        if not self.titles:
            return list(tables)
        titles = [self._above((cell for row in table.rows for cell in row), table.title) for table in tables]
        return [
            replace(table, title=title, title_anchors=()) if title else table
            for title, table in zip(titles, tables, strict=True)
        ]

    def _titled(self, piece: Piece) -> Piece:
        cells = (cell.cell for cell in piece.grid.cells if not piece.part_of)
        title = self._above(cells, piece.captions.title)
        return replace(piece, captions=replace(piece.captions, title=title, title_anchors=())) if title else piece

    def _above(self, cells: Iterable[Cell], printed: str) -> str:
        """The title by the number above cells, "" where there is none or the `printed` one tells as much."""
        places = ((anchor.page, anchor.start) for cell in cells for anchor in cell.anchors)
        page, start = min(places, default=(0, 0))
        if form_of_title(printed) is not None:
            return ""
        lines = [line for line in self.texts.get(page, "")[:start].split("\n") if line.strip()]
        for line in reversed(lines[-_FARTHEST:]):
            if len(match_key(line)) > _LONGEST_LINE:
                break
            for text in _APART.split(line.strip()):
                title = self.titles.get(match_key(text)) if is_table_number(text) else None
                if title is not None:
                    return "" if printed and match_key(printed) in match_key(title) else title
        return ""


def _entries(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        match = _ENTRY.fullmatch(_BLANK_WITHIN.sub("", line))
        if match and "表" in match[1] and is_table_number(match[1]) and len(line) <= 2 * _LONGEST_LINE:
            title = _LEADER.sub("", match[2])
            if "表" in title and title_of_line(title):
                yield match_key(match[1]), title
