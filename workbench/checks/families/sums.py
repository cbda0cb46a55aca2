"""Vertical sums: which reading of a table's rows is taken, and the checks that it gives."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.checks.context import Context
from workbench.checks.families.support import Equation, Support, borne_out_by_corrections, support
from workbench.checks.reading import MINUS_ONE, ONE, ZERO
from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.label_words import TotalRank
from workbench.checks.structure.rows import RowLabel
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_FEW_GROUPS = 4
"""So many failing parents of a table may be mistakes of its own; more than half of them, and as many, may not."""


def chosen_groups(context: Context, table: Table) -> tuple[tuple[RowGroup, tuple[RowLabel, ...]], ...]:
    """The groups of a table's rows with the parts that are taken for each."""
    return context.once(
        ("chosen groups", table.id), (table,), lambda: _chosen_groups(context, context.structure(table))
    )


def _chosen_groups(context: Context, structure: TableStructure) -> tuple[tuple[RowGroup, tuple[RowLabel, ...]], ...]:
    pairs = [(group, _choose(context, structure, group)) for group in structure.groups]
    fellows = _Fellows.of(pairs)
    pairs = [(group, parts or fellows.reading_of(group)) for group, parts in pairs]
    taken = dict(_without_misread(context, structure, [pair for pair in pairs if pair[1]]))
    pairs = [(group, taken.get(group) or _as_corrected(context, structure, group)) for group in structure.groups]
    pairs = [(group, _inside(group, parts, pairs)) for group, parts in pairs]
    pairs = [(group, _as_far_as_fits(context, structure, group, parts)) for group, parts in pairs]
    pairs = [(_of_all(context, structure, group, parts), parts) for group, parts in pairs]
    return tuple((group, parts) for group, parts in pairs if parts)


def _inside(
    group: RowGroup, parts: tuple[RowLabel, ...], pairs: Sequence[tuple[RowGroup, tuple[RowLabel, ...]]]
) -> tuple[RowLabel, ...]:
    """The parts of a row behind 其中 without those that make up another row together with it."""
    if group.kind is not GroupKind.OF_WHICH or len(parts) < 2:
        return parts
    beside = {
        row for other, rows in pairs if other.kind is not GroupKind.OF_WHICH and group.whole in rows for row in rows
    }
    return tuple(part for part in parts if part not in beside)


def _as_corrected(context: Context, structure: TableStructure, group: RowGroup) -> tuple[RowLabel, ...]:
    """What the corrected figures of a group bear out, and nothing contradicts, that the printed ones did not."""
    for parts in group.candidates:
        if borne_out_by_corrections(context, _equations(structure, group.whole, parts), 1):
            return parts
    return ()


@dataclass(frozen=True, slots=True)
class _Fellows:
    """By which of their readings the groups of a table are read that their own figures bear out, told by kind and
    rank."""

    made: frozenset[tuple[GroupKind, int]]
    """The rows (by identity) that other rows make up already."""
    places: Mapping[tuple[GroupKind, TotalRank], Counter[int]]
    """How many are read by their first candidate, their second; those that none is taken of at -1."""

    @classmethod
    def of(cls, pairs: Sequence[tuple[RowGroup, tuple[RowLabel, ...]]]) -> _Fellows:
        places: defaultdict[tuple[GroupKind, TotalRank], Counter[int]] = defaultdict(Counter)
        for group, parts in pairs:
            if group.kind is GroupKind.TOTAL or not group.sure:
                place = group.candidates.index(parts) if parts else -1
                places[group.kind, group.whole.total][place] += 1
        return cls(frozenset((group.kind, id(group.whole)) for group, parts in pairs if parts), places)

    def reading_of(self, group: RowGroup) -> tuple[RowLabel, ...]:
        """The reading of a row whose own figures bear out none: that which nearly all rows of its kind and rank (the
        小计 of each unit, the heads of an outline) are read by; none where other rows make it up already."""
        if group.kind is GroupKind.OF_WHICH or group.unplaced or (group.kind, id(group.whole)) in self.made:
            return ()
        places = self.places.get((group.kind, group.whole.total), Counter())
        read = ((place, count) for place, count in places.items() if place >= 0)
        place, count = max(read, key=lambda item: item[1], default=(0, 0))
        borne_out = count >= _FEW_GROUPS and count >= 4 * (places.total() - count)
        return group.candidates[place] if borne_out and place < len(group.candidates) else ()


def _without_misread(
    context: Context, structure: TableStructure, pairs: Sequence[tuple[RowGroup, tuple[RowLabel, ...]]]
) -> tuple[tuple[RowGroup, tuple[RowLabel, ...]], ...]:
    """The groups, those of children that fail left out where most of a table's do: its outline was not understood."""
    supports = {
        place: support(context.printed, _equations(structure, group.whole, parts))
        for place, (group, parts) in enumerate(pairs)
        if group.kind is GroupKind.CHILDREN
    }
    failing = {place for place, found in supports.items() if found.fails and not found.holds}
    tried = sum(found.tried > 0 for found in supports.values())
    if len(failing) < _FEW_GROUPS or len(failing) * 2 <= tried:
        return tuple(pairs)
    return tuple(pair for place, pair in enumerate(pairs) if place not in failing)


def _choose(context: Context, structure: TableStructure, group: RowGroup) -> tuple[RowLabel, ...]:
    """The reading that is taken: the first one if it is sure or borne out, else one that is, else none."""
    first, *others = group.candidates
    if group.sure and not others:
        return first
    if group.unplaced:
        return _among_unplaced(context, structure, group)
    supports = [support(context.printed, _equations(structure, group.whole, parts)) for parts in group.candidates]
    for parts, found in zip(group.candidates, supports, strict=True):
        if _is_borne_out(found):
            return parts
    for parts, found in zip(group.candidates, supports, strict=True):
        if found.near and len(parts) > 1 and found.near + found.holds >= found.tried:
            return parts
    return first if group.sure else ()


def _as_far_as_fits(
    context: Context, structure: TableStructure, group: RowGroup, parts: tuple[RowLabel, ...]
) -> tuple[RowLabel, ...]:
    """The rows behind 其中: all of them, unless they are more than the whole in most columns and the first of them,
    before a row that does not say 其中 again, are not in any; of a single column these must be the whole."""
    if group.kind is not GroupKind.OF_WHICH or len(parts) < 2:
        return parts
    over, tried, _ = _against_whole(context, structure, group.whole, parts)
    if over * 2 <= tried:
        return parts
    for end in range(len(parts) - 1, 0, -1):
        if parts[end].of_which:
            continue
        over, tried, same = _against_whole(context, structure, group.whole, parts[:end])
        if not over and (tried > 1 or same):
            return parts[:end]
    return parts


def _of_all(context: Context, structure: TableStructure, group: RowGroup, parts: tuple[RowLabel, ...]) -> RowGroup:
    """A group of rows behind 其中 as one of rows that make up the whole, where several do in every column but for one
    slip: they are then all of it."""
    if group.kind is not GroupKind.OF_WHICH or len(parts) < 2:
        return group
    read = context.printed.read
    places = range(width(structure, group.whole, parts))
    filled = sum(any(read(structure.cell(part, place)).value for place in places) for part in parts)
    found = support(context.printed, _equations(structure, group.whole, parts))
    all_of_it = filled > 1 and found.holds > 1 and found.holds + found.near >= found.tried and found.near < 2
    return replace(group, kind=GroupKind.CHILDREN) if all_of_it else group


def _against_whole(
    context: Context, structure: TableStructure, whole: RowLabel, parts: Sequence[RowLabel]
) -> tuple[int, int, int]:
    """In how many columns some parts are more than the whole, in how many both print figures, and in how many the parts
    are the whole."""
    over = tried = same = 0
    for total, cells in _equations(structure, whole, parts):
        reading, readings = context.printed.read(total), [context.printed.read(cell) for cell in cells]
        made = [one.value for one in readings if one.value is not None]
        if reading.value is None or not any(made):
            continue
        slack = reading.half_unit + sum((one.half_unit for one in readings if one.value is not None), ZERO)
        tried += 1
        over += sum(made, ZERO) - reading.value > slack
        same += abs(sum(made, ZERO) - reading.value) <= slack
    return over, tried, same


def _among_unplaced(context: Context, structure: TableStructure, group: RowGroup) -> tuple[RowLabel, ...]:
    """The reading of a group with rows of unknown place that holds in every column, else one that is borne out or
    nearly so where these rows print an amount: every other column holds whether they are parts or not."""
    telling = {
        place
        for place in range(width(structure, group.whole, group.unplaced))
        if any(context.printed.read(structure.cell(row, place)).value for row in group.unplaced)
    }
    readings = []
    for parts in group.candidates:
        equations = list(_equations(structure, group.whole, parts))
        told = [equation for place, equation in enumerate(equations) if place in telling]
        readings.append((parts, support(context.printed, equations), support(context.printed, told or equations)))
    for parts, found, _ in readings:
        if found.holds and not found.fails:
            return parts
    for parts, _, told_by in readings:
        if _is_borne_out(told_by):
            return parts
    for parts, found, _ in readings:
        if found.near and len(parts) > 1 and found.near + found.holds >= found.tried:
            return parts
    return ()


def _is_borne_out(found: Support) -> bool:
    return found.holds > 0 and found.holds >= found.fails


def _equations(structure: TableStructure, whole: RowLabel, parts: Sequence[RowLabel]) -> Iterator[Equation]:
    for place in range(width(structure, whole, parts)):
        yield structure.cell(whole, place), tuple(structure.cell(part, place) for part in parts)


def width(structure: TableStructure, whole: RowLabel, parts: Sequence[RowLabel]) -> int:
    """How many amount columns the panels of these rows have in common."""
    return min(len(structure.panels[number].amounts) for number in {whole.panel, *(part.panel for part in parts)})


def vertical_checks(
    context: Context, table: Table, family: Family, group: RowGroup, parts: Sequence[RowLabel]
) -> Iterator[Check]:
    """One check for each amount column in which one of the parts prints something."""
    structure = context.structure(table)
    bound = group.kind is GroupKind.OF_WHICH
    if group.kind is not GroupKind.TOTAL and not group.whole.code and _is_left_blank(context, structure, group, parts):
        return
    for place in range(width(structure, group.whole, parts)):
        cells = [structure.cell(part, place) for part in parts]
        whole = structure.cell(group.whole, place)
        column = structure.column_label(whole.column)
        if _is_difference(structure, whole.column) if bound else _never_printed(context, structure, whole.column):
            continue
        if not bound and not group.whole.code and _is_marked(context, group, whole, cells):
            continue
        if _is_undivided_score(context, structure, whole, cells):
            continue
        name = structure.row_label(whole)
        here = f"《{structure.table.title}》{name}" if structure.table.title else name
        here, here_zh = (f"{here} · {column}", f"{here}（{column}）") if column else (here, here)
        if bound:
            terms = [*(Term(cell, ONE, "part") for cell in cells), Term(whole, MINUS_ONE, "whole")]
            title = Message(
                f"{here}: the rows under 其中 are at most the whole.",
                f"{here_zh}：其中各项之和应不大于该项。",
            )
            yield context.check(family, Relation.AT_MOST, terms, title)
            continue
        terms = [Term(whole, ONE, "total"), *(Term(cell, MINUS_ONE, "part") for cell in cells)]
        title = Message(
            f"{here}: equals the sum of its {len(cells)} {'part' if len(cells) == 1 else 'parts'}.",
            f"{here_zh}：等于{len(cells)}个组成项之和。",
        )
        yield context.check(family, Relation.EQUAL, terms, title)


def _is_difference(structure: TableStructure, column: int) -> bool:
    return any(map(vocabulary().columns["difference"].fit, structure.columns[column].path))


def _is_undivided_score(context: Context, structure: TableStructure, whole: CellRef, parts: Sequence[CellRef]) -> bool:
    """Whether a row has points, and the rows that make up its money have none: the points are for the row."""
    words, path = vocabulary().columns, structure.columns[whole.column].path
    if not any(words[role].fit(key) for role in ("points", "score") for key in path):
        return False
    return all(context.printed.read(cell).figure.kind is not FigureKind.NUMBER for cell in parts)


def _is_left_blank(context: Context, structure: TableStructure, group: RowGroup, parts: Sequence[RowLabel]) -> bool:
    """Whether the lines under a row are those of the form and were not filled in, in any column."""
    cells = (structure.cell(part, place) for part in parts for place in range(width(structure, group.whole, parts)))
    return all(context.printed.read(cell).blank for cell in cells)


def _is_marked(context: Context, group: RowGroup, whole: CellRef, parts: Sequence[CellRef]) -> bool:
    """Whether dashes say that nothing adds up here: every part prints one under an amount (the form does not ask for
    them in this column), or the whole does over amounts (a heading over a list). A total is neither."""
    if group.kind is GroupKind.TOTAL or group.whole.total:
        return False
    over, *under = (context.printed.read(cell).figure for cell in (whole, *parts))
    undivided = bool(over.value) and all(figure.kind is FigureKind.DASH for figure in under)
    heading = over.kind is FigureKind.DASH and any(figure.value for figure in under)
    return undivided or heading


def _never_printed(context: Context, structure: TableStructure, column: int) -> bool:
    """Whether a column prints figures in its totals and parents only: the table does not break that figure down."""
    key = ("undivided", structure.table.id, column)
    return context.once(key, (structure.table,), lambda: _is_undivided(context, structure, column))


def _is_undivided(context: Context, structure: TableStructure, column: int) -> bool:
    number, table = structure.panel_of(column), structure.table
    wholes = {group.whole.row for group in structure.groups if group.whole.panel == number}
    printed = {row for row in range(len(table.rows)) if context.printed.text(CellRef(table.id, row, column))}
    return bool(printed) and printed <= wholes and len(wholes) < len(table.rows)
