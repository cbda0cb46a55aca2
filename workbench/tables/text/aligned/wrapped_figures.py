"""Figures that a narrow column breaks, their last digits right below: 1431.9 above 0 is 1431.90."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line

_DECIMALS = re.compile(r"\d\.(\d+)[)）%]?$")
_BEGUN, _REST = re.compile(r"^[-(（]?\d[\d,]*(?:\.\d*)?$"), re.compile(r"^[\d,]{0,3}\.?\d*[)）]?$")
_WHOLE = r"^[-(（]?(?:\d+|\d{1,3}(?:,\d{3})+)\.\d{%d}[)）]?$"
_MOSTLY, _FEWEST = 0.6, 4
"""What part of the figures print as many decimals as the others, and how many there are at the least."""
_ASIDE = 1
"""So many characters beside what it goes on with a rest may stand."""


def figures_made_whole(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines of a page, figures that go on in the line below made whole: those that stop short of the decimals that
    the others print and have them with the digits right below. A line with any other figure is no such rest."""
    whole = _whole_figure(lines)
    if whole is None or lines[0].line.page.boxes:
        return list(lines)
    found: list[PlacedLine] = []
    for line in lines:
        rests = [cell for cell in line.cells if is_figure_word(cell.text)]
        above = found[-1] if found else None
        owners = _owners(rests, above, whole) if above is not None else []
        if above is None or not owners or None in owners:
            found.append(line)
            continue
        of_owner = dict(zip(map(id, owners), rests, strict=True))
        cells = tuple(_with(cell, of_owner.get(id(cell))) for cell in above.cells)
        found[-1] = replace(above, cells=cells)
        others = tuple(cell for cell in line.cells if cell not in rests)
        if others:
            found.append(replace(line, cells=others))
    return found


def lines_with_rests(lines: Sequence[PlacedLine]) -> list[Line]:
    """The lines as they are printed, those of nothing but rests that went to the figures above them again below it."""
    found: list[Line] = []
    told = {(line.line.page.number, line.line.start) for line in lines}
    for line in lines:
        page = line.line.page
        found.append(line.line)
        begins = {page.text.rfind("\n", 0, piece.start) + 1 for cell in line.cells for piece in cell.pieces}
        for start in sorted(begins):
            if start > line.line.start and (page.number, start) not in told:
                end = page.text.find("\n", start)
                end = len(page.text) if end < 0 else end
                found.append(Line(page, start, end, page.text[start:end]))
    return found


def _whole_figure(lines: Sequence[PlacedLine]) -> re.Pattern[str] | None:
    """What a figure looks like that has as many decimals as most have; None where no number of decimals is usual."""
    figures = [cell.text for line in lines for cell in line.cells]
    decimals = Counter(len(match[1]) for text in figures if is_figure_word(text) and (match := _DECIMALS.search(text)))
    (usual, count), *_ = decimals.most_common(1) or [(0, 0)]
    if count < max(_FEWEST, _MOSTLY * decimals.total()):
        return None
    return re.compile(_WHOLE % usual)


def _owners(rests: Sequence[Placed], above: PlacedLine, whole: re.Pattern[str]) -> list[Placed | None]:
    """The figures of the line above that go on in rests: those right above. Where these are not all there, each line
    being laid out by itself, the figures that stop short in their order, if they are as many and all go on."""
    owners = [_owner(rest, above, whole) for rest in rests]
    short = [
        cell for cell in above.cells if _BEGUN.match(cell.text) and not whole.match(cell.text) and "." in cell.text
    ]
    if None not in owners or len(short) != len(rests):
        return owners
    pairs = zip(short, rests, strict=True)
    in_order = all(_REST.match(rest.text) and whole.match(cell.text + rest.text) for cell, rest in pairs)
    return [*short] if in_order else owners


def _owner(rest: Placed, above: PlacedLine, whole: re.Pattern[str]) -> Placed | None:
    """The figure right above that goes on in a rest."""
    if not _REST.match(rest.text):
        return None
    for cell in above.cells:
        inside = cell.x0 - _ASIDE <= rest.x0 and rest.x1 <= cell.x1 + _ASIDE
        if inside and _BEGUN.match(cell.text) and not whole.match(cell.text) and whole.match(cell.text + rest.text):
            return cell
    return None


def _with(cell: Placed, rest: Placed | None) -> Placed:
    return cell if rest is None else replace(cell, pieces=cell.pieces + rest.pieces)
