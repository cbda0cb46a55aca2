"""Forms without upright rules (绩效目标表 and the like): labels and values above, a grid of indicators below.

The two have columns of their own. Long sentences lie over several columns and tell nothing of them. The rows are those
between level rules, or else those that the shortest texts of a line make.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.fiscal.captions import caption_of_line, is_table_number, title_of_line
from workbench.fiscal.headers import inner_header_words
from workbench.model.source import Box, Grid, GridCell
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.print_columns import (
    Extent,
    cells_of,
    columns_of,
    halfway_edges,
    numbers_of,
    one_a_number,
)
from workbench.tables.unruled.print_rows import rows_of
from workbench.tables.unruled.printed import Piece, PrintedLine
from workbench.tables.unruled.spanning_labels import RowCell
from workbench.tables.unruled.stretches import is_heading, is_running_text

_FEWEST_INNER_WORDS, _MOST_CAPTIONS = 3, 3
_COUNTED = re.compile(r"单位[:：]")
_LONG = 0.3
"""Of the width of a form: a text so long lies over several columns."""
_OF_THE_TEXTS = 0.6
"""The usual share of the most texts in a line that make a line a row."""
_SAME_EDGE = 4.0
_HALF_WAY = 1.0
"""In heights of print: how near to the middle of header and rows a label stands that is that of them all."""
_ONE_TEXT = 0.4
"""In heights of print: words nearer than this are one text."""


def form_of(lines: Sequence[PrintedLine]) -> tuple[int, int] | None:
    """Where on a page a form begins and ends, as places in its lines; None where none does."""
    header = next((index for index, line in enumerate(lines) if _names_indicators(line)), None)
    if header is None:
        return None
    begin = next((index + 1 for index in range(header - 1, -1, -1) if _parts_tables(lines[index])), 0)
    while begin < header and _is_caption(lines[begin]):
        begin += 1
    end = next((index for index in range(header + 1, len(lines)) if _parts_tables(lines[index])), len(lines))
    while end - 1 > header and is_table_number(lines[end - 1].text):
        end -= 1
    return begin, end


def end_of_form(lines: Sequence[PrintedLine], rules: LevelRules) -> int:
    """How many of these lines are the form's that begins with them: running text and its headings below the last rule
    that runs from side to side are not."""
    last = rules.last_whole
    if last is None:
        return len(lines)
    below = (index for index, line in enumerate(lines) if line.middle > last)
    ends = (index for index in below if is_heading(lines[index]) or is_running_text(lines[index]))
    return next((index for index in ends if any(map(_names_indicators, lines[:index]))), len(lines))


def _names_indicators(line: PrintedLine) -> bool:
    return inner_header_words([piece.text for piece in line.pieces]) >= _FEWEST_INNER_WORDS


def _is_title(line: PrintedLine) -> bool:
    return len(line.pieces) <= 2 and len(line.text) > 4 and title_of_line(line.text).endswith("表")


def _parts_tables(line: PrintedLine) -> bool:
    """Whether a line stands between two tables: a title, or what the next one is counted in."""
    counted = bool(_COUNTED.search(line.text)) and bool(caption_of_line(line.text).unit)
    return _is_title(line) or (counted and len(line.pieces) <= _MOST_CAPTIONS)


def _is_caption(line: PrintedLine) -> bool:
    caption = caption_of_line(line.text)
    return is_table_number(line.text) or bool((caption.unit or caption.entity) and len(line.pieces) <= _MOST_CAPTIONS)


def form_grid(lines: Sequence[PrintedLine], rules: LevelRules, share: float = _OF_THE_TEXTS) -> Grid:
    """The grid of a form; that `share` of the most texts in a line makes a line a row."""
    joined = [_with_texts(line) for line in lines]
    header = next((index for index, line in enumerate(joined) if _names_indicators(line)), len(joined))
    parts = [part for part in (joined[:header], joined[header:]) if part]
    sides = rules.sides
    if sides is not None and rules.cuts:
        edges = [sides[0], *(cut for cut in rules.cuts if sides[0] + 2 < cut < sides[1] - 2), sides[1]]
        parts = [joined]
        own_edges = [edges]
    else:
        own_edges = [_edges(part, share) for part in parts]
        edges = _united(own_edges)
    cells: list[GridCell] = []
    height = 0
    for part, own in zip(parts, own_edges, strict=True):
        fewest = _fewest_texts(max(len(line.pieces) for line in part), share)
        # labels that stand once for many rows stand for none of the header
        alone = _names_indicators(part[0]) and len(part) > 1 and len(part[1].pieces) >= fewest
        found, count = rows_of(part[1:] if alone else part, own, rules, fewest)
        if alone:
            head, rows_above = rows_of(part[:1], own, rules, fewest)
            found = [*head, *_below(found, rows_above, part, head)]
            count += rows_above
        cells += [_placed(cell, height, own, edges) for cell in found]
        height += count
    places = [place for line in lines for piece in line.pieces for place in (piece.start, piece.end)]
    top, bottom = lines[0].middle - lines[0].height / 2, lines[-1].middle + lines[-1].height / 2
    box = Box(edges[0], top - 1, edges[-1], bottom + 1)
    return Grid(height, len(edges) - 1, tuple(cells), min(places), max(places), box, tuple(edges))


def _below(
    found: Sequence[RowCell], rows_above: int, part: Sequence[PrintedLine], head: Sequence[RowCell]
) -> list[RowCell]:
    """The cells below the header of a grid of indicators. The one label of a column without a name that stands half way
    down header and rows is that of them all."""
    named = {cell.column for cell in head}
    middle, count = (part[0].middle + part[-1].middle) / 2, max(cell.row + cell.row_span for cell in found)
    for cell in found:
        lone = sum(other.column == cell.column for other in found) == 1 and cell.column not in named
        if lone and abs(cell.y - middle) <= _HALF_WAY * part[0].height:
            cell.row, cell.row_span = -rows_above, rows_above + count
    for cell in found:
        cell.row += rows_above
    return sorted(found, key=lambda cell: (cell.row, cell.column))


def _fewest_texts(most: int, share: float) -> int:
    """How many texts a line must have that is a row with cells of its own, where the fullest line has `most`."""
    return max(2, round(share * most))


def _with_texts(line: PrintedLine) -> PrintedLine:
    """The line with words that stand near each other as one text."""
    pieces: list[Piece] = []
    for piece in line.pieces:
        last = pieces[-1] if pieces else None
        if last is not None and piece.x0 - last.x1 < _ONE_TEXT * line.height and not piece.is_figure:
            pieces[-1] = Piece(last.start, piece.end, last.x0, piece.x1, f"{last.text}{piece.text}", last.middle)
        else:
            pieces.append(piece)
    return PrintedLine(line.middle, line.height, line.text, pieces)


def _edges(lines: Sequence[PrintedLine], share: float) -> list[float]:
    """The sides of the columns of one part of a form."""
    width = max(piece.x1 for line in lines for piece in line.pieces) - min(line.pieces[0].x0 for line in lines)
    most = max(len(line.pieces) for line in lines)
    short = [
        PrintedLine(line.middle, line.height, line.text, kept)
        for line in lines
        if len(line.pieces) >= _fewest_texts(most, share)
        and (kept := [piece for piece in line.pieces if piece.x1 - piece.x0 <= _LONG * width])
    ]
    first = min((line.pieces[0].x0 for line in short if line.pieces), default=0.0)
    # labels that stand once for many rows, left of all others, are a column too
    short += [
        PrintedLine(line.middle, line.height, line.text, kept)
        for line in lines
        if (kept := [piece for piece in line.pieces if piece.x1 < first and piece.x1 - piece.x0 <= _LONG * width])
    ]
    columns = one_a_number(columns_of(short or lines, words=_ONE_TEXT), numbers_of(lines))
    return halfway_edges(_with_figures(columns, short or lines))


def _with_figures(columns: list[Extent], lines: Sequence[PrintedLine]) -> list[Extent]:
    """The columns, those of figures alone made one with the texts left of them that stand on other lines: values of a
    form are set to the left where they are texts, and to the right where they are figures."""
    edges = halfway_edges(columns)
    rows = [cells_of(line, edges) for line in lines]
    joined: list[Extent] = []
    held: set[int] = set()
    for column, extent in enumerate(columns):
        pieces = [piece for row in rows for piece in row.get(column, ())]
        figures = bool(pieces) and all(piece.is_figure for piece in pieces)
        if joined and figures and not any(column in row and held & row.keys() for row in rows):
            joined[-1] = (joined[-1][0], extent[1])
            held.add(column)
        else:
            joined.append(extent)
            held = {column}
    return joined


def _united(edges: Sequence[Sequence[float]]) -> list[float]:
    """The sides of the columns of all parts."""
    united: list[float] = []
    for edge in sorted(edge for own in edges for edge in own):
        if not united or edge - united[-1] > _SAME_EDGE:
            united.append(edge)
    return united


def _placed(cell: RowCell, height: int, own: Sequence[float], edges: Sequence[float]) -> GridCell:
    """A cell of a part, in the columns of the whole form."""
    left, right = own[cell.column], own[cell.column + cell.column_span]
    ends = [index for index, (_, edge) in enumerate(pairwise(edges)) if edge <= right + _SAME_EDGE]
    first = min(range(len(edges) - 1), key=lambda index: abs(edges[index] - left))
    last = max([first, *ends[-1:]])
    pieces = tuple((piece.start, piece.end) for piece in cell.pieces)
    return GridCell(cell.row + height, first, cell.row_span, last - first + 1, pieces)
