"""What every screen does: keys become commands, commands become actions, one after another.

A key is resolved at once. An action that has to wait (for the session, for an answer) runs as a worker, so that the
screen is never blocked; what is typed meanwhile waits in the app until it is known which screen it is for.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from inspect import isawaitable

from textual import events, on
from textual.reactive import Reactive
from textual.screen import ScreenResultType
from textual.timer import Timer
from textual.widget import Widget

from workbench.config.commands import COMMANDS, CONTEXTS, Command, command
from workbench.config.messages import Phrasebook
from workbench.tui.desk import Desk, desk_of
from workbench.tui.drawing.compositing import SparingCompositor
from workbench.tui.drawing.display import shown, width
from workbench.tui.keys.names import key_name
from workbench.tui.keys.sequence import SequenceReader, continuations, key_label
from workbench.tui.screens.telling import Telling
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.which_key import WhichKey

_WHICH_KEY_AFTER = 0.4
_ALWAYS = ("app.help", "app.palette")


class Commanding(Telling[ScreenResultType], inherit_bindings=False):
    """A screen driven by commands."""

    base_context = "reader"
    """Which scopes hear keys while no pane has the focus."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """As Textual has it, but that a change of focus paints only the panes that lose and gain it,
    not the whole screen."""

    def __init__(self) -> None:
        super().__init__()
        self._compositor = SparingCompositor()
        self._sequence = SequenceReader()
        self._waiting: deque[str] = deque()
        self._busy = False
        self._which_key_timer: Timer | None = None
        self._which_key_shown = False
        self._given: str | None = None
        self._keys_asked = False

    # the surroundings

    @property
    def workbench(self) -> Desk:
        """The app."""
        return desk_of(self)

    @property
    def say_in(self) -> Phrasebook:
        """The texts of the interface."""
        return self.workbench.phrases

    @property
    def context(self) -> str:
        """Which scopes hear keys now (a key of `CONTEXTS`)."""
        focused = self.focused
        return focused.context if isinstance(focused, Pane) else self.base_context

    def _bindings_now(self) -> dict[tuple[str, ...], str]:
        return self.workbench.bindings_of(self.context)

    # keys

    @property
    def hears_keys(self) -> bool:
        """Whether a key pressed now is for this screen as it is: no command is under way, which may lead elsewhere."""
        return not self._busy

    def on_screen_suspend(self) -> None:
        """Another screen is there now: what was asked for by the mouse while it was made was not meant for later."""
        self._waiting.clear()

    async def on_key(self, event: events.Key) -> None:
        """Turn a key into a command."""
        bindings = self._bindings_now()
        pressed = self._sequence.press(key_name(event), bindings)
        if not pressed.handled:
            self._tell_no_command(event)
            return
        event.stop()
        event.prevent_default()
        self._hide_which_key()
        if pressed.pending:
            rest = continuations(pressed.pending, bindings)
            self._which_key_timer = self.set_timer(
                _WHICH_KEY_AFTER, lambda: self._show_which_key(pressed.pending, rest)
            )
            self.tell(self.say_in("whichkey.title", keys=key_label(" ".join(pressed.pending))), "accent")
        elif pressed.unknown:
            if pressed.unknown[-1] == "escape":
                self.tell("")
            else:
                self._tell_unknown("whichkey.unknown", key_label(" ".join(pressed.unknown)))
        else:
            self.tell("")
            self.run_command(pressed.command)

    def _tell_no_command(self, event: events.Key) -> None:
        """A character that calls nothing is said to: no key goes without an answer."""
        if event.is_printable and event.character:
            composed = not event.character.isascii() and event.character.isalpha()
            self._tell_unknown("whichkey.composed" if composed else "whichkey.unknown", event.character)

    def _tell_unknown(self, words: str, keys: str) -> None:
        helping = self.workbench.keymap.keys("app.help")
        self.tell(self.say_in(words, keys=keys, help=key_label(helping[0]) if helping else ":help"), "suspect")

    def _show_which_key(self, pending: tuple[str, ...], rest: Sequence[tuple[str, str]]) -> None:
        self._which_key_shown = True
        for box in self.query(WhichKey):
            box.show(
                key_label(" ".join(pending)),
                [(key_label(keys), self.say_in.of(command(identifier).title)) for keys, identifier in rest],
            )

    def _hide_which_key(self) -> None:
        if self._which_key_timer is not None:
            self._which_key_timer.stop()
            self._which_key_timer = None
        if self._which_key_shown:
            self._which_key_shown = False
            for box in self.query(WhichKey):
                box.display = False

    # commands

    def run_command(self, identifier: str) -> None:
        """Run a command now, or after the one that is under way."""
        if self._busy:
            self._waiting.append(identifier)
            return
        result = self._start(identifier)
        if result is not None:
            self.under_way(result)

    def under_way(self, result: Awaitable[None]) -> None:
        """Let something run to its end before the next key is heard."""
        self._busy = True
        self.run_worker(self._finish(result), group="commands", exit_on_error=True)

    def _start(self, identifier: str) -> Awaitable[None] | None:
        action = self._action(identifier)
        if action is None:
            return None
        if reason := self.why_not(identifier):
            self.tell(self.say_in.about(self.say_in.of(command(identifier).title), reason), "suspect")
            return None
        result = action()
        return result if isawaitable(result) else None

    def _action(self, identifier: str) -> Callable[[], Awaitable[None] | None] | None:
        name = "action_" + identifier.replace(".", "_")
        found: Callable[[], Awaitable[None] | None] | None = getattr(self, name, None)
        return found

    async def _finish(self, result: Awaitable[None]) -> None:
        try:
            await result
            while self._waiting:
                following = self._start(self._waiting.popleft())
                if following is not None:
                    await following
        except Exception as error:  # noqa: BLE001 - the worker boundary: a bug in one command must not end the review
            self.log.error(error)
            self.tell(self.say_in("app.failed", reason=f"{type(error).__name__}: {error}"), "failing")
        finally:
            self._busy = False
            self._waiting.clear()
            self.show_keys()

    def why_not(self, identifier: str) -> str:  # noqa: ARG002
        """Why a command cannot be called now, "" where it can."""
        return ""

    def can(self, identifier: str) -> bool:
        """Whether a command is known here and can be called now."""
        return self._action(identifier) is not None and not self.why_not(identifier)

    def available(self) -> list[Command]:
        """The commands that can be heard here, nearest scope first."""
        scopes = CONTEXTS[self.context]
        return [c for scope in scopes for c in COMMANDS if c.scope == scope and self._action(c.id) is not None]

    # the key bar

    def show_keys(self) -> None:
        """Draw the key bar, once for all that happens until the screen is painted: the live commands of the focused
        pane that fit, each with its first key. Help and the list of all commands are always there,
        for whoever is new or works with the mouse."""
        if not self._keys_asked:
            self._keys_asked = True
            self.call_next(self._draw_keys)

    def on_resize(self) -> None:
        """Other keys fit, and more or less of what was told."""
        if self._transient is not None:
            self.show_status()
        self.show_keys()

    def _draw_keys(self) -> None:
        self._keys_asked = False
        bar = self._bar("#keys")
        if bar is not None:
            bar.show((self._told_on,) if self._told_on is not None else self._live_keys())

    def bar_rank(self, candidate: Command) -> int:
        """How early a command stands in the key bar, 0 where it does not."""
        return candidate.bar

    def _live_keys(self) -> list[Span]:
        live = [(c, self._key_spans(c)) for c in self.available() if self.bar_rank(c) and self.can(c.id)]
        ranked = sorted(((c, spans) for c, spans in live if spans), key=lambda item: self.bar_rank(item[0]))
        room, kept = self.size.width - 1, set()
        for candidate, spans in sorted(ranked, key=lambda item: item[0].id not in _ALWAYS):
            size = sum(width(shown(span.text)) for span in spans)
            if size <= room:
                room -= size
                kept.add(candidate.id)
        return [span for candidate, spans in ranked if candidate.id in kept for span in spans]

    def _key_spans(self, candidate: Command) -> tuple[Span, ...]:
        """A command in the key bar: its first key that calls it here, and its name; empty where no key does."""
        resolved = self._bindings_now()
        for key in self.workbench.keymap.keys(candidate.id):
            if resolved.get(tuple(key.split())) == candidate.id:
                return (
                    Span(f" {key_label(key)}", "accent", bold=True, command=candidate.id),
                    Span(f" {self.say_in.of(candidate.title)} ", "head", command=candidate.id),
                )
        return ()

    @on(Bar.Asked)
    def _bar_asked(self, event: Bar.Asked) -> None:
        event.stop()
        self.run_command(event.command)

    @on(LineList.Moved)
    def _list_moved(self, event: LineList.Moved) -> None:
        event.list.draw_move()

    def on_descendant_focus(self) -> None:
        """Another pane has the focus: other keys are live."""
        self._sequence.pending = ()
        self.show_keys()

    def look_changed(self) -> None:
        """Theme or language have changed: draw everything anew."""
        for pane in self.query(Pane):
            pane.look_changed()
        for bar in self.query(Bar):
            bar.refresh()
        self.redraw()

    def redraw(self) -> None:
        """Show everything that has words in it anew."""
        self.show_status()
        self.show_keys()
