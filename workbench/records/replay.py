"""A record replayed over a fresh parse: which tables its steps lead to, and which of them no longer fit.

A correction whose place shows something else than it was made on is looked for by the labels of its row and column, or
by the texts of its rows; where these find exactly one place it moves there, else it is stale: reported, never dropped.
Marks and rulings on cells are found again in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from workbench.model.edit import (
    Edit,
    EditError,
    SetCell,
    apply_edit,
)
from workbench.model.message import Message
from workbench.model.record import Action, Correction, Decision, Flag
from workbench.model.table import CellRef, Document
from workbench.records.codec.actions import spots_of
from workbench.records.places.fitting import fit, is_satisfied, place_of
from workbench.records.places.moves import moved_ref


@dataclass(frozen=True, slots=True)
class Stale:
    """A correction that does not fit the document as it is read now, and why. `satisfied` says that the document now
    shows what it would have made, so that there is nothing left to correct."""

    correction: Correction
    reason: Message
    satisfied: bool = False


@dataclass(frozen=True, slots=True)
class Replayed:
    """Where the steps of a record lead. `edits` are the edits as they were applied, `flags` and `decisions` those in
    force, each with its cell where that stands now (row and column -1 where it is gone); `astray` are those of them
    whose cell this reading of the document does not have."""

    document: Document
    edits: tuple[Edit, ...] = ()
    stale: tuple[Stale, ...] = ()
    flags: tuple[Flag, ...] = ()
    decisions: tuple[Decision, ...] = ()
    astray: tuple[Flag | Decision, ...] = ()
    moved: int = field(default=0)
    """How many steps were found at another place than they were taken."""


def replay(document: Document, actions: Iterable[Action]) -> Replayed:
    """The steps taken over the document as parsed."""
    replayed = Replayed(document)
    for action in actions:
        replayed = step(replayed, action)
    return replayed


def step(before: Replayed, action: Action) -> Replayed:
    """One step more."""
    match action:
        case Flag():
            return _marked(before, action)
        case Decision():
            return _ruled(before, action)
    try:
        document, edits = _apply(before.document, action)
    except EditError as error:
        satisfied = is_satisfied(before.document, action)
        return replace(before, stale=(*before.stale, Stale(action, _reason(error, satisfied), satisfied)))
    after = replace(
        before,
        document=document,
        edits=before.edits + edits,
        moved=before.moved + (edits != action.edits),
    )
    if all(isinstance(edit, SetCell) for edit in edits):
        return after
    places = _documents_before(before.document, edits)
    return replace(
        after,
        flags=tuple(replace(flag, ref=_carried(flag.ref, places)) for flag in before.flags),
        decisions=tuple(
            decision if decision.cell is None else replace(decision, cell=_carried(decision.cell, places))
            for decision in before.decisions
        ),
    )


def _marked(before: Replayed, action: Flag) -> Replayed:
    ref = place_of(before.document, action.ref, action.labels, action.text, action.spot)
    placed = replace(action, ref=ref or _gone(action.ref))
    others = tuple(flag for flag in before.flags if not _on_one_thing(flag, placed))
    if not (action.flagged or action.note):
        return replace(before, flags=others)
    after = replace(
        before, flags=(*others, placed), moved=before.moved + (placed.ref != action.ref and ref is not None)
    )
    return after if ref else replace(after, astray=(*before.astray, action))


def _on_one_thing(flag: Flag, other: Flag) -> bool:
    """Whether two marks are on one cell; of cells that are gone the names tell."""
    return flag.ref == other.ref and (flag.ref.row >= 0 or flag.labels == other.labels)


def _ruled(before: Replayed, action: Decision) -> Replayed:
    if action.cell is None:
        return replace(before, decisions=(*before.decisions, action))
    text = action.figures[0] if action.figures else ""
    spot = action.spots[0] if len(action.spots) == 1 else ""
    ref = place_of(before.document, action.cell, action.labels, text, spot)
    placed = replace(action, cell=ref or _gone(action.cell))
    after = replace(
        before,
        decisions=(*before.decisions, placed),
        moved=before.moved + (placed.cell != action.cell and ref is not None),
    )
    return after if ref else replace(after, astray=(*before.astray, action))


def _gone(ref: CellRef) -> CellRef:
    return CellRef(ref.table, -1, -1)


def _documents_before(document: Document, edits: tuple[Edit, ...]) -> list[tuple[Document, Edit]]:
    pairs = []
    for edit in edits:
        pairs.append((document, edit))
        document = apply_edit(document, edit)
    return pairs


def _carried(ref: CellRef, places: list[tuple[Document, Edit]]) -> CellRef:
    """Where a cell stands after several edits; row and column -1 where it is gone."""
    for document, edit in places:
        moved = moved_ref(document, ref, edit)
        if moved is None:
            return _gone(ref)
        ref = moved
    return ref


def _apply(document: Document, correction: Correction) -> tuple[Document, tuple[Edit, ...]]:
    applied: list[Edit] = []
    labels = chain(correction.labels, (("", "") for _ in correction.edits))
    for edit, label, spot in zip(correction.edits, labels, spots_of(correction), strict=False):
        document, fitted = fit(document, edit, label, spot)
        applied.append(fitted)
    return document, tuple(applied)


def _reason(error: EditError, satisfied: bool) -> Message:
    if satisfied:
        return Message("the document is now read as it was corrected to", "现在读出的内容已与更正后相同")
    return Message(f"it no longer fits: {error}", f"不再适用：{error}")
