"""How far each slot of a row may reach over the words of a body, and what each reach costs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.fiscal.codes import names_of
from workbench.model.amount import match_key
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.side_words import side_of
from workbench.tables.text.running.slots import Kind, Slot
from workbench.tables.text.vocabulary import NEW_LABEL, TOTALS

CODE = re.compile(r"^(?:\d{3}(?:\d\d){0,3}|[A-Z]\d{4,}|\d{6,}|[A-Z0-9]*\d[A-Z0-9]{5,})$")
"""A code of a functional or economic class, of a purchase or a project."""
ACCOUNT = re.compile(r"^[1-9]\d\d(?:\d\d){0,2}$")
"""The code of an account."""
STRANGE = 4.0
"""What it costs that the label of a total stands in the wrong block of a row, or that a later block begins a line."""
_LISTED = re.compile(r"^\d{1,2}[.、．](?!\d)")
_TWO_DIGITS = re.compile(r"^\d\d$")
_CLASS = re.compile(r"^[12]\d\d$")
_OTHERS_CODE = 0.3
"""What it costs that 类 before 款 is the code of a body, or the other way round."""
_PERSONNEL = ("301", "303")
"""The classes of accounts of people."""
_SIDE_TOTALS = ("公用经费合计", "人员经费合计")
_MOST_WORDS = 30
_DEAREST = 30
"""A text that costs more is none."""
_CODE_WORDS = 5

Run = tuple[int, float]
"""Up to which word a slot reaches, and what it costs."""


def begins_label(word: Word, previous: Word | None) -> bool:
    """Whether a word begins the label of another row or cell: an ordinal, 其中：, a total that is not the end of
    本年收入 | 合计."""
    if not NEW_LABEL.match(word.text):
        return False
    if previous is not None and previous.text.endswith(("：", ":", "、")):
        return False
    return previous is None or not (
        word.text in TOTALS and previous.text.endswith(("收入", "支出", "收", "支", "经费"))
    )


class Runs:
    """The words of a stretch of a body and what is known of each: looked at once, asked for by many slots."""

    def __init__(self, words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> None:
        self.texts = [match_key(word.text) for word in words]
        self.figure = [is_figure_word(text) for text in self.texts]
        self._words = words
        self._joiner = joiner
        self._widest = max((len(slot.columns) for slot in slots if slot.kind is Kind.FIGURES), default=0)
        self._joins = [
            0.0,
            *(_join_cost(a, b, figure) for (a, b), figure in zip(pairwise(words), self.figure[1:], strict=True)),
        ]
        """What it costs that each word is of one cell with the word before."""
        self._levels = sum(slot.kind is Kind.CODE and not slot.partial for slot in slots) > 1 and any(
            slot.leads for slot in slots
        )
        """Whether codes of accounts are printed level by level beside other codes."""
        codes = [slot for slot in slots if slot.kind is Kind.CODE]
        self._accounts_too = any(not slot.of_body for slot in codes)
        """Whether codes of accounts have a column beside those of bodies."""
        self._bodies_too = any(slot.of_body for slot in codes)
        self._coded = any(left.kind is Kind.CODE and right.kind is Kind.FIGURES for left, right in pairwise(slots))
        """Whether codes stand right before figures."""
        self._at = -1
        self._counts: list[int] | None = None
        self._of_text: dict[tuple[bool, bool], list[Run]] = {}

    def of(self, start: int, slot: Slot) -> list[Run]:
        """How far a slot may reach from word `start`."""
        if start != self._at:
            self._at, self._counts = start, None
            self._of_text.clear()
        match slot.kind:
            case Kind.FIGURES:
                return self._figures(start, slot)
            case Kind.COUNTER:
                text = self.texts[start]
                return [(start + 1, 0.0)] if text.isdigit() and len(text) <= 3 else []
            case Kind.CODE:
                return self._codes(start, slot)
            case Kind.TEXT:
                return self._text(start, slot)

    def _figures(self, start: int, slot: Slot) -> list[Run]:
        words, figure = self._words, self.figure
        if self._counts is None:
            end = start
            while end < len(words) and figure[end] and end - start < _MOST_WORDS:
                end += 1
            self._counts = self._joiner.counts(words[start:end], self._widest)
        torn = start > 0 and figure[start - 1] and words[start - 1].line == words[start].line and not slot.counted
        coded = self._coded and torn and bool(ACCOUNT.match(self.texts[start - 1])) and "." in self.texts[start]
        cost = 1.0 if torn and not coded else 0.0
        return [(end, cost) for end, count in enumerate(self._counts, start + 1) if count <= len(slot.columns)]

    def _codes(self, start: int, slot: Slot) -> list[Run]:
        texts = self.texts
        if slot.partial:
            return [(start + 1, 0.0)] if _TWO_DIGITS.match(texts[start]) else []
        found = []
        joined = ""
        levels = any(_TWO_DIGITS.match(text) for text in texts[start + 1 : start + 2])
        apart = _OTHERS_CODE if self._levels and levels != slot.leads and _CLASS.match(texts[start]) else 0.0
        for end, text in enumerate(texts[start : start + _CODE_WORDS], start + 1):
            joined += text
            if not joined.isascii() or "." in joined:
                break
            if CODE.match(joined):
                if slot.personnel is not None and (joined[:3] in _PERSONNEL) != slot.personnel:
                    continue
                partial = joined.isdigit() and len(joined) not in (3, 5, 7) and len(joined) < 6
                # Pieces of digits may be pieces of figures as well.
                pieces = 0.3 * (end - start - 1) if joined.isdigit() else 0.0
                named = self._accounts_too and slot.of_body and self._names_account(joined, end)
                strange = self._bodies_too and not slot.of_body and not ACCOUNT.match(joined)
                cost = (2.0 if partial or named or strange else 0.0) + pieces + 0.01 * (8 - min(len(joined), 8))
                found.append((end, cost + (apart if end == start + 1 else 0.0)))
        return found

    def _names_account(self, code: str, end: int) -> bool:
        """Whether the name of the account `code` stands behind it, or begins there."""
        text = self.texts[end] if end < len(self.texts) else ""
        return bool(text) and any(match_key(name).startswith(text) for name in names_of(code))

    def _text(self, start: int, slot: Slot) -> list[Run]:
        later, right = slot.later, slot.side == "right"
        runs = self._of_text.get((later, right))
        if runs is None:
            runs = self._of_text[later, right] = self._text_runs(start, later=later, right=right)
        if not slot.side and slot.personnel is None:
            return runs
        return [(end, cost + self._strangeness(start, end, slot)) for end, cost in runs]

    def _text_runs(self, start: int, *, later: bool, right: bool) -> list[Run]:
        words, figure = self._words, self.figure
        cost = 5.0 if figure[start] and not _LISTED.match(self.texts[start]) else 0.0
        coded = start > 0 and bool(ACCOUNT.match(self.texts[start - 1]))
        if later and begins_label(words[start], None) and not coded:
            cost += 3.0
        if start > 0 and not figure[start - 1]:
            cost += _break_cost(words[start - 1], words[start], right=right)
        found = [(start + 1, cost)]
        for end, join in enumerate(self._joins[start + 1 : start + _MOST_WORDS], start + 2):
            cost += join
            if cost > _DEAREST:
                break
            found.append((end, cost))
        return found

    def _strangeness(self, start: int, end: int, slot: Slot) -> float:
        """What it costs that a text stands on this side, in this block."""
        text = "".join(self.texts[start:end])
        side = side_of(text) if slot.side else ""
        strange = slot.personnel is not None and text.startswith(_SIDE_TOTALS[not slot.personnel])
        return (0.5 if side and side != slot.side else 0.0) + (STRANGE if strange else 0.0)


def _break_cost(left: Word, right_word: Word, *, right: bool) -> float:
    """What it costs to begin another cell, one of the right side or not, between two words of text."""
    if right and not NEW_LABEL.match(right_word.text):
        return 3.0
    if left.line == right_word.line:
        return 2.0 if len(left.text) == 1 and len(right_word.text) == 1 else 0.0
    return 1.2 if right_word.gap and not NEW_LABEL.match(right_word.text) else 0.0


def _join_cost(left: Word, right: Word, figure: bool) -> float:
    digits = left.line == right.line and right.text.isdigit()
    cost = (
        0.0 if not figure else 5.0 if not digits else 3.0 if len(right.text) > 3 and ACCOUNT.match(right.text) else 1.0
    )
    if begins_label(right, left):
        cost += 4.0
    if left.line == right.line:
        narrow = len(left.text) == 1 or len(right.text) == 1
        mixed = left.text[-1].isascii() != right.text[0].isascii()
        return cost + (0.1 if narrow else 0.3 if mixed else 2.2)
    return cost + (0.05 if right.gap else 0.4)
