"""All safe fixes of a document in one list before they are taken: each may be left out, and of each it is said whether
the document itself is ruled to be wrong there. What the list says when it is taken is what is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events

from workbench.config.messages import Phrasebook
from workbench.model.check import Applicability, Cause
from workbench.model.edit import Edit, SetCell
from workbench.model.table import Document
from workbench.review import ReviewedFinding
from workbench.tui.equations import rule_words
from workbench.tui.models.places import place_words
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import PickerScreen
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.wording import edits_words

_COLUMNS = (
    Column(most=18, rank=3),
    Column(flexible=1, least=14),
    Column(most=30, right=True),
    Column(rank=2),
    Column(),
)
"""Where the room is short the figures stay: they are what is looked at before all are taken."""


@dataclass(frozen=True, slots=True)
class SafeFix:
    """A finding with its safe suggestion in words, and whose mistake it looks like."""

    finding: str
    rule: str
    place: str
    change: str
    clears: int
    cause: Cause


def safe_fixes(items: Sequence[ReviewedFinding], document: Document, say: Phrasebook) -> list[SafeFix]:
    """The findings whose best suggestion is safe."""
    return [
        SafeFix(
            item.finding.id,
            rule_words(item.finding.check.name, say),
            *_place_and_change(suggestion.edits, document, say),
            len(suggestion.clears),
            suggestion.cause,
        )
        for item in items
        for suggestion in item.finding.suggestions[:1]
        if suggestion.applicability is Applicability.SAFE
    ]


def _place_and_change(edits: Sequence[Edit], document: Document, say: Phrasebook) -> tuple[str, str]:
    """Where edits change something, and what to what; of several cells the first, and how many more there are. A change
    of shape is all in the words for its place."""
    cells = [edit for edit in edits if isinstance(edit, SetCell)]
    if not cells or len(cells) < len(edits):
        return edits_words(edits, document, say), ""
    blank = say("detail.blank")
    change = say("review.changed", before=cells[0].before or blank, after=cells[0].after or blank)
    more = f" (+{len(cells) - 1})" if len(cells) > 1 else ""
    return place_words(document, cells[0].ref), change + more


class SafeFixesScreen(PickerScreen, inherit_bindings=False):
    """Gives a key when the list is taken; `source_errors` and `left_out` are then what it said of which findings."""

    def __init__(self, title: str, fixes: Sequence[SafeFix], say: Phrasebook) -> None:
        self._fixes = {fix.finding: fix for fix in fixes}
        self._words = say
        self.source_errors = {fix.finding for fix in fixes if fix.cause is Cause.SOURCE}
        self.left_out: set[str] = set()
        super().__init__(title, self._lines_now(), _COLUMNS, digits=True)

    @property
    def context(self) -> str:
        return "fixes"

    async def on_key(self, event: events.Key) -> None:
        """As on every screen: a number chooses nothing here, since all lines are taken."""
        await CommandScreen.on_key(self, event)

    def action_fixes_take(self) -> None:
        self.action_picker_choose()

    def action_fixes_source_error(self) -> None:
        self._turn(self.source_errors)

    def action_fixes_leave_out(self) -> None:
        self._turn(self.left_out)

    def _turn(self, chosen: set[str]) -> None:
        line = self.lines.current
        if line is not None:
            chosen ^= {line.key}
            self._all = tuple(self._lines_now())
            self.lines.show(self._all)
            self._show_whole()

    def _lines_now(self) -> list[Line]:
        return [self._line(fix) for fix in self._fixes.values()]

    def _line(self, fix: SafeFix) -> Line:
        say = self._words
        if fix.finding in self.left_out:
            pieces = (fix.rule, fix.place, fix.change, "", say("fixes.left_out"))
            return Line(fix.finding, tuple(Piece(text, "quiet") for text in pieces))
        wrong = fix.finding in self.source_errors
        word = "source" if wrong else "extraction" if fix.cause is Cause.EXTRACTION else "correction"
        return Line(
            fix.finding,
            (
                Piece(fix.rule, "quiet"),
                Piece(fix.place),
                Piece(fix.change, "corrected"),
                Piece(say("detail.clears", clears=fix.clears), "settled"),
                Piece(say(f"fixes.{word}"), "suspect" if wrong else "quiet", bold=wrong),
            ),
        )
