"""The rows of a body whose empty cells vanished: which words make one cell, which cells one row.

The columns of a table are a sequence of slots: a counter, a code, a text column, a run of figure columns. A row fills
slots from the left, each with a run of words; the cheapest way to read the words so is found by dynamic programming.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from workbench.model.amount import match_key
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header_words import Header, Word
from workbench.tables.text.vocabulary import NEW_LABEL, column_kind, side_of

_CODE_LABEL = re.compile(r"编码$|代码$|编号$|^[类款项目]$|目录序号$|科目编码")
_COUNTER_LABEL = re.compile(r"^(?:序号|行次|栏次)$")
CODE = re.compile(r"^(?:\d{3}(?:\d\d){0,3}|[A-Z]\d{4,}|\d{6,}|[A-Z0-9]*\d[A-Z0-9]{5,})$")
"""A code of a functional or economic class, of a purchase or a project."""
_ACCOUNT = re.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
_LISTED = re.compile(r"^\d{1,2}[.、．](?!\d)")
_TWO_DIGITS = re.compile(r"^\d\d$")
_TOTALS = ("合计", "总计", "小计")
_PERSONNEL = ("301", "303")
"""The classes of accounts of people."""
_SIDE_TOTALS = ("公用经费合计", "人员经费合计")
_MOST_WORDS = 30
_SECOND_HALF = 4.0
"""What it costs that the second block of a row begins a printed line."""
_NEVER = 1e9


class Kind(StrEnum):
    """What a slot holds."""

    COUNTER = "counter"
    CODE = "code"
    TEXT = "text"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Slot:
    """One text, code or counter column, or a run of figure columns. `side` is left or right in a statement of two
    sides, else ""."""

    kind: Kind
    columns: tuple[int, ...]
    side: str = ""
    partial: bool = False
    """Whether it holds the two digits of 款 or 项 alone."""
    personnel: bool | None = None
    """Whether it holds accounts of people (人员经费) or of running costs (公用经费), None where the header does not tell."""
    later: bool = False
    """Whether it is a text column right of another, of a table with one side: no label of a row begins there."""


@dataclass(slots=True)
class SlotRow:
    """One row: the words of each slot."""

    words: dict[int, list[Word]] = field(default_factory=dict)


def slots_of(header: Header) -> list[Slot]:
    """The slots of the columns of a header."""
    texts = header.texts()
    leaves = [next((row[column] for row in reversed(texts) if row[column]), "") for column in range(header.width)]
    kinds = [_kind(leaf, column) for column, leaf in enumerate(leaves)]
    sides = _sides(texts, leaves, kinds)
    slots: list[Slot] = []
    for column, kind in enumerate(kinds):
        last = slots[-1] if slots else None
        if kind is Kind.FIGURES and last is not None and last.kind is kind and last.side == sides[column]:
            slots[-1] = Slot(kind, (*last.columns, column), last.side)
        else:
            later = kind is Kind.TEXT and not sides[column] and any(slot.kind is Kind.TEXT for slot in slots)
            partial = leaves[column] in ("款", "项", "目")
            slots.append(Slot(kind, (column,), sides[column], partial, _personnel(texts, column), later))
    return slots


def _personnel(texts: Sequence[Sequence[str]], column: int) -> bool | None:
    above = [row[column] for row in texts[:-1]]
    return True if "人员经费" in above else False if "公用经费" in above or "日常公用经费" in above else None


def _kind(leaf: str, column: int) -> Kind:
    if _COUNTER_LABEL.match(leaf):
        return Kind.COUNTER
    if _CODE_LABEL.search(leaf) and not leaf.endswith("名称"):
        return Kind.CODE
    kind = column_kind(leaf)
    if kind == "figure" or (not kind and column > 0):
        return Kind.FIGURES
    return Kind.TEXT


def _sides(header: Sequence[Sequence[str]], leaves: Sequence[str], kinds: Sequence[Kind]) -> list[str]:
    top = [column[0] for column in zip(*header, strict=True)]
    texts = [column for column, kind in enumerate(kinds) if kind is Kind.TEXT]
    twice = len(texts) == 2 and leaves[texts[0]] == leaves[texts[1]] and Kind.CODE not in kinds
    if twice or {"收入", "支出"} <= set(top):
        middle = texts[1] if len(texts) > 1 else len(kinds)
        return ["left" if column < middle else "right" for column in range(len(kinds))]
    return [""] * len(kinds)


def begins_label(word: Word, previous: Word | None) -> bool:
    """Whether a word begins the label of another row or cell: an ordinal, 其中：, a total that is not the end of
    本年收入 | 合计."""
    if not NEW_LABEL.match(word.text):
        return False
    if previous is not None and previous.text.endswith(("：", ":", "、")):
        return False
    return previous is None or not (
        word.text in _TOTALS and previous.text.endswith(("收入", "支出", "收", "支", "经费"))
    )


def read_rows(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[SlotRow]:
    """The rows that the words of a body make up."""
    if slots and slots[0].kind is Kind.COUNTER and slots[0].side != "right":
        counted = counted_rows(words, joiner)
        if counted:
            return [row for block in counted for row in _read_block(tail_first(block), slots, joiner, one_row=True)]
    rows: list[SlotRow] = []
    for block in _blocks(words):
        rows.extend(_read_block(block, slots, joiner, one_row=False))
    return rows


def counted_rows(words: Sequence[Word], joiner: FigureJoiner) -> list[list[Word]]:
    """The words cut where a line begins with the next number: 1, 2, 3 …; empty where they are not so numbered."""
    blocks: list[list[Word]] = []
    for word in words:
        if word.first and word.text == str(len(blocks) + 1) and not (blocks and _is_open(blocks[-1], word, joiner)):
            blocks.append([word])
        elif blocks:
            blocks[-1].append(word)
        elif word.text != "1":
            return []
    return blocks


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


def _is_open(block: Sequence[Word], word: Word, joiner: FigureJoiner) -> bool:
    """Whether a row must go on: it has nothing yet but its number and a piece of a code (2101 of 21011), or its last
    figure was wrapped."""
    if len(block) > 1 and is_figure_word(block[-1].text) and joiner.wraps(block[-1], word):
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
    count, width = len(words), len(slots)
    best = [[_NEVER] * (width + 1) for _ in range(count + 1)]
    back: dict[tuple[int, int], tuple[int, int, bool]] = {}
    best[0][width] = 0.0
    texts = [match_key(word.text) for word in words]
    figure = [is_figure_word(text) for text in texts]
    skips = [_skip_cost(slots, index) for index in range(width)]
    lined = sum(word.first for word in words) * 2 <= count
    told = any(slot.personnel is not None for slot in slots)
    starts = _beginnings(slots) if lined or told else frozenset()
    for start in range(count):
        counts: list[int] | None = None
        row = best[start]
        if min(row) >= _NEVER:
            continue
        for slot in range(width):
            if start == 0 and one_row and slots[0].kind is Kind.COUNTER and slot > 0:
                break
            entry, origin, new = _NEVER, -1, False
            passed = 0.0
            for previous in range(slot - 1, -1, -1):
                if row[previous] + passed < entry:
                    entry, origin = row[previous] + passed, previous
                passed += skips[previous]
            if start == 0 or (words[start].first and not one_row):
                fresh = min(row) + (2.0 if start else 0.0) + passed
                if fresh < entry:
                    entry, origin, new = fresh, row.index(min(row)), True
            if entry >= _NEVER:
                continue
            if starts and start and not new and words[start].first:
                # An account that begins a line begins a row, not the second block of one, nor is it a figure.
                figures = slots[slot].kind is Kind.FIGURES and bool(_ACCOUNT.match(texts[start]))
                unknown = slots[slot].personnel is None
                label = unknown and slots[slot].later and figure[start - 1]
                entry += _SECOND_HALF if (unknown and slot in starts) or figures or label else 0.0
            if slots[slot].kind is Kind.FIGURES:
                counts = _figure_counts(words, figure, start, joiner) if counts is None else counts
                runs = _figure_runs(words, figure, start, slots[slot], counts)
            else:
                runs = _runs(words, texts, figure, start, slots[slot])
            for end, cost in runs:
                if entry + cost < best[end][slot]:
                    best[end][slot] = entry + cost
                    back[end, slot] = (start, origin, new)
    last = min(range(width + 1), key=lambda slot: best[count][slot])
    if best[count][last] >= _NEVER:
        return [_leftover(words, slots)]
    return _trace(words, back, last)


def with_wide_totals(rows: Sequence[SlotRow], slots: Sequence[Slot]) -> Sequence[SlotRow]:
    """The rows of a table of three blocks or more, the figure of a total that ends a row (公用经费合计) put into the last
    column: its label spans all blocks but for that."""
    figures = [index for index, slot in enumerate(slots) if slot.kind is Kind.FIGURES]
    if len(_beginnings(slots)) < 2 or len(figures) < 3:
        return rows
    for row in rows:
        labels = [index for index in row.words if slots[index].kind is Kind.TEXT]
        last = max(row.words, default=-1)
        total = bool(labels) and match_key(row.words[max(labels)][-1].text).endswith(_TOTALS)
        if total and len(labels) > 1 and last == max(labels) + 1 and last in figures and last != figures[-1]:
            row.words[figures[-1]] = row.words.pop(last)
    return rows


def _beginnings(slots: Sequence[Slot]) -> frozenset[int]:
    """The code columns with which the second and later blocks of a table of several begin: 科目编码 科目名称 金额, and
    the same again."""
    codes = [index for index, slot in enumerate(slots) if slot.kind is Kind.CODE and not slot.partial]
    figures = [index for index, slot in enumerate(slots) if slot.kind is Kind.FIGURES]
    return frozenset(index for index in codes[1:] if figures and index > figures[0])


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


def _skip_cost(slots: Sequence[Slot], index: int) -> float:
    slot = slots[index]
    if slot.kind is Kind.FIGURES:
        return 0.1
    if slot.kind is Kind.TEXT:
        if slot.side:
            return 0.8 if slot.side == "left" else 3.0
        return 1.5 if not any(other.kind is Kind.TEXT for other in slots[:index]) else 0.8
    # Of 类 款 项 the later ones are blank sooner.
    return 0.6 - 0.01 * index


def _runs(
    words: Sequence[Word],
    texts: Sequence[str],
    figure: Sequence[bool],
    start: int,
    slot: Slot,
) -> list[tuple[int, float]]:
    """How far a slot of text, codes or counters may reach from `start`, and what each reach costs."""
    if slot.kind is Kind.COUNTER:
        return [(start + 1, 0.0)] if texts[start].isdigit() and len(texts[start]) <= 3 else []
    if slot.kind is Kind.CODE:
        return _code_runs(words, texts, start, slot)
    return _text_runs(words, texts, figure, start, slot)


def _code_runs(words: Sequence[Word], texts: Sequence[str], start: int, slot: Slot) -> list[tuple[int, float]]:
    if slot.partial:
        return [(start + 1, 0.0)] if _TWO_DIGITS.match(texts[start]) else []
    found = []
    joined = ""
    for end in range(start + 1, min(start + 5, len(words)) + 1):
        joined += texts[end - 1]
        if not joined.isascii() or "." in joined:
            break
        if CODE.match(joined):
            if slot.personnel is not None and (joined[:3] in _PERSONNEL) != slot.personnel:
                continue
            partial = joined.isdigit() and len(joined) not in (3, 5, 7) and len(joined) < 6
            # Pieces of digits may be pieces of figures as well.
            pieces = 0.3 * (end - start - 1) if joined.isdigit() else 0.0
            found.append((end, (2.0 if partial else 0.0) + pieces + 0.01 * (8 - min(len(joined), 8))))
    return found


def _figure_counts(words: Sequence[Word], figure: Sequence[bool], start: int, joiner: FigureJoiner) -> list[int]:
    """How many figures the next 1, 2, 3 … words are, up to where the figures end."""
    end = start
    while end < len(words) and figure[end] and end - start < _MOST_WORDS:
        end += 1
    return joiner.counts(words[start:end])


def _figure_runs(
    words: Sequence[Word], figure: Sequence[bool], start: int, slot: Slot, counts: Sequence[int]
) -> list[tuple[int, float]]:
    torn = start > 0 and figure[start - 1] and words[start - 1].line == words[start].line
    cost = 1.0 if torn else 0.0
    return [(start + index + 1, cost) for index, count in enumerate(counts) if count <= len(slot.columns)]


def _text_runs(
    words: Sequence[Word], texts: Sequence[str], figure: Sequence[bool], start: int, slot: Slot
) -> list[tuple[int, float]]:
    found = []
    cost = 5.0 if figure[start] and not _LISTED.match(texts[start]) else 0.0
    if slot.later and begins_label(words[start], None):
        cost += 3.0
    if start > 0 and not figure[start - 1]:
        cost += _break_cost(words[start - 1], words[start], texts[start], slot)
    joined = ""
    for end in range(start + 1, min(start + _MOST_WORDS, len(words)) + 1):
        index = end - 1
        joined += texts[index]
        if index > start:
            cost += _join_cost(words[index - 1], words[index], figure[index])
        if cost > 30:
            break
        side = side_of(joined) if slot.side else ""
        strange = slot.personnel is not None and joined.startswith(_SIDE_TOTALS[not slot.personnel])
        found.append((end, cost + (0.5 if side and side != slot.side else 0.0) + (_SECOND_HALF if strange else 0.0)))
    return found


def _break_cost(left: Word, right: Word, text: str, slot: Slot) -> float:
    """What it costs to begin another cell between two words of text."""
    if slot.side == "right" and not NEW_LABEL.match(text):
        return 3.0
    if left.line == right.line:
        return 2.0 if len(left.text) == 1 and len(right.text) == 1 else 0.0
    return 1.2 if right.gap and not NEW_LABEL.match(text) else 0.0


def _join_cost(left: Word, right: Word, figure: bool) -> float:
    digits = left.line == right.line and right.text.isdigit()
    cost = (
        0.0 if not figure else 5.0 if not digits else 3.0 if len(right.text) > 3 and _ACCOUNT.match(right.text) else 1.0
    )
    if begins_label(right, left):
        cost += 4.0
    if left.line == right.line:
        narrow = len(left.text) == 1 or len(right.text) == 1
        mixed = left.text[-1].isascii() != right.text[0].isascii()
        return cost + (0.1 if narrow else 0.3 if mixed else 2.2)
    return cost + (0.05 if right.gap else 0.4)
