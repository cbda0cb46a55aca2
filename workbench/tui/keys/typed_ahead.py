"""Keys go one after another to what the key before it led to, however fast they come and however long that takes."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from textual import events
from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from textual.screen import Screen

Typed = events.Key | events.Paste
"""What a person types."""

_LOST_AFTER = 2.0
"""Seconds after which nothing more is heard of a key whose receiver went away."""
_NO_FOCUS_AFTER = 1.0
"""Seconds after which a screen is taken to be one in which nothing has the focus."""


class KeyPassed(Message, bubble=True):
    """Sent after a key on its way: whoever gets this has heard the key."""


class TypedAhead:
    """What was typed and not heard yet, in order."""

    def __init__(self) -> None:
        self._held: deque[Typed] = deque()
        self._sent_to: MessagePump | None = None
        self._sent_on: object = None
        self._sent_at = 0.0
        self._shown: object = None
        self._shown_at = 0.0

    def __len__(self) -> int:
        return len(self._held)

    def waits(self, screen: object) -> bool:
        """Whether something that was typed was not heard yet, now that this screen is on top."""
        return bool(self._held) or self._on_its_way(screen)

    def take(self, event: Typed) -> None:
        """Something was typed."""
        self._held.append(event)

    def forget(self) -> None:
        """What was typed is not wanted any more."""
        self._held.clear()

    def next_for(self, screen: Screen[object], focused: DOMNode | None) -> Typed | None:
        """The next key, if the one before it was heard and the screen is ready for it."""
        if not self._held or self._on_its_way(screen) or not self._ready(screen, focused):
            return None
        return self._held.popleft()

    def sent(self, receiver: MessagePump, screen: object) -> None:
        """A key was given to a receiver; until it is `passed` none follows."""
        self._sent_to, self._sent_on, self._sent_at = receiver, screen, monotonic()
        if not receiver.post_message(KeyPassed()):
            self.passed()

    def passed(self) -> None:
        """The last key was heard."""
        self._sent_to = None

    def _on_its_way(self, screen: object) -> bool:
        # Where the key closed the screen that it went to, nothing comes back from there.
        gone = screen is not self._sent_on or monotonic() - self._sent_at > _LOST_AFTER
        if gone:
            self._sent_to = None
        return self._sent_to is not None

    def _ready(self, screen: Screen[object], focused: DOMNode | None) -> bool:
        if screen is not self._shown:
            self._shown, self._shown_at = screen, monotonic()
        # A screen that comes up sets its focus a little later.
        if focused is None and monotonic() - self._shown_at < _NO_FOCUS_AFTER:
            return False
        return bool(getattr(screen, "hears_keys", True))
