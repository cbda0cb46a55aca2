"""What a person types reaches the screen that it is meant for; while they type nothing else is done."""

from __future__ import annotations

from textual import events, on
from textual.timer import Timer

from workbench.config.keymap import Keymap
from workbench.tui.desk import Desk
from workbench.tui.keys.typed_ahead import KeyPassed, TypedAhead
from workbench.tui.models.workspace import Workspace
from workbench.tui.screens.base import CommandScreen
from workbench.tui.tidying import Tidying

_TIDY_EVERY = 0.5
_LISTEN_AGAIN_AFTER = 0.01


class Hearing(Desk, inherit_bindings=False):
    """The app as it hears keys."""

    def __init__(
        self, workspace: Workspace, *, keymap: Keymap | None = None, language: str = "en", theme: str = "dark"
    ) -> None:
        super().__init__(workspace, keymap=keymap, language=language, theme=theme)
        self._tidying = Tidying()
        self._typed_ahead = TypedAhead()
        self.anything_typed = False
        """Whether a key was pressed since the app began."""
        self._listening_again: Timer | None = None
        self._tidying_later: Timer | None = None

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody works; what is typed waits until the screen that it leads to is there."""
        if isinstance(event, events.InputEvent):
            self._tidying.key_pressed()
            self._tidy_later()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self.anything_typed = True
            if not self._leaves_what_is_under_way(event):
                self._typed_ahead.take(event)
                await self._hear()
        else:
            await super().on_event(event)

    def _leaves_what_is_under_way(self, event: events.Event) -> bool:
        """Whether this key ends the waiting for something slow; what was typed for it meanwhile is of no use then."""
        top = self.screen
        escape = isinstance(event, events.Key) and event.key == "escape"
        if escape and isinstance(top, CommandScreen) and top.leave_under_way():
            self._typed_ahead.forget()
            return True
        return False

    async def _hear(self) -> None:
        """Give the next key that was typed to the screen that is there for it, or look again soon."""
        event = self._typed_ahead.next_for(self.screen, self.focused)
        if event is not None:
            receiver, screen = self.focused or self.screen, self.screen
            await super().on_event(event)
            self._typed_ahead.sent(receiver, screen)
        if self._typed_ahead and self._listening_again is None:
            self._listening_again = self.set_timer(_LISTEN_AGAIN_AFTER, self._listen_again)

    async def _listen_again(self) -> None:
        self._listening_again = None
        await self._hear()

    @on(KeyPassed)
    async def _key_passed(self) -> None:
        self._typed_ahead.passed()
        if self._typed_ahead:
            await self._hear()

    def _tidy_later(self) -> None:
        """Tidy once nobody works, and not again before somebody does: an app that is left alone does nothing."""
        if self._tidying_later is None:
            self._tidying_later = self.set_timer(_TIDY_EVERY, self._tidy)

    def _tidy(self) -> None:
        self._tidying_later = None
        if self._tidying.tidy():
            self._tidy_later()
