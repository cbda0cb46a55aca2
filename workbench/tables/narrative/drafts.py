"""Stated figures in the making, and wholes that the text is taking apart."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.model.table import StatedKind
from workbench.tables.narrative.phrases import Phrase


@dataclass(slots=True)
class Draft:
    """A stated figure in the making: its place in the running text and its links to others by position."""

    start: int
    number_end: int
    end: int
    clause: int
    unit: str
    phrase: Phrase
    subject: str
    year: int | None
    about: int | None = None
    whole: int | None = None

    @property
    def kind(self) -> StatedKind:
        """What kind of figure it is."""
        return self.phrase.kind


@dataclass(slots=True)
class Scope:
    """A whole being taken apart: the amounts (by aspect) and the change that its parts belong to."""

    amounts: dict[str, int]
    change: int | None
    depth: int
    """How many parentheses were open where it began."""
    rank: int | None = None
    """The rank of the numbering of its parts; None where they stand in one sentence."""
    taken: set[str] = field(default_factory=set)
    """The aspects that the numbered item at hand has already given,"""
    given_by: int | None = None
    """and the rank of the items below it that give them, where it has no amount of its own."""
    inline: bool = False
    """Whether its numbered parts stand in the paragraph that announces them,"""
    one_sentence: bool = False
    """and in one sentence, semicolons between them."""
    passing: bool = False
    """Whether its parts are named in passing (含…)."""
    parts: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    """The numbers, by what they are counted in, that other numbers are parts of."""
