"""Asking for a person: the reviewer, one that the queue knows, another one, or nobody."""

from __future__ import annotations

from collections import Counter
from typing import Any

from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column

_NOBODY, _ANOTHER = "-", "+"


async def ask_person(screen: CommandScreen[Any], title: str, current: str = "") -> str | None:
    """A name, "" for nobody; None when the reviewer leaves. A name given on the command line is taken as it is."""
    say, desk = screen.say_in, screen.workbench
    given = screen.take_given()
    if given is not None:
        return "" if given.strip() in (_NOBODY, say("people.nobody")) else given.strip()
    has = Counter(entry.assigned for entry in desk.entries.values())
    known = {desk.workspace.reviewer} | {entry.reviewer for entry in desk.entries.values()} | set(has)
    others = sorted(known - {"", desk.workspace.reviewer})
    lines = [
        Line(f"={name}", (Piece(name, bold=name == current), Piece(str(has[name] or ""), "quiet")))
        for name in (desk.workspace.reviewer, *others)
    ]
    lines.append(Line(_ANOTHER, (Piece(say("people.another"), "accent"), Piece(""))))
    lines.append(Line(_NOBODY, (Piece(say("people.nobody"), "quiet"), Piece(str(has[""] or ""), "quiet"))))
    columns = (Column(flexible=1), Column(right=True))

    def other(name: str) -> Line:
        return Line(f"={name}", (Piece(say("people.new", name=name), "accent"), Piece("")))

    chosen = await pick(screen, title, lines, columns, start=f"={current}", other=other)
    if chosen is None or chosen == _NOBODY:
        return None if chosen is None else ""
    if chosen != _ANOTHER:
        return chosen[1:]
    name = await ask(screen, say("people.name"))
    return name.strip() if name and name.strip() else None
