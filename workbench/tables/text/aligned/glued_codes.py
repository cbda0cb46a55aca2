"""Codes without a blank before the names that they are the codes of, in lines whose columns show by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.model.amount import match_key
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.header.glued import are_levels, code_length, name_codes_and_names

_CODE_LENGTHS = (2, 3)


def codes_apart(lines: Sequence[PlacedLine], labels: Sequence[HeaderLabel]) -> list[PlacedLine]:
    """The lines of a body, codes cut off the names that they touch, where the header has columns for both; what stands
    behind the code that begins a line may be the next level of it where the header has columns for levels."""
    keys = [match_key(label.text) for label in labels]
    if not name_codes_and_names(keys):
        return list(lines)
    levels = are_levels(keys)
    return [
        line
        if line.line.page.boxes or not any(cell.text[:1].isdecimal() for cell in line.cells)
        else replace(line, cells=tuple(_cut_cells(line.cells, levels=levels)))
        for line in lines
    ]


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
