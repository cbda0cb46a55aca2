"""The command line: a name and what is given with it, read against the commands that can be heard.

A command answers to its id (`table.form`), its short names (`goto`) and its title in either language (`form`, `表种`);
a beginning does where only one command has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.config.commands import Command
from workbench.errors import WorkbenchError, nearest
from workbench.model.message import Message

_BREAKS = re.compile(r"[\s._\-/$&]+")
_MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Given:
    """A command, and what was given with it."""

    command: Command
    argument: str


class CommandLineError(WorkbenchError):
    """A line that calls no command; `words` says why in both languages."""

    def __init__(self, words: Message) -> None:
        super().__init__(words.en)
        self.words = words


def read_line(text: str, offered: Sequence[Command]) -> Given:
    """The command that a line calls, of those offered (nearest scope first). Raises CommandLineError."""
    line = text.strip().lstrip(":").strip()
    words = line.split()
    if not words:
        raise CommandLineError(Message("type the name of a command", "请键入命令名称"))
    for count in range(len(words), 0, -1):
        wanted = plain(" ".join(words[:count]))
        for candidate in offered:
            if wanted in names(candidate):
                return _given(candidate, line, count)
    for count in range(len(words), 0, -1):
        found = _beginning_with(" ".join(words[:count]), offered)
        if len(found) == 1:
            return _given(found[0], line, count)
        if found:
            listed = ", ".join(candidate.id for candidate in found[:_MOST_NAMED])
            more = "" if len(found) <= _MOST_NAMED else " …"
            raise CommandLineError(
                Message(f"{words[0]} may be {listed}{more}", f"{words[0]} 可指 {listed}{more}"),
            )
    raise _unknown(words[0], offered)


def _given(found: Command, line: str, count: int) -> Given:
    parts = line.split(maxsplit=count)
    argument = parts[count] if len(parts) > count else ""
    if argument and not found.argument:
        raise CommandLineError(
            Message(f"{found.id} takes nothing after its name", f"{found.id} 之后不能再有内容"),
        )
    return Given(found, argument)


def _unknown(name: str, offered: Sequence[Command]) -> CommandLineError:
    known = {known: candidate.id for candidate in offered for known in names(candidate)}
    near = list(dict.fromkeys(known[found] for found in nearest(plain(name), known, 3)))[:2]
    hint = Message("", "")
    if near:
        hint = Message(f"; did you mean {' or '.join(near)}?", f"；是否指 {' 或 '.join(near)}？")
    return CommandLineError(
        Message(f"there is no command {name!r} here{hint.en}", f"此处没有命令“{name}”{hint.zh}"),
    )


def names(candidate: Command) -> tuple[str, ...]:
    """Everything that a command answers to, in plain letters."""
    return tuple(
        plain(text) for text in (candidate.id, *candidate.aliases, candidate.title.en, candidate.title.zh) if text
    )


def plain(text: str) -> str:
    """A name without capitals, dots and dashes, so that `Find-Row` and `find row` are one."""
    return _BREAKS.sub(" ", text.casefold()).strip()


def completions(text: str, offered: Sequence[Command], choices: Sequence[str] = ()) -> list[str]:
    """Whole lines that `text` can become: by the names of commands, or by `choices` behind the name of one."""
    line = text.lstrip().lstrip(":").lstrip()
    name, blank, rest = line.partition(" ")
    if not blank:
        found = _beginning_with(name, offered) or [
            candidate for candidate in offered if any(plain(name) in known for known in names(candidate))
        ]
        return list(dict.fromkeys(_shortest(candidate, name) for candidate in found))
    return [f"{name} {choice}" for choice in choices if choice.startswith(rest.lstrip())]


def _beginning_with(text: str, offered: Iterable[Command]) -> list[Command]:
    """The commands that have a name that begins so."""
    wanted = plain(text)
    return [candidate for candidate in offered if any(name.startswith(wanted) for name in names(candidate))]


def _shortest(candidate: Command, begun: str) -> str:
    """The name to complete to: a short one or a title of one word that goes on as it was begun, else the id."""
    short = (*candidate.aliases, candidate.title.en, candidate.title.zh)
    fitting = [name for name in short if " " not in name and begun and name.casefold().startswith(begun.casefold())]
    return fitting[0] if fitting else candidate.id
