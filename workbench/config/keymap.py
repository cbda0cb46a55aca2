"""Keymaps: which keys call which command. Loaded from TOML, checked as a whole, resolved once.

Textual's own keymap handling drops commands without a word when keys meet, so everything is decided here: unknown
commands and keys, clashes, chords that begin with another command's key. All problems of a file come out together.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.config.commands import COMMANDS, CONTEXTS, REQUIRED, command, commands_by_id
from workbench.config.key_names import key_problem
from workbench.config.settings import user_folder
from workbench.errors import FileProblem, InvalidFileError, UnknownNameError, did_you_mean
from workbench.model.toml_file import TomlFile, parse_toml

KeySequence = tuple[str, ...]
"""The keys of one binding in the order they are pressed; most have one."""

_TYPING = ("edit", "picker", "line")
"""The scopes in which text is typed: no printable character can be a command there."""
_MOST_KEYS = 3
"""So many keys a chord has at the most."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """A checked keymap: for every command its keys ("g g" is a chord). `path` is its file,
    None for the built-in one."""

    name: str
    bindings: Mapping[str, tuple[str, ...]]
    path: Path | None = None

    def keys(self, identifier: str) -> tuple[str, ...]:
        """The keys of a command, () where it has none."""
        return self.bindings.get(identifier, ())

    def resolve(self, context: str) -> dict[KeySequence, str]:
        """Key sequence → command id for what has the focus (a key of `CONTEXTS`); the nearest scope wins."""
        return _resolve(self.bindings, CONTEXTS[context])


def _resolve(bindings: Mapping[str, tuple[str, ...]], scopes: Sequence[str]) -> dict[KeySequence, str]:
    taken: dict[KeySequence, str] = {}
    for scope in scopes:
        for candidate in COMMANDS:
            if candidate.scope == scope:
                for keys in bindings.get(candidate.id, ()):
                    taken.setdefault(tuple(keys.split()), candidate.id)
    return taken


def builtin_keymap() -> Keymap:
    """The keymap of the commands' default keys."""
    return Keymap("default", {candidate.id: candidate.default_keys for candidate in COMMANDS})


def shipped_folder() -> Path:
    """Where the keymaps of this installation lie: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "keymaps"
    return inside if inside.is_dir() else package.parent / "keymaps"


def own_folder() -> Path:
    """Where a person's own keymaps lie."""
    return user_folder() / "keymaps"


def keymap_files() -> dict[str, Path]:
    """Every keymap that can be named, by name; a person's own hides a shipped one."""
    found: dict[str, Path] = {}
    for folder in (shipped_folder(), own_folder()):
        found |= _files_in(folder)
    return found


def _files_in(folder: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted(folder.glob("*.toml"))}


def load_keymap(name_or_path: str | Path = "default") -> Keymap:
    """The keymap of this name or in this file, resolved and checked.

    Raises UnknownNameError where no such keymap exists, InvalidFileError with every problem of the file.
    """
    path = _locate(name_or_path)
    if path is None:
        return builtin_keymap()
    loader = _Loader()
    bindings = loader.load(path, ())
    if loader.problems:
        raise InvalidFileError(sorted(loader.problems, key=lambda problem: (problem.path, problem.line or 0)))
    return Keymap(loader.names.get(path, path.stem), bindings, path)


def _locate(name_or_path: str | Path) -> Path | None:
    text = str(name_or_path)
    if isinstance(name_or_path, Path) or text.endswith(".toml") or os.sep in text:
        path = Path(text).expanduser()
        if not path.is_file():
            wrong = "is a folder, not a keymap file" if path.is_dir() else "there is no such keymap file"
            raise InvalidFileError([FileProblem(text, None, wrong)])
        return path
    files = keymap_files()
    if text in files:
        return files[text]
    if text == "default":
        return None
    raise UnknownNameError("keymap", text, {*files, "default"})


@dataclass(slots=True)
class _Loader:
    """Reads a keymap and the ones it extends, collecting problems instead of stopping at the first."""

    problems: list[FileProblem] = field(default_factory=list)
    names: dict[Path, str] = field(default_factory=dict)

    def load(self, path: Path, chain: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
        file = self._read(path)
        if file is None:
            return {}
        data, report = file.data, _Report(file, self.problems)
        for key in data.keys() - {"name", "extends", "keys"}:
            report.add(key, f"unknown setting {key!r}; a keymap has name, extends and [keys]")
        self.names[path] = str(data.get("name") or path.stem)
        inherited = self._inherited(data.get("extends", ""), report, (*chain, path))
        own = _own_bindings(data.get("keys", {}), report)
        bindings = inherited | own
        if inherited or not data.get("extends"):
            _check_whole(bindings, own, report, extends=bool(data.get("extends")))
        return bindings

    def _read(self, path: Path) -> TomlFile | None:
        try:
            return parse_toml(path, path.read_bytes())
        except OSError as error:
            self.problems.append(FileProblem(str(path), None, f"cannot be read: {error.strerror}"))
        except InvalidFileError as error:
            self.problems.extend(error.problems)
        return None

    def _inherited(self, base: object, report: _Report, chain: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
        if not base:
            return {}
        if not isinstance(base, str):
            report.add("extends", "extends must be the name of a keymap")
            return {}
        seen = {path.resolve() for path in chain}
        own, shipped = keymap_files().get(base), _files_in(shipped_folder()).get(base)
        path = next((path for path in (own, shipped) if path is not None and path.resolve() not in seen), None)
        if path is not None:
            return self.load(path, chain)
        if own is not None:
            report.add("extends", f"extends {base!r} leads back to itself")
            return {}
        if base == "default":
            return dict(builtin_keymap().bindings)
        report.add("extends", f"there is no keymap {base!r}{did_you_mean(base, {*keymap_files(), 'default'})}")
        return {}


@dataclass(slots=True)
class _Report:
    """Where things stand in one keymap file, and what is wrong there."""

    file: TomlFile
    problems: list[FileProblem]

    def add(self, key: str, message: str) -> None:
        """One more problem, at the line of `key`."""
        self.problems.append(FileProblem(self.file.path, self.file.line_of(key), message))


def _own_bindings(keys: object, report: _Report) -> dict[str, tuple[str, ...]]:
    if not isinstance(keys, dict):
        report.add("keys", "[keys] must be a table of command = [keys]")
        return {}
    own: dict[str, tuple[str, ...]] = {}
    for identifier, value in keys.items():
        if identifier not in commands_by_id():
            report.add(identifier, f"there is no command {identifier!r}{did_you_mean(identifier, commands_by_id())}")
            continue
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or any(not isinstance(key, str) for key in listed):
            report.add(identifier, f"{identifier}: keys must be a list of texts; [] unbinds")
            continue
        bindings = tuple(" ".join(key.split()) for key in listed)
        for problem in _binding_problems(identifier, bindings):
            report.add(identifier, f"{identifier}: {problem}")
        # A key that is wrong in itself meets no other: it would only be told of twice.
        own[identifier] = tuple(key for key in bindings if not any(_binding_problems(identifier, (key,))))
    return own


def _binding_problems(identifier: str, bindings: tuple[str, ...]) -> Iterator[str]:
    for binding in sorted({key for key in bindings if bindings.count(key) > 1}):
        yield f"{binding!r} is listed twice"
    typing = command(identifier).scope in _TYPING
    for binding in bindings:
        keys = binding.split()
        if not keys:
            yield "an empty key; write [] to unbind"
        if len(keys) > _MOST_KEYS:
            yield f"the chord {binding!r} is longer than three keys"
        if len(keys) > 1 and keys[0] in ("escape", "enter", "tab"):
            yield f"the chord {binding!r} may not begin with {keys[0]}"
        for key in keys:
            if wrong := key_problem(key):
                yield wrong
        if typing and keys and (len(keys) > 1 or len(keys[0]) == 1 or keys[0] == "space"):
            yield f"{binding!r} is text where text is typed; use a named key"


def _check_whole(
    bindings: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]], report: _Report, *, extends: bool
) -> None:
    hint = "" if extends else '; extends = "default" gives every command that you leave out its usual keys'
    for identifier in REQUIRED:
        if not bindings.get(identifier):
            report.add(identifier, f"{identifier} must have a key{hint}")
            hint = ""
    said: set[tuple[str, str]] = set()
    for first, second, message in [*_clashes(bindings), *_hidden_chords(bindings)]:
        if (first, second) not in said:
            said.add((first, second))
            report.add(first if first in own else second, message)


def _clashes(bindings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    taken: dict[tuple[str, str], str] = {}
    for candidate in COMMANDS:
        for key in bindings.get(candidate.id, ()):
            other = taken.setdefault((candidate.scope, key), candidate.id)
            if other != candidate.id:
                yield (
                    candidate.id,
                    other,
                    f"{key!r} is bound to {other} and to {candidate.id} (scope {candidate.scope})",
                )


def _hidden_chords(bindings: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str]]:
    for context, scopes in CONTEXTS.items():
        resolved = _resolve(bindings, scopes)
        for keys, identifier in resolved.items():
            for length in range(1, len(keys)):
                if shorter := resolved.get(keys[:length]):
                    chord, start = " ".join(keys), " ".join(keys[:length])
                    yield (
                        identifier,
                        shorter,
                        (
                            f"the chord {chord!r} ({identifier}) can never be completed: {start!r} alone is {shorter} "
                            f"(in {context})"
                        ),
                    )
