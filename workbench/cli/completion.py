"""Completion of commands, options and their choices in a shell, made from the parser itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

SHELLS = ("bash", "zsh", "fish")


@dataclass(frozen=True, slots=True)
class Completed:
    """One command: its summary, its options (each with its help and choices) and what it is told by place."""

    name: str
    summary: str
    options: tuple[tuple[tuple[str, ...], str, tuple[str, ...], bool], ...]
    words: tuple[str, ...]


def script_for(shell: str, parser: argparse.ArgumentParser) -> str:
    """The script that completes the commands of this parser in a shell of this kind (one of `SHELLS`)."""
    commands = tuple(_commands(parser))
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](commands)


def _commands(parser: argparse.ArgumentParser) -> Iterator[Completed]:
    (group,) = (action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    summaries = {choice.dest: choice.help or "" for choice in group._choices_actions}
    for name, command in group.choices.items():
        options = tuple(
            (tuple(action.option_strings), action.help or "", _choices(action), action.nargs != 0)
            for action in command._actions
            if action.option_strings
        )
        words = tuple(word for action in command._actions if not action.option_strings for word in _choices(action))
        yield Completed(name, summaries[name], options, words)


def _choices(action: argparse.Action) -> tuple[str, ...]:
    return tuple(map(str, action.choices or ()))


def _bash(commands: tuple[Completed, ...]) -> str:
    cases = []
    for command in commands:
        names = [name for names, *_ in command.options for name in names]
        values = [
            f"      {'|'.join(names)}) words='{' '.join(choices)}' ;;"
            for names, _, choices, _ in command.options
            if choices
        ]
        values.append(f"      *) words='{' '.join([*names, *command.words])}' ;;")
        cases.append(f'    {command.name}) case "$before" in\n' + "\n".join(values) + "\n      esac ;;")
    return (
        "# workbench completion bash > ~/.local/share/bash-completion/completions/workbench\n"
        "_workbench() {\n"
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" words=\n'
        '  case "${COMP_WORDS[1]}" in\n'
        + "\n".join(cases)
        + f"\n    *) [ \"$COMP_CWORD\" = 1 ] && words='{' '.join(command.name for command in commands)}' ;;\n"
        "  esac\n"
        '  COMPREPLY=($(compgen -W "$words" -- "$word"))\n'
        "}\n"
        "complete -o default -o bashdefault -F _workbench workbench\n"
    )


def _zsh(commands: tuple[Completed, ...]) -> str:
    named = " ".join(_quoted(f"{command.name}:{command.summary}") for command in commands)
    cases = []
    for command in commands:
        lines = []
        for names, said, choices, takes in command.options:
            value = f":{names[-1].lstrip('-')}:({' '.join(choices)})" if choices else ":value:_files" if takes else ""
            text = said.replace("[", "(").replace("]", ")").replace(":", " ")
            lines += [_quoted(f"{name}[{text}]{value}") for name in names]
        words = f"({' '.join(command.words)})" if command.words else "_files"
        cases.append(f"    {command.name}) _arguments {' '.join(lines)} {_quoted(f'*:argument:{words}')} ;;")
    return (
        "#compdef workbench\n"
        '# workbench completion zsh > "${fpath[1]}/_workbench"\n'
        "_workbench() {\n"
        f"  local -a commands=({named})\n"
        "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
        "  local command=$words[2]\n"
        "  shift words; (( CURRENT-- ))\n"
        "  case $command in\n" + "\n".join(cases) + "\n  esac\n"
        "}\n"
        'if [ "$funcstack[1]" = _workbench ]; then _workbench "$@"; else compdef _workbench workbench; fi\n'
    )


def _fish(commands: tuple[Completed, ...]) -> str:
    lines = ["# workbench completion fish > ~/.config/fish/completions/workbench.fish"]
    for command in commands:
        lines.append(
            f"complete -c workbench -n __fish_use_subcommand -f -a {command.name} -d {_quoted(command.summary)}"
        )
        seen = f"complete -c workbench -n {_quoted(f'__fish_seen_subcommand_from {command.name}')}"
        for names, said, choices, takes in command.options:
            flags = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in names)
            value = f" -x -a {_quoted(' '.join(choices))}" if choices else " -r" if takes else ""
            lines.append(f"{seen} {flags}{value} -d {_quoted(said)}")
        if command.words:
            lines.append(f"{seen} -a {_quoted(' '.join(command.words))}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
