"""What a command is, where commands are heard, and the short notation that they are listed in."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.message import Message


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a key does. `scope` says where it can be called; `bar` ranks it for the key bar (0: not shown there).

    A key is a printable character as typed (`n`, `]`, `?`) or a name (`tab`, `ctrl+d`, `f8`); keys with a space
    between them are a chord, pressed one after another.
    """

    id: str
    scope: str
    default_keys: tuple[str, ...]
    title: Message
    help: Message
    bar: int = 0
    argument: str = ""
    """What may be given with its name on the command line (a word of `argument.…` in the catalogue), "" for nothing."""
    aliases: tuple[str, ...] = ()
    """Short names for the command line."""


SCOPES = (
    "app",
    "move",
    "queue",
    "review",
    "table",
    "findings",
    "picker",
    "edit",
    "line",
    "group",
    "hits",
    "image",
    "fixes",
)
"""Where commands live. `app` and `move` hold on every screen, `review` on all panes of the review screen."""

CONTEXTS: dict[str, tuple[str, ...]] = {
    "queue": ("queue", "move", "app"),
    "review.table": ("table", "review", "move", "app"),
    "review.findings": ("findings", "review", "move", "app"),
    "review.source": ("review", "move", "app"),
    "group": ("group", "move", "app"),
    "hits": ("hits", "move", "app"),
    "reader": ("move", "app"),
    "review.image": ("image", "review", "move", "app"),
    "picker": ("picker",),
    "chooser": ("picker", "move"),
    "fixes": ("fixes", "picker", "move"),
    "edit": ("edit",),
    "line": ("line",),
}
"""Which scopes hear a key, by what has the focus; the first that binds the key takes it."""

REQUIRED = ("app.quit", "app.help")
"""Commands that every keymap must leave bound."""


def entry(
    identifier: str,
    scope: str,
    keys: str,
    title: tuple[str, str],
    words: tuple[str, str],
    bar: int = 0,
    argument: str = "",
    aliases: str = "",
) -> Command:
    """A command as the lists write it: its keys separated by two spaces, its aliases by blanks, its texts as
    (English, Chinese)."""
    default_keys = tuple(key for key in keys.split("  ") if key)
    return Command(
        identifier, scope, default_keys, Message(*title), Message(*words), bar, argument, tuple(aliases.split())
    )
