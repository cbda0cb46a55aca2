"""Labels that stand on lines below each other and were taken for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from workbench.tables.text.header.rows import HeaderText, Label, line_of
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.slots import Kind, slots_of
from workbench.tables.text.vocabulary import looks_like_label

_SHORTEST = 2
_MOST_LACKING = 2
"""So many labels are taken apart at the most."""


def lacking_columns(header: HeaderText, figures: int) -> int | None:
    """How many columns fewer a header has than rows have figures; None where its figures do not stand side by side, or
    they are too many to tell."""
    runs = [slot.columns for slot in slots_of(header) if slot.kind is Kind.FIGURES]
    lacking = max(figures - len(runs[0]), 0) if len(runs) == 1 else None
    return lacking if lacking is not None and lacking <= _MOST_LACKING else None


def taken_apart(labels: Sequence[Label], count: int) -> Iterator[list[Label]]:
    """The labels, so many of them cut between two lines into two that may be labels by themselves."""
    if not count:
        yield list(labels)
        return
    for index, label in enumerate(labels):
        for cut in range(1, len(label)):
            parts = label[:cut], label[cut:]
            if line_of(label[cut - 1]) != line_of(label[cut]) and all(map(_may_stand_alone, parts)):
                for rest in taken_apart(labels[index + 1 :], count - 1):
                    yield list(chain(labels[:index], parts, rest))


def _may_stand_alone(label: Label) -> bool:
    text = key_of(label)
    balanced = text.count("(") == text.count(")")
    return len(text) >= _SHORTEST and balanced and looks_like_label(text)
