"""Labels of a header that are drawn after the rows of its page, put where they belong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.tables.text.lines import Line
from workbench.tables.text.vocabulary import LEVELS, is_rare_spanner, may_stand_under, spans_figures, spans_levels


def with_labels(header: Sequence[Line], labels: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of a header with the labels that are drawn after it: those beside the same label again and again behind
    that each time, spanners above what they span, that of the codes before their names, others before the levels of
    codes."""
    for label in labels:
        place = _Place.of(header, label[0]) if len(label) == 1 else None
        if place is not None:
            rest = [other for other in labels if other is not label]
            return with_labels(place.filled(header, label[0]), rest)
    for label in labels:
        below = _above_first(header, label) if _spans_some(_text(label), header) else None
        if below is not None:
            return with_labels(below, [other for other in labels if other is not label])
    levels = len(header)
    while levels > 0 and all(word in LEVELS for word in header[levels - 1].text.split()):
        levels -= 1
    names = next((index for index, line in enumerate(header) if "名称" in line.text), levels)
    codes = [line for label in labels if spans_levels(_text(label)) for line in label]
    others = [line for label in labels if not spans_levels(_text(label)) for line in label]
    return [*header[:names], *codes, *header[names:levels], *others, *header[levels:]]


def _spans_some(text: str, header: Sequence[Line]) -> bool:
    """Whether a label stands above two columns or more of a header."""
    below = sum(may_stand_under(word, text) for line in header for word in line.text.split())
    return below > 1 and spans_figures(text) and not is_rare_spanner(text)


def _above_first(header: Sequence[Line], label: Sequence[Line]) -> list[Line]:
    """The lines of a header with a label before the first that stands below it."""
    text = _text(label)
    for number, line in enumerate(header):
        for match in re.finditer(r"\S+", line.text):
            if may_stand_under(match[0], text):
                left = [_part(line, 0, match.start())] if match.start() else []
                right = _part(line, match.start(), len(line.text))
                return [*header[:number], *left, *label, right, *header[number + 1 :]]
    return list(header)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where labels that are drawn last on a line of their own belong: `line` of the header, above which they stand,
    or, `between`, behind each of whose words as many of them stand."""

    line: int
    between: bool

    @classmethod
    def of(cls, header: Sequence[Line], label: Line) -> _Place | None:
        """The place that the labels of a line have in a header, None where nothing tells."""
        words = label.text.split()
        for number, line in enumerate(header):
            texts = line.text.split()
            if len(texts) > 1 and len(set(texts)) == 1 and _groups(words) == len(texts):
                return cls(number, True)
            if len(words) > 1 and any(_groups(texts[start:]) == len(words) for start in range(len(texts) - 1)):
                return cls(number, False)
        return None

    def filled(self, header: Sequence[Line], label: Line) -> list[Line]:
        """The lines of the header with the labels at their place."""
        if not self.between:
            return [*header[: self.line], label, *header[self.line :]]
        line = header[self.line]
        ends = [match.end() for match in re.finditer(r"\S+", line.text)]
        words = list(re.finditer(r"\S+", label.text))
        size = len(words) // len(ends)
        found: list[Line] = []
        for index, (start, end) in enumerate(pairwise([0, *ends])):
            own = words[index * size : index * size + size]
            found.append(_part(line, start, end))
            found.append(_part(label, own[0].start(), own[-1].end()))
        return [*header[: self.line], *found, *header[self.line + 1 :]]


def _part(line: Line, start: int, end: int) -> Line:
    return line._replace(start=line.start + start, end=line.start + end, text=line.text[start:end])


def _groups(words: Sequence[str]) -> int:
    """Of how many equal groups of different words these are made, 0 where they are not."""
    for count in range(len(words), 1, -1):
        size, rest = divmod(len(words), count)
        if not rest and list(words) == list(words[:size]) * count:
            return count
    return 0


def _text(label: Sequence[Line]) -> str:
    return "".join(line.text.strip() for line in label)
