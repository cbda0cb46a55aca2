"""Promises about the whole: what is imported when, which lists agree, and that README names everything there is."""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module

import pytest

from tests.conftest import ROOT
from tests.readme import KEYMAPS, rewritten
from workbench.checks.registry import FAMILIES
from workbench.cli.arguments import _MODULES, EXPORT_FORMATS, build_parser
from workbench.config.commands import COMMANDS
from workbench.config.keymap import load_keymap, shipped_folder
from workbench.config.settings import Settings
from workbench.errors import ExitCode
from workbench.export import FORMATS
from workbench.export.rows import LISTS
from workbench.model.check import Family
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import Form
from workbench.sources.readers import _READERS
from workbench.sources.suffixes import Format

README = ROOT / "README.md"
ARCHITECTURE = ROOT / "workbench" / "ARCHITECTURE.md"


def modules_after(statement: str) -> set[str]:
    """The packages and the rooms of this one that a statement has loaded: "textual", "workbench.tables"."""
    code = f"import sys; {statement}; print('\\n'.join(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    names = [name.split(".") for name in result.stdout.splitlines()]
    return {name[0] for name in names} | {".".join(name[:2]) for name in names if name[0] == "workbench"}


@pytest.mark.parametrize(
    "statement",
    [
        "import workbench.cli.arguments; workbench.cli.arguments.build_parser().format_help()",
        "import workbench.cli.documents, workbench.cli.reviews, workbench.cli.findings, workbench.pipeline, workbench.review, workbench.records.index",
        "from workbench.cli import main; main(['check', '-q', '-o', '/dev/null', 'sample_docs/shixi_medical_insurance_2022.txt'])",
    ],
)
def test_commands_start_without_the_screen_and_without_pandas(statement: str) -> None:
    assert not {"textual", "rich", "pandas", "numpy", "pdfplumber"} & modules_after(statement)


def test_help_loads_no_reader() -> None:
    loaded = modules_after("import workbench.cli.arguments as a; a.build_parser().format_help()")
    assert not {"pypdfium2", "docx", "openpyxl", "lxml", "rapidfuzz", "tomli_w"} & loaded


@pytest.mark.parametrize(
    "statement",
    [
        "import workbench.cli.reviews, workbench.tui.app",
        "from workbench.cli import main; main(['keys', 'list', '-o', '/dev/null'])",
    ],
)
def test_the_first_frame_and_commands_about_the_program_wait_for_nothing_that_reads(statement: str) -> None:
    rooms = {"pipeline", "sources", "tables", "checks", "repairs", "review"}
    assert not {f"workbench.{room}" for room in rooms} & modules_after(statement)


def commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command of the command line."""
    found = next(action for action in build_parser()._actions if action.dest == "command")
    return dict(found.choices)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_function_that_runs_it(name: str) -> None:
    module = next(module for module, names in _MODULES.items() if name in names)
    assert callable(getattr(import_module(f"workbench.cli.{module}"), f"run_{name}"))


def test_every_export_format_can_be_asked_for() -> None:
    assert tuple(FORMATS) == EXPORT_FORMATS


def test_options_offer_what_their_settings_take() -> None:
    choices = {setting.name: setting.metadata.get("choices") for setting in fields(Settings)}
    offered = {
        (name, action.dest): tuple(action.choices)
        for name, parser in commands().items()
        for action in parser._actions
        if action.choices and action.dest in choices
    }
    assert {dest for _, dest in offered} == {name for name, known in choices.items() if known}
    assert all(known == choices[dest] for (_, dest), known in offered.items()), offered


@pytest.mark.parametrize("format_", sorted(set(Format) - {Format.TABLES, Format.UNREAD}))
def test_every_format_has_a_reader(format_: Format) -> None:
    module, function = _READERS[format_]
    assert callable(getattr(import_module(f"workbench.sources.{module}"), function))


def test_every_rule_family_is_built_and_has_cases() -> None:
    built = {entry.family for entry in FAMILIES} | {Family.USER}
    assert built == set(Family)
    described = {path.stem for room in ("checks", "rules") for path in (ROOT / "tests" / "cases" / room).glob("*.toml")}
    # What users write stands in examples.toml; the readers' family speaks of two readings of one page.
    assert {family.value for family in Family} - described == {Family.USER.value, Family.READERS.value}


def readme() -> str:
    return README.read_text(encoding="utf-8")


def options() -> list[str]:
    found = []
    for name, parser in commands().items():
        found.append(f"workbench {name}")
        found += [string for action in parser._actions for string in action.option_strings if string.startswith("--")]
    return sorted(set(found))


@pytest.mark.parametrize("option", options())
def test_readme_names_every_command_and_option(option: str) -> None:
    assert option in readme()


@pytest.mark.parametrize(
    "name",
    [setting.name for setting in fields(Settings)]
    + [family.value for family in Family]
    + [form.value for form in Form]
    + list(FORMATS)
    + [verdict.value for verdict in Verdict]
    + [status.value for status in ReviewStatus],
)
def test_readme_names_every_setting_rule_form_format_verdict_and_status(name: str) -> None:
    assert f"`{name}`" in readme()


def rows_of(heading: str) -> str:
    """The rows of the first table of a part of README."""
    part = readme().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return "\n".join(line for line in part.split("\n\n| ")[1].split("\n\n")[0].splitlines()[2:])


_CALLED = {
    Format.PDF: "PDF with text", Format.HTML: "HTML", Format.SAVED_PAGE: "`.mht`", Format.TEXT: "| text |",
    Format.OFFICE: "LibreOffice", Format.ZIP: "| ZIP |", Format.IMAGE: "pictures", Format.UNREAD: "are not read",
    Format.TABLES: "| tables JSON |", Format.JSON_TABLES: "any other extractor",
}  # fmt: skip
"""Formats that README calls otherwise than by their ending."""


@pytest.mark.parametrize("format_", list(Format))
def test_readme_says_of_every_format_how_it_is_read(format_: Format) -> None:
    assert _CALLED.get(format_, f"`.{format_.value}`") in "\n| " + rows_of("What is read")


@pytest.mark.parametrize("name", [*LISTS, "tables"])
def test_readme_says_of_every_list_that_is_exported_what_a_row_is(name: str) -> None:
    assert f"\n| `{name}` | " in readme()


@pytest.mark.parametrize("code", list(ExitCode))
def test_readme_names_every_exit_code(code: ExitCode) -> None:
    assert f"| {code.value} |" in readme()


def test_readme_names_every_command_of_the_app_with_its_keys() -> None:
    keymap = load_keymap("default")
    text = readme()
    for command in COMMANDS:
        assert f"`{command.id}`" in text
        for key in keymap.keys(command.id):
            assert f"`{key}`" in text, f"{command.id}: {key}"


def test_every_shipped_keymap_has_its_column_and_can_be_asked_for() -> None:
    assert {path.stem for path in shipped_folder().glob("*.toml")} == set(KEYMAPS)
    asked = next(action for action in commands()["review"]._actions if action.dest == "keymap")
    assert all(name in str(asked.help) for name in KEYMAPS)


def code_with(*words: str) -> Iterator[tuple[str, ast.AST]]:
    """Every piece of the program's code in files in which one of these words stands, with the name of the file."""
    for path in (ROOT / "workbench").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if any(word in text for word in words):
            yield from ((path.name, node) for node in ast.walk(ast.parse(text)))


def variables_read() -> set[str]:
    """The environment variables that the code asks for by name."""
    found = set()
    for _, node in code_with("environ", "getenv"):
        if isinstance(node, ast.Call):
            asked = node.args[0] if node.args else None
            if isinstance(asked, ast.Constant) and ast.unparse(node.func) in ("os.environ.get", "os.getenv"):
                found.add(str(asked.value))
    return found


def test_readme_names_every_environment_variable_that_is_read() -> None:
    read = variables_read()
    assert {"NO_COLOR", "XDG_CONFIG_HOME"} <= read
    assert {name for name in read if f"`{name}" not in readme()} == set()


def test_readme_names_every_extra() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {name for name in extras if name not in ("dev", "fuzz") and f"`{name}`" not in readme()} == set()


def test_readme_is_what_the_code_tells() -> None:
    assert rewritten(readme()) == readme()


def test_the_top_level_holds_nothing_else() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=False, cwd=ROOT)
    if listed.returncode:
        pytest.skip("this is no checkout of git")
    found = {name.partition("/")[0] for name in listed.stdout.split("\0") if name}
    shown = {name for name in found if not name.startswith(".")}
    assert shown == {"README.md", "keymaps", "pyproject.toml", "sample_docs", "tests", "workbench"}


def rooms() -> set[str]:
    """The folders of the program that hold modules, by their own names."""
    return {path.parent.name for path in (ROOT / "workbench").glob("*/**/__init__.py")}


def test_architecture_names_every_room() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    assert {room for room in rooms() if f"`{room}/`" not in text and f"/{room}/`" not in text} == set()


def test_every_file_that_architecture_names_is_there() -> None:
    named = set(re.findall(r"`([\w/]+\.(?:py|toml))\b", ARCHITECTURE.read_text(encoding="utf-8")))
    places = [ROOT, ROOT / "workbench", ROOT / "tests"]
    assert {name for name in named if "/" in name and not any((place / name).is_file() for place in places)} - {
        "keymaps/NAME.toml",
        "cases/checks/FAMILY.toml",
        "cases/rules/FAMILY.toml",
    } == set()


def _unbounded_caches() -> dict[str, set[str]]:
    """The functions that keep every result they ever gave, each with the names of its parameters."""
    found = {}
    for name, node in code_with("cache"):
        if isinstance(node, ast.FunctionDef):
            kept = {ast.unparse(decorator) for decorator in node.decorator_list}
            if kept & {"cache", "functools.cache", "lru_cache(maxsize=None)"}:
                found[f"{name}: {node.name}"] = {argument.arg for argument in node.args.args}
    return found


def test_what_is_kept_for_good_does_not_grow_with_the_documents_read() -> None:
    few = {"which", "concept"}  # the lists of codes, the concepts of concepts.toml
    caches = _unbounded_caches()
    assert caches
    assert {name for name, parameters in caches.items() if parameters - few} == set()
