"""Which columns of a panel make up which other column: read from the column paths with the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise

from workbench.checks.structure.columns import Column
from workbench.fiscal.vocabulary import Words, vocabulary


@dataclass(frozen=True)
class ColumnEquation:
    """A column that its `parts` make up, or (`of_which`) that they are at most.

    `known` says that the vocabulary knows all the parts as parts of one whole; else only the figures can tell.
    """

    total: Column
    parts: tuple[Column, ...]
    known: bool = True
    of_which: bool = False
    otherwise: tuple[tuple[Column, ...], ...] = ()
    """Other parts that the heads may mean, taken if the figures bear them out and not the first ones."""
    outer: Column | None = None
    """The column that they may be some of instead: 其中 at the end may be said of the last part or of the total."""


@dataclass(frozen=True)
class _Branch:
    """A column, or a spanner over branches."""

    key: str
    column: Column | None = None
    under: tuple[_Branch, ...] = ()


_Placed = tuple[Column, tuple[str, ...]]


def column_equations(amounts: Sequence[Column]) -> tuple[ColumnEquation, ...]:
    """The equations between the columns of figures of one panel."""
    found: list[ColumnEquation] = []
    for placed in _by_measure([(column, column.path) for column in amounts]):
        branches = _grow(placed)
        while len(branches) == 1 and branches[0].under:
            branches = branches[0].under
        _equations(branches, found)
    found += _changes(amounts)
    return tuple(found)


def _changes(amounts: Sequence[Column]) -> Iterator[ColumnEquation]:
    """Equations this year = last year + change, where three neighbours of one spanner may be that;
    the figures must say so."""
    words = vocabulary().columns
    for first, second, change in zip(amounts, amounts[1:], amounts[2:], strict=False):
        if words["change"].fit(change.leaf) and words["other_year"].fit(change.leaf):
            for previous, current in ((first, second), (second, first)):
                yield ColumnEquation(current, (previous, change), known=False)


def _by_measure(placed: Sequence[_Placed]) -> Iterator[list[_Placed]]:
    """The columns apart by the measure at the foot of their heads (预算数, 决算数), where most have one of several:
    amounts of different measures make up nothing together."""
    measure = vocabulary().columns["measure"]
    feet = [path[-1] if len(path) > 1 and measure.fit(path[-1]) else "" for _, path in placed]
    kinds = dict.fromkeys(foot for foot in feet if foot)
    if not placed or (all(feet) is False and (len(kinds) < 2 or 2 * sum(map(bool, feet)) <= len(feet))):
        yield list(placed)
        return
    for kind in kinds:
        yield [(column, path[:-1]) for (column, path), foot in zip(placed, feet, strict=True) if foot == kind]


def _grow(placed: Sequence[_Placed]) -> tuple[_Branch, ...]:
    branches: list[_Branch] = []
    for key, group in groupby(placed, key=lambda item: item[1][0] if item[1] else ""):
        members = list(group)
        if len(members) == 1 and len(members[0][1]) <= 1:
            branches.append(_Branch(key, members[0][0]))
            continue
        ended = [column for column, path in members if len(path) <= 1]
        longer = [(column, path[1:]) for column, path in members if len(path) > 1]
        if not longer:
            branches += [_Branch(key, column) for column in ended]
        elif any(len(path) == 1 and vocabulary().columns["total"].fit(path[0]) for _, path in longer):
            # Beside a total of its own a column that ends here has lost the rest of its head; where it is a total
            # itself, the others stand beside it and not under it.
            total = bool(ended) and vocabulary().columns["total"].fit(key)
            under = _grow([(column, path[1:] or (key if total else "",)) for column, path in members])
            branches += under if total else [_Branch(key, None, under)]
        else:
            under = (*(_Branch("合计", column) for column in ended[:1]), *_grow(longer))
            branches.append(_Branch(key, None, under))
    return tuple(branches)


def _equations(branches: Sequence[_Branch], found: list[ColumnEquation]) -> None:
    """Adds the equations among sibling branches, then those inside each."""
    total = _total_of(branches)
    parts = _parts_beside(branches, total)
    if total is not None and total.column is not None and parts:
        divisions = [part for part in parts if part.under and vocabulary().columns["division"].fit(part.key)]
        if len(divisions) > 1 and len(divisions) == len(parts):
            for division in divisions:
                _add(found, total.column, division.under)
        else:
            last = branches.index(total) > branches.index(parts[-1])
            _add(found, total.column, parts, beside=_beside_public(branches, parts), last=last)
    _add_of_which(branches, found)
    for branch in branches:
        if len(branch.under) > 1:
            _equations(branch.under, found)


def _total_of(branches: Sequence[_Branch]) -> _Branch | None:
    words = vocabulary().columns
    totals = [branch for branch in branches if branch.column is not None and words["total"].fit(branch.key)]
    if totals:
        # 合计 takes in what 小计 beside it does, wherever the two stand.
        return next((branch for branch in totals if not _is_subtotal(branch.key)), totals[0])
    # 预算数 | 其中 (基本支出 | 项目支出): the measure stands for the total.
    for left, right in pairwise(branches):
        if left.column is not None and right.under and _is_of_which(right.key) and words["measure"].fit(left.key):
            return left
    # 决算数 | 人员经费 | 公用经费: so it does before all parts of one kind, and nothing else.
    first, *others = branches
    if first.column is not None and words["measure"].fit(first.key) and len(others) > 1 and _known(others):
        return first
    return None


def _is_of_which(key: str) -> bool:
    return key.startswith("其中")


def _parts_beside(branches: Sequence[_Branch], total: _Branch | None) -> list[_Branch]:
    """The siblings of a total that may be its parts: those after it, or those before it where none stand after it."""
    if total is None:
        return []
    place = branches.index(total)
    beside = branches[place + 1 :]
    plain = _plain(beside)
    if not plain and not any(_is_of_which(branch.key) for branch in beside):
        beside = branches[:place]
        plain = _plain(beside)
    if _has_public(plain):
        plain = [branch for branch in plain if not vocabulary().columns["beside_public"].fit(branch.key)]
    if not plain:
        plain = [branch for branch in beside if _is_of_which(branch.key) and branch.under]
    return plain


def _plain(branches: Sequence[_Branch]) -> list[_Branch]:
    """The branches that are neither a change nor one more measure of what stands beside them."""
    words = vocabulary().columns
    apart, measure = words["apart"], words["measure"]
    return [branch for branch in branches if not apart.fit(branch.key) and not measure.fit(branch.key)]


def _has_public(branches: Sequence[_Branch]) -> bool:
    return any(vocabulary().partitions["three_public"].fit(branch.key) for branch in branches)


def _beside_public(branches: Sequence[_Branch], parts: Sequence[_Branch]) -> list[_Branch]:
    """会议费 and 培训费 beside the three public expenses: some totals take them in."""
    if not _has_public(parts):
        return []
    return [branch for branch in branches if vocabulary().columns["beside_public"].fit(branch.key)]


def _add(
    found: list[ColumnEquation],
    total: Column,
    parts: Sequence[_Branch],
    *,
    beside: Sequence[_Branch] = (),
    last: bool = False,
) -> None:
    """Adds the equation of a total and those of what covers others among its parts; where it is `last`, so are they."""
    inside_of_which = any(_is_of_which(part.key) for part in parts)
    branches = [branch for part in parts for branch in (part.under if inside_of_which else (part,))]
    covered = _covered_before(branches) if last else _covered(branches)
    ends: list[list[_Branch]] = []
    for whole, under in covered.items():
        cover = branches[whole]
        if cover.column is not None:
            columns = tuple(column for place in under for column in _stand_for(branches[place]))
            known = not _is_subtotal(cover.key)
            # What a subtotal without a spanner adds up may end before the next total.
            cuts = () if known or last else range(len(under) - 1, 1, -1)
            shorter = tuple(
                tuple(column for place in under[:end] for column in _stand_for(branches[place])) for end in cuts
            )
            found.append(ColumnEquation(cover.column, columns, known=known, otherwise=shorter))
            ends += [[branches[place] for place in under[end:]] for end in cuts]
    hidden = {place for under in covered.values() for place in under}
    outer = [branch for place, branch in enumerate(branches) if place not in hidden]
    columns = tuple(column for branch in outer for column in _stand_for(branch))
    if columns:
        flat = tuple(column for branch in branches for column in _stand_for(branch))
        wider = columns + tuple(column for branch in beside for column in _stand_for(branch))
        # Heads that are alike have lost what tells them apart: the first may total the others.
        first = tuple(column for branch in _first_of_each(outer) for column in _stand_for(branch))
        # Nobody prints a total of one: where one part is left, others have lost their heads or are not printed.
        known = _known(outer) and first == columns and len(columns) > 1
        longer = [columns + tuple(column for branch in rest for column in _stand_for(branch)) for rest in ends]
        # What is left at the end of a year stands beside what was spent, or is a part of what there was.
        spent = tuple(column for branch in outer if not _carries(branch.key) for column in _stand_for(branch))
        readings = dict.fromkeys((flat, wider, first, *longer, spent))
        otherwise = tuple(reading for reading in readings if reading and reading != columns)
        found.append(ColumnEquation(total, columns, known=known, otherwise=otherwise))


def _first_of_each(branches: Sequence[_Branch]) -> Iterator[_Branch]:
    heads: set[str] = set()
    for branch in branches:
        if branch.key not in heads:
            yield branch
        heads.add(branch.key)


def _is_subtotal(key: str) -> bool:
    return key.endswith("小计")


def _covered(branches: Sequence[_Branch]) -> dict[int, list[int]]:
    """Siblings that contain siblings after them, by place: 财政拨款 before 一般公共预算, a 小计 without a spanner."""
    covered: dict[int, list[int]] = {}
    taken: set[int] = set()
    for place, branch in enumerate(branches):
        if branch.column is None or place in taken:
            continue
        for cover in vocabulary().covers:
            if cover.whole.fit(branch.key):
                under = _run(branches, place + 1, partial(_fits, cover.parts))
                if under:
                    covered[place] = under
                    taken.update(under)
                break
        else:
            if _is_subtotal(branch.key):
                under = _run(branches, place + 1, lambda other: not _is_subtotal(other.key) and not _carries(other.key))
                under = under or _run(branches, place + 1, lambda other: _carries(other.key))
                if under:
                    covered[place] = under
                    taken.update(under)
    return covered


def _covered_before(branches: Sequence[_Branch]) -> dict[int, list[int]]:
    """The columns between one 小计 and the next, by the place of that which closes them: where totals stand last."""
    covered: dict[int, list[int]] = {}
    begin = 0
    for place, branch in enumerate(branches):
        if branch.column is not None and _is_subtotal(branch.key):
            if place - begin > 1:
                covered[place] = list(range(begin, place))
            begin = place + 1
    return covered


def _fits(words: Words, branch: _Branch) -> bool:
    return words.fit(branch.key)


def _carries(key: str) -> bool:
    return vocabulary().rows["carry"].fit(key)


def _run(branches: Sequence[_Branch], start: int, fits: Callable[[_Branch], bool]) -> list[int]:
    run: list[int] = []
    for place in range(start, len(branches)):
        if not fits(branches[place]):
            break
        run.append(place)
    return run


def _stand_for(branch: _Branch) -> Iterator[Column]:
    """The columns that stand for a branch in a sum: itself, the total under it, or else all under it."""
    if branch.column is not None:
        yield branch.column
        return
    total = _total_of(branch.under)
    if total is not None and total.column is not None:
        yield total.column
        return
    words = vocabulary().columns
    for under in branch.under:
        if not words["apart"].fit(under.key):
            yield from _stand_for(under)


def _known(branches: Sequence[_Branch]) -> bool:
    """Whether one family of the vocabulary knows all these as parts of one whole."""
    return any(all(words.fit(branch.key) for branch in branches) for words in vocabulary().partitions.values())


def _add_of_which(branches: Sequence[_Branch], found: list[ColumnEquation]) -> None:
    """A column headed 其中：… is at most the column before it, or at the end of all parts at most their total. A
    spanner 其中 over several columns may take all of the column before it apart: the figures tell."""
    total = _total_of(branches)
    for left, right in pairwise(branches):
        if left.column is None or not _is_of_which(right.key) or _is_of_which(left.key):
            continue
        if right.column is not None:
            last = total is not None and right is branches[-1] and left is not total
            outer = total.column if total is not None and last else None
            found.append(ColumnEquation(left.column, (right.column,), of_which=True, outer=outer))
        elif left is not total:
            found.append(ColumnEquation(left.column, tuple(_stand_for(right)), known=False))
