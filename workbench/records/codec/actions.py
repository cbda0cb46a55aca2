"""Edits and the steps of a review as plain data (strings, numbers, lists), and back: shared by record and journal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, get_type_hints

from workbench.model.edit import EDIT_KINDS, Edit, edit_kind
from workbench.model.record import Action, Conflict, ConflictKind, Correction, Decision, Flag, Verdict
from workbench.model.table import CellRef
from workbench.records.codec.fields import Fields

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands for a time that a file should give and does not."""

_READERS: dict[object, Callable[[Fields, str], object]] = {
    str: lambda data, key: data.text(key, None),
    int: lambda data, key: data.integer(key),
    tuple[str, ...]: lambda data, key: data.texts(key),
    tuple[str, str]: lambda data, key: data.texts(key),
    tuple[int, ...]: lambda data, key: data.integers(key),
    tuple[tuple[str, ...], ...]: lambda data, key: data.grid(key),
}
"""How a field of an edit is read, by its declared type."""


_TYPES: dict[str, dict[str, object]] = {}
"""The declared types of the fields of each kind of edit, filled when first asked for."""


def _types(name: str) -> dict[str, object]:
    if name not in _TYPES:
        _TYPES[name] = dict(get_type_hints(EDIT_KINDS[name]))
    return _TYPES[name]


def edit_to_data(edit: Edit) -> dict[str, object]:
    """The edit as plain data: its kind, its place (table, row, column), and what it changes."""
    data: dict[str, object] = {"kind": edit_kind(edit)}
    for field in fields(edit):
        value = getattr(edit, field.name)
        if isinstance(value, CellRef):
            data |= {"table": value.table, "row": value.row, "column": value.column}
        else:
            data[field.name] = _plain(value)
    return data


def _edit_from_data(data: Fields) -> Edit | None:
    """The edit that the data says; None (with the problem noted) where its kind is unknown."""
    name = data.text("kind", None)
    kind = EDIT_KINDS.get(name)
    if kind is None:
        data.refuse("kind", f"{name!r} is no kind of edit that this version knows")
        return None
    arguments: dict[str, Any] = {}
    for field, declared in _types(name).items():
        if declared is CellRef:
            arguments[field] = CellRef(data.text("table", None), data.integer("row"), data.integer("column"))
        elif field == "last" and not data.has(field):
            continue
        else:
            arguments[field] = _READERS[declared](data, field)
    return kind(**arguments)


def action_to_data(action: Action) -> dict[str, object]:
    """One step as plain data, its `kind` first; times are datetimes."""
    match action:
        case Correction():
            edits = [
                edit_to_data(edit) | {"labels": list(labels)} | ({"spot": spot} if spot else {})
                for edit, labels, spot in zip(action.edits, action.labels, spots_of(action), strict=True)
            ]
            signed: dict[str, object] = {"method": action.method, "by": action.by, "at": _utc(action.at)}
            return {"kind": "correction"} | signed | {"note": action.note, "edits": edits}
        case Decision():
            data: dict[str, object] = {
                "kind": "decision",
                "finding": action.finding,
                "verdict": action.verdict.value,
                "figures": list(action.figures),
                "by": action.by,
                "at": _utc(action.at),
                "note": action.note,
            }
            if action.cell is not None:
                data |= {"cell": str(action.cell), "value": action.value} | _named(action.labels)
            elif action.value:
                data["value"] = action.value
            if any(action.spots):
                data["spots"] = list(action.spots)
            return data
        case Flag():
            marked: dict[str, object] = {
                "kind": "flag",
                "cell": str(action.ref),
                "flagged": action.flagged,
                "by": action.by,
                "at": _utc(action.at),
                "note": action.note,
            }
            marked |= _named(action.labels)
            return marked | {name: text for name, text in (("text", action.text), ("spot", action.spot)) if text}


def spots_of(correction: Correction) -> tuple[str, ...]:
    """The spot of each edit of a correction, "" where it is not known."""
    return correction.spots or ("",) * len(correction.edits)


def without_spots(action: Action) -> Action:
    """The step, by its names alone."""
    return replace(action, spot="") if isinstance(action, Flag) else replace(action, spots=())


def action_from_data(data: Fields, kind: str | None = None) -> Action | None:
    """The step that the data says; None (with the problem noted) where it says none."""
    kind = data.text("kind", None) if kind is None else kind
    match kind:
        case "correction":
            read = [(_edit_from_data(item), _labels(item), item.text("spot")) for item in data.tables("edits")]
            found = [(edit, labels, spot) for edit, labels, spot in read if edit is not None]
            spots = tuple(spot for _, _, spot in found)
            return Correction(
                tuple(edit for edit, _, _ in found),
                tuple(labels for _, labels, _ in found),
                data.text("by"),
                data.moment("at") or EPOCH,
                data.text("method", "manual"),
                data.text("note"),
                spots if any(spots) else (),
            )
        case "decision":
            return Decision(
                data.text("finding", None),
                data.choice("verdict", Verdict),
                data.texts("figures"),
                data.text("by"),
                data.moment("at") or EPOCH,
                data.text("note"),
                _cell(data) if data.has("cell") else None,
                data.text("value"),
                _labels(data) if data.has("cell") else ("", ""),
                data.texts("spots"),
            )
        case "flag":
            return Flag(
                _cell(data),
                data.text("by"),
                data.moment("at") or EPOCH,
                data.text("note"),
                data.flag("flagged", True),
                _labels(data),
                data.text("text"),
                data.text("spot"),
            )
    data.refuse("kind", f"{kind!r} is no kind of step that this version knows")
    return None


def conflict_to_data(conflict: Conflict) -> dict[str, object]:
    """What two reviewers changed differently, as plain data."""
    data: dict[str, object] = {
        "kind": conflict.kind.value,
        "place": conflict.place,
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
    }
    return data if conflict.action is None else data | {"action": action_to_data(conflict.action)}


def conflict_from_data(data: Fields) -> Conflict:
    """The conflict that the data says."""
    return Conflict(
        data.choice("kind", ConflictKind),
        data.text("place"),
        data.text("base"),
        data.text("ours"),
        data.text("theirs"),
        action_from_data(data.table("action")) if data.has("action") else None,
    )


def to_json(data: object) -> str:
    """Plain data as one line of JSON, the same line for the same data."""
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"), default=_moment_text)


def fingerprint(action: Action) -> str:
    """A name for one step, the same wherever the step is kept."""
    return hashlib.sha256(to_json(action_to_data(action)).encode()).hexdigest()[:16]


def _moment_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not plain data")


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _plain(value: object) -> object:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _named(labels: tuple[str, str]) -> dict[str, object]:
    """The names of a cell, nothing where it has none: what a program wrote that knew none stays as it is."""
    return {"labels": list(labels)} if any(labels) else {}


def _labels(data: Fields) -> tuple[str, str]:
    labels = data.texts("labels")
    return (labels[0], labels[1]) if len(labels) == 2 else ("", "")


def _cell(data: Fields) -> CellRef:
    written = data.text("cell", None)
    table, _, column = written.rpartition("/")
    table, _, row = table.rpartition("/")
    try:
        return CellRef(table, int(row), int(column))
    except ValueError:
        data.refuse("cell", f"{written!r} is not written table/row/column")
        return CellRef("", -1, -1)
