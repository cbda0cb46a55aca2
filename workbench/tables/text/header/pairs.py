"""Headers whose lowest line prints the same label, or two or three, again and again: 预算数 决算数 below each column of
the labels above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.tables.text.header.rows import Header, HeaderText, Label
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import LEVELS, column_kind

_LEAST_REPEATS = 3
_LENGTHS = (1, 2)
_STATED = re.compile(r"(?:预算|决算|执行|统计|完成)数?$|^(?:金额|数量|人数)$")
"""What is stated of a column again and again: its budget, its outcome."""


@dataclass(frozen=True, slots=True)
class Paired:
    """The labels above, and the labels of the lowest line in groups, one group below each column of figures."""

    upper: tuple[Label, ...]
    groups: tuple[tuple[Label, ...], ...]

    def below(self, header: Header) -> Header | None:
        """The header of the labels above with a group below each of its columns of figures; None where there are more
        or fewer of them."""
        groups = iter(self.groups)
        texts = [column_kind(leaf) == "text" for leaf in header.text.leaves]
        if texts.count(False) != len(self.groups):
            return None
        lowest: list[tuple[Label, ...]] = [((),) if text else next(groups) for text in texts]
        rows = [tuple(label for label, own in zip(row, lowest, strict=True) for _ in own) for row in header.rows]
        rows.append(tuple(label for own in lowest for label in own))
        return Header(tuple(rows), HeaderText(tuple(tuple(map(key_of, row)) for row in rows)), header.cost)


def paired(labels: Sequence[Label]) -> Paired | None:
    """The labels parted from the groups that end them (levels of codes may stand below),
    None where they do not end so."""
    end = len(labels)
    while end and key_of(labels[end - 1]) in LEVELS:
        end -= 1
    texts = [key_of(label) for label in labels[:end]]
    for length in _LENGTHS:
        group = texts[-length:]
        start = end
        while start >= length and texts[start - length : start] == group:
            start -= length
        stated = all(map(_STATED.search, group)) and len(set(group)) == length
        if (end - start) // length >= _LEAST_REPEATS and stated and start:
            groups = tuple(tuple(labels[index : index + length]) for index in range(start, end, length))
            return Paired((*labels[:start], *labels[end:]), groups)
    return None
