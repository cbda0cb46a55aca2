"""Files in which git left two versions between its marks (<<<<<<< ======= >>>>>>>), taken apart again."""

from __future__ import annotations

from dataclasses import dataclass

_OURS, _BASE, _THEIRS, _END = "<<<<<<<", "|||||||", "=======", ">>>>>>>"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two versions of a marked file, and the one that both came from ("" where the marks do not say)."""

    base: str
    ours: str
    theirs: str


def marked_line(text: str) -> int | None:
    """The line of the first mark, None where there is none."""
    for number, line in enumerate(text.splitlines(), 1):
        if _is_mark(line, _OURS):
            return number
    return None


def sides_of(text: str) -> Sides | None:
    """The versions of a marked file, None where it has no marks."""
    if marked_line(text) is None:
        return None
    sides: dict[str, list[str]] = {"base": [], "ours": [], "theirs": []}
    inside, tells_base, told = "", True, False
    for line in text.splitlines(keepends=True):
        if not inside and _is_mark(line, _OURS):
            inside, told = "ours", False
        elif inside == "ours" and _is_mark(line, _BASE):
            inside, told = "base", True
        elif inside in ("ours", "base") and _is_mark(line, _THEIRS):
            inside, tells_base = "theirs", tells_base and told
        elif inside == "theirs" and _is_mark(line, _END):
            inside = ""
        else:
            for side in [inside] if inside else sides:
                sides[side].append(line)
    base, ours, theirs = ("".join(lines) for lines in sides.values())
    return Sides(base if tells_base else "", ours, theirs)


def _is_mark(line: str, mark: str) -> bool:
    stripped = line.rstrip("\r\n")
    return stripped == mark or stripped.startswith(mark + " ")
