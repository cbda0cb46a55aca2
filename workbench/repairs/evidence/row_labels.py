"""What a row is called for one of its figures: the label before it, and the code beside that."""

from __future__ import annotations

from functools import lru_cache

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import Cell


def row_keys(row: tuple[Cell, ...], column: int) -> frozenset[str]:
    """The nearest label to the left of `column` in `row`, and the code beside it."""
    keys: list[str] = []
    for cell in reversed(row[:column]):
        label, code = _named_by(cell.text)
        if label is not None:
            keys.append(label)
        elif not keys:
            continue
        elif code:
            keys.append(code)
        else:
            break
        if len(keys) == 2:
            break
    if not keys:
        first = next((cell.text.strip() for cell in row[:column] if cell.figure.kind is FigureKind.NUMBER), "")
        return frozenset({first} if len(first) >= 3 and first.isdigit() else ())
    return frozenset(keys)


@lru_cache(maxsize=16384)
def _named_by(text: str) -> tuple[str | None, str]:
    """The label that a text is, None for one that is none; and the code that it is, or ""."""
    figure = read_figure(text)
    if figure.kind is FigureKind.TEXT:
        return match_key(text), ""
    code = text.strip()
    return None, code if figure.kind is FigureKind.NUMBER and not figure.decimals and len(code) >= 3 else ""
