"""Performance forms of which every cell is a line of its own: a block of labels and values, then the indicators.

The names of the indicators' levels tell where their rows begin;
only rows of which the cells come out even are read here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from workbench.fiscal.captions import is_note, title_of_line
from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, is_caption, is_heading
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.form_words import is_first_indicator, is_form_label, is_second_indicator
from workbench.tables.text.forms.block import label_rows
from workbench.tables.text.forms.kept_block import kept_block_rows
from workbench.tables.text.header.printed import printed_lines
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, text_of

_FIRST, _SECOND, _THIRD = "一级指标", "二级指标", "三级指标"
_TOTALS = frozenset({"总分", "合计", "总计"})
_NAMED_TABLE = re.compile(r"表(?:[（(][^（()）]*[)）]|[\d一二三四五六七八九十])*$")
_STUB = re.compile(r"绩效指标(?:[（(][^（()）]*[)）])?$")
_LONGEST_LABEL = 16
_MOST_LABELS = 10
_MOST_LINES = 4
"""So many lines a name of a level is wrapped over at the most, in a narrow column."""
_FEWEST_ROWS = 2
_MOST_PIECES = 80
"""So many lines a row of indicators has at the most."""
_MOST_BLOCK = 60
"""So many printed lines stand between the title of a form and its indicators at the most."""

Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FormCells:
    """A form, and the first and the last line that hold its cells."""

    table: RawTable
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PrintedCells:
    """The cells of lines, what they print, and the numbers of the lines on which they end."""

    cells: Sequence[Cell]
    numbers: Sequence[int]
    texts: Sequence[str]
    kept: bool = False
    """Whether empty cells are among them."""


def form_cell_tables(lines: Sequence[Line]) -> Iterator[FormCells]:
    """The forms of which every cell is a line, in order."""
    numbers = [number for number, line in enumerate(lines) if not line.blank]
    cells = [lines[number].pieces() for number in numbers]
    yield from forms_of_cells(lines, PrintedCells(cells, numbers, [lines[n].text.strip() for n in numbers]))


def forms_of_cells(lines: Sequence[Line], printed: PrintedCells) -> Iterator[FormCells]:
    """The forms that the cells of these lines make up, in order."""
    floor = 0
    for index in range(len(printed.texts) - 2):
        if index < floor or printed.texts[index : index + 2] != [_FIRST, _SECOND]:
            continue
        found = _form(lines, printed, index, floor)
        if found is not None:
            form, floor = found
            yield form


def _form(lines: Sequence[Line], printed: PrintedCells, index: int, floor: int) -> tuple[FormCells, int] | None:
    """The form whose indicators have their header at a printed line, and the printed line behind it."""
    labels = _labels(printed, index)
    if labels is None:
        return None
    start = index + len(labels)
    start += next((count for count in _stub_lengths(len(labels)) if _is_stub(printed, start, start + count)), 0)
    grid, end = _grid(printed, start, labels)
    if len(grid) < _FEWEST_ROWS:
        return None
    above = next((count for count in _stub_lengths(index - floor) if _is_stub(printed, index - count, index)), 0)
    stub = _cell(printed, index - above, index) or _cell(printed, index + len(labels), start)
    header = [*([stub] if stub else []), *printed.cells[index : index + len(labels)]]
    title = _title(printed, index - above, floor)
    first = title + 1 if title is not None else index - above
    while first < index - above and is_caption(printed.texts[first]):
        first += 1
    block: list[list[Cell]] = []
    if title is not None and printed.kept:
        block = kept_block_rows(printed.cells[first : index - above], printed.texts[first : index - above])
    elif title is not None:
        block = label_rows(printed_lines(lines[printed.numbers[first] : printed.numbers[index - above]]))
    rows = [header, *block, *([[()] * bool(stub) + row for row in grid])]
    width = max(map(len, rows))
    cells: tuple[Row, ...] = tuple(
        (*(cell_of(pieces) for pieces in row), *[EMPTY] * (width - len(row))) for row in rows
    )
    captions = _captions(printed, title, index)
    table = RawTable(
        cells,
        1,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=tuple(sorted({anchor.page for row in cells for cell in row for anchor in cell.anchors})),
    )
    return FormCells(table, printed.numbers[first], printed.numbers[end - 1]), end


def _labels(printed: PrintedCells, index: int) -> list[str] | None:
    """The labels of the indicators, up to the first name of a level; None where they are not cells of lines."""
    labels: list[str] = []
    for number in range(index, min(index + _MOST_LABELS + 1, len(printed.texts))):
        text = printed.texts[number]
        if _name_length(printed, number, is_first_indicator) or _name_length(printed, number, is_second_indicator):
            break
        labels.append(text)
    count = next((count for count in _stub_lengths(len(labels)) if _STUB.fullmatch("".join(labels[-count:]))), 0)
    labels = labels[: len(labels) - count]
    short = all(len(label) <= _LONGEST_LABEL and "\t" not in label for label in labels)
    return labels if short and _THIRD in labels and len(labels) <= _MOST_LABELS else None


def _grid(printed: PrintedCells, start: int, labels: Sequence[str]) -> tuple[list[list[Cell]], int]:
    """The rows of indicators from a printed line on, and where they end;
    none where their cells do not come out even."""
    count = len(labels) - 2
    rows: list[list[Cell]] = []
    index = start
    several = False
    while index < len(printed.texts):
        named = _row_names(printed, index)
        if named is None:
            break
        first, second = _cell(printed, index, named[0]), _cell(printed, *named)
        index = stop = named[1]
        while (
            stop < min(len(printed.texts), index + _MOST_PIECES)
            and _row_names(printed, stop) is None
            and not _ends(printed.texts[stop])
        ):
            stop += 1
        rest = list(range(index, stop))
        last = stop == len(printed.texts) or _ends(printed.texts[stop])
        if last and len(rest) > count:
            rest = rest[:count]
        if not rest or len(rest) % count:
            return [], start
        several = several or len(rest) > count
        for at in range(0, len(rest), count):
            rows.append([first, second, *(printed.cells[number] for number in rest[at : at + count])])
            first, second = (), ()
        index = rest[-1] + 1
    if printed.kept and rows and index < len(printed.texts) and printed.texts[index] in _TOTALS:
        total, index = _total_row(printed, index, len(labels))
        rows.append(total)
    kinds = {kind_of(text_of(row[-1])) for row in rows}
    # Wrapped cells may come out even too; then the last column holds scores and pieces of text.
    return ([], start) if several and {"figure", "text"} <= kinds else (rows, index)


def _total_row(printed: PrintedCells, index: int, width: int) -> tuple[list[Cell], int]:
    """The row of a total, the label of which spans what stands left of its figures, and where it ends."""
    stop = index + 1
    while stop < min(len(printed.texts), index + width) and kind_of(printed.texts[stop]) != "text":
        stop += 1
    blanks: list[Cell] = [()] * (width - (stop - index))
    return [printed.cells[index], *blanks, *printed.cells[index + 1 : stop]], stop


def _row_names(printed: PrintedCells, index: int) -> tuple[int, int] | None:
    """Where the names that begin a row of indicators here end, that of the first level and that of the second; None
    where no row begins."""
    first = index + _name_length(printed, index, is_first_indicator)
    second = _name_length(printed, first, is_second_indicator)
    if not second:
        first, second = index, _name_length(printed, index, is_second_indicator)
    return (first, first + second) if second else None


def _name_length(printed: PrintedCells, index: int, is_name: Callable[[str], bool]) -> int:
    """Over how many lines a name of a level runs here, the longest; 0 where none begins."""
    texts = printed.texts[index : index + (1 if printed.kept else _MOST_LINES)]
    return next((count for count in range(len(texts), 0, -1) if is_name("".join(texts[:count]))), 0)


def _cell(printed: PrintedCells, start: int, stop: int) -> Cell:
    """What these printed lines make up as one cell."""
    return tuple(piece for cell in printed.cells[start:stop] for piece in cell)


def _ends(text: str) -> bool:
    """Whether a line stands behind the cells of a form."""
    return is_note(text) or is_heading(text) or is_caption(text) or is_form_label(text) or _is_title(text)


def _is_title(text: str) -> bool:
    return bool(title_of_line(text)) and _NAMED_TABLE.search(text) is not None


def _stub_lengths(most: int) -> range:
    """Over how many lines the label left of the levels may run, the fewest first."""
    return range(1, min(_MOST_LINES, most) + 1)


def _is_stub(printed: PrintedCells, start: int, stop: int) -> bool:
    """Whether lines are the label of the column left of the levels (绩效指标): centred beside all rows, it stands
    before the header or behind it."""
    text = "".join(printed.texts[start:stop])
    return _STUB.search(text) is not None and len(text) <= _LONGEST_LABEL


def _title(printed: PrintedCells, index: int, floor: int) -> int | None:
    """The printed line with the title of the form above a printed line, below which a label of its block stands."""
    for number in range(index - 1, max(index - _MOST_BLOCK, floor) - 1, -1):
        if _is_title(printed.texts[number]):
            return number if any(map(is_form_label, printed.texts[number + 1 : index])) else None
    return None


def _captions(printed: PrintedCells, title: int | None, index: int) -> Captions:
    if title is None:
        return Captions()
    unit = next((text for text in printed.texts[title:index] if text.startswith("单位") and is_caption(text)), "")
    return Captions(title_of_line(printed.texts[title]), printed.cells[title], unit)
