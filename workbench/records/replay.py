"""A record replayed over a fresh parse: which tables its steps lead to, and which of them no longer fit.

A correction whose place shows something else than it was made on is looked for by the labels of its row and column, or
by the texts of its rows; where these find exactly one place it moves there, else it is stale: reported, never dropped.
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
from workbench.records.moves import moved_ref
from workbench.records.places import fit, is_satisfied


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
    force, each with its cell where that stands now (a flag whose cell is gone has row -1)."""

    document: Document
    edits: tuple[Edit, ...] = ()
    stale: tuple[Stale, ...] = ()
    flags: tuple[Flag, ...] = ()
    decisions: tuple[Decision, ...] = ()
    moved: int = field(default=0)
    """How many corrections were found at another place than they were made."""


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
            others = tuple(flag for flag in before.flags if flag.ref != action.ref)
            kept = (*others, action) if action.flagged or action.note else others
            return replace(before, flags=kept)
        case Decision():
            return replace(before, decisions=(*before.decisions, action))
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
            return CellRef(ref.table, -1, -1)
        ref = moved
    return ref


def _apply(document: Document, correction: Correction) -> tuple[Document, tuple[Edit, ...]]:
    applied: list[Edit] = []
    labels = chain(correction.labels, (("", "") for _ in correction.edits))
    for edit, label in zip(correction.edits, labels, strict=False):
        document, fitted = fit(document, edit, label)
        applied.append(fitted)
    return document, tuple(applied)


def _reason(error: EditError, satisfied: bool) -> Message:
    if satisfied:
        return Message("the document is now read as it was corrected to", "现在读出的内容已与更正后相同")
    return Message(f"it no longer fits: {error}", f"不再适用：{error}")
