"""Where the codes of two rows part that were read as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.fiscal.codes import names_of
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import code_levels, cut_levels
from workbench.repairs.evidence.row_numbers import countings

_LENGTHS = (3, 5, 7)
_SHORTEST_CODE = 3
_LONGEST_CODE = 9
_SHORTEST_OF_UNITS = 6
TOTAL = re.compile(r"(?:本年)?(?:收入|支出)?(?:合\s*计|总\s*计|小\s*计)(?=\s*[^\d\s:：）)])")
"""A total that another label follows."""
BEFORE_TOTAL = re.compile(r"(?<=\w{4})(?:(?:(?<=支出)支出|(?<=收入)收入)?总\s*计|(?<![费员用出入])合\s*计)$")
"""A total that stands behind another label."""
_DASHED = re.compile(r"(\d{3}(?:-\d{2})*\s*)(?=.*-)\d{3}(?:-\d{2})*")
"""Two codes whose levels stand apart by dashes."""
_TOTAL_AND_CODE = re.compile(r"([合总]\s*计\s*)\d{3,7}\s*")


@dataclass(slots=True)
class Codes:
    """Where the codes of two rows part, by column, and the codes of the first row."""

    offsets: dict[int, int]
    first: list[str]


def cut_codes(layout: TableLayout, row: int) -> Codes | None:
    """The columns of codes whose cell holds two codes, with the place where the second one begins; None where one of
    them holds more digits than a code and is not understood."""
    if code_levels(layout):
        total_behind, total_before = any(map(BEFORE_TOTAL.search, layout.texts[row])), _total_before(layout, row)
        by_level = cut_levels(layout, row, with_total=total_behind, total_first=total_before)
        return None if by_level is None else Codes(by_level[0], [code for code in by_level[1] if code])
    found = {}
    for column in range(layout.table.width):
        text = layout.texts[row][column]
        if layout.segment_of(column) or not text.strip() or column in countings(layout):
            continue
        blank = re.fullmatch(r"(\d{3,7}\s+)\d{3,7}", text) or _DASHED.fullmatch(text)
        total = _TOTAL_AND_CODE.fullmatch(text)
        if blank:
            found[column] = len(blank[1])
        elif total:
            # The label beside it is that of the row which has a code.
            found[column] = len(total[1])
            found[column + 1] = 0
        elif text.isdecimal() and len(text) not in _LENGTHS:
            place = _between_codes(text, _code_beside(layout, row, column, -1), _code_beside(layout, row, column, 1))
            if place is None and len(text) > _LONGEST_CODE:
                return None
            if place is not None:
                found[column] = place
        elif text.isdecimal() and _total_before(layout, row):
            # A total has no code: this one is of the second row.
            found[column] = 0
    texts = layout.texts[row]
    behind = [texts[column][place:].strip() for column, place in found.items()]
    for column in range(layout.table.width):
        # What stands under the code of the second row is that row's: one stands over the other.
        text = texts[column].strip()
        if column not in found and not layout.segment_of(column) and text.isdecimal() and len(text) in _LENGTHS:
            if any(code and text.startswith(code) and text != code for code in behind):
                found[column] = 0
    return Codes(found, [first for column, place in found.items() if (first := _code_in(texts[column][:place]))])


def _code_in(text: str) -> str:
    return text.strip().replace("-", "")


def _total_before(layout: TableLayout, row: int) -> bool:
    """Whether the label of the row begins with that of a total, and goes on."""
    return any(TOTAL.match(text) for text in layout.texts[row])


def _between_codes(text: str, before: str, behind: str) -> int | None:
    """Where two codes meet that stand in order between the codes around them; where none do, two of one length that
    begin alike or that are both accounts: documents print codes out of order, too."""
    for first in _LENGTHS:
        one, two = text[:first], text[first:]
        if len(two) in _LENGTHS and before <= one < two and (two < behind or not behind) and one[0] == two[0]:
            return first
    for first in range(_SHORTEST_CODE, len(text) - _SHORTEST_CODE):
        if text[first:].startswith(text[:first]) and before <= text[:first]:
            # A body and one of its units.
            return first
    half = len(text) // 2
    # Units have longer codes than accounts.
    lengths = half in _LENGTHS or half >= _SHORTEST_OF_UNITS
    if len(text) != 2 * half or not lengths:
        return None
    one, two = text[:half], text[half:]
    alike = one[:_SHORTEST_CODE] == two[:_SHORTEST_CODE] or (names_of(one) and names_of(two))
    return half if alike else None


def _code_beside(layout: TableLayout, row: int, column: int, step: int) -> str:
    row += step
    while 0 <= row < len(layout.texts):
        text = layout.texts[row][column].strip()
        if text:
            return text if text.isdecimal() else ""
        row += step
    return ""
