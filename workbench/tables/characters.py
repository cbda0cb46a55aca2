"""Documents in traditional characters, figures in digits as wide as characters, and such whose thousands blanks part:
read as if they were printed in simplified characters, in the digits of a keyboard and with commas, so that every word
of the field is known and a figure is one, and given back as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.fiscal.characters import is_traditional, simplified
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, Row, Table
from workbench.tables.parted_thousands import with_commas

_WIDE_FIGURE = re.compile(r"[＋－]?[０-９]+(?:[，．,.][０-９]+)*％?")
_NARROW = {ord("０") + value: str(value) for value in range(10)} | str.maketrans("＋－，．％", "+-,.%")


def in_plain_characters(pages: tuple[Page, ...]) -> tuple[Page, ...]:
    """The pages in simplified characters, in digits of a keyboard and with commas between thousands, every character in
    its place; the very same pages where they are in them."""
    traditional = any(is_traditional(page.text) for page in pages)
    read = with_commas([_in_plain(page, traditional) for page in pages])
    return pages if all(page is other for page, other in zip(read, pages, strict=True)) else read


def _in_plain(page: Page, traditional: bool) -> Page:
    text = simplified(page.text) if traditional else page.text
    if not text.isascii():
        text = _WIDE_FIGURE.sub(lambda figure: figure[0].translate(_NARROW), text)
    return page if text == page.text else replace(page, text=text)


def _plainest(text: str) -> str:
    """A text for comparing, whatever characters it is printed in."""
    return simplified(text).translate(_NARROW)


class PagesInPlainCharacters:
    """The pages of a long document while they come: in simplified characters from the first one on that is written in
    traditional ones, in digits of a keyboard, and with what they print for as long as a table can stand on them."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self._pages = pages
        self._printed: dict[int, Page] = {}

    def __iter__(self) -> Iterator[Page]:
        traditional = False
        for page in self._pages:
            traditional = traditional or is_traditional(page.text)
            (read,) = with_commas([_in_plain(page, traditional)])
            if self._printed or read is not page:
                self._printed[page.number] = page
            yield read

    def as_printed(self, table: Table) -> Table:
        """A table that was read in these pages, as they print it. Tables come in the order of their pages."""
        if not self._printed:
            return table
        for number in [number for number in self._printed if number < min(table.pages, default=0)]:
            del self._printed[number]
        return as_printed([table], tuple(self._printed.values()))[0]


def as_printed(tables: Sequence[Table], pages: Sequence[Page]) -> tuple[Table, ...]:
    """Tables that were read in plain characters, as `pages` print them."""
    texts = {page.number: page.text for page in pages}
    return tuple(
        replace(
            table,
            header=tuple(_row(row, texts) for row in table.header),
            rows=tuple(_row(row, texts) for row in table.rows),
            title=_printed(table.title, table.title_anchors, texts),
        )
        for table in tables
    )


def _row(row: Row, texts: dict[int, str]) -> Row:
    return tuple(_cell(cell, texts) for cell in row)


def _cell(cell: Cell, texts: dict[int, str]) -> Cell:
    printed = _printed(cell.printed, cell.anchors, texts)
    return cell if printed == cell.printed else replace(cell, printed=printed)


def _printed(text: str, anchors: Sequence[Anchor], texts: dict[int, str]) -> str:
    """A text with the characters that stand at its anchors, in order; itself where these are others than its own."""
    found = "".join("".join(texts.get(anchor.page, "")[anchor.start : anchor.end].split()) for anchor in anchors)
    if _plainest(found).replace(",", "") != _plainest("".join(text.split())).replace(",", ""):
        return text
    printed, at = "", 0
    for character in text:
        is_blank = character.isspace() or (character == "," and found[at : at + 1] not in (",", "，"))
        printed += " " if is_blank else found[at]
        at += not is_blank
    return printed
