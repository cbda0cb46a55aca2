"""Two reviews of one document made one, by cell and by decision, against the review that both began from.

What only one side did is taken; what both did alike is taken once; what they did differently is a conflict: ours stays
in force and theirs is kept beside it until a person settles it. So is a cell that one corrected and the other ruled to
be as the document prints it. Nothing that either side did is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.model.record import (
    Action,
    Conflict,
    ConflictKind,
    Decision,
    Flag,
    RecordedTable,
    ReviewRecord,
    ReviewStatus,
    Verdict,
)
from workbench.records.codec.actions import EPOCH, fingerprint, spots_of
from workbench.records.merging.keys import Key, decision_key, edit_key, effects_of, first_text, keys_of
from workbench.records.merging.refusals import refusals, restored

Item = TypeVar("Item")


def merge_records(base: ReviewRecord, ours: ReviewRecord, theirs: ReviewRecord) -> ReviewRecord:
    """One record with what both sides did since `base`; its `conflicts` are what they did differently."""
    sides = _Sides(base, ours, theirs)
    conflicts = [*_merged_conflicts(base, ours, theirs), *sides.conflicts()]
    actions = sides.actions()
    known = {fingerprint(action) for action in actions}
    undone = _merged_items(base.undone, ours.undone, theirs.undone, fingerprint)
    newer = theirs if (theirs.updated_at or EPOCH) > (ours.updated_at or EPOCH) else ours
    tables = _merged_tables(base.tables, ours.tables, theirs.tables)
    status = _merged_status(base.status, ours.status, theirs.status, conflicts)
    note = _scalar(base.note, ours.note, theirs.note, ConflictKind.NOTE, conflicts)
    return replace(
        ours,
        status=ReviewStatus(status),
        note=note,
        assigned=theirs.assigned if ours.assigned in (base.assigned, theirs.assigned) else ours.assigned,
        reviewer=newer.reviewer,
        updated_at=newer.updated_at,
        tables=restored(tables, ours.tables, sides.upheld),
        actions=actions,
        undone=tuple(action for action in undone if fingerprint(action) not in known),
        findings=_merged_items(base.findings, ours.findings, theirs.findings, lambda item: item.id),
        conflicts=tuple(dict.fromkeys(conflicts)),
        extra=_merged_extra(base.extra, ours.extra, theirs.extra),
    )


class _Sides:
    """The steps of both sides against the common beginning, and the keys that both changed to something else."""

    def __init__(self, base: ReviewRecord, ours: ReviewRecord, theirs: ReviewRecord) -> None:
        self._base, self._ours, self._theirs = base.actions, ours.actions, theirs.actions
        self._before = effects_of(base.actions)
        self._our_effects = effects_of(ours.actions)
        self._their_effects = effects_of(theirs.actions)
        keys = dict.fromkeys([*self._before, *self._our_effects, *self._their_effects])
        self._changed_by_us = {key for key in keys if self._differs(key, self._our_effects)}
        self._changed_by_them = {key for key in keys if self._differs(key, self._their_effects)}
        for key in self._changed_by_us & self._changed_by_them:
            self._let_rulings_go_before_deferrals(key)
        both = self._changed_by_us & self._changed_by_them
        self._alike = {key for key in both if self._our_effects.get(key) == self._their_effects.get(key)}
        base_steps = {fingerprint(action) for action in base.actions}
        our_steps = {fingerprint(action) for action in ours.actions}
        one_sided = [action for action in ours.actions if fingerprint(action) not in base_steps]
        one_sided += [action for action in base.actions if fingerprint(action) not in our_steps]
        self._touched_by_us = {key for action in one_sided for key in keys_of(action)}
        self._contested = [key for key in keys if key in both and key not in self._alike]
        self._refused_by_us = self._refused(ours, theirs, self._changed_by_them - self._changed_by_us)
        self._refused_by_them = self._refused(theirs, ours, self._changed_by_us - self._changed_by_them)

    def _refused(self, ruling: ReviewRecord, other: ReviewRecord, changed: Collection[Key]) -> dict[Key, Decision]:
        """The cells that the other side alone changed and that new rulings of this side leave as they are printed."""
        refused = refusals(ruling, without=(*self._base, *other.actions))
        effects = effects_of(other.actions)
        return {
            key: refused[key[1]].decision
            for key in sorted(changed)
            if key[0] == ConflictKind.CELL and key[1] in refused and refused[key[1]].forbids(effects.get(key))
        }

    @property
    def upheld(self) -> Collection[str]:
        """The cells that stay as our rulings leave them, though they changed them."""
        return [key[1] for key in self._refused_by_us]

    def _let_rulings_go_before_deferrals(self, key: Key) -> None:
        """Who put a finding off said nothing about it that the other could be at odds with."""
        ours, theirs = self._our_effects.get(key), self._their_effects.get(key)
        if Verdict.DEFERRED not in (ours, theirs) or None in (ours, theirs) or ours == theirs:
            return
        (self._changed_by_us if ours == Verdict.DEFERRED else self._changed_by_them).discard(key)

    def _differs(self, key: Key, effects: Mapping[Key, str]) -> bool:
        return effects.get(key) != self._before.get(key)

    def conflicts(self) -> list[Conflict]:
        """What both changed differently, and what one changed that the other ruled to be as printed, with the step on
        their side."""
        found = [self._conflict(key) for key in (*self._contested, *self._refused_by_us)]
        for key, decision in self._refused_by_them.items():
            # Their ruling stays among the steps: where the cell goes back to what was printed, it is in force again.
            found.append(replace(self._conflict(key), action=decision))
        return found

    def _conflict(self, key: Key) -> Conflict:
        first = ""
        if key[0] == ConflictKind.CELL:
            first = first_text(key, (*self._base, *self._ours, *self._theirs))
        steps = [action for action in self._theirs if key in keys_of(action)]
        return Conflict(
            ConflictKind(key[0]),
            key[1],
            self._before.get(key, first),
            self._our_effects.get(key, first),
            self._their_effects.get(key, first),
            steps[-1] if steps else None,
        )

    def actions(self) -> tuple[Action, ...]:
        """The steps in force: ours in their order, then by time what only they did; a thing's steps are all of one
        side, so that each finds what the one before it left."""
        in_ours, in_theirs = ({fingerprint(action) for action in side} for side in (self._ours, self._theirs))
        in_base = {fingerprint(action) for action in self._base}
        kept: list[Action] = []
        common = 0
        for action in self._ours:
            name = fingerprint(action)
            left = action if name in in_theirs else self._of_side(action, self._is_ours, name in in_base)
            if left is not None:
                kept.append(left)
                common = len(kept) if name in in_base else common
        new = [
            self._of_side(action, self._is_theirs, fingerprint(action) in in_base)
            for action in self._theirs
            if fingerprint(action) not in in_ours
        ]
        return (*kept[:common], *_by_time(kept[common:], [action for action in new if action is not None]))

    def _is_ours(self, key: Key) -> bool:
        return not self._is_theirs(key)

    def _is_theirs(self, key: Key) -> bool:
        """Whether their steps make what stands here: they changed it and we did not (nor ruled it to be as printed), or
        only they touched it."""
        if key in self._refused_by_us:
            return False
        if key in self._changed_by_us or key in self._changed_by_them:
            return key not in self._changed_by_us
        return key not in self._touched_by_us

    def _of_side(self, action: Action, chosen: Callable[[Key], bool], removed: bool) -> Action | None:
        """What is left of a step that only one side has, given what its side decides; None for nothing. A flag that
        the other side removed is gone."""
        if isinstance(action, Flag):
            return None if removed else action
        if isinstance(action, Decision):
            key = decision_key(action)
            return action if chosen(key) or (key in self._alike and not removed) else None
        left = [
            (edit, labels, spot)
            for edit, labels, spot in zip(action.edits, action.labels, spots_of(action), strict=True)
            if chosen(edit_key(edit))
        ]
        if not left:
            return None
        edits, labels, spots = (tuple(parts) for parts in zip(*left, strict=True))
        return replace(action, edits=edits, labels=labels, spots=spots if any(spots) else ())


def _by_time(ours: Sequence[Action], theirs: Sequence[Action]) -> list[Action]:
    """Both sequences as one, each in its own order, else by time (and at one moment by content, whoever merges)."""
    merged: list[Action] = []
    left, right = list(ours), list(theirs)
    while left and right:
        first = min(left[0], right[0], key=lambda action: (action.at, fingerprint(action)))
        merged.append((left if first is left[0] else right).pop(0))
    return [*merged, *left, *right]


def _merged_items(
    base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item], name: Callable[[Item], str]
) -> tuple[Item, ...]:
    """The items of both but for those that one side took away; an item that both have is ours."""
    before = {name(item) for item in base}
    in_ours, in_theirs = {name(item) for item in ours}, {name(item) for item in theirs}
    kept = [item for item in ours if name(item) in in_theirs or name(item) not in before]
    return (*kept, *(item for item in theirs if name(item) not in before and name(item) not in in_ours))


def _merged_conflicts(base: ReviewRecord, ours: ReviewRecord, theirs: ReviewRecord) -> tuple[Conflict, ...]:
    return _merged_items(base.conflicts, ours.conflicts, theirs.conflicts, lambda conflict: repr(conflict))


def _scalar(base: str, ours: str, theirs: str, kind: ConflictKind, conflicts: list[Conflict]) -> str:
    if ours == theirs or theirs == base:
        return ours
    if ours != base:
        conflicts.append(Conflict(kind, "", base, ours, theirs))
        return ours
    return theirs


def _merged_status(base: ReviewStatus, ours: ReviewStatus, theirs: ReviewStatus, conflicts: list[Conflict]) -> str:
    """Where the document stands. That someone began, which the first step says by itself, is no word against a wish for
    a second pair of eyes."""
    if {ours, theirs} == {ReviewStatus.IN_REVIEW, ReviewStatus.NEEDS_SECOND} and base is ReviewStatus.NEW:
        return ReviewStatus.NEEDS_SECOND
    return _scalar(base, ours, theirs, ConflictKind.STATUS, conflicts)


def _merged_extra(
    base: Mapping[str, Mapping[str, object]],
    ours: Mapping[str, Mapping[str, object]],
    theirs: Mapping[str, Mapping[str, object]],
) -> dict[str, dict[str, object]]:
    """Unknown keys of both; where both changed one, ours."""
    merged: dict[str, dict[str, object]] = {}
    for section in sorted({*ours, *theirs}):
        before, left, right = (dict(side.get(section, {})) for side in (base, ours, theirs))
        keys = {
            key: left[key] if key in left and (key not in right or left[key] != before.get(key)) else right[key]
            for key in sorted({*left, *right})
            if not (key in before and (key not in left or key not in right))
        }
        if keys:
            merged[section] = keys
    return merged


def _merged_tables(
    base: Sequence[RecordedTable], ours: Sequence[RecordedTable], theirs: Sequence[RecordedTable]
) -> tuple[RecordedTable, ...]:
    """The grids with the cells that either side changed; they are made anew when the record is opened and saved."""
    before = {table.id: table for table in base}
    other = {table.id: table for table in theirs}
    here = {table.id for table in ours}
    merged = [
        _merged_table(before.get(table.id, other.get(table.id, table)), table, other.get(table.id, table))
        for table in ours
        if table.id in other or table.id not in before
    ]
    return (*merged, *(table for table in theirs if table.id not in here and table.id not in before))


def _merged_table(base: RecordedTable, ours: RecordedTable, theirs: RecordedTable) -> RecordedTable:
    if ours == base:
        return theirs
    if theirs == base or not _same_shape(base.rows, ours.rows) or not _same_shape(base.rows, theirs.rows):
        return ours
    rows = tuple(
        tuple(right if left == old else left for old, left, right in zip(*lines, strict=True))
        for lines in zip(base.rows, ours.rows, theirs.rows, strict=True)
    )
    return replace(ours, rows=rows)


def _same_shape(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]]) -> bool:
    return [len(row) for row in first] == [len(row) for row in second]
