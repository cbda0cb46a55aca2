"""How a printed figure comes to be another one: the slips of readers and of typists, each with its cost.

A cost is about −ln of the probability that this slip rather than none happened to a figure; their order matters, their
decimals hardly. The kind of an edit is the point and not the number of edits, hence no edit distance from a library.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

ANY_OTHER = 6.0
"""The cost of a figure that no slip explains."""


VAGUE = frozenset(
    {"other_figure", "two_digits", "digit_changed", "figure_repeated", "figure_dropped", "grand_total_printed"}
)
"""Slips that explain any figure, or nearly any."""


SURELY_MEANT = 0.9
"""An unreadable figure that says another one when its letters are read as digits costs no more."""


class Typo(NamedTuple):
    """One way from the right figure to the printed one."""

    method: str
    cost: float


_OTHER, _TWO_DIGITS = Typo("other_figure", ANY_OTHER), Typo("two_digits", 5.4)
_THOUSAND = 3
"""Digits that separators part."""
_OF_SEVERAL = 3.0
_OF_A_PIECE = 2.0
"""For one that says a part of the right figure: the other part may stand in a cell beside it, and is put to it for
less."""
_OF_NOTHING = 5.0
"""For one that says nothing of the right figure."""
_LOOK_ALIKE = frozenset(
    frozenset(pair)
    for pair in ("06", "08", "09", "68", "69", "89", "17", "38", "35", "56", "49", "14", "27", "12", "36")
)
_THOUSANDS_TWICE = re.compile(r"(-?\d{1,3}(?:,\d{3})*,(\d{3}))\2")
_POINT_LOST = re.compile(r"-?\d{1,3}(?:,\d{3})*,\d{5}")
"""Thousands parted by commas, and two digits behind the last ones."""
_THOUSANDS_BY_POINTS = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}")
_LETTERS = str.maketrans(
    {
        "O": "0",
        "o": "0",
        "D": "0",
        "Q": "0",
        "l": "1",
        "I": "1",
        "|": "1",
        "Z": "2",
        "z": "2",
        "S": "5",
        "s": "5",
        "B": "8",
    }
)


@lru_cache(maxsize=16384)
def bare(text: str) -> str:
    """A printed figure without separators, blanks and signs of currency; the minus stays."""
    negative = text.strip().startswith(("-", "−", "(", "（"))
    digits = "".join(character for character in text if character.isdigit() or character == ".")
    return ("-" if negative else "") + digits


def guess(text: str) -> str:
    """What an unreadable figure was probably meant to be: letters read as the digits they look like, no separators,
    only the last point kept; the point in its place that was lost behind thousands."""
    printed = text.translate(_LETTERS)
    if _POINT_LOST.fullmatch(printed.strip()):
        return f"{bare(printed)[:-2]}.{printed.strip()[-2:]}"
    meant = bare(printed)
    head, point, tail = meant.rpartition(".")
    return (head.replace(".", "") or "0") + point + tail if point else tail


@lru_cache(maxsize=65536)
def between(printed: str, right: str) -> Typo:
    """The likeliest slip that makes `printed` of `right`; both bare figures as `bare` makes them."""
    best = _OTHER
    for typo in (_sign(printed, right), _point(printed, right), _one_edit(printed, right), _pieces(printed, right)):
        if typo is not None and typo.cost < best.cost:
            best = typo
    return _TWO_DIGITS if best.cost > _TWO_DIGITS.cost and _two_edits(printed, right) else best


@lru_cache(maxsize=65536)
def unreadable(printed: str, right: str) -> Typo:
    """How an unreadable figure such as `1O.50` or `1.728.90` stands for `right`."""
    meant = guess(printed)
    alike = meant.replace(".", "") == right.replace(".", "")
    if meant == right or (alike and not _POINT_LOST.fullmatch(printed.strip())):
        # Points part thousands, or one was put where a comma belongs; else there are more figures than one.
        return Typo("unreadable", SURELY_MEANT - 0.1 if _in_thousands(printed) else _OF_SEVERAL)
    if _pieces(bare(printed), right) is not None:
        return Typo("unreadable", _OF_A_PIECE)
    typo = min(between(meant, right), between(bare(printed), right), key=lambda found: found.cost)
    return Typo("unreadable", _OF_NOTHING if typo.method == "other_figure" else min(0.8 + typo.cost / 2, 3.0))


def readings(printed: str) -> tuple[str, ...]:
    """The bare figures that an unreadable one says by its looks: with its letters as digits, with its comma as a point,
    with all its points as commas, without the piece that stands at its end twice (of whole thousands, the last three
    digits)."""
    found = [guess(printed)] if _in_thousands(printed) else []
    whole, comma, fraction = printed.translate(_LETTERS).partition(",")
    if comma and fraction.isdigit() and len(fraction) < _THOUSAND:
        found.append(f"{bare(whole)}.{fraction}")
    digits = bare(printed)
    if parts_thousands_by_points(printed):
        found.append(digits.replace(".", ""))
    for place in range(2, len(digits) - 1):
        if digits[:place].endswith(digits[place:]) and digits[:place].count(".") == 1:
            found.append(digits[:place])
    again = _THOUSANDS_TWICE.fullmatch(printed)
    if again:
        found.append(bare(again[1]))
    return tuple(dict.fromkeys(found))


def parts_thousands_by_points(printed: str) -> bool:
    """Whether each of several points of a figure stands before three digits: all of them may part thousands."""
    return _THOUSANDS_BY_POINTS.fullmatch(printed.strip()) is not None


def _in_thousands(printed: str) -> bool:
    """Whether the points of a figure, but for the last one, part thousands."""
    inner = printed.translate(_LETTERS).split(".")[1:-1]
    return all(len(bare(group)) == _THOUSAND for group in inner)


def shortened(printed: str) -> tuple[str, ...]:
    """The bare figures that one slip could have made larger, into `printed`: a digit too many,
    a point lost or moved."""
    whole, _, fraction = printed.partition(".")
    found = [printed[:place] + printed[place + 1 :] for place in range(len(printed)) if printed[place].isdigit()]
    digits = whole + fraction
    found += [f"{digits[:place]}.{digits[place:]}" for place in range(1, len(whole))]
    return tuple(dict.fromkeys(text for text in found if text and text[0].isdigit() and text != "."))


def _sign(printed: str, right: str) -> Typo | None:
    if printed == "-" + right or right == "-" + printed:
        return Typo("sign", 3.2)
    return None


def _point(printed: str, right: str) -> Typo | None:
    if printed == right or _digits(printed) != _digits(right):
        return None
    if "." not in printed:
        return Typo("point_lost", 2.8)
    return Typo("point_moved", 3.2)


def _digits(figure: str) -> str:
    """The digits of a bare figure from the first one that counts on."""
    return figure.replace(".", "").lstrip("0")


def _one_edit(printed: str, right: str) -> Typo | None:
    """One character lost, added or changed, or two neighbours swapped."""
    if "-" in printed or "-" in right:
        if not (printed.startswith("-") and right.startswith("-")):
            return None
        printed, right = printed[1:], right[1:]
    ours, theirs = len(printed), len(right)
    if not -1 <= ours - theirs <= 1:
        return None
    start, shorter = 0, min(ours, theirs)
    while start < shorter and printed[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and printed[-1 - end] == right[-1 - end]:
        end += 1
    wrong, meant = printed[start : ours - end], right[start : theirs - end]
    extra, lost = ours - end - start, theirs - end - start
    if extra == 0 and lost == 1 and meant != ".":
        return Typo("digit_lost", 3.0)
    if extra == 1 and lost == 0 and wrong != ".":
        doubled = printed[max(start - 1, 0) : start] == wrong or printed[start + 1 : start + 2] == wrong
        return Typo("digit_doubled", 3.0) if doubled else Typo("digit_added", 4.4)
    if extra == lost == 1 and "." not in wrong + meant:
        alike = frozenset((wrong, meant)) in _LOOK_ALIKE
        return Typo("digit_misread", 3.2) if alike else Typo("digit_changed", 5.2)
    if extra == lost == 2 and wrong == meant[::-1]:
        return Typo("digits_swapped", 3.2)
    return None


def _pieces(printed: str, right: str) -> Typo | None:
    """A wrapped figure that lost its head or its tail, or has one of them twice."""
    extra = len(printed) - len(right)
    if printed and extra < 0:
        if right.startswith(printed):
            return Typo("tail_lost", 3.3 - 0.15 * extra)
        if right.endswith(printed):
            return Typo("head_lost", 3.3 - 0.2 * extra)
    elif extra >= 2 and len(right) >= 2:
        if printed.startswith(right) and right.endswith(printed[len(right) :]):
            return Typo("piece_repeated", 3.2)
        if printed.endswith(right) and right.startswith(printed[:extra]):
            return Typo("piece_repeated", 3.2)
    return None


def _two_edits(printed: str, right: str) -> bool:
    """Whether two single-character edits lead from one to the other (Levenshtein distance 2)."""
    if abs(len(printed) - len(right)) > 2 or min(len(printed), len(right)) < 4:
        return False
    start = _alike(printed, right)
    one, other = printed[start:], right[start:]
    # Where they part, a character was changed, added or lost: then at most one more edit may follow.
    return _one_edit_apart(one[1:], other[1:]) or _one_edit_apart(one[1:], other) or _one_edit_apart(one, other[1:])


def _one_edit_apart(one: str, other: str) -> bool:
    """Whether at most one single-character edit leads from one to the other."""
    start = _alike(one, other)
    one, other = one[start:], other[start:]
    return one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    count = 0
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        count += 1
    return count
