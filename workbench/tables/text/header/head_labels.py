"""Which of the words below a title are the labels of a header: those that are known, those that stand above as many
cells, and what stands on one line with them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from workbench.tables.text.header.head_captions import is_below_captions, is_titled
from workbench.tables.text.header.lines import MOST_LINES, is_figure
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.rows import Label, first_line, last_line
from workbench.tables.text.header.words import Word, labels_of
from workbench.tables.text.header.woven import unwoven
from workbench.tables.text.lines import Piece, text_of
from workbench.tables.text.vocabulary import TOTALS, column_kind, is_known, is_weak, looks_like_label, may_stand_under

_LEAST_ROW = 4
_ROWS_BELOW = 4
"""Below words that nobody knows so many rows are looked at for as many cells."""
MOST_LABELS = 60
"""More words or labels than these are no header."""
_TOTALS = frozenset({"合计", "总计"})


def header_labels(
    lines: Sequence[TextLine],
    position: int,
    floor: int,
    words: Sequence[Word],
    end: int,
    numbering: Sequence[Piece],
) -> tuple[list[Label], int]:
    """The labels that header words make, and the number of the line after them; none where they make no header of
    whole lines."""
    if numbering:
        labels = labels_of(unwoven(words))
        return (labels if _are_header(labels, 2) else []), end
    row = lines[end] if end < len(lines) else None
    for find in (_labels_of_row, _labels_read, _labels_as_cells):
        labels = find(lines, position, floor, words, row)
        stop = _after_labels(lines, position, labels)
        if stop > position:
            return labels, stop
    return [], end


def _after_labels(lines: Sequence[TextLine], position: int, labels: Sequence[Label]) -> int:
    """The number of the line after labels, that of their own first line where they are not all of their lines."""
    taken = {place for label in labels for piece in label for place in places(piece)}
    end = position
    while end < len(lines) and all(taken.issuperset(places(word.piece)) for word in lines[end].words):
        end += 1
    whole = sum(len(places(word.piece)) for line in lines[position:end] for word in line.words) == len(taken)
    return end if whole else position


def _labels_read(
    lines: Sequence[TextLine], position: int, floor: int, words: Sequence[Word], row: TextLine | None
) -> list[Label]:
    """The labels that words make by what is known of labels."""
    labels = _believable(labels_of(unwoven(words)), row)
    body = lines[row.number : row.number + MOST_LINES] if row is not None else ()
    if _is_total_of_body(labels, body):
        labels = labels[:-1]
    labels = _without_first_total(labels, lines[position : position + MOST_LINES])
    return labels if _are_header(labels, 2 if is_titled(lines, position, floor) else 3) else []


def _labels_of_row(
    lines: Sequence[TextLine], position: int, floor: int, _words: Sequence[Word], _row: TextLine | None
) -> list[Label]:
    """The words of a line as labels, known or not, where rows of as many cells, figures among them, stand below it and
    a title and a unit above; none where it is not so."""
    words = lines[position].words
    below = lines[position + 1 : position + 1 + _ROWS_BELOW]
    alike = [line for line in below if len(line.words) == len(words) and is_figure(line.words[-1].text)]
    strange = [word for word in words if not is_known(word.text)]
    if len(words) < _LEAST_ROW or len(alike) < 2 or not strange or len(strange) * 2 > len(words):
        return []
    return [(word.piece,) for word in words] if is_titled(lines, position, floor) else []


def _labels_as_cells(
    lines: Sequence[TextLine], position: int, floor: int, words: Sequence[Word], row: TextLine | None
) -> list[Label]:
    """The words right below the title and the unit of a table as labels, known or not, as many as the cells of the row
    below them, of which all but the first are figures; none where it is not so."""
    cells = row.words if row is not None and is_below_captions(lines, position, floor) else ()
    if len(cells) < _LEAST_ROW or is_figure(cells[0].text) or not all(is_figure(word.text) for word in cells[1:]):
        return []
    return labels_of(words, len(cells))


def _are_header(labels: Sequence[Label], least: int) -> bool:
    """Whether so many labels are there and most are known; those that are known below a spanner count where it is."""
    texts = [text_of(label) for label in labels]
    known = sum(
        is_known(text) and (not is_weak(text) or any(may_stand_under(text, other) for other in texts)) for text in texts
    )
    # Below the title and the unit of a table less need be known.
    alike = sum(map(looks_like_label, texts)) if least == 2 else 0
    enough = known * 5 >= len(labels) * 3 or (known + alike) * 5 >= len(labels) * 4
    return enough and least <= len(labels) <= MOST_LABELS


def places(piece: Piece) -> list[tuple[int, int]]:
    """The places of the characters of a piece: page and offset."""
    return [(piece.page.number, offset) for offset in range(piece.start, piece.end)]


def _without_first_total(labels: list[Label], lines: Sequence[TextLine]) -> list[Label]:
    """The labels without a lone last 合计 that is there already: the first row of a body without figures."""
    last = text_of(labels[-1]) if labels else ""
    if last in _TOTALS and (any(text_of(label) == last for label in labels[:-1]) or _has_stub(labels[:-1])):
        if any(len(line.words) == len(labels[-1]) and line.words[0].piece is labels[-1][0] for line in lines):
            return labels[:-1]
    return labels


def _is_total_of_body(labels: Sequence[Label], body: Sequence[TextLine]) -> bool:
    """Whether the last label, alone on its line, is the total with which a body begins: its first row has no other
    name, and a figure for each label of amounts."""
    if (
        len(labels) < _LEAST_ROW
        or not text_of(labels[-1]).endswith(TOTALS)
        or first_line(labels[-1]) == last_line(labels[-2])
    ):
        return False
    figures = list(takewhile(is_figure, (word.text for line in body for word in line.words)))
    kinds = [column_kind(text_of(label)) for label in labels[:-1]]
    return kinds[0] == "text" and kinds.count("text") == 1 and len(figures) == len(kinds) - 1


def _believable(labels: Sequence[Label], following: TextLine | None) -> list[Label]:
    """The labels up to where they turn into something else: the first rows of a body. A line is of the header as a
    whole where most of it is known, and so are lines that only hold what may be labels right above a row that ends in
    figures."""
    score = best = 0.0
    cut = 0
    for index, label in enumerate(labels):
        text = text_of(label)
        score += 1.0 if is_known(text) else -0.6 if looks_like_label(text) else -1.5
        if score > best:
            best, cut = score, index + 1
    end = cut
    while 0 < end < len(labels) and last_line(labels[end]) == last_line(labels[cut - 1]):
        end += 1
    row = following is not None and _is_row(following)
    if not row and not _are_alike(labels[cut:end]) and not _are_mostly_known(labels[:end]):
        return list(labels[:cut])
    return list(labels if row and _are_alike(labels[end:]) else labels[:end])


def _are_mostly_known(labels: Sequence[Label]) -> bool:
    """Whether two in three of the labels on the last line are known."""
    known = [is_known(text_of(label)) for label in labels if last_line(label) == last_line(labels[-1])]
    return sum(known) * 3 >= len(known) * 2 > 0


def _are_alike(labels: Sequence[Label]) -> bool:
    return all(looks_like_label(text_of(label)) for label in labels)


def _is_row(line: TextLine) -> bool:
    """Whether a line begins as a total or with a code, and ends in a figure."""
    first, last = line.words[0].text, line.words[-1].text
    return len(line.words) > 1 and (first in _TOTALS or first.isdigit()) and is_figure(last)


def _has_stub(labels: Sequence[Label]) -> bool:
    """Whether labels name the accounts and at least two columns of figures."""
    texts = [text_of(label) for label in labels]
    return any(text.endswith("名称") for text in texts) and sum(column_kind(text) == "figure" for text in texts) >= 2
