"""The lines of the block above the indicator grid of a form: what stands on them, and labels wrapped over two."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import is_amount_label, is_form_label, is_unit_in_brackets
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.header.words import Word

_MOST_LINES = 4
"""So many lines a label is wrapped over at the most, in a narrow cell."""


def with_whole_labels(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those that are a label only together (项目 | 绩效 | 目标) put on the first of them."""
    found: list[TextLine] = []
    index = 0
    while index < len(lines):
        count = _label_lines(lines[index : index + _MOST_LINES])
        words = tuple(line.words[0] for line in lines[index : index + count]) if count > 1 else lines[index].words
        found.append(lines[index]._replace(words=words))
        index += max(count, 1)
    return found


def _label_lines(lines: Sequence[TextLine]) -> int:
    """Over how many lines a label of three lines or more begins here, none of which says what it is alone; else 0."""
    for count in range(len(lines), 2, -1):
        words = [line.words[0] for line in lines[:count]]
        if all(len(line.words) == 1 for line in lines[:count]) and is_form_label("".join(w.text for w in words)):
            return 0 if is_form_label(words[0].text) else count
    return 0


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


def goes_on_with_pairs(above: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the figure that the label of an amount above waits for is printed before the next label of its row."""
    return (
        len(words) > 1
        and is_amount_label(above[-1].text)
        and is_figure_word(words[0].text)
        and is_form_label("".join(word.text for word in words[1:]))
    )


def are_pairs(line: TextLine) -> bool:
    """Whether a line is two labels, each with its value."""
    words = line.words
    return len(words) == 4 and all(is_form_label(words[at].text) for at in (0, 2)) and not is_form_label(words[1].text)


def is_wrapped_label(above: Word, below: Word) -> bool:
    """Whether a word goes on with the label that another one begins, or is the unit of its value in brackets."""
    if is_form_label(above.text) and is_unit_in_brackets(below.text):
        return True
    return not is_form_label(above.text) and not is_figure_word(above.text) and is_form_label(above.text + below.text)
