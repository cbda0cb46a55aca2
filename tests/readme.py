"""The parts of README that are told by the code: `python -m tests.readme` writes them anew between their marks."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import fields

from tests.conftest import ROOT
from workbench.cli.arguments import build_parser
from workbench.config.commands import COMMANDS, SCOPES
from workbench.config.keymap import load_keymap
from workbench.config.settings import Settings
from workbench.sources.suffixes import SUFFIXES, Format

README = ROOT / "README.md"
KEYMAPS = ("default", "vim", "emacs", "spreadsheet")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _commands() -> dict[str, argparse.ArgumentParser]:
    found = next(action for action in build_parser()._actions if action.dest == "command")
    return dict(found.choices)  # type: ignore[arg-type]


def commands_table() -> str:
    """Every sub-command with what it is told by place."""
    parser = build_parser()
    found = next(action for action in parser._actions if action.dest == "command")
    summaries = {choice.dest: choice.help or "" for choice in found._choices_actions}  # type: ignore[attr-defined]
    lines = ["| command | what it does |", "| --- | --- |"]
    for name, sub in _commands().items():
        called = " ".join(filter(None, [f"workbench {name}", *map(_place, sub._actions)]))
        lines.append(f"| `{_cell(called)}` | {summaries[name]} |")
    return "\n".join(lines)


def _place(action: argparse.Action) -> str:
    """An argument that is told by its place, as the help writes it."""
    if action.option_strings:
        return ""
    name = str(action.metavar or "|".join(map(str, action.choices or ())))
    return {"*": f"[{name}…]", "+": f"{name}…", "?": f"[{name}]"}.get(str(action.nargs), name)


def options_table() -> str:
    """Every option once, with the commands that take it."""
    takers: dict[tuple[str, str], list[str]] = {}
    commands = {name: sub for name, sub in _commands().items() if name != "completion"}
    for name, sub in commands.items():
        for action in sub._actions:
            if action.option_strings and action.dest != "help":
                takers.setdefault((_option(action), action.help or ""), []).append(name)
    readers = [name for name, sub in commands.items() if any(action.dest == "jobs" for action in sub._actions)]
    groups = {tuple(commands): "all", tuple(readers): "all that read documents"}
    lines = ["| option | meaning | commands |", "| --- | --- | --- |"]
    for (option, meaning), names in takers.items():
        listed = groups.get(tuple(names)) or ", ".join(f"`{name}`" for name in names)
        lines.append(f"| {option} | {_cell(meaning)} | {listed} |")
    listed = ", ".join(f"`{name}`" for name in readers)
    return "\n".join([*lines, "", f"Documents are read by {listed}."])


def _option(action: argparse.Action) -> str:
    shown = ", ".join(f"`{string}`" for string in action.option_strings)
    if action.choices:
        return shown + " (" + ", ".join(str(choice) for choice in action.choices) + ")"
    return shown if action.nargs == 0 else f"{shown} *{action.metavar}*"


def settings_table() -> str:
    """Every setting with its default."""
    lines = ["| setting | default | meaning |", "| --- | --- | --- |"]
    for setting in fields(Settings):
        choices = setting.metadata.get("choices")
        more = f" ({', '.join(choices)})" if choices else ""
        lines.append(f"| `{setting.name}` | `{setting.default}` | {setting.metadata['help']}{more} |")
    return "\n".join(lines)


def keys_table() -> str:
    """Every command of the app with its keys in the shipped keymaps."""
    keymaps = [load_keymap(name) for name in KEYMAPS]
    lines = [f"| command | {' | '.join(keymap.name for keymap in keymaps)} | what it does |", "| --- " * 6 + "|"]
    for scope in SCOPES:
        for command in (command for command in COMMANDS if command.scope == scope):
            keys = [" ".join(f"`{_cell(key)}`" for key in keymap.keys(command.id)) for keymap in keymaps]
            lines.append(f"| `{command.id}` | {' | '.join(keys)} | {_cell(command.help.en)} |")
    return "\n".join(lines)


def endings() -> str:
    """The endings of files that are taken from folders, and those of pictures, which are not."""
    pictures = [suffix for suffix, promised in SUFFIXES.items() if promised is Format.IMAGE]
    taken = [suffix for suffix in SUFFIXES if suffix not in pictures]
    return f"{_listed(taken)}, and no pictures ({_listed(pictures)})."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def rules_example() -> str:
    """The three rules that the tests run, as they stand in a rules.toml."""
    text = (ROOT / "tests" / "cases" / "rules" / "examples.toml").read_text(encoding="utf-8")
    return "```toml\n" + text[text.index("# 1.") :].strip() + "\n```"


BLOCKS: dict[str, Callable[[], str]] = {
    "commands": commands_table,
    "options": options_table,
    "settings": settings_table,
    "endings": endings,
    "keys": keys_table,
    "rules": rules_example,
}


def rewritten(text: str) -> str:
    """README with its marked blocks written anew."""
    for name, make in BLOCKS.items():
        block = f"<!-- {name} -->\n{make()}\n<!-- /{name} -->"
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _, block=block: block, text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
