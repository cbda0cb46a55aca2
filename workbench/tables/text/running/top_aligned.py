"""Rows of a body whose cells stand at the top:
what is left of a wrapped label stands below the line with its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.fiscal.codes import is_account_name
from workbench.model.amount import match_key
from workbench.model.display_width import display_width
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.by_height import WordLine
from workbench.tables.text.running.row_runs import begins_label
from workbench.tables.text.running.side_words import sided_ending
from workbench.tables.text.running.slots import Kind, Slot

_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十廿]+、|[（(][一二三四五六七八九十]+[)）]|\d{1,2}[.、．])")
_FULL = 2
"""So much narrower than the widest a line of a label that goes on may be."""
_MOSTLY = 0.8
_LEAST = 2
"""So many labels must be wrapped for it to mean something."""


@dataclass(slots=True)
class _Row:
    """The line with the figures of a row, and the lines below it."""

    anchor: WordLine
    below: list[WordLine]

    @property
    def labels(self) -> list[int]:
        """Where the labels on the line begin: words that are no figures, the last of those side by side."""
        texts = [index for index, word in enumerate(self.anchor) if not is_figure_word(word.text)]
        return [index for index in texts if index + 1 not in texts or self.anchor[index + 1].text[:1] in "（("]


def with_rests_below(lines: Sequence[WordLine], slots: Sequence[Slot]) -> list[WordLine] | None:
    """The lines of a body, a line for each row with the rest of its labels; None where labels are not wrapped so."""
    texts = sum(slot.kind is Kind.TEXT for slot in slots)
    sided = {"left", "right"} <= {slot.side for slot in slots}
    if texts != (2 if sided else 1):
        return None
    rows = _rows_of(lines)
    if rows is None:
        return None
    wrapped = [row for row in rows if row.below]
    fitting = sum(_fits(row, sided=sided) for row in wrapped)
    if len(wrapped) < _LEAST or fitting < _MOSTLY * len(wrapped):
        return None
    return [_whole(row, sided=sided) for row in rows]


def _rows_of(lines: Sequence[WordLine]) -> list[_Row] | None:
    """The rows, None where a line without figures stands before all others."""
    rows: list[_Row] = []
    for line in lines:
        figures = any(is_figure_word(word.text) for word in line)
        if figures or begins_label(line[0], None):
            rows.append(_Row(line, []))
        elif not rows or len(line) > 2:
            return None
        else:
            rows[-1].below.append(line)
    return rows


def _fits(row: _Row, *, sided: bool) -> bool:
    """Whether the lines below a row go on with labels that fill their lines, or make known names with them."""
    labels = row.labels
    if not labels or any(len(line) > len(labels) for line in row.below):
        return False
    if len(row.below[0]) < len(labels) and sided:
        return True
    name = row.anchor[labels[-1]].text
    rest = [line[-1].text for line in row.below]
    if is_account_name(_bare(name + "".join(rest))):
        return True
    widths = [display_width(text) for text in (name, *rest)]
    full = max(widths) - _FULL
    return widths[0] >= full and all(width >= full for width in widths[:-1]) and not is_account_name(_bare(name))


def _whole(row: _Row, *, sided: bool) -> WordLine:
    """The words of a row in the order of its cells."""
    labels = row.labels
    rests: dict[int, WordLine] = {index: [] for index in labels}
    for line in row.below:
        if len(line) == len(labels):
            for index, word in zip(labels, line, strict=True):
                rests[index].append(word)
        elif labels:
            index = _owner(row, labels, rests, line[0]) if sided and len(labels) > 1 else labels[-1]
            rests[index].extend(line)
    number = row.anchor[0].line
    words: WordLine = []
    for index, word in enumerate(row.anchor):
        words.append(word)
        words.extend(rest._replace(line=number, first=False, gap=False) for rest in rests.get(index, ()))
    return words if labels else [*words, *(word for line in row.below for word in line)]


def _owner(row: _Row, labels: Sequence[int], rests: dict[int, WordLine], word: Word) -> int:
    """Which of the labels of both sides a line of one word goes on with: one that it makes a known name, the one that
    is not whole yet, the longer one."""
    left, right = labels[0], labels[-1]
    says = {index: _bare("".join(each.text for each in (row.anchor[index], *rests[index]))) for index in (left, right)}
    if is_account_name(says[right] + match_key(word.text)):
        return right
    if is_account_name(says[right]):
        return left
    if sided_ending(says[left]) == "left":
        return right
    last = {index: (rests[index] or [row.anchor[index]])[-1].text for index in (left, right)}
    return max(
        (left, right), key=lambda index: (bool(rests[index]) or not any(rests.values()), display_width(last[index]))
    )


def _bare(label: str) -> str:
    return _ORDINAL.sub("", match_key(label))
