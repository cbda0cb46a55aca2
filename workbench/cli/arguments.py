"""The command line: every command and option, and which function runs it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from importlib import import_module
from pathlib import Path

from workbench import __version__
from workbench.cli.completion import SHELLS
from workbench.cli.parser import Parser, language_of
from workbench.config.settings import Settings
from workbench.model.toml_file import shipped_toml
from workbench.records.schema import SUBJECTS

_EXIT_CODES = (
    "exit codes: 0 clean, 1 findings, 2 usage, configuration or nothing readable, 3 some documents could not be read, "
    "70 a fault of the program itself, 130 interrupted, 141 the reader of the output went away"
)
EXPORT_FORMATS = ("csv", "jsonl", "xlsx", "parquet", "sqlite", "datapackage")
_REPORT_FORMATS = ("md", "html", "docx")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of one call; `run` is the function that carries the command out. Ends the program on misuse (2)."""
    parser = build_parser()
    parser.speak(language_of(arguments))
    options = parser.parse_args(list(_with_what_verify_means(arguments)))
    if not hasattr(options, "run"):
        parser.print_help(sys.stderr)
        parser.exit(2)
    return options


def _with_what_verify_means(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments; `--verify` alone means always, also before a path, which argparse would take for its value."""
    for argument, following in zip(arguments, [*arguments, ""][1:], strict=True):
        alone = argument == "--verify" and following not in _choices("verify")
        yield "--verify=always" if alone else argument


def build_parser() -> Parser:
    """The parser of the `workbench` command with all its sub-commands."""
    parser = Parser(
        prog="workbench",
        description="Review, correct and settle what extraction got wrong in department budgets and final accounts.",
        epilog=_EXIT_CODES,
    )
    parser.add_argument("-V", "--version", action="version", version=f"workbench {__version__}")
    _add_everywhere(parser, False, None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    _add_review(commands)
    _add_tables(commands)
    _add_check(commands)
    _add_suggest(commands)
    _add_export(commands)
    _add_report(commands)
    _add_workspace(commands)
    _add_configuration(commands)
    return parser


Commands = argparse._SubParsersAction  # argparse has no public name for what add_subparsers returns


_MODULES = {
    "documents": ("tables", "check", "suggest"),
    "reviews": ("review", "serve", "export", "diff", "stats", "agree", "merge"),
    "reports": ("report",),
    "assigning": ("assign",),
    "configuration": ("keys", "config", "completion"),
}
"""Which module of this room carries out which commands."""


def _imported_when_run(name: str) -> Callable[[argparse.Namespace], int]:
    """The function of a command, imported only when the command runs: help must answer at once."""
    module = next(module for module, names in _MODULES.items() if name in names)

    def run(options: argparse.Namespace) -> int:
        command: Callable[[argparse.Namespace], int] = getattr(import_module(f"workbench.cli.{module}"), f"run_{name}")
        return command(options)

    return run


def _choices(setting: str) -> tuple[str, ...]:
    """What the setting of an option may be."""
    found: tuple[str, ...] = next(known.metadata["choices"] for known in fields(Settings) if known.name == setting)
    return found


_READING = "how documents are read"
_EVERYWHERE = "of every command"
"""Groups of options, which help lists behind those of the command itself."""


def _command(commands: Commands[Parser], name: str, summary: str) -> Parser:
    parser = commands.add_parser(name, help=summary, description=summary, epilog=_EXIT_CODES)
    parser.set_defaults(run=_imported_when_run(name))
    parser.examples = _examples()[name]
    parser.reading = parser.add_argument_group(_READING)
    _add_everywhere(parser.add_argument_group(_EVERYWHERE), argparse.SUPPRESS, argparse.SUPPRESS)
    return parser


@cache
def _examples() -> dict[str, list[str]]:
    return shipped_toml("workbench.cli", "examples.toml")


def _add_everywhere(parser: argparse._ActionsContainer, unset: bool | str, unsaid: str | None) -> None:
    """The options that stand before a command or behind it; behind it, one that is not given leaves what was said."""
    parser.add_argument("-q", "--quiet", action="store_true", default=unset, help="no progress on stderr")
    parser.add_argument("-v", "--verbose", action="store_true", default=unset, help="say more on stderr")
    parser.add_argument(
        "--color", choices=_choices("color"), default=unsaid, help="colour in the output (also NO_COLOR)"
    )
    parser.add_argument(
        "--lang", choices=_choices("language"), dest="language", default=unsaid, help="language of messages"
    )


_PATH = "a document, a folder, an archive, a tables file"


def _add_paths(parser: Parser, *, without: str = "", told: str = f"{_PATH}, or - for standard input") -> None:
    """The documents that a command is about; `without` says what it does where none are given."""
    words = f"{told}; {without}" if without else told
    parser.add_argument("paths", nargs="*" if without else "+", metavar="PATH", help=words)
    reading = parser.reading or parser
    reading.add_argument("--jobs", type=int, metavar="N", help="documents read at once (0: one a processor)")
    reading.add_argument("--source", type=Path, metavar="FILE", help="the published file that a tables file came from")
    reading.add_argument("--rules", metavar="FILE", help="a rules.toml with rules of your own")
    reading.add_argument(
        "--verify", choices=_choices("verify"), nargs="?", const="always", help="compare two readers of a PDF"
    )


def _add_records(parser: Parser) -> None:
    parser.add_argument("--records", metavar="DIR", help="folder of the records (default: records)")


def _add_output(parser: Parser, formats: Sequence[str] = ("text", "json")) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"default: {formats[0]}")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write there instead of standard output (-)")


def _add_review(commands: Commands[Parser]) -> None:
    for name, summary in (
        ("review", "review documents in the terminal"),
        ("serve", "review in a browser, served on this machine only"),
    ):
        parser = _command(commands, name, summary)
        _add_paths(parser, without="without one, the working directory", told=_PATH)
        _add_records(parser)
        parser.add_argument("--reviewer", metavar="NAME", help="your name in the records")
        parser.add_argument("--keymap", metavar="NAME", help="a keymap: default, vim, emacs, spreadsheet, or a file")
        parser.add_argument("--theme", choices=_choices("theme"), help="colours")
        parser.add_argument(
            "--ambiguous-width",
            choices=_choices("ambiguous_width"),
            dest="ambiguous_width",
            help="width of “ ” — … in your terminal",
        )
        parser.add_argument(
            "--page-image",
            choices=_choices("page_image"),
            dest="page_image",
            help="how pictures of pages are drawn",
        )
        if name == "serve":
            parser.add_argument("--port", type=int, default=8700, metavar="N", help="default: 8700")


def _add_tables(commands: Commands[Parser]) -> None:
    parser = _command(commands, "tables", "print the tables of documents")
    _add_paths(parser)
    _add_records(parser)
    _add_output(parser)
    parser.add_argument("--reviewed", action="store_true", help="with the corrections of the records")


def _add_check(commands: Commands[Parser]) -> None:
    parser = _command(commands, "check", "check everything that must add up, and print what does not")
    _add_paths(parser)
    _add_records(parser)
    _add_output(parser)
    parser.add_argument("--per-check", action="store_true", help="one finding for each failing check")
    parser.add_argument(
        "--fail-on",
        choices=("note", "warning", "error", "never"),
        default="note",
        help="exit 1 only for findings that weigh as much (default: note, which is any)",
    )
    parser.add_argument("--reviewed", action="store_true", help="with the corrections and decisions of the records")
    parser.add_argument(
        "--explain", metavar="TABLE/ROW/COLUMN", help="every equation that a cell stands in (rows and columns from 0)"
    )


def _add_suggest(commands: Commands[Parser]) -> None:
    parser = _command(commands, "suggest", "print the proposed repairs with their proofs")
    _add_paths(parser)
    _add_records(parser)
    _add_output(parser)
    parser.add_argument("--reviewed", action="store_true", help="for what the records leave open")


def _add_export(commands: Commands[Parser]) -> None:
    parser = _command(commands, "export", "write the corrected data set")
    _add_paths(parser)
    _add_records(parser)
    parser.add_argument("--format", choices=EXPORT_FORMATS, default="csv", help="default: csv")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, metavar="PATH", help="folder (csv, jsonl, datapackage) or file"
    )
    parser.add_argument("--only-done", action="store_true", help="only documents whose review is done")


def _add_report(commands: Commands[Parser]) -> None:
    parser = _command(
        commands, "report", "write the case file of a review: what was found and decided, by whom, with proof"
    )
    _add_paths(parser)
    _add_records(parser)
    _add_output(parser, _REPORT_FORMATS)
    parser.add_argument("--only-done", action="store_true", help="only documents whose review is done")


def _add_assign(commands: Commands[Parser]) -> None:
    parser = _command(commands, "assign", "share documents out to reviewers, in their records")
    _add_paths(parser)
    _add_records(parser)
    parser.add_argument("--reviewer", metavar="NAME", help="your name in the records")
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "--to",
        action="append",
        metavar="NAME",
        help="who is to have them; of several each gets about as much to settle",
    )
    whom.add_argument("--nobody", action="store_true", help="take them back from whoever has them")
    parser.add_argument("--again", action="store_true", help="also documents that somebody has already")


def _add_workspace(commands: Commands[Parser]) -> None:
    parser = _command(commands, "diff", "print what reviewers changed, printed against corrected")
    _add_paths(parser)
    _add_records(parser)
    _add_output(parser)
    parser = _command(commands, "stats", "print how far the review is, how fast it goes and where the errors are")
    _add_paths(parser, without="without one, all that the records tell of")
    _add_records(parser)
    _add_output(parser)
    _add_assign(commands)
    parser = _command(commands, "agree", "print how far two reviewers' records agree")
    parser.add_argument("first", type=Path, metavar="DIR_OR_RECORD", help="a folder of records, or one record")
    parser.add_argument("second", type=Path, metavar="DIR_OR_RECORD", help="that of the other reviewer")
    _add_output(parser)
    parser = _command(commands, "merge", "make one review of two: records, folders of them, or what git left unmerged")
    parser.usage = "%(prog)s [options] RECORD | A B | BASE A B [NAME]"
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="a record with git's conflict marks; or two records or folders of records; or the common BASE and both "
        "versions, as git hands them to a merge driver (NAME is what messages call it). A (or RECORD) takes the result, "
        "unless -o is given",
    )
    parser.add_argument("-o", "--output", type=Path, metavar="PATH", help="write there instead")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def _add_configuration(commands: Commands[Parser]) -> None:
    parser = _command(commands, "keys", "list, check and compare keymaps")
    parser.add_argument("action", choices=("list", "check", "diff"), nargs="?", default="list")
    parser.add_argument("keymaps", nargs="*", metavar="KEYMAP", help="names or files; default: the one in use")
    _add_output(parser)
    parser = _command(commands, "config", "show settings and where they come from")
    parser.add_argument("action", choices=("show", "path", "validate", "schema"), nargs="?", default="show")
    parser.add_argument(
        "subject", nargs="?", choices=("settings", *SUBJECTS), default="settings", help="what `schema` prints"
    )
    _add_output(parser)
    summary = "print the script that completes commands and options in a shell"
    parser = commands.add_parser("completion", help=summary, description=summary)
    parser.examples = _examples()["completion"]
    parser.set_defaults(run=_imported_when_run("completion"))
    parser.add_argument("shell", choices=SHELLS)
