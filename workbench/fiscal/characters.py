"""Traditional characters as the simplified ones that the words of the field are known by. For comparing only: what a
document prints stays as it is printed. One character stands for one, so that places in a text are the same in both."""

from __future__ import annotations

from functools import cache

from workbench.model.toml_file import shipped_toml

_FEWEST = 8
"""So many different traditional characters make a text one that is written in them;
a few stand in simplified texts too."""


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional characters."""
    return not text.isascii() and len(_known().intersection(text)) >= _FEWEST


def simplified(text: str) -> str:
    """`text` with simplified characters, of the same length."""
    return text if text.isascii() or _known().isdisjoint(text) else text.translate(_table())


@cache
def _table() -> dict[int, str]:
    data = shipped_toml("workbench.fiscal", "traditional.toml")
    return {ord(one): other for ones, others in data["pairs"] for one, other in zip(ones, others, strict=True)}


@cache
def _known() -> frozenset[str]:
    return frozenset(map(chr, _table()))
