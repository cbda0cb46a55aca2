"""Indicators of the first and second level that nobody knows by name (投入, 预算执行), told by their place in the row:
before the first figure stand the names of all levels, those of the last two, or that of the last one alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from workbench.model.amount import match_key
from workbench.tables.text.form_words import is_second_indicator
from workbench.tables.text.header.words import Word

_STUB = 2
_FIGURE = re.compile(r"^(?:[≥≤＝=<>＜＞≧≦].*|\d+(?:\.\d+)?(?:[%％]|[^\d\s]{0,3}))$")
_FIGURE_LABEL = re.compile(r"(?:指标值|符号|记号|指标性质|目标值|完成值|^值|分值|得分|权重|分数)(?:\(.*\))?$")
_FEW = 4
"""A grid of which not one row in so many begins with a second-level indicator that is known is read by place."""


def levels_by_place(words: Sequence[Word], labels: Sequence[str]) -> dict[int, int]:
    """Which words name indicators, by their index: of the first level (1) or the second (2). `labels` are those of the
    columns behind the two; nothing is told where the names of most rows are known."""
    texts = next((index for index, label in enumerate(labels) if _FIGURE_LABEL.search(match_key(label))), -1)
    if texts < 0:
        return {}
    found: dict[int, int] = {}
    known = rows = index = 0
    for _, group in groupby(words, key=lambda word: word.line):
        line = list(group)
        names = next((at for at, word in enumerate(line) if _FIGURE.match(word.text)), 0)
        levels = names - texts
        known += any(is_second_indicator(match_key(word.text)) for word in line[:_STUB])
        rows += names > 0
        if levels == _STUB:
            found.update({index: 1, index + 1: 2})
        elif levels == 1:
            found[index] = 2
        index += len(line)
    return found if known * _FEW < rows else {}
