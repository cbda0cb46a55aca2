"""What work costs, as far as that can be told on a machine that is busy with other things."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_ATTEMPTS = 12
_TICK = 0.02
"""Seconds below which one piece of work costs as good as nothing."""


def costs_at_most(times: float, more: Callable[[], object], once: Callable[[], object]) -> bool:
    """Whether `more` takes less than so many times the processor that `once` takes.

    A busy machine makes now this and now that look slow, so it is measured again until it is told: what costs too much
    does so every time.
    """
    return any(_spent(more) < times * max(_spent(once), _TICK) for _ in range(_ATTEMPTS))


def _spent(work: Callable[[], object]) -> float:
    gc.disable()
    try:
        begin = time.process_time()
        work()
        return time.process_time() - begin
    finally:
        gc.enable()
