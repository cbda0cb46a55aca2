"""The block of labels and values above the indicator grid of a performance form in running text.

A row is a label with its value, several such pairs, or a small table of its own: labels, and below them what they name.
Where empty lines stand between the rows, they tell which lines make up one.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_amount_label, is_form_label, is_form_label_prefix
from workbench.tables.text.forms.block_cells import (
    PER_CENT,
    PUNCTUATION,
    SECTION,
    Segment,
    label_length,
    pairs_of,
    small_table_row,
)
from workbench.tables.text.forms.block_lines import (
    are_pairs,
    goes_on_with_pairs,
    is_wrapped_label,
    with_whole_labels,
    with_wrapped_leads,
)
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import Piece

_LEAST_ROWS = 3
"""So many empty lines in a block mean that they stand between its rows."""
_LEAST_PAIRS = 2
"""So many lines of two labels and their values mean that others are as well."""
Pieces = tuple[Piece, ...]


def label_rows(lines: Sequence[TextLine]) -> list[list[Pieces]]:
    """The rows of a block of labels and values. A label alone on its line leads the rows below it."""
    lines = with_whole_labels(with_wrapped_leads(lines))
    parted = _is_parted(lines)
    rows: list[list[Segment]] = []
    pairs = sum(map(are_pairs, lines)) >= _LEAST_PAIRS
    for words in _rows_of(lines) if parted else _cells_joined(lines):
        own = pairs_of(words) if pairs and len({word.line for word in words}) == 1 else None
        _add(rows, own or small_table_row(words, rows, parted=parted and words[0].gap) or _segments(words))
    return [[tuple(segment.pieces) for segment in row] for row in _aligned(_with_leads_first(rows))]


def _with_leads_first(rows: Sequence[list[Segment]]) -> list[list[Segment]]:
    """The rows, a label that leads several rows of amounts and stands in their middle put before the first of them."""
    found = list(rows)
    for index, row in enumerate(found):
        if len(row) < 2 or not (row[0].label and row[1].label) or is_amount_label(row[0].text):
            continue
        first = index
        while first and found[first - 1][0].label and is_amount_label(found[first - 1][0].text):
            first -= 1
        if first < index:
            found[first] = [row[0], *found[first]]
            found[first + 1 : index] = [[Segment([], False), *above] for above in found[first + 1 : index]]
            found[index] = [Segment([], False), *row[1:]]
    return found


def _is_parted(lines: Sequence[TextLine]) -> bool:
    """Whether empty lines stand between the rows."""
    gaps = sum(line.gap for line in lines)
    return gaps >= _LEAST_ROWS and gaps * 2 >= len(lines)


def _rows_of(lines: Sequence[TextLine]) -> list[tuple[Word, ...]]:
    """The words of the rows: a line that no empty line parts from the one above goes on with it where it begins with no
    label, and so does any that begins with the end of a wrapped label."""
    rows: list[tuple[Word, ...]] = []
    for line in lines:
        goes_on = bool(rows) and not line.gap and not label_length(line.words, 0)
        if goes_on or (rows and is_wrapped_label(rows[-1][-1], line.words[0])):
            rows[-1] += line.words
        else:
            rows.append(line.words)
    return rows


def _cells_joined(lines: Sequence[TextLine]) -> list[tuple[Word, ...]]:
    """The words of the lines, those of a small table of which each cell is a line of its own joined: labels that follow
    each other, and a label with its figures."""
    rows: list[tuple[Word, ...]] = []
    for line in lines:
        above = rows[-1] if rows else ()
        if above and (
            is_wrapped_label(above[-1], line.words[0])
            or goes_on_with_pairs(above, line.words)
            or (len(line.words) == 1 and _goes_below(above, line.words[0]))
        ):
            rows[-1] += line.words
        else:
            rows.append(line.words)
    return [part for row in rows for part in _lone_labels(row)]


def _goes_below(above: Sequence[Word], word: Word) -> bool:
    """Whether a cell on a line of its own goes on with the row above: a label with labels, a figure with figures."""
    one_a_line = len({each.line for each in above}) == len(above)
    if is_figure_word(word.text) or word.text in PER_CENT:
        goes_on = is_figure_word(above[-1].text) or above[-1].text in PER_CENT
        pairs = any(is_figure_word(each.text) for each in above)
        return goes_on or ((one_a_line or pairs) and is_amount_label(above[-1].text))
    labels = not any(is_figure_word(each.text) for each in above) and label_length(above, 0) > 0
    return labels and not is_amount_label(word.text) and _all_labels((*above, word))


def _all_labels(words: Sequence[Word]) -> bool:
    index = 0
    while index < len(words):
        count = label_length(words, index)
        if not count:
            return index == len(words) - 1 and is_form_label_prefix(words[index].text)
        index += count
    return True


def _lone_labels(row: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """A row, cut again where it is two labels, of which the first has no value."""
    lines = {word.line for word in row}
    if len(lines) == len(row) == 2 and all(is_form_label(word.text) for word in row):
        return [row[:1], row[1:]]
    return [row]


def _aligned(rows: Sequence[list[Segment]]) -> list[list[Segment]]:
    """The rows with the cells of small tables below one another: where the cells of a row are of the kinds of the last
    ones of the row above, a cell reaches down beside them."""
    found: list[list[Segment]] = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else []
        if _is_head_of(row, below):
            row = [row[0], Segment([], False), *row[1:]]
        elif found and _are_labels_of_pairs(row, found[-1]):
            row = [row[0], *(cell for label in row[1:] for cell in (label, Segment([], False)))]
        elif found and not row[0].pieces:
            missing = len(found[-1]) - len(row)
            kinds, above = [cell.figure for cell in row[1:]], [cell.figure for cell in found[-1][1:]]
            if missing > 0 and kinds == above[missing:] and any(kinds) and not all(kinds):
                row = [row[0], *(Segment([], False) for _ in range(missing)), *row[1:]]
        found.append(row)
    return found


def _are_labels_of_pairs(row: Sequence[Segment], above: Sequence[Segment]) -> bool:
    """Whether a row is labels without values, beside a label that leads it, below as many labels with theirs."""
    labels = [segment.label for segment in row[1:]]
    return (
        not row[0].pieces
        and len(labels) > 1
        and all(labels)
        and ([segment.label for segment in above[1:]] == [True, False] * len(labels))
    )


def _is_head_of(row: Sequence[Segment], below: Sequence[Segment]) -> bool:
    """Whether labels stand above as many figures, whose own label stands before them."""
    if len(row) < 3 or not all(segment.label for segment in row):
        return False
    figures = [segment.figure for segment in below]
    return len(below) == len(row) + 1 and not below[0].pieces and not figures[1] and all(figures[2:])


def _add(rows: list[list[Segment]], segments: list[Segment]) -> None:
    """Put what is printed next into its row: with a label that waits for it, with a text that goes on, or a new one."""
    last = rows[-1] if rows else []
    open_label = bool(last) and last[-1].label and not is_amount_label(last[-1].text)
    if segments[0].label:
        lone_lead = len(last) == 1 and last[0].label and not SECTION.search(last[0].text)
        led = len(last) > 1 and (not last[0].pieces or (last[0].label and last[1].label))
        if lone_lead and len(segments) != 1:
            last.extend(segments)
        elif led and is_amount_label(segments[0].text):
            rows.append([Segment([], False), *segments])
        else:
            rows.append(segments)
    elif not segments[0].pieces:
        rows.append(segments)
    elif open_label and not (len(last) > 1 and last[-2].label):
        last.extend(segments)
    elif last and not last[-1].label and _is_text(last[-1]) and all(_is_text(segment) for segment in segments):
        for segment in segments:
            last[-1].pieces.extend(segment.pieces)
    else:
        rows.append([Segment([], False), *segments])


def _is_text(segment: Segment) -> bool:
    return bool(segment.pieces) and not is_figure_word(segment.text)


def _segments(words: Sequence[Word]) -> list[Segment]:
    """A row cut into labels and values; a sentence has a label at most at its beginning."""
    sentences = {word.line for word in words if PUNCTUATION.search(word.text)}
    segments: list[Segment] = []
    index = 0
    while index < len(words):
        sentence = words[index].line in sentences
        count = label_length(words, index) if not sentence or index == 0 else 0
        if count and sentence and is_amount_label("".join(word.text for word in words[:count])):
            count = 0
        if count:
            segments.append(Segment([word.piece for word in words[index : index + count]], True))
            index += count
            continue
        word = words[index]
        figures = bool(segments) and segments[-1].figure and is_figure_word(word.text)
        if segments and not segments[-1].label and not figures:
            segments[-1].pieces.append(word.piece)
        else:
            segments.append(Segment([word.piece], False))
        index += 1
    return segments
