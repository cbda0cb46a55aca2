"""Frozen dataclasses made as fast as plain ones, for the places that make tens of thousands of them."""

from __future__ import annotations

from dataclasses import MISSING, field, fields, make_dataclass
from operator import attrgetter
from typing import Any, TypeVar, cast

Frozen = TypeVar("Frozen")


def draft_of(frozen: type[Frozen]) -> type[Frozen]:
    """A class that takes the fields of a frozen dataclass with slots, and whose objects become it by their class:
    `box = BoxDraft(0, 0, 1, 1); box.__class__ = Box`.

    A frozen dataclass sets each field through `object.__setattr__`, which makes it four times as slow to make as one
    that is not frozen; two classes with the same slots may be changed into each other.
    """
    kept: list[tuple[str, Any, Any]] = []
    for each in fields(cast("Any", frozen)):
        default = field() if each.default is MISSING else field(default=each.default)
        kept.append((each.name, Any, default))
    return cast("type[Frozen]", make_dataclass(f"{frozen.__name__}Draft", kept, slots=True, eq=False, repr=False))


def pickled_by_fields(frozen: type[Frozen]) -> type[Frozen]:
    """The dataclass itself, whose objects are pickled as a call with their fields, of which there must be two or more.

    A frozen dataclass with slots is otherwise brought back by a function that looks its fields up for every object: an
    analysis has tens of thousands of them.
    """
    values = attrgetter(*(each.name for each in fields(cast("Any", frozen))))

    def as_call(self: Frozen) -> tuple[type[Frozen], tuple[Any, ...]]:
        return frozen, values(self)

    frozen.__reduce__ = as_call  # type: ignore[assignment]
    return frozen
