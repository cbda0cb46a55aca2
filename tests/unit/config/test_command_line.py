"""What a typed line calls."""

from __future__ import annotations

import pytest

from workbench.config.command_line import CommandLineError, completions, names, read_line
from workbench.config.commands import COMMANDS, CONTEXTS, Command, command
from workbench.config.messages import CATALOGUE

HERE = [c for scope in CONTEXTS["review.table"] for c in COMMANDS if c.scope == scope]


@pytest.mark.parametrize(
    ("line", "identifier", "argument"),
    [
        ("table.form income_summary", "table.form", "income_summary"),
        (":form income_summary", "table.form", "income_summary"),
        ("表种 income_summary", "table.form", "income_summary"),
        ("goto 2101501", "row.find", "2101501"),
        ("find row 2101501 行政运行", "row.find", "2101501 行政运行"),
        ("Find-Row 2101501", "row.find", "2101501"),
        ("set theme light", "app.set", "theme light"),
        ("waive  the year   is another ", "finding.waive", "the year   is another"),
        ("w", "record.save", ""),
        ("q", "app.quit", ""),
        ("wq", "app.quit", ""),
        ("header-r 2", "table.header_rows", "2"),
        ("note x", "cell.note", "x"),
    ],
)
def test_a_line_calls_a_command_by_id_short_name_title_or_beginning(line: str, identifier: str, argument: str) -> None:
    given = read_line(line, HERE)
    assert (given.command.id, given.argument) == (identifier, argument)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "type the name of a command"),
        ("fomr income_summary", "there is no command 'fomr' here; did you mean table.form"),
        ("tabel", "there is no command 'tabel' here; did you mean focus.table or table.list?"),
        ("xyzzy", "there is no command 'xyzzy' here"),
        ("undo now", "edit.undo takes nothing after its name"),
        ("merge", "merge may be cells.merge, row.merge"),
        ("queue.sort", "there is no command 'queue.sort' here"),
    ],
)
def test_a_line_that_calls_nothing_says_why(line: str, words: str) -> None:
    with pytest.raises(CommandLineError) as error:
        read_line(line, HERE)
    assert error.value.words.en.startswith(words)
    assert error.value.words.zh != error.value.words.en


def test_every_command_answers_to_its_own_id() -> None:
    for wanted in COMMANDS:
        assert read_line(wanted.id, COMMANDS).command is wanted


def test_every_short_name_calls_one_command_and_every_argument_has_words() -> None:
    seen: dict[tuple[str, str], Command] = {}
    for context, scopes in CONTEXTS.items():
        for candidate in (c for scope in scopes for c in COMMANDS if c.scope == scope):
            for alias in candidate.aliases:
                assert seen.setdefault((context, alias), candidate) is candidate
                assert all(alias not in names(c) or c is candidate for c in COMMANDS if c.scope in scopes)
    for candidate in COMMANDS:
        assert not candidate.argument or f"argument.{candidate.argument}" in CATALOGUE, candidate.id


def test_names_and_arguments_are_completed() -> None:
    assert completions("got", HERE) == ["goto"]
    assert "table.form" in completions("table.", HERE)
    assert completions("form gov", HERE, ["government_fund", "assets"]) == ["form government_fund"]
    assert "表种" in completions("表", HERE)
    assert completions("itl", HERE) == ["table.title"], "a piece of a name, where none begins so"
    assert "table.form" not in completions("form", HERE) and "form" in completions("form", HERE)
    assert completions("form ", HERE, ["assets", "other"]) == ["form assets", "form other"]
    assert completions("zzz", HERE) == []
    assert command("row.find").id in completions("row.f", HERE)
