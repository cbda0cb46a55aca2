"""The list of commands hangs together, and the screens do what it says."""

from __future__ import annotations

import ast
import re

from tests.conftest import ROOT
from workbench.config.commands import COMMANDS, CONTEXTS, SCOPES, commands_by_id
from workbench.config.keymap import builtin_keymap

TUI = ROOT / "workbench" / "tui"


def test_ids_are_unique_and_scopes_known() -> None:
    assert len(commands_by_id()) == len(COMMANDS)
    assert {command.scope for command in COMMANDS} == set(SCOPES)
    assert {scope for scopes in CONTEXTS.values() for scope in scopes} == set(SCOPES)


def test_every_command_has_words_in_both_languages_and_a_key() -> None:
    for command in COMMANDS:
        assert command.title.en and command.title.zh, command.id
        assert command.help.en.endswith(".") and command.help.zh.endswith("。"), command.id
        assert re.search(r"[\u4e00-\u9fff]", command.title.zh), command.id
        assert command.default_keys, command.id


def test_every_default_key_reaches_its_command_somewhere() -> None:
    resolved = {context: builtin_keymap().resolve(context) for context in CONTEXTS}
    for command in COMMANDS:
        for key in command.default_keys:
            reached = [r for c, r in resolved.items() if command.scope in CONTEXTS[c]]
            assert any(r.get(tuple(key.split())) == command.id for r in reached), (command.id, key)


def test_every_command_has_an_action_and_every_action_a_command() -> None:
    actions = {
        node.name.removeprefix("action_")
        for path in TUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("action_")
    }
    assert actions == {command.id.replace(".", "_") for command in COMMANDS}
