"""Choosing among the suggestions of a finding: each is shown in the table, with its whole reason,
before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from workbench.config.messages import Phrasebook
from workbench.model.check import Applicability, Suggestion
from workbench.model.table import Document
from workbench.tui.screens.picker import PickerScreen
from workbench.tui.screens.review.base import lower_height
from workbench.tui.widgets.bar import Bar
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.widgets.text_pane import Paragraph, TextPane
from workbench.tui.wording import suggestion_paragraph, suggestion_words

SUGGESTION_COLUMNS = (Column(), Column(flexible=1, least=16), Column(rank=1), Column(most=24))


class SuggestionScreen(PickerScreen, inherit_bindings=False):
    """A chooser at the foot of the screen. `look` is told each suggestion that the reviewer looks at, by number."""

    CSS = """
    SuggestionScreen { align: left bottom; background: transparent; }
    SuggestionScreen #box { width: 100%; max-width: 100%; max-height: 50%; margin-top: 0; padding: 0 1; }
    SuggestionScreen #list { max-height: 100%; min-height: 1; }
    """

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        reasons: Sequence[Paragraph],
        look: Callable[[int], None],
    ) -> None:
        super().__init__(title, lines, SUGGESTION_COLUMNS, digits=True)
        self._reasons = tuple(reasons)
        self._look = look

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Bar(id="heading")
            yield LineList(id="list", context="picker")
            yield TextPane(id="reason", can_focus=False)
            yield Bar(id="keys")

    def on_mount(self) -> None:
        self._fit()
        super().on_mount()
        self._explain(self.lines.cursor)

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """The box covers findings and explanation, so that the table with what a fix changes stays in sight."""
        self.lines.styles.min_height = 1
        self.query_one("#reason").styles.height = max(self._room - self._height() - 2, 2)

    @property
    def _room(self) -> int:
        return lower_height(self.app.size.height) + 2

    def _height(self) -> int:
        return min(len(self._all), max(self._room // 3, 2))

    def _show_whole(self) -> None:
        """The reason below the list says in full what each suggestion does."""

    @on(LineList.Moved)
    def _looked_at(self, event: LineList.Moved) -> None:
        self._explain(event.index)
        self._look(event.index)

    def action_picker_page_up(self) -> None:
        self._turn_page(-1)

    def action_picker_page_down(self) -> None:
        self._turn_page(1)

    def _turn_page(self, direction: int) -> None:
        """A page of the list, or of the reason where the list is all in sight."""
        whole = len(self._all) <= self._height()
        (self.query_one("#reason", TextPane) if whole else self.lines).move_page(direction)

    def _explain(self, number: int) -> None:
        if number < len(self._reasons):
            self.query_one("#reason", TextPane).show((self._reasons[number],))


def suggestion_line(number: int, suggestion: Suggestion, document: Document, say: Phrasebook) -> Line:
    """A suggestion as a line of the chooser: what it changes, how sure it is, what it clears and breaks."""
    breaks = say("detail.breaks", breaks=len(suggestion.breaks)) if suggestion.breaks else ""
    effect = say.several((say("detail.clears", clears=len(suggestion.clears)), breaks))
    safe = suggestion.applicability is Applicability.SAFE
    return Line(
        str(number),
        (
            Piece(str(number + 1), "accent", bold=True),
            Piece(suggestion_words(suggestion, document, say), "corrected", bold=True),
            Piece(say("detail." + suggestion.applicability.value), "settled" if safe else "suspect"),
            Piece(effect, "failing" if suggestion.breaks else "settled"),
        ),
    )


def suggestion_reasons(suggestions: Sequence[Suggestion], document: Document, say: Phrasebook) -> list[Paragraph]:
    """Each suggestion with its whole reason."""
    return [suggestion_paragraph(s, document, say, str(number)) for number, s in enumerate(suggestions, start=1)]
