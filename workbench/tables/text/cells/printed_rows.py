"""Rows of cells as they are printed, and the grid that rows make up, before its cells are laid over columns."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.tables.text.captions import Captions
from workbench.tables.text.lines import Piece, text_of

PieceRow = list[tuple[Piece, ...]]
"""A row as printed: its cells, each made of pieces."""


@dataclass(slots=True)
class Segment:
    """A grid with one header (or none: label/value rows), before its cells are laid over columns."""

    header: list[PieceRow] = field(default_factory=list)
    rows: list[PieceRow] = field(default_factory=list)
    captions: Captions = field(default_factory=Captions)
    block: int = 0
    """How many of the first rows are label/value rows of the form around the grid."""
    in_place: bool = False
    """Whether cells stand where they are printed, so that a short row only lacks blanks at its end."""


def texts_of(row: PieceRow) -> list[str]:
    """What the cells of a row print."""
    return [text_of(cell) for cell in row]
