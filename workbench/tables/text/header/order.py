"""The labels of header lines in the order of their columns, where text was taken line by line.

A label that runs down over rows is printed in the middle of them: behind spanners that stand right of it, before labels
that stand left of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from heapq import merge
from itertools import chain, pairwise

from workbench.tables.text.header.rows import Label, first_line, line_of
from workbench.tables.text.lines import key_of
from workbench.tables.text.listed_words import head_key
from workbench.tables.text.vocabulary import (
    LEVELS,
    TOTALS,
    column_kind,
    is_leaf,
    is_spanner,
    may_stand_under,
    order_of,
    spans_levels,
)

STUB_RANK = 1.0
"""Where names and codes of rows stand."""
UNKNOWN_RANK = 3.0
"""Where labels of figures stand whose order is not known."""
_YEAR = re.compile(r"20(\d\d)")
_CHANGE = re.compile(r"增减|增长|[年数]比|占比|比重")
"""What compares columns stands right of them."""

Lines = Sequence[Sequence[Label]]


def in_column_order(lines: Lines) -> list[Label]:
    """The labels of header lines in the order of their columns.

    Where spanners stand on a line, labels that run down over all rows are centred and so printed on the next, after the
    spanners: 功能分类科目 本年收入 | 序号 合计 上年结转 | 科目编码 科目名称 小计 … They are put between them.
    """
    lines = [list(line) for line in lines]
    while (row := _side_by_side(lines)) is not None:
        lines = row
    stubs = _behind_figures(lines)
    if stubs is not None:
        return stubs
    for index in range(len(lines) - 2):
        merged = _merged(lines[index], lines[index + 1], lines[index + 2 :])
        if merged is not None:
            return [*chain(*lines[:index]), *merged, *chain(*lines[index + 2 :])]
    return list(chain(*lines))


def _side_by_side(lines: Lines) -> list[list[Label]] | None:
    """The lines, two of them made one where a label of the first is wrapped around the second, so that all are of one
    row: in the order in which statements print them. None where there are none such, or their order is not known."""
    for index, (upper, lower) in enumerate(pairwise(lines)):
        if not any(max(map(line_of, label)) > first_line(lower[0]) for label in upper):
            continue
        labels = [*upper, *lower]
        figures = [key_of(label) for label in labels if column_kind(key_of(label)) != "text"]
        if len(set(figures)) == len(figures) == len(order_of(figures)):
            ranks = ranks_beside(map(key_of, labels))
            row = sorted(labels, key=lambda label: ranks[key_of(label)])
            return [*map(list, lines[:index]), row, *map(list, lines[index + 2 :])]
    return None


def _behind_figures(lines: Lines) -> list[Label] | None:
    """The labels of a header of one stub spanner, what hangs under it behind the labels of figures, where none of those
    spans others; None where it is not so."""
    top, labels = list(lines[0]), list(chain(*lines[1:]))
    if len(lines) < 3 or len(top) != 1 or not is_spanner(key_of(top[0])) or column_kind(key_of(top[0])) != "text":
        return None
    stubs: list[Label] = []
    # The levels stand below the label of codes; where there is none they stand beside the names, as they come.
    below = any(spans_levels(key_of(label)) for label in labels)
    for label in sorted(labels, key=lambda label: below and key_of(label) in LEVELS):
        if column_kind(key_of(label)) == "text" and any(_hangs(label, above) for above in (*top, *stubs)):
            stubs.append(label)
    figures = [label for label in labels if label not in stubs]
    if len(stubs) < 2 or any(column_kind(key_of(label)) == "text" for label in figures):
        return None
    if any(_hangs(label, above) for above in figures for label in figures):
        return None
    return [*top, *figures, *stubs]


def _merged(upper: Sequence[Label], lower: Sequence[Label], rest: Lines) -> list[Label] | None:
    """The labels of two lines in the order of their columns, None where the lower ones hang under the upper ones or
    nothing below does."""
    if not all(is_spanner(key_of(label)) for label in upper):
        return None
    below = list(chain(*rest))
    hung = all(any(_hangs(label, above) for label in below) for above in upper)
    under = [any(_hangs(label, above) for above in upper) for label in lower]
    if not hung or all(under):
        return None
    # What stands at the end of the second line and may hang under the first is the next row, run into it.
    end = len(under) - next(index for index, fits in enumerate(reversed(under)) if not fits)
    blocks = len(upper) if _repeats(upper, len(upper)) and _repeats(lower[:end], len(upper)) else 1
    ranks = ranks_beside(map(key_of, (*upper, *lower)))
    merged: list[Label] = []
    for number in range(blocks):
        parts = (_part(labels, number, blocks) for labels in (upper, lower[:end]))
        merged.extend(merge(*parts, key=lambda label: ranks[key_of(label)]))
    return [*merged, *lower[end:]]


def _hangs(label: Label, above: Label) -> bool:
    return may_stand_under(key_of(label), key_of(above))


def _repeats(labels: Sequence[Label], count: int) -> bool:
    """Whether labels are some of them, `count` times over."""
    keys = [head_key(key_of(label)) for label in labels]
    length, rest = divmod(len(keys), count)
    return not rest and keys == keys[:length] * count


def _part(labels: Sequence[Label], number: int, count: int) -> Sequence[Label]:
    length = len(labels) // count
    return labels[number * length : (number + 1) * length]


def ranks_beside(texts: Iterable[str]) -> dict[str, float]:
    """Where each label of a row stands: counter, stub, total, then those whose order is known, then the others as they
    come."""
    texts = list(texts)
    order = order_of(texts)
    return {text: _rank(text) if order.get(text) is None else 2 + (order[text] + 1) / 20 for text in texts}


def _rank(text: str) -> float:
    if text in ("序号", "行次"):
        return 0
    if column_kind(text) == "text":
        return STUB_RANK
    if text in TOTALS or (text.endswith("合计") and is_leaf(text)):
        return 2
    if _CHANGE.search(text):
        return 3.9
    year = _YEAR.search(text)
    if year:
        return UNKNOWN_RANK + int(year[1]) / 1000
    return 4 if text.startswith(("上年结转", "上年结余", "年初", "结转下年", "备注")) else UNKNOWN_RANK
