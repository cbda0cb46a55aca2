"""The memory of a process: what it may take, and what it gives back."""

from __future__ import annotations

import sys
from collections.abc import Callable


def limit_memory(memory: int) -> None:
    """Lets this process take at most `memory` bytes of address space; 0 for no limit."""
    if memory and sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def memory_trimmer() -> Callable[[int], object]:
    """What gives free memory back to the system, where the C library has that: between two documents much is free."""
    try:
        import ctypes

        found: Callable[[int], object] = ctypes.CDLL(None).malloc_trim
    except (ImportError, AttributeError, OSError, TypeError):
        return lambda _: None
    return found
