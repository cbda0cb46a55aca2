"""Tables without captions whose head says what they count in: 项目, 金额（万元）, 比重（%）."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from workbench.fiscal.captions import unit_of_line
from workbench.tables.text.aligned.head_lines import header_and_body
from workbench.tables.text.aligned.places import PlacedLine
from workbench.tables.text.captions import Captions
from workbench.tables.text.figures import is_figure_word

_NAME_WITH_UNIT = re.compile(r"[一-鿿]{2}[（(](?:[^（()）]{0,3}元)[）)]$")
_FEWEST_NAMES, _FEWEST_ROWS = 2, 2
_LONGEST_NAME = 20
_NO_NAME = re.compile(r"[。；，：:]")


def told_by_heads(lines: Sequence[PlacedLine]) -> list[tuple[Captions, list[PlacedLine]]]:
    """Lines below no captions parted where a head stands among them that says what it counts in, each part with the
    captions that its head gives: the unit, and the title where that is a short line alone."""
    heads = [index for index, line in enumerate(lines) if _counts(line)]
    begins = [at - _is_title(lines, at - 1) for at in heads if not at or not _counts(lines[at - 1])]
    edges = sorted({0, *begins, len(lines)})
    told: list[tuple[Captions, list[PlacedLine]]] = [(Captions(), [])]
    for part in (list(lines[first:last]) for first, last in pairwise(edges)):
        captions = _captions_of(part)
        if captions.unit:
            told.append((captions, part[1:] if captions.title else part))
        else:
            told[-1][1].extend(part)
    return [(captions, part) for captions, part in told if part]


def _counts(line: PlacedLine) -> bool:
    """Whether a line prints names only, several of them, one with a unit of money behind it."""
    texts = [cell.text for cell in line.cells]
    short = all(len(text) <= _LONGEST_NAME and not _NO_NAME.search(text) for text in texts)
    units = any(_NAME_WITH_UNIT.search(text) for text in texts)
    return units and short and len(texts) >= _FEWEST_NAMES and not any(map(is_figure_word, texts))


def _is_title(lines: Sequence[PlacedLine], at: int) -> bool:
    """Whether the line there is a short text alone."""
    if at < 0 or len(lines[at].cells) > 1:
        return False
    text = lines[at].cells[0].text
    return len(text) <= _LONGEST_NAME and not _NO_NAME.search(text)


def _captions_of(lines: Sequence[PlacedLine]) -> Captions:
    """The captions that the head of these lines gives; none where too few rows of figures stand below it."""
    head = _is_title(lines, 0)
    if len(lines) <= head or not _counts(lines[head]):
        return Captions()
    _, _, body = header_and_body(lines[head:])
    rows = sum(not is_figure_word(line.cells[0].text) and is_figure_word(line.cells[-1].text) for line in body)
    if rows < max(_FEWEST_ROWS, len(body) / 2):
        return Captions()
    unit = next(unit_of_line(cell.text) for cell in lines[head].cells if _NAME_WITH_UNIT.search(cell.text))
    return Captions(lines[0].line.text.strip(), lines[0].line.pieces(), unit) if head else Captions(unit=unit)
