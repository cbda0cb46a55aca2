"""Codes of accounts in lines whose columns show by blanks: cut off names that they touch, each level in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.model.amount import match_key
from workbench.tables.text.aligned.parting import Extent
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.header.glued import are_levels, code_length, name_codes_and_names
from workbench.tables.text.vocabulary import LEVELS

_CODE_LENGTHS = (2, 3)


def codes_apart(lines: Sequence[PlacedLine], labels: Sequence[HeaderLabel]) -> list[PlacedLine]:
    """The lines of a body, codes cut off the names that they touch, where the header has columns for both; what stands
    behind the code that begins a line may be the next level of it where the header has columns for levels."""
    keys = [match_key(label.text) for label in labels]
    if not name_codes_and_names(keys):
        return list(lines)
    levels = are_levels(keys)
    parted = [
        line
        if line.line.page.boxes or not any(cell.text[:1].isdecimal() for cell in line.cells)
        else replace(line, cells=tuple(_cut_cells(line.cells, levels=levels)))
        for line in lines
    ]
    return _levels_in_place(_with_lower_levels(parted)) if levels else parted


def _with_lower_levels(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, one that prints nothing but lower levels of a code made one with the line below that has but its
    uppermost level: digits may be set a little higher than the name beside them."""
    found: list[PlacedLine] = []
    for line in lines:
        above = found[-1] if found else None
        lower = above is not None and all(_is_lower_level(cell.text) for cell in above.cells)
        if above is not None and lower and _levels_of(line) == 1 and above.cells[0].x0 >= line.cells[0].x1:
            cells = (replace(cell, line=line.number, y=line.y) for cell in above.cells)
            found[-1] = replace(line, cells=(line.cells[0], *cells, *line.cells[1:]))
        else:
            found.append(line)
    return found


def _levels_in_place(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines, in each that begins with the uppermost level of a code every lower one put where it mostly stands: a
    line that is too full is set closer."""
    counts = [_levels_of(line) for line in lines]
    places: list[Counter[Extent]] = [Counter() for _ in LEVELS]
    for line, count in zip(lines, counts, strict=True):
        for found, cell in zip(places, line.cells[:count], strict=False):
            found[cell.x0, cell.x1] += 1
    most: list[Extent] = []
    for found in filter(None, places):
        behind = [place for place in found if not most or place[0] >= most[-1][1]]
        if not behind:
            return list(lines)
        most.append(max(behind, key=lambda place: found[place]))
    return [
        replace(line, cells=(*map(_moved, line.cells[:count], most), *line.cells[count:]))
        if count > 1 and _stands_in(line.cells[0], most[0])
        else line
        for line, count in zip(lines, counts, strict=True)
    ]


def _levels_of(line: PlacedLine) -> int:
    """How many levels of a code a line begins with, 0 where it does not begin with the uppermost one."""
    if line.line.page.boxes or not _is_class(line.cells[0].text):
        return 0
    lower = next((at for at, cell in enumerate(line.cells) if at and not _is_lower_level(cell.text)), len(line.cells))
    return lower if lower <= len(LEVELS) else 0


def _is_class(text: str) -> bool:
    return text.isdecimal() and len(text) == _CODE_LENGTHS[1]


def _is_lower_level(text: str) -> bool:
    return text.isdecimal() and len(text) == _CODE_LENGTHS[0]


def _stands_in(cell: Placed, place: Extent) -> bool:
    return min(cell.x1, place[1]) > max(cell.x0, place[0])


def _moved(cell: Placed, place: Extent) -> Placed:
    return replace(cell, x0=place[0], x1=place[1])


def _cut_cells(cells: Sequence[Placed], *, levels: bool) -> Iterator[Placed]:
    behind, begins = False, True
    for cell in cells:
        text = cell.pieces[0].text
        length = code_length(text, behind=behind) if begins and (levels or not behind) else len(text)
        if length < len(text):
            yield _part(cell, 0, length)
            yield _part(cell, length, len(text))
        else:
            yield cell
        behind = cell.text.isdecimal() and len(cell.text) in _CODE_LENGTHS
        begins = begins and behind


def _part(cell: Placed, start: int, end: int) -> Placed:
    """The characters `start:end` of the first piece of a cell, the last part with the pieces behind it; a digit of the
    code is as wide as any other."""
    piece = cell.pieces[0]
    cut = piece._replace(start=piece.start + start, end=piece.start + end, text=piece.text[start:end])
    rest = cell.pieces[1:] if end == len(piece.text) else ()
    return replace(cell, pieces=(cut, *rest), x0=cell.x0 + start, x1=cell.x1 if start else cell.x0 + end)
