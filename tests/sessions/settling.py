"""Reviews from opening to done, as TOML files of the app's own commands: played without a screen, and by keys.

A step is a command and, where it asks for words, the text that is typed. Both players start at the first open finding
and go on to the next open one after each decision, as the app does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from workbench.config.keymap import Keymap
from workbench.model.record import ReviewStatus, Verdict
from workbench.pipeline import Analysis, analyse
from workbench.review import ReviewSession

FOLDER = Path(__file__).parent / "settling"
SCRIPTS = sorted(FOLDER.glob("*.toml"))
ASKS = frozenset({"finding.source_error", "finding.waive"})
"""Commands that ask for words and wait for enter."""


def noon() -> datetime:
    """The one moment at which scripted reviews happen: the same bytes whoever plays them."""
    return datetime(2031, 3, 2, 12, tzinfo=UTC)


@cache
def _read(document: Path) -> Analysis:
    return analyse(ROOT / document)


@dataclass(frozen=True)
class Script:
    """One review."""

    path: Path
    document: Path
    reviewer: str
    steps: tuple[dict[str, Any], ...]

    @classmethod
    def read(cls, path: Path) -> Script:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(path, Path(data["document"]), data["reviewer"], tuple(data["steps"]))

    def analysis(self) -> Analysis:
        """The document as it is read, once for all who play it: nobody changes it."""
        return _read(self.document)

    def open(self, records: Path, analysis: Analysis, *, causes_later: bool = False) -> ReviewSession:
        """A session on it at noon."""
        return ReviewSession.open(
            self.document,
            records=records,
            reviewer=self.reviewer,
            clock=noon,
            analysis=analysis,
            causes_later=causes_later,
        )

    def keys(self, keymap: Keymap) -> int:
        """How many keys it takes with this keymap, typed words left out and the enter behind them counted."""
        return sum(len(keymap.keys(step["command"])[0].split()) + (step["command"] in ASKS) for step in self.steps)


def play_without_screen(script: Script, records: Path) -> str:
    """Plays a script on a session and returns the record's text."""
    session = script.open(records, script.analysis())
    for step in script.steps:
        _COMMANDS[step["command"]](session, step)
    path = session.save()
    session.close()
    return path.read_text(encoding="utf-8")


def _current(session: ReviewSession) -> str:
    waiting = [item for item in session.state.findings if item.open]
    fresh = [item for item in waiting if item.decision is None]
    return (fresh or waiting)[0].finding.id


def _decide(verdict: Verdict) -> Callable[[ReviewSession, dict[str, Any]], object]:
    return lambda session, step: session.decide(_current(session), verdict, note=step.get("text", ""))


_COMMANDS: dict[str, Callable[[ReviewSession, dict[str, Any]], object]] = {
    "suggestion.take": lambda session, _: session.accept(_current(session)),
    "finding.source_error": _decide(Verdict.SOURCE_ERROR),
    "finding.waive": _decide(Verdict.WAIVED),
    "finding.defer": _decide(Verdict.DEFERRED),
    "edit.undo": lambda session, _: session.undo(),
    "edit.redo": lambda session, _: session.redo(),
    "review.done": lambda session, _: session.set_status(ReviewStatus.DONE),
}
