"""Words of running text put back into the order of the cells they belong to, before rows are read.

Text that was taken from a page line by line interleaves cells that are wrapped: the label of a row stands above, on
and below the line with its figures, the second line of each cell behind the first lines of all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header_words import Word
from workbench.tables.text.row_runs import CODE, begins_label
from workbench.tables.text.slots import Kind, Slot

WordLine = list[Word]


def reflowed(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[Word]:
    """The words of a body with wrapped cells in one piece."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    return _centred(_side_by_side(lines, joiner), slots)


def closed_up(words: Sequence[Word]) -> list[Word]:
    """The words of a line, single characters that blanks hold apart made one word: 收 入 总 计 is 收入总计."""
    closed: list[Word] = []
    single = False
    for word in words:
        alone = len(word.text) == 1 and not word.text.isascii()
        if alone and single:
            last = closed[-1]
            piece = last.piece._replace(end=word.piece.end, text=f"{last.piece.text} {word.piece.text}")
            closed[-1] = last._replace(piece=piece, text=last.text + word.text)
        else:
            closed.append(word)
        single = alone
    return closed


def _side_by_side(lines: list[WordLine], joiner: FigureJoiner) -> list[WordLine]:
    """Two lines on which several wrapped cells stand side by side, text and figures, made one: the text of the second
    goes behind the text of the first, its pieces of figures stay behind the figures."""
    merged: list[WordLine] = []
    for line in lines:
        figures = [word for word in line if is_figure_word(word.text)]
        texts = [word for word in line if not is_figure_word(word.text)]
        above = [word for word in merged[-1] if is_figure_word(word.text)] if merged else []
        rest = bool(texts) and bool(figures) and bool(above) and len(figures) <= len(above) and not line[0].gap
        if rest and all(_continues(word, above, joiner) for word in figures) and not begins_label(texts[0], None):
            head = merged[-1]
            first = len(head)
            while first > 0 and is_figure_word(head[first - 1].text):
                first -= 1
            merged[-1] = [*head[:first], *texts, *head[first:], *figures]
        else:
            merged.append(line)
    return merged


def _continues(word: Word, above: Sequence[Word], joiner: FigureJoiner) -> bool:
    return word.text.startswith(".") or any(joiner.wraps(other, word) for other in above)


def _centred(lines: list[WordLine], slots: Sequence[Slot]) -> list[Word]:
    """Labels that were wrapped around the line with the code and the figures of their row, as many lines above it as
    below, put between the two. Left as it is unless all lines fit."""
    plain = [word for line in lines for word in line]
    kinds = [slot.kind for slot in slots]
    if Kind.CODE not in kinds or kinds.count(Kind.TEXT) != 1:
        return plain
    anchors = [index for index, line in enumerate(lines) if any(is_figure_word(word.text) for word in line)]
    if not anchors or any(not _is_anchor(lines[index]) for index in anchors):
        return plain
    if any(begins_label(word, None) for index, line in enumerate(lines) if index not in anchors for word in line[:1]):
        return plain
    above = anchors[0]
    if above == 0 and all(anchors[k + 1] - anchors[k] == 1 for k in range(len(anchors) - 1)):
        return plain
    ordered: list[Word] = []
    for index, anchor in enumerate(anchors):
        below = above
        following = anchors[index + 1] if index + 1 < len(anchors) else len(lines)
        if following - anchor - 1 < below:
            return plain
        ordered.extend(_row(lines[anchor - above : anchor], lines[anchor], lines[anchor + 1 : anchor + 1 + below]))
        above = following - anchor - 1 - below
    return plain if above else ordered


def _is_anchor(line: WordLine) -> bool:
    """Whether a line has a code (or a total) first, then figures."""
    first = line[1] if len(line) > 1 and line[0].text.isdigit() and len(line[0].text) <= 2 else line[0]
    return bool(CODE.match(first.text)) or any(word.text in ("合计", "总计", "小计") for word in line[:2])


def _row(above: Sequence[WordLine], anchor: WordLine, below: Sequence[WordLine]) -> list[Word]:
    split = 0
    while split < len(anchor) and is_figure_word(anchor[split].text) and "." not in anchor[split].text:
        split += 1
    end = split
    while end < len(anchor) and not is_figure_word(anchor[end].text):
        end += 1
    names = [word for line in above for word in line] + anchor[split:end] + [word for line in below for word in line]
    return [*anchor[:split], *names, *anchor[end:]]
