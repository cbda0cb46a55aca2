"""Titles that stand below their tables, numbered as the captions of figures are (表3 收入总表).

Read from above, each would be the title of the table after it. That they stand below shows in the whole document: below
its last table there is one, and above its first one none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from workbench.fiscal.forms import form_of_title
from workbench.tables.furniture import TextLine
from workbench.tables.grids.pieces import Piece
from workbench.tables.grids.surroundings import NO_CAPTIONS, Captions, captions_above

_NUMBERED = re.compile(r"^(?:附?表|附件)\s*(?:[\d一二三四五六七八九十]{1,3})(?:[-—.－]\d{1,2})?[\s:：、.．]*\S")
_FEWEST = 2


def title_below(lines: Sequence[TextLine]) -> Captions:
    """The numbered title in the first of the lines below a table, and what the next one says that a table is counted
    in: that of another table, then."""
    if not lines or not _NUMBERED.match(lines[0].text):
        return NO_CAPTIONS
    found = captions_above(lines[:1])
    return Captions(found.title, found.title_anchors, captions_above(lines[1:2]).unit_text)


def with_titles_below(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with the titles below them for those above them, where the document has them there."""
    if not _stand_below(pieces):
        return list(pieces)
    found: list[Piece] = []
    table: list[Piece] = []
    for piece, after in zip(pieces, [*pieces[1:], None], strict=False):
        table.append(piece)
        title = piece.title_below
        if after is not None and not title.title and _begins_a_page(after, piece):
            title = after.captions
        if title.title:
            found += [_titled(part, title if part is table[0] else NO_CAPTIONS) for part in table]
            table = []
    return [*found, *table]


def _stand_below(pieces: Sequence[Piece]) -> bool:
    """Whether the titles of a document stand below its tables: one below the last, none above the first, and each that
    stands above a table is that below another, or begins a page."""
    below = {piece.title_below.title for piece in pieces if piece.title_below.title}
    if len(below) < _FEWEST or form_of_title(pieces[0].captions.title) is not None:
        return False
    if not pieces[-1].title_below.title or pieces[-1].title_below.unit_text:
        return False
    return all(
        not piece.captions.title or piece.captions.title in below or _begins_a_page(piece, before)
        for before, piece in pairwise(pieces)
    )


def _begins_a_page(piece: Piece, before: Piece) -> bool:
    """Whether a title above a piece may stand at the head of its page and be that of the table before."""
    return piece.pages[0] != before.pages[-1] and piece.first and not before.text_below


def _titled(piece: Piece, title: Captions) -> Piece:
    own = replace(piece.captions, title=title.title, title_anchors=title.title_anchors, prose=False)
    return replace(piece, captions=own)
