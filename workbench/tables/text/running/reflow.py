"""Words of running text put back into the order of the cells they belong to, before rows are read.

Text that was taken from a page line by line interleaves cells that are wrapped: the label of a row stands above, on
and below the line with its figures, the second line of each cell behind the first lines of all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.by_height import Block, WordLine, blocks_of
from workbench.tables.text.running.row_runs import CODE, begins_label
from workbench.tables.text.running.slots import Kind, Slot
from workbench.tables.text.running.top_aligned import with_rests_below
from workbench.tables.text.running.wrapped_sides import with_wrapped_sides
from workbench.tables.text.vocabulary import TOTALS

_LISTED = re.compile(r"^\d{1,2}[.．、]$")


def reflowed(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[Word]:
    """The words of a body with wrapped cells in one piece."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    topped = with_rests_below(lines, slots)
    if topped is not None:
        return [word for line in _side_by_side(topped, joiner) for word in line]
    if {"left", "right"} <= {slot.side for slot in slots}:
        lines = with_wrapped_sides(lines, slots)
    return _centred(_side_by_side(lines, joiner), slots)


def closed_up(words: Sequence[Word]) -> list[Word]:
    """The words of a line, single characters that blanks hold apart made one word, and a number made one with what it
    lists: 收 入 总 计 is 收入总计, 1. 事业收入 is 1.事业收入."""
    closed: list[Word] = []
    single = listed = False
    for word in words:
        alone = len(word.text) == 1 and not word.text.isascii() and not is_figure_word(word.text)
        if (alone and single) or (listed and not is_figure_word(word.text)):
            last = closed[-1]
            piece = last.piece._replace(end=word.piece.end, text=f"{last.piece.text} {word.piece.text}")
            closed[-1] = last._replace(piece=piece, text=last.text + word.text)
        else:
            closed.append(word)
        single, listed = alone, bool(_LISTED.match(word.text))
    return closed


def _side_by_side(lines: list[WordLine], joiner: FigureJoiner) -> list[WordLine]:
    """Two lines on which several wrapped cells stand side by side, text and figures, made one: the text of the second
    goes behind the text of the first, its pieces of figures stay behind the figures."""
    merged: list[WordLine] = []
    for line in lines:
        figures = [word for word in line if is_figure_word(word.text)]
        texts = [word for word in line if not is_figure_word(word.text)]
        above = [word for word in merged[-1] if is_figure_word(word.text)] if merged else []
        rest = line[0] in texts and bool(figures) and bool(above) and len(figures) <= len(above) and not line[0].gap
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
    """Labels that were wrapped around the line with the code and the figures of their row put between the two. Left as
    it is where lines do not stand so."""
    plain = [word for line in lines for word in line]
    kinds = [slot.kind for slot in slots]
    if Kind.CODE not in kinds or kinds.count(Kind.TEXT) != 1:
        return plain
    if any(not _is_anchor(line) for line in lines if any(is_figure_word(word.text) for word in line)):
        return plain
    blocks = blocks_of(lines, lambda line: any(is_figure_word(word.text) for word in line))
    if blocks is None:
        return plain
    codes = sum(kind in (Kind.CODE, Kind.COUNTER) for kind in kinds)
    return [word for block in blocks for word in _row(block, codes)]


def _is_anchor(line: WordLine) -> bool:
    """Whether a line has a code (or a total) first, then figures."""
    first = line[1] if len(line) > 1 and line[0].text.isdigit() and len(line[0].text) <= 2 else line[0]
    return bool(CODE.match(first.text)) or any(word.text in TOTALS for word in line[:2])


def _row(block: Block, codes: int) -> list[Word]:
    """The words of a row: its code in at most so many words, its label, its figures."""
    anchor = block.anchor
    split = 0
    while split < min(codes, len(anchor)) and anchor[split].text.isdigit():
        split += 1
    end = split
    while end < len(anchor) and not is_figure_word(anchor[end].text):
        end += 1
    above, below = ([word for line in lines for word in line] for lines in (block.above, block.below))
    return [*anchor[:split], *above, *anchor[split:end], *below, *anchor[end:]]
