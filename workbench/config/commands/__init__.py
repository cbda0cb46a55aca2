"""The one list of commands: what a key can do, where, and in whose words. Help, palette, key bar, keymap validation and
scripted sessions all read it; a command that is not here does not exist. Help and README show them in its order."""

from __future__ import annotations

from functools import cache

from workbench.config.commands import answers, decisions, documents, everywhere, places, tables, views
from workbench.config.commands.definition import CONTEXTS, REQUIRED, SCOPES, Command

__all__ = ["COMMANDS", "CONTEXTS", "REQUIRED", "SCOPES", "Command", "command", "commands_by_id"]

COMMANDS: tuple[Command, ...] = (
    *everywhere.COMMANDS,
    *documents.COMMANDS,
    *places.COMMANDS,
    *decisions.COMMANDS,
    *views.COMMANDS,
    *tables.COMMANDS,
    *answers.COMMANDS,
)


@cache
def commands_by_id() -> dict[str, Command]:
    """Every command by its id."""
    return {command.id: command for command in COMMANDS}


def command(identifier: str) -> Command:
    """The command with this id. Raises KeyError where there is none."""
    return commands_by_id()[identifier]
