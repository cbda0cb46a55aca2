"""Statements that the contents page promises and the document does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.model.check import Check, Family
from workbench.model.message import Message

_PROMISED = re.compile(r"contents name “(?P<title>[^”]+)”")
_MOST = 3
"""More absent tables than this are told in one finding: then the document was cut, or could not be read."""


def build(context: Context) -> Iterator[Check]:
    """One finding for each table that is promised and absent, one for all where they are many."""
    matches = [_PROMISED.search(problem.message) for problem in context.document.problems]
    titles = [match["title"] for match in matches if match]
    if len(titles) > _MOST:
        named = "、".join(f"《{title}》" for title in titles)
        yield _missing(context, named, f"{len(titles)} tables ({named})")
        return
    for title in titles:
        yield _missing(context, f"《{title}》", f"《{title}》")


def _missing(context: Context, chinese: str, english: str) -> Check:
    return context.fact(
        Family.MISSING_TABLE,
        (),
        Message(
            f"The contents page names {english}, which the document does not hold.",
            f"目录列有{chinese}，但文中未见。",
        ),
        key=(chinese,),
    )
