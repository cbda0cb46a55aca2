"""Where documents have what is searched for, small enough to be kept of thousands: what a line shows, and where it
leads; nothing of the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.amount import FigureKind
from workbench.model.source import Anchor, Page
from workbench.model.table import CellRef, Document
from workbench.tui.models.grid import stated_model, table_model
from workbench.tui.models.places import place_words
from workbench.tui.models.searching import Place, Sought, places_of, printed_at

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review import ReviewState

LISTED = 5
"""Places of one document that have lines of their own; the others are counted."""
_BEFORE, _AFTER = 12, 60
"""Characters of running text shown around what is found in it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One place: the printed text there, and what the place is called ("" in running text). `more` is how many places
    of the document it stands for besides itself."""

    entry: str
    place: Place
    page: int
    text: str
    where: str = ""
    more: int = 0

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"{self.entry}#{self.place}"


@dataclass(frozen=True, slots=True)
class Hits:
    """What one document has, in the order in which it is printed, or why that could not be told."""

    entry: str
    hits: tuple[Hit, ...] = ()
    count: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class HitsOf:
    """Looks for a text, as it was typed, in a document as its record leaves it. It can be sent to a worker."""

    text: str

    def __call__(self, analysis: Analysis, state: ReviewState) -> Hits:
        """What one document has."""
        return hits_in(str(analysis.path), state.document, self.text)


def hits_in(entry: str, document: Document, text: str) -> Hits:
    """The places of a document that have a text, or an amount, as it was typed."""
    models = list(map(table_model, document.tables))
    if not any(page.text for page in document.source.pages):
        # Where there is no text, what was stated in it is all that is left of it.
        models.append(stated_model(document, "", ("",) * 4))
    found = places_of(Sought.typed(text), document, models)
    if not found:
        return Hits(entry)
    pages = {page.number: page for page in document.source.pages}
    shown = [_hit(entry, document, pages, place) for place in found[:LISTED]]
    if rest := found[LISTED:]:
        first = _hit(entry, document, pages, rest[0])
        shown.append(first if len(rest) == 1 else Hit(entry, first.place, first.page, first.text, more=len(rest) - 1))
    return Hits(entry, tuple(shown), len(found))


def _hit(entry: str, document: Document, pages: dict[int, Page], place: Place) -> Hit:
    page = printed_at(document, place)[0]
    if isinstance(place, CellRef):
        return Hit(entry, place, page, document.cell(place).text, _where(document, place))
    return Hit(entry, place, page, _around(pages[place.page].text, place))


def _where(document: Document, ref: CellRef) -> str:
    """What the place of a cell is called: of a figure its row and column, of a name, which says itself, its table."""
    titles = {table.id: table.title for table in document.tables}
    named = document.cell(ref).figure.kind is FigureKind.TEXT and titles.get(ref.table)
    return named or place_words(document, ref)


def _around(text: str, anchor: Anchor) -> str:
    """What is found in running text with some of the text around it, on one line."""
    start, end = max(anchor.start - _BEFORE, 0), min(anchor.end + _AFTER, len(text))
    words = " ".join(text[start:end].split())
    return ("…" if start else "") + words + ("…" if end < len(text) else "")


def match_at(place: Place, matches: Sequence[Place], document: Document) -> int:
    """Which match of a document's own search is at a place: the same one, else the cell that prints it, else the
    first."""
    if place in matches:
        return matches.index(place)
    if isinstance(place, Anchor):
        for index, match in enumerate(matches):
            anchors = document.cell(match).anchors if isinstance(match, CellRef) else (match,)
            if any(a.page == place.page and a.start < place.end and place.start < a.end for a in anchors):
                return index
    return 0
