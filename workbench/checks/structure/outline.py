"""The rows of a panel without codes in their outline: by numbering (一、 （一） 1、), by 其中, by the words of the
vocabulary.

The rows of a statement's side come as lists that a total closes: 一、… 二、… 本年收入合计, then what comes from or goes
to other years, then 总计.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import vocabulary


@dataclass
class Outline:
    """The rows in their order, sorted into those at the top and those under another row."""

    tops: list[RowLabel] = field(default_factory=list)
    under: dict[RowLabel, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    of_which: dict[RowLabel, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    loose: dict[RowLabel, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    """Rows without numbering under a numbered one: perhaps its parts, perhaps rows of their own."""
    below_total: dict[RowLabel, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    """Rows behind 其中 right under a total that stands first: where the list that makes it up begins, or some of it."""


def is_part_of(part: RowLabel, whole: RowLabel) -> bool:
    """Whether the vocabulary knows a row as a part of another one."""
    return any(cover.whole.fit(whole.key) and cover.parts.fit(part.key) for cover in vocabulary().parts_of_row)


def _has_known_parts(whole: RowLabel) -> bool:
    """Whether the vocabulary knows what a row is made of: then other rows after its 其中 are none of its parts."""
    return any(cover.whole.fit(whole.key) for cover in vocabulary().parts_of_row)


def _is_dated(label: RowLabel) -> bool:
    return vocabulary().rows["dated"].fit(label.key.removeprefix("其中:"))


def is_carried(label: RowLabel) -> bool:
    """Whether a row is money from or to another year, or fills a gap (结转, 结余, 弥补)."""
    return vocabulary().rows["carry"].fit(label.key)


class _Reader:
    """Goes down the rows once and puts each in its place."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.stack: list[RowLabel] = []
        self.list_head: RowLabel | None = None
        self.base: RowLabel | None = None
        self.of_which: RowLabel | None = None

    def add(self, label: RowLabel) -> None:
        """Places the next row."""
        if label.total:
            self._top(label, heads=False)
        elif self.list_head is not None and not label.rank and self._is_carried_part(label):
            self.outline.under[self.list_head].append(label)
        elif label.of_which:
            self._of_which(label)
        elif label.rank and not self._goes_on(label):
            self._numbered(label)
        elif is_carried(label) and not label.rank:
            self._top(label, heads=True)
        elif self.of_which is not None and self._may_be_of_which(label, self.of_which):
            self.outline.of_which[self.of_which].append(label)
        else:
            self._plain(label)

    def _top(self, label: RowLabel, *, heads: bool) -> None:
        self.outline.tops.append(label)
        self.stack, self.of_which, self.base = [], None, None
        self.list_head = label if heads else None

    def _is_carried_part(self, label: RowLabel) -> bool:
        head = self.list_head
        return head is not None and is_carried(head) and vocabulary().rows["carry_children"].fit(label.key)

    def _of_which(self, label: RowLabel) -> None:
        if self.of_which is None:
            last = self.outline.tops[-1] if self.outline.tops else None
            if last is not None and last.total:
                self.outline.below_total[last].append(label)
                return
            self.of_which = self.stack[-1] if self.stack else last
        if self.of_which is not None:
            self.outline.of_which[self.of_which].append(label)

    def _may_be_of_which(self, label: RowLabel, whole: RowLabel) -> bool:
        """Whether a row without numbering goes on with the rows behind 其中: not where these are the known parts of the
        whole and it is none of them, nor where it tells of a time and they do not (2031年还本, 年末余额)."""
        before = self.outline.of_which[whole]
        if _is_dated(label) and not any(map(_is_dated, before)):
            return False
        known = any(is_part_of(part, whole) for part in before)
        return not (known and _has_known_parts(whole)) or is_part_of(label, whole)

    def _goes_on(self, label: RowLabel) -> bool:
        """Whether a numbered row goes on a list that began behind 其中 (其中：1、购置费 2、运行费),
        and not the outer one."""
        if self.of_which is None:
            return False
        last = self.outline.of_which[self.of_which][-1]
        if not last.rank or (label.rank, label.ordinal) != (last.rank, last.ordinal + 1):
            return False
        outer = next((row for row in self.stack if row.rank == label.rank), None)
        return outer is None or outer.ordinal + 1 != label.ordinal or is_part_of(label, self.of_which)

    def _numbered(self, label: RowLabel) -> None:
        self.of_which = None
        while self.stack and self.stack[-1].rank >= label.rank:
            self.stack.pop()
        if not self.stack and label.ordinal == 1:
            # A list that begins anew right under a row of carried money breaks that row up.
            head = self.list_head
            self.base = head if head is not None and is_carried(head) and self.outline.tops[-1] is head else None
        if self.stack:
            self.outline.under[self.stack[-1]].append(label)
        elif self.base is not None:
            self.outline.under[self.base].append(label)
        else:
            self.outline.tops.append(label)
            self.list_head = label if is_carried(label) else None
        self.stack.append(label)

    def _plain(self, label: RowLabel) -> None:
        self.of_which = None
        above = self.stack[-1] if self.stack else self.outline.tops[-1] if self.outline.tops else None
        if above is not None and not above.total and is_part_of(label, above):
            self.outline.under[above].append(label)
        elif self.stack:
            self.outline.loose[self.stack[-1]].append(label)
        else:
            self.outline.tops.append(label)
            self.list_head = label


def read_outline(rows: Sequence[RowLabel]) -> Outline:
    """The rows of one panel, from the top down, each in its place."""
    reader = _Reader()
    for row, following in zip_longest(rows, rows[1:]):
        if row.total and row.rank > 1 and following is not None and following.rank > row.rank:
            # （一）支出合计 over 1. 2. 3. is the head of these rows and totals nothing before it.
            row = replace(row, total=TotalRank.NONE)
        reader.add(row)
    return reader.outline
