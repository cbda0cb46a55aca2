"""The grid of indicators of a form in text that blanks lay out: values are figures, texts and both, and stand in no
strip, but names tell the level of an indicator, and the cells of a line come in the order of the header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.model.amount import match_key
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.aligned.rows import lifted, owners_by_height
from workbench.tables.text.aligned.wrapped_labels import words_apart
from workbench.tables.text.captions import Captions
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import (
    is_first_indicator,
    is_indicator_header,
    is_indicator_prefix,
    is_second_indicator,
)
from workbench.tables.text.lines import Piece, cell_of

_LEVELS = ("一级指标", "二级指标", "三级指标")
_UNIT = re.compile(r"单位$")
_VALUE, _DATE, _COUNTED = re.compile(r"[指目]标值"), re.compile(r"\d[年月]$"), re.compile(r"^(\d[\d.,]*)[^\d.,%]+$")
_OF_ALL = re.compile(r"^(?:年度)?(?:绩效)?指标$")
"""What stands beside the levels for all indicators."""
_SIGNS = "≥≤=＝><＞＜"
_BLANK = 1.0
_LEAST_BEGUN, _LONGEST_END = 4, 3
"""So many characters begin the name of an indicator, and no more end the label of a column or are a unit."""
_NEVER, _ELSEWHERE, _SKIPPED = 50.0, 4.0, 15.0
"""What it costs, in characters, that the name of a level stands in another column, and another text in its own, and
that a line has no value."""

Spread = list[tuple[Piece, ...]]


def indicator_table(lines: Sequence[PlacedLine], captions: Captions) -> RawTable | None:
    """The grid of indicators that these lines print, its header first; None where that is no such header."""
    labels = [[word] for word in words_apart(lines[0])]
    keys = [match_key(label[0].text) for label in labels]
    body = list(lines[1:])
    if tuple(keys[: len(_LEVELS)]) != _LEVELS or len(keys) <= len(_LEVELS) or not is_indicator_header(keys):
        return None
    while body and (ended := _ended_by(body[0], labels)) is not None:
        labels[ended].append(body.pop(0).cells[0])
    extents = [(label[0].x0, label[0].x1) for label in labels]
    units = any(map(_UNIT.search, keys))
    value = next((at for at, key in enumerate(keys) if _VALUE.search(key)), -1)
    if any(line.cells[0].x1 <= extents[0][0] and _OF_ALL.search(line.cells[0].text) for line in body):
        return None  # a label stands beside the levels, for all of them
    if any(_is_moved_left(line, extents) for line in body):
        spread, owners = [_moved_back(line, len(labels)) for line in body], list(range(len(body)))
    else:
        spread = []
        for line in body:
            ways = [_way(cells, extents, value) for cells in _cells(line, units=units)]
            spread.append(min(ways, key=lambda way: way[0])[1])
        owners = owners_by_height(body, [any(row[len(_LEVELS) :]) for row in spread])
    rows = [
        tuple(
            cell_of([piece for row, at in zip(spread, owners, strict=True) if at == owner for piece in row[column]])
            for column in range(len(labels))
        )
        for owner in sorted(set(owners))
    ]
    if not rows:
        return None
    head = tuple(cell_of([piece for word in label for piece in word.pieces]) for label in labels)
    whole = [head, *lifted(rows, keys)]
    return RawTable(
        tuple(whole),
        1,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=tuple(sorted({anchor.page for row in whole for cell in row for anchor in cell.anchors})),
    )


def _ended_by(line: PlacedLine, labels: Sequence[Sequence[Placed]]) -> int | None:
    """The number of the label that a line below the header ends, None where it is a line of the body."""
    cell = line.cells[0]
    if len(line.cells) > 1 or len(cell.text) > _LONGEST_END or is_figure_word(cell.text):
        return None
    over = [
        number
        for number, label in enumerate(labels)
        if number >= len(_LEVELS) and min(cell.x1, label[0].x1) > max(cell.x0, label[0].x0)
    ]
    return over[0] if over else None


def _is_moved_left(line: PlacedLine, extents: Sequence[tuple[float, float]]) -> bool:
    """Whether the name of a second-level indicator stands where those of the first level do: of a cell that spans rows
    all but the first line print nothing, and what stood right of it begins the line."""
    cell = line.cells[0]
    return cell.x0 <= extents[0][0] and is_second_indicator(cell.text) and not is_first_indicator(cell.text)


def _moved_back(line: PlacedLine, width: int) -> Spread:
    """The cells of a row of which those that span rows above may be left out, each in its column: the name of a level
    begins with it, all else with the third."""
    texts = [cell.text for cell in line.cells]
    second = any(map(is_second_indicator, texts[1:2]))
    if is_first_indicator(texts[0]) and (second or not is_second_indicator(texts[0])):
        start = 0
    else:
        start = 1 if is_second_indicator(texts[0]) else 2
    row: Spread = [()] * width
    for column, cell in enumerate(line.cells, start):
        row[min(column, width - 1)] += cell.pieces
    return row


def _cells(line: PlacedLine, *, units: bool) -> list[list[list[Placed]]]:
    """The words of a line by cells, in two ways: those a blank apart are one but for the name of a level, and figures
    are cells by themselves, or not; with a column of `units` they are in either way."""
    words = words_apart(line)
    if units:
        words = tuple(part for word in words for part in _unit_apart(word))
    found: list[list[list[Placed]]] = []
    for apart in (True, units):
        cells: list[list[Placed]] = []
        for word in words:
            if cells and _go_on(cells[-1], word, units=units, apart=apart):
                cells[-1].append(word)
            else:
                cells.append([word])
        found.append(cells)
    return found


def _go_on(cell: Sequence[Placed], word: Placed, *, units: bool, apart: bool) -> bool:
    text = "".join(one.text for one in cell)
    date = bool(_DATE.search(text))
    if word.x0 - cell[-1].x1 > _BLANK + date or is_first_indicator(text) or is_second_indicator(text):
        return False
    if len(text) >= _LEAST_BEGUN and is_indicator_prefix(text) and not is_indicator_prefix(text + word.text):
        return False
    if is_figure_word(text.lstrip(_SIGNS)) and not date:
        unit = len(word.text) <= _LONGEST_END and not any(map(str.isdigit, word.text))
        return not apart or (unit and not units)
    return not apart or date or not is_figure_word(word.text) or text in _SIGNS


def _unit_apart(word: Placed) -> list[Placed]:
    """A figure and the unit that touches it, each by itself; any other word as it is."""
    piece = word.pieces[0]
    found = _COUNTED.match(piece.text) if len(word.pieces) == 1 and len(piece.text) == piece.end - piece.start else None
    if found is None:
        return [word]
    end = found.end(1)
    figure = piece._replace(end=piece.start + end, text=piece.text[:end])
    unit = piece._replace(start=piece.start + end, text=piece.text[end:])
    middle = word.x0 + end
    return [replace(word, pieces=(figure,), x1=middle), replace(word, pieces=(unit,), x0=middle)]


def _way(cells: Sequence[Sequence[Placed]], extents: Sequence[tuple[float, float]], value: int) -> tuple[float, Spread]:
    """What the cheapest way costs to put cells in columns in their order, each as near to its label as can be, and the
    pieces of each column then; that of the `value` is seldom blank."""
    row: Spread = [()] * len(extents)
    # for each number of columns passed the cheapest way: its cost, and the columns of the cells so far
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for cell in cells:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for passed, (base, taken) in best.items():
            for column in range(passed, len(extents)):
                skips = bool(taken) and taken[-1] < value < column
                way = base + _cost(cell, column, extents[column]) + _SKIPPED * skips, (*taken, column)
                if column + 1 not in following or way < following[column + 1]:
                    following[column + 1] = way
        last = len(extents) - 1
        best = following or {passed: (cost + _NEVER, (*taken, last)) for passed, (cost, taken) in best.items()}
    cost, columns = min(best.values())
    for cell, column in zip(cells, columns, strict=True):
        row[column] += tuple(piece for word in cell for piece in word.pieces)
    return cost, row


def _cost(cell: Sequence[Placed], column: int, extent: tuple[float, float]) -> float:
    text = "".join(word.text for word in cell)
    level = 0 if is_first_indicator(text) else 1 if is_second_indicator(text) else None
    gap = max(extent[0] - cell[-1].x1, cell[0].x0 - extent[1], 0.0)
    if level is not None:
        return gap + _NEVER * (level != column)
    return gap + _ELSEWHERE * (column < len(_LEVELS) - 1)
