"""Parts and wholes among rows without codes: by numbering (一、 （一） 1、), by 其中, by the words of the vocabulary.

The rows of a statement's side come as lists that a total closes: 一、… 二、… 本年收入合计, then what comes from or goes
to other years, then 总计, which takes in the total before it. Where the total stands first, what follows makes it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.headed_rows import past_of_which, with_headed
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.outline import Outline, is_carried, is_part_of, read_outline
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import class_code, vocabulary


def labelled_groups(labels: Sequence[RowLabel]) -> Iterator[RowGroup]:
    """The groups among the rows of one panel without codes."""
    rows = [label for label in labels if label.key and not label.note]
    outline = read_outline(rows)
    for whole, parts in outline.under.items():
        if all(part.of_which for part in parts):
            # 其中：项目支出结转 alone is some of a balance; several such lines may be all of it.
            kind = GroupKind.CHILDREN if len(parts) > 1 else GroupKind.OF_WHICH
            yield RowGroup(kind, whole, (tuple(parts),), sure=len(parts) == 1)
            continue
        with_loose = sorted((*parts, *outline.loose.pop(whole, ())), key=lambda row: row.row)
        readings = (tuple(parts),) if len(with_loose) == len(parts) else (tuple(parts), tuple(with_loose))
        yield RowGroup(GroupKind.CHILDREN, whole, readings, sure=len(readings) == 1)
    for whole, parts in outline.of_which.items():
        if len(parts) > 1 and all(is_part_of(part, whole) for part in parts):
            yield RowGroup(GroupKind.CHILDREN, whole, (tuple(parts),))
        else:
            yield RowGroup(GroupKind.OF_WHICH, whole, (tuple(parts),))
    for whole, parts in outline.loose.items():
        yield RowGroup(GroupKind.CHILDREN, whole, (tuple(parts),), sure=all(_is_known(part) for part in parts))
    leading = bool(outline.tops) and bool(outline.tops[0].total)
    for total, said in outline.below_total.items():
        if not leading:
            yield RowGroup(GroupKind.OF_WHICH, total, (tuple(said),))
    yield from _under_numbered_totals(outline.tops)
    yield from with_headed(_totals(outline), rows)


def _under_numbered_totals(tops: Sequence[RowLabel]) -> Iterator[RowGroup]:
    """A numbered total that heads rows numbered deeper (二、采购支出合计 over （一）货物 （二）工程 （三）服务)."""
    for place, total in enumerate(tops):
        if total.total and total.rank:
            ends = (at for at, row in enumerate(tops) if at > place and (row.total or row.rank <= total.rank))
            under = tuple(tops[place + 1 : next(ends, len(tops))])
            if len(under) > 1 and [row.ordinal for row in under] == list(range(1, len(under) + 1)):
                yield RowGroup(GroupKind.CHILDREN, total, (under,), sure=False)


def _totals(outline: Outline) -> Iterator[RowGroup]:
    """The groups of the total rows: a total takes in what is open before it, or, standing first, what follows it."""
    tops = outline.tops
    first = next((place for place, top in enumerate(tops) if top.total), None)
    if first is None:
        return
    if first == 0 and not _begins_balance(tops):
        yield from _leading(outline)
        return
    opened: list[RowLabel] = []
    loose = [row for rows in outline.loose.values() for row in rows]
    classes = [row for row in tops if not row.total and class_code(row.key) is not None]
    for top in tops:
        if not top.total:
            opened.append(top)
            continue
        start = max((place + 1 for place, row in enumerate(opened) if row.total >= top.total and row.total), default=0)
        if top.total is TotalRank.SUBTOTAL:
            start = max((place + 1 for place, row in enumerate(opened) if row.total), default=0)
        # A total that is numbered （一） itself takes in nothing numbered 一、.
        inner = [row for row in opened[start:] or opened if not 0 < row.rank < top.rank]
        if not inner:
            opened.append(top)
            continue
        nearest = tuple(inner)
        candidates = [nearest]
        if loose:
            candidates.append(tuple(sorted((*nearest, *_between(loose, nearest, top)), key=lambda row: row.row)))
        if start:
            candidates.append(tuple(opened))
        candidates += past_of_which(outline.of_which, nearest)
        # Without codes and numbers the functional classes stand among their own items.
        candidates += [reading for reading in (_once_each(row for row in nearest if row in classes),) if reading]
        yield RowGroup(GroupKind.TOTAL, top, tuple(dict.fromkeys(candidates)), sure=_is_sure(nearest))
        opened[start:] = [top]


def _begins_balance(tops: Sequence[RowLabel]) -> bool:
    """Whether the total of the year stands first over money of other years, of which it comprises nothing."""
    return tops[0].total is TotalRank.YEAR and len(tops) > 1 and not tops[1].total and is_carried(tops[1])


def _between(loose: Sequence[RowLabel], parts: Sequence[RowLabel], total: RowLabel) -> Iterator[RowLabel]:
    first = min((part.row for part in parts), default=total.row)
    return (row for row in loose if first <= row.row < total.row)


def _leading(outline: Outline) -> Iterator[RowGroup]:
    """Totals that stand before what makes them up; a lower total among these may be its part or may part it, and 其中
    right below may head the whole list (年度资金总额, 其中：当年拨款, 上年结转资金)."""
    tops = outline.tops
    for place, total in enumerate(tops):
        if not total.total:
            continue
        following: list[RowLabel] = []
        for top in tops[place + 1 :]:
            if top.total and top.total >= total.total:
                break
            following.append(top)
        items = tuple(top for top in following if not top.total)
        lower = tuple(top for top in following if top.total)
        before = tuple(top for top in following[: following.index(lower[0])]) if lower else ()
        classes = _once_each(item for item in items if class_code(item.key) is not None)
        candidates = [reading for reading in ((*before, *lower) if lower else (), items, lower, classes) if reading]
        if place and total.total is TotalRank.SUBTOTAL:
            candidates.append(_items_before(tops, place))
        said = tuple(outline.below_total.get(total, ()))
        if said and items:
            candidates.insert(0, (*said, *items))
        candidates += past_of_which(outline.of_which, items)
        candidates = [reading for reading in dict.fromkeys(candidates) if reading]
        if candidates:
            sure = not lower and place == 0 and _is_sure(items)
            yield RowGroup(GroupKind.TOTAL, total, tuple(candidates), sure=sure)


def _once_each(rows: Iterator[RowLabel]) -> tuple[RowLabel, ...]:
    """The rows, none where a name comes twice: then they are of several levels or several units."""
    found = tuple(rows)
    return found if len({row.key for row in found}) == len(found) else ()


def _items_before(tops: Sequence[RowLabel], place: int) -> tuple[RowLabel, ...]:
    found: list[RowLabel] = []
    for top in reversed(tops[:place]):
        if top.total:
            break
        found.append(top)
    return tuple(reversed(found))


def _is_sure(parts: Sequence[RowLabel]) -> bool:
    """Whether these rows surely make up a total: numbered in order, or all of them known as such."""
    numbered = [part.ordinal for part in parts if part.rank]
    rising = all(first < second for first, second in pairwise(numbered))
    ranks = {part.rank for part in parts if part.rank}
    names = [part.key for part in parts]
    if not rising or len(ranks) > 1 or len(set(names)) < len(names):
        return False
    return all(part.rank or part.total or _is_known(part) for part in parts)


def _is_known(part: RowLabel) -> bool:
    words = vocabulary()
    if is_carried(part) or class_code(part.key) is not None:
        return True
    return words.partitions["funds"].fit(part.key) or words.partitions["three_public"].fit(part.key)
