"""The heads of pages that no rule parts from a table: what stands first on a page as on the one before."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.fiscal.headers import is_header_word
from workbench.model.amount import match_key
from workbench.model.source import Page
from workbench.tables.furniture import TextLine, is_title_or_caption, lines_of
from workbench.tables.unruled.printed import PrintedLine

_SAME_HEIGHT = 2.0
"""In points: heads stand as level on their pages as this."""
_APART = 2.0
"""In heights of print: no line stands nearer to a head."""


def without_head(page: Page, printed: list[PrintedLine], before: Page | None) -> list[PrintedLine]:
    """The lines of a page but for its first one where that is the head of the page: the page `before` prints the same
    at the same height, and blank room parts it from what stands below. A name of columns, a title or a caption is none:
    those come again where a table goes on."""
    if before is None or len(printed) < 2:
        return printed
    first, second = printed[:2]
    if second.middle - first.middle < _APART * max(first.height, second.height):
        return printed
    if is_title_or_caption(first.text) or any(is_header_word(piece.text) for piece in first.pieces):
        return printed
    return printed[1:] if _is_first(first, page, lines_of(before)[:1]) else printed


def _is_first(line: PrintedLine, page: Page, others: Sequence[TextLine]) -> bool:
    """Whether a line says what the first one of another page does, as far from the top."""
    top = lines_of(page)[:1]
    return bool(
        top
        and others
        and match_key(top[0].text) == match_key(line.text) == match_key(others[0].text)
        and abs(top[0].top - others[0].top) <= _SAME_HEIGHT
    )
