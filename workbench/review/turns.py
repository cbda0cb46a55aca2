"""One command of a session at a time: a screen may call from any of its threads."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


class Busy(Protocol):
    """What has commands that wait for each other."""

    _busy: RLock


_Session = TypeVar("_Session", bound=Busy)


def one_at_a_time(
    command: Callable[Concatenate[_Session, _Arguments], _Result],
) -> Callable[Concatenate[_Session, _Arguments], _Result]:
    """A command that waits for the one before it."""

    @wraps(command)
    def waiting(session: _Session, /, *arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
        with session._busy:
            return command(session, *arguments, **options)

    return waiting
