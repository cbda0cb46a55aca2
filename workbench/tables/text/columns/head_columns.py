"""The columns of a statement by the labels of its head, whose order a scattered text does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.tables.text.columns.section_words import Text
from workbench.tables.text.header.order import ranks_beside
from workbench.tables.text.header.rows import Header, HeaderText
from workbench.tables.text.lines import key_of
from workbench.tables.text.running.promised_sums import Equation, equations_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, column_kind, is_known, is_stem, may_stand_under

_CODE_ENDS = ("编码", "代码")
_NAME_END = "名称"
_NOTHING: Text = ()


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """A header: as many columns of codes as there are `codes`, then that of names, that of totals and those of the
    parts that each total is the sum of, with the labels above each of these."""

    header: Header
    codes: int
    parts: tuple[tuple[str, ...], ...]


def head_columns(labels: Sequence[Text], codes: int) -> HeadColumns | None:
    """The columns below these labels, in the order in which statements print them; None where they are not codes (one
    column or one a level), names and a total with its parts."""
    labels = _joined_stems(_once(labels))
    stub = _stub([label for label in labels if column_kind(key_of(label)) == "text" or key_of(label) in LEVELS], codes)
    figures = _figures([label for label in labels if column_kind(key_of(label)) == "figure"])
    if stub is None or figures is None:
        return None
    depth = max(len(stub[0]), len(figures[0]))
    columns = [[*column, *[_NOTHING] * (depth - len(column))] for column in (*stub, *figures)]
    if sum(key_of(column[-1]) in TOTALS for column in figures) > 1:
        return None
    rows = tuple(zip(*columns, strict=True))
    text = HeaderText(tuple(tuple(map(key_of, row)) for row in rows))
    first, *parts = range(len(stub), len(columns))
    if parts and equations_of(text.rows, (first, *parts)) != (Equation(first, tuple(parts)),):
        return None
    paths = tuple(tuple(row[column] for row in text.rows) for column in parts)
    return HeadColumns(Header(rows, text), codes, paths)


def _stub(labels: Sequence[Text], codes: int) -> list[list[Text]] | None:
    """The columns of codes and names, each from the top down."""
    levels = sorted(
        (label for label in labels if key_of(label) in LEVELS), key=lambda label: LEVELS.index(key_of(label))
    )
    numbers = [label for label in labels if key_of(label).endswith(_CODE_ENDS)]
    names = [label for label in labels if key_of(label).endswith(_NAME_END)]
    above = [label for label in labels if label not in (*levels, *numbers, *names)]
    if len(numbers) != 1 or len(names) != 1 or len(above) > 1 or len(levels) != (codes if codes > 1 else 0):
        return None
    lowest = [[level] for level in levels] or [[]]
    blank = [_NOTHING] * bool(levels)
    return [[*above, *numbers, *level] for level in lowest] + [[*above, *names, *blank]]


def _figures(labels: Sequence[Text]) -> list[list[Text]] | None:
    """The columns of figures, that of the total first: one label may stand above all the others."""
    totals = [label for label in labels if key_of(label) not in TOTALS and key_of(label).endswith(TOTALS)]
    if totals:
        labels = [label for label in labels if key_of(label) not in TOTALS]
    above = [
        label
        for label in labels
        if all(may_stand_under(key_of(other), key_of(label)) for other in labels if other is not label)
    ]
    lower = [label for label in labels if label not in above]
    if len(labels) == 1:
        return [list(labels)]
    if len(above) > 1 or not lower or any(_spans_some(label, lower) for label in lower):
        return None
    ranks = ranks_beside(map(key_of, lower))
    return [[*above, label] for label in sorted(lower, key=lambda label: ranks[key_of(label)])]


def _spans_some(label: Text, labels: Sequence[Text]) -> bool:
    """Whether a label is a part, and a label of its own parts as well: columns below it add up to it."""
    key = key_of(label)
    return key not in TOTALS and any(
        may_stand_under(key_of(other), key) for other in labels if key_of(other) not in TOTALS
    )


def _once(labels: Sequence[Text]) -> list[Text]:
    """The known labels, each once: a page that goes on with a table repeats its head."""
    found: dict[str, Text] = {}
    for label in labels:
        key = key_of(label)
        if is_known(key) or key in LEVELS or key in TOTALS:
            found.setdefault(key, label)
    return list(found.values())


def _joined_stems(labels: list[Text]) -> list[Text]:
    """The labels, the beginning of one (功能分类) put before its end (科目编码)."""
    for stem in [label for label in labels if is_stem(key_of(label))]:
        for index, label in enumerate(labels):
            if label is not stem and key_of(label).endswith(_CODE_ENDS) and is_known(key_of((*stem, *label))):
                labels[index] = (*stem, *label)
                labels.remove(stem)
                break
    return labels
