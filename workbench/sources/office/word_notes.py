"""Footnotes and endnotes of a Word document: what the marks in its text refer to, in the order of the marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.sources.office.xml_parts import attribute, local_name

_KINDS = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


def notes_of(body: Any, parts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The number that Word prints before each note, and the note; `parts` are the roots that hold them, by kind.

    Each kind is counted on its own; a note that is marked twice comes once.
    """
    found: dict[str, dict[str, Any]] = {
        kind: {attribute(note, "id"): note for note in root if local_name(note) == kind} for kind, root in parts.items()
    }
    for reference, kind in _KINDS.items():
        notes = found.get(kind, {})
        number = 0
        for mark in body.iter("{*}" + reference):
            note = notes.pop(attribute(mark, "id"), None)
            if note is not None:
                number += 1
                yield str(number), note
