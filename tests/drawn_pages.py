"""Pages from drawings: `+---+` and `|` are ruled lines, everything else is text in its place.

A column of the drawing is 5 points wide (an ideograph takes two), a line 12 points high; `~~~~` begins a new page.
A `*` in a rule is where two pieces of it meet that no upright rule parts.
"""

from __future__ import annotations

from array import array

from wcwidth import wcwidth

from workbench.model.source import Page, RuledLine, SourceDocument

STEP = 5.0
LINE = 12.0
NAN = float("nan")


def draw_page(drawing: str, number: int = 1) -> Page:
    """The page that `drawing` shows."""
    places = [_places(line) for line in drawing.strip("\n").split("\n")]
    text: list[str] = []
    boxes = array("f")
    for row, line in enumerate(places):
        rule = _is_rule(line)
        printed = [(column, character) for column, character in line if character not in ("|+-*" if rule else "|")]
        for column, character in printed:
            width = STEP * max(wcwidth(character), 1)
            text.append(character)
            place = (column * STEP, row * LINE, column * STEP + width, row * LINE + 10)
            boxes.extend((NAN,) * 4 if character == " " else place)
        text.append("\n")
        boxes.extend((NAN,) * 4)
    lines = (*_horizontal(places), *_vertical(places))
    return Page(number, "".join(text), 600.0, 800.0, boxes=boxes, lines=lines)


def draw_source(drawing: str) -> SourceDocument:
    """The document that `drawing` shows, page by page."""
    pages = tuple(draw_page(part, number) for number, part in enumerate(drawing.split("~~~~\n"), start=1))
    return SourceDocument("drawn.pdf", "0" * 64, "application/pdf", "drawn/1", pages)


def _places(line: str) -> list[tuple[int, str]]:
    places = []
    column = 0
    for character in line:
        places.append((column, character))
        column += max(wcwidth(character), 1)
    return places


def _is_rule(line: list[tuple[int, str]]) -> bool:
    """Whether a line of the drawing holds horizontal rules (and perhaps texts of cells that span it)."""
    return "+-" in "".join(character for _, character in line)


def _horizontal(places: list[list[tuple[int, str]]]) -> list[RuledLine]:
    lines = []
    for row, line in enumerate(places):
        if not _is_rule(line):
            continue
        y = row * LINE + LINE / 2
        begin: int | None = None
        for column, character in [*line, (len(line) + 999, " ")]:
            if character in "+-*":
                begin = column if begin is None else begin
                end = column
                if character == "*":
                    lines.append(RuledLine(begin * STEP + 2.5, y, end * STEP + 2.5, y))
                    begin = column
            elif begin is not None:
                if end > begin:
                    lines.append(RuledLine(begin * STEP + 2.5, y, end * STEP + 2.5, y))
                begin = None
    return lines


def _vertical(places: list[list[tuple[int, str]]]) -> list[RuledLine]:
    lines = []
    open_at: dict[int, int] = {}
    for row, line in enumerate([*places, []]):
        marks = {column for column, character in line if character in "|+"}
        for column in [column for column in open_at if column not in marks]:
            begin = open_at.pop(column)
            if row - 1 > begin:
                x = column * STEP + 2.5
                lines.append(RuledLine(x, begin * LINE + LINE / 2, x, (row - 1) * LINE + LINE / 2))
        for column in marks:
            open_at.setdefault(column, row)
    return lines
