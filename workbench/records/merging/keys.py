"""What steps of a review are about, and what they make of it: by these keys two reviews are held against each other."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.edit import Edit, SetCell, SetHeaderCell, edit_kind
from workbench.model.record import Action, ConflictKind, Correction, Decision, Verdict
from workbench.records.codec.actions import edit_to_data, to_json

Key = tuple[str, ...]
"""What a step is about: a cell, the shape of a table, a ruling on a finding."""


def keys_of(action: Action) -> set[Key]:
    """All that one step is about; a flag is about nothing that another step could be at odds with."""
    if isinstance(action, Correction):
        return {edit_key(edit) for edit in action.edits}
    return {decision_key(action)} if isinstance(action, Decision) else set()


def edit_key(edit: Edit) -> Key:
    """What an edit is about: a cell, a cell of a header, a property of a table or its shape."""
    if isinstance(edit, SetCell):
        return ConflictKind.CELL.value, str(edit.ref)
    if isinstance(edit, SetHeaderCell):
        return ConflictKind.TABLE.value, edit.ref.table, edit_kind(edit), str(edit.ref)
    table = edit.table if not hasattr(edit, "ref") else edit.ref.table
    return ConflictKind.TABLE.value, table, edit_kind(edit) if edit_kind(edit).startswith("set_") else "shape"


def decision_key(decision: Decision) -> Key:
    """What a decision is about: a finding, a rule in it, or one value of a cell of it."""
    kind = ConflictKind.DECISION.value
    match decision.verdict:
        case Verdict.CELL_RIGHT | Verdict.VALUE_REJECTED:
            return kind, decision.finding, decision.verdict.value, str(decision.cell), decision.value
        case Verdict.RULE_WAIVED:
            return kind, decision.finding, decision.verdict.value
        case _:
            return kind, decision.finding


def effects_of(actions: Iterable[Action]) -> dict[Key, str]:
    """What the steps make of each thing that they are about."""
    effects: dict[Key, str] = {}
    for action in actions:
        if isinstance(action, Decision):
            effects[decision_key(action)] = action.verdict.value
        elif isinstance(action, Correction):
            for edit in action.edits:
                key = edit_key(edit)
                if isinstance(edit, SetCell):
                    effects[key] = edit.after
                else:
                    effects[key] = "\n".join(filter(None, (effects.get(key, ""), to_json(edit_to_data(edit)))))
    return effects


def first_text(key: Key, actions: Iterable[Action]) -> str:
    """What a cell showed before any step on it."""
    for action in actions:
        if isinstance(action, Correction):
            for edit in action.edits:
                if isinstance(edit, SetCell) and edit_key(edit) == key:
                    return edit.before
    return ""
