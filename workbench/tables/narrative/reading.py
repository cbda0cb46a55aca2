"""What a reader of running text keeps in mind from figure to figure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from workbench.tables.narrative.drafts import Draft, Scope

_CLOSING = ("）", ")")
_REASON = re.compile(r"原因|由于|因为|是因|系因")


@dataclass(slots=True)
class Opened:
    """A parenthesis that is still open: what was at hand before it."""

    clause: int
    drafts: int
    """How many figures there were."""
    last: int | None
    start: int
    year: int | None


@dataclass(slots=True)
class Reading:
    """What running text speaks of at the place at hand."""

    text: str
    drafts: list[Draft] = field(default_factory=list)
    """The figures so far."""
    scopes: list[Scope] = field(default_factory=list)
    """The wholes that are being taken apart, the innermost last."""
    suspended: Scope | None = None
    """What the sentence before took apart."""
    pending: Scope | None = None
    """What waits for a numbered list of its parts."""
    heading: str = ""
    """What the numbered item at hand is called,"""
    rank: int = 0
    """and the rank of its numbering."""
    opened: list[Opened] = field(default_factory=list)
    first: int = 0
    """Where the words of the paragraph begin,"""
    sentence: int = 0
    """those of the sentence,"""
    clause: int = 0
    """and those of the next figure."""
    year: int | None = None
    yearless: int = 0
    """Up to here the sentence names no year."""
    divided: int | None = None
    """What 按…分类 divided last."""
    last: int | None = None
    """The amount last named in this sentence or item: what a bare share or change is about."""

    def gives_reason(self, place: int) -> bool:
        """Whether the clause up to a place says why something is so (主要原因是2025年无购置计划): what it names is not
        what the text goes on to speak of."""
        begin = max(self.text.rfind(mark, 0, place) + 1 for mark in "，,；;。\n")
        return _REASON.search(self.text, begin, place) is not None

    def stands_in_reason(self, place: int) -> bool:
        """Whether the sentence up to a place has come to why something is so."""
        return _REASON.search(self.text, max(self.text.rfind(mark, 0, place) + 1 for mark in "。\n"), place) is not None

    def right_before(self, place: int) -> tuple[int | None, str]:
        """The figure right before a place, what a bracket behind it says left out, and the words between."""
        latest = len(self.drafts) - 1 if self.drafts else None
        between = self.text[self.drafts[latest].end : place] if latest is not None else ""
        if latest is not None and between[:1] in _CLOSING:
            opening = max(self.text.rfind(mark, self.sentence, self.drafts[latest].start) for mark in "（(")
            latest = next((at for at in range(latest, -1, -1) if self.drafts[at].end <= opening), None)
            between = between[1:]
        return latest, between
