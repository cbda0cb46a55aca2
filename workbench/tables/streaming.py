"""Tables of a document page by page, for documents too long to hold: each is given out as soon as it cannot go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.fiscal.captions import unit_of_line
from workbench.model.source import Page
from workbench.model.table import Table
from workbench.tables.characters import PagesInPlainCharacters
from workbench.tables.finish import finish_table, raw_tables
from workbench.tables.furniture import Furniture
from workbench.tables.grids.located import LaidPage, lay_page, pieces_of, sheets_of
from workbench.tables.grids.pieces import Piece
from workbench.tables.joining.over_pages import Joining
from workbench.tables.joining.right_halves import with_right_halves
from workbench.tables.raw import RawTable
from workbench.tables.text.locate import locate_text_tables

_LOOK_AHEAD = 8
"""So many pages are read before the first is taken apart, to learn what its head and foot repeat."""
_MOST_PLAIN_PAGES = 40
"""So many pages without ruled tables are looked at together for tables in their text."""


def iter_tables(pages: Iterable[Page]) -> Iterator[Table]:
    """The tables of `pages`, as `parse` finds them, while the pages are still being read.

    At most a few dozen pages are held. What only the whole document tells is not known yet: a table that prints no unit
    takes the last one printed before it, and titles are taken to stand above their tables.
    """
    read = PagesInPlainCharacters(pages)
    for number, table in enumerate(with_right_halves(_tables(read)), start=1):
        yield read.as_printed(replace(table, id=f"t{number:02d}"))


def _tables(pages: Iterable[Page]) -> Iterator[Table]:
    """The tables without their ids."""
    unit = ""
    for raw in _raw_tables(pages):
        unit = unit_of_line(raw.unit_text) or unit
        yield finish_table(raw, "", unit)


def _raw_tables(pages: Iterable[Page]) -> Iterator[RawTable]:
    joining = Joining()
    plain: list[Page] = []
    for page, pieces in _located(pages):
        if not pieces and not page.grids:
            plain.append(page)
            if len(plain) == _MOST_PLAIN_PAGES:
                yield from _finished(joining.finish(), plain)
                joining, plain = Joining(), []
        for piece in pieces:
            ended = joining.add(piece)
            if ended:
                yield from _finished(ended, plain)
                plain = []
    yield from _finished(joining.finish(), plain)


def _finished(tables: list[Piece], plain: list[Page]) -> Iterator[RawTable]:
    """The tables that end, then those in the text of the pages after them."""
    yield from raw_tables(tables)
    yield from locate_text_tables(plain)


def _located(pages: Iterable[Page]) -> Iterator[tuple[Page, list[Piece]]]:
    """Each page with its pieces of tables, a few pages late."""
    furniture = Furniture()
    ahead: deque[tuple[LaidPage, ...]] = deque()
    before: LaidPage | None = None
    for page in pages:
        ahead.append(sheets_of(lay_page(page, ahead[-1][-1] if ahead else None)))
        for sheet in ahead[-1]:
            furniture.add(sheet.lines)
        if len(ahead) > _LOOK_AHEAD:
            sheets = ahead.popleft()
            yield _with_pieces(sheets, furniture, before)
            before = sheets[-1]
    for sheets in ahead:
        yield _with_pieces(sheets, furniture, before)
        before = sheets[-1]


def _with_pieces(
    sheets: tuple[LaidPage, ...], furniture: Furniture, before: LaidPage | None
) -> tuple[Page, list[Piece]]:
    """A page with the pieces on it, or on both of those that are printed on it."""
    earlier = (before, *sheets)
    pieces = [
        piece for sheet, last in zip(sheets, earlier, strict=False) for piece in pieces_of(sheet, furniture, last)
    ]
    return sheets[0].page, pieces
