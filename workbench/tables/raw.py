"""Tables as they are found on the pages, before they are finished: what every way of finding tables hands over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workbench.model.source import Anchor
from workbench.model.table import Form, Row


class Origin(StrEnum):
    """How a table was found."""

    RULED = "ruled"
    """By the lines drawn on a page."""
    WHITESPACE = "whitespace"
    """By the white space between the columns of figures on a page without lines."""
    NATIVE = "native"
    """The file format marks it as a table (Word, Excel, HTML)."""
    TEXT = "text"
    """By the layout of text without lines."""


@dataclass(frozen=True, slots=True)
class RawTable:
    """A rectangular grid of cells with what stands around it.

    `rows` hold header and body together, all of one width; the cells that a header cell spans repeat it (same text,
    same anchors), body cells that a cell spans are empty but for the first. `header_rows` says how many of `rows` are
    the header; None leaves it to `header.header_height`. `unit_text` is the unit as the table prints it, the bare word
    ("万元") or its whole line ("金额单位：万元"), "" where it prints none. `part_of` is the title of the form that this
    is an inner grid of. `form` is set only by a finder that knows better than title and header tell.
    """

    rows: tuple[Row, ...]
    header_rows: int | None = None
    title: str = ""
    title_anchors: tuple[Anchor, ...] = ()
    unit_text: str = ""
    pages: tuple[int, ...] = ()
    part_of: str = ""
    notes: tuple[str, ...] = ()
    origin: Origin = Origin.TEXT
    form: Form | None = None

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0]) if self.rows else 0

    def anchors(self) -> Iterator[Anchor]:
        """All anchors of its title and cells."""
        yield from self.title_anchors
        for row in self.rows:
            for cell in row:
                yield from cell.anchors

    @property
    def start(self) -> tuple[int, int]:
        """The first place it covers, as page and offset in the page text: what document order goes by."""
        first = min(((anchor.page, anchor.start) for anchor in self.anchors()), default=None)
        return first if first is not None else (self.pages[0] if self.pages else 0, 0)
