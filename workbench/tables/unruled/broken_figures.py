"""Figures that a narrow cell breaks, their last digits right below: 1431.9 above 0 is 1431.90."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from workbench.tables.unruled.column_labels import Chunk

_DECIMALS, _REST = re.compile(r"^[-(（]?[\d,]*\d\.(\d+)[)）]?$"), re.compile(r"^\d+[)）]?$")
_MOSTLY, _FEWEST = 0.6, 4
"""What part of the figures print as many decimals as the others, and how many there are at the least."""
_CLOSE = 1.6
"""In print heights: the lines of a cell stand no further from each other."""


def figures_made_whole(chunks: Mapping[int, Sequence[Chunk]]) -> dict[int, list[Chunk]]:
    """The words of each column, figures that stop short of the decimals which most have and have them with the digits
    right below made one with these, in the middle of both."""
    texts = [_text(chunk) for found in chunks.values() for chunk in found]
    decimals = Counter(len(match[1]) for text in texts if (match := _DECIMALS.match(text)))
    usual, count = max(decimals.items(), key=lambda pair: pair[1], default=(0, 0))
    if count < max(_FEWEST, _MOSTLY * decimals.total()):
        return {column: list(found) for column, found in chunks.items()}
    return {column: _joined(found, usual) for column, found in chunks.items()}


def _joined(chunks: Sequence[Chunk], usual: int) -> list[Chunk]:
    found: list[Chunk] = []
    for chunk in chunks:
        above = found[-1] if found else None
        if above is not None and chunk.y - above.y <= _CLOSE * chunk.height and _goes_on(above, chunk, usual):
            found[-1] = Chunk((above.y + chunk.y) / 2, above.height, [*above.pieces, *chunk.pieces])
        else:
            found.append(chunk)
    return found


def _goes_on(above: Chunk, chunk: Chunk, usual: int) -> bool:
    """Whether a figure stops short of the usual decimals and has them with the digits below."""
    begun, whole = _DECIMALS.match(_text(above)), _DECIMALS.match(_text(above) + _text(chunk))
    short = begun is not None and len(begun[1]) < usual
    return short and bool(_REST.match(_text(chunk))) and whole is not None and len(whole[1]) == usual


def _text(chunk: Chunk) -> str:
    return "".join(piece.text for piece in chunk.pieces)
