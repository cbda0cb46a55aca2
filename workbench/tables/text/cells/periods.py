"""How long the rows are that cells in order, the empty ones too, make up:
after so many cells stands mostly the like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.lines import Piece, text_of

_WIDEST = 40
_LEAST_ALIKE, _AS_ALIKE = 0.75, 0.06
_BLANKS = 0.2
"""What two cells weigh of which one is blank."""
_CODE = re.compile(r"^\d{1,7}$")


def class_of(cell: tuple[Piece, ...]) -> str:
    """What a cell holds: a number that may be a code, another figure, a text, or nothing."""
    text = text_of(cell)
    if not text:
        return ""
    return "digits" if _CODE.match(text) else kind_of(text) or "figure"


def likely_widths(classes: Sequence[str], narrowest: int, rows: int) -> list[int]:
    """The lengths of at least so many rows after which cells hold most often what cells before them did."""
    kinds = ["figure" if kind == "digits" else kind for kind in classes]
    alike: dict[int, float] = {}
    for width in range(narrowest, min(_WIDEST, len(kinds) // rows) + 1):
        same = total = 0.0
        for one, other in zip(kinds, kinds[width:], strict=False):
            weight = 1.0 if one and other else _BLANKS
            total += weight
            same += weight * (one == other)
        alike[width] = same / total if total else 0.0
    best = max(alike.values(), default=0.0)
    return [width for width, share in alike.items() if share >= max(_LEAST_ALIKE, best - _AS_ALIKE)]
