"""A parser of arguments that says of a word it does not know which one was probably meant, and that explains itself in
the language of the interface."""

from __future__ import annotations

import argparse
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from workbench.cli.text import cells_wide
from workbench.config.refusals import refusal
from workbench.config.settings import Settings, load_settings
from workbench.errors import ExitCode, WorkbenchError, did_you_mean
from workbench.model.toml_file import shipped_toml


class Parser(argparse.ArgumentParser):
    """The parser of the program or of one of its commands; what is wrong is said beside the usage of that command."""

    language = "en"
    examples: Sequence[str] = ()
    """Calls of the command, which its help begins with."""
    reading: argparse._ArgumentGroup | None = None
    """Where its options stand that are those of all commands that read documents."""

    def format_help(self) -> str:
        """As argparse writes it, with the examples before what can be given."""
        text = super().format_help()
        titles = [f"\n{group.title}:\n" for group in self._action_groups if group._group_actions]
        at = min((text.index(title) for title in titles if title in text), default=len(text))
        title = {"zh": "示例"}.get(self.language, "examples")
        shown = "".join(f"  {example}\n" for example in self.examples)
        return f"{text[:at]}\n{title}:\n{shown}{text[at:]}" if shown else text

    def parse_known_args(  # type: ignore[override]  # argparse says more of the types than it keeps
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """As `parse_args`: nothing unknown is handed on, or the parser of the program would tell of it."""
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:
            first = unknown[0].partition("=")[0]
            near = did_you_mean(first, self._option_string_actions, 1) if first.startswith("-") else ""
            self.error(f"unrecognized arguments: {' '.join(unknown)}{near}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        """Ends the program with the usage and what is wrong, in the language of the interface."""
        self.print_usage(sys.stderr)
        told = "错误：" if self.language == "zh" else "error: "
        self.exit(int(ExitCode.USAGE), f"{self.prog}: {told}{refusal(message, self.language)}\n")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            near = did_you_mean(str(value), known, 1)
            raise argparse.ArgumentError(action, f"invalid choice: {value!r}{near} (choose from {', '.join(known)})")

    def speak(self, language: str) -> None:
        """Explain this parser and those of its commands in a language ("en" or "zh")."""
        if language != "zh":
            return
        words: dict[str, str] = shipped_toml("workbench.cli", "help.toml")
        for parser in (self, *self._commands()):
            parser.language, parser.formatter_class = language, ChineseHelp
            parser.description = words.get(parser.description or "", parser.description)
            parser.epilog = words.get(parser.epilog or "", parser.epilog)
            for group in parser._action_groups:
                group.title = words.get(group.title or "", group.title)
            for action in parser._actions:
                action.help = words.get(action.help or "", action.help)
                for choice in getattr(action, "_choices_actions", ()):
                    choice.help = words.get(choice.help or "", choice.help)

    def _commands(self) -> Iterable[Parser]:
        for action in self._actions:
            if isinstance(action, argparse._SubParsersAction):
                yield from action.choices.values()


_USAGE = "用法："


class ChineseHelp(argparse.HelpFormatter):
    """Help whose lines are measured in cells of the terminal, of which a Chinese character takes two."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: str | None = None
    ) -> None:
        """The usage, under its Chinese name."""
        super().add_usage(usage, actions, groups, _USAGE if prefix is None else prefix)

    def _format_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None) -> str:
        # argparse indents the lines behind the first by the characters of its name, not by their cells.
        return super()._format_usage(usage, actions, groups, prefix).replace("\n ", "\n " + " " * len(_USAGE))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return folded(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(indent + line for line in folded(" ".join(text.split()), width - len(indent)))


def folded(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, cut at a space or beside a Chinese character, never before a mark that
    ends something."""
    lines, line, taken = [], "", 0
    for piece in _pieces(text):
        size = cells_wide(piece)
        if taken + size > cells and line.strip():
            lines.append(line.rstrip())
            line, taken = "", 0
        if line or piece != " ":
            line, taken = line + piece, taken + size
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """Words, single spaces, and Chinese characters each with the marks behind it."""
    pieces: list[str] = []
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = unicodedata.category(character) in ("Pe", "Po", "Pf")
        joins = bool(pieces) and pieces[-1] != " " and character != " "
        opened = joins and unicodedata.category(pieces[-1][-1]) in ("Ps", "Pi")
        if joins and (closing or opened or (not wide and pieces[-1][-1].isascii())):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def language_of(arguments: Sequence[str]) -> str:
    """The language of help, before the arguments are read: as they say, else as it is set, else that of the locale."""
    asked = None
    for number, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            asked = value if equals else next(iter(arguments[number + 1 :]), None)
    try:
        return load_settings({"language": asked}).values.interface_language
    except WorkbenchError:
        return Settings().interface_language
