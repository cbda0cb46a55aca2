"""Keymaps are found, extended, checked as a whole and resolved."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.config.commands import CONTEXTS
from workbench.config.key_names import key_problem
from workbench.config.keymap import (
    builtin_keymap,
    keymap_files,
    load_keymap,
    own_folder,
    shipped_folder,
)
from workbench.errors import InvalidFileError, UnknownNameError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[tuple[int | None, str]]:
    try:
        load_keymap(path)
    except InvalidFileError as error:
        return [(problem.line, problem.message) for problem in error.problems]
    return []


@pytest.mark.parametrize("path", sorted(shipped_folder().glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_keymap_is_valid_and_leaves_no_command_without_a_key(path: Path) -> None:
    assert problems(path) == []
    keymap = load_keymap(path.stem)
    assert keymap.name == path.stem
    allowed = {"cursor.half_down", "cursor.half_up"} if path.stem == "emacs" else set()
    reached = {command for context in CONTEXTS for command in keymap.resolve(context).values()}
    assert set(builtin_keymap().bindings) - reached == allowed


def test_the_default_file_says_what_the_commands_say() -> None:
    assert load_keymap("default").bindings == builtin_keymap().bindings


def test_all_problems_come_at_once_with_line_and_nearest_name(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.toml",
        """\
name = "mine"
extends = "default"

[keys]
"finding.nxt" = ["n"]
"cell.edit" = ["ctrl+banana"]
"finding.waive" = ["a"]
"table.list" = ["c t"]
""",
    )
    found = problems(path)
    assert [line for line, _ in found] == [5, 6, 7, 8]
    assert "finding.next" in found[0][1]
    assert "ctrl+banana" in found[1][1]
    assert "finding.source_error" in found[2][1]
    assert "'c t'" in found[3][1]


def test_clashes_and_chords_that_cannot_be_completed(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.toml",
        'extends = "default"\n[keys]\n"finding.waive" = ["a"]\n"table.list" = ["c t"]\n',
    )
    found = problems(path)
    assert [line for line, _ in found] == [3, 4]
    assert "finding.source_error" in found[0][1] and "finding.waive" in found[0][1]
    assert "'c t'" in found[1][1] and "suggestion.take" in found[1][1]


def test_four_kinds_of_mistake_give_four_messages(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mine.toml",
        'extends = "default"\n[keys]\n"finding.nxt" = ["n"]\n"cell.edit" = ["ctrl+banana"]\n"row.find" = ["escape r"]\n"app.quit" = []\n',
    )
    assert [line for line, _ in problems(path)] == [3, 4, 5, 6]
    assert problems(path)[-1] == (6, "app.quit must have a key")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('extends = "defualt"\n[keys]\n"cell.flag" = ["m"]\n', 1, "did you mean default?"),
        ('name = "c"\n[keys]\n"cell.flag" = [\n', 3, "is not valid TOML: Invalid value (at the end)"),
        ('[keys]\n"cell.flag" = ["f"]\n[keys]\n', 3, "is not valid TOML"),
        ("", None, 'extends = "default" gives every command that you leave out its usual keys'),
        ('extends = "default"\n[keys]\n"cell.flag" = ["f", "f"]\n', 3, "'f' is listed twice"),
        ('extends = "default"\n[keys]\n"line.run" = ["x"]\n', 3, "'x' is text where text is typed"),
    ],
)
def test_a_file_says_where_and_how_it_is_wrong(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    found = problems(write(tmp_path / "mine.toml", text))
    assert found[0][0] == line
    assert any(says in words for _, words in found), found


def test_a_file_that_is_no_text_says_where(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'name = "a"\n\xff\xfe')
    assert problems(path) == [(2, "is not UTF-8 text (byte 0xff); save it as UTF-8")]


def test_a_folder_is_no_keymap(tmp_path: Path) -> None:
    assert problems(tmp_path) == [(None, "is a folder, not a keymap file")]


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("ctrl+i", "'tab'"),
        ("ctrl+enter", "do not send"),
        ("shift+a", "'A'"),
        ("pagup", "pageup"),
        ("ctrl+banana", "no key"),
        ("", "no key"),
    ],
)
def test_keys_that_do_not_exist_or_never_come(key: str, says: str) -> None:
    assert says in key_problem(key)


@pytest.mark.parametrize(
    "key", ["n", "?", "]", "é", "ctrl+d", "ctrl+_", "alt+x", "shift+tab", "f12", "ctrl+home", "space"]
)
def test_keys_that_exist(key: str) -> None:
    assert key_problem(key) == ""


def test_no_shipped_key_is_unknown_to_the_terminal_library() -> None:
    from textual.keys import Keys

    from workbench.tui.keys.names import notation

    known = {notation(key.value) for key in Keys}
    for name in keymap_files():
        for keys in load_keymap(name).bindings.values():
            for key in " ".join(keys).split():
                assert len(key) == 1 or key in known or key.startswith(("alt+", "shift+f")) or key == "space", (
                    name,
                    key,
                )


def test_a_persons_own_keymap_hides_a_shipped_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write(own_folder() / "vim.toml", 'extends = "vim"\n[keys]\n"finding.next" = ["ctrl+n"]\n')
    keymap = load_keymap("vim")
    assert keymap.keys("finding.next") == ("ctrl+n",)
    assert keymap.keys("row.delete") == ("d d",)


def test_extending_in_a_circle_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write(own_folder() / "one.toml", 'extends = "two"\n')
    write(own_folder() / "two.toml", 'extends = "one"\n')
    with pytest.raises(InvalidFileError, match="back to itself"):
        load_keymap("one")


def test_a_keymap_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="vim"):
        load_keymap("vmi")
    with pytest.raises(InvalidFileError, match="no such keymap"):
        load_keymap(tmp_path / "none.toml")


@pytest.mark.parametrize("text", ["[keys", "keys = 3\n", '[keys]\n"cell.edit" = 3\n', "\udcff", 'colour = "red"\n'])
def test_broken_files_are_told_about(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert problems(path)


def test_the_nearest_scope_takes_a_key() -> None:
    keymap = builtin_keymap()
    assert keymap.resolve("review.table")[("enter",)] == "cell.edit"
    assert keymap.resolve("review.findings")[("enter",)] == "finding.go"
    assert keymap.resolve("queue")[("enter",)] == "queue.open"
