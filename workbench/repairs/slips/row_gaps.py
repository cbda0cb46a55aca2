"""Gaps that a lost row leaves among those around it: codes without the code above them, labels that count and leave out
a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.fiscal.numerals import chinese_numeral
from workbench.repairs.evidence.counting import counted_as
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import codes_and_places

_LEVELS = (3, 5)
"""How long the codes are that others stand under."""
_MOST_LEFT_OUT = 8
"""Where more codes than these have no row, the codes of the table are not printed under others."""


_SECOND = 2

_Counted = tuple[int, tuple[str, str], int, bool]
"""The place of a label, the brackets around its number, the number, and whether it is written out."""


@dataclass(frozen=True, slots=True)
class Parent:
    """A code that the table does not print, though it prints codes under it: these rows add up to its own."""

    code: str
    rows: tuple[int, ...]


def parents_left_out(layout: TableLayout, column: int) -> list[Parent]:
    """The codes that rows with a figure in `column` would stand under and that have no row, while others of their level
    have; nearest first. The only class of a table needs no others: sections stand under their class."""
    printed = _codes(layout, column)
    # A table of several lists side by side may print the code in another one.
    anywhere = {code for segment in layout.segments for code in _codes(layout, segment[0])}
    # Codes of two lists may name one row, and only one of them say what stands under what.
    levels = {(place, len(code)) for code, (_, place) in printed.items()}
    classes = {(place, code[: _LEVELS[0]]) for code, (_, place) in printed.items() if len(code) >= _LEVELS[1]}
    if len(classes) == 1:
        levels |= {(place, _LEVELS[0]) for place, length in levels if length == _LEVELS[1]}
    found = {
        code[:length]: None
        for code, (_, place) in printed.items()
        for length in reversed(_LEVELS)
        if length < len(code) and (place, length) in levels and code[:length] not in anywhere
    }
    if len(found) > _MOST_LEFT_OUT:
        return []
    return [Parent(code, _nearest_under(code, printed)) for code in found]


def _codes(layout: TableLayout, column: int) -> dict[str, tuple[int, int]]:
    """The codes that a figure in `column` is called by, each with its first row and the column that prints it."""
    known = layout.codes.get(column)
    if known is not None:
        return known
    found = layout.codes[column] = {}
    for row, (code, place) in enumerate(codes_and_places(layout, column)):
        if code:
            found.setdefault(code, (row, place))
    return found


def _nearest_under(above: str, printed: Mapping[str, tuple[int, int]]) -> tuple[int, ...]:
    """The rows under a code that stand under no other row below it."""
    under = {code for code in printed if code.startswith(above) and code != above}
    lengths = {len(code) for code in under}
    nearest = [code for code in under if not any(code[:length] in under for length in lengths if length < len(code))]
    return tuple(sorted(printed[code][0] for code in nearest))


def number_left_out(labels: Sequence[str]) -> tuple[int, str] | None:
    """Where labels that count leave out one number: the place of the label behind it, and how a label with it would
    begin. None where they do not count, and where they leave out none or several."""
    counted = _all_counted(labels)
    if counted and _count_on(counted) and counted[0][2] == _SECOND:
        first, (opening, closing), number, chinese = counted[0]
        return first, f"{opening}{chinese_numeral(number - 1) if chinese else number - 1}{closing}"
    gaps = [
        (behind, brackets, number + 1, chinese)
        for (_, brackets, number, chinese), (behind, their_brackets, later, also) in pairwise(counted)
        if later == number + 2 and brackets == their_brackets and chinese == also
    ]
    steps = sum(later == number + 1 for (_, _, number, _), (_, _, later, _) in pairwise(counted))
    if len(gaps) != 1 or not steps:
        return None
    behind, (opening, closing), number, chinese = gaps[0]
    return behind, f"{opening}{chinese_numeral(number) if chinese else number}{closing}"


def number_behind(labels: Sequence[str]) -> str:
    """How the label behind some that count from one on would begin; "" where they do not."""
    counted = _all_counted(labels)
    if not counted or len(counted) < len(labels) or counted[0][2] != 1 or not _count_on(counted):
        return ""
    _, (opening, closing), number, chinese = counted[-1]
    return f"{opening}{chinese_numeral(number + 1) if chinese else number + 1}{closing}"


@dataclass(frozen=True, slots=True)
class BegunAgain:
    """A list that begins to count again though no label of the level above stands before it: the places of its labels,
    and how the label above would begin."""

    places: tuple[int, ...]
    begins: str


def may_begin_again(texts: Iterable[str]) -> bool:
    """Whether enough of some texts, labels among them, count for a list to begin to count again."""
    counted = [own for text in texts if (own := counted_as(text)) is not None]
    return len(counted) > _SECOND and any(number == 1 for _, number, _ in counted)


def begun_again(labels: Sequence[str]) -> list[BegunAgain]:
    """The lists that count anew under a label which is not there: 一、（一）（二）（一） lacks 二、."""
    found: list[BegunAgain] = []
    levels: list[_Counted] = []
    counted = _all_counted(labels)
    for at, label in enumerate(counted):
        depth = next((depth for depth, level in enumerate(levels) if _alike(level, label)), len(levels))
        if 0 < depth < len(levels) and label[2] == 1:
            place, (opening, closing), number, chinese = levels[depth - 1]
            levels[depth - 1] = (place, (opening, closing), number + 1, chinese)
            begins = f"{opening}{chinese_numeral(number + 1) if chinese else number + 1}{closing}"
            behind = (n for n in range(at + 1, len(counted)) if not _follows(counted[n - 1], counted[n]))
            found.append(BegunAgain(tuple(place for place, *_ in counted[at : next(behind, len(counted))]), begins))
        levels[depth:] = [label]
    return found


def counts_again(label: str, labels: Sequence[str]) -> bool:
    """Whether a label begins with a number that one of the others has already."""
    own = counted_as(label)
    return own is not None and any(counted_as(other) == own for other in labels)


def repeats_a_number(labels: Sequence[str]) -> bool:
    """Whether two of some labels begin with the same number, counted in one way."""
    counted = [label[1:] for label in _all_counted(labels)]
    return len(set(counted)) < len(counted)


def place_by_number(label: str, labels: Sequence[str]) -> int | None:
    """The place of the first of some labels that counts on from this one; None where none does, or it does not count
    as they do."""
    own = counted_as(label)
    if own is None:
        return None
    counted = ((place, counted_as(other)) for place, other in enumerate(labels))
    later = (
        place for place, other in counted if other and (other[0], other[2]) == (own[0], own[2]) and other[1] > own[1]
    )
    return next(later, None)


def _all_counted(labels: Sequence[str]) -> list[_Counted]:
    return [(place, *read) for place, label in enumerate(labels) if (read := counted_as(label)) is not None]


def _count_on(counted: Sequence[_Counted]) -> bool:
    """Whether labels count on one from the other, in one way."""
    return all(_follows(one, other) for one, other in pairwise(counted))


def _follows(one: _Counted, other: _Counted) -> bool:
    return _alike(one, other) and other[2] == one[2] + 1


def _alike(one: _Counted, other: _Counted) -> bool:
    """Whether two labels count in one way."""
    return (one[1], one[3]) == (other[1], other[3])
