"""Where in the lines of a table its header ends and its body begins.

Labels may stand above the figures of the first row, and the names of codes beside them: neither begins with a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from workbench.fiscal.headers import is_header_word, is_level, is_numbering_row, may_be_part_of_header_word
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.print_rows import rules_part_rows
from workbench.tables.unruled.printed import Piece, PrintedLine

_FARTHEST_LINE, _FARTHEST_NAMES = 4.5, 9.0
"""In heights of print: how far a line of the header stands above the next one,
and one that begins with a known name."""
_MOST_HEADER_LINES = 30
"""Names printed downwards take a line for each character."""
_CLASS = re.compile(r"[1-9]\d\d")
"""The code of a class of expenditure, which may stand above its name over a column."""
_FEWEST_LEVELS = 2
_FEWEST_RULES, _FEWEST_NAMES, _NAMED = 2, 3, 0.5
"""Between the first two rules stands a header where so many of its words are known names, and that share."""
_MOST_LABEL_LINES = 3
_FEWEST_LABELS = 3
"""So many labels that begin at one place show where labels are set to."""
_SAME_BEGIN = 1.0
"""In points: the lines of a label begin as near to each other as this."""
_OFF_MIDDLE, _FARTHEST_LABEL = 0.25, 1.6
"""In heights of print: to what exactness the lines of a label stand about its row, and how far each beyond the last."""


def header_and_body(
    lines: Sequence[PrintedLine], rules: LevelRules
) -> tuple[list[PrintedLine], list[PrintedLine]] | None:
    """The lines above the first row, and those from it on; None where no line begins a row."""
    first = _first_row(lines)
    if first is None:
        return None
    closed = _closed_by_rule(lines, rules)
    if closed > first:
        return list(lines[:closed]), list(lines[closed:])
    begin = _with_wrapped(lines, first, rules)
    if begin < first:
        return list(lines[:begin]), list(lines[begin:])
    above, beside = _levels_apart(lines[first])
    return [*lines[:first], *above], [beside, *lines[first + 1 :]]


def _closed_by_rule(lines: Sequence[PrintedLine], rules: LevelRules) -> int:
    """How many lines stand above the second rule that runs from side to side, where most words between it and the first
    one are names and none is an amount: the header ends there, whatever codes stand in it. 0 where none does."""
    whole = rules.whole
    if len(whole) < _FEWEST_RULES:
        return 0
    inside = [line for line in lines if whole[0] < line.middle < whole[1]]
    words = [piece.text for line in inside for piece in line.pieces if not piece.is_figure]
    names = sum(map(may_be_part_of_header_word, words))
    amounts = any(piece.is_amount and not _CLASS.fullmatch(piece.text) for line in inside for piece in line.pieces)
    if amounts or names < max(_FEWEST_NAMES, _NAMED * len(words)):
        return 0
    return next((index for index, line in enumerate(lines) if line.middle > whole[1]), 0)


def names_above(header: Sequence[PrintedLine], below: PrintedLine) -> list[PrintedLine]:
    """The lines of the header: those above the body with no large gap between them."""
    found: list[PrintedLine] = []
    for line in reversed(header):
        near = _FARTHEST_NAMES if is_header_word(line.pieces[0].text) else _FARTHEST_LINE
        if below.middle - line.middle > near * max(line.height, below.height) or len(found) >= _MOST_HEADER_LINES:
            break
        found.insert(0, line)
        below = line
    return found


def _first_row(lines: Sequence[PrintedLine]) -> int | None:
    """The first line with a figure that does not number the columns, or the labels just above it that are numbered or
    those of totals; the first of such labels where there are no figures."""
    index = next((index for index, line in enumerate(lines) if _has_figures(line)), None)
    if index is None:
        return next((index for index, line in enumerate(lines) if line.begins_row and not _numbers(line)), None)
    while (label := _label_above(lines, index)) is not None:
        index = label
    return index


def _label_above(lines: Sequence[PrintedLine], index: int) -> int | None:
    """The first line of the numbered label, or that of a total, that ends above this line; None where there is none."""
    for begin in range(index - 1, max(index - 1 - _MOST_LABEL_LINES, -1), -1):
        line = lines[begin]
        if any(piece.is_figure for piece in line.pieces):
            return None
        if line.begins_row:
            further = [piece for wrapped in lines[begin + 1 : index] for piece in wrapped.pieces]
            return begin if all(_begins_with_one_of(piece, line.pieces) for piece in further) else None
    return None


def _begins_with_one_of(piece: Piece, others: Iterable[Piece]) -> bool:
    return any(abs(piece.x0 - other.x0) <= _SAME_BEGIN for other in others)


def _has_figures(line: PrintedLine) -> bool:
    """Whether figures stand in a line, and not only the numbers of the columns."""
    return any(piece.is_figure for piece in line.pieces) and not _numbers(line)


def _numbers(line: PrintedLine) -> bool:
    """Whether a line only numbers the columns, beside the names of the levels of codes."""
    return is_numbering_row([piece.text for piece in line.pieces if not is_level(piece.text)])


def _with_wrapped(lines: Sequence[PrintedLine], first: int, rules: LevelRules) -> int:
    """The first line of the body where `first` is the first one with figures: labels between the same two rules belong
    to its row, and so do those below the numbers of the columns, and lines above it as of a label in the middle of
    which it stands."""
    band, parted = rules.band(lines[first].middle), rules_part_rows(lines[first:], rules)
    numbered = next((index + 1 for index in range(first - 1, -1, -1) if _numbers(lines[index])), first)
    begin = first
    while begin and not _is_of_names(lines[begin - 1]):
        ruled = band and parted and rules.band(lines[begin - 1].middle) == band
        of_label = _is_middle(lines, begin - 1, first) or _stands_with_labels(lines, begin - 1)
        if not ruled and begin <= numbered and not of_label:
            break
        begin -= 1
    return begin


def _is_of_names(line: PrintedLine) -> bool:
    """Whether all words of a line are names of columns; those of codes may reach down beside the first row."""
    return all(is_level(piece.text) or is_header_word(piece.text) for piece in line.pieces)


def _stands_with_labels(lines: Sequence[PrintedLine], index: int) -> bool:
    """Whether the words of a line begin where labels of the body below do and no name above does: a page may begin with
    the rest of a label, below names that are set to the middle."""
    above = lines[index - 1].pieces if index else []
    labels = [[piece for piece in line.pieces if not piece.is_figure] for line in lines[index + 1 :]]
    return bool(above) and all(
        sum(_begins_with_one_of(piece, pieces) for pieces in labels) >= _FEWEST_LABELS
        and not _begins_with_one_of(piece, above)
        for piece in lines[index].pieces
    )


def _is_middle(lines: Sequence[PrintedLine], above: int, row: int) -> bool:
    """Whether a line as far below the row as this one is `above` it goes on with its words, beside which the row prints
    nothing else."""
    below = 2 * row - above
    if below >= len(lines):
        return False
    high, level, low = lines[above], lines[row], lines[below]
    if any(piece.is_figure for line in (high, low) for piece in line.pieces):
        return False
    off = abs(low.middle + high.middle - 2 * level.middle)
    apart = lines[above + 1].middle - high.middle
    if off > _OFF_MIDDLE * level.height or apart > _FARTHEST_LABEL * level.height:
        return False
    return all(
        any(abs(other.x0 - piece.x0) <= _SAME_BEGIN for other in low.pieces)
        and all(
            abs(other.x0 - piece.x0) <= _SAME_BEGIN or other.x1 <= piece.x0 or other.x0 >= piece.x1
            for other in level.pieces
        )
        for piece in high.pieces
    )


def _levels_apart(line: PrintedLine) -> tuple[list[PrintedLine], PrintedLine]:
    """The names of the levels of codes that begin the line of the first row: they reach down beside it.
    And its rest."""
    levels = list(takewhile(lambda piece: is_level(piece.text), line.pieces))
    if not _FEWEST_LEVELS <= len(levels) < len(line.pieces):
        return [], line
    rest = line.pieces[len(levels) :]
    above, beside = (
        PrintedLine(line.middle, line.height, " ".join(piece.text for piece in pieces), list(pieces))
        for pieces in (levels, rest)
    )
    return [above], beside
