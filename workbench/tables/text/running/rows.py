"""The rows of a body whose empty cells vanished: which words make one cell, which cells one row.

The columns of a table are a sequence of slots: a counter, a code, a text column, a run of figure columns. A row fills
slots from the left, each with a run of words; the cheapest way to read the words so is found by dynamic programming.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.model.amount import match_key
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.row_runs import ACCOUNT, CODE, STRANGE, Runs
from workbench.tables.text.running.slots import Kind, Slot, beginnings_of, skip_cost
from workbench.tables.text.vocabulary import NEW_LABEL, TOTALS

_NEVER = 1e9


@dataclass(slots=True)
class SlotRow:
    """One row: the words of each slot."""

    words: dict[int, list[Word]] = field(default_factory=dict)


def read_rows(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[SlotRow]:
    """The rows that the words of a body make up."""
    if slots and slots[0].kind is Kind.COUNTER and slots[0].side != "right":
        counted = counted_rows(words, joiner)
        if counted:
            *counted, total = *counted[:-1], *_without_total(counted[-1])
            if slots[-1].kind is Kind.FIGURES:
                counted = list(map(tail_first, counted))
            found = [row for block in counted for row in _read_block(block, slots, joiner, one_row=True)]
            return found + (_read_block(total, slots, joiner, one_row=False) if total else [])
    rows: list[SlotRow] = []
    for block in _blocks(words):
        rows.extend(_read_block(block, slots, joiner, one_row=False))
    return rows


def counted_rows(words: Sequence[Word], joiner: FigureJoiner) -> list[list[Word]]:
    """The words cut where a line begins with the next number: 1, 2, 3 …; empty where they are not so numbered."""
    blocks: list[list[Word]] = []
    named = {word.line for word in words if not is_figure_word(word.text)}
    for word in words:
        counts = word.first and word.text == str(len(blocks) + 1)
        if counts and not (blocks and _is_open(blocks[-1], word, joiner, named=word.line in named)):
            blocks.append([word])
        elif blocks:
            blocks[-1].append(word)
        elif word.text != "1":
            return []
    return blocks


def _without_total(block: list[Word]) -> tuple[list[Word], list[Word]]:
    """The words of the last numbered row, and those of the total below it that has no number."""
    for index in range(2, len(block) - 1):
        total = block[index].first and block[index].text in TOTALS and is_figure_word(block[index + 1].text)
        if total and any(is_figure_word(word.text) for word in block[1:index]):
            return block[:index], block[index:]
    return block, []


def tail_first(block: list[Word]) -> list[Word]:
    """The words of one row, a label that goes on below its figures (cut by a page break) put before them."""
    end = len(block)
    while end > 0 and not is_figure_word(block[end - 1].text):
        end -= 1
    start = end
    while start > 1 and is_figure_word(block[start - 1].text):
        start -= 1
    if end == len(block) or start <= 1 or start == end or NEW_LABEL.match(block[end].text):
        return block
    if is_figure_word(block[start - 1].text):
        return block
    return [*block[:start], *block[end:], *block[start:end]]


def _is_open(block: Sequence[Word], word: Word, joiner: FigureJoiner, *, named: bool) -> bool:
    """Whether a row must go on: it has nothing yet but its number and a piece of a code (2101 of 21011), or its last
    figure was wrapped. Behind the rest of a figure stands no name on its line."""
    if not named and len(block) > 1 and is_figure_word(block[-1].text) and joiner.wraps(block[-1], word):
        return True
    digits = "".join(word.text for word in block[1:])
    return digits.isdigit() and len(digits) not in (3, 5, 7)


def _blocks(words: Sequence[Word]) -> list[list[Word]]:
    """Long bodies cut where a row surely begins, so that each stretch is short."""
    blocks: list[list[Word]] = [[]]
    for index, word in enumerate(words):
        sure = word.first and index > 0 and is_figure_word(words[index - 1].text) and len(blocks[-1]) > 40
        if sure and (NEW_LABEL.match(word.text) or (word.text.isdigit() and bool(CODE.match(word.text)))):
            blocks.append([])
        blocks[-1].append(word)
    return [block for block in blocks if block]


def _read_block(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner, *, one_row: bool) -> list[SlotRow]:
    """The cheapest way to read words as rows. `best[end][slot]` is what it costs to read the words up to `end`, the
    last of them in `slot`; from there a word goes to a later slot of the row or, first on its line,
    to a slot of a new row."""
    count, width = len(words), len(slots)
    best = [[_NEVER] * (width + 1) for _ in range(count + 1)]
    back: dict[tuple[int, int], tuple[int, int, bool]] = {}
    best[0][width] = 0.0
    runs = Runs(words, slots, joiner)
    skips = [skip_cost(slots, index) for index in range(width)]
    lined = sum(word.first for word in words) * 2 <= count
    told = any(slot.personnel is not None for slot in slots)
    starts = beginnings_of(slots) if lined or told else frozenset()
    for start, row in enumerate(best[:-1]):
        least = min(row)
        if least >= _NEVER:
            continue
        last = row.index(least)
        begins = words[start].first and not one_row
        onwards, before, passed = _NEVER, -1, 0.0
        for index, slot in enumerate(slots):
            if start == 0 and one_row and slots[0].kind is Kind.COUNTER and index > 0:
                break
            entry, origin, new = onwards, before, False
            if start == 0 or begins:
                fresh = least + (2.0 if start else 0.0) + passed
                if fresh < entry:
                    entry, origin, new = fresh, last, True
            passed += skips[index]
            onwards += skips[index]
            if row[index] <= onwards:
                onwards, before = row[index], index
            if entry >= _NEVER:
                continue
            if starts and start and not new and words[start].first:
                entry += _cost_of_line(slot, runs, start, begins=index in starts)
            for end, cost in runs.of(start, slot):
                total = entry + cost
                if total < best[end][index]:
                    best[end][index] = total
                    back[end, index] = (start, origin, new)
    last = min(range(width + 1), key=lambda slot: best[count][slot])
    if best[count][last] >= _NEVER:
        return [_leftover(words, slots)]
    return _trace(words, back, last)


def _cost_of_line(slot: Slot, runs: Runs, start: int, *, begins: bool) -> float:
    """What it costs that a slot of a later block, which it `begins` or not, stands first on a line: an account there
    begins a row, not the second block of one, nor is it a figure."""
    figures = slot.kind is Kind.FIGURES and bool(ACCOUNT.match(runs.texts[start]))
    unknown = slot.personnel is None
    label = unknown and slot.later and runs.figure[start - 1]
    return STRANGE if (unknown and begins) or figures or label else 0.0


def with_wide_totals(rows: Sequence[SlotRow], slots: Sequence[Slot]) -> Sequence[SlotRow]:
    """The rows of a table of three blocks or more, the figure of a total that ends a row (公用经费合计) put into the
    last column: its label spans all blocks but for that."""
    figures = [index for index, slot in enumerate(slots) if slot.kind is Kind.FIGURES]
    if len(beginnings_of(slots)) < 2 or len(figures) < 3:
        return rows
    for row in rows:
        labels = [index for index in row.words if slots[index].kind is Kind.TEXT]
        last = max(row.words, default=-1)
        total = bool(labels) and match_key(row.words[max(labels)][-1].text).endswith(TOTALS)
        if total and len(labels) > 1 and last == max(labels) + 1 and last in figures and last != figures[-1]:
            row.words[figures[-1]] = row.words.pop(last)
    return rows


def _leftover(words: Sequence[Word], slots: Sequence[Slot]) -> SlotRow:
    """A row that fits no reading: all its words in the first text column, to be seen and corrected."""
    slot = next((index for index, slot in enumerate(slots) if slot.kind is Kind.TEXT), 0)
    return SlotRow({slot: list(words)})


def _trace(words: Sequence[Word], back: dict[tuple[int, int], tuple[int, int, bool]], last: int) -> list[SlotRow]:
    rows: list[SlotRow] = []
    row = SlotRow()
    end, slot = len(words), last
    while end > 0:
        start, origin, new = back[end, slot]
        row.words[slot] = list(words[start:end])
        if new:
            rows.append(row)
            row = SlotRow()
        end, slot = start, origin
    return rows[::-1]
