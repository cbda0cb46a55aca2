"""Labels and names whose pieces a reader of columns gives apart from each other: 财政专户管 … 理资金."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.fiscal.codes import is_account_name
from workbench.tables.text.header.rows import Place, line_of
from workbench.tables.text.lines import Piece, key_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, is_known, is_stem

Text = tuple[Piece, ...]
"""A label or a name, with the pieces of its lines."""

_REACH = 8
"""The next piece of a label is one of so many words behind it."""
_MOST_TEXTS = 400
_PLACES = ("**", "—")


def place_of(text: Text) -> tuple[int, int]:
    """Where a text begins: its page, and the character there."""
    return text[0].page.number, text[0].start


def rejoined(heads: Sequence[Text], names: Sequence[Text]) -> list[Text]:
    """The labels of a head and the names of rows on a page, those put together of which only pieces were found: what
    makes a known label or the name of an account with one or two of the words behind it. Where so the words of two
    lines were put together, others of these lines are too."""
    texts = sorted((*heads, *names), key=lambda text: text[0].start)
    if len(texts) > _MOST_TEXTS:
        return texts
    woven: set[tuple[Place, Place]] = set()
    for text in list(texts):
        if text in texts and not _is_whole(key_of(text)):
            found = next(_joined(texts, texts.index(text)), None)
            if found is not None:
                woven.update(_lines(found))
                _put_together(texts, found)
    for text in list(texts):
        if text not in texts or _stands_alone(key_of(text)):
            continue
        found = next((way for way in _joined(texts, texts.index(text)) if woven.issuperset(_lines(way))), None)
        if found is not None:
            _put_together(texts, found)
    return [tuple(text) for text in texts]


def _joined(texts: Sequence[Text], index: int) -> Iterator[list[Text]]:
    """The ways to go on with a text that make a known one, the shortest first."""
    behind = [text for text in texts[index + 1 : index + 1 + _REACH] if not _stands_alone(key_of(text))]
    first = key_of(texts[index])
    if first in _PLACES:
        return
    for number, second in enumerate(behind):
        if _is_whole(first + key_of(second)):
            yield [texts[index], second]
        for third in behind[number + 1 :]:
            if _is_whole(first + key_of(second) + key_of(third)):
                yield [texts[index], second, third]


def _put_together(texts: list[Text], parts: Sequence[Text]) -> None:
    place = texts.index(parts[0])
    texts[place] = tuple(piece for part in parts for piece in part)
    for part in parts[1:]:
        texts.remove(part)


def _lines(parts: Sequence[Text]) -> list[tuple[Place, Place]]:
    return [(line_of(left[-1]), line_of(right[0])) for left, right in pairwise(parts)]


def _is_whole(key: str) -> bool:
    return (is_known(key) and not is_stem(key)) or is_account_name(key) or key in LEVELS or key in TOTALS


def _stands_alone(key: str) -> bool:
    return is_account_name(key) or key in LEVELS or key in TOTALS
