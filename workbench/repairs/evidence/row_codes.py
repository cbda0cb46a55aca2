"""What names a row beside its label: its code, printed in one cell or level by level (类 款 项)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, product

from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.evidence.layout import SAMPLE, TableLayout

_SHORTEST_CODE = 3
_FEWEST = 3
_NEARLY_ALL = 0.8
Levels = tuple[int, ...]
"""Columns, from the highest level on."""
_BEFORE_TOTAL = re.compile(r"(\d+\s*)[合总]\s*计\s*")
BESIDE_NAME = re.compile(
    r"^[\[(（【]?(\d{3}(?:\d{2}){0,2})[\])）】]?[-_—\s]*(?=[^\d\s.、,，元万年月%])"
    r"|(?<=[^\d\s])\s*[\[(（【](\d{3}(?:\d{2}){0,2})[\])）】]$"
)
"""A code that stands in one cell with its name, before it or in brackets behind it."""
_LENGTHS = (3, 2, 2)
"""How many digits a code has more on each level."""


def code_levels(layout: TableLayout) -> tuple[Levels, ...]:
    """The columns that print the codes of the rows level by level, for each half of the table that has such; () where
    one cell holds a whole code."""
    if layout.levels is None:
        layout.levels = tuple(_find_levels(layout))
    return layout.levels


def _find_levels(layout: TableLayout) -> Iterator[Levels]:
    behind = 0
    for segment in layout.segments:
        for start in range(behind, segment[0] - 1):
            levels = []
            count = 0
            for column, length in zip(range(start, segment[0]), _LENGTHS, strict=False):
                printed = [text for texts in layout.texts if (text := texts[column].strip())[:1].isdecimal()]
                codes = ["".join(text.split()) for text in printed]
                # Of few, one that is two must not hide the others.
                usual = (length,) if len(printed) >= _FEWEST else (length, 2 * length)
                fits = [code.isdecimal() and len(code) in usual for code in codes]
                if not printed or not (nearly_all(fits) if len(printed) >= _FEWEST else all(fits)):
                    break
                levels.append(column)
                count += len(printed)
            if len(levels) > 1 and count >= _FEWEST:
                yield tuple(levels)
                break
        behind = segment[-1] + 1


def _levels_of(layout: TableLayout, column: int) -> Levels:
    """The columns of levels that a figure in `column` is called by."""
    before = [levels for levels in code_levels(layout) if levels[-1] < column]
    if not before:
        return ()
    segment = layout.segment_of(column)
    ends = [other[-1] for other in layout.segments if segment and other[-1] < segment[0]]
    return before[-1] if not ends or before[-1][0] > ends[-1] else ()


def nearly_all(held: Sequence[bool]) -> bool:
    """Whether it holds but for a few; one is always allowed to be what is looked for."""
    return sum(held) >= min(_NEARLY_ALL * len(held), len(held) - 1)


def code_of(layout: TableLayout, row: int, column: int) -> str:
    """The code of a row for a figure in `column`, all its levels joined; "" where it has none."""
    levels = _levels_of(layout, column)
    return _joined(layout, levels)[row] if levels else _code_in(layout, layout.texts[row], column)[0]


def code_put_in(layout: TableLayout, texts: Sequence[str], place: int, column: int) -> str:
    """The code that a row with these texts has for a figure in `column` once it stands before the row `place`; "" where
    it has none."""
    levels = _levels_of(layout, column)
    if not levels:
        return _code_in(layout, texts, column)[0]
    return _under(_code_above(layout, place, levels), [texts[level].strip() for level in levels])


def codes_and_places(layout: TableLayout, column: int) -> list[tuple[str, int]]:
    """The codes of all rows for a figure in `column`, each with the column that prints it; "" and -1 for those that
    have none."""
    levels = _levels_of(layout, column)
    if levels:
        return [(code, levels[0] if code else -1) for code in _joined(layout, levels)]
    return [_code_in(layout, texts, column) for texts in layout.texts]


def _code_in(layout: TableLayout, texts: Sequence[str], column: int) -> tuple[str, int]:
    """The code in one cell of a row that prints these texts, for a figure in `column`, and where it stands."""
    label = best = -1
    for place in range(column - 1, -1, -1):
        code, word, _ = _says(texts[place])
        if code:
            if best < 0 or _variety(layout, place) > _variety(layout, best):
                best = place
        elif word and label < 0:
            label = place
        if best >= 0 and place and layout.segment_of(place):
            # What stands before the figures of another half names those.
            break
    if best >= 0:
        return texts[best].strip(), best
    beside = _says(texts[label])[2] if label >= 0 else ""
    return (beside, label) if beside else ("", -1)


@lru_cache(maxsize=16384)
def _says(text: str) -> tuple[bool, bool, str]:
    """Whether a text is a code by itself, whether it is a word, and the code that stands in it beside a name."""
    kind, bare = read_figure(text).kind, text.strip()
    code = bare.isdecimal() and len(bare) >= _SHORTEST_CODE and kind is FigureKind.NUMBER
    beside = BESIDE_NAME.search(bare)
    return code, kind is FigureKind.TEXT, (beside[1] or beside[2]) if beside is not None else ""


def _variety(layout: TableLayout, column: int) -> int:
    """How many texts a column prints: of two columns of codes the one with more tells the rows apart, and the other one
    says whose they are."""
    known = layout.variety.get(column)
    if known is None:
        known = layout.variety[column] = len({texts[column] for texts in layout.texts[:SAMPLE]})
    return known


def spelt(layout: TableLayout, code: str, column: int) -> dict[int, str]:
    """A code as the columns of its levels print it for a figure in `column`."""
    levels = _levels_of(layout, column)
    pieces = dict(zip(levels, _pieces(code), strict=False))
    if _stepwise(layout, levels):
        last = max((level for level, piece in pieces.items() if piece), default=-1)
        pieces = {level: piece if level == last else "" for level, piece in pieces.items()}
    return pieces


def _pieces(code: str) -> list[str]:
    """The levels of a code, "" for those that it has not."""
    ends = list(accumulate(_LENGTHS))
    return [code[start:end] for start, end in zip((0, *ends), ends, strict=False)]


def _stepwise(layout: TableLayout, levels: Levels) -> bool:
    """Whether rows print their own level of the code only, those above it on the rows that they stand under."""
    below = [texts for texts in layout.texts if any(texts[level].strip() for level in levels[1:])]
    return bool(levels) and len(below) > 1 and nearly_all([not texts[levels[0]].strip() for texts in below])


def _joined(layout: TableLayout, levels: Levels) -> tuple[str, ...]:
    """The codes of all rows, with the levels that only the rows above print; "" for those that have none."""
    known = layout.joined.get(levels)
    if known is None:
        codes, above = [], ""
        for texts in layout.texts:
            code = _under(above, [texts[level].strip() for level in levels])
            codes.append(code)
            above = code or above
        known = layout.joined[levels] = tuple(codes)
    return known


def _under(above: str, pieces: Sequence[str]) -> str:
    """A code of which some levels are printed and those before them are as in the one above; "" where none is printed,
    one is no number, or one between is missing."""
    printed = [place for place, piece in enumerate(pieces) if piece]
    if not printed:
        return ""
    whole = [*_pieces(above)[: printed[0]], *pieces[printed[0] : printed[-1] + 1]]
    return "".join(whole) if all(map(str.isdecimal, whole)) else ""


def cut_levels(
    layout: TableLayout, row: int, *, with_total: bool = False, total_first: bool = False
) -> tuple[dict[int, int], list[str]] | None:
    """Where the cells of codes of a row that is two are cut, level by level, and the codes of the first one: both rows
    stand in order between those around them. None where they do not. `with_total`: the second one is a total, which
    has no code; `total_first`: the first one is."""
    offsets: dict[int, int] = {}
    codes = []
    for levels in code_levels(layout):
        if any(layout.texts[row][column].strip() for column in levels):
            found = _cut_half(layout, row, levels, with_total=with_total)
            if found is None and total_first:
                found = _behind_total(layout, row, levels)
            if found is None:
                return None
            offsets.update(found[0])
            codes.append(found[1])
    return offsets, codes


def _cut_half(layout: TableLayout, row: int, levels: Levels, *, with_total: bool) -> tuple[dict[int, int], str] | None:
    before = _code_above(layout, row, levels)
    total = _BEFORE_TOTAL.fullmatch(layout.texts[row][levels[0]])
    if total is not None:
        # A total prints its name in the first column of the codes, and has none.
        whole = {column: len(layout.texts[row][column]) for column in levels[1:]}
        way = {levels[0]: total.end(1), **whole}
        one = _half(layout, row, way, "", second=False)
        return (way, one) if one and before < one and not _code_below(layout, row, levels, "") else None
    ways: list[dict[int, int]] = [{}]
    for column, length in zip(levels, _LENGTHS, strict=False):
        text = layout.texts[row][column]
        digits = "".join(text.split())
        if digits and not digits.isdecimal():
            return None
        offsets: tuple[int, ...]
        if len(digits) == 2 * length:
            offsets = (len(text) - len(text[length:].lstrip()),)
        elif len(digits) in (0, length):
            # It is of the first row or of the second one.
            offsets = (len(text), 0) if digits else (0,)
        else:
            return None
        ways = [{**way, column: offset} for way, offset in product(ways, offsets)]
    stepwise = _stepwise(layout, levels)
    for way in ways:
        one = _half(layout, row, way, before if stepwise else "", second=False)
        two = _half(layout, row, way, one if stepwise else "", second=True)
        behind = _code_below(layout, row, levels, two)
        if one and two and before < one < two and (two < behind or not behind):
            return way, one
    whole = {column: len(layout.texts[row][column]) for column in levels}
    one = _half(layout, row, whole, "", second=False) if with_total and not _code_below(layout, row, levels, "") else ""
    return (whole, one) if one and before < one else None


def _behind_total(layout: TableLayout, row: int, levels: Levels) -> tuple[dict[int, int], str] | None:
    """The code as that of the second of two rows, of which the first one is a total above all codes."""
    way = dict.fromkeys(levels, 0)
    two = _half(layout, row, way, "", second=True)
    behind = _code_below(layout, row, levels, two)
    alone = two and not _code_above(layout, row, levels) and (two < behind or not behind)
    return (way, "") if alone else None


def _half(layout: TableLayout, row: int, way: Mapping[int, int], above: str, *, second: bool) -> str:
    """The code of one of two rows below one of the code `above`; "" where it leaves out a level."""
    texts = layout.texts[row]
    pieces = [(texts[column][offset:] if second else texts[column][:offset]).strip() for column, offset in way.items()]
    return _under(above, pieces)


def _code_above(layout: TableLayout, row: int, levels: Levels) -> str:
    return next((code for code in reversed(_joined(layout, levels)[:row]) if code), "")


def _code_below(layout: TableLayout, row: int, levels: Levels, own: str) -> str:
    """The next code below a row of the code `own`."""
    below = (_under(own, [texts[level].strip() for level in levels]) for texts in layout.texts[row + 1 :])
    return next((code for code in below if code), "")
