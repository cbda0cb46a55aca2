"""Rows of cells as they are printed, and the grid that rows make up, before its cells are laid over columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.fiscal.headers import is_level
from workbench.tables.text.captions import Captions
from workbench.tables.text.lines import Piece, key_of, text_of

_NUMBERING = re.compile(r"^(?:\*+|栏次|行次|序号|(?:计算)?公式|\d{1,2}(?:=.*)?|[甲乙丙丁]|[A-Z](?:=.*)?)$")

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


def is_numbering(row: PieceRow) -> bool:
    """Whether a row only numbers the columns (栏次 1 2 3, ** ** 1 2),
    beside the levels of codes (类 款 项 栏次 1 2)."""
    keys = [key_of(cell) for cell in row if cell and not is_level(key_of(cell))]
    counted = any(key.isdigit() or "=" in key for key in keys)
    return len(keys) >= 2 and counted and all(map(_NUMBERING.match, keys))
