"""The sections of a coded table: the rows of one unit each, with what stands among them without a code.

A row of a unit (a body's name, a unit's code) begins a section of its own; so does a code that heads others and comes
again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.checks.structure.rows import RowLabel, is_body
from workbench.fiscal.codes import names_of
from workbench.fiscal.vocabulary import label_key, vocabulary

_ITEM = 7
"""The digits of the code of a functional item (项)."""


@dataclass
class Section:
    """The coded rows of one unit, or of a table without units."""

    head: RowLabel | None
    items: list[RowLabel] = field(default_factory=list)
    of_which: dict[int, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    unplaced: dict[int, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    """The rows that no list of names places, by the place of the row that they follow."""
    doubtful: bool = False
    """Whether a row of unknown place stands in it, or a code that heads others stands in it twice."""


def cut(labels: Sequence[RowLabel]) -> tuple[list[Section], list[RowLabel]]:
    """The rows cut into sections, and the total rows."""
    section = Section(None)
    sections, totals = [section], []
    for label in labels:
        if label.note or label.empty:
            continue
        if label.total:
            totals.append(label)
        elif label.code and section.items and _is_project_of(label, section.items[-1]):
            section.of_which[len(section.items) - 1].append(label)
        elif label.code:
            head = _head_of_unit(sections, label) if label.unit_code else None
            if head is not None:
                section = head
            section.items.append(label)
        elif label.of_which:
            if section.items:
                section.of_which[len(section.items) - 1].append(label)
        elif _heads_section(label):
            section = Section(label)
            sections.append(section)
        elif section.items:
            # A row whose code is lost: most likely a leaf beside the row before it.
            section.doubtful = True
            if label.unlisted:
                section.unplaced[len(section.items) - 1].append(label)
        else:
            section = Section(label, doubtful=True)
            sections.append(section)
    return sections, totals


def _is_project_of(label: RowLabel, above: RowLabel) -> bool:
    """Whether a row names a project of the class above it, whose code it repeats."""
    if label.code != above.code or label.key == above.key or len(label.code) < _ITEM:
        return False
    keys = {label_key(name) for name in names_of(label.code)}
    heads = above.key in keys or (bool(label.unit_code) and not above.unit_code)
    return heads and label.key not in keys


def _head_of_unit(sections: Sequence[Section], label: RowLabel) -> Section | None:
    """The section of the unit whose code stands on the row itself, where that unit has a row."""
    return next((s for s in sections if s.head is not None and s.head.unit_code == label.unit_code), None)


def _heads_section(label: RowLabel) -> bool:
    words = vocabulary().partitions
    grouping = words["expenditure"].fit(label.key) or words["economic"].fit(label.key)
    return bool(label.unit_code) or is_body(label) or label.rank > 0 or grouping


def unrepeated(section: Section) -> Iterator[Section]:
    """The section, cut where a code comes again that heads others: the list of another unit begins there."""
    codes = Counter(item.code for item in section.items)
    heading = {code[:length] for code in codes for length in (3, 5, 7) if length < len(code)} & codes.keys()
    if not any(codes[code] > 1 for code in heading):
        yield section
        return
    part = Section(section.head, doubtful=True)
    seen: set[str] = set()
    for place, item in enumerate(section.items):
        if item.code in seen and item.code in heading:
            yield part
            part, seen = Section(None, doubtful=True), set()
        seen.add(item.code)
        if place in section.of_which:
            part.of_which[len(part.items)] = section.of_which[place]
        if place in section.unplaced:
            part.unplaced[len(part.items)] = section.unplaced[place]
        part.items.append(item)
    yield part
