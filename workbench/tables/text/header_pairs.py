"""Headers whose lowest line prints the same two or three labels again and again: 预算数 决算数 below each column of the
labels above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.tables.text.header_rows import Header, HeaderText, Label
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import column_kind

_LEAST_REPEATS = 3
_LENGTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class Paired:
    """The labels above, and the labels of the lowest line in groups, one group below each column of figures."""

    upper: tuple[Label, ...]
    groups: tuple[tuple[Label, ...], ...]

    def columns(self) -> int:
        """How many columns the labels above have, where those of text are a label each."""
        return len(self.groups) + sum(column_kind(key_of(label)) == "text" for label in self.upper)

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
    """The labels parted from the groups that end them, None where they do not end so."""
    texts = [key_of(label) for label in labels]
    for length in _LENGTHS:
        group = texts[-length:]
        start = len(texts)
        while start >= length and texts[start - length : start] == group:
            start -= length
        repeats = (len(texts) - start) // length
        figures = all(column_kind(text) == "figure" for text in group) and len(set(group)) == length
        if repeats >= _LEAST_REPEATS and figures and start:
            lowest = labels[start:]
            groups = tuple(tuple(lowest[index : index + length]) for index in range(0, len(lowest), length))
            return Paired(tuple(labels[:start]), groups)
    return None
