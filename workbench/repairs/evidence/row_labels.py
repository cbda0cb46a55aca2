"""What a row is called for one of its figures: the label before it, whatever number counts that, and the code beside
it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.repairs.evidence.counting import uncounted


def row_keys(texts: Sequence[str], column: int) -> frozenset[str]:
    """The nearest label to the left of `column` in a row that prints these texts, and the code beside it."""
    keys: list[str] = []
    for label, code in map(_named_by, texts[:column][::-1]):
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
        first = next((text.strip() for text in texts[:column] if read_figure(text).kind is FigureKind.NUMBER), "")
        return frozenset({first} if len(first) >= 3 and first.isdigit() else ())
    return frozenset(keys)


@lru_cache(maxsize=16384)
def _named_by(text: str) -> tuple[str | None, str]:
    """The label that a text is, None for one that is none; and the code that it is, or ""."""
    figure = read_figure(text)
    if figure.kind is FigureKind.TEXT:
        return match_key(uncounted(text)), ""
    code = text.strip()
    return None, code if figure.kind is FigureKind.NUMBER and not figure.decimals and len(code) >= 3 else ""
