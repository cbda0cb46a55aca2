"""Archives of documents: their members by name, each a document of its own, one archive inside another at most."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePosixPath

from workbench.errors import UnreadableSourceError
from workbench.model.source import SourceDocument
from workbench.sources.blob import MEMBER_MARK, Blob, read_bytes
from workbench.sources.limits import ReadLimits
from workbench.sources.packed import Package, numbered
from workbench.sources.readers import read_blob
from workbench.sources.suffixes import SUFFIXES, Format

_NESTING = 2


def _member_path(archive: Path, member: str) -> Path:
    """The path that names a document in an archive: `reports.zip!2031/budget.pdf`."""
    return Path(f"{archive}{MEMBER_MARK}{member}")


def _split_member(path: Path) -> tuple[Path, tuple[str, ...]]:
    """The file on disk and the names of the members to descend through;
    a file whose own name has the mark is itself."""
    text = str(path)
    if MEMBER_MARK not in text or _is_file(path):
        return path, ()
    pieces = text.split(MEMBER_MARK)
    for count in range(len(pieces) - 1, 0, -1):
        head = Path(MEMBER_MARK.join(pieces[:count]))
        if _is_file(head):
            return head, tuple(pieces[count:])
    return path, ()


def open_member(path: Path, limits: ReadLimits) -> Blob:
    """The bytes that a path names, on disk or in an archive. Raises UnreadableSourceError."""
    file, members = _split_member(path)
    blob = Blob(str(file), read_bytes(file, limits))
    if len(members) > _NESTING:
        raise UnreadableSourceError(path, "lies too deep in archives", "unpack the inner archive first")
    for name in members:
        blob = _member(blob, name, limits)
    return Blob(str(path), blob.data) if members else blob


def list_members(path: Path, limits: ReadLimits) -> tuple[list[Path], list[UnreadableSourceError]]:
    """The paths of the documents in an archive, in sorted order, and what in it could not be looked at."""
    problems: list[UnreadableSourceError] = []
    try:
        return _list(Blob(str(path), read_bytes(path, limits)), limits, _NESTING, problems), problems
    except UnreadableSourceError as error:
        return [], [error]


def read_archive(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The one document in an archive. Raises UnreadableSourceError where there is none,
    or more than one to choose of."""
    problems: list[UnreadableSourceError] = []
    found = _list(blob, limits, 1, problems)
    if len(found) == 1:
        name = str(found[0])[len(blob.name) + len(MEMBER_MARK) :]
        return read_blob(Blob(str(found[0]), _member(blob, name, limits).data), limits)
    if problems:
        raise problems[0]
    if not found:
        raise UnreadableSourceError(blob.name, "is an archive without documents", "unpack it and look")
    raise UnreadableSourceError(blob.name, f"is an archive of {len(found)} documents", f"name one, as {found[0]}")


def _list(blob: Blob, limits: ReadLimits, nesting: int, problems: list[UnreadableSourceError]) -> list[Path]:
    package = Package(blob, limits)
    found: list[Path] = []
    for name, member in sorted(_readable(package).items()):
        promised = SUFFIXES.get(PurePosixPath(name).suffix.lower())
        hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in PurePosixPath(name).parts)
        if promised in (None, Format.IMAGE, Format.TABLES) or hidden:
            continue
        path = _member_path(Path(blob.name), name)
        if _leads_out(name):
            problems.append(
                UnreadableSourceError(
                    blob.name, f"holds {name!r}, a name that leads out of it; left out", "unpack it with care"
                )
            )
        elif promised is Format.ZIP:
            if nesting > 1:
                try:
                    inner = Blob(str(path), package.read(member))
                    found.extend(_list(inner, limits, nesting - 1, problems))
                except UnreadableSourceError as error:
                    problems.append(error)
            else:
                problems.append(
                    UnreadableSourceError(path, "lies too deep in archives", "unpack the inner archive first")
                )
        else:
            found.append(path)
    return found


def _member(blob: Blob, name: str, limits: ReadLimits) -> Blob:
    package = Package(blob, limits)
    member = _readable(package).get(name)
    if member is None:
        raise UnreadableSourceError(blob.name, f"holds no {name!r}", "list the archive to see its names")
    data = package.read(member)
    if not data:
        raise UnreadableSourceError(f"{blob.name}{MEMBER_MARK}{name}", "is empty", "pack it again")
    return Blob(f"{blob.name}{MEMBER_MARK}{name}", data)


def _readable(package: Package) -> dict[str, str]:
    """The members by their names as people read them, which the same name in two encodings is one of."""
    named: dict[str, str] = {}
    for member in package.members:
        name = package.member_name(member)
        number = 1
        while (free := numbered(name, number)) in named:
            number += 1
        named[free] = member
    return named


def _leads_out(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    climbs = ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
    return climbs or any(unicodedata.category(character).startswith("C") for character in name)


def _is_file(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
