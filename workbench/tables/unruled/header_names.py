"""The names in the header of a table without rules: words of one line, wrapped ones, and those printed downwards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from workbench.fiscal.headers import (
    is_header_word,
    is_level,
    is_total_label,
    may_be_header,
    may_be_part_of_header_word,
)
from workbench.model.amount import match_key
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece, PrintedLine, column_of

_ONE_NAME, _SPACED_NAME = 0.35, 4.5
"""In heights of print: words of a header nearer than this are one name; so are the characters of one spread out."""
_WRAPPED = 2.1
"""In heights of print: how far below the first line of a name its next line stands at most."""
_NEAR, _NEARER = 1.55, 0.9
"""In heights of print, and of the distance of rows: lines no further apart are lines of one name."""
_DOWNWARDS = 1.6
"""In heights of print: the characters of a name printed downwards stand no further apart."""
_OFF, _OFF_OF_MARKS = 0.25, 0.5
"""In heights of print: and so far off each other's middle."""
_BESIDE = 0.6
"""In heights of print: two stacks of such characters in one cell stand no further apart."""
_FEWEST_DOWNWARDS = 3
_SAME_MIDDLE = 0.35
"""In heights of print: the lines of a name are centred to this exactness."""
_UNFILLED = 1.6
"""In characters: a line of a name that goes on in the next one leaves no more room than this."""
_TWO_COLUMNS = 1.6
"""Times the usual distance of names: names so far apart have another column between them."""
_TWO_LINES = 2.6
"""In heights of print: lines nearer than this have no other line between them."""
LINE_WORD = "栏次"
"""What stands before the numbers of columns and is the name of none."""
ROW_WORDS = (LINE_WORD, "行次", "**")
"""What stands before the numbers of columns, over one column or several."""

_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
"""What is no name by itself but goes on with the one above it: what that is counted in."""
_NUMBER = re.compile(r"\d+|\d{1,2}[=＝][\d()（）+＋\-－×*/÷%]+")
"""The number of a column, alone or with how it is reckoned from others (7=8+11)."""


@dataclass(slots=True)
class Name:
    """A name in the header: its words, and the place of its print."""

    pieces: list[Piece]
    x0: float
    x1: float
    top: float
    bottom: float
    """The middles of its first and last words."""
    height: float

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2

    @property
    def text(self) -> str:
        """What it prints."""
        return "".join(piece.text for piece in self.pieces)

    def add(self, lower: Name) -> None:
        """Makes `lower` the next line of this name."""
        self.pieces += lower.pieces
        self.x0, self.x1 = min(self.x0, lower.x0), max(self.x1, lower.x1)
        self.bottom = lower.bottom


@dataclass(frozen=True, slots=True)
class Header:
    """The lines of a header, and the least distance of the rows below them; 0 where that is not known."""

    lines: Sequence[PrintedLine]
    pitch: float = 0.0


def numbers_columns(text: str) -> bool:
    """Whether a word of the header only numbers columns, or says that the others do."""
    return bool(_NUMBER.fullmatch(text)) or match_key(text) in ROW_WORDS


def names_of(header: Header, edges: Sequence[float], padding: float, rules: LevelRules) -> list[Name]:
    """The names of a header, from the top; `edges` are about where columns end, `padding` is blank beside them."""
    downwards, used = _downwards(header.lines)
    names: list[Name] = []
    for line in header.lines:
        pieces = [piece for piece in line.pieces if piece.start not in used]
        for name in _in_line(pieces, line, names):
            above = None if numbers_columns(name.text) else _above(name, names, header.pitch, edges, padding, rules)
            if above is None:
                names.append(name)
            else:
                above.add(name)
    return sorted([*names, *downwards], key=lambda name: (name.top, name.x0))


def _in_line(pieces: Sequence[Piece], line: PrintedLine, above: Sequence[Name]) -> list[Name]:
    """The names of one line. Characters apart are one name unless they are the ends of names `above`."""
    names: list[Name] = []
    for piece in pieces:
        last = names[-1] if names else None
        spaced = last is not None and len(piece.text) == len(last.pieces[-1].text) == 1 and not piece.text.isascii()
        if spaced and last is not None and is_level(piece.text):
            spaced = is_header_word(last.text + piece.text)
        spaced = spaced and not _ends_name(piece, line, above)
        near = (_SPACED_NAME if spaced else _ONE_NAME) * line.height
        number = piece.text.isdigit() and (last is None or last.pieces[-1].text.isdigit())
        if last is not None and piece.x0 - last.x1 < near and not number:
            last.pieces.append(piece)
            last.x1 = piece.x1
        else:
            names.append(Name([piece], piece.x0, piece.x1, piece.middle, piece.middle, line.height))
    return names


def _ends_name(piece: Piece, line: PrintedLine, above: Sequence[Name]) -> bool:
    """Whether a word may be the last line of a longer name just above it."""
    middle = (piece.x0 + piece.x1) / 2
    return any(
        0 < line.middle - name.bottom <= _WRAPPED * line.height
        and (abs(name.centre - middle) <= _SAME_MIDDLE * line.height or abs(name.x0 - piece.x0) <= 1)
        for name in above
        if len(name.text) > 1
    )


def _above(
    name: Name, names: Sequence[Name], pitch: float, edges: Sequence[float], padding: float, rules: LevelRules
) -> Name | None:
    """The name of which this is the next line:
    one just above it and centred with it that stands nearer than a row does, or fills its column."""
    for other in reversed(names):
        if other.top >= name.top or other.x1 <= name.x0 or other.x0 >= name.x1:
            continue
        ruled = any(level.covers(name.centre) for level in rules.between(other.bottom, name.top))
        if name.top - other.bottom > _WRAPPED * name.height or ruled:
            return None
        centred = abs(other.centre - name.centre) <= _SAME_MIDDLE * name.height or abs(other.x0 - name.x0) <= 1
        both = is_header_word(other.text) and is_header_word(name.text)
        known = is_header_word(other.text + name.text)
        if not centred:
            return None
        if _IN_BRACKETS.fullmatch(name.text):
            return other
        apart = name.top - other.bottom
        nearer = apart < _NEARER * pitch and apart <= _NEAR * name.height
        # a total below a name that is whole is the first of its columns
        if _begins_another(name.text, other.text) or (both and not known and is_total_label(name.text)):
            return None
        if nearer or (known and not both):
            return other
        if may_be_header(other.text) and is_header_word(name.text) and not _ends_names(name.text) and not known:
            return None
        return other if _fills(other, name, edges, padding) else None
    return None


def _fills(name: Name, lower: Name, edges: Sequence[float], padding: float) -> bool:
    """Whether the last line of a name leaves no room for another character of the column that `lower` stands in."""
    first = last = column_of(edges, lower.centre)
    if name.x1 - name.x0 > edges[last + 1] - edges[first]:
        first, last = column_of(edges, name.x0), column_of(edges, name.x1)
    width, room = name.pieces[-1].x1 - name.pieces[-1].x0, edges[last + 1] - edges[first] - 2 * padding
    character = width / max(len(name.pieces[-1].text), 1)
    return room - _UNFILLED * character <= width <= room + character


def _begins_another(text: str, above: str) -> bool:
    """Whether a line begins a name of its own below one that is whole: both are known, but not as one."""
    known = len(text) >= _FEWEST_DOWNWARDS and is_header_word(above) and may_be_part_of_header_word(text)
    return known and not may_be_part_of_header_word(above + text)


def _ends_names(text: str) -> bool:
    """Whether a short word may be the end of a longer name as well as a name."""
    return len(text) < _FEWEST_DOWNWARDS and may_be_header("财政" + text)


def _downwards(header: Sequence[PrintedLine]) -> tuple[list[Name], set[int]]:
    """The names printed downwards, a character a line, and the places of their characters in the text."""
    stacks: list[list[Piece]] = []
    heights: dict[int, float] = {}
    for line in header:
        for piece in line.pieces:
            if len(piece.text) != 1 or piece.text.isdigit():
                continue
            heights[piece.start] = line.height
            above = next((stack for stack in stacks if _stands_below(piece, stack[-1], heights)), None)
            if above is None:
                stacks.append([piece])
            else:
                above.append(piece)
    names: list[Name] = []
    used: set[int] = set()
    for pieces in _in_one_cell(stacks, heights):
        text = "".join(piece.text for piece in pieces)
        if len(pieces) < _FEWEST_DOWNWARDS and not (len(pieces) > 1 and is_header_word(text)):
            continue
        used.update(piece.start for piece in pieces)
        x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
        top, bottom = min(piece.middle for piece in pieces), max(piece.middle for piece in pieces)
        names.append(Name(pieces, x0, x1, top, bottom, heights[pieces[0].start]))
    return names, used


def _stands_below(piece: Piece, above: Piece, heights: Mapping[int, float]) -> bool:
    """Whether a character is the next one of a name printed downwards."""
    height = heights[piece.start]
    near = 0 < piece.middle - above.middle <= _DOWNWARDS * max(height, heights[above.start])
    off = abs(above.x0 + above.x1 - piece.x0 - piece.x1) / 2
    # the ink of a mark stands in a corner of its place
    marked = not (piece.text.isalpha() and above.text.isalpha())
    return near and off <= (_OFF_OF_MARKS if marked else _OFF) * height


def _in_one_cell(stacks: Sequence[list[Piece]], heights: Mapping[int, float]) -> list[list[Piece]]:
    """The characters printed below each other, a shorter stack that touches the left side of a longer one put behind
    it, in the middle of which it stands: a name that is too long for the height of its cell goes on there."""
    found: list[list[Piece]] = []
    for stack in sorted(stacks, key=lambda stack: -stack[0].x0):
        right = found[-1] if found else stack
        height = heights[stack[0].start]
        beside = 0 < min(piece.x0 for piece in right) - stack[0].x1 <= _BESIDE * height and len(right) > len(stack)
        off = (right[0].middle + right[-1].middle - stack[0].middle - stack[-1].middle) / 2
        if beside and len(right) >= _FEWEST_DOWNWARDS and abs(off) <= height:
            right.extend(stack)
        else:
            found.append(list(stack))
    return found


def leaves_of(names: Sequence[Name]) -> list[Name]:
    """The lowest names: none has another name below it. From the left."""
    leaves: list[Name] = []
    for name in names:
        if all(name.x1 <= other.x0 or name.x0 >= other.x1 or other.bottom <= name.bottom for other in names):
            leaves.append(name)
    return sorted(leaves, key=lambda name: name.centre)


def stands_over_lower(name: Name, names: Sequence[Name], *, alone: bool = False) -> bool:
    """Whether the nearest names on both sides of a name stand on lower lines: it stands over them, then.

    Where names are `alone`, for want of print below them, it may have a column of its own between those two.
    """
    others = [other for other in names if other.bottom >= name.top and other is not name]
    left = max((other for other in others if other.x1 <= name.x0), key=lambda other: other.x1, default=None)
    right = min((other for other in others if other.x0 >= name.x1), key=lambda other: other.x0, default=None)
    if left is None or right is None or _is_half_way(name, names):
        return False
    if alone and _has_column(name, left, right, names):
        return False
    return min(left.top, right.top) > name.bottom + 0.5 * name.height


def _has_column(name: Name, left: Name, right: Name, names: Sequence[Name]) -> bool:
    """Whether the lower names on both sides of a name leave a column between them free for it."""
    lower = [other.centre for other in leaves_of([other for other in names if other.top > name.bottom])]
    apart = [after - before for before, after in pairwise(lower) if (before, after) != (left.centre, right.centre)]
    return bool(apart) and right.centre - left.centre >= _TWO_COLUMNS * median(apart)


def _is_half_way(name: Name, names: Sequence[Name]) -> bool:
    """Whether a name stands half way between two lines too near to have another between them: it reaches over both.
    What stands on its own lines tells nothing."""
    middle, off = (name.top + name.bottom) / 2, _SAME_MIDDLE * name.height
    others = [other for other in names if max(abs(other.top - name.top), abs(other.bottom - name.bottom)) > off]
    upper = [other for other in others if other.top < middle - off]
    lower = [other for other in others if other.bottom > middle + off]
    return any(
        abs(above.top + below.bottom - 2 * middle) <= 0.3 * name.height
        and below.top - above.bottom < _TWO_LINES * name.height
        for above in upper
        for below in lower
    )
