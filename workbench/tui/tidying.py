"""Garbage is collected while nobody waits: a full collection over the documents of a workspace takes a tenth of a
second and more, and left to itself it comes in the middle of a key."""

from __future__ import annotations

import gc
import sys
from time import monotonic

_YOUNG = 3_000
"""Young objects that are looked at in one go: a millisecond."""
_NEVER = 1_000_000_000
_QUIET = 1.0
"""Seconds without a key after which nobody is taken to wait."""
_SWITCH_AFTER = 0.0005
"""Seconds that a worker computes before a waiting key has its turn (Python's own 0.005 is felt in every frame)."""


class Tidying:
    """When garbage is collected, between `begin` and `end`. What stays (documents that were read) is taken out of every
    later collection; young garbage goes as always."""

    def __init__(self) -> None:
        self._thresholds = gc.get_threshold()
        self._switch_after = sys.getswitchinterval()
        self._last_key = 0.0
        self._to_keep = False
        self._used = False

    def begin(self) -> None:
        """Collect no more on its own but what is young."""
        gc.freeze()
        gc.set_threshold(_YOUNG, _NEVER, _NEVER)
        sys.setswitchinterval(_SWITCH_AFTER)

    def end(self) -> None:
        """As it was before."""
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)
        sys.setswitchinterval(self._switch_after)

    def key_pressed(self) -> None:
        """Somebody works."""
        self._last_key = monotonic()
        self._used = True

    def kept(self) -> None:
        """Something was added that stays for long."""
        self._to_keep = True

    def tidy(self) -> bool:
        """Collect, if nobody waits and there is something to collect. True while there is more: call it again then."""
        if monotonic() - self._last_key < _QUIET:
            return True
        if self._to_keep:
            self._to_keep = False
            gc.freeze()
            return self._used
        if self._used:
            self._used = False
            gc.collect()
        return False
