"""Parts and wholes among rows with account codes: 类 3, 款 5, 项 7 digits; 301, 30101, 3010201; rows of units.

A row is a part of the nearest shorter code that is printed in its section and that its own code begins with, so levels
may be missing and rows may be out of order. A row of a unit (a body's name, a unit's code) begins a section of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.rows import RowLabel, is_body
from workbench.fiscal.codes import names_of
from workbench.fiscal.vocabulary import label_key, vocabulary

_PERSONNEL = ("301", "303", "501", "505", "509")
"""Economic classes that personnel costs (人员经费) consist of; every other class is public costs (公用经费)."""
_CLASS = 3
"""The digits of the code of a class (类), which is a level wherever it is printed."""
_ITEM = 7
"""The digits of the code of a functional item (项)."""
_HIERARCHICAL = 0.5
"""The least share of the longer codes that have a shorter one above them in a table that prints levels."""


@dataclass
class _Section:
    """The coded rows of one unit, or of a table without units."""

    head: RowLabel | None
    items: list[RowLabel] = field(default_factory=list)
    of_which: dict[int, list[RowLabel]] = field(default_factory=lambda: defaultdict(list))
    doubtful: bool = False
    """Whether a row of unknown place stands in it, or a code that heads others stands in it twice."""


def coded_groups(labels: Sequence[RowLabel]) -> Iterator[RowGroup]:
    """The groups among the rows of a coded table (of all its panels, one after the other)."""
    rows, below = _parted_totals(labels)
    sections, totals = _cut(rows)
    sections = [part for section in sections for part in _unrepeated(section)]
    levelled = _is_levelled(sections)
    tops: list[RowLabel] = []
    doubtful = False
    for section in sections:
        parents = _parents(section.items) if levelled else {}
        yield from _children(section, parents)
        section_tops = [item for place, item in enumerate(section.items) if place not in parents]
        doubtful = doubtful or section.doubtful
        if section.head is None:
            tops += section_tops
        elif section_tops:
            sure = not section.doubtful and (is_body(section.head) or bool(section.head.unit_code))
            yield RowGroup(GroupKind.CHILDREN, section.head, (tuple(section_tops),), sure=sure)
    heads = [section.head for section in sections if section.head is not None]
    head_tops, head_groups = _unit_groups(heads)
    yield from head_groups
    yield from _total_groups(totals, tops, head_tops, labels, sure=not doubtful)
    for total, parts in below:
        yield RowGroup(GroupKind.OF_WHICH, total, (tuple(parts),))
        for part in parts:
            named = _named_parts(part, tops)
            if named:
                yield RowGroup(GroupKind.TOTAL, part, (named,), sure=not doubtful)


def headings(labels: Sequence[RowLabel], is_blank: Callable[[RowLabel], bool]) -> list[RowLabel]:
    """The rows that print nothing over longer codes, level by level where all rows of the level that stand over longer
    codes do, and several."""
    codes = [label.code for label in labels if label.code]
    above = {code[:length] for code in codes for length in (3, 5, 7) if length < len(code)} & set(codes)
    levels: dict[int, list[RowLabel]] = defaultdict(list)
    for label in labels:
        if label.code in above and not label.total:
            levels[len(label.code)].append(label)
    blank = [rows for rows in levels.values() if all(map(is_blank, rows))]
    found = [label for rows in blank for label in rows]
    return found if len(found) > 1 else []


def _parted_totals(labels: Sequence[RowLabel]) -> tuple[list[RowLabel], list[tuple[RowLabel, list[RowLabel]]]]:
    """The rows without those behind 其中 right below a total, and these with their total (合计,
    其中：人员经费, 公用经费)."""
    rows: list[RowLabel] = []
    below: list[tuple[RowLabel, list[RowLabel]]] = []
    parts: list[RowLabel] | None = None
    for label in labels:
        if label.total or label.code or label.empty:
            parts = None
        elif label.of_which and rows and rows[-1].total and parts is None:
            parts = []
            below.append((rows[-1], parts))
        if parts is None:
            rows.append(label)
        else:
            parts.append(label)
    return rows, below


def _cut(labels: Sequence[RowLabel]) -> tuple[list[_Section], list[RowLabel]]:
    """The rows cut into sections, and the total rows."""
    section = _Section(None)
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
            section = _Section(label)
            sections.append(section)
        elif section.items:
            # A row whose code is lost: most likely a leaf beside the row before it.
            section.doubtful = True
        else:
            section = _Section(label, doubtful=True)
            sections.append(section)
    return sections, totals


def _is_project_of(label: RowLabel, above: RowLabel) -> bool:
    """Whether a row names a project of the class above it, whose code it repeats."""
    if label.code != above.code or label.key == above.key or len(label.code) < _ITEM:
        return False
    keys = {label_key(name) for name in names_of(label.code)}
    heads = above.key in keys or (bool(label.unit_code) and not above.unit_code)
    return heads and label.key not in keys


def _head_of_unit(sections: Sequence[_Section], label: RowLabel) -> _Section | None:
    """The section of the unit whose code stands on the row itself, where that unit has a row."""
    return next((s for s in sections if s.head is not None and s.head.unit_code == label.unit_code), None)


def _heads_section(label: RowLabel) -> bool:
    words = vocabulary().partitions
    grouping = words["expenditure"].fit(label.key) or words["economic"].fit(label.key)
    return bool(label.unit_code) or is_body(label) or label.rank > 0 or grouping


def _unrepeated(section: _Section) -> Iterator[_Section]:
    """The section, cut where a code comes again that heads others: the list of another unit begins there."""
    codes = Counter(item.code for item in section.items)
    heading = {code[:length] for code in codes for length in (3, 5, 7) if length < len(code)} & codes.keys()
    if not any(codes[code] > 1 for code in heading):
        yield section
        return
    part = _Section(section.head, doubtful=True)
    seen: set[str] = set()
    for place, item in enumerate(section.items):
        if item.code in seen and item.code in heading:
            yield part
            part, seen = _Section(None, doubtful=True), set()
        seen.add(item.code)
        if place in section.of_which:
            part.of_which[len(part.items)] = section.of_which[place]
        part.items.append(item)
    yield part


def _parents(items: Sequence[RowLabel]) -> dict[int, int]:
    """The place of the nearest shorter code above each row, by place; rows at the top have none."""
    places: dict[str, int] = {}
    for place, item in enumerate(items):
        places.setdefault(item.code, place)
    parents = {}
    for place, item in enumerate(items):
        for length in range(len(item.code) - 1, 2, -1):
            above = places.get(item.code[:length])
            if above is not None and length in (3, 5, 7):
                parents[place] = above
                break
    return parents


def _is_levelled(sections: Sequence[_Section]) -> bool:
    """Whether the table prints levels at all: a flat list of items may hold one short code by chance."""
    longer = above = under_class = 0
    shortest = min((len(item.code) for section in sections for item in section.items), default=0)
    for section in sections:
        parents = _parents(section.items)
        longer += sum(len(item.code) > shortest for item in section.items)
        above += len(parents)
        under_class += sum(len(section.items[place].code) == _CLASS for place in parents.values())
    return above > _HIERARCHICAL * longer or 0 < _HIERARCHICAL * longer <= under_class


def _children(section: _Section, parents: dict[int, int]) -> Iterator[RowGroup]:
    under: dict[int, list[RowLabel]] = defaultdict(list)
    for place, above in parents.items():
        under[above].append(section.items[place])
    for place in sorted(under):
        readings = _readings(under[place])
        sure = not section.doubtful and len(readings) == 1
        yield RowGroup(GroupKind.CHILDREN, section.items[place], readings, sure=sure)
    for place, parts in section.of_which.items():
        yield RowGroup(GroupKind.OF_WHICH, section.items[place], (tuple(parts),))


def _readings(parts: Sequence[RowLabel]) -> tuple[tuple[RowLabel, ...], ...]:
    """All rows under a code; and where a code comes twice, the first of each: an item and what it is made of."""
    firsts: dict[str, RowLabel] = {}
    for part in parts:
        firsts.setdefault(part.code, part)
    return (tuple(parts),) if len(firsts) == len(parts) else (tuple(parts), tuple(firsts.values()))


def _unit_groups(heads: Sequence[RowLabel]) -> tuple[list[RowLabel], list[RowGroup]]:
    """The units at the top, and the groups of units under a department (by their codes, or by standing under it)."""
    under: dict[int, list[RowLabel]] = defaultdict(list)
    tops: list[RowLabel] = []
    group_head: RowLabel | None = None
    for place, head in enumerate(heads):
        above = _shorter_unit(heads, head)
        if above is not None:
            under[above].append(head)
        elif head.unit_code and group_head is not None:
            under[heads.index(group_head)].append(head)
        else:
            tops.append(head)
            following = heads[place + 1] if place + 1 < len(heads) else None
            group_head = head if not head.unit_code and following is not None and following.unit_code else None
    groups = [RowGroup(GroupKind.CHILDREN, heads[place], (tuple(parts),)) for place, parts in under.items()]
    if len(tops) > 2 and not under:
        # The first may be the department over the others.
        groups.append(RowGroup(GroupKind.CHILDREN, tops[0], (tuple(tops[1:]),), sure=False))
    return tops, groups


def _shorter_unit(heads: Sequence[RowLabel], head: RowLabel) -> int | None:
    code = head.unit_code
    above = [
        place
        for place, other in enumerate(heads)
        if other.unit_code and other.unit_code != code and code.startswith(other.unit_code)
    ]
    return max(above, key=lambda place: len(heads[place].unit_code)) if above else None


def _total_groups(
    totals: Sequence[RowLabel],
    tops: Sequence[RowLabel],
    heads: Sequence[RowLabel],
    labels: Sequence[RowLabel],
    *,
    sure: bool,
) -> Iterator[RowGroup]:
    readings: list[tuple[RowLabel, ...]] = [(*tops, *heads)]
    if heads:
        readings += [tuple(heads), tuple(heads[:1]), tuple(heads[1:])]
    if tops and heads:
        readings.append(tuple(tops))
    readings = [reading for reading in dict.fromkeys(readings) if reading]
    if not readings:
        return
    for total in totals:
        named = _named_parts(total, tops)
        if named:
            yield RowGroup(GroupKind.TOTAL, total, (named,), sure=sure)
        elif total.total is TotalRank.SUBTOTAL:
            nearer = _since_last_total(total, labels, {*tops, *heads})
            candidates = tuple(reading for reading in (nearer, *readings) if reading)
            yield RowGroup(GroupKind.TOTAL, total, candidates, sure=False)
        else:
            yield RowGroup(GroupKind.TOTAL, total, tuple(readings), sure=sure and not (tops and heads))


def _named_parts(total: RowLabel, tops: Sequence[RowLabel]) -> tuple[RowLabel, ...]:
    """The classes that 人员经费合计 or 公用经费合计 is made of."""
    economic = [top for top in tops if top.code[:1] in ("3", "5") and len(top.code) == 3]
    if "人员" in total.key:
        return tuple(top for top in economic if top.code in _PERSONNEL)
    if "公用" in total.key:
        return tuple(top for top in economic if top.code not in _PERSONNEL)
    return ()


def _since_last_total(total: RowLabel, labels: Sequence[RowLabel], tops: set[RowLabel]) -> tuple[RowLabel, ...]:
    place = labels.index(total)
    found: list[RowLabel] = []
    for label in reversed(labels[:place]):
        if label.total:
            break
        if label in tops:
            found.append(label)
    return tuple(reversed(found))
