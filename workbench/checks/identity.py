"""Names for checks that survive a re-run and an inserted row: family and a hash over what the check is about."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.model.check import Check, Family

_SEPARATOR = "\x1f"


def identify(family: Family, parts: Iterable[str]) -> str:
    """`family:hash` over the given texts: forms, titles, the labels of the cells that the check is about.

    Addends are left out by the caller, so that a row inserted among them does not rename the sum.
    """
    digest = hashlib.blake2b(_SEPARATOR.join(parts).encode(), digest_size=4).hexdigest()
    return f"{family.value}:{digest}"


def numbered(checks: Iterable[Check]) -> Iterator[Check]:
    """The checks with an ordinal added to the second and later ones of one name, in their order."""
    seen: Counter[str] = Counter()
    for check in checks:
        seen[check.id] += 1
        yield replace(check, id=f"{check.id}-{seen[check.id]}") if seen[check.id] > 1 else check
