"""The codes of rows: printed whole, dealt over the columns 类 款 项, or only their end where the rest stands above."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.checks.structure.columns import Column, ColumnKind
from workbench.checks.structure.panels import Panel
from workbench.fiscal.codes import is_name_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.table import Table

_CLASS, _SECTION, _END = 3, 5, 2
"""The digits of a class (类), of a section (款), and of what each level adds."""


def _are_levels(columns: Sequence[Sequence[str]]) -> bool:
    """Whether columns hold the levels of codes, by their digits: three, then two and two."""
    digits = [[key for text in texts if (key := label_key(text)).isdigit()] for texts in columns]
    return all(
        keys and sum(len(key) == (2 if place else 3) for key in keys) * 2 > len(keys)
        for place, keys in enumerate(digits)
    )


class CodeReader:
    """Puts codes together from one column or from the columns 类, 款, 项, which may leave out what stands above."""

    def __init__(self, columns: Sequence[Column], panel: Panel, table: Table) -> None:
        levels = {level for column in columns for level in "类款项" if column.leaf.endswith(level)}
        split = len(levels) > 1 or _are_levels([[row[column.index].text for row in table.rows] for column in columns])
        self._split = len(columns) in (2, 3) and split
        self._last: tuple[str, ...] = ()
        self._whole = _completed(table, columns[0], panel) if len(columns) == 1 else {}

    def restart(self) -> None:
        """Forgets what stands above."""
        self._last = ()

    def read(self, row: int, keys: Sequence[str]) -> str:
        """The code of a row from the texts of its code columns, "" where there is none."""
        if row in self._whole:
            return self._whole[row]
        digits = [key if key.isdigit() else "" for key in keys]
        if not any(digits):
            return ""
        if not self._split:
            # Beside 类, 款 and 项 a column may print the whole code.
            shortest = next(text for text in digits if text)
            return max((text for text in digits if text.startswith(shortest)), key=len)
        # A column that prints the whole code so far needs nothing from the others.
        longest = max(digits, key=len)
        if len(longest) > 3:
            self._last = (longest[:3], *(longest[place : place + 2] for place in range(3, len(longest), 2)))
            return longest
        first = next(place for place, text in enumerate(digits) if text)
        if first and len(longest) > 2:
            # Three digits under 款 or 项 are no part of an account: the code of a body.
            return longest
        parts = [*self._last[:first], *digits[first:]]
        while parts and not parts[-1]:
            parts.pop()
        if not all(parts) or len(parts) < first + 1:
            return ""
        self._last = tuple(parts)
        return parts[0] + "".join(part.zfill(2) for part in parts[1:])


def _completed(table: Table, column: Column, panel: Panel) -> dict[int, str]:
    """The whole codes of the rows that print only two digits in the one column of codes, below the code that these
    end (201, 33, 2013350; 201, 33, 50); none, where one of them may end several."""
    keys = [label_key(row[column.index].text) for row in table.rows]
    keys = [key if key.isdigit() else "" for key in keys]
    if not any(len(key) == _END for key in keys) or not any(len(key) == _CLASS for key in keys):
        return {}
    names = [other.index for other in panel.labels if other.kind is ColumnKind.NAME]
    found: dict[int, str] = {}
    above = ""
    for row, key in enumerate(keys):
        if len(key) != _END:
            above = key or above
            continue
        following = next((later for later in keys[row + 1 :] if len(later) > _END), "")
        texts = [table.rows[row][index].text for index in names]
        whole = _whole_code(key, above, following, texts)
        if not whole:
            return {}
        above = found[row] = whole
    return found


def _whole_code(end: str, above: str, following: str, names: Sequence[str]) -> str:
    """The code that two digits end below the code `above`: the one that begins the longer code `following`, or bears
    the name of the row, or the only one that is possible; else ""."""
    under_class = above[:_CLASS] + end if len(above) >= _CLASS else ""
    under_section = above[:_SECTION] + end if len(above) >= _SECTION else ""
    if under_class and len(following) > _SECTION and following.startswith(under_class):
        return under_class
    if not under_section:
        return under_class
    named = [code for code in (under_class, under_section) if any(is_name_of(name, code) for name in names)]
    if not named and len(above) == _SECTION:
        # Below a section whose items are printed stands one of them first.
        return under_section
    return named[0] if len(named) == 1 else ""
