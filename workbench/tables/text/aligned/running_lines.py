"""Lines of running text between tables that only alignment shows, and the headings above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.captions import is_heading
from workbench.tables.text.figures import is_figure_word

_SENTENCE = re.compile(r"[。；！？]|，.*(?:，|[:：]$)")
_FIGURE, _COMMA = re.compile(r"\d"), re.compile(r"[，。；]")
_WORDS_APART = 1.0
"""In characters: words of running text stand no further apart."""
_LONGEST_FIELD, _FAR_IN = 12, 6.0
"""In characters: how long the label of a field of a form is at the most, and how far in its value begins."""
_MOST_ASIDE = 2
"""So many characters to the left or right of where a text begins its further lines may begin."""
_LINES_ABOVE = 3
"""So many lines above one of which a sentence may be a further line."""


def is_running_text(line: PlacedLine, above: Sequence[PlacedLine]) -> bool:
    """Whether a line is a sentence that is no value of a form or table: neither a label stands before it, nor a longer
    text above it of which it is a further line."""
    cells = line.cells
    if _COMMA.search(line.line.text) and _runs_on(cells, line.em):
        return True
    if not _SENTENCE.search(line.line.text.strip()) or len(cells) > 2:
        return False
    if len(cells) == 2:
        return len(cells[0].text) > _LONGEST_FIELD or bool(_SENTENCE.search(cells[0].text)) or not above
    texts = [cell for before in above[-_LINES_ABOVE:] for cell in before.cells if not is_figure_word(cell.text)]
    return cells[0].x0 < _FAR_IN or all(abs(text.x0 - cells[0].x0) > _MOST_ASIDE for text in texts)


def _runs_on(cells: Sequence[Placed], em: float) -> bool:
    """Whether cells stand so close together that they are the words of a sentence, figures among them: these alone are
    printed apart."""
    figures = any(_FIGURE.match(cell.text) for cell in cells[1:])
    return figures and all(after.x0 - before.x1 <= _WORDS_APART * em for before, after in pairwise(cells))


def without_headings(lines: Sequence[PlacedLine]) -> list[PlacedLine]:
    """The lines above running text but for its headings: lines that print a text alone each are nothing else."""
    last = len(lines)
    while last and len(lines[last - 1].cells) == 1 and is_heading(lines[last - 1].line.text.strip()):
        last -= 1
    alone = all(len(line.cells) == 1 for line in lines[:last])
    return [] if alone else list(lines[:last])
