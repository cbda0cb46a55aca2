"""Where in a document stands what is searched for: texts, however they are broken over lines and in whatever width of
characters; amounts by what they come to, however and in whatever unit they are printed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbench.fiscal.units import unit_factor
from workbench.model.amount import Figure, FigureKind, match_key, read_figure
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, CellRef, Document
from workbench.review.senses import senses_of
from workbench.tui.models.grid import GridModel

Place = CellRef | Anchor
"""A cell, or a range of the source that is in no cell found."""

_AMOUNT = re.compile(
    r"(?<![\d.,，])(?P<figure>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d]|[.,，]\d)"
    r"\s*(?P<unit>[%％]|亿元|[百千十]?万元|[百千]?元)?"
)
_LEAST_DIGITS = 3
"""An amount that is printed in fewer digits stands for too many that are printed finer."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure and what one of its unit is in yuan; None where that is not known, or it is none of money."""

    figure: Figure
    factor: Decimal | None = None

    @classmethod
    def of(cls, text: str, unit: str = "") -> Amount | None:
        """The amount that a text prints, None where it is no figure."""
        figure = read_figure(text)
        return cls(figure, unit_factor(unit)) if figure.kind is FigureKind.NUMBER else None

    def is_like(self, other: Amount) -> bool:
        """Whether both may stand for the same: the same figure, in whatever unit where one of them is not known; of two
        units, figures that the decimals of both allow to be the same. A sign makes no difference: text prints none."""
        if self.figure.percent != other.figure.percent:
            return False
        mine, theirs = abs(self.figure.value or Decimal(0)), abs(other.figure.value or Decimal(0))
        if self.factor is None or other.factor is None or self.factor == other.factor:
            return mine == theirs
        coarse = self if self._fineness > other._fineness else other
        if len((coarse.figure.value or Decimal(0)).as_tuple().digits) < _LEAST_DIGITS:
            return False
        return abs(mine * self.factor - theirs * other.factor) <= self._fineness + other._fineness

    @property
    def _fineness(self) -> Decimal:
        return self.figure.half_unit * (self.factor or 1)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is searched for: a text, and where that is a figure its amount. `alone` leaves out texts that merely hold
    it."""

    key: str
    amount: Amount | None = None
    alone: bool = False

    @classmethod
    def typed(cls, text: str) -> Sought:
        """What a reviewer typed: 639.72 finds 1,639.72 too, and 639.72万元 what is printed 6,397,200.00 in yuan."""
        match = _AMOUNT.fullmatch(text.strip())
        amount = Amount.of(match["figure"] + _percent(match["unit"]), match["unit"] or "") if match else None
        return cls(match_key(text).lower(), amount)

    @classmethod
    def like(cls, document: Document, ref: CellRef) -> Sought:
        """What a cell prints: the amount wherever it is printed, or the text."""
        cell = document.cell(ref)
        amount = Amount.of(cell.text, _units(document).get(ref, ""))
        return cls(match_key(cell.text).lower(), amount, alone=amount is not None)

    def is_in(self, cell: Cell, unit: str) -> bool:
        """Whether a cell has it."""
        if self.amount is not None and cell.figure.kind is FigureKind.NUMBER:
            if self.amount.is_like(Amount(cell.figure, unit_factor(unit))):
                return True
        return not self.alone and self.key in match_key(cell.text).lower()


def places_of(sought: Sought, document: Document, grids: Iterable[GridModel]) -> list[Place]:
    """Every place of a document that has it, in the order in which they are printed: cells, and the source where no
    cell found is."""
    found: list[Place] = []
    if not sought.key:
        return found
    # What a figure measures takes longer to tell than all the rest.
    units = _units(document) if sought.amount is not None else {}
    for model in grids:
        for row, cells in enumerate(model.rows):
            for column, cell in enumerate(cells):
                ref = model.ref(row, column)
                if ref is not None and sought.is_in(cell, units.get(ref, "") if model.is_cell(column) else ""):
                    if not found or found[-1] != ref:
                        found.append(ref)
    lit = {
        (anchor.page, place)
        for ref in found
        if isinstance(ref, CellRef)
        for anchor in document.cell(ref).anchors
        for place in range(anchor.start, anchor.end)
    }
    for page in document.source.pages:
        behind = 0
        for start, end in sorted(_in_text(sought, page), key=lambda span: (span[0], -span[1])):
            if start >= behind and (page.number, start) not in lit:
                found.append(Anchor(page.number, start, end))
                behind = end
    return sorted(found, key=lambda place: printed_at(document, place))


def printed_at(document: Document, place: Place) -> tuple[int, int]:
    """Page and character at which a place is printed; a cell that is printed nowhere stands where the last one before
    it in its table is, (0, 0) where there is none."""
    if isinstance(place, Anchor):
        return place.page, place.start
    anchors = document.cell(place).anchors or next(
        (cell.anchors for cell in _cells_before(document, place) if cell.anchors), ()
    )
    return min(((anchor.page, anchor.start) for anchor in anchors), default=(0, 0))


def _cells_before(document: Document, place: CellRef) -> Iterator[Cell]:
    """The cells of its table before a cell, the nearest first."""
    table = next((table for table in document.tables if table.id == place.table), None)
    if table is None:
        return
    yield from reversed(table.rows[place.row][: place.column])
    for row in reversed(table.rows[: place.row]):
        yield from reversed(row)


def _units(document: Document) -> Mapping[CellRef, str]:
    """The unit of every figure in tables and text, as far as it is known."""
    units = {ref: sense.unit for ref, sense in senses_of(document).items()}
    return units | {CellRef(stated.id, 0, 0): stated.unit for stated in document.stated}


def _in_text(sought: Sought, page: Page) -> Iterator[tuple[int, int]]:
    if sought.amount is not None:
        for match in _AMOUNT.finditer(page.text):
            amount = Amount.of(match["figure"] + _percent(match["unit"]), match["unit"] or "")
            if amount is not None and sought.amount.is_like(amount):
                yield match.span("figure")
    if sought.alone or sought.key not in match_key(page.text).lower():
        return
    key, places = _with_places(page.text)
    at = key.find(sought.key)
    while at >= 0:
        yield places[at], places[at + len(sought.key) - 1] + 1
        at = key.find(sought.key, at + len(sought.key))


def _with_places(text: str) -> tuple[str, list[int]]:
    """The key of a text, and for each of its characters the place of the one that it comes from."""
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if not character.isspace():
            key = unicodedata.normalize("NFKC", character).lower().replace(" ", "")
            characters.append(key)
            places += [place] * len(key)
    return "".join(characters), places


def _percent(unit: str | None) -> str:
    return "%" if unit in ("%", "％") else ""
