"""Lines that print a table a second time above its rows of bars: converters of pages write the words of a table as they
find them on the page, and then the table. The rows tell more; the lines are left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from workbench.model.amount import match_key
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.lines import Line

_BARS = re.compile(r"\s*\|.*\|.*\|\s*$")
_BREAK = re.compile(r"<br\s*/?>")
_FEWEST_LINES, _FEWEST_FIGURES = 3, 3


def without_echoes(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines but those above rows of bars all words of which stand in these rows, where they are lines enough and
    hold half of the figures of the rows."""
    if not any(_BARS.match(line.text) for line in lines):
        return lines
    kept: list[Line] = []
    for in_bars, group in groupby(lines, key=lambda line: _BARS.match(line.text) is not None):
        stretch = list(group)
        if in_bars:
            kept = kept[: _first_echo(kept, stretch)]
        kept += stretch
    return kept


def _first_echo(above: Sequence[Line], rows: Sequence[Line]) -> int:
    """Where the lines at the end of `above` begin that only repeat the rows; its length where none do."""
    texts = [match_key(cell) for row in rows for cell in _BREAK.sub("", row.text).split("|")]
    printed = "|".join(texts)
    first, count, figures = len(above), 0, 0
    for index in range(len(above) - 1, -1, -1):
        if _BARS.match(above[index].text):
            break
        words = [match_key(word) for word in above[index].text.split()]
        own = sum(map(is_figure_word, words))
        if not all(word in printed for word in words):
            # A row that the converter lost at the edge of a page stands among the lines all the same.
            if own < _FEWEST_FIGURES:
                break
        elif words:
            first, count, figures = index, count + 1, figures + own
    enough = count >= _FEWEST_LINES and 2 * figures >= sum(map(is_figure_word, texts)) > 0
    return first if enough else len(above)
