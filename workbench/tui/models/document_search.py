"""A text looked for in all documents of a workspace, whether their analysis is at hand or has to be made again."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.tui.models.hits import Hits, HitsOf, hits_in
from workbench.tui.models.queue import QueueEntry
from workbench.tui.models.workspace import Workspace

if TYPE_CHECKING:
    from workbench.pipeline import Analysis


def look_through(
    entries: Sequence[QueueEntry], text: str, workspace: Workspace, kept: Callable[[Path], Analysis | None]
) -> Generator[Hits, None, None]:
    """What documents have of a text, one after another: first those whose analysis is at hand, then the others where
    they are read again. Called in a worker."""
    away: list[Path] = []
    for entry in entries:
        analysis = kept(entry.path)
        if analysis is None:
            away.append(entry.path)
        elif not entry.begun:
            yield hits_in(entry.key, analysis.document, text)
        else:
            yield _reviewed(entry, analysis, text, workspace)
    if away:
        known = {entry.key for entry in entries}
        yield from (found for found in workspace.search(away, HitsOf(text)) if found.entry in known)


def _reviewed(entry: QueueEntry, analysis: Analysis, text: str, workspace: Workspace) -> Hits:
    try:
        with workspace.open(entry.path, analysis, read_only=True) as session:
            return hits_in(entry.key, session.state.document, text)
    except WorkbenchError as error:
        return Hits(entry.key, problem=str(error))
