"""Parts and wholes among rows with account codes: 类 3, 款 5, 项 7 digits; 301, 30101, 3010201; rows of units.

A row is a part of the nearest shorter code that is printed in its section and that its own code begins with, so levels
may be missing and rows may be out of order. Where codes are those of names, a row whose name no list has may be a part
beside the rows around it, or stand under one of them: the figures tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.rows import RowLabel, is_body
from workbench.checks.structure.sections import Section, cut, unrepeated

_PERSONNEL = ("301", "303", "501", "505", "509")
"""Economic classes that personnel costs (人员经费) consist of; every other class is public costs (公用经费)."""
_CLASS = 3
"""The digits of the code of a class (类), which is a level wherever it is printed."""
_HIERARCHICAL = 0.5
"""The least share of the longer codes that have a shorter one above them in a table that prints levels."""


def coded_groups(labels: Sequence[RowLabel]) -> Iterator[RowGroup]:
    """The groups among the rows of a coded table (of all its panels, one after the other)."""
    rows, below = _parted_totals(labels)
    sections, totals = cut(rows)
    sections = [part for section in sections for part in unrepeated(section)]
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
            yield RowGroup(GroupKind.CHILDREN, section.head, (tuple(section_tops),), sure, _all_unplaced([section]))
    heads = [section.head for section in sections if section.head is not None]
    head_tops, head_groups = _unit_groups(heads)
    yield from head_groups
    unplaced = _all_unplaced(sections)
    for group in _total_groups(totals, tops, head_tops, labels, sure=not doubtful):
        yield replace(group, unplaced=unplaced)
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


def _is_levelled(sections: Sequence[Section]) -> bool:
    """Whether the table prints levels at all: a flat list of items may hold one short code by chance."""
    longer = above = under_class = 0
    shortest = min((len(item.code) for section in sections for item in section.items), default=0)
    for section in sections:
        parents = _parents(section.items)
        longer += sum(len(item.code) > shortest for item in section.items)
        above += len(parents)
        under_class += sum(len(section.items[place].code) == _CLASS for place in parents.values())
    return above > _HIERARCHICAL * longer or 0 < _HIERARCHICAL * longer <= under_class


def _children(section: Section, parents: dict[int, int]) -> Iterator[RowGroup]:
    under: dict[int, list[RowLabel]] = defaultdict(list)
    for place, above in parents.items():
        under[above].append(section.items[place])
    for place in sorted(under):
        readings = _readings(under[place])
        inside = _unplaced_under(section, parents, place)
        readings += tuple((*under[place], *rows) for rows in inside)
        sure = not section.doubtful and len(readings) == 1
        yield RowGroup(GroupKind.CHILDREN, section.items[place], readings, sure, inside[-1] if inside else ())
    for place, parts in section.of_which.items():
        yield RowGroup(GroupKind.OF_WHICH, section.items[place], (tuple(parts),))


def _unplaced_under(section: Section, parents: dict[int, int], above: int) -> list[tuple[RowLabel, ...]]:
    """The rows that no list places between a row and the last one under it; and these with those that follow the last,
    which may be of a higher level."""
    under = {above}
    for place in sorted(parents):
        if parents[place] in under:
            under.add(place)
    last = max(under)
    between = [row for place in sorted(under - {last}) for row in section.unplaced.get(place, ())]
    behind = section.unplaced.get(last, [])
    return [rows for rows in dict.fromkeys((tuple(between), (*between, *behind))) if rows]


def _all_unplaced(sections: Sequence[Section]) -> tuple[RowLabel, ...]:
    return tuple(row for section in sections for rows in section.unplaced.values() for row in rows)


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
