"""When Python looks for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Nothing is looked for that only a collection finds: for work that makes very many objects in a short time, which
    go when it is done. To look through them again and again takes up to twice as long as to make them. Within another
    one it changes nothing."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
