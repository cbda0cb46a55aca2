"""The heads of the columns of one panel as a tree: spanners over columns, and which column stands for what a spanner
heads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise

from workbench.checks.structure.columns import Column
from workbench.fiscal.vocabulary import Words, vocabulary


@dataclass(frozen=True)
class Branch:
    """A column, or a spanner over branches."""

    key: str
    column: Column | None = None
    under: tuple[Branch, ...] = ()


Placed = tuple[Column, tuple[str, ...]]


def by_measure(placed: Sequence[Placed]) -> Iterator[list[Placed]]:
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


def branches_of(placed: Sequence[Placed]) -> tuple[Branch, ...]:
    """The tree of columns and their heads from the top, those that end early taken for what their fellows say."""
    branches: list[Branch] = []
    for key, group in groupby(placed, key=lambda item: item[1][0] if item[1] else ""):
        members = list(group)
        if len(members) == 1 and len(members[0][1]) <= 1:
            branches.append(Branch(key, members[0][0]))
            continue
        ended = [column for column, path in members if len(path) <= 1]
        longer = [(column, path[1:]) for column, path in members if len(path) > 1]
        if not longer:
            branches += [Branch(key, column) for column in ended]
        elif any(len(path) == 1 and vocabulary().columns["total"].fit(path[0]) for _, path in longer):
            # Beside a total of its own a column that ends here has lost the rest of its head; where it is a total
            # itself, the others stand beside it and not under it.
            total = bool(ended) and vocabulary().columns["total"].fit(key)
            under = branches_of([(column, path[1:] or (key if total else "",)) for column, path in members])
            branches += under if total else [Branch(key, None, under)]
        else:
            under = (*(Branch("合计", column) for column in ended[:1]), *branches_of(longer))
            branches.append(Branch(key, None, under))
    return tuple(branches)


def total_of(branches: Sequence[Branch]) -> Branch | None:
    """The one of sibling branches that the others make up; None where none says that it is."""
    words = vocabulary().columns
    totals = [
        branch
        for branch in branches
        if branch.column is not None and words["total"].fit(branch.key) and not _names_some(branch, branches)
    ]
    if totals:
        # 合计 takes in what 小计 beside it does, wherever the two stand.
        return next((branch for branch in totals if not is_subtotal(branch.key)), totals[0])
    # 预算数 | 其中 (基本支出 | 项目支出): the measure stands for the total.
    for left, right in pairwise(branches):
        if left.column is not None and right.under and is_of_which(right.key) and words["measure"].fit(left.key):
            return left
    # 决算数 | 人员经费 | 公用经费: so it does before all parts of one kind, and nothing else.
    first, *others = branches
    if first.column is not None and words["measure"].fit(first.key) and len(others) > 1 and are_known(others):
        return first
    return None


def _names_some(total: Branch, branches: Sequence[Branch]) -> bool:
    """Whether a subtotal says of which siblings it is, and others stand beside them (基本支出小计 | 人员经费 |
    公用经费 | 项目支出)."""
    cover = next((cover for cover in vocabulary().covers if cover.whole.fit(total.key)), None)
    if cover is None or not is_subtotal(total.key):
        return False
    fits = [cover.parts.fit(branch.key) for branch in branches if branch is not total]
    return any(fits) and not all(fits)


def is_of_which(key: str) -> bool:
    """Whether a head says 其中."""
    return key.startswith("其中")


def are_known(branches: Sequence[Branch]) -> bool:
    """Whether one family of the vocabulary knows all these as parts of one whole."""
    return any(all(words.fit(branch.key) for branch in branches) for words in vocabulary().partitions.values())


def stand_for(branch: Branch) -> Iterator[Column]:
    """The columns that stand for a branch in a sum: itself, the total under it, or else all under it."""
    if branch.column is not None:
        yield branch.column
        return
    total = total_of(branch.under)
    if total is not None and total.column is not None:
        yield total.column
        return
    words = vocabulary().columns
    hidden = {place for places in covered(branch.under).values() for place in places}
    for place, under in enumerate(branch.under):
        if place not in hidden and not words["apart"].fit(under.key):
            yield from stand_for(under)


def is_subtotal(key: str) -> bool:
    """Whether a head is 小计."""
    return key.endswith("小计")


def covered(branches: Sequence[Branch]) -> dict[int, list[int]]:
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
            if is_subtotal(branch.key):
                under = _run(branches, place + 1, lambda other: not is_subtotal(other.key) and not carries(other.key))
                under = under or _run(branches, place + 1, lambda other: carries(other.key))
                if under:
                    covered[place] = under
                    taken.update(under)
    return covered


def _fits(words: Words, branch: Branch) -> bool:
    return words.fit(branch.key)


def carries(key: str) -> bool:
    """Whether a head says what is carried over from year to year."""
    return vocabulary().rows["carry"].fit(key)


def _run(branches: Sequence[Branch], start: int, fits: Callable[[Branch], bool]) -> list[int]:
    run: list[int] = []
    for place in range(start, len(branches)):
        if not fits(branches[place]):
            break
        run.append(place)
    return run
