"""Which columns of a panel make up which other column: read from the column paths with the words of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.checks.structure.branches import (
    Branch,
    are_known,
    branches_of,
    by_measure,
    carries,
    covered,
    is_of_which,
    is_subtotal,
    stand_for,
    total_of,
)
from workbench.checks.structure.columns import Column
from workbench.fiscal.vocabulary import vocabulary


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


def column_equations(amounts: Sequence[Column]) -> tuple[ColumnEquation, ...]:
    """The equations between the columns of figures of one panel."""
    found: list[ColumnEquation] = []
    for placed in by_measure([(column, column.path) for column in amounts]):
        branches = branches_of(placed)
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


def _equations(branches: Sequence[Branch], found: list[ColumnEquation]) -> None:
    """Adds the equations among sibling branches, then those inside each."""
    total = total_of(branches)
    parts = _parts_beside(branches, total)
    if total is not None and total.column is not None and parts:
        divisions = [part for part in parts if part.under and vocabulary().columns["division"].fit(part.key)]
        undivided = [part for part in parts if part not in divisions]
        if len(divisions) > 1 or undivided:
            # Each 按…分 takes the total apart by itself, and so does what stands beside them.
            for division in divisions:
                _add(found, total.column, division.under)
            parts = undivided
        if parts:
            last = branches.index(total) > branches.index(parts[-1])
            _add(found, total.column, parts, beside=_beside_public(branches, parts), last=last)
    _add_of_which(branches, found)
    if total is None and any(is_subtotal(branch.key) for branch in branches):
        _add_covered(found, branches, covered(branches))
    for branch in branches:
        if len(branch.under) > 1:
            _equations(branch.under, found)


def _parts_beside(branches: Sequence[Branch], total: Branch | None) -> list[Branch]:
    """The siblings of a total that may be its parts: those after it, or those before it where none stand after it."""
    if total is None:
        return []
    place = branches.index(total)
    beside = branches[place + 1 :]
    plain = _plain(beside)
    if not plain and not any(is_of_which(branch.key) for branch in beside):
        beside = branches[:place]
        plain = _plain(beside)
    if _has_public(plain):
        plain = [branch for branch in plain if not vocabulary().columns["beside_public"].fit(branch.key)]
    if not plain:
        plain = [branch for branch in beside if is_of_which(branch.key) and branch.under]
    return plain


def _plain(branches: Sequence[Branch]) -> list[Branch]:
    """The branches that are neither a change nor one more measure of what stands beside them."""
    words = vocabulary().columns
    apart, measure = words["apart"], words["measure"]
    return [branch for branch in branches if not apart.fit(branch.key) and not measure.fit(branch.key)]


def _has_public(branches: Sequence[Branch]) -> bool:
    return any(vocabulary().partitions["three_public"].fit(branch.key) for branch in branches)


def _beside_public(branches: Sequence[Branch], parts: Sequence[Branch]) -> list[Branch]:
    """会议费 and 培训费 beside the three public expenses: some totals take them in."""
    if not _has_public(parts):
        return []
    return [branch for branch in branches if vocabulary().columns["beside_public"].fit(branch.key)]


def _add(
    found: list[ColumnEquation],
    total: Column,
    parts: Sequence[Branch],
    *,
    beside: Sequence[Branch] = (),
    last: bool = False,
) -> None:
    """Adds the equation of a total and those of what covers others among its parts; where it is `last`, so are they."""
    inside_of_which = any(is_of_which(part.key) for part in parts)
    branches = [branch for part in parts for branch in (part.under if inside_of_which else (part,))]
    under_others = _covered_before(branches) if last else covered(branches)
    ends = _add_covered(found, branches, under_others, last=last)
    hidden = {place for under in under_others.values() for place in under}
    outer = [branch for place, branch in enumerate(branches) if place not in hidden]
    columns = tuple(column for branch in outer for column in stand_for(branch))
    if columns:
        flat = tuple(column for branch in branches for column in stand_for(branch))
        wider = columns + tuple(column for branch in beside for column in stand_for(branch))
        # Heads that are alike have lost what tells them apart: the first may total the others.
        first = tuple(column for branch in _first_of_each(outer) for column in stand_for(branch))
        # Nobody prints a total of one: where one part is left, others have lost their heads or are not printed.
        known = are_known(outer) and first == columns and len(columns) > 1
        longer = [columns + tuple(column for branch in rest for column in stand_for(branch)) for rest in ends]
        # What is left at the end of a year stands beside what was spent, or is a part of what there was.
        spent = tuple(column for branch in outer if not carries(branch.key) for column in stand_for(branch))
        readings = dict.fromkeys((flat, wider, first, *longer, spent))
        otherwise = tuple(reading for reading in readings if reading and reading != columns)
        found.append(ColumnEquation(total, columns, known=known, otherwise=otherwise))


def _add_covered(
    found: list[ColumnEquation], branches: Sequence[Branch], under_others: dict[int, list[int]], *, last: bool = False
) -> list[list[Branch]]:
    """Adds the equations of what covers siblings; gives what may be left at the end of each if it covers fewer."""
    ends: list[list[Branch]] = []
    for whole, under in under_others.items():
        cover = branches[whole]
        if cover.column is not None:
            columns = tuple(column for place in under for column in stand_for(branches[place]))
            known = not is_subtotal(cover.key)
            # What a subtotal without a spanner adds up may end before the next total.
            cuts = () if known or last else range(len(under) - 1, 1, -1)
            shorter = tuple(
                tuple(column for place in under[:end] for column in stand_for(branches[place])) for end in cuts
            )
            equation = ColumnEquation(cover.column, columns, known=known, otherwise=shorter)
            if equation not in found:
                found.append(equation)
            ends += [[branches[place] for place in under[end:]] for end in cuts]
    return ends


def _first_of_each(branches: Sequence[Branch]) -> Iterator[Branch]:
    heads: set[str] = set()
    for branch in branches:
        if branch.key not in heads:
            yield branch
        heads.add(branch.key)


def _covered_before(branches: Sequence[Branch]) -> dict[int, list[int]]:
    """The columns between one 小计 and the next, by the place of that which closes them: where totals stand last."""
    covered: dict[int, list[int]] = {}
    begin = 0
    for place, branch in enumerate(branches):
        if branch.column is not None and is_subtotal(branch.key):
            if place - begin > 1:
                covered[place] = list(range(begin, place))
            begin = place + 1
    return covered


def _add_of_which(branches: Sequence[Branch], found: list[ColumnEquation]) -> None:
    """A column headed 其中：… is at most the column before it, or at the end of all parts at most their total. A
    spanner 其中 over several columns may take all of the column before it apart: the figures tell."""
    total = total_of(branches)
    for left, right in pairwise(branches):
        if left.column is None or not is_of_which(right.key) or is_of_which(left.key):
            continue
        if right.column is not None:
            last = total is not None and right is branches[-1] and left is not total
            outer = total.column if total is not None and last else None
            found.append(ColumnEquation(left.column, (right.column,), of_which=True, outer=outer))
        elif left is not total:
            found.append(ColumnEquation(left.column, tuple(stand_for(right)), known=False))
