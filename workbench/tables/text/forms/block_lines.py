"""The lines of the block above the indicator grid of a form: what stands on them, and labels wrapped over two."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_form_label
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.words import Word


def with_wrapped_leads(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, the end of a label that is wrapped beside other cells (项目资金（万 | 元）)
    put behind its beginning on the line above."""
    found: list[TextLine] = []
    for line in lines:
        above = found[-1].words if found else ()
        if len(above) > 1 and len(line.words) > 1 and is_wrapped_label(above[0], line.words[0]):
            found[-1] = found[-1]._replace(words=(above[0], line.words[0], *above[1:]))
            line = line._replace(words=line.words[1:])
        found.append(line)
    return found


def are_pairs(line: TextLine) -> bool:
    """Whether a line is two labels, each with its value."""
    words = line.words
    return len(words) == 4 and all(is_form_label(words[at].text) for at in (0, 2)) and not is_form_label(words[1].text)


def is_wrapped_label(above: Word, below: Word) -> bool:
    """Whether a word goes on with the label that another one begins."""
    return not is_form_label(above.text) and not is_figure_word(above.text) and is_form_label(above.text + below.text)
