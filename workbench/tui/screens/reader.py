"""A box of text to read: a whole cell, what was noticed, the history of a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical

from workbench.tui.screens.base import CommandBox, CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.text_pane import Paragraph, TextPane


class ReaderScreen(CommandBox[None], inherit_bindings=False):
    """Paragraphs in a box."""

    CSS = """
    ReaderScreen TextPane { height: auto; max-height: 100%; }
    ReaderScreen #box { padding: 1 2; }
    ReaderScreen #heading { margin-bottom: 1; }
    """

    def __init__(self, title: str, paragraphs: Sequence[Paragraph]) -> None:
        super().__init__()
        self._title = title
        self._paragraphs = tuple(paragraphs)

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Bar(id="heading")
            yield TextPane(id="text")

    def on_mount(self) -> None:
        self.query_one("#heading", Bar).show((Span(self._title, "accent", bold=True),))
        pane = self.query_one(TextPane)
        pane.show(self._paragraphs)
        self.set_focus(pane)

    @property
    def text(self) -> str:
        """What the box says."""
        return self.query_one(TextPane).text

    def action_app_help(self) -> None:  # type: ignore[override]  # a reader is left, not explained
        self.dismiss()

    def action_app_back(self) -> None:
        self.dismiss()


async def read(screen: CommandScreen[Any], title: str, paragraphs: Sequence[Paragraph]) -> None:
    """Show paragraphs until the reviewer leaves them."""
    await screen.app.push_screen_wait(ReaderScreen(title, paragraphs))
