"""The commands about the program itself: its keymaps, its settings, the completion of its commands."""

from __future__ import annotations

import argparse
import sys
from dataclasses import fields
from typing import IO

from workbench.cli.chosen import settings_of, user_rules
from workbench.cli.output import output_of, print_rows, write_json
from workbench.cli.text import printable
from workbench.config.messages import Phrasebook
from workbench.config.refusals import refusal
from workbench.config.settings import Settings
from workbench.errors import ExitCode, WorkbenchError


def run_keys(options: argparse.Namespace) -> int:
    """Lists, checks or compares keymaps."""
    from workbench.config.commands import COMMANDS
    from workbench.config.keymap import keymap_files, load_keymap

    settings = settings_of(options)
    if options.action == "check":
        return _check_keymaps(options, options.keymaps or list(keymap_files()), settings.interface_language)
    names = options.keymaps or [settings.keymap]
    with output_of(options) as out:
        if options.action == "diff":
            names = names if len(names) > 1 else ["default", *names]
        keymaps = [load_keymap(name) for name in names]
        say = Phrasebook(settings.interface_language)
        rows = [["command", "scope", *(keymap.name for keymap in keymaps), "what it does"]]
        for command in COMMANDS:
            keys = ["  ".join(keymap.keys(command.id)) for keymap in keymaps]
            if options.action == "list" or len(set(keys)) > 1:
                rows.append([command.id, command.scope, *keys, say.of(command.help)])
        return print_rows(out, options, rows, say, {1: "scope"})


def _check_keymaps(options: argparse.Namespace, keymaps: list[str], language: str) -> int:
    """Checks all of them: one bad keymap does not hide what is wrong with the next."""
    from workbench.config.keymap import load_keymap

    code = ExitCode.CLEAN
    good = []
    for name in keymaps:
        try:
            load_keymap(name)
        except WorkbenchError as error:
            print(f"workbench: {printable(refusal(error, language))}", file=sys.stderr)
            code = ExitCode.USAGE
        else:
            good.append(name)
    with output_of(options) as out:
        if options.format == "json":
            write_json(out, [{"keymap": name, "good": name in good} for name in keymaps])
        else:
            for name in good:
                print(Phrasebook(language)("config.good_keymap", name=name), file=out)
    return int(code)


def run_config(options: argparse.Namespace) -> int:
    """Shows settings with the place that gave each, the files that are read, or a JSON Schema."""
    from workbench.config.settings import load_settings

    with output_of(options) as out:
        if options.action == "path":
            _print_paths(out, options)
            return int(ExitCode.CLEAN)
        if options.action == "schema":
            write_json(out, _schema(options.subject))
            return int(ExitCode.CLEAN)
        loaded = load_settings({name: getattr(options, name, None) for name in ("color", "language")})
        say = Phrasebook(loaded.values.interface_language)
        if options.action == "validate":
            _validate_files(loaded.values, say)
            if options.format == "json":
                write_json(out, {"good": True})
            else:
                print(say("config.good"), file=out)
            return int(ExitCode.CLEAN)
        rows = [["setting", "value", "from"]]
        for setting in fields(Settings):
            rows.append([setting.name, str(getattr(loaded.values, setting.name)), loaded.origins[setting.name]])
        # Where a value comes from is a path, and the answer that is asked for: it is not cut.
        return print_rows(out, options, rows, say, {2: "name"}, widest=4096)


def _print_paths(out: IO[str], options: argparse.Namespace) -> None:
    from workbench.config.settings import setting_files

    if options.format == "json":
        write_json(out, [{"file": str(path), "there": path.exists()} for path in setting_files()])
        return
    say = Phrasebook(settings_of(options).interface_language)
    for path in setting_files():
        print(f"{path}{'' if path.exists() else '  ' + say('config.not_there')}", file=out)


def _schema(subject: str) -> dict[str, object]:
    if subject == "settings":
        from workbench.config.settings import settings_schema

        return settings_schema()
    from workbench.records.schema import load_schema

    return load_schema(subject)


def _validate_files(settings: Settings, say: Phrasebook) -> None:
    """What settings name must be there and good; a variable that looks like a setting is told of."""
    from workbench.config.keymap import load_keymap
    from workbench.config.settings import unknown_variables

    for name, near in unknown_variables():
        print(f"workbench: {say('config.unused', name=name, near=near)}", file=sys.stderr)
    load_keymap(settings.keymap)
    user_rules(settings)


def run_completion(options: argparse.Namespace) -> int:
    """Prints the script that completes commands and options in a shell."""
    from workbench.cli.arguments import build_parser
    from workbench.cli.completion import script_for

    print(script_for(options.shell, build_parser()), end="")
    return int(ExitCode.CLEAN)
