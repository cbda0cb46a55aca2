"""Where a line of running text stands in a performance form: above the header of its indicators, or right below it."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.amount import match_key
from workbench.tables.text.form_words import is_first_indicator, is_form_label, is_indicator_prefix, is_second_indicator
from workbench.tables.text.header.head_captions import TABLE_TITLE, form_title, title_above
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.words import Word

_FORM_LINES = 60
"""So many lines below a label of a form the header of its indicators is looked for."""


def above_indicators(lines: Sequence[TextLine], position: int, floor: int) -> bool:
    """Whether a line stands in a form, below its title and a label with its value,
    above the header of its indicators."""
    for line in lines[position : position + _FORM_LINES]:
        if line.key.startswith("一级指标"):
            found = form_title(lines, line.number, floor)
            block = lines[found[1] + 1 : position] if found is not None else ()
            return any(is_form_label(above.words[0].text) for above in block)
        if TABLE_TITLE.search(line.key) and title_above(lines, line.number + 1, line.number):
            return False
    return False


def begins_indicators(words: Sequence[Word], lines: Sequence[TextLine]) -> bool:
    """Whether the first row of an indicator grid begins: 产出指标 below a header with 二级指标, wrapped or not."""
    name = match_key(lines[0].words[0].text)
    found = is_first_indicator(name) or is_second_indicator(name)
    if not found and len(lines[0].words) == 1 and is_indicator_prefix(lines[0].key):
        for index in range(1, len(lines)):
            name = "".join(line.key for line in lines[: index + 1])
            found = found or is_first_indicator(name) or is_second_indicator(name)
    return found and "级指标" in "".join(word.text for word in words)
