"""The fence around parsers that are not ours: on damaged bytes they raise whatever they happen to meet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from workbench.errors import UnreadableSourceError, WorkbenchError


@contextmanager
def foreign_parser(name: str, what: str) -> Iterator[None]:
    """Any failure inside is an UnreadableSourceError that names the file; memory and interruption pass through.

    Only calls into a library may stand inside, so that it never hides a mistake of our own.
    """
    try:
        yield
    except (WorkbenchError, MemoryError):
        raise
    except Exception as error:
        detail = " ".join(str(error).split())[:120]
        reason = f"is a damaged {what} ({type(error).__name__}{': ' + detail if detail else ''})"
        raise UnreadableSourceError(name, reason, "fetch it again, or save it again from its program") from error
