"""Tables of running text whose rows are printed whole: one line of labels, whatever they say, below it lines of as many
words each, texts first, then figures. A title in …表 or a unit stands above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.fiscal.captions import title_of_line, unit_of_line
from workbench.tables.text.captions import Captions, captions_before, is_caption
from workbench.tables.text.cells.cell_lines import CellTable
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.printed_rows import PieceRow, Segment
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line, Piece
from workbench.tables.text.vocabulary import TOTALS, is_known

_FEWEST_LABELS = 3
_MOST_KNOWN = 0.5
"""Where more of the labels are known, the header is read for what it says."""
_LONGEST_LABEL = 20
_FEWEST_ROWS = 2


def full_line_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables of which every row is a whole line below labels that are mostly unknown, in order."""
    printed = [index for index, line in enumerate(lines) if not line.blank]
    position = 0
    while position + _FEWEST_ROWS < len(printed):
        index = printed[position]
        rows = _rows(lines, printed, position) if _is_header(lines, printed, position) else []
        if not rows:
            position += 1
            continue
        header: PieceRow = [(piece,) for piece in lines[index].words()]
        segment = Segment([header], rows, in_place=True)
        last = printed[position + len(rows)]
        yield from (
            CellTable(table, index, last) for table in tables_of([segment], captions_before(lines[:index]), Captions())
        )
        position += len(rows) + 1


def _is_header(lines: Sequence[Line], printed: Sequence[int], position: int) -> bool:
    """Whether a line holds labels, few of them known, right below a unit, a title or what else stands above a table."""
    line = lines[printed[position]]
    if position == 0 or ("[" not in line.text and len(line.text.split()) < _FEWEST_LABELS):
        return False
    words = [piece.text for piece in line.words()]
    if len(words) < _FEWEST_LABELS:
        return False
    if words[0] in TOTALS or any(is_figure_word(word) or len(word) > _LONGEST_LABEL for word in words):
        return False
    above = lines[printed[position - 1]].text.strip()
    beside = is_caption(above) or bool(unit_of_line(above)) or title_of_line(above).endswith("表")
    return beside and sum(map(is_known, words)) <= _MOST_KNOWN * len(words)


def _rows(lines: Sequence[Line], printed: Sequence[int], position: int) -> list[PieceRow]:
    """The rows below a line of labels: as many words as there are labels, a total without the texts behind its name;
    none where another line with figures follows them."""
    width = len(lines[printed[position]].words())
    rows: list[PieceRow] = []
    figures = 0
    for index in printed[position + 1 :]:
        words = lines[index].words()
        count = _figures_at_end(words)
        figures = figures or count
        texts = len(words) - figures
        total = texts == 1 and words[0].text in TOTALS
        if not 0 < figures < width or count < figures or not (len(words) == width or total):
            ended = count < _FEWEST_ROWS or is_caption(lines[index].text.strip())
            return rows if ended and len(rows) >= _FEWEST_ROWS else []
        stub: PieceRow = [()] * (width - figures)
        for column, piece in enumerate(words[:texts]):
            # A total stands behind the counter or code with which other rows begin.
            stub[min(1, len(stub) - 1) if total else column] = (piece,)
        rows.append([*stub, *((piece,) for piece in words[texts:])])
    return rows if len(rows) >= _FEWEST_ROWS else []


def _figures_at_end(words: Sequence[Piece]) -> int:
    """How many words at the end of a line are figures."""
    count = 0
    while count < len(words) and is_figure_word(words[-1 - count].text):
        count += 1
    return count
