"""The lines of a table that only alignment shows: header, the row that numbers the columns, body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from workbench.model.amount import match_key
from workbench.tables.text.aligned.places import PlacedLine
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_indicator_header
from workbench.tables.text.vocabulary import LEVELS, NEW_LABEL, column_kind, is_known_prefix, is_listed

_CLASS = re.compile(r"^[1-9]\d\d$")
_FEWEST_CLASSES, _MOST_BELOW = 3, 3
"""So many codes of classes stand above their names, on no more lines."""
_NUMBERED = re.compile(r"^(?:\*+|栏次|行次|\d{1,2}(?:=.*)?|[甲乙丙])$")


def header_and_body(
    lines: Sequence[PlacedLine],
) -> tuple[list[PlacedLine], list[PlacedLine], list[PlacedLine]]:
    """The lines of the header, those that number the columns, those of the body."""
    header: list[PlacedLine] = []
    numbering: list[PlacedLine] = []
    lines = [part for line in lines for part in _levels_apart(line)]
    for index, line in enumerate(lines):
        keys = [match_key(cell.text) for cell in line.cells]
        if len(keys) >= 2 and all(_NUMBERED.match(key) for key in keys) and header:
            numbering.append(line)
        elif (
            numbering
            or (begins_body(keys) and not _are_classes(keys, lines[index + 1 : index + 1 + _MOST_BELOW]))
            or (header and _ends_indicators(header[-1]))
            or _is_blank_total(header, line, lines[index + 1 : index + 2])
        ):
            return header, numbering, _without_repeats(lines[index:], [*header, *numbering])
        else:
            header.append(line)
    return header, numbering, []


def _are_classes(keys: Sequence[str], below: Sequence[PlacedLine]) -> bool:
    """Whether the only figures of a line are codes of classes in their order, whose names stand below: they are a row
    of the header."""
    codes = [key for key in keys if is_figure_word(key)]
    if len(codes) < _FEWEST_CLASSES or not all(map(_CLASS.match, codes)) or codes != sorted(set(codes)):
        return False
    names = takewhile(lambda line: not any(is_figure_word(cell.text) for cell in line.cells), below)
    return sum(len(line.cells) for line in names) >= len(codes)


def _levels_apart(line: PlacedLine) -> list[PlacedLine]:
    """A line that numbers the columns, the labels of the levels of a code standing on it (类 款 项 栏次 1 2) as a
    line of their own above it; any other line as it is."""
    keys = [match_key(cell.text) for cell in line.cells]
    levels = next((index for index, key in enumerate(keys) if key not in LEVELS), len(keys))
    if not levels or len(keys) - levels < 2 or not all(map(_NUMBERED.match, keys[levels:])):
        return [line]
    return [replace(line, cells=line.cells[:levels]), replace(line, cells=line.cells[levels:])]


def _without_repeats(body: Sequence[PlacedLine], head: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a body without those that repeat the head, as at the top of a page that nothing else marks."""
    keys = [key_of_line(line) for line in head]
    if not keys or not any(key_of_line(line) == keys[0] for line in body):
        return list(body)
    kept: list[PlacedLine] = []
    index = 0
    while index < len(body):
        if [key_of_line(line) for line in body[index : index + len(keys)]] == keys:
            index += len(keys)
        else:
            kept.append(body[index])
            index += 1
    return kept


def _is_blank_total(header: Sequence[PlacedLine], line: PlacedLine, following: Sequence[PlacedLine]) -> bool:
    """Whether a line below a header is the total row of a body without figures, not the end of a label above it
    (支出 | 合计): the header names a total already, or the word stands below a text column."""
    key = match_key(line.cells[0].text)
    if not header or len(line.cells) > 1 or key not in ("合计", "总计"):
        return False
    if any(not begins_body([match_key(cell.text) for cell in below.cells]) for below in following):
        return False
    cell = line.cells[0]
    above = [
        other
        for other in header[-1].cells
        if min(other.x1, cell.x1) > max(other.x0, cell.x0) and other.line < cell.line
    ]
    if any(is_listed(other.text + key) for other in above):
        return False
    named = any(match_key(other.text) == key for row in header for other in row.cells)
    return named or any(column_kind(other.text) == "text" for other in above)


def _ends_indicators(line: PlacedLine) -> bool:
    """Whether a line is the header of an indicator grid, below which indicators begin at once."""
    return is_indicator_header([cell.text for cell in line.cells])


def begins_body(keys: Sequence[str]) -> bool:
    """Whether a line whose cells have these keys is a row of a body: it holds a figure, or begins a label that says
    of no rate."""
    first = keys[0]
    if any(is_figure_word(key) and not re.fullmatch(r"20\d\d", key) for key in keys):
        return True
    return bool(NEW_LABEL.match(first)) and not is_known_prefix(first) and not first.endswith("%")


def key_of_line(line: PlacedLine) -> str:
    """What a line prints, for comparing."""
    return match_key("".join(cell.text for cell in line.cells))
